"""An application for copying into another system: each question with its characters, as text, PDF or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base.names import ORDER
from luotsi.funding.queries.answers import answers_of
from luotsi.funding.queries.counting import figures_of
from luotsi.funding.queries.documents import application_document
from luotsi.funding.rules.call import Counting
from luotsi.funding.rules.checks.lengths import length
from luotsi.questionnaires.models import Response
from luotsi.questionnaires.queries.documents import PREFIX, printed
from luotsi.questionnaires.queries.summaries import summary_of
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import sha256_of
from luotsi.ui.formatting import day, euros, language, moment, number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from luotsi.funding.models import Application

KINDS = {"text": "text/plain; charset=utf-8", "pdf": "application/pdf", "json": "application/json"}
ENDINGS = {"text": "txt", "pdf": "pdf", "json": "json"}


@dataclass(frozen=True)
class File:
    """A file to send: its bytes, media type and name."""

    data: bytes
    kind: str
    filename: str


@dataclass(frozen=True)
class Item:
    """One question to copy: its answer as it is pasted, its characters, and the limit where there is one."""

    number: str
    title: str
    text: str
    count: int | None
    limit: int | None
    key: str

    @property
    def is_over(self) -> bool:
        """True when the answer is longer than it may be."""
        return self.limit is not None and self.count is not None and self.count > self.limit


@dataclass(frozen=True)
class Part:
    """A page of the form."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ExportPage:
    """The whole application for copying; `sha256` is that of its JSON document, `handed_in` that of the kept copy."""

    parts: tuple[Part, ...]
    counting: str
    sha256: str
    handed_in: str
    changed_at: datetime


def content_of(application: Application) -> dict[str, Any]:
    """Return the document of an application, the same for every reader: names and labels in one language.

    They are in Finnish, or where there is none in the first language that there is.
    """
    with translation.override(ORDER[0]):
        return application_document(application).data


def export_page(application: Application) -> ExportPage:
    """Return an application question by question."""
    response = application.response
    submission = response.submissions.first() if response else None
    return ExportPage(
        parts=tuple(_parts(application)),
        counting=_counting_words(application),
        sha256=sha256_of(content_of(application)),
        handed_in=submission.sha256 if submission else "",
        changed_at=response.changed_at if response else application.begun_at,
    )


def _questions(application: Application) -> dict[str, Mapping[str, Any]]:
    return {str(one.get("number", "")): one for one in application.call.limits.get("questions", [])}


def _counting_words(application: Application) -> str:
    told = {one.get("counting") for one in _questions(application).values()} - {None}
    words = {
        "characters": _("The call counts each line break as one character."),
        "crlf": _("The call counts each line break as two characters."),
        "utf16": _("The call counts in units of UTF-16."),
    }
    if not told:
        return _("The call does not say how characters are counted: each line break is counted as one here.")
    return " ".join(words[str(one)] for one in sorted(map(str, told)))


def _parts(application: Application) -> Iterator[Part]:
    response, found = application.response, answers_of(application)
    if response is None or found is None:
        yield Part(_("The application"), tuple(_typed(application)))
        return
    texts = {one.name: one for one in found.texts}
    version, answers = response.collection.version, response.values
    if response.state == Response.State.SUBMITTED and (submission := response.submissions.first()):
        answers = submission.content["answers"]
    questions, named = _questions(application), {found.places.of(name).anchor: one for name, one in texts.items()}
    for section in summary_of(version, answers, language()):
        items = []
        for answer in section.answers:
            text = named.get(answer.anchor)
            asked = questions.get(answer.number)
            told = text.text if text else "\n".join(answer.lines)
            count = limit = None
            if text is not None:
                counting = asked.get("counting") if asked else None
                count = length(told, Counting(counting) if counting else None)
                limit = (asked or {}).get("limit") or text.limit
            items.append(Item(answer.number, answer.title.text, told, count, limit, answer.anchor))
        yield Part(section.title.text, tuple(items))


def _typed(application: Application) -> Iterator[Item]:
    found = figures_of(application)
    rows = [
        (_("Project"), application.names.text),
        (_("What it is for"), application.purposes.text),
        (_("Applied for"), euros(found.applied) if found.applied is not None else ""),
        (_("Own share"), euros(found.own_share) if found.own_share is not None else ""),
        (_("Other funding"), euros(found.other) if found.other is not None else ""),
        (_("Total cost"), euros(found.total) if found.total is not None else ""),
        (_("Use from"), day(found.starts_on) if found.starts_on else ""),
        (_("Use until"), day(found.ends_on) if found.ends_on else ""),
    ]
    for place, (title, text) in enumerate(rows, 1):
        yield Item("", title, text, None, None, f"t-{place}")


def document(application: Application, kind: str, lang: str) -> File:
    """Return an application as `text`, `pdf` or `json`; the same application gives the same bytes."""
    content = content_of(application)
    sha256 = sha256_of(content)
    name = f"{application.call.slug}-{sha256[:8]}.{ENDINGS[kind]}"
    if kind == "json":
        data = (values.dumps(content, indent=2) + "\n").encode()
    else:
        page = export_page(application)
        data = _plain(application, page).encode() if kind == "text" else _pdf(application, page, lang)
    return File(data, KINDS[kind], name)


def _about(application: Application) -> list[list[str]]:
    response = application.response
    told = moment(application.submitted_at) if application.submitted_at else ""
    rows = [
        [_("Call:"), application.call.names.text],
        [_("Funder:"), application.call.funder.names.text],
        [_("Applicant:"), application.unit.names.text],
        [_("State:"), application.get_state_display()],
        [_("Handed in:"), told],
        [_("Changed:"), moment(response.changed_at if response else application.begun_at)],
    ]
    return [row for row in rows if row[1]]


def _plain(application: Application, page: ExportPage) -> str:
    lines = [application.names.text, "=" * len(application.names.text), ""]
    lines += [f"{label} {words}" for label, words in _about(application)]
    lines += [f"SHA-256 {page.sha256}", ""]
    for part in page.parts:
        lines += ["", part.title, "-" * len(part.title)]
        for item in part.items:
            lines += ["", f"{item.number} {item.title}".strip()]
            if item.count is not None:
                lines.append(f"[{counted_words(item)}]")
            lines.append(item.text or _("Not answered"))
    return "\n".join([*lines, "", page.counting, ""])


def counted_words(item: Item) -> str:
    """Return the characters of an answer in words."""
    if item.limit is None:
        return _("%(n)s characters, no limit stated") % {"n": number(item.count)}
    return _("%(n)s of %(limit)s characters") % {"n": number(item.count), "limit": number(item.limit)}


def _pdf(application: Application, page: ExportPage, lang: str) -> bytes:
    draft = not page.handed_in
    data = {
        "language": lang,
        "title": application.names.text,
        "author": application.unit.names.text,
        "keywords": [PREFIX + page.sha256, f"luotsi-language:{lang}"],
        "about": _about(application),
        "hash": f"SHA-256 {page.sha256}",
        "verify": _("A draft of what is copied into the funder's system.")
        if draft
        else _("The copy that was handed in here has SHA-256 %(sha256)s.") % {"sha256": page.handed_in},
        "sections": [
            {
                "heading": part.title,
                "lang": lang,
                "answers": [
                    {
                        "number": item.number,
                        "title": item.title,
                        "lang": lang,
                        "lines": item.text.split("\n") if item.text else [],
                        "remark": counted_words(item) if item.count is not None else "",
                    }
                    for item in part.items
                ],
            }
            for part in page.parts
        ],
        "empty": _("Not answered"),
    }
    return printed(data, page.changed_at)
