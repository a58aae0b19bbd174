"""Adding files to an answer and taking them off: type found out from the content, size limited, scanned, hashed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, ids, uploads
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import AnswerRefused
from luotsi.questionnaires.actions.responses import reason_of
from luotsi.questionnaires.actions.scanning import scan
from luotsi.questionnaires.models import Attachment, Response
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules.definition import FileQuestion

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from luotsi.questionnaires.access import Held

KINDS = frozenset({uploads.PDF, uploads.IMAGE, uploads.XLSX, uploads.CSV})
MOST_FILES = 20


def add_file(*, held: Held, question: str, file: UploadedFile[bytes]) -> Attachment:
    """Keep a file as an answer to a question; its bytes are read, sniffed and scanned before the transaction.

    Raises:
        AnswerRefused: the question takes no files, has enough, or the file is larger than it allows; or the scanner
            found something.
        UploadRefused: the file is empty, too large, locked, or of another type.
    """
    asked = _question(held, question)
    upload = uploads.read(file, kinds=KINDS)
    if asked.max_bytes and len(upload.data) > asked.max_bytes:
        raise AnswerRefused(
            Reason(_("The file is larger than %(limit)s kB.") % {"limit": asked.max_bytes // 1024}, field=question)
        )
    scanner = scan(upload.data)
    pk = ids.new_id()
    stored = f"questionnaires/{held.response.pk}/{pk}"
    _written(stored, upload.data)
    attachment = Attachment(
        id=pk,
        response=held.response,
        question=question,
        name=upload.filename,
        kind=upload.kind,
        size=len(upload.data),
        sha256=upload.sha256,
        stored=stored,
        scanned_by=scanner,
        added_by=held.account,
        added_at=clock.now(),
    )
    try:
        _keep(held, asked, attachment)
    except BaseException:
        default_storage.delete(stored)
        raise
    return attachment


def _written(name: str, data: bytes) -> None:
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _question(held: Held, name: str) -> FileQuestion:
    found = next((one for one in definition_of(held.response.collection.version).questions if one.name == name), None)
    if not isinstance(found, FileQuestion):
        raise AnswerRefused(Reason(_("This question takes no files."), field=name))
    return found


@transaction.atomic
def _keep(held: Held, asked: FileQuestion, attachment: Attachment) -> None:
    response = _locked(held)
    files = _files(response, asked.name)
    if len(files) >= (min(asked.max_files, MOST_FILES) if asked.many else 1):
        raise AnswerRefused(
            Reason(_("This question has as many files as it takes. Remove one first."), field=asked.name)
        )
    attachment.save(force_insert=True)
    entry = {
        "name": attachment.name,
        "type": attachment.kind,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "content": str(attachment.pk),
    }
    _put(held, response, asked.name, [*files, entry])
    after = {"question": asked.name, "kind": attachment.kind, "size": attachment.size, "sha256": attachment.sha256}
    _tell(held, "questionnaires.file.added", attachment, after)


@transaction.atomic
def remove_file(*, held: Held, attachment: Attachment) -> None:
    """Take a file off its answer; what was handed in with it keeps it. Nothing happens where it is off already."""
    response = _locked(held)
    files = _files(response, attachment.question)
    left = [entry for entry in files if entry.get("content") != str(attachment.pk)]
    if len(left) == len(files):
        return
    _put(held, response, attachment.question, left or None)
    _tell(held, "questionnaires.file.removed", attachment, {"question": attachment.question})


def _locked(held: Held) -> Response:
    response = Response.objects.select_for_update().get(pk=held.response.pk)
    if response.state != Response.State.DRAFT:
        raise AnswerRefused(Reason(_("The response has been handed in. Begin a new draft to change it.")))
    return response


def _files(response: Response, name: str) -> list[dict[str, Any]]:
    found = response.values.get(name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _put(held: Held, response: Response, name: str, value: object) -> None:
    response.revision += 1
    response.changed_at = clock.now()
    at = response.changed_at.isoformat(timespec="seconds")
    entry = {"value": value, "revision": response.revision, "by": held.label, "at": at}
    response.answers = response.answers | {name: entry}
    response.save(update_fields=["answers", "revision", "changed_at"])


def _tell(held: Held, verb: str, attachment: Attachment, after: dict[str, object]) -> None:
    unit_id = held.response.unit_id or held.response.collection.owner_id
    audit.record(by=held.account, verb=verb, target=attachment, after=after, unit_id=unit_id, reason=reason_of(held))
