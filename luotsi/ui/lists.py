"""Lists with filter, sort, paging and export: the state lives in the address, the page and the file are one list.

A view reads what is asked, a query of the room answers with `Rows`, and `answer` draws the page, the htmx
fragment, the CSV or the XLSX from the same columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from luotsi.ui.exports import csv_response, xlsx_response

if TYPE_CHECKING:
    from django import forms
    from django.forms import BoundField
    from django.http import HttpRequest
    from django.utils.functional import Promise

PAGE_SIZE = 50


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere; `text` may be a Names value, a number or words."""

    url: str
    text: Any


@dataclass(frozen=True)
class State:
    """A cell with a mark and a word; `mark` is done, run, risk, late, none, ok, bad or use."""

    mark: str
    word: str


@dataclass(frozen=True)
class Buttons:
    """A cell with actions of one row, drawn by a template of the room that gets `row` and `scope`; empty = none."""

    template: str


@dataclass(frozen=True)
class Column:
    """One column: its key in the address, its heading, and what stands in the cell of a row.

    `cell` returns words, a number, a date, a moment, Names, Link, State, Buttons or None (shown as "–").
    `text` gives what is exported instead, where it differs. Columns of buttons are left out of exports.
    """

    key: str
    label: str | Promise
    cell: Callable[[Any], Any]
    text: Callable[[Any], Any] | None = None
    numeric: bool = False
    sort: bool = False
    export: bool = True

    def value(self, row: Any) -> Any:
        """Return the plain value of the cell for a file: words, a number, a date, a moment or None."""
        found = self.text(row) if self.text else self.cell(row)
        if isinstance(found, Link):
            found = found.text
        if isinstance(found, State):
            found = found.word
        return getattr(found, "text", found)


@dataclass(frozen=True)
class Ask:
    """What the reader asks for: cleaned filters, the order, and which rows (`limit` None = all)."""

    filters: dict[str, Any]
    sort: str
    descending: bool
    offset: int
    limit: int | None


@dataclass(frozen=True)
class Rows:
    """The rows that were asked for, and how many there are in all."""

    items: Sequence[Any]
    total: int


@dataclass(frozen=True)
class Heading:
    """The heading of a column with the link that sorts by it."""

    column: Column
    url: str
    order: str


