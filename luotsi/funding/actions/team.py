"""The team of an application: who may do what in it, and who prepares it, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason, Refused
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import ApplicationMember
from luotsi.questionnaires.actions.sharing import LONGEST, revoke_share, share_response
from luotsi.questionnaires.models import ResponseShare
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.people.models import Account, Person
    from luotsi.questionnaires.access import Held

FIELDS = ("part", "is_preparer", "since", "until")


@dataclass(frozen=True, kw_only=True)
class MemberDetails:
    """What a member may do, and from when until when; `until` None = until further notice."""

    part: str
    is_preparer: bool
    since: date
    until: date | None = None


@transaction.atomic
def add_member(
    *, application: Application, person: Person, details: MemberDetails, form: Held | None = None, by: Account | None
) -> ApplicationMember:
    """Take a person into the team; where there is a form in hand, the person gets access to it by mail.

    Raises:
        FundingRefused: the person is in the team, the time ends before it begins, or the access cannot be given.
    """
    member = ApplicationMember(application=application, person=person, **vars(details))
    checked(member).save(force_insert=True)
    audit.record(
        by=by,
        verb="funding.member.added",
        target=member,
        after=audit.snapshot(member),
        unit_id=application.unit_id,
    )
    _let_in(member, form)
    return member


def _let_in(member: ApplicationMember, form: Held | None) -> None:
    account, now = member.person.account, clock.now()
    if form is None or account is None:
        return
    known = ResponseShare.objects.in_force(now).filter(response=form.response, email__iexact=account.email)
    if known.exists():
        return
    last = now + LONGEST
    if member.until:
        last = min(
            last, datetime.combine(member.until + timedelta(days=1), time(), tzinfo=clock.HELSINKI).astimezone(UTC)
        )
    try:
        share_response(
            held=form,
            email=account.email,
            grant=Grant(member.part),
            language=member.person.language,
            expires_at=last,
        )
    except Refused as refused:
        raise FundingRefused(*(Reason(one.message) for one in refused.reasons)) from refused


@transaction.atomic
def change_member(
    *, member: ApplicationMember, details: MemberDetails, form: Held | None = None, by: Account | None
) -> ApplicationMember:
    """Change what a member may do or how long. Raises FundingRefused when the time ends before it begins."""
    before = audit.snapshot(member, *FIELDS)
    for name, value in vars(details).items():
        setattr(member, name, value)
    after = audit.snapshot(checked(member), *FIELDS)
    if before == after:
        return member
    member.save(update_fields=list(FIELDS))
    audit.record(
        by=by,
        verb="funding.member.changed",
        target=member,
        before=before,
        after=after,
        unit_id=member.application.unit_id,
    )
    _shut_out(member, form)
    if member.until is None or member.until >= clock.today():
        _let_in(member, form)
    return member


@transaction.atomic
def end_member(*, member: ApplicationMember, form: Held | None = None, by: Account | None) -> ApplicationMember:
    """End a membership now: yesterday was its last day. One that began today or later is over on its first day.

    Raises:
        FundingRefused: it has ended already.
    """
    yesterday = clock.today() - timedelta(days=1)
    if member.until is not None and member.until <= yesterday:
        raise FundingRefused(_("The membership has ended already."))
    before = audit.snapshot(member, *FIELDS)
    member.since, member.until = min(member.since, yesterday), yesterday
    member.save(update_fields=["since", "until"])
    audit.record(
        by=by,
        verb="funding.member.ended",
        target=member,
        before=before,
        after=audit.snapshot(member, *FIELDS),
        unit_id=member.application.unit_id,
    )
    _shut_out(member, form)
    return member


def _shut_out(member: ApplicationMember, form: Held | None) -> None:
    account = member.person.account
    if form is None or account is None:
        return
    for share in ResponseShare.objects.in_force(clock.now()).filter(
        response=form.response, email__iexact=account.email
    ):
        revoke_share(held=form, share=share)
