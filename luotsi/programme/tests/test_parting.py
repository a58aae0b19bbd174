"""Own grades beside the evidence: what the evidence says on the same scale, and for which reasons the two part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.rules.parting import (
    COUNTED,
    HIGHEST,
    LOWEST,
    Evidence,
    Judgement,
    by_gap,
    judged,
    mean,
)
from luotsi.programme.rules.states import State

GRADES = st.integers(LOWEST, HIGHEST)
EVIDENCE = st.builds(
    Evidence,
    milestones=st.dictionaries(st.sampled_from(list(State)), st.integers(0, 9)),
    met=st.integers(0, 5),
    behind=st.integers(0, 5),
)


def codes(judgement: Judgement) -> list[tuple[str, int]]:
    return [(one.code, one.count) for one in judgement.reasons]


class TestTheLevelOfTheEvidence:
    def test_all_reached_is_five_and_all_late_is_one(self) -> None:
        assert Evidence({State.DONE: 3}).level == Decimal("5.0")
        assert Evidence({State.LATE: 3}).level == Decimal("1.0")

    def test_what_is_under_way_counts_a_half(self) -> None:
        assert Evidence({State.RUN: 2}).level == Decimal("3.0")
        assert Evidence({State.DONE: 1, State.RUN: 1, State.LATE: 1}).level == Decimal("3.0")

    def test_figures_count_like_milestones(self) -> None:
        assert Evidence({State.DONE: 1}, met=0, behind=1).level == Decimal("3.0")
        assert Evidence(met=2, behind=1).level == Decimal("3.7")

    def test_what_is_coming_or_cancelled_says_nothing(self) -> None:
        assert Evidence({State.COMING: 4, State.CANCELLED: 1}).level is None

    @given(EVIDENCE)
    def test_it_stays_on_the_scale(self, evidence: Evidence) -> None:
        level = evidence.level
        assert (level is None) == (evidence.speaks == 0)
        assert level is None or LOWEST <= level <= HIGHEST

    @given(EVIDENCE)
    def test_one_more_reached_milestone_never_lowers_it(self, evidence: Evidence) -> None:
        more = dict(evidence.milestones) | {State.DONE: evidence.milestones.get(State.DONE, 0) + 1}
        raised = Evidence(more, evidence.met, evidence.behind).level
        assert raised is not None
        assert evidence.level is None or raised >= evidence.level


class TestParting:
    @pytest.mark.parametrize("grade", [4, 5])
    def test_a_good_grade_parts_from_late_milestones(self, grade: int) -> None:
        found = judged(grade, Evidence({State.DONE: 1, State.LATE: 2}))
        assert (found.parts, codes(found)) == ("over", [("late", 2)])

    def test_every_reason_is_told(self) -> None:
        found = judged(5, Evidence({State.LATE: 1, State.RISK: 1, State.NONE: 2}, behind=1))
        assert codes(found) == [("late", 1), ("risk", 1), ("not_begun", 2), ("behind", 1)]

    def test_a_poor_grade_parts_from_what_was_reached(self) -> None:
        found = judged(2, Evidence({State.DONE: 2}, met=1))
        assert (found.parts, codes(found)) == ("under", [("reached", 2), ("met", 1)])
        assert found.gap == Decimal("-3.0")

    def test_a_middling_grade_parts_when_it_is_far_off(self) -> None:
        assert codes(judged(3, Evidence({State.LATE: 2}))) == [("higher", 2)]
        assert codes(judged(3, Evidence({State.DONE: 2}))) == [("lower", 2)]

    def test_a_grade_near_the_evidence_is_in_line(self) -> None:
        assert judged(3, Evidence({State.RUN: 2})).parts == "with"
        assert judged(5, Evidence({State.DONE: 2})).parts == "with"

    def test_without_evidence_nothing_is_said_against_a_grade(self) -> None:
        found = judged(5, Evidence({State.COMING: 3}))
        assert (found.parts, found.gap, found.reasons) == ("silent", None, ())

    @given(GRADES, EVIDENCE)
    def test_it_says_why_exactly_when_they_part(self, grade: int, evidence: Evidence) -> None:
        found = judged(grade, evidence)
        assert (found.parts in {"over", "under"}) == bool(found.reasons)
        if found.gap is not None and abs(found.gap) >= Decimal("1.5"):
            assert found.reasons
        if found.reasons:
            assert found.gap

    def test_every_state_that_counts_is_between_nothing_and_one(self) -> None:
        assert all(0 <= share <= 1 for share in COUNTED.values())


class TestTheOrder:
    @given(st.lists(st.builds(judged, GRADES, EVIDENCE), max_size=20))
    def test_those_that_part_come_first_and_the_widest_gap_at_the_head(self, found: list[Judgement]) -> None:
        places = by_gap(found)
        assert sorted(places) == list(range(len(found)))
        ordered = [found[place] for place in places]
        parted = [bool(one.reasons) for one in ordered]
        assert parted == sorted(parted, reverse=True)
        gaps = [abs(one.gap) for one in ordered if one.reasons and one.gap is not None]
        assert gaps == sorted(gaps, reverse=True)


class TestTheMean:
    def test_it_is_told_to_one_decimal_and_of_none_there_is_none(self) -> None:
        assert mean([4, 5, 5]) == Decimal("4.7")
        assert mean([]) is None
