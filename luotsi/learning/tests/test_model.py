"""The model of the need for guidance: measures by their meaning, weights by what they must hold to."""

from __future__ import annotations

import json
from itertools import product
from math import isclose
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.learning.rules.model.logistic import Scale, Weights, learn, recalibrated
from luotsi.learning.rules.model.measures import (
    auc,
    average_precision,
    brier,
    calibration_error,
    chance_of,
    drawn_again,
    logit,
    precision_at,
)
from luotsi.learning.rules.model.refusals import NotLearnt

chances = st.floats(0, 1)
judged = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0])), max_size=25)


def parted(pairs: list[tuple[int, float]]) -> tuple[list[int], list[float]]:
    """Return outcomes and scores apart."""
    return [outcome for outcome, _score in pairs], [score for _outcome, score in pairs]


class TestMeasures:
    @given(judged)
    def test_auc_is_the_chance_that_who_left_is_ranked_above_who_stayed(self, pairs: list[tuple[int, float]]) -> None:
        ones, zeros = ([score for outcome, score in pairs if outcome == kind] for kind in (1, 0))
        found = auc(*parted(pairs))
        if not ones or not zeros:
            assert found is None
            return
        wins = sum((one > zero) + (one == zero) / 2 for one, zero in product(ones, zeros))
        assert found is not None
        assert isclose(found, wins / (len(ones) * len(zeros)), abs_tol=1e-12)

    @given(judged)
    def test_a_reversed_ranking_is_its_mirror(self, pairs: list[tuple[int, float]]) -> None:
        outcomes, scores = parted(pairs)
        found, mirror = auc(outcomes, scores), auc(outcomes, [-score for score in scores])
        assert (found is None) == (mirror is None)
        assert found is None or mirror is None or isclose(found + mirror, 1)

    @given(judged, st.randoms(use_true_random=False))
    def test_no_measure_depends_on_the_order_of_people(self, pairs: list[tuple[int, float]], rng: Random) -> None:
        mixed = list(pairs)
        rng.shuffle(mixed)
        for measure in (auc, average_precision, brier, calibration_error):
            one, other = measure(*parted(pairs)), measure(*parted(mixed))
            assert one == other or isclose(one or 0, other or 0, abs_tol=1e-12)

    @given(judged)
    def test_average_precision_lies_between_the_rate_of_chance_at_worst_and_one(
        self, pairs: list[tuple[int, float]]
    ) -> None:
        outcomes, scores = parted(pairs)
        found = average_precision(outcomes, scores)
        assert (found is None) == (not sum(outcomes))
        assert found is None or 0 < found <= 1 + 1e-12

    def test_all_equal_scores_tell_the_rate_and_no_order(self) -> None:
        outcomes = [1, 0, 0, 1]
        assert average_precision(outcomes, [0.3] * 4) == 0.5
        assert auc(outcomes, [0.3] * 4) == 0.5
        assert precision_at(outcomes, [0.3] * 4, 0.25) == 0.5

    def test_perfect_chances_cost_nothing_and_perfectly_wrong_ones_all(self) -> None:
        assert brier([1, 0], [1.0, 0.0]) == 0
        assert brier([1, 0], [0.0, 1.0]) == 1
        assert calibration_error([1, 0], [0.0, 1.0]) == 1
        assert calibration_error([1, 0, 0, 0], [0.25] * 4) == 0

    @given(judged.filter(bool), st.sampled_from([0.1, 0.2, 0.5, 1.0]))
    def test_the_precision_of_everybody_is_the_rate(self, pairs: list[tuple[int, float]], share: float) -> None:
        outcomes, scores = parted(pairs)
        whole, some = precision_at(outcomes, scores, 1.0), precision_at(outcomes, scores, share)
        assert whole is not None
        assert isclose(whole, sum(outcomes) / len(outcomes))
        assert some is not None
        assert 0 <= some <= 1

    @given(chances.filter(lambda one: 1e-9 < one < 1 - 1e-9))
    def test_odds_and_chances_are_each_others_way_back(self, chance: float) -> None:
        assert isclose(chance_of(logit(chance)), chance, rel_tol=1e-6)

    @pytest.mark.parametrize("odds", [-1e9, -800.0, 0.0, 800.0, 1e9])
    def test_no_odds_overflow(self, odds: float) -> None:
        assert 0 <= chance_of(odds) <= 1

    def test_nobody_has_no_figure(self) -> None:
        for measure in (auc, average_precision, brier, calibration_error):
            assert measure([], []) is None
        assert drawn_again([], [], brier).value is None

    def test_an_interval_holds_its_figure_and_is_drawn_the_same_way_every_time(self) -> None:
        rng = Random(7)  # noqa: S311  made up the same way every time
        outcomes = [rng.randrange(2) for _one in range(300)]
        scores = [outcome * 0.3 + rng.random() for outcome in outcomes]
        one, other = (drawn_again(outcomes, scores, auc, draws=200) for _time in range(2))
        assert one == other
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert one.low < one.value < one.high


