"""Decides row by row what an import would do: a new unit, a change, nothing, or an error in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.people.queries.import_plan.places import Places
from luotsi.people.queries.import_plan.values import NAMES, Draft, Problem, draft_of
from luotsi.people.rules import PARENTS, Kind

if TYPE_CHECKING:
    from luotsi.people.queries.import_plan.sheet import Sheet
    from luotsi.people.queries.import_plan.world import Known, World

LEVELS = list(Kind)
CODES = ("institution_number", "oid", "municipality_number")
WRITTEN: dict[Kind, tuple[str, ...]] = {
    Kind.REGION: (*NAMES, "oid", "valid_from", "valid_to"),
    Kind.PROVIDER: (*NAMES, "municipality_number", "oid", "valid_from", "valid_to"),
    Kind.INSTITUTION: (*NAMES, "institution_number", "institution_type", "oid", "valid_from", "valid_to"),
    Kind.GROUP: (*NAMES, "oid", "valid_from", "valid_to"),
}


class Outcome(StrEnum):
    """What the import would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True)
class Change:
    """One field of a known unit, before and after."""

    field: str
    before: str | date | None
    after: str | date | None


@dataclass(frozen=True)
class Planned:
    """One row with its outcome.

    `key` is the address of the known unit, "" for a new one. The unit above is known (`parent_key`) or comes from
    another row (`parent_row`, 0 = none). `values` holds every field that would be written.
    """

    number: int
    outcome: Outcome
    title: str
    kind: Kind | None = None
    key: str = ""
    parent: str = ""
    parent_key: str = ""
    parent_row: int = 0
    values: dict[str, str | date] | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The whole import; `outside` counts rows of the national list that belong to other providers."""

    rows: tuple[Planned, ...]
    outside: int = 0

    def of(self, outcome: Outcome) -> tuple[Planned, ...]:
        """Return the rows with the outcome, in the order of the file."""
        return tuple(row for row in self.rows if row.outcome == outcome)

    @property
    def new_from_the_top(self) -> tuple[Planned, ...]:
        """New rows ordered so that every unit comes after the unit above it."""
        return tuple(sorted(self.of(Outcome.NEW), key=lambda row: LEVELS.index(row.kind or Kind.GROUP)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, in the order of the file."""
        return tuple(problem for row in self.rows for problem in row.problems)


def plan_of(sheet: Sheet, world: World) -> Plan:
    """Return what importing the sheet into the world would do; the same answer for any order of the rows."""
    places = Places(world, [draft_of(line, world) for line in sheet.lines])
    inside = [draft for draft in places.drafts if not (sheet.national and places.is_outside(draft))]
    for draft in inside:
        places.match(draft)
    for draft in inside:
        places.find_parent(draft)
    for draft in inside:
        places.match_by_name(draft)
        _check_kind(draft, world)
    _check_doubles(inside)
    for draft in sorted(inside, key=lambda draft: LEVELS.index(draft.kind or Kind.REGION)):
        _check_dates(draft, places, national=sheet.national)
        _check_parent_row(draft)
    rows = tuple(_planned(draft) for draft in inside)
    return Plan(rows, outside=len(places.drafts) - len(inside))


def _check_kind(draft: Draft, world: World) -> None:
    kind = draft.kind
    if kind is None:
        if "kind" not in draft.line.cells:
            draft.complain("kind", _("The kind is missing. Write provider, institution or group."))
        return
    if kind != Kind.INSTITUTION:
        for name in ("institution_number", "institution_type"):
            if name in draft.line.cells:
                draft.complain(name, _("Only an institution has this."))
    for name in CODES:
        if name in WRITTEN[kind] and (name, draft.text(name)) in world.taken:
            draft.complain(name, _("Another unit in Luotsi has this code."))
    if draft.known is None:
        _check_new(draft, kind)
    elif draft.known.kind != kind:
        draft.complain("kind", _("%(name)s is of another kind in Luotsi.") % {"name": draft.known.title})


def _check_new(draft: Draft, kind: Kind) -> None:
    if kind == Kind.REGION:
        draft.complain("kind", _("A city region cannot be added by an import."))
    if not draft.title and not any(problem.field in NAMES for problem in draft.problems):
        draft.complain("name_fi", _("The name is missing. Give it in at least one language."))
    parent = draft.parent
    if parent is not None and parent.kind is not None and parent.kind not in PARENTS[kind]:
        draft.complain("parent", _("A unit of this kind cannot stand under %(name)s.") % {"name": parent.title})


