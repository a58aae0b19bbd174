"""Sheets: any encoding and separator, the right sheet of a workbook, cells that know their address."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import workbooks
from luotsi.base.sheets import Cell, SheetRefused, Table, column_name, read_plain, read_table
from luotsi.base.tests.workbook import altered, workbook
from luotsi.base.uploads import CSV, XLSX, Upload


def text_file(data: bytes, **options: Any) -> Table:
    return read_table(Upload(CSV, "a.csv", data, ""), **options)


def book(data: bytes, **options: Any) -> Table:
    return read_table(Upload(XLSX, "a.xlsx", data, ""), **options)


def texts(table: Table) -> list[dict[str, str]]:
    return [{heading: cell.text for heading, cell in row.cells.items()} for row in table.rows]


VISIBLE = st.characters(codec="utf-8", exclude_categories=["C"])
LINES = "nimi;kunta\nÄänekoski;992\n"


class TestReadingText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    def test_it_takes_the_usual_encodings_and_separators(self, encoding: str, separator: str) -> None:
        table = text_file(LINES.replace(";", separator).encode(encoding))
        assert texts(table) == [{"nimi": "Äänekoski", "kunta": "992"}]

    def test_it_numbers_rows_as_a_spreadsheet_does(self) -> None:
        table = text_file(b"\n\nname;code\n\na;1\n;\nb;2\n", knows=lambda text: text == "name")
        assert [row.number for row in table.rows] == [5, 7]
        assert table.rows[0].cells["code"] == Cell("B", "1")

    def test_it_keeps_separators_and_line_breaks_within_quotation_marks(self) -> None:
        table = text_file(b'name;note\n"a;b";"first\nsecond"\n')
        assert texts(table) == [{"name": "a;b", "note": "first second"}]

    def test_it_obeys_the_first_line_that_names_the_separator(self) -> None:
        assert texts(text_file(b"sep=,\nname,code\na;b,1\n")) == [{"name": "a;b", "code": "1"}]

    def test_it_says_where_a_quotation_mark_is_missing(self) -> None:
        with pytest.raises(SheetRefused, match="Line 2"):
            text_file(b'name;code\n"a"b;1\n')

    def test_it_marks_cells_that_have_no_heading(self) -> None:
        table = text_file(b"name;code\na;1;2\n")
        assert table.rows[0].loose == (Cell("C", "2"),)

    def test_it_refuses_a_heading_that_is_there_twice(self) -> None:
        with pytest.raises(SheetRefused, match="columns A and C"):
            text_file(b"name;code;name\na;1;2\n")

    def test_it_refuses_more_rows_than_asked_for(self) -> None:
        with pytest.raises(SheetRefused, match="more than 10 rows"):
            text_file(b"name\n" + b"a\n" * 40, most_rows=10)

    def test_it_refuses_a_file_without_a_known_heading(self) -> None:
        with pytest.raises(SheetRefused, match="No known heading"):
            text_file(b"a;b\n1;2\n", knows=lambda text: text == "name")

    @given(
        st.lists(
            st.lists(st.text(VISIBLE, max_size=8), min_size=2, max_size=2),
            max_size=6,
        )
    )  # fmt: skip
    def test_it_reads_back_what_was_written(self, rows: list[list[str]]) -> None:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerows([["one", "two"], *rows])
        table = text_file(buffer.getvalue().encode())
        wanted = [[" ".join(value.split()) for value in row] for row in rows]
        got = [[row.cells[name].text if name in row.cells else "" for name in ("one", "two")] for row in table.rows]
        assert got == [row for row in wanted if any(row)]


class TestReadingWorkbooks:
    def test_it_chooses_the_sheet_and_the_row_with_known_headings(self) -> None:
        data = workbook(
            ("Ohje", [["Read me first"], ["name", "is explained here"]]),
            ("Lista", [["Units of autumn"], [], ["name", "code"], ["a", 1]]),
        )
        table = book(data, knows={"name", "code"}.__contains__)
        assert (table.sheet, table.rows[0].number) == ("Lista", 4)
        assert texts(table) == [{"name": "a", "code": "1"}]

    def test_it_reads_days_numbers_and_truth_as_they_are(self) -> None:
        data = workbook(("A", [["day", "number", "part", "yes"], [date(2026, 8, 1), 837, 1.5, True]]))
        assert texts(book(data)) == [{"day": "2026-08-01", "number": "837", "part": "1.5", "yes": "True"}]

    def test_it_takes_the_kept_value_of_a_formula(self) -> None:
        def formulas(made: Any) -> None:
            made.worksheets()[0].write_formula("A2", '="a"&"b"', None, "ab")
            made.worksheets()[0].write_formula("B2", "=1/0", None, "#DIV/0!")

        assert texts(book(workbook(("A", [["name", "code"]]), change=formulas))) == [{"name": "ab"}]

    def test_merged_cells_repeat_their_value_downwards(self) -> None:
        def merge(made: Any) -> None:
            made.worksheets()[0].merge_range("A2:A4", "Tampere")

        data = workbook(("A", [["parent", "name"], [None, "a"], [None, "b"], [None, "c"]]), change=merge)
        assert [row["parent"] for row in texts(book(data))] == ["Tampere"] * 3

    def test_hidden_sheets_do_not_count(self) -> None:
        def hide(made: Any) -> None:
            made.worksheets()[1].hide()

        data = workbook(("A", [["other"]]), ("B", [["name"], ["a"]]), change=hide)
        with pytest.raises(SheetRefused, match="No known heading"):
            book(data, knows={"name"}.__contains__)

    def test_it_refuses_one_without_content(self) -> None:
        with pytest.raises(SheetRefused, match="empty"):
            book(workbook(("A", []), ("B", [])))

    def test_it_refuses_one_that_the_reader_cannot_open(self) -> None:
        data = altered(workbook(("A", [["name"]])), "xl/workbook.xml", b"<not xml")
        with pytest.raises(SheetRefused, match="broken"):
            book(data)


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


class TestHostileWorkbooks:
    @pytest.mark.parametrize(
        "cells",
        [
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            b"<row r='1'><c r='A1'><v>1</v></c></row><row r='900000'><c x='>' r='ZZ900000'><v>1</v></c></row>",
            b'<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        ],
    )
    def test_two_cells_far_apart_are_refused_before_the_reader_sets_out_the_area(self, cells: bytes) -> None:
        data = altered(workbook(("A", [["name"]])), "xl/worksheets/sheet1.xml", SHEET % cells)
        with pytest.raises(SheetRefused, match=r"more than|more cells"):
            book(data, most_rows=20_000)

    def test_formatted_but_empty_cells_far_away_do_no_harm(self) -> None:
        cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        cells += b'<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
        data = altered(workbook(("A", [["name"]])), "xl/worksheets/sheet1.xml", SHEET % cells)
        assert texts(book(data, most_rows=100)) == [{"name": "1"}]

    def test_one_long_text_in_very_many_cells_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbooks, "MOST_CHARACTERS", 1_000_000)
        with pytest.raises(SheetRefused, match="more cells"):
            book(workbook(("A", [["x" * 20_000]] * 100)))

    def test_a_merged_area_without_end_costs_nothing(self) -> None:
        cells = (
            b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
        )
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells></worksheet>'
        content = (SHEET % cells).replace(b"</sheetData></worksheet>", merged)
        table = book(altered(workbook(("A", [["name"]])), "xl/worksheets/sheet1.xml", content), most_rows=100)
        assert len(table.rows) == 1


class TestColumnNames:
    @pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
    def test_they_are_letters(self, place: int, name: str) -> None:
        assert column_name(place) == name


class TestTextOfACell:
    def test_whole_numbers_lose_their_decimals_and_midnight_its_time(self) -> None:
        assert Cell("A", 837.0).text == "837"
        assert Cell("A", datetime(2026, 8, 1, 0, 0)).text == "2026-08-01"  # noqa: DTZ001 - as the reader gives it
        assert Cell("A", "  two\n words ").text == "two words"


class TestReadingPlain:
    """Tables of a hundred thousand rows are read as nothing but text."""

    def test_headings_and_rows_keep_their_places(self) -> None:
        found = read_plain(Upload(CSV, "a.csv", b"Title\n\nA;B\n1;2\n\n3", ""), knows=lambda text: text in {"A", "B"})
        assert (found.header, found.first_row) == (["A", "B"], 4)
        assert found.rows == [["1", "2"], [], ["3"]]

    def test_a_heading_may_be_there_twice(self) -> None:
        found = read_plain(Upload(CSV, "a.csv", b"A;A\n1;2", ""), knows=lambda text: text == "A")
        assert found.header == ["A", "A"]

    def test_cells_of_a_workbook_become_text(self) -> None:
        data = workbook(("x", [["A", "B", "C"], [date(2026, 8, 1), 12.5, 7]]))
        found = read_plain(Upload(XLSX, "a.xlsx", data, ""), knows=lambda text: text in {"A", "B", "C"})
        assert list(found.rows[0]) == ["2026-08-01", "12.5", "7"]

    def test_a_table_without_known_headings_is_refused(self) -> None:
        with pytest.raises(SheetRefused, match="No known heading"):
            read_plain(Upload(CSV, "a.csv", b"A;B\n1;2", ""), knows=lambda text: text == "X")
