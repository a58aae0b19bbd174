"""Scoring: means, sight, ranking, the proposal within a budget, and who may decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.scoring import (
    Asking,
    Criterion,
    Deciding,
    Mark,
    Ranked,
    Scored,
    Scoring,
    Way,
    deciding_refusals,
    mark_refusals,
    points_refusals,
    proposal,
    ranked,
    scored,
    sight_refusals,
)
from luotsi.funding.rules.shares import Rounding

CRITERIA = (Criterion(key="need", weight=Decimal(3)), Criterion(key="spread", weight=Decimal(1)))
SCORERS = ("s1", "s2", "s3")
EMPTY = Scoring(criteria=CRITERIA, low=Decimal(0), high=Decimal(5), scorers=SCORERS)


def given_by(scoring: Scoring, scorer: str, application: str, *scores: int | None) -> Scoring:
    marks = tuple(
        Mark(scorer=scorer, application=application, criterion=one.key, score=None if n is None else Decimal(n))
        for one, n in zip(scoring.criteria, scores, strict=True)
    )
    return replace(scoring, marks=scoring.marks + marks)


class TestMeans:
    def test_criteria_are_weighted(self) -> None:
        found = scored(given_by(EMPTY, "s1", "a", 4, 0), "a")
        assert found.mean == 3

    def test_only_complete_scorers_count(self) -> None:
        scoring = given_by(given_by(EMPTY, "s1", "a", 4, 4), "s2", "a", 0, None)
        found = scored(scoring, "a")
        assert found.mean == 4
        assert [(one.code, one.about) for one in found.left_out] == [("incomplete", "s2"), ("incomplete", "s3")]

    def test_an_interest_shuts_out_what_was_given(self) -> None:
        scoring = given_by(given_by(EMPTY, "s1", "a", 5, 5), "s2", "a", 1, 1)
        found = scored(replace(scoring, conflicts=frozenset({("s1", "a")})), "a")
        assert found.mean == 1
        assert ("conflict", "s1") in [(one.code, one.about) for one in found.left_out]

    def test_the_spread_shows_where_they_differ(self) -> None:
        found = scored(given_by(given_by(EMPTY, "s1", "a", 5, 2), "s2", "a", 1, 2), "a")
        assert [(one.criterion, one.width) for one in found.spreads] == [
            ("", Decimal(3)),
            ("need", Decimal(4)),
            ("spread", Decimal(0)),
        ]

    def test_a_later_mark_takes_the_place_of_an_earlier(self) -> None:
        scoring = given_by(given_by(EMPTY, "s1", "a", 5, 5), "s1", "a", 1, 1)
        assert scored(scoring, "a").mean == 1
        assert scored(given_by(scoring, "s1", "a", None, 1), "a").mean is None

    def test_nobody_means_none_and_not_zero(self) -> None:
        assert scored(EMPTY, "a").mean is None

    @given(
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=3),
        st.decimals(Decimal("0.1"), 9, places=1),
    )
    def test_the_mean_is_within_the_scores_whatever_the_weights(
        self, rows: list[tuple[int, int]], factor: Decimal
    ) -> None:
        scoring = EMPTY
        for scorer, scores in zip(SCORERS, rows, strict=False):
            scoring = given_by(scoring, scorer, "a", *scores)
        mean = scored(scoring, "a").mean
        assert mean is not None
        assert min(map(min, rows)) <= mean <= max(map(max, rows))
        scaled = tuple(replace(one, weight=one.weight * factor) for one in CRITERIA)
        assert scored(replace(scoring, criteria=scaled), "a").mean == mean

    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 10)), min_size=1, max_size=3))
    def test_scales_of_several_lengths_weigh_alike(self, rows: list[tuple[int, int]]) -> None:
        longer = (CRITERIA[0], replace(CRITERIA[1], low=Decimal(1), high=Decimal(10)))
        scoring = replace(EMPTY, criteria=longer)
        for scorer, scores in zip(SCORERS, rows, strict=False):
            scoring = given_by(scoring, scorer, "a", *scores)
        found = scored(scoring, "a")
        assert found.mean is not None
        assert 0 <= found.mean <= 5
        best, worst = given_by(scoring, "s1", "a", 5, 10), given_by(scoring, "s1", "a", 0, 1)
        assert scored(best, "a").by_scorer["s1"] == 5
        assert scored(worst, "a").by_scorer["s1"] == 0
        assert found.by_criterion["spread"] == found.by_criterion["spread"].quantize(Decimal("0.01"))

    def test_a_mean_below_a_threshold_is_told_with_both(self) -> None:
        strict = (CRITERIA[0], replace(CRITERIA[1], threshold=Decimal(3)))
        found = scored(given_by(replace(EMPTY, criteria=strict), "s1", "a", 5, 2), "a")
        assert [(one.code, one.about, one.params) for one in found.below] == [
            ("below_threshold", "spread", {"mean": Decimal(2), "threshold": Decimal(3)})
        ]
        assert scored(given_by(replace(EMPTY, criteria=strict), "s1", "a", 5, 3), "a").below == ()

    def test_a_scale_that_does_not_rise_is_none(self) -> None:
        with pytest.raises(ValueError, match="does not rise"):
            Criterion(key="x", low=Decimal(5), high=Decimal(5))

    def test_a_weight_of_nothing_is_no_weight(self) -> None:
        with pytest.raises(ValueError, match="not above zero"):
            Criterion(key="x", weight=Decimal(0))


class TestRights:
    def test_nobody_sees_others_before_their_own_is_complete(self) -> None:
        scoring = given_by(EMPTY, "s1", "a", 5, None)
        assert [one.code for one in sight_refusals(scoring, "s1", "a")] == ["own_incomplete"]
        assert sight_refusals(given_by(EMPTY, "s1", "a", 5, 5), "s1", "a") == ()

    def test_after_closing_scorers_see_and_those_with_an_interest_never(self) -> None:
        closed = replace(EMPTY, is_closed=True, conflicts=frozenset({("s2", "a")}))
        assert sight_refusals(closed, "s1", "a") == ()
        assert [one.code for one in sight_refusals(closed, "s2", "a")] == ["conflict"]
        assert [one.code for one in sight_refusals(closed, "stranger", "a")] == ["not_a_scorer"]

    def test_officers_see_what_was_handed_in_unless_they_score_or_have_an_interest(self) -> None:
        def why(viewer: str, *, has_interest: bool = False, is_officer: bool = True) -> list[str]:
            told = points_refusals(EMPTY, viewer, "a", is_officer=is_officer, has_interest=has_interest)
            return [one.code for one in told]

        assert why("officer") == []
        assert why("officer", has_interest=True) == ["conflict"]
        assert why("s1") == ["own_incomplete"]
        assert why("stranger", is_officer=False) == ["not_a_scorer"]

    def test_a_score_is_judged_by_the_scale_of_its_criterion(self) -> None:
        longer = replace(EMPTY, criteria=(replace(CRITERIA[0], high=Decimal(10)), CRITERIA[1]))
        ten = Mark(scorer="s1", application="a", criterion="need", score=Decimal(10))
        assert mark_refusals(longer, ten) == ()
        assert [one.code for one in mark_refusals(longer, replace(ten, criterion="spread"))] == ["off_scale"]

    def test_marks_that_cannot_be_given(self) -> None:
        scoring = replace(EMPTY, conflicts=frozenset({("s1", "a")}), is_closed=True)
        bad = Mark(scorer="s1", application="a", criterion="x", score=Decimal(6))
        assert [one.code for one in mark_refusals(scoring, bad)] == [
            "closed",
            "conflict",
            "unknown_criterion",
            "off_scale",
        ]
        fine = Mark(scorer="s1", application="a", criterion="need", score=Decimal(5))
        assert mark_refusals(EMPTY, fine) == ()


def of_mean(key: str, mean: int | None) -> Scored:
    value = None if mean is None else Decimal(mean)
    return Scored(application=key, mean=value, exact=value, by_scorer={}, spreads=(), left_out=())


def ranking(**means: int | None) -> tuple[Ranked, ...]:
    return ranked([of_mean(key, mean) for key, mean in means.items()])


def asks(**sums: int) -> dict[str, Asking]:
    return {key: Asking(application=key, applied=Decimal(one)) for key, one in sums.items()}


class TestRanking:
    def test_equals_share_a_place_and_are_told(self) -> None:
        found = ranking(a=3, b=5, c=3, d=1, e=None)
        assert [(one.scored.application, one.place) for one in found] == [
            ("b", 1),
            ("a", 2),
            ("c", 2),
            ("d", 4),
            ("e", None),
        ]
        assert found[1].tied_with == ("c",)


class TestProposal:
    def test_by_rank_until_the_budget_ends(self) -> None:
        found = proposal(ranking(a=5, b=4, c=3), asks(a=60, b=60, c=10), Decimal(100), way=Way.RANKED)
        assert [row.proposed for row in found.rows] == [60, 0, 0]
        assert [row.reasons[0].code for row in found.rows[1:]] == ["budget_ends", "budget_ends"]
        assert found.left == 40

    def test_the_one_at_the_cut_may_get_the_rest(self) -> None:
        found = proposal(ranking(a=5, b=4), asks(a=60, b=60), Decimal(100), way=Way.RANKED, may_cut=True)
        assert [row.proposed for row in found.rows] == [60, 40]
        assert [one.code for one in found.rows[1].reasons] == ["cut"]

    def test_equals_at_the_cut_are_left_to_people(self) -> None:
        found = proposal(ranking(a=5, b=4, c=4), asks(a=60, b=30, c=30), Decimal(100), way=Way.RANKED, may_cut=True)
        assert [row.proposed for row in found.rows] == [60, 0, 0]
        assert [one.code for one in found.reasons] == ["tie_at_cut"]

    def test_the_same_part_to_everyone(self) -> None:
        found = proposal(
            ranking(a=5, b=4, c=1), asks(a=60, b=90, c=10), Decimal(100), way=Way.PRO_RATA, least=Decimal(2)
        )
        assert [row.proposed for row in found.rows] == [40, 60, 0]
        assert [row.reasons[0].code for row in found.rows] == ["cut", "cut", "below_least"]

    def test_the_lowest_mean_that_is_enough_is_enough(self) -> None:
        found = proposal(ranking(a=2), asks(a=60), Decimal(100), way=Way.RANKED, least=Decimal(2))
        assert [row.proposed for row in found.rows] == [60]

    def test_who_is_below_a_threshold_gets_nothing_whatever_the_mean(self) -> None:
        strict = replace(EMPTY, criteria=(CRITERIA[0], replace(CRITERIA[1], threshold=Decimal(3))))
        low = scored(given_by(strict, "s1", "a", 5, 2), "a")
        fine = scored(given_by(strict, "s1", "b", 3, 3), "b")
        found = proposal(ranked([low, fine]), asks(a=60, b=60), Decimal(100), way=Way.RANKED)
        assert [(row.application, row.proposed) for row in found.rows] == [("a", Decimal(0)), ("b", Decimal(60))]
        assert [one.code for one in found.rows[0].reasons] == ["below_threshold"]

    def test_nobody_gets_more_than_the_rules_allow(self) -> None:
        asked = {"a": Asking(application="a", applied=Decimal(90), most=Decimal(70))}
        found = proposal(ranking(a=5), asked, Decimal(100), way=Way.RANKED)
        assert [(row.proposed, row.reasons[0].code) for row in found.rows] == [(Decimal(70), "over_most")]

    @given(
        st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 5)), st.integers(0, 5_000)), max_size=12),
        st.integers(0, 20_000),
        st.sampled_from(Way),
        st.booleans(),
        st.sampled_from(Rounding),
    )
    def test_it_stays_within_budget_and_what_is_asked(
        self, rows: list[tuple[int | None, int]], budget: int, way: Way, may_cut: bool, rounding: Rounding
    ) -> None:
        keys = [f"k{n}" for n in range(len(rows))]
        order = ranking(**{key: mean for key, (mean, _sum) in zip(keys, rows, strict=True)})
        asked = asks(**{key: one for key, (_mean, one) in zip(keys, rows, strict=True)})
        found = proposal(order, asked, Decimal(budget), way=way, may_cut=may_cut, rounding=rounding)
        assert found.proposed + found.left == budget
        assert found.left >= 0
        for row in found.rows:
            assert 0 <= row.proposed <= row.applied
            assert row.reasons or row.proposed == row.applied
        if way == Way.RANKED:
            short = [row.place for row in found.rows if row.place and row.proposed < row.applied]
            assert not short or all(
                row.proposed == row.applied for row in found.rows if row.place and row.place < min(short)
            )


NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
CASE = Deciding(
    officer_units=frozenset({"city"}),
    applicant_unit="school",
    closes_at=NOW - timedelta(days=1),
    version=3,
    seen_version=3,
    applied=Decimal(100),
    granted=Decimal(100),
    left=Decimal(500),
)


class TestDeciding:
    def test_a_sound_case_can_be_decided(self) -> None:
        assert deciding_refusals(CASE, now=NOW, today=NOW.date()) == ()

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"officer_units": frozenset({"school"})}, "own_unit"),
            ({"has_conflict": True}, "conflict"),
            ({"is_decided": True}, "already_decided"),
            ({"seen_version": 2}, "stale"),
            ({"closes_at": NOW + timedelta(seconds=1)}, "not_closed"),
            ({"completion_until": NOW + timedelta(days=1)}, "completion_open"),
            ({"missing": ("budget",)}, "incomplete"),
            ({"period_end": date(2026, 11, 25)}, "period_over"),
            ({"granted": Decimal(0), "has_grounds": True}, "not_above_zero"),
            ({"granted": Decimal(101)}, "over_applied"),
            ({"most": Decimal(90)}, "over_most"),
            ({"left": Decimal(99)}, "over_budget"),
            ({"granted": None}, "no_grounds"),
            ({"granted": Decimal(99)}, "no_grounds"),
        ],
    )
    def test_each_reason(self, change: dict[str, object], code: str) -> None:
        case = replace(CASE, **change)  # type: ignore[arg-type]
        assert [one.code for one in deciding_refusals(case, now=NOW, today=NOW.date())] == [code]

    def test_the_last_of_the_budget_can_be_granted(self) -> None:
        case = replace(CASE, left=Decimal(100), most=Decimal(100))
        assert deciding_refusals(case, now=NOW, today=NOW.date()) == ()

    def test_what_lacks_something_can_be_refused_with_grounds(self) -> None:
        case = replace(CASE, granted=None, missing=("budget",), has_grounds=True)
        assert deciding_refusals(case, now=NOW, today=NOW.date()) == ()
