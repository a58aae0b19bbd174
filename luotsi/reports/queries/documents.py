"""The files of a report: PDF, workbook and JSON, in the language that is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.base.texts import names_of
from luotsi.reports.models import Report
from luotsi.reports.queries.contents import content_of
from luotsi.reports.queries.pdf import About, pdf
from luotsi.reports.queries.proof import FILE, file_of
from luotsi.reports.queries.shown import ShownReport, shown
from luotsi.reports.queries.workbook import workbook
from luotsi.reports.rules import canonical
from luotsi.reports.rules.content import Content
from luotsi.ui import formatting
from luotsi.ui.exports import XLSX

KINDS = {"pdf": "application/pdf", "xlsx": XLSX, "json": "application/json"}


@dataclass(frozen=True)
class Document:
    """A file: its name, its kind and its bytes."""

    filename: str
    kind: str
    data: bytes


def document(report: Report, kind: str, language: str) -> Document:
    """Return a file of a kept report."""
    content = content_of(report)
    board = report.board if report.state != Report.State.DRAFT else {}
    found = shown(content, language)
    about = about_of(content, report.state, report.sha256, board, language)
    name = slugify(f"{report.programme.slug}-{report.kind}-{report.period}-v{report.version}")
    if kind == "json":
        tree = file_of(report) if report.frozen else draft_file(content)
        return Document(f"{name}.json", KINDS[kind], as_json(tree))
    return Document(f"{name}-{language}.{kind}", KINDS[kind], made(found, about, kind))


def made(found: ShownReport, about: About, kind: str) -> bytes:
    """Return a PDF or a workbook."""
    if kind == "pdf":
        return pdf(found, about)
    with translation.override(found.language):
        rows = [
            (_("Kind"), about.kind),
            (_("State"), about.state),
            (_("Version"), str(found.content.version)),
            (_("Figures as of"), formatting.day(found.content.data_on)),
            ("SHA-256", about.sha256 or formatting.MISSING),
        ]
    return workbook(found, rows)


def about_of(content: Content, state: str, sha256: str, board: Mapping[str, Any], language: str) -> About:
    """Return what stands around the content on paper, in a language."""
    with translation.override(language):
        return About(
            kind=str(Report.Kind(content.kind).label),
            state=str(Report.State(state).label),
            sha256=sha256,
            is_draft=state == Report.State.DRAFT,
            board=tuple(board_words(board)),
        )


def board_words(board: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the matter before a body as headings with paragraphs, in the active language."""
    found: list[tuple[str, tuple[str, ...]]] = []
    if body := names_of(board.get("body")).text:
        found.append((_("Body"), (body,)))
    if board.get("officer"):
        found.append((_("Presented by"), (board["officer"],)))
    if proposal := names_of(board.get("proposal")).text:
        found.append((_("Proposed decision"), paragraphs(proposal)))
    if board.get("outcome"):
        day = formatting.day(date.fromisoformat(board["on"]))
        words = _("Noted") if board["outcome"] == "noted" else _("Approved")
        decided = f"{words} {day} {board.get('number', '')}".strip()
        found.append((_("Decision"), (decided, *paragraphs(names_of(board.get("decision")).text))))
    return found


def paragraphs(text: str) -> tuple[str, ...]:
    """Return a text cut at its empty lines."""
    return tuple(" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def draft_file(content: Content) -> dict[str, Any]:
    """Return a report that nobody froze as the JSON of a file; its hash is that of its content as it is."""
    tree = canonical.to_json(content)
    return {"format": FILE, "report": "", "state": "draft", "sha256": canonical.hash_of_json(tree), "content": tree}


def as_json(tree: Mapping[str, Any]) -> bytes:
    """Return a tree as a file that people can read too."""
    return json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True).encode()
