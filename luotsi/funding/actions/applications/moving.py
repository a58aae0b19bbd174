"""Moving an application on: handing it in, giving it up, withdrawing it, undoing what was told by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason, Refused
from luotsi.funding.actions.applications.keeping import TYPED
from luotsi.funding.actions.numbers import count_findings, receive
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Application, Call
from luotsi.funding.queries.closing import not_open_words
from luotsi.funding.queries.counting import asked_by, asked_in, counted
from luotsi.funding.rules.moves import Move, moves_from
from luotsi.funding.rules.portfolio import Standing
from luotsi.questionnaires.actions.responses import renew_response
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.models import Response

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.questionnaires.access import Held
    from luotsi.questionnaires.models import Submission

VERBS = {Move.DROP: "dropped", Move.WITHDRAW: "withdrawn", Move.RESUME: "resumed"}


@dataclass(frozen=True, kw_only=True)
class Handing:
    """How an application was handed in.

    Attributes:
        at: When: now for an own call, the moment of the funder's receipt for a foreign one; None = not known any more.
        register_number: Given by the funder.
        revision: Of the form that was looked at; -1 where there is none.
        language: In which the form is printed.
    """

    at: datetime | None
    register_number: str = ""
    revision: int = -1
    language: str = "fi"


@transaction.atomic
def submit_application(
    *, application: Application, handing: Handing, form: Held | None, by: Account | None
) -> Application:
    """Hand an application in, or tell that it was handed in to the funder; its sums are kept as they are now.

    The form is handed in with it, so that a copy with a hash stays. To a foreign funder it may have gone as it was,
    with a form here that is not complete: then no such copy is kept, and the sums are counted from the draft.

    Raises:
        FundingRefused: it is not being prepared, the moment has not come, an own call is closed, or the form of an
            own call is not complete.
    """
    locked = _locked(application)
    _may(locked, Move.SUBMIT)
    own = locked.call.kind == Call.Kind.OWN
    if own and handing.at is None:
        raise FundingRefused(_("Tell when it was handed in."))
    if handing.at is not None and handing.at > clock.now():
        raise FundingRefused(Reason(_("The moment has not come yet."), field="submitted_on"))
    if own and handing.at is not None and (why := not_open_words(locked.call, handing.at)):
        raise FundingRefused(_("%(why)s The draft is kept.") % {"why": why})
    submission = _form_handed_in(locked, handing, form, own=own)
    before = audit.snapshot(locked, "state", "submitted_at", "register_number", *TYPED)
    if locked.response is not None:
        found = counted(asked_by(submission) if submission else asked_in(locked.response))
        for name in TYPED:
            setattr(locked, name, getattr(found, name))
    locked.state, locked.submitted_at = Application.State.SUBMITTED, handing.at
    locked.register_number = handing.register_number or locked.register_number
    if own and handing.at is not None:
        receive(locked, handing.at)
    fields = ["state", "submitted_at", "register_number", *TYPED]
    checked(locked).save(update_fields=fields)
    count_findings(locked)
    after = audit.snapshot(locked, *fields) | {"sha256": submission.sha256 if submission else ""}
    audit.record(
        by=by,
        verb="funding.application.submitted",
        target=locked,
        before=before,
        after=after,
        unit_id=locked.unit_id,
    )
    return locked


def _locked(application: Application) -> Application:
    found = Application.objects.select_for_update(of=("self",)).select_related(
        "call__owner", "unit", "response__collection__version"
    )
    return found.get(pk=application.pk)


def _may(application: Application, move: Move) -> Standing:
    own = application.call.kind == Call.Kind.OWN
    to = moves_from(Standing(application.state), own=own).get(move)
    if to is None:
        state = application.get_state_display().lower()
        raise FundingRefused(_("This cannot be done with an application that is: %(state)s.") % {"state": state})
    return to


def _form_handed_in(application: Application, handing: Handing, form: Held | None, *, own: bool) -> Submission | None:
    response = application.response
    if response is None:
        return None
    if response.state == Response.State.SUBMITTED:
        return response.submissions.first()
    if form is None:
        if own:
            raise FundingRefused(_("You may not hand in the form of this application."))
        return None
    received = handing.at if own and handing.at is not None else clock.now()
    try:
        with transaction.atomic():
            revision = handing.revision if own else response.revision
            return submit_response(
                held=form, received_at=received, language=handing.language, revision=revision, within=True
            ).submission
    except Refused as refused:
        if own:
            raise FundingRefused(*(Reason(one.message) for one in refused.reasons)) from refused
        return None


@transaction.atomic
def move_application(
    *, application: Application, move: Move, reason: str = "", form: Held | None = None, by: Account | None
) -> Application:
    """Give an application up, withdraw it, or undo what was told by mistake. Each needs its reason in words.

    Raises:
        FundingRefused: it stands where this cannot be done, or no reason is given.
    """
    locked = _locked(application)
    to = _may(locked, move)
    if not reason.strip():
        raise FundingRefused(Reason(_("Tell why."), field="reason"))
    before = audit.snapshot(locked, "state", "submitted_at", "closed_at")
    locked.state = Application.State(to.value)
    locked.closed_at = clock.now() if move in (Move.DROP, Move.WITHDRAW) else None
    if to == Standing.PREPARING:
        locked.submitted_at = None
        _form_taken_back(locked, form)
    locked.save(update_fields=["state", "submitted_at", "closed_at"])
    audit.record(
        by=by,
        verb=f"funding.application.{VERBS[move]}",
        target=locked,
        before=before,
        after=audit.snapshot(locked, "state", "submitted_at", "closed_at"),
        unit_id=locked.unit_id,
        reason=reason.strip(),
    )
    return locked


def _form_taken_back(application: Application, form: Held | None) -> None:
    response = application.response
    if response is None or response.state != Response.State.SUBMITTED:
        return
    if form is None:
        raise FundingRefused(_("You may not write on the form of this application."))
    try:
        renew_response(held=form)
    except Refused as refused:
        raise FundingRefused(*(Reason(one.message) for one in refused.reasons)) from refused
