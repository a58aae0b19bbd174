"""States follow from what was told, the time and the day; each says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.models import MilestoneState
from luotsi.programme.rules.consent import Consent, shown
from luotsi.programme.rules.states import (
    Judged,
    State,
    Told,
    Word,
    reasons_to_refuse,
    state_of_measure,
    state_of_milestone,
    together,
)
from luotsi.programme.rules.values import span

YEAR = span("2026-27")
START, LAST = YEAR.start, date(2027, 7, 31)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
TOLD = st.none() | st.builds(
    Told,
    word=st.sampled_from([word for word in Word if word != Word.BY_RULES]),
    reason=st.just("syy"),
    done_on=DAYS,
    has_evidence=st.booleans(),
)
JUDGED = st.builds(Judged, state=st.sampled_from(State), code=st.just("x"))


def judged(word: Word | None, today: date, **details: object) -> Judged:
    """Return the state of a milestone of the school year 2026–27."""
    told = None if word is None else Told(word=word, **details)  # type: ignore[arg-type]
    return state_of_milestone(told, YEAR, None, today)


class TestMilestones:
    @pytest.mark.parametrize(
        ("word", "today", "state", "code"),
        [
            (None, date(2026, 7, 31), State.COMING, "coming"),
            (None, START, State.NONE, "untold"),
            (None, date(2027, 5, 15), State.RISK, "little_time"),
            (None, LAST, State.RISK, "little_time"),
            (None, date(2027, 8, 1), State.LATE, "late_untold"),
            (Word.NOT_STARTED, date(2026, 11, 25), State.NONE, "told_not_started"),
            (Word.ONGOING, date(2026, 7, 1), State.RUN, "told_ongoing"),
            (Word.ONGOING, LAST, State.RUN, "told_ongoing"),
            (Word.ONGOING, date(2027, 8, 1), State.LATE, "late_unfinished"),
            (Word.AT_RISK, date(2026, 11, 25), State.RISK, "told_at_risk"),
            (Word.AT_RISK, date(2027, 8, 1), State.LATE, "late_unfinished"),
            (Word.CANCELLED, date(2028, 1, 1), State.CANCELLED, "told_cancelled"),
        ],
    )
    def test_each_case_has_its_state_and_its_why(
        self, word: Word | None, today: date, state: State, code: str
    ) -> None:
        found = judged(word, today)
        assert (found.state, found.code) == (state, code)

    def test_what_was_reached_after_its_day_is_done_and_says_how_late(self) -> None:
        found = judged(Word.DONE, date(2028, 1, 1), done_on=date(2027, 8, 10), has_evidence=True)
        assert (found.state, found.code, found.params["days"], found.gap) == (State.DONE, "done_late", 10, False)

    def test_done_without_evidence_is_a_gap(self) -> None:
        assert judged(Word.DONE, LAST, done_on=LAST).gap

    def test_its_own_day_comes_before_the_end_of_the_period(self) -> None:
        assert state_of_milestone(None, YEAR, date(2026, 12, 31), date(2027, 1, 1)).state == State.LATE

    def test_a_period_that_goes_on_is_never_late(self) -> None:
        assert state_of_milestone(None, span("2026-27/"), None, date(2040, 1, 1)).state == State.NONE

    @given(TOLD, DAYS)
    def test_only_what_is_unfinished_after_its_day_is_late(self, told: Told | None, today: date) -> None:
        found = state_of_milestone(told, YEAR, None, today)
        finished = told is not None and told.word in (Word.DONE, Word.CANCELLED)
        assert (found.state == State.LATE) == (today > LAST and not finished)

    @given(TOLD, DAYS, st.integers(0, 400))
    def test_time_alone_never_makes_it_better(self, told: Told | None, today: date, days: int) -> None:
        order = [State.LATE, State.RISK, State.NONE, State.RUN, State.COMING, State.DONE, State.CANCELLED]
        now = state_of_milestone(told, YEAR, None, today)
        later = state_of_milestone(told, YEAR, None, today + timedelta(days=days))
        assert order.index(later.state) <= order.index(now.state)


class TestMeasures:
    @pytest.mark.parametrize(
        ("states", "wanted", "code"),
        [
            ("", State.NONE, "no_milestones"),
            ("done done done", State.DONE, "all_done"),
            ("done cancelled", State.DONE, "all_done"),
            ("cancelled cancelled", State.CANCELLED, "all_cancelled"),
            ("done late run", State.LATE, "some_late"),
            ("done risk coming", State.RISK, "some_at_risk"),
            ("done none coming", State.RUN, "under_way"),
            ("run none", State.RUN, "under_way"),
            ("coming coming", State.COMING, "all_coming"),
            ("none coming", State.NONE, "none_begun"),
        ],
    )
    def test_its_state_follows_from_its_milestones(self, states: str, wanted: State, code: str) -> None:
        milestones = [(f"20{20 + place}", Judged(State(word), "x")) for place, word in enumerate(states.split())]
        found = state_of_measure(milestones)
        assert (found.state, found.code) == (wanted, code)

    def test_it_names_the_periods_that_are_late(self) -> None:
        late = Judged(State.LATE, "late_untold")
        assert state_of_measure([("2024-25", late), ("2025-26", late)]).params["periods"] == "2024-25, 2025-26"

    @given(st.lists(st.tuples(st.just("2026"), JUDGED), max_size=5))
    def test_what_is_said_of_the_whole_comes_first_and_can_be_taken_back(
        self, found: list[tuple[str, Judged]]
    ) -> None:
        said = Told(word=Word.AT_RISK, reason="Kilpailutus valitettiin")
        assert state_of_measure(found, said).state == State.RISK
        assert state_of_measure(found, Told(word=Word.BY_RULES, reason="x")) == state_of_measure(found)

    @given(st.lists(JUDGED, max_size=8))
    def test_units_together_are_judged_as_milestones_are(self, found: list[Judged]) -> None:
        whole = together(found)
        assert whole.total == len(found)
        assert whole.state == state_of_measure([("2026", item) for item in found]).state


class TestTelling:
    @pytest.mark.parametrize(
        ("word", "given", "whole", "wanted"),
        [
            (Word.DONE, {}, False, ["needs_its_day"]),
            (Word.DONE, {"done_on": LAST + timedelta(days=1)}, False, ["day_is_coming"]),
            (Word.DONE, {"done_on": LAST}, False, []),
            (Word.AT_RISK, {}, False, ["needs_a_reason"]),
            (Word.CANCELLED, {}, False, ["needs_a_reason"]),
            (Word.ONGOING, {}, False, []),
            (Word.ONGOING, {}, True, ["needs_a_reason"]),
            (Word.BY_RULES, {"reason": "x"}, False, ["only_of_measures"]),
        ],
    )
    def test_what_is_missing_is_named(
        self, word: Word, given: dict[str, date], whole: bool, wanted: list[str]
    ) -> None:
        details = {"reason": "", "done_on": None, **given}
        assert reasons_to_refuse(word, today=LAST, whole=whole, **details) == wanted  # type: ignore[arg-type]

    def test_the_words_are_those_of_the_records(self) -> None:
        field = MilestoneState._meta.get_field("state")
        assert {value for value, _name in field.choices or ()} == set(Word)


CONSENTS = st.dictionaries(st.integers(0, 9), st.sampled_from(Consent), max_size=8)


class TestConsent:
    @given(CONSENTS, st.frozensets(st.integers(0, 9)))
    def test_nobody_is_told_apart_without_consent(self, consents: dict[int, Consent], own: frozenset[int]) -> None:
        found = shown(consents, own)
        assert all(key in own or consents[key] == Consent.FIGURES for key in found.apart)
        assert all(key in own or consents[key] != Consent.NONE for key in found.summed)

    @given(CONSENTS, st.frozensets(st.integers(0, 9)))
    def test_no_sum_less_what_is_told_leaves_a_single_member(
        self, consents: dict[int, Consent], own: frozenset[int]
    ) -> None:
        assert shown(consents, own).hidden != 1

    @given(CONSENTS)
    def test_who_sees_all_has_all_in_the_sums(self, consents: dict[int, Consent]) -> None:
        assert shown(consents, frozenset(consents)).summed == tuple(consents)
