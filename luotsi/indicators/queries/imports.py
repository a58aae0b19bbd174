"""What the pages of an import of observations show: the dry run over what is known now, and earlier imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.indicators.models import Observation, ObservationImport
from luotsi.indicators.queries import words
from luotsi.indicators.queries.observation_sheet import Outcome, Planned, Problem, plan_now
from luotsi.indicators.rules.values import Mark, ObservationState
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.base.names import Names
    from luotsi.people.models import Unit

SHOWN_ROWS = 100
SHOWN_PROBLEMS = 200


@dataclass(frozen=True)
class NewRow:
    """A row that would be entered."""

    number: int
    indicator: Names
    unit: Names
    period: str
    split: str
    figure: str


@dataclass(frozen=True)
class DryRun:
    """What the import would do, as the page shows it."""

    rows: int
    new: int
    same: int
    errors: int
    parts: tuple[tuple[str, int, str], ...]
    in_words: str
    problems: tuple[Problem, ...]
    most: int
    new_rows: tuple[NewRow, ...]
    unknown: tuple[str, ...]
    sheet: str


def dry_run(found: ObservationImport, *, most_problems: int = SHOWN_PROBLEMS) -> DryRun:
    """Return the dry run of an import over what is known now; four queries."""
    plan = plan_now(found)
    new, same, errors = (plan.of(outcome) for outcome in (Outcome.NEW, Outcome.SAME, Outcome.ERROR))
    counted = (
        (len(new), "done", _("new")),
        (len(same), "none", _("unchanged")),
        (len(errors), "late", _("with errors")),
    )
    return DryRun(
        rows=len(plan.rows),
        new=len(new),
        same=len(same),
        errors=len(errors),
        parts=tuple((mark, count, word) for count, mark, word in counted),
        in_words=", ".join(f"{number(count)} {word}" for count, _mark, word in counted),
        problems=plan.problems[:most_problems],
        most=len(plan.problems),
        new_rows=tuple(row for one in new[:SHOWN_ROWS] if (row := new_row(one))),
        unknown=plan.sheet.unknown,
        sheet=plan.sheet.name,
    )


def new_row(row: Planned) -> NewRow | None:
    """Return a row in words; None for one that could not be read."""
    if row.indicator is None or row.unit is None or row.period is None or row.figures is None:
        return None
    figures = row.figures
    figure = number(figures.value) if figures.value is not None else ""
    if figures.numerator is not None and figures.denominator is not None:
        figure = f"{number(figures.numerator)} ÷ {number(figures.denominator)}"
    if figures.mark != Mark.FIGURE:
        figure = {Mark.MISSING: _("missing"), Mark.NOT_APPLICABLE: _("does not apply")}.get(figures.mark, "")
    return NewRow(
        number=row.number,
        indicator=row.indicator.names,
        unit=row.unit.names,
        period=words.period(row.period.key),
        split=words.split(row.split.items()),
        figure=figure,
    )


@dataclass(frozen=True)
class Result:
    """What became of an import: how many drafts of it are left, and that in words."""

    drafts: int
    sentence: str


def result_of(found: ObservationImport) -> Result:
    """Return the result of an import that is over; one query."""
    made = found.rows.get("made", [])
    drafts = Observation.objects.filter(pk__in=made, state=ObservationState.DRAFT).count()
    count = found.created or 0
    text = ngettext("%(n)s figure was entered as a draft.", "%(n)s figures were entered as drafts.", count)
    return Result(drafts, text % {"n": number(count)})


def earlier_imports(scope: Unit, most: int = 8) -> Sequence[ObservationImport]:
    """Return the latest imports at the unit; one query."""
    return list(ObservationImport.objects.filter(scope=scope).defer("rows").order_by("-uploaded_at")[:most])
