"""Own share: parting a total, the three readings of a sum, what is decided and what is in the air."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luotsi.funding.rules.shares import (
    Base,
    Commitment,
    Deed,
    Given,
    Open,
    Parts,
    Rounding,
    Said,
    ShareRule,
    committed,
    exposure,
    from_grant,
    from_own,
    from_total,
    readings,
    share_of,
    what_if,
)

NOTHING = Decimal("0.00")
TEN = ShareRule(percent=Decimal(10))
sums = st.decimals(min_value=0, max_value=9_999_999, places=2)
percents = st.decimals(min_value=0, max_value=Decimal("99.9"), places=1)
rules = st.builds(
    lambda percent, base, rounding: ShareRule(percent=percent, base=base, rounding=rounding),
    percents,
    st.sampled_from(Base),
    st.sampled_from(Rounding),
)


class TestParting:
    def test_the_documents_of_the_handbook(self) -> None:
        consistent = from_grant(TEN, Decimal(30_150))
        assert consistent == Parts(total=Decimal(33_500), grant=Decimal(30_150), own=Decimal(3_350))
        assert from_grant(TEN, Decimal(393_000)) == Parts(
            total=Decimal(436_667), grant=Decimal(393_000), own=Decimal(43_667)
        )

    def test_both_bases_are_told(self) -> None:
        strategy = Parts(total=Decimal(3_645_000), grant=Decimal(3_316_950), own=Decimal(328_050))
        assert (strategy.own_of_total, strategy.own_of_grant) == (Decimal("9.0000"), Decimal("9.8901"))
        assert Parts(total=NOTHING, grant=NOTHING, own=NOTHING).own_of_total is None

    def test_without_a_percentage_nothing_is_judged(self) -> None:
        rule = ShareRule(percent=None)
        assert from_total(rule, Decimal(100)) is from_grant(rule, Decimal(100)) is from_own(rule, Decimal(10)) is None

    @pytest.mark.parametrize("percent", ["-1", "100", "NaN"])
    def test_an_impossible_percentage_is_refused(self, percent: str) -> None:
        with pytest.raises(ValueError, match="cannot be"):
            ShareRule(percent=Decimal(percent))

    def test_what_is_not_accepted_is_paid_by_the_applicant(self) -> None:
        rule = ShareRule(percent=Decimal(20), base=Base.ELIGIBLE_COST)
        parts = from_total(rule, Decimal(110_000), outside=Decimal(10_000))
        assert parts
        assert (parts.grant, parts.own, parts.own_of_eligible) == (Decimal(80_000), Decimal(30_000), Decimal(20))

    @given(rules, sums)
    def test_a_share_is_in_the_unit_and_never_less_unless_it_may_be_rounded_down(
        self, rule: ShareRule, amount: Decimal
    ) -> None:
        up, near = share_of(rule, amount), share_of(replace(rule, half_up=True), amount)
        assert up is not None
        assert near is not None
        assert up % rule.rounding.step == near % rule.rounding.step == 0
        exact = amount * (rule.percent or 0)
        assert 0 <= up * 100 - exact < 100 * rule.rounding.step
        assert abs(near * 100 - exact) <= 50 * rule.rounding.step

    @given(rules, sums, sums)
    def test_the_parts_make_the_total_and_the_own_share_is_enough(
        self, rule: ShareRule, total: Decimal, other: Decimal
    ) -> None:
        parts = from_total(rule, total, other=other)
        if parts is None:
            return
        assert parts.grant + parts.own + parts.other == total
        assert parts.grant >= 0
        base = parts.grant if rule.base == Base.GRANT else total
        assert parts.own * 100 >= base * (rule.percent or 0)

    @given(rules, sums, st.booleans())
    @example(ShareRule(percent=Decimal("54.1"), base=Base.GRANT, rounding=Rounding.EUROS), Decimal("99.70"), False)
    @example(ShareRule(percent=Decimal("50"), base=Base.GRANT, rounding=Rounding.EUROS), Decimal("1.00"), True)
    def test_a_unit_more_of_grant_would_be_too_much(self, rule: ShareRule, total: Decimal, half_up: bool) -> None:
        rule = replace(rule, half_up=half_up)
        parts = from_total(rule, total)
        assert parts
        grant = parts.grant + rule.rounding.step
        needed = share_of(rule, grant if rule.base == Base.GRANT else total)
        assert needed is not None
        assert grant + needed > total

    @given(rules, sums)
    def test_the_total_of_a_grant_is_the_smallest(self, rule: ShareRule, grant: Decimal) -> None:
        parts = from_grant(rule, grant)
        assert parts
        assert rule.percent is not None
        assert parts.total == parts.grant + parts.own
        base = grant if rule.base == Base.GRANT else parts.total
        assert parts.own * 100 >= base * rule.percent
        smaller = from_total(rule, parts.total - rule.rounding.step)
        assert smaller is None or parts.total < rule.rounding.step or smaller.grant < grant

    @given(rules, st.integers(min_value=0, max_value=9_999_999))
    def test_from_a_grant_to_its_total_and_back(self, rule: ShareRule, euros: int) -> None:
        there = what_if(rule, Given.GRANT, Decimal(euros))
        assert there
        back = what_if(rule, Given.TOTAL, there.total)
        assert back
        assert back.grant >= euros

    @given(rules, sums, sums, sums)
    def test_a_grant_with_other_money_and_cost_outside_is_allowed_by_its_total(
        self, rule: ShareRule, grant: Decimal, outside: Decimal, other: Decimal
    ) -> None:
        there = from_grant(rule, grant, outside=outside, other=other)
        assert there
        assert there.own >= outside
        assert there.total == grant + there.own + other
        back = from_total(rule, there.total, outside=outside, other=other)
        assert back
        assert back.grant + rule.rounding.step > grant

    def test_cost_outside_comes_on_top_when_the_share_is_of_the_grant(self) -> None:
        rule = ShareRule(percent=Decimal(25), base=Base.GRANT)
        parts = from_grant(rule, Decimal(80), outside=Decimal(10), other=Decimal(5))
        assert parts == Parts(
            total=Decimal(115), grant=Decimal(80), own=Decimal(30), other=Decimal(5), outside=Decimal(10)
        )

    @given(rules, sums)
    def test_an_own_share_is_enough_for_its_total(self, rule: ShareRule, own: Decimal) -> None:
        parts = what_if(rule, Given.OWN, own)
        assert (parts is None) == (not rule.percent)
        if parts:
            assert parts.own == own
            base = parts.grant if rule.base == Base.GRANT else parts.total
            assert own * 100 >= base * (rule.percent or 0)


class TestReadings:
    def test_the_three_readings_of_an_officers_decision(self) -> None:
        grant, with_own, total = readings(TEN, Decimal(393_000), Decimal(39_300))
        assert (grant.said, grant.parts.own, grant.own_short) == (Said.GRANT, Decimal(43_667), Decimal(4_367))
        assert (with_own.parts.total, with_own.parts.grant, with_own.grant_over) == (
            Decimal(432_300),
            Decimal(389_070),
            Decimal(3_930),
        )
        assert (total.said, total.parts.grant, total.parts.own) == (Said.TOTAL, Decimal(353_700), Decimal(39_300))
        assert [one.is_consistent for one in (grant, with_own, total)] == [False, False, True]

    def test_a_sum_with_the_right_own_share_is_consistent_as_a_grant(self) -> None:
        first, *_ = readings(TEN, Decimal(30_150), Decimal(3_350))
        assert first.is_consistent

    def test_without_a_told_own_share_two_are_left(self) -> None:
        assert [one.said for one in readings(TEN, Decimal(100), None)] == [Said.GRANT, Said.TOTAL]

    def test_without_a_percentage_there_are_none(self) -> None:
        assert readings(ShareRule(percent=None), Decimal(100), Decimal(10)) == ()


def decision(key: str, amount: int | None, deed: Deed = Deed.DECIDED, *replaces: str) -> Commitment:
    return Commitment(
        key=key,
        amount=None if amount is None else Decimal(amount),
        deed=deed,
        decided_on=date(2022, 5, 2),
        budget_line="5310",
        replaces=replaces,
    )


class TestCommitments:
    def test_noting_is_not_committing(self) -> None:
        found = committed(Decimal(3_350), [decision("a", 3_350, Deed.NOTED)])
        assert (found.decided, found.noted, found.open, found.is_covered) == (
            Decimal(0),
            Decimal(3_350),
            Decimal(3_350),
            False,
        )
        assert [one.code for one in found.reasons] == ["nothing_decided", "noted_only"]

    def test_a_changed_decision_takes_the_place_of_the_first(self) -> None:
        found = committed(Decimal(100), [decision("a", 100), decision("b", 60, Deed.CHANGED, "a")])
        assert (found.decided, found.open) == (Decimal(60), Decimal(40))
        assert [one.code for one in found.reasons] == ["short"]

    def test_a_proposal_replaces_nothing(self) -> None:
        found = committed(Decimal(100), [decision("a", 100), decision("b", 60, Deed.PROPOSED, "a")])
        assert found.is_covered

    def test_a_decision_without_a_sum_a_day_or_a_line_says_so(self) -> None:
        found = committed(Decimal(100), [Commitment(key="a", amount=None, deed=Deed.DECIDED)])
        assert {one.code for one in found.reasons} == {"short", "no_amount", "no_day", "no_budget_line"}

    @given(sums, st.lists(st.tuples(sums, st.sampled_from(Deed))))
    def test_decided_and_open_make_what_is_needed(self, needed: Decimal, rows: list[tuple[Decimal, Deed]]) -> None:
        listed = [Commitment(key=str(n), amount=one, deed=deed) for n, (one, deed) in enumerate(rows)]
        found = committed(needed, listed)
        assert found.open is not None
        assert found.over is not None
        assert found.decided + found.open - found.over == needed
        assert not (found.open and found.over)
        assert found.decided == sum((one for one, deed in rows if deed.binds), NOTHING)


def decided_by(amount: Decimal) -> Commitment:
    return Commitment(key="d", amount=amount, deed=Deed.DECIDED)


class TestExposure:
    def test_an_unknown_own_share_is_told_and_not_counted(self) -> None:
        found = exposure(
            [
                Open(key="a", asked=Decimal(900), needed=Decimal(100), commitments=(decision("x", 150),)),
                Open(key="b", asked=Decimal(90), needed=Decimal(10)),
                Open(key="c", asked=Decimal(50), needed=None),
            ]
        )
        assert (found.asked, found.needed, found.decided, found.open) == (
            Decimal(1_040),
            Decimal(110),
            Decimal(100),
            Decimal(10),
        )
        assert (found.unknown, found.uncovered) == (("c",), ("b",))

    @given(st.lists(st.tuples(sums, sums)))
    def test_what_is_decided_for_one_never_covers_another(self, rows: list[tuple[Decimal, Decimal]]) -> None:
        listed = [
            Open(
                key=str(n), asked=None, needed=needed, commitments=(Commitment(key="d", amount=d, deed=Deed.DECIDED),)
            )
            for n, (needed, d) in enumerate(rows)
        ]
        found = exposure(listed)
        assert found.decided + found.open == found.needed
