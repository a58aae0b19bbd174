"""What is payable, what is returned and which instalments came."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.payable import Bound, Instalment, Paid, Payment, instalments, payable, recovery

sums = st.decimals(min_value=0, max_value=9_999_999, places=2)
percents = st.decimals(min_value=0, max_value=100, places=2)
TODAY = date(2026, 11, 26)


class TestPayable:
    def test_the_percentage_is_of_what_was_spent(self) -> None:
        found = payable(Decimal(90_000), Decimal(100_000), percent=Decimal(80))
        assert (found.amount, found.binding) == (Decimal(80_000), (Bound.PERCENTAGE,))

    def test_the_grant_is_a_ceiling(self) -> None:
        found = payable(Decimal(50_000), Decimal(100_000), percent=Decimal(80))
        assert (found.amount, found.binding) == (Decimal(50_000), (Bound.GRANTED,))

    def test_only_the_deficit_is_covered(self) -> None:
        found = payable(
            Decimal(80_000), Decimal(100_000), percent=Decimal(80), other=Decimal(25_000), income=Decimal(5_000)
        )
        assert (found.amount, found.binding) == (Decimal(70_000), (Bound.DEFICIT,))

    def test_without_a_percentage_the_others_bind_and_it_is_told(self) -> None:
        found = payable(Decimal(80), Decimal(70), percent=None)
        assert found.amount == 70
        assert [one.code for one in found.unknown] == ["no_percentage"]

    @given(sums, sums, percents, sums, sums)
    def test_it_is_the_least_of_three_and_never_negative(
        self, granted: Decimal, realised: Decimal, percent: Decimal, other: Decimal, income: Decimal
    ) -> None:
        amount = payable(granted, realised, percent=percent, other=other, income=income).amount
        assert 0 <= amount <= granted
        assert amount * 100 <= realised * percent
        assert amount <= max(realised - other - income, Decimal(0))
        more = amount + Decimal("0.01")
        assert more > granted or more * 100 > realised * percent or more > max(realised - other - income, Decimal(0))

    @given(sums, sums, sums, percents)
    def test_more_spent_never_pays_less(
        self, granted: Decimal, realised: Decimal, more: Decimal, percent: Decimal
    ) -> None:
        assert (
            payable(granted, realised + more, percent=percent).amount
            >= payable(granted, realised, percent=percent).amount
        )


class TestRecovery:
    def test_a_hundred_euros_may_be_kept_and_a_cent_more_not(self) -> None:
        assert recovery(Decimal(1_100), Decimal(1_000)).to_return == 0
        assert recovery(Decimal("1100.01"), Decimal(1_000)).to_return == Decimal("100.01")

    @given(sums, sums)
    def test_over_and_due_make_the_difference(self, paid: Decimal, due: Decimal) -> None:
        found = recovery(paid, due)
        assert found.over - found.still_due == paid - due
        assert min(found.over, found.still_due) == 0
        assert found.to_return in {found.over, Decimal(0)}


class TestInstalments:
    def test_each_stands_beside_what_came(self) -> None:
        found = instalments(
            [
                Instalment(key="1", expected=Decimal(60), due_on=date(2026, 1, 31)),
                Instalment(key="2", expected=Decimal(30), due_on=date(2026, 6, 30)),
                Instalment(key="3", expected=Decimal(10)),
            ],
            [
                Payment(key="p", amount=Decimal(60), received_on=date(2026, 2, 1), instalment="1"),
                Payment(key="q", amount=Decimal(5), received_on=date(2026, 7, 1), instalment="2"),
                Payment(key="r", amount=Decimal(7), received_on=date(2026, 7, 2)),
            ],
            granted=Decimal(110),
            today=TODAY,
        )
        assert [row.state for row in found.rows] == [Paid.RECEIVED, Paid.LATE, Paid.UNDATED]
        assert [(one.code, one.about) for one in found.reasons] == [
            ("not_the_grant", ""),
            ("late", "2"),
            ("loose_payment", "r"),
        ]
        assert (found.expected, found.received) == (Decimal(100), Decimal(72))

    def test_too_much_is_told(self) -> None:
        paid = Payment(key="p", amount=Decimal(11), received_on=TODAY, instalment="1")
        found = instalments([Instalment(key="1", expected=Decimal(10))], [paid], granted=None, today=TODAY)
        assert (found.rows[0].state, found.rows[0].missing) == (Paid.OVER, Decimal(-1))
