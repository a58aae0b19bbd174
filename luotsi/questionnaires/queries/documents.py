"""What was handed in as files: JSON with the hash of its content, and a tagged PDF on which the hash is printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.questionnaires.queries.summaries import summary_of
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules import values
from luotsi.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from luotsi.questionnaires.models import Submission

KINDS = ("json", "pdf")
STANDARD: Literal["ua-1"] = "ua-1"
PREFIX = "luotsi-sha256:"


@dataclass(frozen=True)
class Document:
    """A file to send: its bytes, media type and name."""

    data: bytes
    kind: str
    filename: str


def document(submission: Submission, kind: str, language: str) -> Document:
    """Return a submission as `json` or `pdf`; the same submission gives the same bytes."""
    name = f"{submission.version.questionnaire.key}-{submission.number}-{submission.sha256[:8]}.{kind}"
    if kind == "json":
        return Document(as_json(submission), "application/json", name)
    return Document(as_pdf(submission, language), "application/pdf", name)


def as_json(submission: Submission) -> bytes:
    """Return the content with its hash beside it."""
    return (values.dumps({**submission.content, "sha256": submission.sha256}, indent=2) + "\n").encode()


def as_pdf(submission: Submission, language: str) -> bytes:
    """Return the summary as PDF/UA-1.

    Raises:
        typst.TypstError: something in it would break the standard.
    """
    with translation.override(language):
        data = _data(submission, language)
    return printed(data, submission.submitted_at)


def printed(data: Mapping[str, Any], at: datetime) -> bytes:
    """Return sections of answers as PDF/UA-1, the same bytes for the same data and moment.

    Args:
        data: language, title, author, keywords, about (rows of label and words), hash, verify, empty, and sections,
            each with heading, lang and answers (number, title, lang, lines, remark).
        at: The moment that the file tells.

    Raises:
        typst.TypstError: something in it would break the standard.
    """
    import typst

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
    return (resources.files("luotsi.questionnaires") / "typst" / "submission.typ").read_bytes()


def _data(submission: Submission, language: str) -> dict[str, Any]:
    content, collection = submission.content, submission.response.collection
    title = definition_of(submission.version).title.in_language(language).text or collection.names.text
    unit = submission.response.unit
    rows = [
        [_("Collection:"), collection.names.text],
        [_("Answered for:"), unit.names.text if unit else content["answered_for"]],
        [_("Version of the questionnaire:"), content["version"]],
        [_("Submission:"), str(content["number"])],
        [_("Handed in:"), f"{formatting.moment(submission.submitted_at)}, {content['submitted_by']}"],
    ]
    return {
        "language": language,
        "title": title,
        "author": unit.names.text if unit else content["answered_for"],
        "keywords": [PREFIX + submission.sha256, f"luotsi-language:{language}"],
        "about": rows,
        "hash": f"SHA-256 {submission.sha256}",
        "verify": _("Prove this copy with: luotsi questionnaire verify FILE"),
        "sections": [
            {
                "heading": section.title.text,
                "lang": section.title.lang or language,
                "answers": [
                    {
                        "number": answer.number,
                        "title": answer.title.text,
                        "lang": answer.title.lang or language,
                        "lines": list(answer.lines),
                        "remark": answer.remark,
                    }
                    for answer in section.answers
                ],
            }
            for section in summary_of(submission.version, content["answers"], language)
        ],
        "empty": _("Not answered"),
    }
