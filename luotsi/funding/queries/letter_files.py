"""Letters of decision as files: tagged PDF in two languages, and a zip of all letters of a batch."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Literal
from zipfile import ZIP_STORED, ZipFile

from django.utils.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from luotsi.funding.models import DecisionLetter

STANDARD: Literal["ua-1"] = "ua-1"
PREFIX = "luotsi-sha256:"


def printed(content: dict[str, Any], sha256: str, at: datetime) -> bytes:
    """Return a letter in one language as PDF/UA-1; the same content gives the same bytes.

    Raises:
        typst.TypstError: something in it would break the standard.
    """
    import typst

    data = content | {
        "mark": f"SHA-256 {sha256}",
        "keywords": [PREFIX + sha256, f"luotsi-language:{content['language']}"],
    }
    return typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARD,
        ignore_system_fonts=True,
        timestamp=at.replace(microsecond=0),
    )


@cache
def _template() -> bytes:
    return (resources.files("luotsi.funding") / "typst" / "letter.typ").read_bytes()


def zipped(letters: Iterable[DecisionLetter]) -> IO[bytes]:
    """Return printed letters in both languages as a zip: a file without a name, to be read from its beginning."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for letter in letters:
            for language, data in (("fi", letter.pdf_fi), ("sv", letter.pdf_sv)):
                archive.writestr(filename_of(letter, language), bytes(data))
    file.seek(0)
    return file


def filename_of(letter: DecisionLetter, language: str) -> str:
    """Return the name of the file of a letter: register number, applicant and language."""
    application = letter.decision.application
    number = application.register_number or str(letter.decision_id)[:8]
    name = slugify(f"{number.replace('/', '-').replace(':', '-')} {application.unit.names.text}"[:90])
    return f"{name}-{language}.pdf"
