"""Publishing an own call with its form, moving its closing, withdrawing it; taking a publishing back in time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, texts
from luotsi.base.errors import Reason, Refused
from luotsi.funding.actions.own_calls.drafting import draft_of
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Call
from luotsi.funding.queries.checklist import POINT_WORDS, prepared
from luotsi.funding.rules.publishing import Wrong, lacking, moving
from luotsi.questionnaires.actions.collections import CollectionDetails, close_collection, move_collection
from luotsi.questionnaires.actions.collections import open_collection as open_to_answer
from luotsi.ui.formatting import moment

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.people.models import Account
    from luotsi.questionnaires.models import Collection


@transaction.atomic
def publish_call(*, call: Call, by: Account | None) -> Call:
    """Publish a draft: everybody may read it, and its form is opened for those who may apply.

    Raises:
        FundingRefused: with everything that it still lacks, or it is no draft.
    """
    locked = draft_of(call)
    now = clock.now()
    if missing := lacking(prepared(locked), now):
        raise FundingRefused(*(Reason(str(POINT_WORDS[point])) for point in missing))
    locked.collection = _opened(locked, by)
    locked.published_at = now
    checked(locked).save(update_fields=["collection", "published_at"])
    audit.record(
        by=by,
        verb="funding.owncall.published",
        target=locked,
        before={"published_at": None},
        after=audit.snapshot(locked),
        unit_id=locked.owner_id,
    )
    return locked


def _opened(call: Call, by: Account | None) -> Collection:
    """Open the form from the opening of the call until its closing, to the second."""
    if call.form is None or call.opens_at is None:
        raise FundingRefused(Reason(str(POINT_WORDS["form"])))
    details = CollectionDetails(
        names=call.names,
        answered_by=call.applicants,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        audience={"through": reverse("funding:apply-to-call", args=[call.owner.key, call.slug])},
    )
    try:
        return open_to_answer(version=call.form, owner=call.owner, details=details, by=by)
    except Refused as refused:
        raise FundingRefused(*(Reason(one.message) for one in refused.reasons)) from refused


def _locked(call: Call) -> Call:
    found = Call.objects.select_for_update(of=("self",)).select_related("owner", "funder", "collection")
    locked = found.get(pk=call.pk)
    if locked.kind != Call.Kind.OWN:
        raise FundingRefused(_("This call is changed by whoever opened it."))
    return locked


@transaction.atomic
def unpublish_call(*, call: Call, by: Account | None) -> Call:
    """Take a publishing back: the call is a draft again. Only until it opens, and while nobody has begun to apply.

    Raises:
        FundingRefused: it is not published, has opened, or somebody has begun an application or an answer.
    """
    locked = _locked(call)
    collection = locked.collection
    if collection is None or locked.state_at(clock.now()) != "coming":
        raise FundingRefused(_("Only a call that has not opened yet can be taken back. Withdraw it instead."))
    if locked.applications.exists() or collection.responses.exists():
        raise FundingRefused(_("An application has been begun already. Withdraw the call instead."))
    before = audit.snapshot(locked, "published_at", "collection")
    locked.published_at = locked.collection = None
    locked.save(update_fields=["published_at", "collection"])
    close_collection(collection=collection, by=by)
    audit.record(
        by=by,
        verb="funding.owncall.unpublished",
        target=locked,
        before=before,
        after=audit.snapshot(locked, "published_at", "collection"),
        unit_id=locked.owner_id,
    )
    return locked


@transaction.atomic
def withdraw_call(*, call: Call, because: Names, by: Account | None) -> Call:
    """Withdraw a published call with a reason that everybody may read; its form takes no answers any more.

    Raises:
        FundingRefused: it is not published, is withdrawn or has closed already, or no reason is given.
    """
    locked, now = _locked(call), clock.now()
    if locked.state_at(now) not in {"coming", "open"}:
        raise FundingRefused(_("Only a published call that has not closed can be withdrawn."))
    if not texts.kept(because):
        raise FundingRefused(Reason(_("Tell the reason: it is shown on the page of the call."), field="because_fi"))
    before = audit.snapshot(locked, "withdrawn_at", "withdrawn_because")
    locked.withdrawn_at, locked.withdrawn_because = now, texts.kept(because)
    checked(locked).save(update_fields=["withdrawn_at", "withdrawn_because"])
    if locked.collection is not None and locked.collection.state_at(now) != "closed":
        close_collection(collection=locked.collection, by=by)
    audit.record(
        by=by,
        verb="funding.owncall.withdrawn",
        target=locked,
        before=before,
        after=audit.snapshot(locked, "withdrawn_at", "withdrawn_because"),
        unit_id=locked.owner_id,
        reason=because.text,
    )
    return locked


@transaction.atomic
def move_closing(*, call: Call, to: datetime, because: Names, by: Account | None) -> Call:
    """Let a published call close at another moment: later once it is open, never earlier. Its form moves with it.

    Raises:
        FundingRefused: the moment does not fit, or no reason is given.
    """
    locked, now = _locked(call), clock.now()
    was, to = locked.closes_at, to.replace(microsecond=0)
    if was is None:
        raise FundingRefused(_WRONG[Wrong.DRAFT]())
    if wrong := moving(locked.state_at(now), opens_at=locked.opens_at, was=was, to=to, now=now):
        raise FundingRefused(Reason(_WRONG[wrong]() % {"was": moment(was)}, field="closes_on"))
    if not texts.kept(because):
        raise FundingRefused(Reason(_("Tell the reason: it is shown on the page of the call."), field="because_fi"))
    before = audit.snapshot(locked, "closes_at", "postponed")
    told = {"at": now, "closed_at": was, "closes_at": to}
    words = {name: one.isoformat() for name, one in told.items()}
    locked.closes_at = to
    locked.postponed = [*locked.postponed, {**words, "reason": texts.kept(because)}]
    checked(locked).save(update_fields=["closes_at", "postponed"])
    if locked.collection is not None:
        move_collection(collection=locked.collection, closes_at=to, by=by)
    audit.record(
        by=by,
        verb="funding.owncall.moved",
        target=locked,
        before=before,
        after=audit.snapshot(locked, "closes_at", "postponed"),
        unit_id=locked.owner_id,
        reason=because.text,
    )
    return locked


_WRONG = {
    Wrong.OVER: lambda: _("The call is over: its closing cannot be moved any more."),
    Wrong.DRAFT: lambda: _("The call is not published: write its closing in the draft."),
    Wrong.EARLIER: lambda: _("An open call never closes earlier than it said: %(was)s."),
    Wrong.SAME: lambda: _("The call closes then already: %(was)s."),
    Wrong.PAST: lambda: _("The moment has passed already."),
    Wrong.BEFORE_OPENING: lambda: _("The call must close after it opens."),
}
