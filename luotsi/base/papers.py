"""The words of a paper that somebody sends: a text, a document (DOCX) or a PDF.

A paper is read for its words alone. A document is one part of an archive whose size was settled before; a PDF is read
in a process of its own that is given little time and memory, so that a hostile one harms nothing.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from luotsi.base import uploads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

KINDS = frozenset({uploads.CSV, uploads.DOCX, uploads.PDF})
LARGEST_PART = 20 * 1024 * 1024  # bytes of XML
MOST_SIGNS = 500_000
PATIENCE = 20  # seconds for a PDF
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"


class PaperRefused(uploads.UploadRefused):
    """A paper that has no words to read, or is past all measure."""


def words_of(upload: uploads.Upload) -> str:
    """Return the words of a file of one of `KINDS`, line by line, at most half a million signs.

    Raises:
        PaperRefused: with a sentence fit for the user.
    """
    if upload.kind == uploads.DOCX:
        return _of_document(upload.data)
    return _of_pdf(upload.data) if upload.kind == uploads.PDF else _of_text(upload.data)


def _of_text(data: bytes) -> str:
    for encoding in ("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)[:MOST_SIGNS]
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")[:MOST_SIGNS]


def _of_document(data: bytes) -> str:
    broken = PaperRefused(_("The document cannot be read."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_DOCUMENT).file_size > LARGEST_PART:
                raise PaperRefused(_("The document is longer than can be read here. Paste its text."))
            content = archive.read(_DOCUMENT)
        # Documents have no document type; one that brings its own entities along is not read.
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise broken
        body = ElementTree.fromstring(content)  # noqa: S314  without entities, and of a settled size
    except (*uploads.BROKEN_ARCHIVE, KeyError, ElementTree.ParseError):
        raise broken from None
    text = "\n".join(_paragraphs(body))[:MOST_SIGNS]
    if not text.strip():
        raise PaperRefused(_("No words were found in the document."))
    return text


def _paragraphs(body: Element) -> Iterator[str]:
    """Yield the paragraphs in order; the cells of a row of a table stand on one line with room between them."""
    for part in body.iter():
        if part.tag == f"{_WORD}tr":
            cells = [list(cell.iter(f"{_WORD}p")) for cell in part.findall(f"{_WORD}tc")]
            yield "  ".join(" ".join(filter(None, map(_line, cell))) for cell in cells).rstrip()
            for paragraph in (one for cell in cells for one in cell):
                paragraph.tag = "told"
        elif part.tag == f"{_WORD}p":
            yield _line(part)


def _line(paragraph: Element) -> str:
    """Return the words of a paragraph: without what was deleted, with line breaks and tabs."""
    words = []
    for part in paragraph.iter():
        name = part.tag.removeprefix(_WORD)
        if name == "t":
            words.append(part.text or "")
        elif name in {"tab", "br", "cr"}:
            words.append(" " if name == "tab" else "\n")
        elif name == "noBreakHyphen":
            words.append("-")
    return "".join(words)


def _of_pdf(data: bytes) -> str:
    command = [sys.executable, "-m", "luotsi.base.pdf_words"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
        told = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, OSError, ValueError):
        told = {}
    reasons = {
        "locked": _("The PDF is protected with a password. Remove the password and send it again."),
        "long": _("The PDF has more pages than can be read here. Send the decision alone, or paste its text."),
    }
    if fault := told.get("fault"):
        raise PaperRefused(reasons.get(fault) or _("The PDF cannot be read. Paste its text."))
    if "text" not in told:
        raise PaperRefused(_("The PDF cannot be read. Paste its text."))
    text: str = re.sub(r"[ \t]+\n", "\n", told["text"])[:MOST_SIGNS]
    if not text.strip():
        raise PaperRefused(_("There are no words in the PDF: it may be a scanned picture. Paste its text."))
    return text
