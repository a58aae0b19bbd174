"""What may be told of a survey: the tests play whoever wants to know what a few people answered."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.surveys.counting import count, publish
from luotsi.questionnaires.rules.surveys.items import items_of
from luotsi.questionnaires.rules.surveys.means import mean_of, quantile
from luotsi.questionnaires.rules.surveys.protecting import told_apart
from luotsi.questionnaires.rules.surveys.secrets import common_token, personal_token, pseudonym, sheet_id
from luotsi.questionnaires.tests.making import changed
from luotsi.questionnaires.tests.surveying import SURVEY, answers

EVERYBODY = "all"


def worked_out(groups: list[frozenset[int]], sizes: list[int]) -> set[int]:
    """Return how many persons each group has that can be made by adding and subtracting groups, twice each at most."""
    places = [place for place, size in enumerate(sizes) if size]
    found = set()
    for weights in product((-2, -1, 0, 1, 2), repeat=len(groups)):
        sums = [
            sum(weight for weight, group in zip(weights, groups, strict=True) if place in group) for place in places
        ]
        if set(sums) <= {0, 1}:
            found.add(sum(sizes[place] for place, value in zip(places, sums, strict=True) if value))
    return found


class TestTellingApart:
    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_nobody_works_out_fewer_than_five_whatever_is_added_or_subtracted(self, data: st.DataObject) -> None:
        sizes = data.draw(st.lists(st.integers(0, 14), min_size=1, max_size=8))
        cells = st.frozensets(st.integers(0, len(sizes) - 1))
        groups = {EVERYBODY: frozenset(range(len(sizes)))}
        groups |= {str(place): one for place, one in enumerate(data.draw(st.lists(cells, max_size=8)))}
        told = told_apart(groups.items(), sizes, least=5)
        chosen = [groups[key] for key in told.groups[:5]]
        assert not {1, 2, 3, 4} & worked_out(chosen, sizes)

    def test_the_rest_of_a_total_is_protected_too(self) -> None:
        groups = [
            (EVERYBODY, frozenset({0, 1, 2})),
            ("a", frozenset({0})),
            ("b", frozenset({1})),
            ("c", frozenset({2})),
        ]
        assert told_apart(groups, [20, 37, 3], least=5).groups == (EVERYBODY, "a")
        assert told_apart(groups, [20, 37, 5], least=5).groups == (EVERYBODY, "a", "b", "c")

    def test_a_language_is_not_told_where_a_school_of_one_language_gives_the_others_away(self) -> None:
        # Cells: the Swedish school, two who answered in Swedish elsewhere, the others there.
        groups = [(EVERYBODY, frozenset({0, 1, 2})), ("school", frozenset({0})), ("sv", frozenset({0, 1}))]
        assert told_apart(groups, [12, 2, 30], least=5).groups == (EVERYBODY, "school")

    def test_nothing_is_told_of_four(self) -> None:
        assert told_apart([(EVERYBODY, frozenset({0}))], [4], least=5).groups == ()


class TestFigures:
    def test_each_item_is_protected_by_those_who_answered_it(self) -> None:
        items = items_of(read(SURVEY).definition)  # type: ignore[arg-type]
        sheets = [("one", answers(why="sanoja" if place < 9 else "")) for place in range(12)]
        sheets += [("two", {"wish": "y"}) for _place in range(6)]
        told = publish(count(items, sheets), [EVERYBODY, "one", "two"], lambda cell, key: key in (EVERYBODY, cell))
        assert told.persons == {EVERYBODY: 18, "one": 12, "two": 6}
        assert told.groups["two"]["wish"] == {"n": 6, "counts": [0, 6]}
        assert "m.a" not in told.groups["two"]
        assert told.groups["one"]["m.a"] == {"n": 12, "counts": [0, 0, 12, 0], "mean": "3.0000", "half": "0.0000"}
        assert "why" not in told.groups[EVERYBODY], "nine answers in words are too few"

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("fs"), st.integers(1, 4)), max_size=60))
    def test_what_can_be_worked_out_of_the_counts_is_of_five_or_more(self, given: list[tuple[str, str, int]]) -> None:
        items = items_of(read(SURVEY).definition)  # type: ignore[arg-type]
        groups = [EVERYBODY, *"abcdfs"]
        counted = count(items, [((unit, language), answers(level)) for unit, language, level in given])
        told = publish(counted, groups, lambda cell, key: key == EVERYBODY or key in cell)
        members = {
            key: frozenset(place for place, cell in enumerate(counted.cells) if key == EVERYBODY or key in cell)
            for key in groups
        }
        for item in ("m.a", "wish"):
            chosen = [members[key] for key in groups if item in told.groups.get(key, {})]
            assert not {1, 2, 3, 4} & worked_out(chosen[:5], counted.persons), item
        assert bool(told.groups) == (len(given) >= 5)

    def test_a_mean_has_the_interval_of_student(self) -> None:
        assert quantile(4) == pytest.approx(2.776, abs=0.002)
        assert quantile(10) == pytest.approx(2.228, abs=0.001)
        assert quantile(1_000) == pytest.approx(1.962, abs=0.001)
        found = mean_of(5, Decimal(15), Decimal(55))
        assert found is not None
        assert found.mean == 3
        assert found.half == pytest.approx(Decimal("1.963"), abs=Decimal("0.002"))
        assert mean_of(0, Decimal(0), Decimal(0)) is None


class TestItems:
    def test_the_rows_of_a_matrix_are_items(self) -> None:
        items = items_of(read(SURVEY).definition)  # type: ignore[arg-type]
        assert [(item.name, item.kind, item.has_mean, item.role) for item in items] == [
            ("m.a", "choice", True, "skill"),
            ("m.b", "choice", True, ""),
            ("wish", "choice", False, ""),
            ("why", "text", False, ""),
        ]

    def test_what_asks_who_somebody_is_is_background(self) -> None:
        items = items_of(read(SURVEY).definition)  # type: ignore[arg-type]
        assert [item.name for item in items if item.background] == ["wish"], (
            "a choice without a role; no scale, no words"
        )
        wish = "/pages/1/elements/0/x-luotsi"
        for role, background in (("background", True), ("wish", False)):
            marked = items_of(read(changed(SURVEY, wish, {"role": role})).definition)  # type: ignore[arg-type]
            assert marked[2].background is background

    def test_another_wording_or_version_is_another_item(self) -> None:
        place = "/pages/0/elements/0/rows/0"
        one, worded, version = (
            items_of(read(data).definition)[:2]  # type: ignore[arg-type]
            for data in (
                SURVEY,
                changed(SURVEY, f"{place}/text/fi", "Toinen väite"),
                changed(SURVEY, f"{place}/x-luotsi", {"role": "skill", "item_version": 2}),
            )
        )
        assert one[0].signature != worded[0].signature
        assert one[0].signature != version[0].signature
        assert one[1].signature == worded[1].signature == version[1].signature


class TestSecrets:
    def test_they_differ_by_purpose_and_secret(self) -> None:
        made = {
            personal_token("s", "x"),
            common_token("s", "x", ""),
            personal_token("t", "x"),
            pseudonym("s", "x", ""),
        }
        assert len(made) == 4

    def test_the_key_of_an_answer_fits_the_column(self) -> None:
        assert 0 < sheet_id("anything") < 2**63
