"""Reports on grants: differences that need words, two steps, the checklist, and a sample that can be proved again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.because import because
from luotsi.funding.rules.reports import (
    Check,
    How,
    Known,
    Line,
    PlanLine,
    Spent,
    Step,
    Verdict,
    check_refusals,
    checking,
    checklist,
    differences,
    lateness,
    needs_money_check,
    risks_of,
    sample,
    sending_refusals,
)

TEN = Decimal(10)
TODAY = date(2024, 10, 31)


def line(planned: int | None, actual: int | None, words: str = "", origin: str = "ledger") -> PlanLine:
    return PlanLine(
        key="k",
        line=Line.COST,
        planned=None if planned is None else Decimal(planned),
        actual=None if actual is None else Decimal(actual),
        words=words,
        origin=origin,
    )


class TestDifferences:
    @pytest.mark.parametrize(
        ("one", "codes"),
        [
            (line(100, 110), []),
            (line(100, 111), ["off_plan"]),
            (line(100, 89), ["off_plan"]),
            (line(100, None), ["not_measured"]),
            (line(0, 5), ["unplanned"]),
            (line(None, 5), ["unplanned"]),
            (line(0, 0), []),
            (line(None, None), []),
            (line(100, 100, origin=""), ["no_origin"]),
        ],
    )
    def test_which_need_words(self, one: PlanLine, codes: list[str]) -> None:
        (found,) = differences([one], threshold=TEN)
        assert [why.code for why in found.why] == codes

    def test_nothing_and_not_measured_differ(self) -> None:
        (nothing,) = differences([line(100, 0)], threshold=TEN)
        (unmeasured,) = differences([line(100, None)], threshold=TEN)
        assert (nothing.by, nothing.percent) == (Decimal(-100), Decimal(-100))
        assert unmeasured.by is unmeasured.percent is None

    def test_a_report_is_sent_when_all_is_told(self) -> None:
        silent = differences([line(100, 50)], threshold=TEN)
        told = differences([line(100, 50, "The hall came late.")], threshold=TEN)
        assert [one.code for one in sending_refusals(silent)] == ["unexplained"]
        assert sending_refusals(told) == ()
        assert [one.code for one in sending_refusals(told, is_sent=True, missing=["ledger"])] == ["sent", "missing"]

    def test_lateness_counts_from_the_day_after(self) -> None:
        assert lateness(TODAY, today=TODAY) == 0
        assert lateness(date(2024, 10, 29), today=TODAY) == 2
        assert lateness(None, today=TODAY) == 0

    @given(st.integers(-1_000, 1_000), st.integers(-1_000, 1_000), st.decimals(0, 100, places=1))
    def test_words_are_asked_just_when_the_threshold_is_passed(self, plan: int, real: int, most: Decimal) -> None:
        (found,) = differences([line(plan, real)], threshold=most)
        assert found.needs_words == (abs(real - plan) * 100 > abs(plan) * most)


def check(step: Step, verdict: Verdict = Verdict.ACCEPTED, officer: str = "o1", version: int = 1) -> Check:
    return Check(step=step, verdict=verdict, officer=officer, version=version)


def refused(checks: list[Check], new: Check, *, two_officers: bool = False, unit: str = "school") -> list[str]:
    found = check_refusals(
        checks, new, version=1, officer_units=frozenset({"city"}), unit=unit, two_officers=two_officers
    )
    return [one.code for one in found]


class TestTwoSteps:
    def test_substance_comes_before_money(self) -> None:
        assert refused([], check(Step.MONEY)) == ["not_the_next"]
        assert refused([], check(Step.SUBSTANCE)) == []
        assert refused([check(Step.SUBSTANCE)], check(Step.MONEY)) == []

    def test_after_both_it_is_accepted(self) -> None:
        found = checking([check(Step.SUBSTANCE), check(Step.MONEY)], 1)
        assert found.is_accepted
        assert found.next is None

    def test_a_new_version_starts_anew(self) -> None:
        asked = [check(Step.SUBSTANCE, Verdict.COMPLETION)]
        assert checking(asked, 1).waits_for_grantee
        assert checking(asked, 2).next == Step.SUBSTANCE

    def test_who_cannot_take_a_step(self) -> None:
        taken = [check(Step.SUBSTANCE)]
        assert refused(taken, check(Step.MONEY), two_officers=True) == ["same_officer"]
        assert refused(taken, check(Step.MONEY, officer="o2"), two_officers=True) == []
        assert refused([], check(Step.SUBSTANCE), unit="city") == ["own_unit"]
        assert "stale" in refused([], check(Step.SUBSTANCE, version=2))

    @given(st.lists(st.tuples(st.sampled_from(Step), st.sampled_from(Verdict)), max_size=6))
    def test_nothing_is_accepted_but_by_both_steps_in_order(self, tries: list[tuple[Step, Verdict]]) -> None:
        taken: list[Check] = []
        for step, verdict in tries:
            if not refused(taken, check(step, verdict)):
                taken.append(check(step, verdict))
        accepted = checking(taken, 1).is_accepted
        assert accepted == ([(one.step, one.verdict) for one in taken] == [(step, Verdict.ACCEPTED) for step in Step])


SPENT = Spent(
    granted=Decimal(50_000),
    payable=Decimal(50_000),
    paid=Decimal(50_000),
    own_planned=Decimal(5_000),
    own_spent=Decimal(5_000),
    is_as_decided=True,
    has_ledger=True,
)


class TestChecklist:
    def test_a_clean_grant_holds_all_four(self) -> None:
        points = checklist(SPENT)
        assert [(one.code, one.holds) for one in points] == [
            ("used_as_decided", True),
            ("spent_in_full", True),
            ("figures_given", True),
            ("below_limit", True),
        ]
        assert needs_money_check(points, None) == ()

    @pytest.mark.parametrize(
        ("spent", "point", "holds"),
        [
            (replace(SPENT, payable=Decimal(49_000)), 1, False),
            (replace(SPENT, payable=Decimal(49_000), returned=Decimal(1_000)), 1, True),
            (replace(SPENT, payable=Decimal(49_900)), 1, True),
            (replace(SPENT, own_spent=Decimal(4_999)), 1, False),
            (replace(SPENT, payable=None), 1, None),
            (replace(SPENT, is_as_decided=None), 0, None),
            (replace(SPENT, has_ledger=False), 2, False),
            (replace(SPENT, granted=Decimal(100_000)), 3, False),
        ],
    )
    def test_each_point(self, spent: Spent, point: int, holds: bool | None) -> None:
        points = checklist(spent)
        assert points[point].holds is holds
        assert bool(needs_money_check(points, None)) == (holds is not True)


keys = st.lists(st.text(max_size=6), max_size=60)


class TestSample:
    @given(keys, st.text(min_size=1, max_size=9), st.randoms())
    def test_it_can_be_drawn_again_in_any_order(self, listed: list[str], seed: str, random: Random) -> None:
        first = sample(listed, seed=seed)
        random.shuffle(listed)
        assert sample(listed, seed=seed) == first

    @given(keys, st.decimals(0, 100, places=1))
    def test_its_size_is_the_share_rounded_up(self, listed: list[str], percent: Decimal) -> None:
        found = sample(listed, seed="s", percent=percent)
        size, share = len(found.sampled), len(set(listed)) * percent
        assert size * 100 >= share > (size - 1) * 100 or size == share == 0

    def test_another_seed_draws_others(self) -> None:
        listed = [str(n) for n in range(200)]
        drawn = [{one.key for one in sample(listed, seed=seed).sampled} for seed in ("a", "b")]
        assert drawn[0] != drawn[1]

    def test_risks_come_beside_the_drawn(self) -> None:
        listed = [str(n) for n in range(50)]
        drawn = {one.key for one in sample(listed, seed="s").sampled}
        risky = next(key for key in listed if key not in drawn)
        found = sample(listed, seed="s", risks={risky: [because("late", days=3)]})
        assert {one.key for one in found.sampled} == drawn | {risky}
        (one,) = [one for one in found.sampled if one.how == How.RISK]
        assert needs_money_check((), one)[0].code == "sampled"

    def test_a_draw_without_a_seed_is_refused(self) -> None:
        with pytest.raises(ValueError, match="seed"):
            sample(["a"], seed="")

    def test_risks(self) -> None:
        known = Known(
            granted=Decimal(100_000),
            days_late=1,
            is_first_grant=True,
            doubles=1,
            refused_percent=Decimal(6),
            off_plan=3,
            changed_after_period=True,
        )
        assert [one.code for one in risks_of(known)] == [
            "large",
            "late",
            "first_grant",
            "doubles",
            "refused_costs",
            "off_plan",
            "changed_after_period",
        ]
        assert risks_of(Known(granted=Decimal(99_999), refused_percent=Decimal(5), off_plan=2)) == ()
