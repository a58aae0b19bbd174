"""The files of a report: a tagged PDF by the standard, a workbook of all tables, the same figures in each language."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from luotsi.reports.queries.documents import made
from luotsi.reports.queries.pdf import About, pdf
from luotsi.reports.queries.shown import ShownReport, shown
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules.content import Section
from luotsi.reports.tests.written import evaluation_material, every

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

CONTENT = compose(evaluation_material())
DRAFT = About(kind="Vuosiarviointi", state="Luonnos")
FROZEN = About(
    kind="Vuosiarviointi", state="Jäädytetty", sha256="a" * 64, is_draft=False, board=(("Päätös", ("Ok.",)),)
)


def plain(data: bytes) -> bytes:
    """Return the streams of a PDF unpacked, as far as they are packed in the common way."""
    import zlib

    parts = [data]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.fixture(scope="module")
def document() -> bytes:
    return plain(pdf(shown(CONTENT, "fi"), FROZEN))


class TestThePdf:
    def test_it_says_that_it_conforms_to_pdf_ua_1(self, document: bytes) -> None:
        assert re.search(rb"pdfuaid:part(>|=\")1", document)

    def test_it_is_tagged_and_has_a_language_and_a_title_that_is_shown(self, document: bytes) -> None:
        assert re.search(rb"/Marked true", document)
        assert re.search(rb"/Lang ?\(fi\)", document)
        assert re.search(rb"/DisplayDocTitle true", document)

    def test_it_has_headings_tables_with_header_cells_and_a_picture_with_words(self, document: bytes) -> None:
        for tag in (
            rb"/S ?/H1",
            rb"/S ?/H2",
            rb"/S ?/Table",
            rb"/S ?/TH",
            rb"/S ?/Figure",
            rb"/Alt ?[(<]",
            rb"/S ?/TOC",
        ):
            assert re.search(tag, document), tag

    def test_the_compiler_refuses_what_would_break_the_standard(self) -> None:
        import typst

        with pytest.raises(typst.TypstError, match="PDF/UA-1"):
            typst.compile(b"= Heading\n", format="pdf", pdf_standards="ua-1")

    def test_a_frozen_report_gives_the_same_bytes_each_time(self) -> None:
        content = replace(CONTENT, frozen_at=datetime(2026, 11, 25, 12, 0, 0, 123, tzinfo=UTC))
        report = shown(content, "fi")
        assert pdf(report, FROZEN) == pdf(report, FROZEN)

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    @pytest.mark.parametrize("about", [DRAFT, FROZEN])
    def test_it_can_be_made_in_every_language_as_a_draft_and_frozen(self, language: str, about: About) -> None:
        assert pdf(shown(CONTENT, language), about).startswith(b"%PDF-1.7")

    @pytest.mark.parametrize(
        "text", ["#panic()", "*x* _y_ `z` $1$", "<a> @b \\ // /* ~ -- ---", "= Otsikko\n\n- [x]", "{I2} {NIL} {}", '"']
    )
    def test_texts_are_never_markup(self, text: str) -> None:
        section = replace(CONTENT.sections[1], own=every(text))
        content = replace(CONTENT, sections=(section,))
        assert pdf(shown(content, "fi"), DRAFT)

    def test_a_report_of_nothing_is_a_document_too(self) -> None:
        content = replace(CONTENT, sections=(Section(key="cover", heading=every("Tyhjä")),), figures=())
        assert pdf(shown(content, "fi"), DRAFT)


def read(data: bytes) -> CalamineWorkbook:
    """Return a workbook as a reader opens it."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(data))


class TestTheWorkbook:
    def test_it_has_a_sheet_for_every_table_and_one_for_the_figures(self) -> None:
        report = shown(CONTENT, "fi")
        book = read(made(report, FROZEN, "xlsx"))
        tables = [block for section in report.sections for block in section.blocks if block.kind == "table"]
        assert len(book.sheet_names) == len(tables) + 2
        assert len(set(book.sheet_names)) == len(book.sheet_names)

    def test_numbers_are_numbers(self) -> None:
        book = read(made(shown(CONTENT, "fi"), FROZEN, "xlsx"))
        rows = book.get_sheet_by_name("Luvut ja lähteet").to_python()
        money = next(row for row in rows if row[11] == "S002:12-14")
        assert money[3] == 37_000_000


class TestLanguages:
    def values(self, report: ShownReport) -> list[object]:
        """Return what each figure of a report is."""
        return [(one.number, one.key, one.amount, one.numerator, one.denominator) for one in report.figures]

    def test_all_three_have_the_same_figures(self) -> None:
        finnish, swedish, english = (self.values(shown(CONTENT, code)) for code in ("fi", "sv", "en"))
        assert finnish == swedish == english

    def test_a_report_speaks_its_own_language_whatever_the_page_speaks(self) -> None:
        with translation.override("en"):
            report = shown(CONTENT, "sv")
        assert report.sections[1].heading == "Sammanfattning"
