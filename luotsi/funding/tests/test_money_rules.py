"""The rules of money on random budgets: sound ones raise nothing, each fault is found with its exact difference."""

from __future__ import annotations

import copy
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from luotsi.funding.rules.checks import Difference, Finding, Severity
from luotsi.funding.tests.budgets import (
    Json,
    a_call,
    an_application,
    an_area,
    codes,
    found_in,
    of_rule,
    put,
    sound_applications,
)

MONEY = tuple(f"M{number}" for number in range(1, 14))


def money(data: Json, of: Json | None = None) -> list[Finding]:
    """Return what the rules of money find, without what they only tell."""
    return [one for one in of_rule(found_in(data, of or a_call()), *MONEY) if one.severity is not Severity.INFO]


def sums(found: list[Finding]) -> list[Decimal]:
    """Return the differences that findings tell."""
    told = [one.params.get("difference") for one in found]
    return [value.value for value in told if isinstance(value, Difference)]


class TestConsistentBudgets:
    @given(sound_applications())
    def test_nothing_is_found(self, data: Json) -> None:
        assert money(data) == []
        assert [one for one in found_in(data, a_call()) if one.severity is not Severity.INFO] == []

    @given(sound_applications(), st.randoms(use_true_random=False))
    def test_the_order_of_rows_does_not_matter(self, data: Json, chance: random.Random) -> None:
        for area in data["areas"]:
            chance.shuffle(area["costs"])
            chance.shuffle(area["financing"])
        for rows in (data["areas"], data["summaries"], data["totals"]):
            chance.shuffle(rows)
        assert money(data) == []

    @given(sound_applications(), st.randoms(use_true_random=False))
    def test_nor_does_it_for_what_is_found(self, data: Json, chance: random.Random) -> None:
        data["summaries"][0]["amount"] = str(Decimal(data["summaries"][0]["amount"]) + 7)
        before = sorted(one.code for one in money(data))
        for area in data["areas"]:
            chance.shuffle(area["costs"])
            chance.shuffle(area["financing"])
        chance.shuffle(data["summaries"])
        assert sorted(one.code for one in money(data)) == before


class TestOneWrongCell:
    @given(sound_applications(), st.integers(1, 999_999), st.booleans(), st.data())
    def test_a_cost_is_found_with_the_exact_difference(
        self, data: Json, by: int, more: bool, draw: st.DataObject
    ) -> None:
        place = draw.draw(st.integers(0, len(data["areas"]) - 1))
        change = Decimal(by) / 100 * (1 if more else -1)
        row = data["areas"][place]["costs"][0]
        assume(Decimal(row["amount"]) + change >= 0)
        row["amount"] = str(Decimal(row["amount"]) + change)
        found = money(data)
        balance = [one for one in found if one.rule == "M1"]
        assert (sums(balance), len(balance)) == ([change], 1)
        assert balance[0].where[0].pointer == f"/areas/{place}/costs"
        totals = [one for one in found if one.rule == "M3"]
        assert sums(totals) == [-change]

    @given(sound_applications(), st.integers(1, 999_999), st.data())
    def test_a_summary_is_found_with_the_exact_difference(self, data: Json, by: int, draw: st.DataObject) -> None:
        place = draw.draw(st.integers(0, len(data["summaries"]) - 1))
        row = data["summaries"][place]
        row["amount"] = str(Decimal(row["amount"]) + Decimal(by) / 100)
        found = of_rule(money(data), "M2")
        assert (codes(found), sums(found)) == (["M2.differ"], [Decimal(by) / 100])
        assert [one.pointer for one in found[0].where] == [
            f"/summaries/{place}/amount",
            f"/areas/{place}/financing/0/amount",
        ]

    @given(sound_applications(), st.integers(1, 999_999), st.integers(0, 2))
    def test_a_total_is_found_with_the_exact_difference(self, data: Json, by: int, place: int) -> None:
        row = data["totals"][place]
        row["amount"] = str(Decimal(row["amount"]) - Decimal(by) / 100)
        found = money(data)
        assert (codes(found), sums(found)) == (["M3.differ"], [-Decimal(by) / 100])


