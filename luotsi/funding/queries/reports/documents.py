"""A report as a file: text for copying into the funder's system, DOCX, and tagged PDF with the hash of a sent one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.base.texts import names_of
from luotsi.funding.queries.matters import paragraphs
from luotsi.funding.queries.papers import Document, Part, Written, filed
from luotsi.funding.queries.reports.content import content_of
from luotsi.funding.queries.reports.pages import LineRow, chapters_of, kind_words, rows_of, sum_rows
from luotsi.funding.queries.reports.words import GAPS
from luotsi.funding.rules.reports import Line, judged_lines
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models import GrantReport
    from luotsi.funding.rules.reports import Content
    from luotsi.people.access import Visitor


def document(visitor: Visitor, report: GrantReport, kind: str, language: str) -> Document:
    """Return a report as `txt`, `docx` or `pdf` in Finnish or Swedish; a sent one always gives the same bytes.

    Raises:
        typst.TypstError: something in it would break PDF/UA-1.
    """
    with translation.override(language):
        content = content_of(visitor, report)
        written = written_of(report, content, language)
        name = slugify(f"{kind_words(report)}-{written.author[:40]}-{language}") or "report"
        return filed(written, kind, name)


def written_of(report: GrantReport, content: Content, language: str) -> Written:
    """Return a report as it stands on paper, in the active language."""
    moment = formatting.moment(report.sent_at or report.changed_at)
    sent = _("Sent %(moment)s, SHA-256 %(digest)s") % {"moment": moment, "digest": report.digest}
    return Written(
        language=language,
        title=f"{kind_words(report)}: {names_of(content.head.project).best(language)[0]}",
        author=names_of(content.head.applicant).best(language)[0],
        about=tuple(_about(content, language)),
        draft="" if report.is_sent else _("Draft. The report has not been sent."),
        mark=sent if report.is_sent else _("Draft of %(moment)s") % {"moment": moment},
        parts=tuple(_parts(content)),
        made_at=report.sent_at or report.changed_at,
    )


def _about(content: Content, language: str) -> Iterator[tuple[str, str]]:
    head = content.head
    yield _("Funder:"), names_of(head.funder).best(language)[0]
    yield _("Call:"), names_of(head.call).best(language)[0]
    if head.register_number:
        yield _("Register number:"), head.register_number
    if head.decided_on:
        yield _("Decided on:"), formatting.day(head.decided_on)
    if head.starts_on and head.ends_on:
        yield _("Time of use:"), f"{formatting.day(head.starts_on)}–{formatting.day(head.ends_on)}"
    if head.until_on:
        yield _("Costs and deeds until:"), formatting.day(head.until_on)


def _parts(content: Content) -> Iterator[Part]:
    judged = judged_lines(content)
    missing = _("Not written yet.")
    for chapter in chapters_of(content):
        yield Part(chapter.label, paragraphs(chapter.text) or (missing,))
    yield from _measures(rows_of(judged, content, Line.MEASURE))
    yield from _indicators(rows_of(judged, content, Line.INDICATOR))
    yield from _costs(rows_of(judged, content, Line.COST))
    sums = tuple((one.label, one.amount) for one in sum_rows(content))
    if sums:
        yield Part(_("Sums of the grant"), (), _("Sums of the grant"), (_("What"), _("Euros")), sums)
    if content.gaps:
        yield Part(_("What the records lack"), tuple(str(GAPS[one]) for one in content.gaps))


def _reasons(rows: tuple[LineRow, ...]) -> tuple[str, ...]:
    """Return the words of lines that differ from the plan, and which lines lack them."""
    told = [f"{row.names.text}: {row.words}" for row in rows if row.words]
    told += [
        _("%(what)s: the difference from the plan is not explained yet.") % {"what": row.names.text}
        for row in rows
        if row.is_open
    ]
    return tuple(told)


def _measures(rows: tuple[LineRow, ...]) -> Iterator[Part]:
    if not rows:
        return
    table = [
        cells
        for row in rows
        for cells in (
            (row.names.text, row.word or formatting.MISSING, row.planned, row.actual),
            *((f"– {part.names.text}", part.word, formatting.day(part.on), "") for part in row.parts),
        )
    ]
    head = (_("Measure and milestones"), _("State"), _("Due"), _("Reached"))
    source = _("From the records of the programme.")
    yield Part(
        _("Measures"), (source, *_reasons(rows)), _("Measures and their milestones"), head, tuple(table),
        frozenset({2, 3}),
    )  # fmt: skip


def _indicators(rows: tuple[LineRow, ...]) -> Iterator[Part]:
    if not rows:
        return
    table = tuple((row.names.text, row.baseline, row.planned, f"{row.actual} {row.period}".strip()) for row in rows)
    head = (_("Indicator"), _("Baseline"), _("Plan"), _("Latest figure"))
    source = _("From the figures of the indicators.")
    yield Part(
        _("Indicators"), (source, *_reasons(rows)), _("Indicators of the project"), head, table, frozenset({1, 2, 3})
    )


def _costs(rows: tuple[LineRow, ...]) -> Iterator[Part]:
    if not rows:
        return
    table = tuple((row.names.text, row.whole, row.planned, row.actual) for row in rows)
    head = (_("Class of cost"), _("Budget"), _("Budget to date"), _("Eligible costs"))
    source = _("From the ledger of the project.")
    yield Part(
        _("Costs"), (source, *_reasons(rows)), _("Costs by class"), head, table, frozenset({1, 2, 3})
    )  # fmt: skip
