"""The words of papers that are sent in: texts, documents and PDFs; what is locked, broken or without words is told."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import assume, given
from hypothesis import strategies as st

from luotsi.base import docx, papers, uploads
from luotsi.base.pdf_words import MOST_PAGES, words_in

SIGNS = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=60)
MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes, name: str = "file") -> str:
    return papers.words_of(uploads.read(SimpleUploadedFile(name, data), kinds=papers.KINDS))


def answered(data: bytes) -> str:
    """Return the words of a paper, or those of its refusal; whatever else is raised goes on."""
    try:
        return read(data)
    except uploads.UploadRefused as refused:
        return str(refused)


def document(blocks: list[docx.Block]) -> bytes:
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    return docx.written(docx.Document(title="T", language="fi", author="A", made_at=made_at, blocks=blocks))


def archive(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", body)
    return buffer.getvalue()


def pdf(text: str) -> bytes:
    import typst

    return typst.compile(text.encode(), format="pdf", ignore_system_fonts=True)


class TestDocuments:
    @given(st.lists(SIGNS, min_size=1, max_size=8))
    def test_every_paragraph_is_a_line(self, words: list[str]) -> None:
        assume("".join(words).strip())
        text = read(document([docx.Paragraph(one) for one in words]))
        assert [line.strip() for line in text.split("\n")] == ["T", *(one.strip() for one in words)]

    def test_the_cells_of_a_row_stand_on_one_line_once(self) -> None:
        table = docx.Table(("Mitä", "Euroa"), (("Avustus", "5 000"), ("Omarahoitus", "500")), frozenset({1}))
        lines = read(document([docx.Paragraph("Päätös"), table])).splitlines()
        assert "Avustus  5 000" in lines
        assert sum("Omarahoitus" in line for line in lines) == 1

    def test_what_was_deleted_is_not_read(self) -> None:
        body = f"<w:document {MAIN}><w:p><w:r><w:t>on</w:t><w:br/><w:delText>ei</w:delText></w:r></w:p></w:document>"
        assert read(archive(body)) == "on\n"

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "<",
            f"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document {MAIN}><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>",
            f"<w:document {MAIN}><w:p/></w:document>",
        ],
    )
    def test_what_cannot_be_read_is_refused(self, body: str) -> None:
        with pytest.raises(papers.PaperRefused):
            read(archive(body))

    @given(st.integers(min_value=0), st.integers(min_value=0, max_value=255))
    def test_a_damaged_one_is_read_or_refused(self, place: int, byte: int) -> None:
        whole = bytearray(document([docx.Paragraph("Myönnetään 5 000 euroa.")] * 20))
        whole[place % len(whole)] = byte
        assert answered(bytes(whole))


class TestTexts:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_whatever_its_encoding(self, encoding: str) -> None:
        assert read("Päätös 15.9.2020\n".encode(encoding)) == "Päätös 15.9.2020\n"


class TestPdfs:
    def test_its_words_are_read_in_a_process_of_its_own(self) -> None:
        text = read(pdf('#set text(lang: "fi")\n= Päätös\nMyönnetään 5 000 euroa.'))
        assert [line.strip() for line in text.splitlines() if line.strip()] == ["Päätös", "Myönnetään 5 000 euroa."]

    @pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 2_000, b"%PDF-1.7\n1 0 obj <</Length 9>>"])
    def test_a_broken_one_is_refused(self, data: bytes) -> None:
        with pytest.raises(papers.PaperRefused, match="cannot be read"):
            read(data)

    def test_one_without_words_and_one_that_is_a_book_are_told(self) -> None:
        with pytest.raises(papers.PaperRefused, match="no words"):
            read(pdf("#rect()"))
        with pytest.raises(papers.PaperRefused, match="more pages"):
            read(pdf("#pagebreak()\n" * MOST_PAGES))

    def test_one_that_takes_too_long_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(papers, "PATIENCE", 0.001)
        with pytest.raises(papers.PaperRefused, match="cannot be read"):
            read(pdf("a"))

    @given(st.binary(max_size=300))
    def test_whatever_it_holds_there_is_an_answer(self, data: bytes) -> None:
        told = words_in(b"%PDF-1.4\n" + data)
        assert set(told) <= {"text", "fault"}
        assert len(told) == 1
