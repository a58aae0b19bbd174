"""A report as a tagged PDF: conformance with PDF/UA-1 is asked of the compiler, which refuses anything less."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base.names import Names
from luotsi.reports.queries.shown import Cell, Shown, ShownReport

STANDARD: Literal["ua-1"] = "ua-1"
LONGEST_WORD = 18
LONGEST_NUMBER = 15
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class About:
    """What stands around the content: its kind and state in words, its hash, and the matter before a body."""

    kind: str
    state: str
    sha256: str = ""
    is_draft: bool = True
    board: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unit: Names = Names()  # noqa: RUF009 - frozen


def pdf(report: ShownReport, about: About) -> bytes:
    """Return the PDF/UA-1 document of a report; the same report gives the same bytes.

    Raises:
        typst.TypstError: something in the document would break the standard.
    """
    import typst

    with translation.override(report.language):
        data = _data(report, about)
    return typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"data": _json(data)},
        pdf_standards=STANDARD,
        ignore_system_fonts=True,
        timestamp=(report.content.frozen_at or EPOCH).replace(microsecond=0),
    )


@cache
def _template() -> bytes:
    return (resources.files("luotsi.reports") / "typst" / "report.typ").read_bytes()


def _json(data: dict[str, Any]) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, default=str)


def _data(report: ShownReport, about: About) -> dict[str, Any]:
    content = report.content
    return {
        "language": report.language,
        "title": report.title,
        "author": content.unit_names.fi,
        "keywords": [content.programme, content.period],
        "kind": about.kind,
        "mark": about.state if about.is_draft else "",
        "draft": _("Draft. The figures and the texts may still change.") if about.is_draft else "",
        "hash": f"SHA-256 {about.sha256}" if about.sha256 else _("Draft, without a hash"),
        "about": _about(report, about),
        "sections": [
            {
                "heading": f"{section.number}. {section.heading}",
                "own": [_block(block) for block in section.own],
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in report.sections
        ],
        "board": [[heading, list(paragraphs)] for heading, paragraphs in about.board],
        "figures": [asdict(figure) for figure in report.figures],
        "words": _words(),
    }


def _about(report: ShownReport, about: About) -> list[list[str]]:
    from luotsi.ui import formatting

    content = report.content
    rows = [
        [_("State:"), about.state],
        [_("Version:"), str(content.version)],
        [_("Figures as of:"), formatting.day(content.data_on)],
    ]
    if content.frozen_at:
        by = f", {content.frozen_by}" if content.frozen_by else ""
        rows.append([_("Frozen:"), f"{formatting.moment(content.frozen_at)}{by}"])
    return rows


def _words() -> dict[str, Any]:
    return {
        "contents": _("Contents"),
        "board": _("Matter before the body"),
        "target": _("target"),
        "figures": _("Figures and sources"),
        "figures_note": _("Every figure of the report by its reference number, and how it was made."),
        "figures_caption": _("Figures of the report"),
        "figure_columns": [_("Ref."), _("What"), _("Figure"), _("How it was made"), _("When"), _("Source")],
    }


def _block(block: Shown) -> dict[str, Any]:
    tree = asdict(block)
    tree["note"] = tree["spans"] if block.kind == "table" and block.note else ()
    tree["widths"] = _widths(block)
    if block.kind == "bars":
        told = [
            f"{bar.label.text}: {bar.value.text}" + (f", {_('target')} {bar.target.text}" if bar.target else "")
            for bar in block.bars
        ]
        tree["alt"] = f"{block.message} {'; '.join(told)}."
    return tree


def _widths(block: Shown) -> list[float]:
    """Return the widths of a table's columns in letters: each holds its longest word, the rest goes by need."""
    least, wanted = [], []
    for place, (label, numeric) in enumerate(block.columns):
        texts = [label, *(_plain(row[place]) for row in block.rows)]
        longest = max(len(word) for text in texts for word in text.split() or [""])
        if numeric and block.rows:  # a number with its unit stays on one line as far as there is room
            longest = max(longest, *(min(len(text), LONGEST_NUMBER) for text in texts[1:]))
        least.append(min(longest, LONGEST_WORD) + 2.5)
        wanted.append(min(sum(map(len, texts)) / len(texts), 60.0))
    count = len(block.columns)
    left = max((135 if block.wide else 100 if count > 5 else 92) - sum(least), 0.0)
    need = [max(want - low, 0.5) for want, low in zip(wanted, least, strict=True)]
    return [round(low + left * part / sum(need), 1) for low, part in zip(least, need, strict=True)]


def _plain(cell: Cell) -> str:
    return ("  " if cell.state else "") + "".join(span.text.replace("\u00a0", "_") for span in cell.spans)
