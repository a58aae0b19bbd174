"""What is written for the funder or the register as a file: text for copying, DOCX, and tagged PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from luotsi.base import docx

if TYPE_CHECKING:
    from datetime import datetime

STANDARD: Literal["ua-1"] = "ua-1"
KINDS = {"txt": "text/plain; charset=utf-8", "docx": docx.MEDIA_TYPE, "pdf": "application/pdf"}


@dataclass(frozen=True)
class Document:
    """A file: its name, its kind and its bytes."""

    filename: str
    kind: str
    data: bytes


@dataclass(frozen=True)
class Part:
    """A heading with paragraphs, perhaps with a table; `numeric` are its columns set to the right."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    caption: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numeric: frozenset[int] = frozenset({1})


@dataclass(frozen=True)
class Written:
    """A matter, a report or a change request in one language, ready for paper."""

    language: str
    title: str
    author: str
    about: tuple[tuple[str, str], ...]
    draft: str
    mark: str
    parts: tuple[Part, ...]
    made_at: datetime


def filed(written: Written, kind: str, name: str) -> Document:
    """Return what is written as a file of one of `KINDS`; the same text always gives the same bytes.

    Raises:
        typst.TypstError: something in it would break PDF/UA-1.
    """
    return Document(f"{name}.{kind}", KINDS[kind], MAKERS[kind](written))


def plain_text(written: Written) -> str:
    """Return a document as plain text: a heading is underlined, a row of a table is a line."""
    lines = [written.title, "=" * len(written.title), ""]
    lines += [f"{label} {value}" for label, value in written.about]
    lines += [written.draft] if written.draft else []
    for part in written.parts:
        lines += ["", part.heading, "-" * len(part.heading)]
        for words in part.paragraphs:
            lines += ["", words]
        if part.rows:
            lines += ["", " | ".join(part.head), *(" | ".join(row) for row in part.rows)]
    return "\n".join([*lines, "", written.mark, ""])


def as_docx(written: Written) -> bytes:
    """Return a document to be written further."""
    blocks: list[docx.Block] = [docx.Paragraph(f"{label} {value}") for label, value in written.about]
    if written.draft:
        blocks.append(docx.Paragraph(written.draft, is_strong=True))
    for part in written.parts:
        blocks.append(docx.Heading(part.heading))
        blocks += [docx.Paragraph(words) for words in part.paragraphs]
        if part.rows:
            blocks.append(docx.Table(part.head, part.rows, part.numeric))
    return docx.written(
        docx.Document(
            title=written.title,
            language=written.language,
            author=written.author,
            made_at=written.made_at,
            blocks=blocks,
        )
    )


def as_pdf(written: Written) -> bytes:
    """Return a tagged document (PDF/UA-1). Raises typst.TypstError when something in it would break the standard."""
    import typst

    data = {
        "language": written.language,
        "title": written.title,
        "author": written.author,
        "keywords": [f"luotsi-language:{written.language}"],
        "about": [list(row) for row in written.about],
        "draft": written.draft,
        "mark": written.mark,
        "parts": [
            {
                "heading": part.heading,
                "paragraphs": list(part.paragraphs),
                "caption": part.caption,
                "head": list(part.head),
                "rows": [list(row) for row in part.rows],
                "numeric": sorted(part.numeric),
            }
            for part in written.parts
        ],
    }
    return typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARD,
        ignore_system_fonts=True,
        timestamp=written.made_at.replace(microsecond=0),
    )


MAKERS = {"txt": lambda written: plain_text(written).encode(), "docx": as_docx, "pdf": as_pdf}


@cache
def _template() -> bytes:
    return (resources.files("luotsi.funding") / "typst" / "matter.typ").read_bytes()
