"""Lists keep their state in the address; what cannot be read there falls back; a file holds every row."""

import io
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from luotsi.ui import exports, lists
from luotsi.ui.lists import Buttons, Column, Link, Rows, State


@dataclass(frozen=True)
class Name:
    text: str
    lang: str = "fi"


class Filters(forms.Form):
    q = forms.CharField(required=False)
    since = forms.DateField(required=False)


COLUMNS = (
    Column("name", "Name", cell=lambda row: Link("/x/", Name(row[0])), sort=True),
    Column("count", "Count", cell=lambda row: row[1], numeric=True, sort=True),
    Column("state", "State", cell=lambda row: State("done", "Done")),
    Column("actions", "", cell=lambda row: Buttons("x.html"), export=False),
)


def asked(address: str = "/units/", total: int = 0) -> lists.Listing:
    request: HttpRequest = RequestFactory().get(address)
    listing = lists.read(request, columns=COLUMNS, filters=Filters(request.GET), sort="name")
    shown = range(listing.ask.offset, min(total, listing.ask.offset + (listing.ask.limit or total)))
    return replace(listing, rows=Rows([(f"Row {n}", n) for n in shown], total))


class TestReading:
    def test_a_bare_address_asks_for_the_first_page_in_the_first_order(self) -> None:
        ask = asked().ask
        assert (ask.filters, ask.sort, ask.descending, ask.offset, ask.limit) == ({}, "name", False, 0, 50)

    def test_order_page_and_filters_are_read(self) -> None:
        ask = asked("/units/?sort=-count&page=3&q=koulu&since=1.8.2026").ask
        assert (ask.sort, ask.descending, ask.offset) == ("count", True, 100)
        assert ask.filters == {"q": "koulu", "since": date(2026, 8, 1)}

    def test_a_filter_that_cannot_be_read_narrows_nothing_and_says_so(self) -> None:
        listing = asked("/units/?since=tomorrow&q=koulu")
        assert listing.ask.filters == {"q": "koulu"}
        assert listing.filters.errors["since"]

    @pytest.mark.parametrize("page", ["0", "-1", "x", "1e9", "9" * 30, "²", ""])
    def test_a_page_that_is_none_is_the_first(self, page: str) -> None:
        assert asked(f"/units/?page={page}").ask.offset == 0

    @pytest.mark.parametrize("sort", ["state", "actions", "password", "-", "--name", "name;drop"])
    def test_an_order_that_is_not_offered_is_the_first(self, sort: str) -> None:
        ask = asked(f"/units/?sort={sort}").ask
        assert (ask.sort, ask.descending) == ("name", False)

    @given(st.dictionaries(st.sampled_from(["sort", "page", "format", "q", "since", "other"]), st.text(max_size=8)))
    def test_no_address_breaks_it(self, query: dict[str, str]) -> None:
        request = RequestFactory().get("/units/", query)
        listing = lists.read(request, columns=COLUMNS, filters=Filters(request.GET), sort="name")
        assert listing.ask.offset >= 0
        assert listing.ask.sort in {"name", "count"}

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_a_file_has_every_row(self, kind: str) -> None:
        ask = asked(f"/units/?format={kind}&page=3").ask
        assert (ask.offset, ask.limit) == (0, None)

    def test_an_unknown_format_is_the_page(self) -> None:
        assert asked("/units/?format=exe").format == ""


class TestAddresses:
    def test_sorting_turns_around_and_starts_from_the_first_page(self) -> None:
        listing = asked("/units/?sort=count&page=2&q=a")
        name, count, *_rest = listing.headings
        assert (name.url, name.order) == ("/units/?q=a&sort=name", "")
        assert (count.url, count.order) == ("/units/?q=a&sort=-count", "ascending")

    def test_files_keep_filters_and_order_but_not_the_page(self) -> None:
        assert asked("/units/?sort=-count&page=2&q=a").csv_url == "/units/?sort=-count&q=a&format=csv"

    def test_clearing_takes_away_the_filters_only(self) -> None:
        listing = asked("/units/?q=a&sort=count&page=2")
        assert listing.is_filtered
        assert listing.clear_url == "/units/?sort=count"

    def test_what_is_typed_is_quoted(self) -> None:
        assert asked("/units/?q=%26sort%3Dx").csv_url == "/units/?q=%26sort%3Dx&format=csv"


class TestWords:
    def test_the_filters_are_told_as_they_were_chosen(self) -> None:
        class Chosen(Filters):
            mark = forms.ChoiceField(label="State", required=False, choices=[("", "All"), ("late", "Is late")])

        request = RequestFactory().get("/units/?q=koivu&mark=late&since=")
        listing = lists.read(request, columns=COLUMNS, filters=Chosen(request.GET), sort="name")
        assert listing.filter_words == "Q: koivu, State: Is late"

    def test_without_filters_there_is_nothing_to_tell(self) -> None:
        assert asked().filter_words == ""


