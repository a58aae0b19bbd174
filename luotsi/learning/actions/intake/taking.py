"""Taking study data in: everything is read and judged first, then all of it is written, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, processors
from luotsi.learning.actions.intake.judging import read_some
from luotsi.learning.actions.intake.refusals import Faults, IntakeRefused
from luotsi.learning.actions.intake.sheets import Sheets, known_of, read_sheet, write_sheets
from luotsi.learning.actions.intake.sorting import Sorted, Sorting, register_of
from luotsi.learning.actions.intake.writing import Ready, Writing
from luotsi.learning.actions.reference import load_reference
from luotsi.learning.engine.deliveries import Content, Place, Sheet
from luotsi.learning.models import StudyImport
from luotsi.people.models import Unit
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from luotsi.people.models import Account

type Beat = Callable[[str, int, int], None]

BATCH = 500
SHARED_FROM = 4
"""From how many batches of learners on other processes are asked for help."""
OFTEN = 100


def nobody_listens(_phase: str, _done: int, _total: int) -> None:
    """Take no notice of how far it is."""


def provider_of(unit: Unit) -> Unit:
    """Return the provider of a unit, itself where it is one. Raises IntakeRefused where there is none."""
    found = Unit.objects.filter(pk__in=[unit.pk, *unit.ancestor_ids], kind=Kind.PROVIDER).first()
    if found is None:
        raise IntakeRefused(_("Study data are taken in for an education provider or a school of one."))
    return found


def take_in(
    *,
    unit: Unit,
    filename: str,
    contents: Iterable[Content],
    extract_on: date,
    by: Account | None,
    beat: Beat = nobody_listens,
) -> StudyImport:
    """Take study data in at once, without the worker; return the import as it stands in the list of imports.

    Args:
        unit: a provider, or a school of one; rights of schools that are not below it are refused.
        filename: what the import is called.
        contents: as `engine.deliveries.contents_of` yields it, or made: Document(Place(file, line), value, "").
        extract_on: the day the data tell about; all that is new is known from it.
        by: who does it; None = the system.
        beat: told the phase (`sorting`, `reading`, `writing`), how much is done and of how much (0 = not known).

    Raises:
        IntakeRefused: something is wrong; nothing was written, `faults` tell what and where.
    """
    now = clock.now()
    source = StudyImport(
        unit=unit,
        filename=filename[:200],
        sha256="",
        extract_on=extract_on,
        uploaded_by=by,
        uploaded_at=now,
        state=StudyImport.State.DONE,
    )
    plan = prepare(unit=unit, contents=contents, extract_on=extract_on, beat=beat)
    with transaction.atomic():
        source.save(force_insert=True)
        finish(source, plan, beat)
    return source


class Prepared:
    """Study data that have been read and judged, ready to be written."""

    def __init__(self, unit: Unit, provider: Unit, extract_on: date) -> None:
        """Begin with nothing."""
        self.unit, self.provider, self.on = unit, provider, extract_on
        self.faults = Faults()
        self.sorted = Sorted()
        self.ready: list[Ready] = []
        self.sheets = Sheets()
        self.unchanged = 0


def prepare(*, unit: Unit, contents: Iterable[Content], extract_on: date, beat: Beat = nobody_listens) -> Prepared:
    """Read and judge everything; write nothing.

    Raises:
        IntakeRefused: with every fault.
    """
    found = Prepared(unit, provider_of(unit), extract_on)
    register, sheets = register_of(found.provider, unit), list[Sheet]()
    sorting = Sorting(register, found.faults)
    for content in contents:
        if isinstance(content, Sheet):
            sheets.append(content)
            continue
        sorting.take(content)
        if sorting.found.documents % OFTEN == 0:
            beat("sorting", sorting.found.documents, 0)
    found.sorted = sorting.finished()
    if not found.sorted.documents and not sheets:
        found.faults.tell(Place(""), "empty")
    _read_all(found, beat)
    if sheets:
        people = [one.someone for one in found.ready]
        oids, codes = [one.oid for one in people], [one.identity for one in people]
        known = known_of(found.provider, [*register.by_oid, *oids], [*register.by_identity, *codes])
        for sheet in sheets:
            read_sheet(sheet, known, extract_on, found.sheets, found.faults)
    found.faults.refuse_any()
    return found


def _read_all(found: Prepared, beat: Beat) -> None:
    people, done = found.sorted.people, 0
    for read in processors.spread(partial(read_some, found.on), list(batched(people, BATCH)), least=SHARED_FROM):
        found.ready += read.ready
        found.faults.add(read.faults)
        found.unchanged += read.unchanged
        done = min(done + BATCH, len(people))
        beat("reading", done, len(people))


def finish(source: StudyImport, found: Prepared, beat: Beat = nobody_listens) -> None:
    """Write what was prepared and note it in the import. The caller has the transaction and the import's row."""

    def wrote(done: int, total: int) -> None:
        beat("writing", done, total)

    Unit.objects.select_for_update().get(pk=found.provider.pk)
    counts = Writing(found.provider, found.unit, source, found.on).write(found.ready, wrote)
    counts.update(write_sheets(found.provider, source, found.on, found.sheets))
    source.counts = {
        "read": found.sorted.documents,
        "duplicates": found.sorted.duplicates,
        "unchanged": found.unchanged,
        "left_out": dict(found.faults.by_reason),
        **counts,
    }
    source.faults = found.faults.left_out
    source.done = source.total = len(found.ready)
    source.state, source.finished_at, source.data = StudyImport.State.DONE, clock.now(), b""
    source.save(update_fields=["counts", "faults", "done", "total", "state", "finished_at", "data"])
    after: dict[str, Any] = {"filename": source.filename, "extract_on": source.extract_on, **source.counts}
    audit.record(
        by=source.uploaded_by, verb="learning.import.done", target=source, after=after, unit_id=source.unit_id
    )
    load_reference(by=source.uploaded_by)
