"""A matter as a file for the register of a municipality: DOCX to be written further, tagged PDF to be read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.funding.models import BoardItem
from luotsi.funding.queries.counting import figures_of
from luotsi.funding.queries.matters import paragraphs, state_of, versions_of
from luotsi.funding.queries.own_shares import need_of
from luotsi.funding.queries.papers import Document, Part, Written, filed
from luotsi.ui import formatting

KINDS = ("docx", "pdf")


def document(item: BoardItem, kind: str, language: str) -> Document:
    """Return a matter as `docx` or `pdf` in Finnish or Swedish; the same matter gives the same bytes.

    Raises:
        typst.TypstError: something in it would break PDF/UA-1.
    """
    with translation.override(language):
        written = written_of(item, language)
    name = slugify(f"{written.title[:60]}-{language}") or "matter"
    return filed(written, kind, name)


def written_of(item: BoardItem, language: str) -> Written:
    """Return a matter as it stands on paper, in the active language."""
    words = next(one for one in versions_of(item) if one.language == language)
    draft = "" if item.is_fixed else _("Draft. The text has not been fixed.")
    moment = formatting.moment(item.fixed_at or item.changed_at)
    mark = (_("Fixed %(moment)s") if item.is_fixed else _("Draft of %(moment)s")) % {"moment": moment}
    return Written(
        language=language,
        title=words.title or formatting.MISSING,
        author=item.application.unit.names.best(language)[0],
        about=tuple(_about(item, language)),
        draft=draft,
        mark=mark,
        parts=tuple(_parts(item, words.background, words.proposal, language)),
        made_at=item.recorded_at or item.fixed_at or item.changed_at,
    )


def _about(item: BoardItem, language: str) -> Iterator[tuple[str, str]]:
    label = _("Officer:") if item.kind == BoardItem.Kind.OFFICER else _("Body:")
    yield label, item.bodies.best(language)[0]
    if item.meeting_on:
        yield (_("Day:") if item.kind == BoardItem.Kind.OFFICER else _("Meeting:")), formatting.day(item.meeting_on)
    if item.section:
        yield _("Section of the minutes:"), item.section
    if item.application.call.register_number:
        yield _("Register number of the call:"), item.application.call.register_number


def _parts(item: BoardItem, background: tuple[str, ...], proposal: tuple[str, ...], language: str) -> Iterator[Part]:
    is_officer = item.kind == BoardItem.Kind.OFFICER
    yield Part(_("Grounds of the decision") if is_officer else _("Background"), background)
    rows = tuple(_sums(item))
    if rows:
        yield Part(_("Sums"), (), _("Sums of the application"), (_("What"), _("Euros")), rows)
    if presenter := item.presenters.best(language)[0]:
        yield Part(_("Presenting officer"), (presenter,))
    yield Part(_("Decision to be made") if is_officer else _("Proposed decision"), proposal)
    if item.outcome:
        _mark, word = state_of(item)
        day = formatting.day(item.decided_on) if item.decided_on else _("the day is not known")
        heading = _("Outcome") if is_officer else _("Decision")
        yield Part(heading, (f"{word} ({day})", *paragraphs(item.decision)))


def _sums(item: BoardItem) -> Iterator[tuple[str, str]]:
    figures, wanted = figures_of(item.application), need_of(item.application)
    rows = [
        (_("Grant applied for"), figures.applied),
        (_("Own share"), item.proposed if item.proposed is not None else wanted.amount),
        (_("Other funding"), figures.other),
        (_("Total cost"), figures.total),
    ]
    for label, sum_ in rows:
        if sum_ is not None:
            yield label, formatting.euros(sum_, 2)