class TestPaging:
    def test_the_pager_leads_to_the_ends_and_the_neighbours(self) -> None:
        listing = asked("/units/?page=5", total=500)
        assert [label for label, _url, _now in listing.pager] == ["1", "…", "4", "5", "6", "…", "10"]
        assert (listing.first, listing.last) == (201, 250)
        assert (listing.previous_url, listing.next_url) == ("/units/?page=4", "/units/?page=6")

    def test_the_first_page_has_the_bare_address(self) -> None:
        assert asked("/units/?page=2", total=80).previous_url == "/units/"

    def test_an_empty_list_has_one_page_without_rows(self) -> None:
        listing = asked()
        assert (listing.pages, listing.first, listing.last, listing.next_url) == (1, 0, 0, "")

    @given(total=st.integers(min_value=0, max_value=2000), page=st.integers(min_value=1, max_value=60))
    def test_one_page_is_current_at_most(self, total: int, page: int) -> None:
        listing = asked(f"/units/?page={page}", total=total)
        assert [now for _label, _url, now in listing.pager].count(True) == (1 if page <= listing.pages else 0)


def written(kind: str, headers: list[str], *rows: list[Any]) -> HttpResponse:
    respond = exports.csv_response if kind == "csv" else exports.xlsx_response
    return respond("units", headers, rows)


def sheet(response: HttpResponse) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()


class TestCsv:
    def test_it_opens_rightly_in_finland(self) -> None:
        response = written("csv", ["Name", "Sum"], ["Mäntylä; A", Decimal("10.50")])
        assert response.content == '\ufeffName;Sum\r\n"Mäntylä; A";10,50\r\n'.encode()
        assert response["Content-Disposition"] == 'attachment; filename="units.csv"'
        assert "no-store" in response["Cache-Control"]

    def test_missing_is_empty_and_zero_is_zero(self) -> None:
        assert written("csv", ["A", "B"], [None, 0]).content.endswith(b"\r\n;0\r\n")

    @pytest.mark.parametrize("start", list("=+-@\t\r"))
    def test_words_are_never_a_formula(self, start: str) -> None:
        text = written("csv", ["A"], [f"{start}cmd|x"]).content.decode("utf-8-sig")
        assert text.splitlines()[1].lstrip('"').startswith("'")

    def test_a_negative_number_stays_a_number(self) -> None:
        assert written("csv", ["A"], [-5], [Decimal("-0.5")]).content.decode().splitlines()[1:] == ["-5", "-0,5"]


class TestXlsx:
    def test_values_keep_their_types(self) -> None:
        moment = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
        rows = sheet(written("xlsx", ["A", "B", "C", "D", "E"], ["Ä", 7, Decimal("0.5"), date(2026, 8, 1), moment]))
        assert rows == [list("ABCDE"), ["Ä", 7, 0.5, date(2026, 8, 1), datetime(2026, 11, 23, 14, 5)]]  # noqa: DTZ001

    def test_missing_is_an_empty_cell_and_zero_is_zero(self) -> None:
        assert sheet(written("xlsx", ["A", "B", "C"], [None, 0, "x"]))[1] == ["", 0, "x"]

    @pytest.mark.parametrize("words", ["=1+1", "{=A1}", "https://elsewhere.example/", "+358", "@x"])
    def test_words_stay_words(self, words: str) -> None:
        assert sheet(written("xlsx", ["A"], [words]))[1] == [words]

    def test_a_file_without_rows_has_its_headings(self) -> None:
        assert sheet(written("xlsx", ["A", "B"])) == [["A", "B"]]


class TestAnswering:
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_a_file_has_the_columns_that_are_exported(self, kind: str) -> None:
        request = RequestFactory().get(f"/units/?format={kind}")
        listing = lists.read(request, columns=COLUMNS, filters=Filters(request.GET), sort="name")
        response = lists.answer(request, "none.html", listing, Rows([("A", 1)], 1), filename="units")
        if kind == "csv":
            assert response.content.decode("utf-8-sig") == "Name;Count;State\r\nA;1;Done\r\n"
        else:
            assert sheet(response) == [["Name", "Count", "State"], ["A", 1, "Done"]]

    def test_a_stored_fragment_is_never_taken_for_the_page(self) -> None:
        request = RequestFactory().get("/units/")
        listing = lists.read(request, columns=COLUMNS, filters=Filters(request.GET), sort="name")
        response = lists.answer(request, "ui/list.html", listing, Rows([], 0), filename="units")
        assert {"HX-Request", "HX-Target"} <= {name.strip() for name in response["Vary"].split(",")}

    def test_the_heading_of_the_first_column_stands_over_its_cells_even_when_they_are_numbers(self) -> None:
        columns = (Column("place", "Place", cell=lambda row: row[1], numeric=True), *COLUMNS[:2])
        request = RequestFactory().get("/units/")
        listing = lists.read(request, columns=columns, filters=Filters(request.GET), sort="name")
        page = lists.answer(request, "ui/list.html", listing, Rows([("A", 1)], 1), filename="units").content.decode()
        assert '<th role="columnheader" scope="col">Place</th>' in page
        assert '<th role="rowheader" scope="row">1</th>' in page
        assert '<th role="columnheader" scope="col" class="n" aria-sort' in page
