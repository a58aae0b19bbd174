"""Requests for completion: asked by an officer with a deadline, answered by handing the form in anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, outbox
from luotsi.base.errors import Reason, Refused
from luotsi.funding.actions.applications.keeping import TYPED
from luotsi.funding.actions.applications.moving import Handing
from luotsi.funding.actions.numbers import count_findings
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.actions.reminders import people_of
from luotsi.funding.models import Application, CompletionRequest, Received
from luotsi.funding.queries.counting import asked_by, counted
from luotsi.questionnaires.actions.responses import let_complete, renew_response
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.models import Response
from luotsi.ui import formatting

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.people.models import Account, Person
    from luotsi.questionnaires.access import Held
    from luotsi.questionnaires.models import Submission


def _locked(application: Application) -> Application:
    found = Application.objects.select_for_update(of=("self",)).select_related(
        "call__owner", "call__funder", "unit", "response__collection__version"
    )
    return found.get(pk=application.pk)


@transaction.atomic
def set_handler(*, application: Application, handler: Person | None, by: Account | None) -> Received:
    """Write down which officer handles an application; None = nobody yet. No audit row when nothing changed."""
    found = Received.objects.select_for_update(of=("self",)).get(application=application)
    before = audit.snapshot(found, "handler")
    found.handler = handler
    if before != audit.snapshot(found, "handler"):
        found.save(update_fields=["handler"])
        audit.record(
            by=by,
            verb="funding.received.handled",
            target=application,
            before=before,
            after=audit.snapshot(found, "handler"),
            unit_id=application.call.owner_id,
        )
    return found


@transaction.atomic
def ask_completion(*, application: Application, words: str, until: datetime, by: Account | None) -> CompletionRequest:
    """Ask the applicant to complete what was handed in, until a moment; its form opens again for that long.

    The team that writes, or those who prepare at the applicant, get a mail.

    Raises:
        FundingRefused: it is decided or withdrawn, it was asked already, no words, or a moment that has passed.
    """
    locked, now = _locked(application), clock.now()
    if locked.state != Application.State.SUBMITTED or locked.response is None:
        raise FundingRefused(_("Only an application that waits for its decision can be completed."))
    if not words.strip():
        raise FundingRefused(Reason(_("Tell what is to be completed."), field="words"))
    if until <= now:
        raise FundingRefused(Reason(_("The time to complete must be in the future."), field="until_on"))
    if CompletionRequest.objects.waiting().filter(application=locked).exists():
        raise FundingRefused(_("The applicant has been asked already. Take the earlier request back first."))
    asked = CompletionRequest(application=locked, words=words.strip(), until=until, asked_by=by, asked_at=now)
    checked(asked).save(force_insert=True)
    let_complete(response=locked.response, until=until, by=by)
    _record(asked, "asked", by, {"until": until})
    for person in people_of(locked):
        _post(asked, person)
    return asked


def _record(asked: CompletionRequest, verb: str, by: Account | None, after: dict[str, object]) -> None:
    audit.record(
        by=by,
        verb=f"funding.completion.{verb}",
        target=asked.application,
        after=after,
        unit_id=asked.application.call.owner_id,
    )


def _post(asked: CompletionRequest, person: Person) -> None:
    one = asked.application
    with translation.override(person.language):
        context = {
            "words": asked.words,
            "project": one.names.text,
            "number": one.register_number,
            "call": one.call.names.text,
            "when": formatting.moment(asked.until),
            "url": settings.SITE_URL + reverse("funding:see-application", args=[one.unit.key, one.pk]),
        }
        outbox.post(
            to=person.account.email if person.account else person.email,
            subject=_("Complete the application %(number)s by %(when)s") % context,
            body=render_to_string("funding/mail/completion.txt", context),
            language=person.language,
            key=f"funding.completion.{asked.pk}.{person.pk}",
        )


@transaction.atomic
def take_back_completion(*, request: CompletionRequest, by: Account | None) -> CompletionRequest:
    """Take a request back; what was handed in stays as it is.

    Raises:
        FundingRefused: it is answered or taken back already.
    """
    locked = _locked(request.application)
    kept = CompletionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    kept.application = locked
    if kept.answered_at or kept.taken_back_at:
        raise FundingRefused(_("The request is not open any more."))
    kept.taken_back_at = clock.now()
    kept.save(update_fields=["taken_back_at"])
    if locked.response is not None:
        let_complete(response=locked.response, until=None, by=by)
    _record(kept, "withdrawn", by, {"until": kept.until})
    return kept


@transaction.atomic
def open_completion(*, application: Application, form: Held) -> Response:
    """Open the form of an application again, for those who write it; what was handed in stays valid until then.

    Raises:
        FundingRefused: nothing is asked, the time is over, or the form is open already.
    """
    _asked(_locked(application), clock.now())
    try:
        return renew_response(held=form)
    except Refused as refused:
        raise FundingRefused(*(Reason(one.message) for one in refused.reasons)) from refused


def _asked(application: Application, at: datetime) -> CompletionRequest:
    found = CompletionRequest.objects.waiting().filter(application=application).first()
    if found is None or application.state != Application.State.SUBMITTED:
        raise FundingRefused(_("Nothing is asked to be completed."))
    if found.state_at(at) == "overdue":
        when = formatting.moment(found.until)
        raise FundingRefused(_("The time to complete ended %(when)s.") % {"when": when})
    found.application = application
    return found


@transaction.atomic
def answer_completion(
    *, application: Application, handing: Handing, form: Held | None, by: Account | None
) -> Application:
    """Hand the form in anew: the request is answered, the sums and the findings are those of the new submission.

    Raises:
        FundingRefused: nothing is asked, the second of the deadline has passed, nothing was written anew, or the form
            is not complete.
    """
    locked, at = _locked(application), handing.at or clock.now()
    asked = _asked(locked, at)
    submission = _submission(locked, asked, handing, form, at)
    before = audit.snapshot(locked, *TYPED)
    found = counted(asked_by(submission))
    for name in TYPED:
        setattr(locked, name, getattr(found, name))
    checked(locked).save(update_fields=list(TYPED))
    asked.answered_at, asked.number = at, submission.number
    asked.save(update_fields=["answered_at", "number"])
    let_complete(response=submission.response, until=None, by=by)
    count_findings(locked)
    audit.record(
        by=by,
        verb="funding.completion.answered",
        target=locked,
        before=before,
        after=audit.snapshot(locked, *TYPED) | {"number": submission.number, "sha256": submission.sha256},
        unit_id=locked.unit_id,
    )
    return locked


def _submission(
    application: Application, asked: CompletionRequest, handing: Handing, form: Held | None, at: datetime
) -> Submission:
    """Return what was handed in anew: now, or on the page of the form itself since it was asked."""
    response = application.response
    if response is not None and response.state == Response.State.SUBMITTED:
        latest = response.submissions.filter(submitted_at__gt=asked.asked_at).first()
        if latest is None:
            raise FundingRefused(_("Open the form and complete it before handing it in."))
        return latest
    if form is None:
        raise FundingRefused(_("You may not hand in the form of this application."))
    try:
        with transaction.atomic():
            return submit_response(
                held=form,
                received_at=at,
                language=handing.language,
                revision=handing.revision,
                within=True,
            ).submission
    except Refused as refused:
        raise FundingRefused(*(Reason(one.message) for one in refused.reasons)) from refused
