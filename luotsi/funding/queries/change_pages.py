"""What the pages of change requests show: the early warning by class of cost, and one request with its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.models import ChangeRequest
from luotsi.funding.queries.change_words import PARTS, refusal_words, warning_words
from luotsi.funding.queries.changes import reason_from, refusals_of, standing_of, warned_of
from luotsi.funding.queries.cost_classes import class_words
from luotsi.funding.rules.change_request import Answer, Part
from luotsi.funding.rules.rights import Part as Grip
from luotsi.funding.rules.rights import Right
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.access import Held
    from luotsi.funding.models import Application
    from luotsi.funding.rules.because import Because
    from luotsi.funding.rules.change_request import Standing
    from luotsi.funding.rules.spending import Forecast, Warned
    from luotsi.people.models import Unit

MARKS = {
    ChangeRequest.State.DRAFT: "run",
    ChangeRequest.State.SENT: "use",
    ChangeRequest.State.ANSWERED: "done",
    ChangeRequest.State.WITHDRAWN: "none",
}
ANSWER_MARKS = {Answer.ACCEPTED: "done", Answer.WITH_CHANGES: "done", Answer.REJECTED: "late"}


@dataclass(frozen=True)
class ClassRow:
    """A class of cost: its budget, what is spent, and what is likely at the end."""

    label: str
    planned: Decimal
    spent: Decimal
    over: Decimal
    forecast: str


@dataclass(frozen=True)
class RequestRow:
    """A request of the list."""

    label: str
    parts: str
    mark: str
    word: str
    sent_on: date | None
    url: str


@dataclass(frozen=True)
class ChangesPage:
    """The early warning of a grant and its requests; `why_none` where nothing can be warned of."""

    rows: tuple[ClassRow, ...]
    warnings: tuple[str, ...]
    latest_on: date | None
    days_left: int
    threshold: str
    why_none: str
    requests: tuple[RequestRow, ...]
    open_url: str
    may_write: bool


@dataclass(frozen=True)
class Pair:
    """One thing of a part: as it stands, as it is asked for, and as it was given instead."""

    label: str
    now: str
    asked: str
    given: str


@dataclass(frozen=True)
class PartBlock:
    """A part of a request with its grounds and its answer."""

    label: str
    pairs: tuple[Pair, ...]
    words: str
    grounds: str
    mark: str
    word: str
    reasons: str


@dataclass(frozen=True)
class ChangePage:
    """One request as both sides see it."""

    request: ChangeRequest
    label: str
    mark: str
    word: str
    parts: tuple[PartBlock, ...]
    warned: tuple[str, ...]
    stops: tuple[str, ...]
    may_write: bool
    may_send: bool
    may_answer: bool


def is_outside(application: Application) -> bool:
    """Return True when the funder is not a unit of this installation, so that the applicant types its answers."""
    return application.call.funder.unit_id is None


def changes_page(held: Held, scope: Unit) -> ChangesPage:
    """Return the early warning of a grant and its requests."""
    application = held.application
    warned = warned_of(application)
    requests = list(application.change_requests.all())
    labels = class_words(application.call, [row.cost_class for row in warned.now.rows]) if warned else {}
    opened = next((one for one in requests if one.is_draft or one.is_sent), None)
    return ChangesPage(
        rows=tuple(_classes(warned, labels)) if warned else (),
        warnings=warning_words(warned.reasons, labels) if warned else (),
        latest_on=warned.latest_on if warned else None,
        days_left=warned.days_left if warned else 0,
        threshold=_threshold(application, warned),
        why_none="" if warned else _("Nothing can be warned of: the budget by class or the time of use is not known."),
        requests=tuple(_request(one, scope) for one in requests),
        open_url=_url(opened, scope) if opened else "",
        may_write=held.may(Grip.WRITE),
    )


def _threshold(application: Application, warned: Warned | None) -> str:
    percent = application.call.transfer_percent
    if percent is None:
        return _("The call gives no limit of transfers between classes: none can be warned of.")
    told = {"percent": formatting.percent(percent / 100, 0 if percent % 1 == 0 else 2)}
    words = _("Transfers of more than %(percent)s of the total cost need a change request.")
    if warned is not None and warned.now.threshold is not None:
        told["sum"] = formatting.euros(warned.now.threshold)
        words = _("Transfers of more than %(percent)s of the total cost (%(sum)s) need a change request.")
    source = application.call.transfer_source
    return " ".join(filter(None, (words % told, source and _("Source: %(source)s.") % {"source": source})))


def _classes(warned: Warned, labels: Mapping[str, str]) -> Iterator[ClassRow]:
    for row in warned.now.rows:
        forecast = _range(warned.forecasts.get(row.cost_class))
        yield ClassRow(labels[row.cost_class], row.planned, row.spent, row.over, forecast)


def _range(found: Forecast | None) -> str:
    if found is None or found.low is None or found.high is None:
        return formatting.MISSING
    if found.low == found.high:
        return formatting.euros(found.low)
    return f"{formatting.euros(found.low, 0)} – {formatting.euros(found.high, 0)}"


def _url(request: ChangeRequest, scope: Unit) -> str:
    return reverse("funding:see-change", args=[scope.key, request.application_id, request.pk])


def label_of(request: ChangeRequest) -> str:
    """Return what a request is called."""
    return _("Change request %(n)s") % {"n": request.number}


def _request(request: ChangeRequest, scope: Unit) -> RequestRow:
    parts = ", ".join(str(words) for part, words in PARTS.items() if part in request.parts)
    word = str(request.get_state_display())
    state, sent_on = ChangeRequest.State(request.state), clock.day_of(request.sent_at) if request.sent_at else None
    return RequestRow(label_of(request), parts, MARKS[state], word, sent_on, _url(request, scope))


def change_page(held: Held, request: ChangeRequest) -> ChangePage:
    """Return one request as the applicant sees it."""
    standing = standing_of(request.application)
    stops = refusals_of(request, standing, clock.today()) if request.is_draft else ()
    page = _page(request, standing, stops)
    return replace(
        page,
        may_write=held.may(Grip.WRITE),
        may_send=held.may(Grip.SUBMIT),
        may_answer=held.may(Right.COMMIT) and is_outside(request.application),
    )


def asked_page(request: ChangeRequest, *, may_answer: bool) -> ChangePage:
    """Return one request as the funder sees it."""
    return replace(_page(request, None, ()), may_answer=may_answer and request.is_sent)


def _page(request: ChangeRequest, standing: Standing | None, stops: tuple[Because, ...]) -> ChangePage:
    warned = tuple(reason_from(one) for one in request.warned)
    labels = class_words(request.application.call, dict.fromkeys(one.about for one in (*stops, *warned)))
    return ChangePage(
        request=request,
        label=label_of(request),
        mark=MARKS[ChangeRequest.State(request.state)],
        word=str(request.get_state_display()),
        parts=blocks_of(request, standing),
        warned=warning_words(warned, labels),
        stops=refusal_words(stops, labels),
        may_write=False,
        may_send=False,
        may_answer=False,
    )


@dataclass(frozen=True)
class AskedRow:
    """A request of the funder's list."""

    names: Names
    unit: Names
    label: str
    parts: str
    mark: str
    word: str
    sent_on: date | None
    url: str


