"""Keeping calls: adding one that is watched, changing it, saying that it was withdrawn, mirroring its form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.base import audit, texts
from luotsi.base.errors import Reason
from luotsi.base.names import ORDER, Names
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Call, Funder

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit
    from luotsi.questionnaires.models import QuestionnaireVersion

NO_NAMES = Names()
LONGEST_SLUG = 80


@dataclass(frozen=True, kw_only=True)
class CallDetails:
    """What is known of a call; what the call does not state is None or empty, never a usual value."""

    name: Names
    funder: Names
    funder_id: str = ""
    text: Names = NO_NAMES
    eligibility: Names = NO_NAMES
    register_number: str = ""
    url: str = ""
    budget: Decimal | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    closes_on: date | None = None
    decides_by: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    grant_percent: Decimal | None = None
    share_base: str = ""
    share_source: str = ""
    grant_max: Decimal | None = None
    in_cents: bool | None = None
    transfer_percent: Decimal | None = None
    transfer_source: str = ""
    change_days: int | None = None
    cost_classes: tuple[dict[str, str], ...] = ()
    areas: tuple[dict[str, str], ...] = ()
    limits: dict[str, Any] = field(default_factory=dict)


ELSEWHERE = frozenset({"funder", "funder_id"})


def details_of(call: Call) -> CallDetails:
    """Return what is kept of a call, for a change of some of it."""
    told: dict[str, Any] = {
        "name": call.names,
        "text": call.told,
        "eligibility": call.who_may_apply,
        "funder": call.funder.names,
        "funder_id": call.funder.business_id,
        "cost_classes": tuple(call.cost_classes),
        "areas": tuple(call.areas),
    }
    plain = [name for name in CallDetails.__dataclass_fields__ if name not in told]
    return CallDetails(**{name: getattr(call, name) for name in plain}, **told)


def kept_fields(details: CallDetails) -> dict[str, Any]:
    """Return the fields of a record of a call, as they are kept; the funder is not among them."""
    return {name: _kept(value) for name, value in vars(details).items() if name not in ELSEWHERE}


def _kept(value: Any) -> Any:
    if isinstance(value, Names):
        return texts.kept(value)
    return list(value) if isinstance(value, tuple) else value


def funder_named(names: Names, business_id: str = "") -> Funder | None:
    """Return the funder of that business ID, else the one that has one of the names in any case, else None."""
    if business_id and (found := Funder.objects.filter(business_id=business_id).first()):
        return found
    sought = {text.casefold() for code in ORDER if (text := str(getattr(names, code)).strip())}
    for one in Funder.objects.all():
        if sought & {str(text).casefold() for text in one.name.values()}:
            return one
    return None


def _funder(details: CallDetails) -> Funder:
    if not texts.kept(details.funder):
        raise FundingRefused(Reason(_("Tell who gives the money."), field="funder"))
    if found := funder_named(details.funder, details.funder_id):
        return found
    made = Funder(name=texts.kept(details.funder), business_id=details.funder_id)
    checked(made).save(force_insert=True)
    return made


def free_slug(owner: Unit, details: CallDetails) -> str:
    """Return an address for a call of a unit that no other call there has."""
    wanted = slugify(details.name.text)[: LONGEST_SLUG - 20].strip("-") or "call"
    taken = set(Call.objects.filter(owner=owner, slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


@transaction.atomic
def add_call(*, owner: Unit, details: CallDetails, by: Account | None) -> Call:
    """Begin to watch a call of another funder.

    Raises:
        FundingRefused: it has no name or no funder, or what is told of it contradicts itself.
    """
    if not texts.kept(details.name):
        raise FundingRefused(Reason(_("Give the call a name in at least one language."), field="name_fi"))
    call = Call(
        owner=owner, funder=_funder(details), slug=free_slug(owner, details), kept_by=by, **kept_fields(details)
    )
    checked(call).save(force_insert=True)
    audit.record(by=by, verb="funding.call.added", target=call, after=audit.snapshot(call), unit_id=owner.pk)
    return call


@transaction.atomic
def change_call(*, call: Call, details: CallDetails, by: Account | None) -> Call:
    """Write what is known of a call; no audit row when nothing changed. Raises FundingRefused as `add_call`."""
    if not texts.kept(details.name):
        raise FundingRefused(Reason(_("Give the call a name in at least one language."), field="name_fi"))
    names = [*kept_fields(details), "funder"]
    before = audit.snapshot(call, *names)
    call.funder = _funder(details)
    for name, value in kept_fields(details).items():
        setattr(call, name, value)
    after = audit.snapshot(checked(call), *names)
    if changed := [name for name in before if before[name] != after[name]]:
        call.save(update_fields=names)
        audit.record(
            by=by,
            verb="funding.call.changed",
            target=call,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            unit_id=call.owner_id,
        )
    return call


@transaction.atomic
def mirror_form(*, call: Call, version: QuestionnaireVersion, by: Account | None) -> Call:
    """Let applications to a watched call be written on a published form that mirrors the funder's own.

    Applications that were begun earlier stay on the form that they were begun on.

    Raises:
        FundingRefused: it is an own call, or the version is not published.
    """
    if call.kind != Call.Kind.WATCHED:
        raise FundingRefused(_("An own call gets its form when it is published."))
    if version.state != version.State.PUBLISHED:
        raise FundingRefused(Reason(_("Only a published form can be used."), field="version"))
    before = audit.snapshot(call, "mirror")
    call.mirror = version
    call.save(update_fields=["mirror"])
    audit.record(
        by=by,
        verb="funding.call.mirrored",
        target=call,
        before=before,
        after=audit.snapshot(call, "mirror"),
        unit_id=call.owner_id,
    )
    return call
