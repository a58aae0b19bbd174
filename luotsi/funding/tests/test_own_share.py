"""How much own share is needed, from where it is known, and whether a text tells the right sums."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.matter_sums import sums_told
from luotsi.funding.rules.own_share import Origin, Sums, need
from luotsi.funding.rules.shares import ShareRule

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


class TestSumsOfAText:
    def test_it_tells_what_is_lacking_and_what_is_strange(self) -> None:
        found = sums_told("Haetaan 30 150 euroa, omarahoitus 3 500 €.", needed=[Decimal(30150), Decimal(3350)])
        assert (found.lacking, found.strange) == ((Decimal(3350),), (Decimal(3500),))
        assert not found.agree

    def test_hard_blanks_and_cents_are_read(self) -> None:
        text = "Ansökan gäller 30\u00a0150,50\u00a0€."
        assert sums_told(text, needed=[Decimal("30150.50"), None]).agree

    @given(EUROS)
    def test_a_sum_that_was_written_is_found(self, sum_: Decimal) -> None:
        whole = f"{sum_:,.2f}".replace(",", "\u00a0").replace(".", ",")
        assert sums_told(f"Avustus on {whole}\u00a0€.", needed=[sum_]).agree
