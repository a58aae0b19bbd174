"""Spending: sums, what is eligible, burn and forecast, shifts between classes, double funding."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.spending import (
    Charge,
    CostRules,
    Doubled,
    Entry,
    Judged,
    Period,
    ThresholdOf,
    TransferRule,
    Vat,
    Work,
    burn,
    doubles,
    forecast,
    judged,
    over_years,
    sums_of,
    transfers,
    warnings,
)
from luotsi.funding.rules.spending.burn import one_off_of

START, END = date(2024, 1, 1), date(2025, 12, 31)
PERIOD = Period(start=START, end=END)
sums = st.decimals(min_value=-99_999, max_value=99_999, places=2)
entries = st.builds(
    Entry,
    row=st.integers(min_value=1),
    voucher=st.sampled_from(["", "1", "2"]),
    booked_on=st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2026, 12, 31))),
    amount=sums,
    cost_class=st.sampled_from(["", "staff", "services"]),
    currency=st.sampled_from(["EUR", "EUR", "SEK"]),
)


def entry(amount: int | str, row: int = 1, **said: object) -> Entry:
    known: dict[str, object] = {"voucher": "V1", "booked_on": date(2024, 5, 6), "cost_class": "staff", **said}
    return Entry(row=row, amount=Decimal(amount), **known)  # type: ignore[arg-type]


def codes(found: Judged) -> list[list[str]]:
    return [[one.code for one in verdict.reasons] for verdict in found.verdicts]


class TestSums:
    @given(st.lists(entries))
    def test_classes_and_years_make_the_total(self, listed: list[Entry]) -> None:
        found = sums_of(listed)
        assert sum(found.by_class.values()) == sum(found.by_year.values()) == found.total
        assert found.total == sum(one.amount for one in listed if one.currency == "EUR")
        assert found.unconverted == sum(one.currency != "EUR" for one in listed)


class TestEligibility:
    RULES = CostRules(period_start=START, period_end=END, classes=frozenset({"staff"}))

    @pytest.mark.parametrize(
        ("one", "code"),
        [
            (entry(5, booked_on=date(2023, 12, 31)), "before_period"),
            (entry(5, booked_on=date(2026, 1, 1)), "after_period"),
            (entry(5, booked_on=None), "undated"),
            (entry(5, cost_class="food"), "class_not_allowed"),
            (entry(5, cost_class=""), "no_class"),
            (entry(5, currency="SEK"), "not_converted"),
        ],
    )
    def test_what_is_not_accepted_says_why(self, one: Entry, code: str) -> None:
        found = judged([one], self.RULES)
        assert codes(found) == [[code]]
        assert found.eligible == 0

    def test_the_first_and_the_last_day_are_inside(self) -> None:
        found = judged([entry(5, 1, booked_on=START), entry(6, 2, booked_on=END, voucher="V2")], self.RULES)
        assert found.eligible == 11

    def test_a_row_booked_twice_counts_once(self) -> None:
        found = judged([entry(5, 1), entry(5, 2)], self.RULES)
        assert codes(found) == [[], ["duplicate"]]
        assert found.verdicts[1].reasons[0].params == {"row": 1}
        assert found.refused == {"duplicate": 5}

    def test_rows_of_one_voucher_that_differ_are_no_duplicates(self) -> None:
        assert judged([entry(5, 1), entry(5, 2, account="4100"), entry(7, 3)], self.RULES).eligible == 17

    @given(st.integers(min_value=1, max_value=6), st.integers(min_value=0, max_value=6))
    def test_bookings_taken_back_make_up_for_those_repeated(self, times: int, back: int) -> None:
        listed = [entry(5, row) for row in range(times)] + [entry(-5, 100 + row) for row in range(back)]
        eligible = judged(listed, self.RULES).eligible
        assert eligible == (times - back) * 5 if back >= times else 5

    def test_tax_is_taken_off_when_it_comes_back(self) -> None:
        rules = CostRules(vat=Vat.EXCLUDED, vat_accounts=frozenset({"2939"}))
        found = judged([entry(125, 1, vat=Decimal(25)), entry(30, 2, account="2939")], rules)
        assert found.eligible == 100
        assert codes(found) == [["vat_taken_off"], ["vat_account"]]

    @given(st.lists(entries, unique_by=lambda one: one.row))
    def test_eligible_and_refused_make_the_whole(self, listed: list[Entry]) -> None:
        found = judged(listed, self.RULES)
        assert found.eligible + sum(found.refused.values()) == sums_of(listed).total
        assert sum(found.by_class.values()) == found.eligible
        assert all(not one.eligible for one in found.verdicts if one.reasons)


def monthly(amounts: list[int], cost_class: str = "staff") -> list[Entry]:
    days = [date(2024 + n // 12, n % 12 + 1, 15) for n in range(len(amounts))]
    rows = enumerate(zip(amounts, days, strict=True))
    return [entry(one, n, booked_on=day, voucher=f"{cost_class}{n}", cost_class=cost_class) for n, (one, day) in rows]


class TestBurn:
    def test_half_the_time_and_a_quarter_of_the_money(self) -> None:
        found = burn(Decimal(25), Decimal(100), PERIOD, today=date(2025, 1, 1))
        assert (found.spent_percent, found.time_percent) == (Decimal("25.0"), Decimal("50.1"))
        assert found.ahead == Decimal("-25.1")

    def test_an_end_before_the_start_is_no_period(self) -> None:
        with pytest.raises(ValueError, match="cannot be"):
            Period(start=END, end=START)

    def test_even_months_go_on_evenly(self) -> None:
        found = forecast(monthly([100] * 12), PERIOD, today=date(2025, 1, 1))
        assert found.months == 12
        assert found.middle == found.low == found.high
        assert found.middle
        assert abs(found.middle - 2_400) < 5

    def test_uneven_months_have_a_wide_range(self) -> None:
        found = forecast(monthly([0, 300, 0, 300]), PERIOD, today=date(2024, 5, 1))
        assert found.low
        assert found.high
        assert found.high - found.low > 3_000

    def test_too_few_months_tell_nothing(self) -> None:
        found = forecast(monthly([100, 100]), PERIOD, today=date(2024, 3, 20))
        assert found.middle is None
        assert [one.code for one in found.reasons] == ["too_few_months"]

    @given(st.lists(st.integers(min_value=-500, max_value=5_000), min_size=3, max_size=23))
    def test_the_range_is_in_order_and_never_below_what_is_spent(self, amounts: list[int]) -> None:
        today = date(2024 + len(amounts) // 12, len(amounts) % 12 + 1, 1)
        found = forecast(monthly(amounts), PERIOD, today=today)
        assert found.low is not None
        assert found.middle is not None
        assert found.high is not None
        assert sum(amounts) <= found.low <= found.middle <= found.high


BUDGET = {"staff": Decimal(800), "services": Decimal(200)}


class TestWhatDoesNotComeAgain:
    """A booking that stands alone in its size is in the sums and sets no pace; the rule is told on the page."""

    PERIOD = Period(start=date(2026, 1, 1), end=date(2026, 12, 31))
    TODAY = date(2026, 7, 1)

    @classmethod
    def booked(cls, *amounts: int | Decimal) -> list[Entry]:
        """Return a booking in each month from January on; 0 = none."""
        rows = enumerate(amounts, 1)
        return [
            Entry(
                row=month,
                voucher=f"T{month}",
                amount=Decimal(amount),
                booked_on=date(2026, month, 15),
                cost_class="devices",
            )
            for month, amount in rows
            if amount
        ]

    def test_a_large_purchase_is_not_expected_again(self) -> None:
        found = forecast(self.booked(100, 100, 9000, 100, 100, 100), self.PERIOD, today=self.TODAY)
        assert found.one_off is not None
        assert found.one_off.amount == 9000
        assert found.middle is not None
        assert 9900 < found.middle < 10200

    def test_what_was_bought_once_only_ends_where_it_is(self) -> None:
        found = forecast(self.booked(0, 9000, 0, 0, 0, 0), self.PERIOD, today=self.TODAY)
        assert {found.low, found.middle, found.high} == {Decimal(9000)}

    def test_a_rent_of_each_quarter_comes_again(self) -> None:
        found = forecast(self.booked(3000, 0, 0, 3000, 0, 0), self.PERIOD, today=self.TODAY)
        assert found.one_off is None
        assert found.middle is not None
        assert found.middle > 11000

    def test_half_as_large_may_come_again_and_a_cent_less_may_not(self) -> None:
        assert one_off_of(self.booked(1000, 500), 12) is None
        assert one_off_of(self.booked(1000, Decimal("499.99")), 12) is not None

    def test_three_times_the_mean_is_not_enough(self) -> None:
        assert one_off_of(self.booked(300, 100, 100, 100), 3) is None
        assert one_off_of(self.booked(301, 100, 100, 100), 3) is not None

    def test_what_was_taken_back_is_no_purchase(self) -> None:
        assert one_off_of(self.booked(9000, -9000, 100), 6) is None
        assert one_off_of(self.booked(-9000, 100), 6) is None
        assert one_off_of([], 6) is None

    @given(st.lists(st.integers(1, 100), min_size=6, max_size=6), st.integers(2000, 10**6), st.randoms())
    def test_it_only_adds_itself_to_the_range(self, months: list[int], large: int, chance: Random) -> None:
        plain = self.booked(*months)
        once = Entry(row=9, voucher="T9", amount=Decimal(large), booked_on=date(2026, 3, 3), cost_class="devices")
        rows = [*plain, once]
        chance.shuffle(rows)
        found = forecast(rows, self.PERIOD, today=self.TODAY)
        without = forecast(plain, self.PERIOD, today=self.TODAY)
        if without.one_off is None:
            assert found.one_off == once
            for name in ("low", "middle", "high"):
                assert getattr(found, name) == getattr(without, name) + large


class TestTransfers:
    def test_a_tenth_of_the_total_is_fine_and_a_cent_more_is_not(self) -> None:
        rule = TransferRule(percent=Decimal(10))
        fine = transfers(BUDGET, {"staff": Decimal(500), "services": Decimal(300)}, rule)
        over = transfers(BUDGET, {"staff": Decimal(500), "services": Decimal("300.01")}, rule)
        assert not fine.needs_change
        assert fine.moved_percent == 10
        assert [one.code for one in over.reasons] == ["over_threshold"]

    def test_of_the_class_that_grows(self) -> None:
        rule = TransferRule(percent=Decimal(10), of=ThresholdOf.CLASS)
        found = transfers(BUDGET, {"staff": Decimal(880), "services": Decimal(221)}, rule)
        assert [(one.code, one.about) for one in found.reasons] == [("class_over_threshold", "services")]

    def test_a_new_class_always_asks(self) -> None:
        found = transfers(BUDGET, {"travel": Decimal(1)}, TransferRule(percent=Decimal(10)))
        assert [(one.code, one.about) for one in found.reasons] == [("new_class", "travel")]

    def test_without_a_threshold_shifts_are_only_shown(self) -> None:
        found = transfers(BUDGET, {"services": Decimal(900)}, TransferRule(percent=None))
        assert not found.needs_change
        assert found.moved == 700

    @given(st.dictionaries(st.sampled_from("abcd"), st.decimals(0, 9_999, places=2)), st.data())
    def test_what_is_moved_is_never_more_than_spent(self, budget: dict[str, Decimal], data: st.DataObject) -> None:
        spent = data.draw(st.dictionaries(st.sampled_from("abcd"), st.decimals(0, 9_999, places=2)))
        found = transfers(budget, spent, TransferRule(percent=Decimal(10)))
        assert 0 <= found.moved <= sum(spent.values())
        for row in found.rows:
            assert row.planned + row.over - row.left == row.spent


class TestWarnings:
    RULE = TransferRule(percent=Decimal(10), days_before=30)

    def test_it_warns_before_the_threshold_is_passed(self) -> None:
        listed = monthly([30] * 12) + monthly([15] * 12, "services")
        found = warnings(BUDGET, listed, self.RULE, PERIOD, today=date(2025, 1, 1))
        assert "over_threshold_likely" in [one.code for one in found.reasons]
        assert found.latest_on == date(2025, 12, 1)
        assert not found.now.needs_change

    def test_what_is_passed_is_told_as_passed_and_too_late(self) -> None:
        found = warnings(BUDGET, monthly([40] * 23, "services"), self.RULE, PERIOD, today=date(2025, 12, 5))
        told = [one.code for one in found.reasons]
        assert "over_threshold_now" in told
        assert "too_late" in told
        assert found.days_left == -4

    def test_money_that_will_be_left_is_told(self) -> None:
        found = warnings(BUDGET, monthly([10] * 12), self.RULE, PERIOD, today=date(2025, 1, 1))
        assert [one.code for one in found.reasons] == ["unspent_likely"]

    def test_a_plan_that_goes_well_warns_of_nothing(self) -> None:
        listed = monthly([34] * 12) + monthly([8] * 12, "services")
        assert warnings(BUDGET, listed, self.RULE, PERIOD, today=date(2025, 1, 1)).reasons == ()


class TestDoubles:
    def test_a_voucher_with_the_same_sum_in_two_grants(self) -> None:
        (found,) = doubles([Charge(grant="a", entry=entry(50, 1)), Charge(grant="b", entry=entry(50, 9))])
        assert (found.kind, found.key, found.grants, found.amount) == (Doubled.COST, "V1", ("a", "b"), Decimal(50))
        assert [one.entry.row for one in found.charges] == [1, 9]
        assert found.is_same_day

    def test_a_voucher_that_is_divided_is_fine(self) -> None:
        assert doubles([Charge(grant="a", entry=entry(30, 1)), Charge(grant="b", entry=entry(20, 9))]) == ()

    def test_what_was_taken_back_is_fine(self) -> None:
        listed = [("a", 50), ("b", 50), ("b", -50)]
        assert doubles([Charge(grant=grant, entry=entry(one, n)) for n, (grant, one) in enumerate(listed)]) == ()

    def test_a_device_in_two_grants(self) -> None:
        listed = [
            Charge(grant="a", entry=entry(300, 1, device="D", voucher="1")),
            Charge(grant="b", entry=entry(100, 2, device="D", voucher="2")),
        ]
        (found,) = doubles(listed)
        assert (found.kind, found.key, found.amount) == (Doubled.DEVICE, "D", Decimal(100))

    def test_a_device_that_was_moved_to_another_grant_is_in_one(self) -> None:
        listed = [("a", 300), ("a", -300), ("b", 300)]
        charges = [
            Charge(grant=grant, entry=entry(one, n, device="D", voucher=str(n)))
            for n, (grant, one) in enumerate(listed)
        ]
        assert doubles(charges) == ()

    def test_more_than_the_whole_of_a_persons_time_with_its_days(self) -> None:
        listed = [
            Work(grant="a", person="p", first=date(2024, 1, 1), last=date(2024, 6, 30), percent=Decimal(60)),
            Work(grant="b", person="p", first=date(2024, 6, 1), last=date(2024, 12, 31), percent=Decimal(50)),
        ]
        (found,) = doubles([], listed)
        assert (found.percent, found.first, found.last) == (Decimal(110), date(2024, 6, 1), date(2024, 6, 30))
        assert found.grants == ("a", "b")

    @given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.decimals(1, 100, places=0)), max_size=6))
    def test_each_day_over_the_whole_is_in_exactly_one_finding(self, rows: list[tuple[int, int, Decimal]]) -> None:
        listed = [
            Work(
                grant=str(n),
                person="p",
                first=START + timedelta(days=first),
                last=START + timedelta(days=first + length),
                percent=percent,
            )
            for n, (first, length, percent) in enumerate(rows)
        ]
        found = doubles([], listed)
        for day in (START + timedelta(days=n) for n in range(125)):
            percent = sum((one.percent for one in listed if one.first <= day <= one.last), Decimal(0))
            on_it = [one for one in found if one.first and one.last and one.first <= day <= one.last]
            assert len(on_it) == (percent > 100)
            assert all(one.percent == percent for one in on_it)


SUMS = st.decimals(min_value=0, max_value=10**7, places=2)


class TestOverYears:
    """A new sum of a class over the years of its old one."""

    OLD = {2023: Decimal(100), 2024: Decimal(300), 2025: Decimal(100)}

    def test_years_over_keep_theirs_and_the_rest_is_shared_as_before(self) -> None:
        assert over_years(Decimal(900), self.OLD, 2024) == {2023: 100, 2024: 600, 2025: 200}

    def test_less_than_the_years_over_is_shared_by_all(self) -> None:
        assert over_years(Decimal(50), self.OLD, 2024) == {2023: 10, 2024: 30, 2025: 10}

    def test_when_all_years_are_over_all_share(self) -> None:
        assert over_years(Decimal(1000), self.OLD, 2026) == {2023: 200, 2024: 600, 2025: 200}

    def test_cents_left_over_go_to_the_largest_remainder(self) -> None:
        found = over_years(Decimal("0.05"), {2024: Decimal(1), 2025: Decimal(1), 2026: Decimal(1)}, 2024)
        assert found == {2024: Decimal("0.02"), 2025: Decimal("0.02"), 2026: Decimal("0.01")}

    def test_without_years_there_is_nothing_to_share(self) -> None:
        assert over_years(Decimal(9), {}, 2024) == over_years(Decimal(9), {2024: Decimal(0)}, 2024) == {}

    @given(SUMS, st.dictionaries(st.integers(2020, 2030), SUMS, max_size=6), st.integers(2019, 2031))
    def test_the_parts_make_the_sum(self, new: Decimal, old: dict[int, Decimal], this_year: int) -> None:
        found = over_years(new, old, this_year)
        had = {year for year, amount in old.items() if amount}
        assert set(found) == had
        assert all(part >= 0 for part in found.values())
        if had:
            assert sum(found.values()) == new
            assert over_years(new, dict(reversed(old.items())), this_year) == found

    @given(st.dictionaries(st.integers(2020, 2030), SUMS, min_size=1, max_size=6), st.integers(2019, 2031))
    def test_the_same_sum_keeps_its_years(self, old: dict[int, Decimal], this_year: int) -> None:
        kept = {year: amount for year, amount in old.items() if amount}
        assert over_years(sum(old.values(), Decimal(0)), old, this_year) == kept
