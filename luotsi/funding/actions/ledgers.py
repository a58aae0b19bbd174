"""Importing the ledger of a grant: a dry run that adds no entry, then what is new at once, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from luotsi.base import audit, bulk, clock
from luotsi.base.errors import Reason
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import Application, LedgerEntry, LedgerImport
from luotsi.funding.queries.because_words import all_words
from luotsi.funding.queries.ledger_files import Row, packed, planned, read_ledger, told_of
from luotsi.funding.queries.ledger_words import HEADINGS

if TYPE_CHECKING:
    from luotsi.base.uploads import Upload
    from luotsi.people.models import Account

State = LedgerImport.State


def try_ledger(
    *, application: Application, upload: Upload, settings: Mapping[str, Any], by: Account | None
) -> LedgerImport:
    """Read a ledger export for a dry run; an earlier dry run of the same grant is put aside.

    Args:
        application: of a grant.
        upload: CSV or XLSX.
        settings: {"classes": {start of an account: class}, "is_turned": bool}.
        by: who sends it.

    Raises:
        SheetRefused: there is no table in it.
        FundingRefused: it has no days or no sums, or nothing was granted.
    """
    if not application.is_granted:
        raise FundingRefused(_("Nothing has been granted, so there is nothing to spend."))
    reading, sheet = read_ledger(upload, application, settings)
    if not reading.columns.can_be_read:
        raise FundingRefused(*(Reason(words, field="file") for words in all_words(reading.reasons, HEADINGS)))
    if not reading.rows:
        raise FundingRefused(Reason(_("There are no rows under the headings."), field="file"))
    with transaction.atomic():
        for earlier in application.ledger_imports.select_for_update().filter(state=State.TRIED).defer("data"):
            _finish(earlier, State.DISCARDED)
            _record(earlier, "funding.ledger.discarded", by)
        found = LedgerImport(
            application=application,
            filename=upload.filename,
            sha256=upload.sha256,
            data=packed(reading.entries),
            settings=dict(settings),
            told=told_of(reading, sheet),
            uploaded_by=by,
            uploaded_at=clock.now(),
        )
        found.save(force_insert=True)
        _record(found, "funding.ledger.tried", by, after=audit.snapshot(found, "filename", "sha256"))
    return found


@transaction.atomic
def import_ledger(*, found: LedgerImport, expected: int, by: Account | None) -> LedgerImport:
    """Add every entry that is new, with one row in the log.

    `expected` is how many would be added according to the dry run that was shown.

    Raises:
        FundingRefused: it is over, the ledger has changed meanwhile, or nothing is new.
    """
    Application.objects.select_for_update().get(pk=found.application_id)
    kept = _locked(found, State.TRIED)
    new = planned(kept).new
    if len(new) != expected:
        raise FundingRefused(_("The ledger has changed since the dry run. Look at the new dry run first."))
    if not new:
        raise FundingRefused(_("Nothing in the file is new. There is nothing to import."))
    try:
        with transaction.atomic():
            _add(kept, new)
    except IntegrityError:
        raise FundingRefused(
            _("Somebody else imported the same rows at the same time. Nothing was imported. Try again.")
        ) from None
    _finish(kept, State.DONE, created=len(new))
    _record(kept, "funding.ledger.imported", by, after={"created": len(new), "filename": kept.filename})
    return kept


def _add(kept: LedgerImport, new: Sequence[Row]) -> None:
    last = LedgerEntry.objects.filter(application=kept.application_id).aggregate(last=Max("number"))["last"] or 0
    bulk.insert(
        LedgerEntry,
        ("number", *Row._fields),
        ((number, *row) for number, row in enumerate(new, last + 1)),
        application=kept.application_id,
        source=kept.pk,
        ruling="",
        ruling_reason="",
    )


@transaction.atomic
def discard_ledger(*, found: LedgerImport, by: Account | None) -> LedgerImport:
    """Put an import aside without adding anything of it. Raises FundingRefused when it is over."""
    kept = _locked(found, State.TRIED)
    _finish(kept, State.DISCARDED)
    _record(kept, "funding.ledger.discarded", by)
    return kept


@transaction.atomic
def undo_ledger(*, found: LedgerImport, by: Account | None) -> int:
    """Take away the entries that an import added; return how many. What people decided of them stays in the log.

    Raises:
        FundingRefused: it was not imported, or was undone already.
    """
    kept = _locked(found, State.DONE)
    mine = LedgerEntry.objects.filter(source=kept)
    rulings = {
        f"{one.number}": f"{one.ruling}: {one.ruling_reason}" for one in mine.ruled().only(*RULED).order_by("number")
    }
    count, _by_model = mine.delete()
    _finish(kept, State.UNDONE)
    _record(kept, "funding.ledger.undone", by, before={"entries": count, **rulings})
    return count


RULED = ("number", "ruling", "ruling_reason")


def _locked(found: LedgerImport, state: State) -> LedgerImport:
    along = ("application__unit", "application__call")
    kept = LedgerImport.objects.select_for_update(of=("self",)).select_related(*along).get(pk=found.pk)
    if kept.state == state:
        return kept
    raise FundingRefused(
        {
            State.TRIED: _("This file has not been imported yet."),
            State.DONE: _("This file has been imported already."),
            State.UNDONE: _("This import has been undone. Send the file again."),
            State.DISCARDED: _("This import has been put aside. Send the file again."),
        }[State(kept.state)]
    )


def _finish(kept: LedgerImport, state: State, created: int | None = None) -> None:
    """Bring an import into its last state; the rows that waited in it are not kept."""
    kept.state, kept.finished_at, kept.data = state, clock.now(), b""
    kept.created = created if created is not None else kept.created
    kept.save(update_fields=["state", "finished_at", "data", "created"])


def _record(
    kept: LedgerImport,
    verb: str,
    by: Account | None,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    audit.record(by=by, verb=verb, target=kept, before=before, after=after, unit_id=kept.application.unit_id)
