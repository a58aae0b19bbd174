"""Sums in the forms of this room: they are read as people write them and as the pages show them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from luotsi.base.money import MAX_DIGITS
from luotsi.funding.forms.paying import BackForm
from luotsi.funding.forms.shares import CommitmentForm
from luotsi.funding.forms.spending import BudgetForm, PaymentForm
from luotsi.funding.models import Commitment
from luotsi.ui.formatting import euros

CENTS = some.decimals(min_value=0, max_value=10 ** (MAX_DIGITS - 3), places=2)


def payment(amount: str) -> PaymentForm:
    return PaymentForm({"received_on": "1.9.2026", "amount": amount}, numbers=[])


class TestASumThatIsTyped:
    @pytest.mark.parametrize(
        "written", ["12000,5", "12 000,50", "12\u00a0000,50\u00a0€", "12.000,50", "12000.50", " 12000,50 € "]
    )
    def test_it_is_read_as_people_write_it(self, written: str) -> None:
        with translation.override("fi"):
            form = payment(written)
            assert form.is_valid(), form.errors
            assert form.details().amount == Decimal("12000.50")

    @pytest.mark.parametrize("code", ["fi", "sv", "en"])
    @given(amount=CENTS)
    def test_what_a_page_shows_can_be_typed_back(self, code: str, amount: Decimal) -> None:
        with translation.override(code):
            form = payment(euros(amount, 2))
            assert form.is_valid(), form.errors
            assert form.cleaned_data["amount"] == amount

    @given(amount=CENTS)
    def test_what_a_form_begins_with_is_read_again(self, amount: Decimal) -> None:
        with translation.override("sv"):
            shown = str(PaymentForm(initial={"amount": amount}, numbers=[])["amount"].value())
            assert payment(shown).fields["amount"].clean(shown) == amount

    @pytest.mark.parametrize(
        ("written", "words"),
        [
            ("", "Detta fält måste fyllas i."),
            ("kissa", "Skriv beloppet i euro med siffror, till exempel 1 234,50."),
            ("-5", "Beloppet kan inte vara negativt."),
            ("1,234", "Det framgår inte om det här betyder tusental."),
            ("9" * 30, "Beloppet är för stort."),
        ],
    )
    def test_what_is_no_sum_is_told_in_the_readers_words(self, written: str, words: str) -> None:
        with translation.override("sv"):
            form = payment(written)
            assert not form.is_valid()
            assert words in str(form.errors["amount"])

    def test_a_sum_that_must_be_told_is_asked_for(self) -> None:
        with translation.override("en"):
            assert "due" in BackForm({"reasons": "Kuluja hylättiin."}).errors

    def test_zero_is_a_sum_and_nothing_is_none(self) -> None:
        form = BudgetForm(
            {"whole_0": "0", "whole_1": " "}, classes=[("staff", "Henkilöstö"), ("other", "Muut")], years=[]
        )
        assert form.is_valid(), form.errors
        assert form.budget() == {("staff", None): Decimal(0)}


class TestAnEarlierEntry:
    def test_it_is_offered_with_its_sum_as_the_page_shows_it(self) -> None:
        earlier = [
            Commitment(decider="Koulutusjaosto", section="§ 12", amount=Decimal(12000)),
            Commitment(decider="Rehtori", amount=None),
        ]
        with translation.override("fi"):
            form = CommitmentForm(lines=[], labels=[], earlier=earlier)
            labels = [label for _key, label in form.fields["replaces"].choices]  # type: ignore[attr-defined]
        assert labels == ["–", "Koulutusjaosto § 12, 12\u00a0000\u00a0€", "Rehtori, –"]