def asked_rows(requests: Iterable[ChangeRequest], scope: Unit) -> list[AskedRow]:
    """Return the requests of a call, those that wait first, then by the day they were sent."""
    ordered = sorted(requests, key=lambda one: (not one.is_sent, one.sent_at or one.begun_at))
    rows = []
    for one in ordered:
        found, call = _request(one, scope), one.application.call
        url = reverse("funding:see-asked-change", args=[scope.key, call.slug, one.pk])
        names, unit = one.application.names, one.application.unit.names
        rows.append(AskedRow(names, unit, found.label, found.parts, found.mark, found.word, found.sent_on, url))
    return rows


def blocks_of(request: ChangeRequest, standing: Standing | None = None) -> tuple[PartBlock, ...]:
    """Return the parts of a request beside the grant: as it stood when it was sent, else as it stands."""
    kept = request.before
    if not kept:
        found = standing or standing_of(request.application)
        end = found.period_end.isoformat() if found.period_end else ""
        kept = {"period_end": end, "budget": found.budget}
    labels = class_words(request.application.call, dict.fromkeys([*kept["budget"], *_keys(request)]))
    return tuple(_block(request, part, kept, labels) for part in Part if part in request.parts)


def _keys(request: ChangeRequest) -> Iterator[str]:
    for held in (request.parts, *(one.get("given") and {"budget": one["given"]} for one in request.answers.values())):
        yield from ((held or {}).get("budget", {}) or {}).get("new", {})


def _block(request: ChangeRequest, part: Part, kept: Mapping[str, Any], labels: Mapping[str, str]) -> PartBlock:
    asked, told = request.parts[part], request.answers.get(part)
    given = told["given"] if told and told["answer"] == Answer.WITH_CHANGES else {}
    answer = Answer(told["answer"]) if told else None
    return PartBlock(
        label=str(PARTS[part]),
        pairs=tuple(_pairs(part, kept, asked, given, labels)),
        words=asked.get("words", "") if not given.get("words") else f"{asked['words']}\n\n{given['words']}",
        grounds=asked["grounds"],
        mark=ANSWER_MARKS[answer] if answer else "",
        word=str(dict(ChangeRequest.ANSWERS)[answer]) if answer else "",
        reasons=told["reasons"] if told else "",
    )


def _pairs(
    part: Part,
    kept: Mapping[str, Any],
    asked: Mapping[str, Any],
    given: Mapping[str, Any],
    labels: Mapping[str, str],
) -> Iterator[Pair]:
    if part == Part.TIME:
        yield Pair(_("Last day of use"), _day(kept["period_end"]), _day(asked["new_end"]), _day(given.get("new_end")))
    elif part == Part.BUDGET:
        new, other = asked["new"], given.get("new", {})
        for key in sorted({*kept["budget"], *new}):
            sums = [_sum(held.get(key)) for held in (kept["budget"], new, other)]
            yield Pair(labels.get(key, key), *sums)
    elif part == Part.CONSORTIUM:
        yield Pair(_("Joins"), "", ", ".join(asked["joining"]), ", ".join(given.get("joining", [])))
        yield Pair(_("Leaves"), "", ", ".join(asked["leaving"]), ", ".join(given.get("leaving", [])))


def _day(text: str | None) -> str:
    return formatting.day(date.fromisoformat(text)) if text else ""


def _sum(value: object) -> str:
    return formatting.euros(Decimal(str(value))) if value is not None else ""
