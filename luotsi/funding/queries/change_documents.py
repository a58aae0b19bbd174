"""A change request as a file in the funder's parts: text for copying, DOCX, and tagged PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.funding.queries.change_pages import blocks_of, label_of
from luotsi.funding.queries.matters import paragraphs
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.queries.papers import Document, Part, Written, filed
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models import ChangeRequest
    from luotsi.funding.queries.change_pages import Pair, PartBlock


def document(request: ChangeRequest, kind: str, language: str) -> Document:
    """Return a request as `txt`, `docx` or `pdf` in Finnish or Swedish; the same request gives the same bytes.

    Raises:
        typst.TypstError: something in it would break PDF/UA-1.
    """
    with translation.override(language):
        written = written_of(request, language)
        name = slugify(f"{label_of(request)}-{written.author[:40]}-{language}") or "change"
        return filed(written, kind, name)


def written_of(request: ChangeRequest, language: str) -> Written:
    """Return a request as it stands on paper, in the active language."""
    application = request.application
    moment = formatting.moment(request.sent_at or request.changed_at)
    mark = _("Draft of %(moment)s") if request.sent_at is None else _("Sent %(moment)s")
    return Written(
        language=language,
        title=f"{label_of(request)}: {application.names.best(language)[0]}",
        author=application.unit.names.best(language)[0],
        about=tuple(_about(request, language)),
        draft=_("Draft. The request has not been sent.") if request.is_draft else "",
        mark=mark % {"moment": moment},
        parts=tuple(_part(block) for block in blocks_of(request)),
        made_at=request.answered_at or request.sent_at or request.changed_at,
    )


def _about(request: ChangeRequest, language: str) -> Iterator[tuple[str, str]]:
    application, decision = request.application, decision_of(request.application)
    yield _("Funder:"), application.call.funder.names.best(language)[0]
    yield _("Call:"), application.call.names.best(language)[0]
    number = (decision.register_number if decision else "") or application.register_number
    if number:
        yield _("Register number:"), number
    if decision and decision.decided_on:
        yield _("Decided on:"), formatting.day(decision.decided_on)


def _part(block: PartBlock) -> Part:
    grounds = paragraphs(block.grounds) or (_("Not written yet."),)
    words = [*paragraphs(block.words), _("Reasons"), *grounds]
    if block.word:
        words += [_("Answer of the funder: %(answer)s") % {"answer": block.word}, *paragraphs(block.reasons)]
    given = any(row.given for row in block.pairs)
    head = (_("What"), _("Before"), _("Asked for"), *((_("Given instead"),) if given else ()))
    rows = tuple(_row(row, given=given) for row in block.pairs)
    numeric = frozenset(range(1, len(head)))
    return Part(block.label, tuple(words), block.label if rows else "", head if rows else (), rows, numeric)


def _row(pair: Pair, *, given: bool) -> tuple[str, ...]:
    """Return one thing of a part as a row; what was given instead has its cell only where something was."""
    told = (pair.now, pair.asked, *((pair.given,) if given else ()))
    return (pair.label, *(words or formatting.MISSING for words in told))
