"""The figures of studies at a unit: every indicator in small, units beside each other, qualifications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries import words
from luotsi.indicators.queries.figures import figures_of
from luotsi.indicators.queries.minis import Mini, minis_of, trace_address
from luotsi.indicators.queries.told import measure_of
from luotsi.indicators.rules.values import Mark
from luotsi.learning.models import StudyImport, StudyRight
from luotsi.learning.rules import figures as keys
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.indicators.queries.figures import Figures
    from luotsi.indicators.rules.values import Cell

BESIDE = (keys.COMPLETED_3, keys.LEFT, keys.LATE, keys.FRESH, keys.SHOWN)
OF_QUALIFICATIONS = (keys.COMPLETED_3, keys.LEFT)


@dataclass(frozen=True)
class Place:
    """A figure in a table: in words with what it is made of; `gone` tells why there is none."""

    figure: str
    gone: str
    parts: str
    trace_url: str


@dataclass(frozen=True)
class Row:
    """A unit or a qualification with its figures, in the order of the headings."""

    title: Names
    code: str
    url: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Group:
    """Indicators that belong together."""

    title: str
    about: str
    minis: tuple[Mini, ...]


@dataclass(frozen=True)
class FigurePage:
    """What the page shows; no groups where nobody studies at the unit or nothing has been declared yet.

    Args:
        told_on: the latest day that an import has told about; None where there is none.
        is_unasked: whether no survey has told yet how learners are engaged.
        heads: headings of the tables of units and of qualifications.
    """

    told_on: date | None
    groups: tuple[Group, ...]
    units: tuple[Row, ...]
    unit_heads: tuple[Names, ...]
    qualifications: tuple[Row, ...]
    qualification_heads: tuple[Names, ...]
    is_unasked: bool = False


def figure_page(scope: Unit) -> FigurePage:
    """Return the figures of a unit; the right to see them was required before.

    The number of queries does not grow with units, learners or indicators.
    """
    names = names_at(scope)
    known = {one.key: one for one in Indicator.objects.filter(key__in=keys.EVERY)} if names else {}
    if not known:
        return FigurePage(told_until(scope), (), (), (), (), ())
    minis = minis_of(list(known.values()), scope)
    figures = figures_of([known[key] for key in (*BESIDE, keys.ENGAGED) if key in known], scope, below=True)
    return FigurePage(
        told_on=told_until(scope),
        groups=tuple(
            Group(title, about, tuple(minis[known[key].pk] for key in group if key in known))
            for title, about, group in _groups()
        ),
        units=tuple(_units(scope, known, figures)),
        unit_heads=_heads(known, BESIDE),
        qualifications=tuple(_qualifications(scope, known, figures, names)),
        qualification_heads=_heads(known, OF_QUALIFICATIONS),
        is_unasked=keys.ENGAGED in known and not _is_told(figures, known[keys.ENGAGED], scope),
    )


def _groups() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return (
        (_("How studies end"), _("Completion, dropping out and the way on"), keys.OUTCOMES),
        (_("How studies advance"), _("Against the personal plan"), keys.ADVANCE),
        (_("Guidance"), _("Planned and given"), keys.GUIDED),
        (_("Engagement"), _("What learners answer, and presence as a sign of it"), keys.ENGAGEMENT),
    )


def _is_told(figures: Figures, indicator: Indicator, unit: Unit) -> bool:
    """Return True when there ever was a figure, shown or protected."""
    return any(cell.mark in (Mark.FIGURE, Mark.PROTECTED) for cell in figures.series(indicator, unit))


def _heads(known: dict[str, Indicator], wanted: Sequence[str]) -> tuple[Names, ...]:
    return tuple(known[key].names for key in wanted if key in known)


def names_at(scope: Unit) -> dict[str, str]:
    """Return the names of the qualifications studied at the unit and below it, by their codes; one query."""
    found = StudyRight.objects.known().filter(unit__path__startswith=scope.path).order_by("qualification", "name")
    return dict(found.values_list("qualification", "name").distinct())


def told_until(scope: Unit) -> date | None:
    """Return the latest day that an import of the unit, or of one above or below it, has told about; one query."""
    done = StudyImport.objects.filter(state=StudyImport.State.DONE)
    above = done.filter(unit__in=[*scope.ancestor_ids, scope.pk])
    days = (above | done.filter(unit__path__startswith=scope.path)).order_by("-extract_on")
    return days.values_list("extract_on", flat=True).first()


def _units(scope: Unit, known: dict[str, Indicator], figures: Figures) -> list[Row]:
    """Return the units straight below of which something is told, those with most learners late first."""
    found: list[tuple[Decimal, Row]] = []
    for unit in Unit.objects.filter(parent=scope).in_force(clock.today()):
        cells = {key: _latest(figures, known[key], unit) for key in BESIDE if key in known}
        if not any(cell is not None for cell in cells.values()):
            continue
        places = tuple(_place(scope, known[key], cell, figures) for key, cell in cells.items())
        late = cells.get(keys.LATE)
        row = Row(unit.names, "", reverse("learning:see-figures", args=[unit.key]), places)
        found.append((late.value if late and late.value is not None else Decimal(-1), row))
    return [row for _late, row in sorted(found, key=lambda one: -one[0])]


def _qualifications(scope: Unit, known: dict[str, Indicator], figures: Figures, names: dict[str, str]) -> list[Row]:
    """Return the qualifications of which something is told, those with most dropping out first."""
    wanted = [known[key] for key in OF_QUALIFICATIONS if key in known]
    codes = {split[0][1] for one in wanted for split in figures.splits(one, scope)}
    found: list[tuple[Decimal, str, Row]] = []
    for code in codes:
        split = (("qualification", code),)
        cells = [_latest(figures, one, scope, split) for one in wanted]
        if not any(cell is not None for cell in cells):
            continue
        left = cells[-1]
        places = tuple(_place(scope, one, cell, figures) for one, cell in zip(wanted, cells, strict=True))
        need = left.value if left is not None and left.value is not None else Decimal(-1)
        found.append((need, code, Row(Names(fi=names.get(code) or code), code, "", places)))
    return [row for _need, _code, row in sorted(found, key=lambda one: (-one[0], one[1]))]


def _latest(
    figures: Figures, indicator: Indicator, unit: Unit, split: tuple[tuple[str, str], ...] = ()
) -> Cell | None:
    """Return the cell of the present period, a figure or a protected one; None where there is nobody."""
    series = figures.series(indicator, unit, split)
    last = series[-1] if series else None
    if last is None or last.period != figures.series(indicator, unit)[-1].period:
        return None
    return last if last.mark in (Mark.FIGURE, Mark.PROTECTED) else None


def _place(scope: Unit, indicator: Indicator, cell: Cell | None, figures: Figures) -> Place:
    definition = figures.definition(indicator)
    if cell is None or definition is None:
        return Place("", "–", "", "")
    if cell.value is None:
        return Place("", words.mark(cell, definition), "", "")
    figure = measure_of(definition).write(cell.value)
    return Place(figure, "", words.parts(cell), trace_address(scope.key, indicator.key, cell))
