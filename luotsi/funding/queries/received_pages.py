"""What the officer's page of an application shows: answers as they were handed in, checks, requests, history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.models import Application, CompletionRequest
from luotsi.funding.queries.check_pages import Group, funder_knows, groups_of, handed_in_findings
from luotsi.funding.queries.documents import Document, place_of
from luotsi.funding.queries.received import WHOLE_MARKS, whole_words
from luotsi.funding.queries.state_words import MARKS
from luotsi.funding.rules.checks import Document as Kind
from luotsi.funding.rules.checks import Field
from luotsi.funding.rules.completeness import Found, wholeness
from luotsi.questionnaires.queries.places import Places
from luotsi.questionnaires.queries.summaries import Difference, Section, changes_between, summary_of
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.ui.formatting import language

if TYPE_CHECKING:
    from luotsi.funding.access import Handled
    from luotsi.funding.rules.because import Because
    from luotsi.people.models import Unit
    from luotsi.questionnaires.models import Submission

MOST = 20


@dataclass(frozen=True)
class RequestRow:
    """A request for completion; `take_back_url` "" where it is not open any more or the reader may not."""

    words: str
    mark: str
    state: str
    asked_at: datetime
    asked_by: str
    until: datetime
    answered_at: datetime | None
    take_back_url: str


@dataclass(frozen=True)
class SubmissionRow:
    """A submission among those of the application, and what it changed of the one before."""

    number: int
    submitted_at: datetime
    by: str
    sha256: str
    version: str
    url: str
    is_shown: bool
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class LinkTold:
    """A measure or an indicator that the application says it serves."""

    code: str
    names: Names


@dataclass(frozen=True)
class ReceivedPage:
    """An application as the funder has it. `shown` is the submission whose answers stand on the page."""

    number: str
    mark: str
    state: str
    whole_mark: str
    whole: str
    purpose: Names
    figures: tuple[tuple[str, Decimal | None], ...]
    period: tuple[object, object]
    received_at: datetime
    handler: str
    groups: tuple[Group, ...]
    unreadable: tuple[str, ...]
    sections: tuple[Section, ...]
    shown: SubmissionRow | None
    is_latest: bool
    submissions: tuple[SubmissionRow, ...]
    requests: tuple[RequestRow, ...]
    links: tuple[LinkTold, ...]
    interests: tuple[str, ...]
    ask_url: str
    handle_url: str


def received_page(held: Handled, scope: Unit, number: int | None = None) -> ReceivedPage:
    """Return the officer's page of an application; `number` shows an earlier submission.

    Raises:
        Http404: there is no submission of the number.
    """
    one = held.application
    found = _submissions(one)
    shown = next((each for each in found if number in (None, each.number)), None)
    if number is not None and shown is None:
        raise Http404(_("There is no such submission."))
    findings, made, unreadable, _grants = handed_in_findings(one, funder_knows(one))
    asked = list(one.completion_requests.select_related("asked_by"))
    waiting = next((each for each in asked if not each.answered_at and not each.taken_back_at), None)
    whole = wholeness(Found(blocks=one.received.blocks), waiting.until if waiting else None, clock.now())
    handles = held.may_handle and one.state == Application.State.SUBMITTED
    here = [scope.key, one.pk]
    lines = tuple(_lines(found, here, shown))
    return ReceivedPage(
        number=one.register_number,
        mark=MARKS[one.state],
        state=str(one.get_state_display()),
        whole_mark=WHOLE_MARKS[whole],
        whole=whole_words(whole, one.received, waiting.until if waiting else None),
        purpose=one.purposes,
        figures=_figures(one),
        period=(one.starts_on, one.ends_on),
        received_at=one.received.received_at,
        handler=one.received.handler.full_name if one.received.handler else "",
        groups=groups_of(findings, ReceivedFinder(one, scope, made)),
        unreadable=unreadable,
        sections=answers_shown(shown),
        shown=next((line for line in lines if line.is_shown), None),
        is_latest=shown is None or shown is found[0],
        submissions=lines,
        requests=tuple(_requests(asked, held, scope)),
        links=links_told(one),
        interests=interest_words(held.interests),
        ask_url=reverse("funding:ask-completion", args=here) if handles and waiting is None else "",
        handle_url=reverse("funding:set-handler", args=here) if held.may_handle else "",
    )


def _submissions(one: Application) -> list[Submission]:
    if one.response is None:
        return []
    return list(one.response.submissions.select_related("version__questionnaire")[:MOST])


def answers_received(one: Application) -> tuple[Section, ...]:
    """Return the answers that were handed in last, for those who score them."""
    return answers_shown(next(iter(_submissions(one)), None))


def answers_shown(submission: Submission | None) -> tuple[Section, ...]:
    """Return the answers of a submission with the version of the form that they were given to."""
    if submission is None:
        return ()
    return summary_of(submission.version, submission.content["answers"], language())


def _figures(one: Application) -> tuple[tuple[str, Decimal | None], ...]:
    return (
        (_("Applied for"), one.applied),
        (_("Own share"), one.own_share),
        (_("Other funding"), one.other),
        (_("Total cost"), one.total),
    )


def _lines(found: list[Submission], here: list[object], shown: Submission | None) -> Iterator[SubmissionRow]:
    for place, each in enumerate(found):
        earlier = found[place + 1] if place + 1 < len(found) else None
        yield SubmissionRow(
            number=each.number,
            submitted_at=each.submitted_at,
            by=each.content["submitted_by"],
            sha256=each.sha256,
            version=each.version.version,
            url=f"{reverse('funding:see-received', args=here)}?submission={each.number}",
            is_shown=each is shown,
            changes=changes_between(earlier, each, language()) if earlier else (),
        )


def _requests(asked: list[CompletionRequest], held: Handled, scope: Unit) -> Iterator[RequestRow]:
    now = clock.now()
    told = {
        "open": ("use", _("Waits for the applicant")),
        "overdue": ("late", _("Late")),
        "answered": ("done", _("Answered")),
        "taken_back": ("none", _("Taken back")),
    }
    for one in asked:
        state = one.state_at(now)
        mark, word = told[state]
        url = reverse("funding:take-back-completion", args=[scope.key, held.application.pk, one.pk])
        yield RequestRow(
            words=one.words,
            mark=mark,
            state=word,
            asked_at=one.asked_at,
            asked_by=one.asked_by.label if one.asked_by else "",
            until=one.until,
            answered_at=one.answered_at,
            take_back_url=url if held.may_handle and state in ("open", "overdue") else "",
        )


def links_told(one: Application) -> tuple[LinkTold, ...]:
    """Return what the application says it serves, by code and name; one query."""
    found = one.links.select_related("programme", "indicator")
    return tuple(
        LinkTold("", link.indicator.names)
        if link.indicator
        else LinkTold(link.measure, link.programme.names if link.programme else Names())
        for link in found
    )


def interest_words(found: tuple[Because, ...]) -> tuple[str, ...]:
    """Return in words why somebody may not handle or score an application."""
    words = {
        "own_unit": _("You have a role in the unit that applies."),
        "in_team": _("You are or were in the team of the application."),
        "prepared": _("You began the application or handed it in."),
        "declared": _("You have declared an interest."),
    }
    return tuple(words[one.code] for one in found)


class ReceivedFinder:
    """Finds the place on the officer's page that a side of the evidence opens: the answer as it was handed in."""

    def __init__(self, application: Application, scope: Unit, made: Document) -> None:
        self.call, self.scope, self.made = application.call, scope, made
        response = application.response
        self.places = Places(definition_of(response.collection.version), language()) if response else None

    def url(self, side: Field) -> str:
        """Return the address of the field of a side; of a call its page, of other grants nothing."""
        if side.document is Kind.CALL:
            return reverse("funding:see-call", args=[self.scope.key, self.call.owner.key, self.call.slug])
        if side.document is Kind.REGISTER or self.places is None:
            return ""
        name = place_of(self.made, side.pointer)
        question = self.places.of(name).question if name else None
        return f"#{self.places.of(question.name).anchor}" if question else ""
