"""Criteria of an own call: added, changed and taken away while it is a draft."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from luotsi.base import audit, texts
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.funding.actions.own_calls.drafting import draft_of
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Call, Criterion
from luotsi.funding.rules.publishing import left_to_weigh
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.people.models import Account

MOST = 20
NO_NAMES = Names()


@dataclass(frozen=True, kw_only=True)
class CriterionDetails:
    """A criterion: its name and what is looked at, its weight of 100, its scale, and the least mean to be funded."""

    name: Names
    told: Names = NO_NAMES
    weight: Decimal
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(5)
    threshold: Decimal | None = None


def criterion_details(one: Criterion) -> CriterionDetails:
    """Return what is kept of a criterion."""
    return CriterionDetails(
        name=one.names,
        told=one.words,
        weight=one.weight,
        lowest=one.lowest,
        highest=one.highest,
        threshold=one.threshold,
    )


def _fields(details: CriterionDetails) -> dict[str, Any]:
    if not texts.kept(details.name):
        raise FundingRefused(Reason(_("Give the criterion a name in at least one language."), field="name_fi"))
    return {name: texts.kept(value) if isinstance(value, Names) else value for name, value in vars(details).items()}


def _weighed(call: Call, weight: Decimal, without: Criterion | None = None) -> None:
    """Refuse weights that go over 100 in all."""
    others = call.criteria.exclude(pk=without.pk) if without else call.criteria.all()
    left = left_to_weigh(others.values_list("weight", flat=True))
    if weight > left:
        words = _("The weights would go over 100: %(left)s is left.") % {"left": number(max(left, Decimal(0)))}
        raise FundingRefused(Reason(words, field="weight"))


@transaction.atomic
def add_criterion(*, call: Call, details: CriterionDetails, by: Account | None) -> Criterion:
    """Add a criterion as the last one.

    Raises:
        FundingRefused: the call is published, the weights would go over 100, or the scale is not in order.
    """
    locked = draft_of(call)
    if locked.criteria.count() >= MOST:
        raise FundingRefused(_("This is more than a call can be scored by."))
    last = locked.criteria.aggregate(last=Max("place"))["last"]
    one = Criterion(call=locked, place=0 if last is None else last + 1, **_fields(details))
    _weighed(locked, details.weight)
    checked(one).save(force_insert=True)
    audit.record(by=by, verb="funding.criterion.added", target=one, after=audit.snapshot(one), unit_id=locked.owner_id)
    return one


@transaction.atomic
def change_criterion(*, criterion: Criterion, details: CriterionDetails, by: Account | None) -> Criterion:
    """Change a criterion; no audit row when nothing changed. Raises FundingRefused as `add_criterion`."""
    locked = draft_of(criterion.call)
    fields = _fields(details)
    _weighed(locked, details.weight, without=criterion)
    before = audit.snapshot(criterion, *fields)
    for name, value in fields.items():
        setattr(criterion, name, value)
    after = audit.snapshot(checked(criterion), *fields)
    if before != after:
        criterion.save(update_fields=list(fields))
        audit.record(
            by=by,
            verb="funding.criterion.changed",
            target=criterion,
            before=before,
            after=after,
            unit_id=locked.owner_id,
        )
    return criterion


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: Account | None) -> None:
    """Take a criterion away; the log keeps it. Raises FundingRefused when the call is published."""
    locked = draft_of(criterion.call)
    audit.record(
        by=by,
        verb="funding.criterion.removed",
        target=criterion,
        before=audit.snapshot(criterion),
        unit_id=locked.owner_id,
    )
    criterion.delete()
