"""The page of a report: its content, what may be done with it, its editors, what keeps it from being frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.programme.rules.values import Text
from luotsi.reports import access
from luotsi.reports.models import Report, ReportText
from luotsi.reports.queries.blocker_words import sentence
from luotsi.reports.queries.contents import Drift, before, drift, frozen_content, live, wanted_of
from luotsi.reports.queries.documents import board_words
from luotsi.reports.queries.figure_words import value_words
from luotsi.reports.queries.links import to_mend, to_records
from luotsi.reports.queries.shown import ShownReport, shown
from luotsi.reports.queries.writing.words import best
from luotsi.reports.rules.blockers import Blocker
from luotsi.reports.rules.content import Content
from luotsi.reports.rules.rights import Right
from luotsi.reports.rules.states import Move, State, after
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

WRITTEN = (("fi", "Suomi"), ("sv", "Svenska"))
MOST_DRIFT = 30


@dataclass(frozen=True)
class Field:
    """The text of a section in one language, and when it was kept."""

    language: str
    label: str
    text: str
    saved_at: datetime | None
    saved_by: str


@dataclass(frozen=True)
class BlockerLine:
    """A blocker in words, with its key in forms and where it is mended."""

    key: str
    words: str
    url: str
    may_be_answered: bool


@dataclass(frozen=True)
class DriftLine:
    """A figure that is not what it was, in words."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Version:
    """Another version of the same report."""

    label: str
    url: str
    is_this: bool


@dataclass(frozen=True)
class Editors:
    """The texts of a draft by section."""

    fields: Mapping[str, list[Field]]

    def of(self, section: str) -> list[Field]:
        """Return the fields of a section, one for each language."""
        return self.fields[section]


@dataclass(frozen=True)
class ReportPage:
    """Everything that the page of a report shows; the flags say which moves it offers."""

    report: Report
    shown: ShownReport
    sections: list[tuple[object, list[Field]]]
    blockers: list[BlockerLine]
    board: list[tuple[str, tuple[str, ...]]]
    drift: list[DriftLine]
    drift_more: int
    changes: list[DriftLine]
    previous: Report | None
    versions: list[Version]
    may: dict[str, bool]

    @property
    def drift_count(self) -> int:
        """How many figures would be others today."""
        return len(self.drift) + self.drift_more


def report_page(visitor: Visitor, report: Report, scope: Unit, language: str) -> ReportPage:
    """Return the page of a report for a reader at a unit."""
    is_draft = report.state == Report.State.DRAFT
    now = live(wanted_of(report))
    content = now.content if is_draft else frozen_content(report)
    in_words = shown(content, language, to_records(visitor, content))
    may = moves(visitor, report)
    editors = editors_of(report) if is_draft and may["write"] else None
    gone = [] if is_draft else drift(content, now.content)
    previous = before(report)
    changes = drift(frozen_content(previous), content) if previous else []
    return ReportPage(
        report=report,
        shown=in_words,
        sections=[(section, editors.of(section.key) if editors else []) for section in in_words.sections],
        blockers=[line_of(blocker, report, scope) for blocker in now.blockers] if is_draft else [],
        board=board_words(report.board),
        drift=[words_of(one, language) for one in gone[:MOST_DRIFT]],
        drift_more=max(len(gone) - MOST_DRIFT, 0),
        changes=[words_of(one, language) for one in changes],
        previous=previous,
        versions=versions_of(visitor, report, scope),
        may=may,
    )


def moves(visitor: Visitor, report: Report) -> dict[str, bool]:
    """Return which moves the page offers: those that the state allows and the reader may do."""
    state = State(report.state)
    rights = {
        Move.WRITE: Right.WRITE,
        Move.FREEZE: Right.FREEZE,
        Move.PREPARE: Right.DECIDE,
        Move.NOTE: Right.DECIDE,
        Move.PUBLISH: Right.DECIDE,
        Move.RENEW: Right.WRITE,
    }
    allowed = {
        str(move): after(state, move) is not None and access.may_do(visitor, right, report.unit)
        for move, right in rights.items()
    }
    return allowed | {"decide": allowed["note"] and bool(report.board.get("proposal"))}


def editors_of(report: Report) -> Editors:
    """Return the texts of a draft for its editors; one query."""
    kept: defaultdict[str, dict[str, ReportText]] = defaultdict(dict)
    for row in ReportText.objects.filter(report=report).select_related("edited_by__person"):
        kept[row.section][row.language] = row
    found: defaultdict[str, list[Field]] = defaultdict(lambda: [_field(None, code, name) for code, name in WRITTEN])
    for section, rows in kept.items():
        found[section] = [_field(rows.get(code), code, name) for code, name in WRITTEN]
    return Editors(found)


def _field(row: ReportText | None, code: str, name: str) -> Field:
    if row is None:
        return Field(code, name, "", None, "")
    return Field(code, name, row.text, row.edited_at, row.edited_by.label if row.edited_by else "")


def line_of(blocker: Blocker, report: Report, scope: Unit) -> BlockerLine:
    """Return a blocker in words."""
    url = to_mend(blocker, scope.key, report.programme.slug)
    return BlockerLine(blocker.key, sentence(blocker), url, blocker.may_be_answered)


def words_of(change: Drift, language: str) -> DriftLine:
    """Return a changed figure in words."""
    figure = change.now or change.was
    label: Text = figure.label if figure else Text()
    return DriftLine(
        label=best(label, language)[0],
        was=value_words(change.was) if change.was else formatting.MISSING,
        now=value_words(change.now) if change.now else formatting.MISSING,
    )


def versions_of(visitor: Visitor, report: Report, scope: Unit) -> list[Version]:
    """Return the versions of the report that the reader may see, the newest first."""
    same = access.reports_visible_to(visitor, scope).filter(
        kind=report.kind, programme=report.programme_id, unit=report.unit_id, period=report.period
    )
    return [
        Version(
            label=_("Version %(number)s, %(state)s") % {"number": one.version, "state": one.get_state_display()},
            url=reverse("reports:see-report", args=[scope.key, one.pk]),
            is_this=one.pk == report.pk,
        )
        for one in same.order_by("-version").defer("frozen")
    ]


@dataclass(frozen=True)
class PublicPage:
    """A published report as everybody reads it."""

    report: Report
    shown: ShownReport
    board: list[tuple[str, tuple[str, ...]]]


def public_page(report: Report, language: str) -> PublicPage:
    """Return a published report; its figures lead to its own list of sources."""
    content: Content = frozen_content(report)
    return PublicPage(report, shown(content, language), board_words(report.board))


def freezing(report: Report, scope: Unit) -> list[BlockerLine]:
    """Return the blockers of a draft."""
    return [line_of(blocker, report, scope) for blocker in live(wanted_of(report)).blockers]
