"""Importing observations from a file: a dry run that saves none of them, then every clean row as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, planner, sheets
from luotsi.base.errors import Reason, Refused
from luotsi.indicators.actions.observations import discard_many
from luotsi.indicators.models import Observation, ObservationImport
from luotsi.indicators.queries.observation_sheet import Outcome, field_of, plan_now, reasons_to_refuse, sheet_of
from luotsi.indicators.queries.observation_sheet.plan import definitions_of_scope
from luotsi.indicators.queries.observation_sheet.reading import to_json
from luotsi.indicators.queries.telling import definition_for, fields_of
from luotsi.indicators.rules.values import ObservationState

if TYPE_CHECKING:
    from luotsi.base.uploads import Upload
    from luotsi.indicators.queries.observation_sheet import Planned
    from luotsi.people.models import Account, Unit

MOST_ROWS = 50_000
BATCH = 500


class ImportRefused(Refused):
    """A file that holds no list of observations, or an import that cannot be done any more."""


def try_import(*, scope: Unit, upload: Upload, by: Account | None) -> ObservationImport:
    """Read a file for a dry run. Raises ImportRefused, or SheetRefused when there is no table in it."""
    table = sheets.read_table(upload, knows=field_of, most_rows=MOST_ROWS)
    if reasons := reasons_to_refuse(table):
        raise ImportRefused(*(Reason(reason, field="file") for reason in reasons))
    with transaction.atomic():
        found = ObservationImport(
            scope=scope,
            filename=upload.filename,
            sha256=upload.sha256,
            rows=to_json(sheet_of(table, upload)),
            uploaded_by=by,
            uploaded_at=clock.now(),
        )
        found.save(force_insert=True)
        after = audit.snapshot(found, "filename", "sha256")
        audit.record(by=by, verb="indicators.import.tried", target=found, after=after, unit_id=scope.pk)
    return found


@transaction.atomic
def run_import(*, found: ObservationImport, expected: int, by: Account | None) -> ObservationImport:
    """Enter every clean row as a draft, in one transaction with one audit row.

    `expected` is how many rows would be entered according to the dry run that was shown.

    Raises:
        ImportRefused: the import is over, something has changed meanwhile, or nothing is left to import.
    """
    kept = _locked(found, ObservationImport.State.TRIED)
    new = plan_now(kept).of(Outcome.NEW)
    if len(new) != expected:
        raise ImportRefused(_("The figures have changed since the dry run. Look at the new dry run first."))
    if not new:
        raise ImportRefused(_("No row can be imported. Mend the file and send it again."))
    now, made = clock.now(), _drafts(new, by)
    try:
        with transaction.atomic():
            Observation.objects.bulk_create(made, BATCH)
            planner.many_came(len(made), Observation)
    except IntegrityError:
        raise ImportRefused(
            _("Somebody else saved the same figures at the same time. Nothing was imported. Try again.")
        ) from None
    kept.state, kept.finished_at, kept.created = ObservationImport.State.DONE, now, len(made)
    kept.rows = kept.rows | {"made": [one.pk.hex for one in made]}
    kept.save(update_fields=["state", "finished_at", "created", "rows"])
    after: dict[str, Any] = {"created": len(made)}
    audit.record(by=by, verb="indicators.import.done", target=kept, after=after, unit_id=kept.scope_id)
    return kept


def _drafts(rows: Sequence[Planned], by: Account | None) -> list[Observation]:
    """Return the rows as drafts, not saved."""
    definitions = definitions_of_scope({row.indicator.pk for row in rows if row.indicator})
    now, made = clock.now(), []
    for row in rows:
        if row.indicator is None or row.unit is None or row.period is None or row.figures is None:
            continue
        if definition := definition_for(definitions[row.indicator.pk], row.period):
            told = fields_of(row.indicator, definition, row.period, row.split, row.figures)
            made.append(Observation(unit=row.unit, entered_by=by, entered_at=now, **told))
    return made


@transaction.atomic
def discard_import(*, found: ObservationImport, by: Account | None) -> ObservationImport:
    """Put an import aside without entering anything of it."""
    kept = _locked(found, ObservationImport.State.TRIED)
    kept.state, kept.finished_at = ObservationImport.State.DISCARDED, clock.now()
    kept.save(update_fields=["state", "finished_at"])
    audit.record(by=by, verb="indicators.import.discarded", target=kept, unit_id=kept.scope_id)
    return kept


@transaction.atomic
def undo_import(*, found: ObservationImport, by: Account | None) -> int:
    """Throw away the drafts of an import that nobody has handed over yet; return how many.

    Raises:
        ImportRefused: it has not been imported, or no draft of it is left.
    """
    kept = _locked(found, ObservationImport.State.DONE)
    drafts = Observation.objects.filter(pk__in=kept.rows.get("made", []), state=ObservationState.DRAFT)
    count = discard_many(observations=drafts, by=by)
    if not count:
        raise ImportRefused(_("No draft of this import is left."))
    kept.state, kept.finished_at = ObservationImport.State.DISCARDED, clock.now()
    kept.save(update_fields=["state", "finished_at"])
    audit.record(
        by=by, verb="indicators.import.undone", target=kept, after={"discarded": count}, unit_id=kept.scope_id
    )
    return count


def _locked(found: ObservationImport, state: ObservationImport.State) -> ObservationImport:
    kept = ObservationImport.objects.select_for_update(of=("self",)).select_related("scope").get(pk=found.pk)
    if kept.state == state:
        return kept
    if kept.state == ObservationImport.State.DONE:
        raise ImportRefused(_("This file has been imported already."))
    if kept.state == ObservationImport.State.DISCARDED:
        raise ImportRefused(_("This import has been discarded. Send the file again."))
    raise ImportRefused(_("This file has not been imported yet."))