@dataclass(frozen=True)
class Listing:
    """A list as it was asked for, and once answered, its rows."""

    columns: tuple[Column, ...]
    filters: forms.Form
    ask: Ask
    format: str
    query: dict[str, list[str]]
    path: str
    rows: Rows = field(default_factory=lambda: Rows((), 0))

    def url(self, **changes: str | int | None) -> str:
        """Return the address of this list with some of its state changed; None takes a part away."""
        from urllib.parse import urlencode

        state = {name: values for name, values in self.query.items() if name not in {"format", *changes}}
        state |= {name: [str(value)] for name, value in changes.items() if value is not None}
        query = urlencode([(name, value) for name, values in state.items() for value in values if value], doseq=False)
        return f"{self.path}?{query}" if query else self.path

    @property
    def headings(self) -> list[Heading]:
        """The headings; the one sorted by says in which direction (`ascending`, `descending` or empty)."""
        found = []
        for column in self.columns:
            mine = column.key == self.ask.sort
            order = ("descending" if self.ask.descending else "ascending") if mine else ""
            following = f"-{column.key}" if order == "ascending" else column.key
            found.append(Heading(column, self.url(sort=following, page=None) if column.sort else "", order))
        return found

    @property
    def lines(self) -> list[tuple[Any, list[tuple[Column, Any]]]]:
        """Each row with its cells."""
        return [(row, [(column, column.cell(row)) for column in self.columns]) for row in self.rows.items]

    @property
    def page(self) -> int:
        """The page shown, from 1."""
        return self.ask.offset // PAGE_SIZE + 1

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.rows.total // PAGE_SIZE))

    @property
    def first(self) -> int:
        """The number of the first row shown, 0 when there are none."""
        return self.ask.offset + 1 if self.rows.items else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.ask.offset + len(self.rows.items)

    @property
    def pager(self) -> list[tuple[str, str, bool]]:
        """Links of the pager: (label, address, is current); an empty address is a gap."""
        near = {1, self.pages, *range(self.page - 1, self.page + 2)}
        links, before = [], 0
        for number in sorted(number for number in near if 1 <= number <= self.pages):
            if number > before + 1:
                links.append(("…", "", False))
            links.append((str(number), self.url(page=number if number > 1 else None), number == self.page))
            before = number
        return links

    @property
    def previous_url(self) -> str:
        """The address of the page before, empty on the first."""
        return self.url(page=self.page - 1 if self.page > 2 else None) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The address of the page after, empty on the last."""
        return self.url(page=self.page + 1) if self.page < self.pages else ""

    @property
    def is_filtered(self) -> bool:
        """True when some filter narrows the list."""
        return any(value not in (None, "", []) for value in self.ask.filters.values())

    @property
    def filter_words(self) -> str:
        """The filters that narrow the list, as their labels and the words chosen: "Name: koivu, State: ended"."""
        return ", ".join(
            f"{bound.label}: {_chosen(bound)}"
            for bound in self.filters
            if self.ask.filters.get(bound.name) not in (None, "", [])
        )

    @property
    def clear_url(self) -> str:
        """The address of the list without filters."""
        return self.url(page=None, **dict.fromkeys(self.filters.fields))

    @property
    def csv_url(self) -> str:
        """The address of all rows as CSV."""
        return self.url(format="csv", page=None)

    @property
    def xlsx_url(self) -> str:
        """The address of all rows as XLSX."""
        return self.url(format="xlsx", page=None)

    @property
    def sort_words(self) -> str:
        """The heading of the column that the list is sorted by."""
        return next((str(column.label) for column in self.columns if column.key == self.ask.sort), "")


def read(
    request: HttpRequest, *, columns: tuple[Column, ...], filters: forms.Form, sort: str, descending: bool = False
) -> Listing:
    """Read the state of a list from the address; whatever cannot be read falls back to the list as it is at first.

    Args:
        request: its GET holds `sort` ("name" or "-name"), `page`, `format` and the filters.
        columns: the columns of the list.
        filters: the filter form, bound to request.GET.
        sort: the column sorted by when nothing is asked.
        descending: the direction of that order.
    """
    asked = request.GET.get("sort", "")
    if asked.removeprefix("-") in {column.key for column in columns if column.sort}:
        sort, descending = asked.removeprefix("-"), asked.startswith("-")
    kind = request.GET.get("format", "")
    page = request.GET.get("page", "1")
    offset = (max(1, int(page)) - 1) * PAGE_SIZE if page.isdecimal() and len(page) < 8 else 0
    filters.is_valid()
    wanted = {name: value for name, value in getattr(filters, "cleaned_data", {}).items() if value not in ("", None)}
    whole = kind in {"csv", "xlsx"}
    return Listing(
        columns=tuple(replace(column, label=str(column.label)) for column in columns),  # translated once a page
        filters=filters,
        ask=Ask(wanted, sort, descending, 0 if whole else offset, None if whole else PAGE_SIZE),
        format=kind if whole else "",
        query={name: request.GET.getlist(name) for name in request.GET},
        path=request.path,
    )


def answer(
    request: HttpRequest,
    template: str,
    listing: Listing,
    rows: Rows,
    *,
    filename: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Return the page, its htmx fragment, or the file, whichever was asked for."""
    full = replace(listing, rows=rows)
    exported = [column for column in full.columns if column.export]
    if full.format:
        headers = [str(column.label) for column in exported]
        lines = ([column.value(row) for column in exported] for row in rows.items)
        respond = csv_response if full.format == "csv" else xlsx_response
        return respond(filename, headers, lines)
    fragment = getattr(request, "htmx", False) and request.headers.get("HX-Target") == "list"
    response = render(request, "ui/list.html" if fragment else template, {**(context or {}), "listing": full})
    patch_vary_headers(response, ["HX-Request", "HX-Target"])  # or the back button would show a bare fragment
    return response


def _chosen(bound: BoundField) -> str:
    """Return what a filter is set to, in the words of the page."""
    value = bound.value()
    choices = dict(getattr(bound.field, "choices", ()))
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(choices.get(one, choices.get(str(one), one))) for one in values)
