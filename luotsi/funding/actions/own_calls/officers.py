"""Officers of an own call: who handles it, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Call, CallOfficer
from luotsi.funding.queries.officers import may_officiate

if TYPE_CHECKING:
    from luotsi.people.models import Account, Person

FIELDS = ("since", "until")


@dataclass(frozen=True, kw_only=True)
class OfficerDetails:
    """From when until when somebody handles a call; `until` None = until further notice."""

    since: date
    until: date | None = None


@transaction.atomic
def add_officer(*, call: Call, person: Person, details: OfficerDetails, by: Account | None) -> CallOfficer:
    """Let a person handle an own call.

    Raises:
        FundingRefused: the call is another funder's, the person is no officer of the funder or of this call already,
            or the time ends before it begins.
    """
    if call.kind != Call.Kind.OWN:
        raise FundingRefused(_("This call is handled by its own funder."))
    if not may_officiate(person, call.owner):
        words = _("%(name)s has no role as an officer of this funder.") % {"name": person.full_name}
        raise FundingRefused(Reason(words, field="person"))
    one = CallOfficer(call=call, person=person, **vars(details))
    checked(one).save(force_insert=True)
    audit.record(by=by, verb="funding.officer.added", target=one, after=audit.snapshot(one), unit_id=call.owner_id)
    return one


@transaction.atomic
def change_officer(*, officer: CallOfficer, details: OfficerDetails, by: Account | None) -> CallOfficer:
    """Change from when until when an officer handles the call. Raises FundingRefused when it ends before it begins."""
    before = audit.snapshot(officer, *FIELDS)
    for name, value in vars(details).items():
        setattr(officer, name, value)
    after = audit.snapshot(checked(officer), *FIELDS)
    if before != after:
        officer.save(update_fields=list(FIELDS))
        audit.record(
            by=by,
            verb="funding.officer.changed",
            target=officer,
            before=before,
            after=after,
            unit_id=officer.call.owner_id,
        )
    return officer


@transaction.atomic
def end_officer(*, officer: CallOfficer, by: Account | None) -> CallOfficer:
    """End it now: yesterday was the last day; who began today or later is over on the first day.

    Raises:
        FundingRefused: it has ended already, or nobody else would handle a published call.
    """
    yesterday = clock.today() - timedelta(days=1)
    if officer.until is not None and officer.until <= yesterday:
        raise FundingRefused(_("This has ended already."))
    others = officer.call.officers.on(clock.today()).exclude(pk=officer.pk)
    if officer.call.published_at is not None and not others.exists():
        raise FundingRefused(_("A published call needs somebody who handles it: add another officer first."))
    before = audit.snapshot(officer, *FIELDS)
    officer.since, officer.until = min(officer.since, yesterday), yesterday
    officer.save(update_fields=list(FIELDS))
    audit.record(
        by=by,
        verb="funding.officer.ended",
        target=officer,
        before=before,
        after=audit.snapshot(officer, *FIELDS),
        unit_id=officer.call.owner_id,
    )
    return officer
