"""What the pages of an import show: the dry run over the units as they are now, and earlier imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.people.models import InstitutionType, Municipality, Unit, UnitImport
from luotsi.people.models.units import KINDS
from luotsi.people.queries.import_plan import Known, Outcome, Plan, Planned, Sheet, World, plan_of, titles
from luotsi.people.queries.import_plan.sheet import from_json
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SHOWN_ROWS = 100
SHOWN_PROBLEMS = 200


def world_of(scope: Unit) -> World:
    """Return what an import at the scope has to fit into; four queries."""
    units = tuple(_known(unit, scope) for unit in Unit.objects.under(scope).select_related("parent"))
    return World(
        scope=next(unit for unit in units if unit.key == scope.key),
        units=units,
        municipalities=frozenset(Municipality.objects.values_list("number", flat=True)),
        types=_types(),
        taken=_taken(scope),
        today=clock.today(),
    )


def _known(unit: Unit, scope: Unit) -> Known:
    return Known(
        key=unit.key,
        kind=Kind(unit.kind),
        parent=unit.parent.key if unit.parent and unit.pk != scope.pk else "",
        name_fi=unit.name_fi,
        name_sv=unit.name_sv,
        name_en=unit.name_en,
        municipality_number=unit.municipality_number,
        institution_number=unit.institution_number,
        institution_type=unit.institution_type_id or "",
        oid=unit.oid,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def _types() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, *names in InstitutionType.objects.values_list("code", "name_fi", "name_sv", "name_en"):
        found |= {word.casefold(): code for word in (code, *names) if word}
    return found


def _taken(scope: Unit) -> frozenset[tuple[str, str]]:
    """Return the codes that units elsewhere hold; a municipality only where its provider is in force."""
    others = Unit.objects.exclude(path__startswith=scope.path)
    found = set()
    for kind, last, oid, institution, municipality in others.values_list(
        "kind", "valid_to", "oid", "institution_number", "municipality_number"
    ):
        found |= {("oid", oid), ("institution_number", institution)}
        if kind == Kind.PROVIDER and last is None:
            found.add(("municipality_number", municipality))
    return frozenset((name, code) for name, code in found if code)


def sheet_kept(found: UnitImport) -> Sheet:
    """Return what was read from the file."""
    return from_json(found.rows)


def plan_now(found: UnitImport) -> Plan:
    """Return what the import would do with the units as they are now."""
    return plan_of(sheet_kept(found), world_of(found.scope))


@dataclass(frozen=True)
class Shown:
    """A value of a unit as a page shows it: words, or a day."""

    text: str = ""
    day: date | None = None


@dataclass(frozen=True)
class ChangeRow:
    """One field that would change."""

    number: int
    key: str
    title: str
    field: str
    before: Shown
    after: Shown


@dataclass(frozen=True)
class NewRow:
    """One unit that would be added."""

    number: int
    title: str
    kind: str
    parent: str
    parent_key: str


@dataclass(frozen=True)
class ProblemRow:
    """One problem with its place: `cell` is an address such as C12, or the row alone."""

    number: int
    title: str
    cell: str
    field: str
    value: str
    message: str


@dataclass(frozen=True)
class Column:
    """One column of the file: its heading, the first value under it, and what it means in Luotsi."""

    letters: str
    heading: str
    example: str
    meaning: str


@dataclass(frozen=True)
class DryRun:
    """Everything the page of a dry run shows; the lists are cut, the counts are not."""

    sheet: str
    national: bool
    rows: int
    new: int
    changed: int
    unchanged: int
    errors: int
    problems: int
    outside: int
    repeated: int
    columns: list[Column]
    new_rows: list[NewRow]
    change_rows: list[ChangeRow]
    problem_rows: list[ProblemRow]

    @property
    def writable(self) -> int:
        """How many rows the import would write."""
        return self.new + self.changed

    @property
    def unread(self) -> int:
        """How many columns were not recognised."""
        return len(self.columns) - self.read

    @property
    def read(self) -> int:
        """How many columns were recognised."""
        return sum(1 for column in self.columns if column.meaning)

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """The outcomes as (mark, count, word), for a segmented bar."""
        return [
            ("done", self.new, ngettext("new unit", "new units", self.new)),
            ("run", self.changed, ngettext("unit changes", "units change", self.changed)),
            ("none", self.unchanged, ngettext("unit stays as it is", "units stay as they are", self.unchanged)),
            ("late", self.errors, ngettext("row with errors", "rows with errors", self.errors)),
        ]

    @property
    def in_words(self) -> str:
        """The outcomes in one line, for those who do not see the bar."""
        return ", ".join(f"{count} {word}" for _mark, count, word in self.parts)


def dry_run(found: UnitImport, *, most_problems: int = SHOWN_PROBLEMS) -> DryRun:
    """Return the dry run of an import over the units as they are now."""
    sheet, plan = sheet_kept(found), plan_now(found)
    words = titles((get_language() or "en")[:2])
    changed = plan.of(Outcome.CHANGED)
    return DryRun(
        sheet=sheet.name,
        national=sheet.national,
        rows=len(plan.rows),
        new=len(plan.of(Outcome.NEW)),
        changed=len(changed),
        unchanged=len(plan.of(Outcome.UNCHANGED)),
        errors=len(plan.of(Outcome.ERROR)),
        problems=len(plan.problems),
        outside=plan.outside,
        repeated=sheet.repeated,
        columns=[Column(head.column, head.text, head.example, _meaning(head.field, words)) for head in sheet.headings],
        new_rows=[_new(row) for row in plan.of(Outcome.NEW)[:SHOWN_ROWS]],
        change_rows=_changes(changed[:SHOWN_ROWS], words),
        problem_rows=_problems(plan, sheet, words, most_problems),
    )


def _meaning(name: str, words: dict[str, str]) -> str:
    national = {
        "school_year": _("School year"),
        "provider_name": _("Name of the education provider"),
        "provider_code": _("Code of the education provider"),
    }
    return words.get(name) or national.get(name, "")


def _new(row: Planned) -> NewRow:
    kinds = {kind: str(word) for kind, word in KINDS}
    return NewRow(row.number, row.title, kinds[row.kind] if row.kind else "", row.parent, row.parent_key)


def _changes(rows: Sequence[Planned], words: dict[str, str]) -> list[ChangeRow]:
    return [
        ChangeRow(row.number, row.key, row.title, words[change.field], _shown(change.before), _shown(change.after))
        for row in rows
        for change in row.changes
    ]


def _shown(value: str | date | None) -> Shown:
    if value is None or isinstance(value, str):
        return Shown(text=value or "")
    return Shown(day=value)


def _problems(plan: Plan, sheet: Sheet, words: dict[str, str], most: int) -> list[ProblemRow]:
    titled = {row.number: row.title for row in plan.of(Outcome.ERROR)}
    columns = {head.field: head.column for head in sheet.headings if head.field}
    return [
        ProblemRow(
            problem.number,
            titled[problem.number],
            f"{column}{problem.number}" if (column := problem.column or columns.get(problem.field)) else "",
            _meaning(problem.field, words),
            problem.value,
            problem.message,
        )
        for problem in plan.problems[:most]
    ]


def imports_listed(scope: Unit, count: int = 10) -> list[UnitImport]:
    """Return the latest imports at the scope, without their rows."""
    return list(UnitImport.objects.filter(scope=scope).defer("rows").select_related("uploaded_by__person")[:count])