def people(count: int, seed: int = 3) -> tuple[list[dict[str, float | None]], list[int]]:
    """Return made-up snapshots whose outcome follows `late` and not `noise`; a tenth of `late` is missing."""
    rng = Random(seed)  # noqa: S311  made up the same way every time
    snapshots: list[dict[str, float | None]] = []
    outcomes = []
    for _one in range(count):
        late, noise = rng.gauss(0, 4), rng.gauss(100, 20)
        outcomes.append(int(rng.random() < chance_of(late / 2 - 1)))
        snapshots.append({"late": None if rng.random() < 0.1 else late, "noise": noise})
    return snapshots, outcomes


class TestLearning:
    def test_it_finds_what_matters_and_by_how_much(self) -> None:
        snapshots, outcomes = people(4_000)
        found = learn(snapshots, outcomes, ("late", "noise"))
        assert isclose(found.weights["late"] / found.scales["late"].deviation, 0.5, abs_tol=0.05)
        assert abs(found.weights["noise"]) < 0.1
        assert found.learnt_from == 4_000

    @settings(max_examples=20)
    @given(st.integers(0, 1_000))
    def test_mean_chance_is_the_rate_of_those_learnt_from(self, seed: int) -> None:
        snapshots, outcomes = people(200, seed)
        found = learn(snapshots, outcomes, ("late", "noise"))
        mean = sum(found.chance(one) for one in snapshots) / len(snapshots)
        assert isclose(mean, sum(outcomes) / len(outcomes), abs_tol=1e-6)

    @settings(max_examples=20)
    @given(st.integers(0, 1_000), st.floats(0.1, 50), st.floats(-50, 50))
    def test_the_unit_of_a_feature_says_nothing(self, seed: int, times: float, more: float) -> None:
        snapshots, outcomes = people(150, seed)
        other = [{**one, "noise": (one["noise"] or 0) * times + more} for one in snapshots]
        plain, moved = (learn(told, outcomes, ("late", "noise")) for told in (snapshots, other))
        assert isclose(plain.odds(snapshots[0]), moved.odds(other[0]), abs_tol=1e-6)

    def test_a_score_is_counted_again_bit_by_bit_from_what_json_keeps(self) -> None:
        snapshots, outcomes = people(500)
        found = learn(snapshots, outcomes, ("late", "noise"))
        kept = json.loads(
            json.dumps(
                {
                    "base": found.base,
                    "scales": {name: [one.mean, one.deviation] for name, one in found.scales.items()},
                    "weights": dict(found.weights),
                    "gaps": dict(found.gaps),
                }
            )
        )
        again = Weights(
            kept["base"],
            {name: Scale(*told) for name, told in reversed(kept["scales"].items())},
            kept["weights"],
            kept["gaps"],
            found.learnt_from,
        )
        assert [again.chance(one) for one in snapshots] == [found.chance(one) for one in snapshots]

    def test_what_is_missing_is_marked_and_never_read_as_a_value(self) -> None:
        snapshots, outcomes = people(500)
        found = learn(snapshots, outcomes, ("late", "noise"))
        assert set(found.parts({"noise": 100.0})) == {"late?", "noise"}
        assert set(found.gaps) == {"late"}

    @pytest.mark.parametrize("outcomes", [[], [1, 1], [0, 0]])
    def test_nothing_is_learnt_from_one_outcome(self, outcomes: list[int]) -> None:
        snapshots: list[dict[str, float | None]] = [{"late": 1.0} for _one in outcomes]
        with pytest.raises(NotLearnt):
            learn(snapshots, outcomes, ("late",))
        with pytest.raises(NotLearnt):
            recalibrated([0.0] * len(outcomes), outcomes)

    def test_outcomes_that_can_be_parted_end_with_finite_weights(self) -> None:
        snapshots: list[dict[str, float | None]] = [{"late": float(one)} for one in range(40)]
        found = learn(snapshots, [int(one >= 20) for one in range(40)], ("late",))
        assert 0 < found.weights["late"] < 20

    def test_a_feature_that_never_changes_weighs_nothing(self) -> None:
        snapshots, outcomes = people(300)
        found = learn([{**one, "same": 5.0} for one in snapshots], outcomes, ("late", "same"))
        assert abs(found.weights["same"]) < 1e-9

    def test_chances_of_the_cohort_learnt_from_are_calibrated(self) -> None:
        snapshots, outcomes = people(3_000)
        found = learn(snapshots, outcomes, ("late", "noise"), penalty=1e-6)
        base, slope = recalibrated([found.odds(one) for one in snapshots], outcomes)
        assert isclose(base, 0, abs_tol=1e-3)
        assert isclose(slope, 1, abs_tol=1e-3)
