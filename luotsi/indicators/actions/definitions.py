"""Making indicators, writing new versions of how they are counted, and retiring them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, texts
from luotsi.base.errors import Reason, Refused
from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.models import Definition, Indicator
from luotsi.indicators.queries.offered import reasons_against
from luotsi.indicators.rules.disclosure import is_looser
from luotsi.indicators.rules.values import Direction, Policy, Rollup

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit


NO_NAMES = Names()


class DefinitionRefused(Refused):
    """An indicator or a definition that cannot be so."""


@dataclass(frozen=True, kw_only=True)
class DefinitionDetails:
    """What can be written of a definition; fields as in `models.Definition`.

    Args:
        observed_at: kind of the units that are expected to tell a figure ("institution"); "" = the lowest.
        counting: `rules.values.Counting` as it is kept in JSON; None where the indicator is observed.
    """

    valid_from: date
    unit_of_measure: str = ""
    factor: Decimal = Decimal(1)
    decimals: int = 1
    direction: Direction = Direction.RISING
    rollup: Rollup = Rollup.RATIO
    limit_operator: str = ""
    limit_value: Decimal | None = None
    policy: Policy = Policy.THRESHOLD
    dimensions: tuple[str, ...] = ()
    period_kind: PeriodKind = PeriodKind.CALENDAR_YEAR
    observed_at: str = ""
    numerator: Names = NO_NAMES
    denominator: Names = NO_NAMES
    population: Names = NO_NAMES
    rule: Names = NO_NAMES
    method: Names = NO_NAMES
    counting: Mapping[str, Any] | None = None


def reasons_of(error: ValidationError) -> list[Reason]:
    """Return the reasons of a model's own validation, each with the field it belongs to."""
    if hasattr(error, "error_dict"):
        return [
            Reason(message, field="" if field == "__all__" else field)
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    return [Reason(message) for message in error.messages]


def definition_of(indicator: Indicator, version: int, details: DefinitionDetails, change: str = "") -> Definition:
    """Return the details as a definition that is not saved yet."""
    fields = {name: texts.kept(value) if isinstance(value, Names) else value for name, value in vars(details).items()}
    fields["dimensions"] = list(details.dimensions)
    return Definition(indicator=indicator, version=version, change=change, **fields)


def checked(definition: Definition) -> Definition:
    """Return the definition when its fields, constraints and counting hold; otherwise refuse with every reason."""
    reasons = [Reason(sentence, field="counting") for sentence in reasons_against(definition)]
    try:
        definition.full_clean(exclude=["indicator", "counting"])
    except ValidationError as error:
        reasons += reasons_of(error)
    if reasons:
        raise DefinitionRefused(*reasons)
    return definition


@transaction.atomic
def define_indicator(
    *, key: str, code: str = "", owner: Unit | None, names: Names, details: DefinitionDetails, by: Account | None
) -> Indicator:
    """Make an indicator with the first version of its definition; `owner` None = everybody's.

    Raises:
        DefinitionRefused: the key is taken or no key, there is no name, or the definition cannot be so.
    """
    indicator = Indicator(key=key, code=code, owner=owner, name=texts.kept(names))
    if not indicator.name:
        raise DefinitionRefused(Reason(_("Give the name in at least one language."), field="name"))
    try:
        indicator.full_clean(exclude=["owner"])
    except ValidationError as error:
        raise DefinitionRefused(*reasons_of(error)) from None
    definition = checked(definition_of(indicator, 1, details))
    indicator.save(force_insert=True)
    definition.save(force_insert=True)
    audit.record(
        by=by,
        verb="indicators.indicator.defined",
        target=indicator,
        after=audit.snapshot(indicator) | {"definition": audit.snapshot(definition)},
        unit_id=owner.pk if owner else None,
    )
    return indicator


@transaction.atomic
def new_version(*, indicator: Indicator, details: DefinitionDetails, change: str, by: Account | None) -> Definition:
    """Write a new version, valid from its first day on; the one before ends the day before. Lines break there.

    Raises:
        DefinitionRefused: nothing tells what changed, it does not begin after the present version, it protects small
            groups less than that one, or it cannot be so.
    """
    last = Definition.objects.select_for_update().filter(indicator=indicator).order_by("-version")[0]
    reasons = []
    if not change.strip():
        reasons.append(Reason(_("Tell what changes and why."), field="change"))
    if details.valid_from <= last.valid_from:
        reasons.append(Reason(_("A new version begins after the present one."), field="valid_from"))
    if is_looser(details.policy, Policy(last.policy)):
        reasons.append(Reason(_("Small groups cannot be protected less than before."), field="policy"))
    if reasons:
        raise DefinitionRefused(*reasons)
    made = checked(definition_of(indicator, last.version + 1, details, change))
    last.valid_to = made.valid_from - timedelta(days=1)
    last.save(update_fields=["valid_to"])
    made.save(force_insert=True)
    audit.record(
        by=by,
        verb="indicators.definition.written",
        target=indicator,
        before={"version": last.version},
        after=audit.snapshot(made),
        unit_id=indicator.owner_id,
        reason=change,
    )
    return made


@transaction.atomic
def rename(*, indicator: Indicator, names: Names, code: str = "", by: Account | None) -> Indicator:
    """Give an indicator another name or code; its address and what is counted stay."""
    before = audit.snapshot(indicator, "name", "code")
    indicator.name, indicator.code = texts.kept(names), code
    if not indicator.name:
        raise DefinitionRefused(Reason(_("Give the name in at least one language."), field="name"))
    after = audit.snapshot(indicator, "name", "code")
    if before != after:
        indicator.save(update_fields=["name", "code"])
        audit.record(
            by=by,
            verb="indicators.indicator.renamed",
            target=indicator,
            before=before,
            after=after,
            unit_id=indicator.owner_id,
        )
    return indicator


@transaction.atomic
def retire(*, indicator: Indicator, last_day: date, reason: str, by: Account | None) -> Indicator:
    """Stop following an indicator: what was told stays readable, nothing more is entered after the day."""
    if indicator.retired_on is not None:
        raise DefinitionRefused(_("The indicator has been retired already."))
    if not reason.strip():
        raise DefinitionRefused(Reason(_("Tell why."), field="reason"))
    indicator.retired_on = last_day
    indicator.save(update_fields=["retired_on"])
    audit.record(
        by=by,
        verb="indicators.indicator.retired",
        target=indicator,
        after={"retired_on": last_day},
        unit_id=indicator.owner_id,
        reason=reason,
    )
    return indicator