def _check_doubles(drafts: Iterable[Draft]) -> None:
    """Complain once at every row that speaks of the same unit as other rows."""
    rows: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        for name in CODES:
            if draft.kind and name in WRITTEN[draft.kind] and draft.text(name):
                rows[name, draft.text(name)].append(draft)
        if draft.known:
            rows["key", draft.known.key].append(draft)
        elif draft.parent and draft.title:
            rows["name_fi", draft.kind, id(draft.parent), draft.title.casefold()].append(draft)
    told: set[int] = set()
    for group, same in rows.items():
        for draft in same if len(same) > 1 else ():
            if id(draft) not in told:
                numbers = ", ".join(str(other.line.number) for other in same[:6] if other is not draft)
                draft.complain(str(group[0]), _("The same unit is also on row %(numbers)s.") % {"numbers": numbers})
                told.add(id(draft))


def _check_dates(draft: Draft, places: Places, *, national: bool) -> None:
    known, (above_first, above_last) = draft.known, _span(draft.parent)
    if known is None:
        _give_first_day(draft, max(places.world.today, above_first))
        if national:
            draft.values["valid_from"] = max(draft.day("valid_from") or above_first, above_first)
    elif national:
        draft.values.pop("valid_from", None)
    first = draft.day("valid_from") or (known.valid_from if known else None)
    last = draft.day("valid_to") or (known.valid_to if known else None)
    if first is None:
        return
    if last and last < first:
        name = "valid_to" if "valid_to" in draft.line.cells else "valid_from"
        draft.complain(name, _("The last day cannot be before the first day."))
    if first < above_first and (known is None or first != known.valid_from):
        draft.complain("valid_from", _("The unit cannot begin before the unit above it."))
    if known is None and above_last and first > above_last:
        draft.complain("valid_from", _("The unit above has ended before that day."))
    if known and last and last != known.valid_to:
        _check_below(draft, known, last, places)


def _give_first_day(draft: Draft, day: date) -> None:
    """A new unit without a first day begins today, or with the unit above it when that is later."""
    if "valid_from" not in draft.line.cells:
        draft.values.setdefault("valid_from", day)


def _span(parent: Known | Draft | None) -> tuple[date, date | None]:
    """Return the first and last day of the unit above, as they will be."""
    if parent is None:
        return date.min, None
    if isinstance(parent, Draft):
        first, last = _span(parent.known)
        return parent.day("valid_from") or first, parent.day("valid_to") or last
    return parent.valid_from, parent.valid_to


def _check_below(draft: Draft, known: Known, last: date, places: Places) -> None:
    """Complain when units below a unit go on after its last day."""
    going_on = []
    for unit in places.children[known.key]:
        row = places.row_of.get(unit.key)
        end = (row.day("valid_to") if row else None) or unit.valid_to
        if end is None or end > last:
            going_on.append(unit.title)
    if going_on:
        names = ", ".join(going_on[:4])
        draft.complain("valid_to", _("End these first, they go on after that day: %(names)s.") % {"names": names})


def _check_parent_row(draft: Draft) -> None:
    """A row cannot be imported when the row of the unit above it cannot."""
    parent = draft.parent
    if isinstance(parent, Draft) and parent.problems:
        draft.complain(
            "parent", _("The unit above is on row %(number)s, which has an error.") % {"number": parent.line.number}
        )


def _planned(draft: Draft) -> Planned:
    known, parent, kind = draft.known, draft.parent, draft.kind
    names = WRITTEN[kind] if kind else ()
    values = {name: value for name, value in draft.values.items() if name in names}
    changes = tuple(
        Change(name, getattr(known, name), values[name])
        for name in names
        if known and name in values and values[name] != getattr(known, name)
    )
    if draft.problems:
        outcome = Outcome.ERROR
    elif known:
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    else:
        outcome = Outcome.NEW
    above = parent.known or parent if isinstance(parent, Draft) else parent
    return Planned(
        number=draft.line.number,
        outcome=outcome,
        title=known.title if known else draft.title,
        kind=kind,
        key=known.key if known else "",
        parent=above.title if above else "",
        parent_key="" if above is None or isinstance(above, Draft) else above.key,
        parent_row=above.line.number if isinstance(above, Draft) else 0,
        values=values,
        changes=changes,
        problems=tuple(draft.problems),
    )
