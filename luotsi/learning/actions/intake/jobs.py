"""Imports that the worker does: begun by who keeps the register, read and judged, then written whole or refused whole.

A provider's imports are done one after another. An import whose worker died is taken up again by `sweep`: nothing of
it had been written.
"""

from __future__ import annotations

import hashlib
import logging
import time
import zlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from luotsi.base import audit, background, clock
from luotsi.base.errors import Reason
from luotsi.learning.actions.intake.refusals import Faults, IntakeRefused
from luotsi.learning.actions.intake.taking import finish, prepare, provider_of
from luotsi.learning.engine.archives import ZIP
from luotsi.learning.engine.deliveries import Place, contents_of
from luotsi.learning.models import StudyImport

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit

logger = logging.getLogger(__name__)

GO_ON = "luotsi.learning.actions.intake.jobs.go_on"
QUIET = timedelta(minutes=3)  # an import that has told nothing for so long has come to rest
BEAT_S = 1.0
State = StudyImport.State


@transaction.atomic
def begin_import(*, unit: Unit, filename: str, data: bytes, extract_on: date, by: Account | None) -> StudyImport:
    """Keep a file and let the worker take it in; return the import, whose page tells how far it is.

    Args:
        unit: a provider, or a school of one.
        filename: as it is shown.
        data: JSON, JSON lines, CSV, or a zip of such.
        extract_on: the day the data tell about.
        by: who sent it.

    Raises:
        IntakeRefused: the day has not come, the file is too large or empty, or it has been sent before.
    """
    provider = provider_of(unit)
    sha256 = hashlib.sha256(data).hexdigest()
    _refuse(provider, data, sha256, extract_on)
    found = StudyImport(
        unit=unit,
        filename=filename[:200],
        sha256=sha256,
        data=data if data.startswith(ZIP) else zlib.compress(data, 3),
        extract_on=extract_on,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    found.save(force_insert=True)
    after = audit.snapshot(found, "filename", "sha256", "extract_on")
    audit.record(by=by, verb="learning.import.begun", target=found, after=after, unit_id=unit.pk)
    background.later(GO_ON, found.pk)
    return found


def _refuse(provider: Unit, data: bytes, sha256: str, extract_on: date) -> None:
    reasons: list[Reason] = []
    if extract_on > clock.today():
        reasons.append(Reason(_("The day has not come yet."), field="extract_on"))
    if not data.strip():
        reasons.append(Reason(_("The file is empty."), field="file"))
    if len(data) > settings.UPLOAD_LIMIT:
        limit = {"limit": settings.UPLOAD_LIMIT // (1024 * 1024)}
        reasons.append(Reason(_("The file is larger than %(limit)s MB.") % limit, field="file"))
    same = _of(provider).filter(sha256=sha256).exclude(state=State.REFUSED)
    if same.filter(extract_on=extract_on).exists() or same.exclude(state=State.DONE).exists():
        reasons.append(Reason(_("The same file has been sent before; its import is in the list."), field="file"))
    if reasons:
        raise IntakeRefused(reasons=reasons)


def _of(provider: Unit) -> Any:
    return StudyImport.objects.filter(unit__path__startswith=provider.path)


def go_on(pk: UUID) -> None:
    """Take an import in, unless another of the provider is running: then it waits until that one has ended.

    Raises:
        OperationalError, InterfaceError: the database is away; `sweep` takes the import up later.
    """
    found = _claim(pk)
    if found is None:
        return
    try:
        _take(found)
    except IntakeRefused as refused:
        _end_refused(pk, refused.faults, refused.count)
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        logger.exception("The import %s of study data has failed.", pk)
        faults = Faults()
        faults.tell(Place(found.filename), "failed")
        _end_refused(pk, faults.kept, 1)
    _next(provider_of(found.unit))


@transaction.atomic
def _claim(pk: UUID) -> StudyImport | None:
    """Take an import on; None when it is over, somebody works on it, or another of the provider is running."""
    now = clock.now()
    found = StudyImport.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=pk).first()
    if found is None or found.state not in {State.WAITING, State.RUNNING}:
        return None
    running = _of(provider_of(found.unit)).filter(state=State.RUNNING, beat_at__gt=now - QUIET)
    if running.exists():
        return None
    found.state, found.beat_at, found.counts = State.RUNNING, now, {"phase": "sorting"}
    found.save(update_fields=["state", "beat_at", "counts"])
    return found


def _take(found: StudyImport) -> None:
    data = bytes(found.data)
    data = data if data.startswith(ZIP) else zlib.decompress(data)
    beat = _Beat(found.pk)
    ready = prepare(
        unit=found.unit, contents=contents_of(found.filename, data), extract_on=found.extract_on, beat=beat
    )
    beat.tell("writing", 0, len(ready.ready))
    with transaction.atomic():
        held = StudyImport.objects.select_for_update().get(pk=found.pk)
        if held.state == State.RUNNING:
            finish(held, ready)


class _Beat:
    """Tells how far an import is, about once a second."""

    def __init__(self, pk: UUID) -> None:
        self.pk, self.told_at = pk, time.monotonic()

    def __call__(self, phase: str, done: int, total: int) -> None:
        if time.monotonic() - self.told_at >= BEAT_S:
            self.tell(phase, done, total)

    def tell(self, phase: str, done: int, total: int) -> None:
        """Write it down now."""
        self.told_at = time.monotonic()
        StudyImport.objects.filter(pk=self.pk).update(
            beat_at=clock.now(), done=done, total=total, counts={"phase": phase}
        )


@transaction.atomic
def _end_refused(pk: UUID, faults: list[dict[str, Any]], count: int) -> None:
    """Note why an import was refused; its files are forgotten."""
    held = StudyImport.objects.select_for_update().get(pk=pk)
    held.state, held.finished_at, held.data = State.REFUSED, clock.now(), b""
    held.faults, held.counts = faults, {"faults": count}
    held.save(update_fields=["state", "finished_at", "data", "faults", "counts"])
    after = {"filename": held.filename, "faults": count}
    audit.record(by=held.uploaded_by, verb="learning.import.refused", target=held, after=after, unit_id=held.unit_id)


@transaction.atomic
def _next(provider: Unit) -> None:
    """Let the worker begin with the import of the provider that has waited longest."""
    waiting = _of(provider).filter(state=State.WAITING).order_by("uploaded_at").values_list("pk", flat=True).first()
    if waiting:
        background.later(GO_ON, waiting)


def sweep() -> None:
    """Take up imports that wait or whose worker has died; the worker looks all the time."""
    rest = clock.now() - QUIET
    at_rest = StudyImport.objects.filter(
        Q(state=State.WAITING, uploaded_at__lt=rest) | Q(state=State.RUNNING, beat_at__lt=rest)
    )
    for pk in at_rest.order_by("uploaded_at").values_list("pk", flat=True):
        _take_up(pk)


@transaction.atomic
def _take_up(pk: UUID) -> None:
    """Give an import to the worker again, once for all who look."""
    now = clock.now()
    quiet = Q(beat_at=None) | Q(beat_at__lt=now - QUIET)
    held = StudyImport.objects.filter(quiet, pk=pk, state__in=[State.WAITING, State.RUNNING])
    if held.update(beat_at=now, state=State.WAITING):
        background.later(GO_ON, pk)
