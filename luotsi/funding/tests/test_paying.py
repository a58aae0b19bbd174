"""The funder pays: instalments into files, none twice; what was paid too much comes back, or is kept when small."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.funding.actions.paying import RecoveryDetails, ask_back, confirm_run, discard_run, make_run
from luotsi.funding.actions.payments import PaymentDetails, add_payment, change_payment, remove_payment
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import ApplicationMember, GrantDecision, Instalment, Payment, PaymentRun
from luotsi.funding.queries.paying import HEADERS, file_rows, paid_of, paying_page
from luotsi.funding.rules.paying import Payable, paying_refusals, recovery_refusals
from luotsi.funding.tests.deciding import Funding, make_funding

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast

TODAY = date(2026, 11, 26)


class TestTheRules:
    @given(st.lists(st.integers(min_value=1, max_value=1000), min_size=1, max_size=4), st.integers(0, 4000))
    def test_never_is_more_paid_than_was_granted(self, sums: list[int], granted: int) -> None:
        before, chosen = Decimal(0), []
        for number, amount in enumerate(sums):
            chosen.append(Payable(key=str(number), amount=Decimal(amount), granted=Decimal(granted), before=before))
            before += amount
        found = {one.code for one in paying_refusals(chosen, pay_on=TODAY, today=TODAY)}
        assert ("over_grant" in found) == (sum(sums) > granted)

    def test_each_reason_stands_for_itself(self) -> None:
        one = Payable(key="a", amount=Decimal(1), granted=Decimal(1), is_told=False, in_file=3, is_own=True)
        found = paying_refusals([one], pay_on=TODAY - timedelta(days=1), today=TODAY)
        assert [why.code for why in found] == ["pay_day_over", "not_told", "in_a_file", "own_unit"]
        assert [why.code for why in paying_refusals([], pay_on=TODAY, today=TODAY)] == ["nothing_chosen"]

    def test_a_hundred_euros_need_no_day_of_return_and_a_cent_more_does(self) -> None:
        def codes(paid: str) -> list[str]:
            found = recovery_refusals(
                paid=Decimal(paid), due=Decimal(900), granted=Decimal(1000), grounds="x", return_by=None, today=TODAY
            )
            return [one.code for one in found]

        assert codes("1000.00") == []
        assert codes("1000.01") == ["no_return_day"]
        assert codes("900") == ["nothing_over"]


@pytest.fixture
def funding(cast: Cast) -> Funding:
    """A call of Tampere whose decisions have been sent."""
    made = make_funding(cast)
    made.send(made.decide())
    return made


def keys(funding: Funding, number: int | None = None) -> list[Any]:
    """Return the instalments of the call, perhaps those of a number."""
    found = Instalment.objects.filter(decision__application__call=funding.call)
    return list((found.filter(number=number) if number else found).values_list("pk", flat=True))


def run(funding: Funding, number: int | None = 1, key: str = "page") -> PaymentRun:
    """Make a payment file."""
    return make_run(
        call=funding.call, instalments=keys(funding, number), pay_on=clock.today(), key=key, by=funding.outi
    )


@pytest.mark.django_db
class TestPaying:
    def test_a_file_has_a_row_for_each_instalment_with_its_reference_and_no_person(self, funding: Funding) -> None:
        rows = [dict(zip(HEADERS, row, strict=True)) for row in file_rows(run(funding))]
        assert [(one["reference"], one["amount"]) for one in rows] == [
            ("TRE:100/2026-1_1", Decimal(28000)),
            ("TRE:100/2026-2_1", Decimal(14000)),
        ]
        assert rows[0]["recipient"] == "Käpytikan esimerkkikoulu"
        assert not any("Mallikas" in str(value) for one in rows for value in one.values())

    def test_no_instalment_is_paid_twice(self, funding: Funding) -> None:
        run(funding)
        with pytest.raises(FundingRefused, match="in payment file 1 already"):
            run(funding, key="another page")
        assert run(funding, key="page") == PaymentRun.objects.get()

    def test_a_file_that_was_not_paid_can_be_taken_away(self, funding: Funding) -> None:
        discard_run(run=run(funding), by=funding.outi)
        assert not PaymentRun.objects.exists()
        assert run(funding, key="anew").payouts.count() == 2

    def test_paid_each_grant_has_its_payment_once(self, funding: Funding) -> None:
        made = run(funding)
        for _time in range(2):
            confirm_run(run=made, paid_on=clock.today(), by=funding.outi)
        told = Payment.objects.order_by("amount").values_list("decision__application", "number", "amount")
        assert list(told) == [(funding.cut.pk, 1, Decimal(14000)), (funding.big.pk, 1, Decimal(28000))]
        with pytest.raises(FundingRefused, match="have been paid"):
            discard_run(run=made, by=funding.outi)

    def test_states_and_sums_of_the_page(self, funding: Funding) -> None:
        confirm_run(run=run(funding), paid_on=clock.today(), by=funding.outi)
        page = paying_page(funding.call, funding.outi)
        assert (page.granted, page.paid, page.filed, page.waits) == (
            Decimal(60000), Decimal(42000), Decimal(0), Decimal(18000),
        )  # fmt: skip
        assert {row.mark for row in page.rows if row.part == 1} == {"done"}

    def test_an_officer_with_an_interest_pays_nothing_to_it(self, funding: Funding) -> None:
        ApplicationMember(
            application=funding.big, person=funding.outi.person, part="read", since=date(2020, 1, 1)
        ).save(force_insert=True)
        with pytest.raises(FundingRefused, match="another officer pays"):
            run(funding)

    def test_decisions_that_were_not_sent_are_not_paid(self, cast: Cast) -> None:
        made = make_funding(cast)
        made.decide()
        with pytest.raises(FundingRefused, match="at least one"):
            run(made)


@pytest.mark.django_db
class TestAskingBack:
    def back(self, funding: Funding, due: int | str, **values: Any) -> Any:
        """Ask back of the large grant, of which 28,000 was paid."""
        if not Payment.objects.exists():
            confirm_run(run=run(funding), paid_on=clock.today(), by=funding.outi)
        decision = GrantDecision.objects.get(application=funding.big)
        details = RecoveryDetails(due=Decimal(due), reasons="Kulut jäivät alle arvion.", **values)
        return ask_back(decision=decision, details=details, by=funding.outi)

    def test_what_is_over_is_returned_by_a_day(self, funding: Funding) -> None:
        made = self.back(funding, 25000, return_by=clock.today() + timedelta(days=30))
        assert (made.paid, made.over, made.is_kept) == (Decimal(28000), Decimal(3000), False)

    def test_a_hundred_euros_are_kept(self, funding: Funding) -> None:
        made = self.back(funding, 27900)
        assert (made.over, made.is_kept, made.return_by) == (Decimal(100), True, None)

    def test_nothing_over_is_refused(self, funding: Funding) -> None:
        with pytest.raises(FundingRefused, match="Nothing was paid too much"):
            self.back(funding, 28000)

    def test_asked_twice_it_is_asked_once(self, funding: Funding) -> None:
        self.back(funding, 27900)
        with pytest.raises(FundingRefused, match="already"):
            self.back(funding, 27800, return_by=clock.today() + timedelta(days=30))


@pytest.mark.django_db
class TestThePages:
    def test_an_officer_chooses_makes_a_file_and_tells_that_it_was_paid(
        self, client: Client, funding: Funding
    ) -> None:
        client.force_login(funding.outi)
        call = [funding.call.owner.key, funding.call.slug]
        assert "Kokeilu 1" in client.get(reverse("funding:list-payments", args=call)).content.decode()
        sent = {"instalment": keys(funding, 1), "pay_on": clock.today().isoformat(), "key": "k"}
        client.post(reverse("funding:make-payments", args=call), sent)
        made = PaymentRun.objects.get()
        file = client.get(reverse("funding:download-payments", args=[*call, made.pk]))
        assert "28000,00" in file.content.decode()
        client.post(reverse("funding:confirm-payments", args=[*call, made.pk]), {"paid_on": clock.today()})
        assert Payment.objects.count() == 2
        back = reverse("funding:ask-back", args=[*call, GrantDecision.objects.get(application=funding.big).pk])
        assert client.post(back, {"due": "1", "reasons": ""}).status_code == 422
        assert client.post(back, {"due": "27950", "reasons": "Pieni ero."}).status_code == 302
        assert "so small that it is kept" in client.get(back).content.decode()

    def test_others_do_not_come_in(self, client: Client, cast: Cast, funding: Funding) -> None:
        client.force_login(cast.farid)
        assert client.get(reverse("funding:list-payments", args=["tampere", funding.call.slug])).status_code == 404


@pytest.mark.django_db
class TestTheGrantee:
    """The funder's file writes payments down, so the grantee writes none: nothing is there twice."""

    DETAILS = PaymentDetails(amount=Decimal(28000), received_on=date(2026, 1, 2), number=1)

    def grant(self, funding: Funding) -> GrantDecision:
        """Return the large grant, paid by a file."""
        confirm_run(run=run(funding), paid_on=clock.today(), by=funding.outi)
        return GrantDecision.objects.get(application=funding.big)

    def test_it_writes_no_payment_of_an_own_call(self, cast: Cast, funding: Funding) -> None:
        decision = self.grant(funding)
        with pytest.raises(FundingRefused, match="payment files write down"):
            add_payment(decision=decision, details=self.DETAILS, by=cast.bilal)
        assert decision.payments.get().amount == 28000

    def test_it_does_not_touch_what_the_file_wrote(self, cast: Cast, funding: Funding) -> None:
        kept = self.grant(funding).payments.get()
        back = PaymentDetails(amount=Decimal(-1), received_on=clock.today())
        with pytest.raises(FundingRefused, match="stays"):
            change_payment(payment=kept, details=back, by=cast.bilal)
        with pytest.raises(FundingRefused, match="stays"):
            remove_payment(payment=kept, by=cast.bilal)

    def test_what_it_returned_is_written_mended_and_taken_away_by_the_page(
        self, client: Client, cast: Cast, funding: Funding
    ) -> None:
        decision = self.grant(funding)
        client.force_login(cast.eeva)
        place = [funding.big.unit.key, funding.big.pk]
        page = client.get(reverse("funding:see-spending", args=place)).content.decode()
        paid = decision.payments.get()
        assert "Add what was returned" in page
        assert reverse("funding:edit-payment", args=[*place, paid.pk]) not in page
        assert 'name="number"' not in client.get(reverse("funding:add-payment", args=place)).content.decode()
        sent = {"received_on": clock.today().isoformat(), "amount": "500.50", "is_returned": "", "number": "1"}
        assert client.post(reverse("funding:add-payment", args=place), sent).status_code == 302
        assert paid_of(decision) == Decimal("27499.50")
        back = decision.payments.get(amount__lt=0)
        edit = reverse("funding:edit-payment", args=[*place, back.pk])
        assert client.post(edit, sent | {"amount": "400"}).status_code == 302
        assert paid_of(decision) == 27600
        answer = client.post(reverse("funding:remove-payment", args=[*place, paid.pk]), follow=True)
        assert "so it stays" in answer.content.decode()
        client.post(reverse("funding:remove-payment", args=[*place, back.pk]))
        assert paid_of(decision) == 28000
