"""What the pages of reports show: the list of an application, and one report with the origin of each figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.funding.models import GrantReport, Obligation
from luotsi.funding.queries.reports.content import content_of
from luotsi.funding.queries.reports.words import CHAPTERS, GAPS, SUMS, figure, stops_of, why_words
from luotsi.funding.rules.obligations import Duty
from luotsi.funding.rules.reports import Line, digest_of, judged_lines, lateness
from luotsi.funding.rules.rights import Part
from luotsi.programme.queries.state_words import title
from luotsi.programme.rules.states import State
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.access import Held
    from luotsi.funding.models import Application
    from luotsi.funding.rules.reports import Content, Difference, Told
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

DUTIES = (Duty.INTERIM_REPORT, Duty.FINAL_REPORT)


@dataclass(frozen=True)
class DueRow:
    """A report that is asked for, or was begun; `begin` is what the button of one that is not begun sends."""

    label: str
    due_on: date | None
    days_late: int
    mark: str
    word: str
    url: str
    begin: str
    version: int
    earlier: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PartRow:
    """A milestone of a measure."""

    names: Names
    mark: str
    word: str
    on: date | None
    words: str
    origin: str


@dataclass(frozen=True)
class LineRow:
    """One line as it is read; `why` asks for words, `is_open` while there are none."""

    key: str
    names: Names
    baseline: str
    planned: str
    whole: str
    actual: str
    period: str
    mark: str
    word: str
    origin: str
    why: tuple[str, ...]
    words: str
    is_open: bool
    parts: tuple[PartRow, ...] = ()


@dataclass(frozen=True)
class ChapterRow:
    """A part in words."""

    key: str
    label: str
    help: str
    text: str


@dataclass(frozen=True)
class SumRow:
    """A sum of the whole grant with where it comes from."""

    label: str
    amount: str
    origin: str


@dataclass(frozen=True)
class ReportPage:
    """One report as a reader sees it; `is_whole` is False when a sent one is not what its hash was made of."""

    report: GrantReport
    content: Content
    label: str
    mark: str
    word: str
    until_on: date | None
    days_late: int
    chapters: tuple[ChapterRow, ...]
    measures: tuple[LineRow, ...]
    indicators: tuple[LineRow, ...]
    costs: tuple[LineRow, ...]
    sums: tuple[SumRow, ...]
    gaps: tuple[str, ...]
    stops: tuple[str, ...]
    threshold: str
    may_write: bool
    may_send: bool
    is_whole: bool


def kind_words(report: GrantReport) -> str:
    """Return what a report is called, with its number where there are several of its kind, and its version."""
    label = str(report.get_kind_display())
    number = report.key.partition("-")[2]
    if number and not (report.is_final and number == "1"):
        label = f"{label} {number}"
    return label if report.version == 1 else _("%(report)s, version %(n)s") % {"report": label, "n": report.version}


def due_rows(application: Application, scope: Unit) -> list[DueRow]:
    """Return every report that a decision asks for with what was written of it; two queries."""
    dues = list(Obligation.objects.filter(application=application, duty__in=DUTIES))
    written: dict[tuple[str, str], list[GrantReport]] = {}
    for report in GrantReport.objects.filter(application=application).order_by("-version"):
        written.setdefault((report.kind, report.key), []).append(report)
    rows = [_due(application, scope, one, written.pop((one.duty, one.key), [])) for one in dues]
    rows += [_due(application, scope, None, reports) for reports in written.values()]
    if not any(one.duty == Duty.FINAL_REPORT for one in dues) and not any(
        report.is_final for report in GrantReport.objects.filter(application=application)
    ):
        rows.append(DueRow(_("Final report"), None, 0, "none", _("No day is told"), "", "final_report:", 0, ()))
    return rows


def _due(application: Application, scope: Unit, due: Obligation | None, written: list[GrantReport]) -> DueRow:
    here = [scope.key, application.pk]
    last = written[0] if written else None
    earlier = tuple(
        (_("version %(n)s") % {"n": one.version}, reverse("funding:see-grant-report", args=[*here, one.pk]))
        for one in written[1:]
    )
    day = due.due_on if due else last.due_on if last else None
    if last is None:
        unsaved = GrantReport(kind=due.duty if due else Duty.FINAL_REPORT, key=due.key if due else "", version=1)
        done = due is not None and due.done_at is not None
        late = 0 if done else lateness(day, today=clock.today())
        mark, word = ("done", _("Done elsewhere")) if done else ("late" if late else "none", _("Not begun"))
        return DueRow(kind_words(unsaved), day, late, mark, word, "", f"{unsaved.kind}:{unsaved.key}", 0, ())
    mark, word = state_of(last)
    return DueRow(
        kind_words(last),
        day,
        days_late(last, day),
        mark,
        word,
        reverse("funding:see-grant-report", args=[*here, last.pk]),
        "",
        last.version,
        earlier,
    )


def state_of(report: GrantReport) -> tuple[str, str]:
    """Return mark and word of how far a report has come."""
    return ("done", _("Sent")) if report.is_sent else ("run", _("Being written"))


def days_late(report: GrantReport, due: date | None) -> int:
    """Return how many days a report is or was late."""
    sent_on = clock.day_of(report.sent_at) if report.sent_at else None
    return lateness(due, today=clock.today(), sent_on=sent_on)


def report_page(visitor: Visitor, held: Held, report: GrantReport) -> ReportPage:
    """Return a report as the reader sees it; the number of queries does not grow with lines."""
    content = content_of(visitor, report)
    judged = judged_lines(content)
    mark, word = state_of(report)
    told = {"percent": formatting.percent(content.threshold / 100, 0 if content.threshold % 1 == 0 else 2)}
    of_call = _("Differences of more than %(percent)s of the plan are explained, as the call asks.")
    usual = _("Differences of more than %(percent)s of the plan are explained. The call gives no limit.")
    return ReportPage(
        report=report,
        content=content,
        label=kind_words(report),
        mark=mark,
        word=word,
        until_on=content.head.until_on,
        days_late=days_late(report, report.due_on),
        chapters=tuple(chapters_of(content)),
        measures=rows_of(judged, content, Line.MEASURE),
        indicators=rows_of(judged, content, Line.INDICATOR),
        costs=rows_of(judged, content, Line.COST),
        sums=sum_rows(content),
        gaps=tuple(str(GAPS[one]) for one in content.gaps),
        stops=() if report.is_sent else stops_of(content),
        threshold=(of_call if content.of_call else usual) % told,
        may_write=held.may(Part.WRITE),
        may_send=held.may(Part.SUBMIT),
        is_whole=not report.is_sent or digest_of(report.figures) == report.digest,
    )


def chapters_of(content: Content) -> Iterator[ChapterRow]:
    """Yield the chapters with their words."""
    for one in content.chapters:
        label, help_ = CHAPTERS[one]
        yield ChapterRow(one.value, str(label), str(help_), content.word(one))


def sum_rows(content: Content) -> tuple[SumRow, ...]:
    """Return the sums of the whole grant."""
    return tuple(SumRow(str(SUMS[one.key]), formatting.euros(one.amount), one.origin) for one in content.sums)


def rows_of(judged: tuple[Difference, ...], content: Content, line: Line) -> tuple[LineRow, ...]:
    """Return the lines of one kind as they are read."""
    return tuple(_row(one, content) for one in judged if one.line.line == line)


def _row(one: Difference, content: Content) -> LineRow:
    told = next(line for line in content.lines if line.key == one.line.key)
    return LineRow(
        key=told.key,
        names=names_of(told.names),
        baseline=_baseline(told),
        planned=figure(told, told.planned),
        whole=figure(told, told.whole),
        actual=figure(told, told.actual),
        period=told.period.replace("-", "–"),
        mark=told.state,
        word=str(title(State(told.state))) if told.state else "",
        origin=told.origin,
        why=why_words(one),
        words=content.word(told.key),
        is_open=one.is_open,
        parts=tuple(_part(part) for part in told.parts),
    )


def _baseline(told: Told) -> str:
    if told.baseline is None:
        return formatting.MISSING
    day = f" ({formatting.day(told.baseline_on)})" if told.baseline_on else ""
    return f"{figure(told, told.baseline)}{day}"


def _part(told: Told) -> PartRow:
    word = str(title(State(told.state)))
    return PartRow(names_of(told.names), told.state, word, told.on, told.words, told.origin)


@dataclass(frozen=True)
class WordField:
    """A text to be typed: of a chapter or of a line that differs from the plan."""

    key: str
    label: str
    help: str
    text: str


def word_fields(visitor: Visitor, report: GrantReport, typed: frozenset[str] = frozenset()) -> list[WordField]:
    """Return every text of a report: its chapters, lines of which words are asked, and lines that have some.

    `typed` are keys of lines whose words a page sends: they are taken even if nothing differs any more.
    """
    content = content_of(visitor, report)
    found = [WordField(one.key, one.label, one.help, one.text) for one in chapters_of(content)]
    for one in judged_lines(content):
        words = content.word(one.line.key)
        if one.needs_words or words or one.line.key in typed:
            told = next(line for line in content.lines if line.key == one.line.key)
            why = " ".join(why_words(one))
            figures = _("Plan %(planned)s, now %(actual)s.") % {
                "planned": figure(told, told.planned),
                "actual": figure(told, told.actual),
            }
            found.append(WordField(told.key, names_of(told.names).text, f"{figures} {why}".strip(), words))
    return found
