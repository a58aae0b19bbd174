"""What the pages of editing show: the items of the draft with what each lacks, and where a form begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.names import ORDER, Names
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.rules.plan import Measure, Milestone, Section, coded, measures_of
from luotsi.programme.rules.values import Text

if TYPE_CHECKING:
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme
    from luotsi.programme.rules.plan import Plan
    from luotsi.programme.rules.values import Span


@dataclass(frozen=True)
class PeriodHead:
    """A column of the table."""

    key: str
    label: str


@dataclass(frozen=True)
class EditCell:
    """A milestone, or its absence, with what it lacks."""

    label: str
    names: Names
    url: str
    gaps: tuple[str, ...]
    add_url: str = ""


@dataclass(frozen=True)
class EditMeasure:
    """A measure with a cell for each period."""

    code: str
    names: Names
    url: str
    missing: str
    cells: tuple[EditCell, ...]


@dataclass(frozen=True)
class EditSection:
    """A section; depth 0 is the outermost."""

    code: str
    names: Names
    depth: int
    url: str
    missing: str
    measures: tuple[EditMeasure, ...]


@dataclass(frozen=True)
class EditPage:
    """The draft, item by item; `gaps` are the milestones that lack something."""

    periods: tuple[PeriodHead, ...]
    sections: tuple[EditSection, ...]

    @property
    def gaps(self) -> list[EditCell]:
        """The milestones that lack something."""
        return [cell for section in self.sections for row in section.measures for cell in row.cells if cell.gaps]


@dataclass(frozen=True)
class Editing:
    """One item to edit: its kind, what the page is called, and what the form begins with."""

    kind: str
    title: str
    initial: dict[str, Any]


def milestone_gaps(item: Milestone, responsible: bool) -> tuple[str, ...]:
    """Return what a milestone lacks: an owner where its measure has none, a number, and with that a baseline."""
    found = []
    if not item.owner and not responsible:
        found.append(_("no owner"))
    if item.number is None and not item.indicator:
        found.append(_("no number"))
    if item.number is not None and item.baseline is None:
        found.append(_("no baseline"))
    return tuple(found)


def editing_page(programme: Programme, scope: Unit) -> EditPage:
    """Return the draft of a programme, or its published plan where no draft has been begun."""
    plan = plan_of(programme, draft=True)
    spans = _spans(plan)
    heads = tuple(PeriodHead(span.key, period_words(span.key)) for span in spans)
    found: list[EditSection] = []
    for section in plan.sections:
        _sections(section, 0, spans, (scope.key, programme.slug), found)
    return EditPage(heads, tuple(found))


def _spans(plan: Plan) -> list[Span]:
    """Return the periods of a plan, or those of its milestones where it names none."""
    found = {item.period.key: item.period for measure in measures_of(plan) for item in measure.milestones}
    return list(plan.periods) or sorted(found.values(), key=lambda span: span.start)


def _sections(section: Section, depth: int, spans: list[Span], at: tuple[str, str], found: list[EditSection]) -> None:
    found.append(
        EditSection(
            code=section.code,
            names=rows.names(section.names),
            depth=depth,
            url=reverse("programme:edit-item", args=[*at, section.code]),
            missing=_missing(section.names),
            measures=tuple(_measure(measure, spans, at) for measure in section.measures),
        )
    )
    for inner in section.sections:
        _sections(inner, depth + 1, spans, at, found)


def _measure(measure: Measure, spans: list[Span], at: tuple[str, str]) -> EditMeasure:
    by_period = {item.period.key: item for item in measure.milestones}
    return EditMeasure(
        code=measure.code,
        names=rows.names(measure.names),
        url=reverse("programme:edit-item", args=[*at, measure.code]),
        missing="" if measure.responsibility else _("nobody named"),
        cells=tuple(_cell(measure, by_period.get(span.key), span, at) for span in spans),
    )


def _cell(measure: Measure, item: Milestone | None, span: Span, at: tuple[str, str]) -> EditCell:
    if item is None:
        add_url = reverse("programme:add-milestone", args=[*at, measure.code, span.key])
        return EditCell(period_words(span.key), Names(), "", (), add_url)
    url = reverse("programme:edit-milestone", args=[*at, measure.code, span.key])
    gaps = milestone_gaps(item, bool(measure.responsibility))
    return EditCell(period_words(span.key), rows.names(item.text), url, gaps)


def _missing(text: Text) -> str:
    """Return in words the languages in which a name is missing."""
    words = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}
    lacking = ", ".join(words[code] for code in text.missing)
    return _("Missing in %(languages)s") % {"languages": lacking} if lacking else ""


def item_of(programme: Programme, code: str) -> Editing | None:
    """Return the section or measure with the code in the draft; None when there is none."""
    item = coded(plan_of(programme, draft=True)).get(code)
    match item:
        case Section():
            initial = _initial("names", item.names) | _initial("aim", item.aim)
            return Editing("section", _("Section: %(name)s") % {"name": rows.names(item.names).text}, initial)
        case Measure():
            return Editing(
                "measure",
                _("Measure: %(name)s") % {"name": rows.names(item.names).text},
                _initial("names", item.names),
            )
    return None


def milestone_of(programme: Programme, code: str, period: str) -> Editing | None:
    """Return the milestone of a measure and period in the draft; None when there is none."""
    plan = plan_of(programme, draft=True)
    measure = coded(plan).get(code)
    item = next((item for item in getattr(measure, "milestones", ()) if item.period.key == period), None)
    if item is None or not isinstance(measure, Measure):
        return None
    words = {"name": rows.names(measure.names).text, "period": period_words(item.period.key)}
    initial = _initial("text", item.text) | {
        name: getattr(item, name) for name in ("owner", "number", "unit", "baseline", "due")
    }
    return Editing("milestone", _("%(name)s, %(period)s") % words, initial)


def _initial(name: str, text: Text) -> dict[str, Any]:
    return {f"{name}_{code}": getattr(text, code) for code in ORDER}


def changes(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed as values of the plan: names become texts."""
    return {
        name: Text(fi=value.fi, sv=value.sv, en=value.en) if isinstance(value, Names) else value
        for name, value in given.items()
    }
