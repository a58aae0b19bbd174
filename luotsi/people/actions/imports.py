"""Importing units from a file: a dry run that saves nothing of it, then all clean rows at once, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, ids, planner, sheets
from luotsi.base.errors import Reason, Refused
from luotsi.people.actions.units import free_key
from luotsi.people.models import Unit, UnitImport
from luotsi.people.models.units import path_below
from luotsi.people.queries.import_plan import Outcome, Plan, Planned, reasons_to_refuse, sheet_of
from luotsi.people.queries.import_plan.columns import is_known
from luotsi.people.queries.import_plan.sheet import to_json
from luotsi.people.queries.imports import plan_now

if TYPE_CHECKING:
    from luotsi.base.uploads import Upload
    from luotsi.people.models import Account

MOST_ROWS = 20_000
BATCH = 200


class ImportRefused(Refused):
    """A file that holds no list of units, or an import that cannot be done any more."""


def try_import(*, scope: Unit, upload: Upload, by: Account | None) -> UnitImport:
    """Read a file for a dry run. Raises ImportRefused, or SheetRefused when there is no table in it."""
    table = sheets.read_table(upload, knows=is_known, most_rows=MOST_ROWS)
    if reasons := reasons_to_refuse(table):
        raise ImportRefused(*(Reason(reason, field="file") for reason in reasons))
    with transaction.atomic():
        found = UnitImport(
            scope=scope,
            filename=upload.filename,
            sha256=upload.sha256,
            rows=to_json(sheet_of(table)),
            uploaded_by=by,
            uploaded_at=clock.now(),
        )
        found.save(force_insert=True)
        after = audit.snapshot(found, "filename", "sha256")
        audit.record(by=by, verb="people.import.tried", target=found, after=after, unit_id=scope.pk)
    return found


@transaction.atomic
def discard_import(*, found: UnitImport, by: Account | None) -> UnitImport:
    """Put an import aside without importing anything of it."""
    kept = _locked(found)
    kept.state, kept.finished_at = UnitImport.State.DISCARDED, clock.now()
    kept.save(update_fields=["state", "finished_at"])
    audit.record(by=by, verb="people.import.discarded", target=kept, unit_id=kept.scope_id)
    return kept


@transaction.atomic
def run_import(*, found: UnitImport, expected: tuple[int, int], by: Account | None) -> UnitImport:
    """Import every row without an error, in one transaction with one audit row that names all units.

    `expected` is how many units would be added and changed according to the dry run that was shown.

    Raises:
        ImportRefused: the import is over, the units have changed meanwhile, or nothing is left to import.
    """
    kept = _locked(found)
    plan = plan_now(kept)
    new, changed = plan.new_from_the_top, plan.of(Outcome.CHANGED)
    if (len(new), len(changed)) != expected:
        raise ImportRefused(_("The units have changed since the dry run. Look at the new dry run first."))
    if not new and not changed:
        raise ImportRefused(_("No row can be imported. Mend the file and send it again."))
    try:
        with transaction.atomic():
            created = _create(plan, kept.scope)
            before, after = _update(changed)
    except IntegrityError:
        raise ImportRefused(
            _("Somebody else saved the same units at the same time. Nothing was imported. Try again.")
        ) from None
    kept.state, kept.finished_at = UnitImport.State.DONE, clock.now()
    kept.created, kept.updated = len(created), len(changed)
    kept.save(update_fields=["state", "finished_at", "created", "updated"])
    audit.record(
        by=by,
        verb="people.units.imported",
        target=kept,
        before=before,
        after={"created": ", ".join(unit.key for unit in created), **after},
        unit_id=kept.scope_id,
    )
    return kept


def _locked(found: UnitImport) -> UnitImport:
    kept = UnitImport.objects.select_for_update(of=("self",)).select_related("scope").get(pk=found.pk)
    if kept.state == UnitImport.State.DONE:
        raise ImportRefused(_("This file has been imported already."))
    if kept.state == UnitImport.State.DISCARDED:
        raise ImportRefused(_("This import has been discarded. Send the file again."))
    return kept


def _create(plan: Plan, scope: Unit) -> list[Unit]:
    """Add the new units, those above before those below; every name gets an address of its own."""
    rows = plan.new_from_the_top
    above = {unit.key: unit for unit in Unit.objects.under(scope).filter(key__in={row.parent_key for row in rows})}
    taken = set(Unit.objects.values_list("key", flat=True))
    made: dict[int, Unit] = {}
    for row in rows:
        parent = made[row.parent_row] if row.parent_row else above[row.parent_key]
        made[row.number] = _unit(row, parent, taken)
        taken.add(made[row.number].key)
    units = list(made.values())
    Unit.objects.bulk_create(units, BATCH)
    planner.many_came(len(units), Unit)
    return units


def _unit(row: Planned, parent: Unit, taken: set[str]) -> Unit:
    pk = ids.new_id()
    values = {_column(name): value for name, value in (row.values or {}).items()}
    return Unit(
        id=pk,
        key=free_key(row.title, parent, taken),
        kind=row.kind or "",
        parent=parent,
        path=path_below(parent, pk),
        **values,
    )


def _column(name: str) -> str:
    return "institution_type_id" if name == "institution_type" else name


def _update(rows: tuple[Planned, ...]) -> tuple[dict[str, object], dict[str, object]]:
    """Write the changes; return every field before and after, named by the address of its unit."""
    units = {unit.key: unit for unit in Unit.objects.filter(key__in={row.key for row in rows})}
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    fields: set[str] = set()
    for row in rows:
        for change in row.changes:
            setattr(units[row.key], _column(change.field), change.after)
            fields.add(change.field)
            before[f"{row.key}.{change.field}"] = change.before
            after[f"{row.key}.{change.field}"] = change.after
    if fields:
        Unit.objects.bulk_update(units.values(), sorted(fields), BATCH)
    return before, after
