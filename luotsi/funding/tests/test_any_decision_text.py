"""Any text can be read: every value stands where it says, and hostile texts take little time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.decision_text import MOST, Found, Item, Reading, read
from luotsi.funding.tests import decision_texts as texts


def everything_in(item: Item) -> Iterator[Found[object]]:
    for one in fields(item):
        value = getattr(item, one.name)
        for found in value if isinstance(value, tuple) else [value]:
            if isinstance(found, Found):
                yield found
                yield from found.alternatives


EVERY = [value for name, value in vars(texts).items() if name.isupper()]
PIECES = st.sampled_from(
    ["Päätös\n", "Esittelijä", "\n", " ", "§ 4\n", "30 150 €", "1.8.2022", "–", "31.2.2024", "myönnetään", "10 %",
     "Päätösehdotus\n", "omarahoitus", ":", "\u00a0", "1. erä ", "käyttöaika", "İ", "hylätään", ".", "A", "7/404/2020"]
)  # fmt: skip


class TestAnyText:
    @staticmethod
    def holds(reading: Reading) -> None:
        assert all(one.end == other.start for one, other in zip(reading.items, reading.items[1:], strict=False))
        for item in reading.items:
            for found in everything_in(item):
                assert item.start <= found.start < found.end <= item.end
                assert reading.text[found.start : found.end] == found.quoted

    @given(st.lists(PIECES, max_size=60))
    def test_every_value_stands_where_it_says(self, pieces: list[str]) -> None:
        self.holds(read("".join(pieces)))

    @given(
        st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        st.sampled_from(["Päätös", "PÄÄTÖS", "Viranhaltijapäätös", "Avustuspäätös:", "Beslut den", "# Päätös"]),
        st.sampled_from(["", " § 4", " hakemuksesta 7/404/2020", ", Esimerkkivirasto"]),
        st.text(alphabet="abc .,\n", max_size=60),
    )
    def test_a_day_in_the_title_is_the_day_of_the_decision(self, day: date, title: str, after: str, head: str) -> None:
        written = f"{day.day}.{day.month}.{day.year}"
        reading = read(f"{head}\n{title} {written}{after}\nOn päättänyt myöntää 5 000 euroa.")
        told = [item.decided_on for item in reading.items if item.decided_on]
        assert [(one.value, one.quoted) for one in told] == [(day, written)]

    @pytest.mark.parametrize(
        "line", ["Päätös 1.8.2022-31.7.2024", "Päätös 31.7.2024 mennessä", "Päätös koskee aikaa 1.8.2022 alkaen"]
    )
    def test_another_day_after_the_word_is_not(self, line: str) -> None:
        assert all(item.decided_on is None for item in read(f"{line}\nKerrotaan muuta.").items)

    @given(st.text(max_size=400))
    def test_any_signs_can_be_read(self, text: str) -> None:
        self.holds(read(text))

    @pytest.mark.parametrize("text", EVERY)
    def test_the_texts_too_with_any_line_ends(self, text: str) -> None:
        self.holds(read(text))
        with_returns = read(text.replace("\n", "\r\n"))
        assert with_returns == read(text)

    def test_a_day_that_is_none_is_told(self) -> None:
        assert [one.about for one in read("Käyttöaika päättyy 31.2.2024.").reasons] == ["31.2.2024"]

    def test_what_is_too_long_is_not_read(self) -> None:
        assert [one.code for one in read("a" * (MOST + 1)).reasons] == ["too_long"]
        assert [one.code for one in read(" \n ").reasons] == ["empty"]

    @pytest.mark.parametrize(
        "piece",
        ["1 ", "1 111 ", "1.1.", " ", "\n", "-", "Päätös\n", "Esittelijä x\nPäätös\n", "§ 1\nPäätös\n", "myönnetään ",
         "1. erä 1 € ", "1.8.2022 - ", "A. ", "omarahoitus 1 € ", "- a\n", "\"hanke \"", "Ehdot\n- a\n b\n"],
    )  # fmt: skip
    def test_hostile_texts_take_little_time(self, piece: str) -> None:
        began = time.process_time()
        read(piece * (MOST // 2 // len(piece)))
        assert time.process_time() - began < 10
