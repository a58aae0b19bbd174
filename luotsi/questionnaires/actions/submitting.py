"""Handing in: one transaction that keeps a snapshot for good, or refuses with everything that is still wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, outbox
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import SubmitRefused
from luotsi.questionnaires.actions.responses import reason_of
from luotsi.questionnaires.models import Response, Submission
from luotsi.questionnaires.queries.checks import Blocked, blocked, found_by_rules
from luotsi.questionnaires.queries.versions import outcome_of
from luotsi.questionnaires.rules.definition import sha256_of
from luotsi.questionnaires.rules.filling.snapshot import HandedIn
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.questionnaires.access import Held
    from luotsi.questionnaires.rules.evaluation import Outcome


@dataclass(frozen=True)
class Handed:
    """A submission; `repeated` where a second click asked for the same one."""

    submission: Submission
    repeated: bool = False


@transaction.atomic
def submit_response(
    *, held: Held, received_at: datetime, language: str, revision: int, within: bool = False
) -> Handed:
    """Hand a response in: what reached the server by the second of the deadline counts.

    Args:
        held: The response in the hands of somebody who may hand it in.
        received_at: When the request reached the server.
        language: In which the receipt is written and the summary printed.
        revision: Of the draft that was looked at; a newer one is looked at again before it is handed in.
        within: True where it is handed in with what it belongs to (`Collection.through`).

    Raises:
        SubmitRefused: with every error and every finding that blocks; or the collection is not open; or somebody has
            written since.
    """
    response = Response.objects.select_for_update().get(pk=held.response.pk)
    response.collection, response.unit = held.response.collection, held.response.unit
    previous = response.submissions.first()
    if response.state == Response.State.SUBMITTED and previous is not None:
        return Handed(previous, repeated=True)
    if response.collection.through and not within:
        raise SubmitRefused(Reason(_("This form is a part of something else and is handed in with it.")))
    version = response.collection.version
    outcome = outcome_of(version, response.values, language=language, at=received_at)
    reasons = _reasons(response, received_at, revision)
    reasons += [_reason(one) for one in blocked(version, outcome, response, language)]
    reasons += [Reason(one.words) for one in found_by_rules(version, outcome, response, language) if one.blocks]
    if reasons:
        raise SubmitRefused(*reasons)
    submission = _kept(held, response, previous, outcome, received_at, language)
    response.state, response.changed_at = Response.State.SUBMITTED, received_at
    response.save(update_fields=["state", "changed_at"])
    audit.record(
        by=held.account,
        verb="questionnaires.response.submitted",
        target=submission,
        after={"number": submission.number, "sha256": submission.sha256},
        unit_id=response.unit_id or response.collection.owner_id,
        reason=reason_of(held),
    )
    _receipt(held, submission)
    return Handed(submission)


def _reasons(response: Response, received_at: datetime, revision: int) -> list[Reason]:
    state = response.state_at(received_at)
    if state == "closed":
        when = response.closes_at
        words = _("The collection closed %(when)s. Your draft is kept, but it cannot be handed in any more.")
        return [Reason(words % {"when": formatting.moment(when)})]
    if state == "coming":
        return [Reason(_("The collection has not opened yet."))]
    if response.revision != revision:
        return [Reason(_("Somebody has written since you opened this page. Look at the summary again."))]
    return []


def _reason(one: Blocked) -> Reason:
    return Reason(f"{one.label}: {one.words}" if one.label else one.words, field=one.name)


def _kept(
    held: Held,
    response: Response,
    previous: Submission | None,
    outcome: Outcome,
    received_at: datetime,
    language: str,
) -> Submission:
    version, number = response.collection.version, previous.number + 1 if previous else 1
    content = HandedIn(
        questionnaire=version.questionnaire.key,
        version=version.version,
        definition_sha256=version.sha256,
        collection=str(response.collection_id),
        response=str(response.pk),
        answered_for=response.unit.key if response.unit else held.label,
        number=number,
        replaces=previous.sha256 if previous else "",
        submitted_at=received_at.astimezone(clock.HELSINKI).isoformat(timespec="seconds"),
        submitted_by=held.label,
        answers=outcome.submission,
    ).content()
    submission = Submission(
        response=response,
        version=version,
        number=number,
        content=content,
        sha256=sha256_of(content),
        language=language,
        submitted_at=received_at,
        submitted_by=held.account,
        replaces=previous,
    )
    submission.save(force_insert=True)
    return submission


def _receipt(held: Held, submission: Submission) -> None:
    """Put the receipt into the outbox, in the language in which it was handed in."""
    to = held.account.email if held.account else held.share.email if held.share else ""
    if not to:
        return
    response = submission.response
    path = reverse("questionnaires:see-receipt", args=[response.pk, submission.number])
    with translation.override(submission.language):
        name = response.collection.names.text
        context = {
            "submission": submission,
            "collection": name,
            "unit": response.unit.names.text if response.unit else "",
            "link": settings.SITE_URL + path,
        }
        outbox.post(
            to=to,
            subject=_("Receipt: %(collection)s has been handed in") % {"collection": name},
            body=render_to_string("questionnaires/mail/receipt.txt", context),
            language=submission.language,
            key=f"questionnaires.receipt.{submission.pk}",
        )
