"""What the pages of imports of study data show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.learning.models import StudyImport
from luotsi.learning.queries.import_words import COUNTS, MARKS, PHASES, STATES, fault_words, left_out_words
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

    from luotsi.people.models import Unit
    from luotsi.ui.lists import Ask

ORDERS = {"file": "filename", "extract": "extract_on", "sent": "uploaded_at", "state": "state"}


@dataclass(frozen=True)
class ImportRow:
    """One import in the list."""

    url: str
    filename: str
    unit: Any
    extract_on: date
    sent_at: datetime
    by: str
    mark: str
    word: str
    learners: int | None
    findings: int | None


@dataclass(frozen=True)
class FaultRow:
    """What was wrong or left out: file, where in it, and in words."""

    file: str
    place: str
    message: str


@dataclass(frozen=True)
class ImportPage:
    """One import: where it stands, how far it is, what came of it, what was wrong, what was left out."""

    title: str
    unit: Any
    extract_on: date
    sent_at: datetime
    by: str
    state: str
    mark: str
    word: str
    moves: bool
    phase: str
    done: int
    total: int
    facts: tuple[tuple[str, int], ...]
    faults: tuple[FaultRow, ...]
    more_faults: int
    left_out: tuple[FaultRow, ...]
    left_out_count: int


def imports_listed(seen: QuerySet[StudyImport], scope: Unit, ask: Ask) -> Rows:
    """Return the imports that were asked for, the latest first."""
    if state := ask.filters.get("state"):
        seen = seen.filter(state=state)
    if text := ask.filters.get("q"):
        seen = seen.filter(filename__icontains=text)
    order = f"{'-' if ask.descending else ''}{ORDERS[ask.sort]}"
    ordered = (
        seen.select_related("unit", "uploaded_by__person").defer("data", "faults").order_by(order, "-uploaded_at")
    )
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows([_row(one, scope) for one in ordered[ask.offset : end]], seen.count())


def _row(one: StudyImport, scope: Unit) -> ImportRow:
    return ImportRow(
        url=reverse("learning:see-import", args=[scope.key, one.pk]),
        filename=one.filename,
        unit=one.unit.names,
        extract_on=one.extract_on,
        sent_at=one.uploaded_at,
        by=_by(one),
        mark=MARKS[one.state],
        word=str(STATES[one.state]),
        learners=one.counts.get("learners"),
        findings=one.counts.get("findings"),
    )


def _by(one: StudyImport) -> str:
    person = getattr(one.uploaded_by, "person", None)
    return str(person) if person else ""


def import_page(one: StudyImport) -> ImportPage:
    """Return what the page of an import shows."""
    is_done, is_refused = one.state == StudyImport.State.DONE, one.state == StudyImport.State.REFUSED
    left_out = one.counts.get("left_out", {}) if is_done else {}
    faults = tuple(fault_rows(one)) if is_refused else ()
    return ImportPage(
        title=one.filename,
        unit=one.unit.names,
        extract_on=one.extract_on,
        sent_at=one.uploaded_at,
        by=_by(one),
        state=one.state,
        mark=MARKS[one.state],
        word=str(STATES[one.state]),
        moves=not is_done and not is_refused,
        phase=str(PHASES[one.counts["phase"]]) if one.counts.get("phase") in PHASES else "",
        done=one.done,
        total=one.total,
        facts=tuple((str(label), one.counts[name]) for name, label in COUNTS.items() if one.counts.get(name)),
        faults=faults,
        more_faults=max(0, one.counts.get("faults", 0) - len(faults)),
        left_out=tuple(_rows(one.faults, left_out_words)) if is_done else (),
        left_out_count=sum(left_out.values()),
    )


def fault_rows(one: StudyImport) -> Iterator[FaultRow]:
    """Yield what was wrong with an import that was refused, in the order in which it was found."""
    return _rows(one.faults, fault_words)


def _rows(kept: Iterable[dict[str, Any]], words: Callable[[str, str], str]) -> Iterator[FaultRow]:
    for row in kept:
        line = _("line %(number)s") % {"number": row["line"]} if row["line"] is not None else ""
        place = " ".join(part for part in (line, row["at"]) if part)
        yield FaultRow(row["file"], place, words(row["code"], row["found"]))
