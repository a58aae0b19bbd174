"""Making an own call ready: beginning it, from nothing or from an earlier one, writing it, choosing its form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, texts
from luotsi.base.errors import Reason
from luotsi.funding.actions.calls import CallDetails, details_of, free_slug, kept_fields
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Call, CallOfficer, Criterion, Funder
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.people.models import Account, Person
    from luotsi.questionnaires.models import QuestionnaireVersion


@dataclass(frozen=True, kw_only=True)
class OwnCallDetails:
    """What is written of an own call: its terms, which kind of unit may apply, and of those which.

    Attributes:
        terms: as of any call; who funds it is the unit itself.
        applicants: a kind of unit, or empty where it has not been decided.
        eligible: keys of the units that may apply with those below them; none = every unit of the kind.
    """

    terms: CallDetails
    applicants: str = ""
    eligible: tuple[str, ...] = ()


def own_details_of(call: Call) -> OwnCallDetails:
    """Return what is kept of an own call, for a change of some of it."""
    return OwnCallDetails(terms=details_of(call), applicants=call.applicants, eligible=tuple(call.eligible))


def _fields(details: OwnCallDetails) -> dict[str, Any]:
    return {
        **kept_fields(details.terms),
        "applicants": details.applicants,
        "eligible": list(dict.fromkeys(details.eligible)),
    }


def _needed(details: OwnCallDetails) -> None:
    if not texts.kept(details.terms.name):
        raise FundingRefused(Reason(_("Give the call a name in at least one language."), field="name_fi"))
    known = set(Unit.objects.filter(key__in=details.eligible).values_list("key", flat=True))
    if unknown := [key for key in details.eligible if key not in known]:
        words = _("There is no unit of this address: %(keys)s.") % {"keys": ", ".join(unknown)}
        raise FundingRefused(Reason(words, field="eligible"))


def funder_of(owner: Unit) -> Funder:
    """Return the funder that a unit is; it is made when the unit opens its first call."""
    found = Funder.objects.filter(unit=owner).first()
    if found is None:
        found = Funder(name=texts.kept(owner.names), unit=owner)
        checked(found).save(force_insert=True)
    return found


@transaction.atomic
def begin_own_call(*, owner: Unit, details: OwnCallDetails, officer: Person | None = None, by: Account | None) -> Call:
    """Begin a call of the unit as a draft; `officer` handles it from today.

    Raises:
        FundingRefused: it has no name, names units that are not there, or contradicts itself.
    """
    _needed(details)
    call = Call(
        kind=Call.Kind.OWN,
        owner=owner,
        funder=funder_of(owner),
        slug=free_slug(owner, details.terms),
        kept_by=by,
        **_fields(details),
    )
    checked(call).save(force_insert=True)
    audit.record(by=by, verb="funding.owncall.begun", target=call, after=audit.snapshot(call), unit_id=owner.pk)
    if officer is not None:
        _officer(call, officer, by)
    return call


def _officer(call: Call, person: Person, by: Account | None) -> None:
    one = CallOfficer(call=call, person=person, since=clock.today())
    checked(one).save(force_insert=True)
    audit.record(by=by, verb="funding.officer.added", target=one, after=audit.snapshot(one), unit_id=call.owner_id)


def draft_of(call: Call) -> Call:
    """Return the call, locked, as long as it is a draft of an own call. Raises FundingRefused."""
    locked = Call.objects.select_for_update(of=("self",)).select_related("owner", "funder").get(pk=call.pk)
    if locked.kind != Call.Kind.OWN or locked.published_at is not None or locked.withdrawn_at is not None:
        raise FundingRefused(_("The call is published: what it says stays as it is."))
    return locked


@transaction.atomic
def change_own_call(*, call: Call, details: OwnCallDetails, by: Account | None) -> Call:
    """Write the draft of an own call; no audit row when nothing changed.

    Raises:
        FundingRefused: as `begin_own_call`, or the call is published.
    """
    locked = draft_of(call)
    _needed(details)
    return _changed(locked, _fields(details), "funding.owncall.changed", by)


@transaction.atomic
def choose_form(*, call: Call, version: QuestionnaireVersion, by: Account | None) -> Call:
    """Choose the published form on which applications to the call will be written.

    Raises:
        FundingRefused: the call is published, or the version is not.
    """
    locked = draft_of(call)
    if version.state != version.State.PUBLISHED:
        raise FundingRefused(Reason(_("Only a published form can be used."), field="version"))
    return _changed(locked, {"form": version}, "funding.owncall.formed", by)


def _changed(call: Call, fields: dict[str, Any], verb: str, by: Account | None) -> Call:
    before = audit.snapshot(call, *fields)
    for name, value in fields.items():
        setattr(call, name, value)
    after = audit.snapshot(checked(call), *fields)
    if changed := [name for name in before if before[name] != after[name]]:
        call.save(update_fields=list(fields))
        audit.record(
            by=by,
            verb=verb,
            target=call,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            unit_id=call.owner_id,
        )
    return call


@transaction.atomic
def copy_own_call(*, call: Call, officer: Person | None = None, by: Account | None) -> Call:
    """Begin a draft from an earlier call: texts, terms, form and criteria; days and register number are left out.

    Raises:
        FundingRefused: it is a call of another funder.
    """
    if call.kind != Call.Kind.OWN:
        raise FundingRefused(_("Only an own call can be copied."))
    earlier = own_details_of(call)
    terms = replace(
        earlier.terms,
        register_number="",
        opens_at=None,
        closes_at=None,
        closes_on=None,
        decides_by=None,
        starts_on=None,
        ends_on=None,
    )
    made = begin_own_call(owner=call.owner, details=replace(earlier, terms=terms), officer=officer, by=by)
    version = call.form or (call.collection.version if call.collection else None)
    if version is not None:
        choose_form(call=made, version=version, by=by)
        made.form = version
    for one in call.criteria.all():
        copied = Criterion(
            call=made,
            **{
                name: getattr(one, name)
                for name in ("place", "name", "told", "weight", "lowest", "highest", "threshold")
            },
        )
        copied.save(force_insert=True)
    audit.record(
        by=by,
        verb="funding.owncall.copied",
        target=made,
        after={"from": str(call.pk), "criteria": call.criteria.count()},
        unit_id=call.owner_id,
    )
    return made


@transaction.atomic
def discard_own_call(*, call: Call, by: Account | None) -> None:
    """Take a draft away; the log keeps what it said. Raises FundingRefused when it is published."""
    locked = draft_of(call)
    audit.record(
        by=by,
        verb="funding.owncall.discarded",
        target=locked,
        before=audit.snapshot(locked),
        unit_id=locked.owner_id,
    )
    locked.delete()
