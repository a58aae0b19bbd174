"""How much own share is needed, and from where it is known."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.shares import Origin, ShareRule, Sums, need

TEN = ShareRule(percent=Decimal(10), source="Hakuilmoitus")
NONE = ShareRule(percent=None)
EUROS = st.decimals(min_value=1, max_value=10_000_000, places=2)


class TestNeeding:
    def test_the_call_tells_the_least_where_the_application_tells_none(self) -> None:
        found = need(Sums(grant=Decimal(30150)), TEN)
        assert (found.amount, found.origin, found.total) == (Decimal(3350), Origin.CALL, Decimal(33500))
        assert (found.of_total, found.of_grant) == (Decimal(10), Decimal("11.1111"))

    def test_an_application_that_tells_too_little_is_short(self) -> None:
        found = need(Sums(grant=Decimal(393000), own=Decimal(39300)), TEN)
        assert (found.amount, found.origin, found.short) == (Decimal(39300), Origin.APPLICATION, Decimal(4367))
        assert (found.of_total, found.of_grant) == (Decimal("9.0909"), Decimal(10))

    def test_the_decision_comes_before_the_application(self) -> None:
        found = need(Sums(grant=Decimal(100), own=Decimal(50)), NONE, decided=Decimal(20))
        assert (found.amount, found.origin) == (Decimal(20), Origin.DECISION)

    def test_nothing_is_judged_without_a_percentage(self) -> None:
        assert need(Sums(grant=Decimal(100)), NONE).amount is None
        found = need(Sums(grant=Decimal(100), own=Decimal(0)), NONE)
        assert (found.amount, found.least, found.short) == (Decimal(0), None, None)

    @given(grant=EUROS, percent=st.integers(min_value=1, max_value=99))
    def test_the_least_is_never_below_the_percentage_of_the_total(self, grant: Decimal, percent: int) -> None:
        found = need(Sums(grant=grant), ShareRule(percent=Decimal(percent)))
        assert found.amount is not None
        assert found.total is not None
        assert found.amount * 100 >= found.total * percent
        assert found.amount + grant == found.total
