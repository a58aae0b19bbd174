"""Documents as WordprocessingML: their structure, languages, heads, and what they refuse."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.docx import Document, Heading, Paragraph, Table, written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"


def parts_of(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 - our own


def texts_of(body: ElementTree.Element) -> list[str]:
    return ["".join(text.text or "" for text in part.iter(f"{W}t")) for part in body.iter(f"{W}p")]


def made(*blocks: Heading | Paragraph | Table, language: str = "fi") -> dict[str, ElementTree.Element]:
    return parts_of(written(Document(title="Avustuksen <hakeminen>", language=language, author="Kemi", blocks=blocks)))


class TestTheFile:
    def test_it_declares_every_part_it_holds(self) -> None:
        parts = made(Paragraph("a"))
        types = parts["[Content_Types].xml"]
        declared = {one.get("PartName") for one in types if one.get("PartName")}
        assert declared == {
            f"/{name}" for name in parts if name != "[Content_Types].xml" and not name.endswith(".rels")
        }

    def test_its_relations_lead_to_parts_that_are_there(self) -> None:
        parts = made(Paragraph("a"))
        assert {one.get("Target") for one in parts["_rels/.rels"]} <= set(parts)
        assert {f"word/{one.get('Target')}" for one in parts["word/_rels/document.xml.rels"]} <= set(parts)

    def test_the_same_content_gives_the_same_bytes(self) -> None:
        document = Document(title="T", language="sv", blocks=(Heading("A"), Paragraph("b")))
        assert written(document) == written(document)

    def test_it_names_its_title_and_language(self) -> None:
        parts = made(Paragraph("a"), language="sv")
        assert parts["docProps/core.xml"].findtext(f"{DC}title") == "Avustuksen <hakeminen>"
        assert parts["docProps/core.xml"].findtext(f"{DC}language") == "sv-FI"
        assert parts["word/styles.xml"].find(f".//{W}rPrDefault//{W}lang").get(f"{W}val") == "sv-FI"  # type: ignore[union-attr]


class TestBlocks:
    def test_headings_are_styles_with_a_level(self) -> None:
        parts = made(Heading("Tausta"), Heading("Kohta", 2))
        used = [one.get(f"{W}val") for one in parts["word/document.xml"].iter(f"{W}pStyle")]
        assert used == ["Title", "Heading1", "Heading2"]
        styles = {one.get(f"{W}styleId"): one for one in parts["word/styles.xml"].iter(f"{W}style")}
        assert [styles[name].find(f".//{W}outlineLvl") is not None for name in ("Heading1", "Heading2")] == [
            True,
            True,
        ]

    def test_line_ends_become_breaks_and_another_language_is_marked(self) -> None:
        body = made(Paragraph("yksi\nkaksi", language="sv"))["word/document.xml"]
        assert len(list(body.iter(f"{W}br"))) == 1
        assert [one.get(f"{W}val") for one in body.iter(f"{W}lang")] == ["sv-FI"]

    def test_the_head_of_a_table_is_marked(self) -> None:
        body = made(Table(("Mitä", "Euroa"), (("Avustus", "1,00"), ("Oma", "2,00")), frozenset({1})))[
            "word/document.xml"
        ]
        rows = list(body.iter(f"{W}tr"))
        assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [True, False, False]
        assert texts_of(body)[1:7] == ["Mitä", "Euroa", "Avustus", "1,00", "Oma", "2,00"]

    @pytest.mark.parametrize("block", [Heading("a", 0), Heading("a", 4), Table((), ()), Table(("a",), (("b", "c"),))])
    def test_what_cannot_be_written_is_refused(self, block: Heading | Table) -> None:
        with pytest.raises(ValueError, match=r"heading|row"):
            made(block)

    def test_an_unknown_language_is_refused(self) -> None:
        with pytest.raises(ValueError, match="'de'"):
            made(Paragraph("a"), language="de")

    @given(st.text(max_size=200))
    def test_every_text_makes_a_file_that_can_be_read(self, text: str) -> None:
        assert made(Paragraph(text))["word/document.xml"].tag == f"{W}document"
