"""Change requests: the funder's parts, why one cannot be sent, and drafting from the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.because import because
from luotsi.funding.rules.change_request import (
    Answer,
    BudgetChange,
    ConsortiumChange,
    ContentChange,
    Part,
    Request,
    Standing,
    TimeChange,
    answered,
    draft,
    refusals,
)
from luotsi.funding.rules.spending import Forecast, TransferRule, Warned, transfers

TODAY = date(2024, 5, 1)
STANDING = Standing(
    period_end=date(2024, 12, 31),
    budget={"staff": Decimal(80), "services": Decimal(20)},
    partners=frozenset({"lead", "other"}),
    lead="lead",
    spent={"staff": Decimal(30)},
    days_before=30,
)
TIME = Request(time=TimeChange(new_end=date(2025, 6, 30), grounds="Recruiting took long."))


def budget(**amounts: int) -> Request:
    return Request(budget=BudgetChange(new={key: Decimal(one) for key, one in amounts.items()}, grounds="Prices."))


def codes(request: Request, today: date = TODAY, standing: Standing = STANDING) -> list[str]:
    return [one.code for one in refusals(request, standing, today=today)]


class TestRefusals:
    def test_sound_requests_can_be_sent(self) -> None:
        assert codes(TIME) == []
        assert codes(budget(staff=70, services=30)) == []
        assert codes(Request(consortium=ConsortiumChange(joining=("new",), leaving=("other",), grounds="x"))) == []

    @pytest.mark.parametrize(
        ("request_", "expected"),
        [
            (Request(), ["no_parts"]),
            (Request(content=ContentChange(words=" ", grounds=" ")), ["no_grounds", "no_words"]),
            (Request(time=TimeChange(new_end=date(2024, 12, 31), grounds="x")), ["same_end"]),
            (Request(time=TimeChange(new_end=TODAY, grounds="x")), ["end_in_past"]),
            (budget(staff=80, services=20, travel=0), ["same_budget"]),
            (budget(staff=80, services=21), ["total_differs"]),
            (budget(staff=110, services=-10), ["below_zero"]),
            (budget(staff=20, services=80), ["below_spent"]),
            (Request(consortium=ConsortiumChange(grounds="x")), ["nobody"]),
            (Request(consortium=ConsortiumChange(leaving=("lead",), grounds="x")), ["lead_leaves"]),
            (Request(consortium=ConsortiumChange(leaving=("who",), grounds="x")), ["not_a_partner"]),
            (Request(consortium=ConsortiumChange(joining=("other",), grounds="x")), ["partner_already"]),
        ],
    )
    def test_each_reason(self, request_: Request, expected: list[str]) -> None:
        assert codes(request_) == expected

    def test_thirty_days_before_the_end_is_in_time_and_a_day_later_is_not(self) -> None:
        assert codes(TIME, date(2024, 12, 1)) == []
        assert codes(TIME, date(2024, 12, 2)) == ["too_late"]
        assert codes(TIME, date(2025, 1, 1)) == ["period_over"]

    def test_a_closed_grant_is_not_changed(self) -> None:
        assert codes(TIME, standing=replace(STANDING, is_closed=True)) == ["closed"]


class TestAnswers:
    def test_each_part_has_its_own_answer(self) -> None:
        assert [one.code for one in answered(TIME, {})] == ["unanswered"]
        assert [one.code for one in answered(TIME, {Part.TIME: Answer.REJECTED, Part.BUDGET: Answer.ACCEPTED})] == [
            "not_asked"
        ]


def warned(planned: dict[str, Decimal], likely: dict[str, Decimal], *codes_: str) -> Warned:
    return Warned(
        latest_on=date(2024, 12, 1),
        days_left=100,
        now=transfers(planned, {}, TransferRule(percent=None)),
        forecasts={key: Forecast(low=one, middle=one, high=one, months=6) for key, one in likely.items()},
        reasons=tuple(because(code) for code in codes_),
    )


money = st.decimals(0, 99_999, places=2)
classes = st.dictionaries(st.sampled_from("abcd"), money, min_size=1)


class TestDraft:
    def test_the_likely_spending_becomes_the_budget(self) -> None:
        planned = {"staff": Decimal(80), "services": Decimal(20)}
        found = draft(
            warned(planned, {"staff": Decimal(60), "services": Decimal(40)}, "over_threshold_likely"), planned, {}
        )
        assert found.budget == {"staff": Decimal(60), "services": Decimal(40)}
        assert found.parts == (Part.BUDGET,)

    def test_money_that_will_be_left_asks_for_time(self) -> None:
        found = draft(warned({"a": Decimal(10)}, {}, "unspent_likely"), {"a": Decimal(10)}, {})
        assert (found.needs_time, found.budget, found.parts) == (True, None, (Part.TIME,))

    def test_what_is_spent_over_the_total_cannot_be_drafted(self) -> None:
        planned = {"a": Decimal(10)}
        found = draft(warned(planned, {}, "over_threshold_now"), planned, {"a": Decimal(11)})
        assert found.budget is None
        assert [one.code for one in found.reasons] == ["spent_over_total"]

    @given(classes, classes, classes)
    def test_the_total_stays_and_no_class_is_below_what_is_spent(
        self, planned: dict[str, Decimal], spent: dict[str, Decimal], likely: dict[str, Decimal]
    ) -> None:
        found = draft(warned(planned, likely, "over_threshold_now"), planned, spent)
        if found.budget is None:
            assert sum(spent.values()) > sum(planned.values())
            return
        assert sum(found.budget.values()) == sum(planned.values())
        for key, amount in spent.items():
            assert found.budget[key] >= amount
        assert min(found.budget.values()) >= 0