class TestSummariesThatChangedPlaces:
    @given(sound_applications(least=2, most=6), st.data())
    def test_every_permutation_is_found_and_the_grand_total_hides_nothing(
        self, data: Json, draw: st.DataObject
    ) -> None:
        right = [row["amount"] for row in data["summaries"]]
        order = draw.draw(st.permutations(range(len(right))))
        assume(list(order) != list(range(len(right))))
        for row, place in zip(data["summaries"], order, strict=True):
            row["amount"] = right[place]
        moved = [place for place, other in enumerate(order) if place != other]
        found = money(data)
        assert {one.rule for one in found} == {"M2"}
        assert sorted(one.where[0].pointer for one in found) == sorted(f"/summaries/{place}/amount" for place in moved)
        for one in found:
            place = int(one.where[0].pointer.split("/")[2])
            is_swap = order[order[place]] == place
            assert one.code == ("M2.swap.summary" if is_swap else "M2.permutation.summary")
            assert one.params["difference"] == Difference(Decimal(right[order[place]]) - Decimal(right[place]))
        assert sum(sums(found)) == 0

    @given(sound_applications(least=2, most=2))
    def test_where_the_detail_is_swapped_that_is_told(self, data: Json) -> None:
        first, second = (area["financing"][0] for area in data["areas"])
        first["amount"], second["amount"] = second["amount"], first["amount"]
        found = of_rule(money(data), "M2")
        assert codes(found) == ["M2.swap.detail"] * 2
        assert [one.where[0].pointer for one in found] == [
            "/areas/0/financing/0/amount",
            "/areas/1/financing/0/amount",
        ]

    def test_without_costs_nobody_knows_which_side_is_wrong(self) -> None:
        data = an_application([an_area("a", [1_000], 900), an_area("b", [2_000], 1_800)])
        for area in data["areas"]:
            area["costs"] = []
        for row, amount in zip(data["summaries"], ("18", "9"), strict=True):
            row["amount"] = amount
        assert codes(of_rule(money(data), "M2")) == ["M2.swap.unknown"] * 2

    def test_a_swap_is_found_beside_another_wrong_row(self) -> None:
        data = an_application([an_area(key, [by * 1_000], by * 900) for key, by in (("a", 1), ("b", 2), ("c", 3))])
        for row, amount in zip(data["summaries"], ("18", "9", "28"), strict=True):
            row["amount"] = amount
        assert sorted(codes(of_rule(money(data), "M2"))) == ["M2.differ", "M2.swap.summary", "M2.swap.summary"]

    def test_rows_can_be_repeated_by_their_key(self) -> None:
        data = an_application([an_area("a", [1_000], 900), an_area("b", [2_000], 1_800)])
        for row, key, amount in zip(data["summaries"], ("a-own", "b-own"), ("2", "1"), strict=True):
            row |= {"repeats": {"what": "row", "row": key}, "amount": amount}
        data["totals"] = []
        assert codes(of_rule(money(data), "M2")) == ["M2.swap.summary"] * 2

    @given(st.lists(st.sampled_from([900, 1_800]), min_size=3, max_size=6), st.randoms(use_true_random=False))
    def test_rows_of_equal_sums_are_all_told(self, grants: list[int], chance: random.Random) -> None:
        data = an_application([an_area(f"a{n}", [grant * 10 // 9], grant) for n, grant in enumerate(grants)])
        told = [row["amount"] for row in data["summaries"]]
        moved = chance.sample(told, len(told))
        for row, amount in zip(data["summaries"], moved, strict=True):
            row["amount"] = amount
        wrong = sum(one != other for one, other in zip(told, moved, strict=True))
        assert codes(of_rule(money(data), "M2")) == ["M2.swap.summary"] * wrong


class TestBlankAndZero:
    @given(sound_applications(), st.data())
    def test_a_blank_sum_of_money_is_not_a_zero(self, data: Json, draw: st.DataObject) -> None:
        place = draw.draw(st.integers(0, len(data["areas"]) - 1))
        others = data["areas"][place]["financing"][2]
        assume(Decimal(others["amount"]) == 0)
        others["amount"] = None
        assert money(data) == []
        zero = {"key": "last", "financing": [{"kind": "other_public", "amount": 0}]}
        told = of_rule(found_in(data | {"areas": [*data["areas"], zero]}, a_call()), "M8")
        assert [(one.severity, one.found, one.expected) for one in told] == [(Severity.INFO, None, 0)]
        assert told[0].where[0].pointer == f"/areas/{place}/financing/2/amount"

    def test_nothing_is_told_where_there_is_no_zero(self) -> None:
        data = put(an_application([an_area("a", [1_000], 900, 1)]), "/areas/0/financing/2/amount", None)
        assert of_rule(found_in(data, a_call()), "M8") == []

    @pytest.mark.parametrize(("amount", "severity"), [(None, None), (0, Severity.INFO), (5, Severity.BLOCK)])
    def test_a_summary_of_nothing_differs_by_what_it_tells(self, amount: Any, severity: Severity | None) -> None:
        data = an_application([an_area("a", [1_000], 900)])
        data["summaries"].append({"repeats": {"area": "a", "what": "income"}, "amount": amount})
        data["totals"] = []
        assert [one.severity for one in of_rule(found_in(data, a_call()), "M2")] == ([severity] if severity else [])

    def test_a_blank_summary_of_a_sum_blocks(self) -> None:
        data = put(an_application([an_area("a", [1_000], 900)]) | {"totals": []}, "/summaries/0/amount", None)
        assert codes(money(data)) == ["M2.blank"]


class TestOwnShare:
    @given(st.integers(100, 10**9), st.integers(1, 50), st.integers(-300, 300))
    def test_it_is_short_exactly_when_it_is_less_than_the_percentage_rounded_up(
        self, euros: int, percent: int, around: int
    ) -> None:
        wanted = -(-euros * percent // 100)
        own = max(0, min(wanted + around, euros - 1))
        data = an_application([an_area("a", [euros * 100], (euros - own) * 100)])
        found = of_rule(money(data, a_call(share={"percent": percent, "base": "total_cost"})), "M4")
        assert bool(found) == (own < wanted)
        for one in found:
            assert (one.params["wanted"], one.params["short"], one.params["most"]) == (
                wanted,
                wanted - own,
                euros - wanted,
            )
            assert one.params["grant"] - one.params["over"] == one.params["most"]  # type: ignore[operator]

    @given(st.integers(100, 10**8), st.integers(1, 40))
    def test_a_percentage_of_the_grant_is_found_as_the_wrong_base(self, grant: int, percent: int) -> None:
        own = -(-grant * percent // 100)
        wanted = -(-(grant + own) * percent // 100)
        data = an_application([an_area("a", [(grant + own) * 100], grant * 100)])
        found = of_rule(money(data, a_call(share={"percent": percent, "base": "total_cost"})), "M4")
        assert codes(found) == (["M4.wrong_base"] if own < wanted else [])
        for one in found:
            total = one.params["first_total"]
            assert isinstance(total, Decimal)
            assert total * (100 - percent) >= grant * 100 > (total - 1) * (100 - percent)
        by_grant = a_call(share={"percent": percent, "base": "grant"})
        assert of_rule(money(data, by_grant), "M4") == []

    def test_costs_that_do_not_count_are_no_part_of_the_base(self) -> None:
        classes = [
            {"key": "services", "kind": "services"},
            {"key": "party", "kind": "other", "eligible": False},
        ]
        data = an_application([an_area("a", [100_000, 10_000], 99_900)])
        data["areas"][0]["costs"][1]["cost_class"] = "party"
        share = {"percent": 10, "base": "eligible_cost"}
        assert of_rule(money(data, a_call(share=share, cost_classes=classes)), "M4") == []
        assert codes(
            of_rule(money(data, a_call(share=share | {"base": "total_cost"}, cost_classes=classes)), "M4")
        ) == ["M4.short"]

    def test_without_a_percentage_nothing_is_judged_and_both_bases_are_told(self) -> None:
        data = an_application([an_area("a", [100_000], 91_000)])
        found = of_rule(found_in(data, a_call(share=None)), "M4")
        assert [(one.code, one.severity) for one in found] == [("M4.not_stated", Severity.INFO)]

    @pytest.mark.parametrize(("percent", "code"), [(9, None), ("9.89", "M4.stated_of_grant"), (15, "M4.stated")])
    def test_a_percentage_that_the_applicant_tells_is_compared_with_its_sums(
        self, percent: Any, code: str | None
    ) -> None:
        data = an_application([an_area("a", [100_000], 91_000)])
        data["areas"][0]["financing"][1]["stated_percent"] = percent
        told = codes(of_rule(found_in(data, a_call(share=None)), "M4"))
        assert set(told) == {"M4.not_stated", *([code] if code else [])}

    def test_a_share_that_holds_for_the_whole_may_be_uneven(self) -> None:
        data = an_application([an_area("a", [100_000], 80_000), an_area("b", [100_000], 99_900)])
        whole = a_call(share={"percent": 10, "base": "total_cost", "per": "whole"})
        assert of_rule(money(data, whole), "M4") == []
        assert codes(of_rule(money(data), "M4")) == ["M4.short"]


class TestLimits:
    @given(st.integers(1, 10**6), st.integers(1, 10**6))
    def test_the_grant_is_at_most_what_one_may_get(self, euros: int, limit: int) -> None:
        data = an_application([an_area("a", [euros * 200], euros * 100)])
        found = of_rule(money(data, a_call(maximum=limit)), "M5")
        assert bool(found) == (euros > limit)
        assert [one.params["over"] for one in found] == ([euros - limit] if found else [])

    @pytest.mark.parametrize(("budget", "about", "code"), [(900, False, "over_budget"), (1_000, False, "share")])
    def test_its_share_of_the_call_is_told(self, budget: int, about: bool, code: str) -> None:
        data = an_application([an_area("a", [200_000], 100_000)])
        assert codes(of_rule(found_in(data, a_call(budget=budget, budget_is_about=about)), "M5")) == [f"M5.{code}"]

    def test_a_grant_of_nothing_and_sums_below_zero_block(self) -> None:
        data = an_application([an_area("a", [1_000], 900)])
        assert "M6.no_grant" in codes(money(put(data, "/areas/0/financing/0/amount", 0)))
        assert "M6.negative" in codes(money(put(data, "/areas/0/costs/0/amount", -5)))
        assert "M6.own_over_total" in codes(money(put(data, "/areas/0/financing/1/amount", 11)))

    @pytest.mark.parametrize("amount", ["9.01", "0.5"])
    def test_cents_where_whole_euros_are_wanted(self, amount: str) -> None:
        data = put(an_application([an_area("a", [1_000], 900)]), "/areas/0/costs/0/amount", amount)
        assert codes(of_rule(money(data, a_call(cents="whole_euros")), "M13")) == ["M13.cents"]
        assert of_rule(money(data, a_call(cents="cents")), "M13") == []

    def test_parts_of_a_cent_and_sums_past_the_field(self) -> None:
        data = put(an_application([an_area("a", [1_000], 900)]), "/areas/0/costs/0/amount", "9.001")
        assert codes(of_rule(money(data), "M13")) == ["M13.below_cent"]
        data = put(data, "/areas/0/costs/0/amount", 10_000_000)
        assert codes(of_rule(money(data, a_call(largest_amount=9_999_999)), "M13")) == ["M13.too_large"]


class TestChosenAreas:
    def test_money_where_nothing_was_chosen_and_nothing_where_it_was(self) -> None:
        data = an_application([an_area("a", [1_000], 900), an_area("b", [2_000], 1_800)], selected=["a"])
        assert codes(of_rule(money(data), "M7")) == ["M7.not_chosen"]
        empty = put(data, "/areas/1", {"key": "b"}) | {"selected": ["a", "b"], "summaries": [], "totals": []}
        assert codes(of_rule(money(empty), "M7")) == ["M7.no_money"]

    def test_an_area_that_the_call_does_not_have(self) -> None:
        data = an_application([an_area("a", [1_000], 900)])
        assert codes(of_rule(money(data, a_call(areas=[{"key": "b"}])), "M7")) == ["M7.unknown"]


class TestRows:
    def test_costs_need_words_only_where_the_call_wants_them(self) -> None:
        data = an_application([an_area("a", [1_000, 0], 900)])
        assert of_rule(money(data), "M9") == []
        assert codes(of_rule(money(data, a_call(descriptions_needed=True)), "M9")) == ["M9.no_words"]

    @pytest.mark.parametrize(
        ("told", "of", "code"),
        [
            (None, "included", "M12.not_told"),
            (True, "excluded", "M12.otherwise"),
            (True, "included", None),
            (False, "excluded", None),
            (None, None, None),
        ],
    )
    def test_tax_is_told_as_the_call_asks(self, told: bool | None, of: str | None, code: str | None) -> None:
        data = an_application([an_area("a", [1_000], 900)], vat_included=told)
        assert codes(of_rule(money(data, a_call(vat=of)), "M12")) == ([code] if code else [])

    def test_tax_is_told_in_one_way(self) -> None:
        data = an_application([an_area("a", [500, 500], 900)])
        for row, told in zip(data["areas"][0]["costs"], (True, False), strict=True):
            row["vat_included"] = told
        assert codes(of_rule(money(data), "M12")) == ["M12.mixed"]


class TestYears:
    @given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.integers(-5_000, 5_000))
    def test_parts_by_year_add_up(self, parts: list[int], by: int) -> None:
        data = an_application([an_area("a", [200_000_000], 100_000_000)])
        row = copy.deepcopy(data["areas"][0]["costs"][0])
        row["by_year"] = [{"year": 2027, "amount": part} for part in parts]
        row["amount"] = sum(parts) + by
        found = of_rule(money(put(data, "/areas/0/costs/0", row)), "M10")
        assert sums(found) == ([Decimal(-by)] if by else [])

    @pytest.mark.parametrize(("year", "code"), [(2026, "M10.outside"), (2027, None), (2028, "M10.outside")])
    def test_years_lie_in_the_period_of_use(self, year: int, code: str | None) -> None:
        data = put(an_application([an_area("a", [1_000], 900)]), "/areas/0/costs/0/year", year)
        assert codes(of_rule(money(data), "M10")) == ([code] if code else [])


class TestPersonnel:
    @pytest.mark.parametrize(
        ("years", "code"), [(2, None), ("0.5", "M11.doubtful"), (10, "M11.doubtful"), (None, "M11.no_years")]
    )
    def test_a_month_of_work_lies_where_the_call_says(self, years: Any, code: str | None) -> None:
        data = an_application([an_area("a", [12_000_000], 900)])
        data["areas"][0]["costs"][0]["cost_class"] = "personnel"
        data["areas"][0]["personnel"] = [{"person_years": years}]
        found = of_rule(found_in(data, a_call(monthly_cost={"least": 3000, "most": 9000})), "M11")
        assert codes(found) == ([code] if code else [])
        assert [one.params.get("monthly") for one in found if one.code == "M11.no_years"] in ([], [Decimal(10_000)])
