"""The difference of two plans: everything that differs is told, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.queries.plan_files import packaged_keys
from luotsi.programme.rules.differences import Change, Deed, difference
from luotsi.programme.rules.plan import Coded, walk
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.programmes import packaged
from luotsi.programme.tests.sound import SOUND, damaged, plan_of

PLAN = plan_of(SOUND)
CODES = [item.code for item in walk(PLAN) if isinstance(item, Coded)]


def told(text: str) -> list[tuple[str, str, str]]:
    """Return deed, path and key of what differs between the sound plan and a text."""
    return [(change.deed, change.path, change.key) for change in difference(PLAN, plan_of(text))]


def kinds(changes: list[Change]) -> set[Deed]:
    """Return which deeds there are."""
    return {change.deed for change in changes}


class TestDifferences:
    @pytest.mark.parametrize("key", packaged_keys())
    def test_a_plan_does_not_differ_from_itself(self, key: str) -> None:
        assert difference(packaged(key), packaged(key)) == []

    @pytest.mark.parametrize(
        ("old", "new", "wanted"),
        [
            ("value: 90, period", "value: 80, period", ("changed", "I1 1", "value")),
            ("due: 2025-05-31", "due: 2025-06-30", ("changed", "M1 2024-25", "due")),
            ("direction: rising", "direction: steady", ("changed", "I1", "direction")),
            ("accountable: [OJ, K1]", "accountable: [OJ]", ("changed", "V1", "accountable")),
            ('amount: "600.00"', "amount: null", ("changed", "B3", "amount")),
            ("language: fi\n", "", ()),
        ],
    )
    def test_a_key_is_told_with_its_item(self, old: str, new: str, wanted: tuple[str, ...]) -> None:
        assert told(damaged(old, new) if wanted else SOUND) == ([wanted] if wanted else [])

    def test_old_and_new_are_told(self) -> None:
        [change] = difference(PLAN, plan_of(damaged("value: 90, period", "value: 80, period")))
        assert (change.old, change.new) == (90, 80)

    def test_keys_of_the_whole_are_told(self) -> None:
        assert told(f"{SOUND}aim: Uusi\n") == [("changed", "", "aim")]

    def test_a_new_line_and_one_that_is_gone_are_told(self) -> None:
        text = SOUND.replace("code: F3,", "code: F9,").replace("[F2, F3]", "[F2, F9]").replace("F2 + F3", "F2 + F9")
        assert told(text) == [
            ("changed", "F1", "parts"),
            ("added", "F9", ""),
            ("changed", "J1", "formula"),
            ("removed", "F3", ""),
        ]

    def test_a_measure_that_moves_is_told_once(self) -> None:
        [area] = PLAN.sections
        other = replace(area, code="PP2", measures=(), responsibilities=())
        before = replace(PLAN, sections=(area, other))
        after = replace(PLAN, sections=(replace(area, measures=()), replace(other, measures=area.measures)))
        assert [(change.deed, change.path, change.old, change.new) for change in difference(before, after)] == [
            (Deed.MOVED, "M1", "PP1", "PP2")
        ]

    @given(st.sampled_from(range(len(PLAN.observations))), st.text("abc", min_size=1, max_size=5))
    def test_going_back_is_the_opposite_way(self, place: int, text: str) -> None:
        changed = list(PLAN.observations)
        changed[place] = replace(changed[place], note=Text(fi=text))
        other = replace(PLAN, observations=tuple(changed))
        there, back = difference(PLAN, other), difference(other, PLAN)
        assert [(change.old, change.new) for change in there] == [(change.new, change.old) for change in back]

    @given(st.lists(st.sampled_from(range(4)), unique=True))
    def test_what_is_added_one_way_is_removed_the_other(self, kept: list[int]) -> None:
        other = replace(PLAN, observations=tuple(PLAN.observations[place] for place in sorted(kept)))
        assert kinds(difference(PLAN, other)) <= {Deed.REMOVED}
        assert kinds(difference(other, PLAN)) <= {Deed.ADDED}
        assert len(difference(PLAN, other)) == 4 - len(kept)
