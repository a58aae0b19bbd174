"""The funder checks reports: substance, then money, by two persons; a sample that anyone can draw again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from luotsi.base.models import OutboxMail
from luotsi.funding.actions.checking import CheckDetails, check_report, draw_sample
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import GrantReport, ReportCheck
from luotsi.funding.queries.checking import received, reports_of
from luotsi.funding.queries.checking_pages import check_page, checks_page, is_proved
from luotsi.funding.tests.deciding import Funding, make_funding, make_report
from luotsi.funding.tests.making import make_officer
from luotsi.people.tests.cast import LONG_AGO

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
SUBSTANCE = CheckDetails(step="substance", verdict="accepted")
MONEY = CheckDetails(step="money", verdict="accepted", payable=Decimal(24000))


@pytest.fixture
def funding(cast: Cast) -> Funding:
    """A call of Tampere whose decisions have been sent."""
    made = make_funding(cast)
    made.send(made.decide())
    return made


@pytest.fixture
def olga(cast: Cast, funding: Funding) -> Account:
    """Another officer of the call."""
    made = make_officer(cast.tampere, "Olga")
    funding.call.officers.create(person=made.person, since=LONG_AGO)
    return made


class TestTwoSteps:
    def test_substance_first_then_money_by_another_person(self, funding: Funding, olga: Account) -> None:
        report = make_report(funding.big)
        with pytest.raises(FundingRefused, match="not the next one"):
            check_report(report=report, details=MONEY, by=funding.outi)
        check_report(report=report, details=SUBSTANCE, by=funding.outi)
        with pytest.raises(FundingRefused, match="two different persons"):
            check_report(report=report, details=MONEY, by=funding.outi)
        check_report(report=report, details=MONEY, by=olga)
        assert received(GrantReport.objects.get(pk=report.pk)).standing.is_accepted

    def test_two_officers_at_once_leave_one_step(self, funding: Funding, olga: Account) -> None:
        report = make_report(funding.big)
        check_report(report=report, details=SUBSTANCE, by=funding.outi)
        with pytest.raises(FundingRefused, match="not the next one"):
            check_report(report=report, details=SUBSTANCE, by=olga)
        assert ReportCheck.objects.count() == 1

    def test_to_be_completed_needs_words_and_tells_the_grantee(self, funding: Funding) -> None:
        report = make_report(funding.big)
        OutboxMail.objects.all().delete()
        with pytest.raises(FundingRefused, match="Tell what is to be completed"):
            check_report(report=report, details=CheckDetails(step="substance", verdict="completion"), by=funding.outi)
        words = "Tulokset puuttuvat."
        details = CheckDetails(step="substance", verdict="completion", reasons=words)
        check_report(report=report, details=details, by=funding.outi)
        mail = OutboxMail.objects.first()
        assert mail is not None
        assert words not in mail.body

    def test_a_completed_version_is_checked_anew_and_the_old_one_no_more(
        self, funding: Funding, olga: Account
    ) -> None:
        old = make_report(funding.big)
        details = CheckDetails(step="substance", verdict="completion", reasons="Tulokset puuttuvat.")
        check_report(report=old, details=details, by=funding.outi)
        new = make_report(funding.big, version=2)
        assert [one.report for one in reports_of(funding.call)] == [new]
        with pytest.raises(FundingRefused, match="newer version"):
            check_report(report=old, details=SUBSTANCE, by=olga)
        check_report(report=new, details=SUBSTANCE, by=funding.outi)

    def test_of_a_final_report_the_money_step_tells_what_is_payable_and_no_more_than_was_granted(
        self, funding: Funding, olga: Account
    ) -> None:
        report = make_report(funding.big)
        check_report(report=report, details=SUBSTANCE, by=funding.outi)
        for payable, words in ((None, "Tell what is payable"), (Decimal(40001), "No more is payable")):
            details = CheckDetails(step="money", verdict="accepted", payable=payable)
            with pytest.raises(FundingRefused, match=words):
                check_report(report=report, details=details, by=olga)

    def test_an_officer_with_an_interest_checks_nothing(self, funding: Funding, cast: Cast) -> None:
        funding.outi.person.roles.create(unit=cast.school, role="teacher", valid_from=date(2020, 8, 1))
        funding.outi.kept_reach = None
        with pytest.raises(FundingRefused, match="another officer"):
            check_report(report=make_report(funding.big), details=SUBSTANCE, by=funding.outi)


class TestSamples:
    def test_the_same_seed_draws_the_same_and_proves_it(self, funding: Funding) -> None:
        make_report(funding.big)
        make_report(funding.cut)
        drawn = draw_sample(call=funding.call, seed="TRE 26.11.2026", percent=Decimal(50), by=funding.outi)
        keys = [one.key for one in reports_of(funding.call)]
        assert drawn.of == 2
        assert sum(1 for one in drawn.picked if one["how"] == "random") == 1
        assert is_proved(drawn, keys)
        assert not is_proved(drawn, [*keys, "another"])

    def test_reports_with_a_risk_are_beside_the_drawn(self, funding: Funding) -> None:
        make_report(funding.big)
        drawn = draw_sample(call=funding.call, seed="x", percent=Decimal(0), by=funding.outi)
        assert [one["how"] for one in drawn.picked] == ["risk"]
        codes = {risk["code"] for risk in drawn.picked[0]["risks"]}
        assert codes == {"late", "first_grant", "refused_costs"}

    def test_a_seed_is_used_once(self, funding: Funding) -> None:
        make_report(funding.big)
        draw_sample(call=funding.call, seed="x", percent=Decimal(10), by=funding.outi)
        with pytest.raises(FundingRefused, match="this seed already"):
            draw_sample(call=funding.call, seed="x", percent=Decimal(20), by=funding.outi)

    def test_without_final_reports_nothing_is_drawn(self, funding: Funding) -> None:
        with pytest.raises(FundingRefused, match="No final report"):
            draw_sample(call=funding.call, seed="x", percent=Decimal(10), by=funding.outi)


class TestThePages:
    def test_the_checklist_is_answered_and_the_sample_told(self, funding: Funding) -> None:
        report = make_report(funding.big)
        draw_sample(call=funding.call, seed="x", percent=Decimal(100), by=funding.outi)
        page = check_page(report, funding.outi)
        assert [mark for mark, _word in page.points] == ["none", "none", "ok", "ok"]
        assert "Drawn by lot" in page.closely
        assert "The report came 3 days late." in page.closely
        assert page.payable == Decimal(24000)
        assert checks_page(funding.call, funding.outi).rows[0].sampled == "Drawn by lot"

    def test_an_officer_takes_the_step_by_the_page(self, client: Client, funding: Funding, olga: Account) -> None:
        report = make_report(funding.big)
        call = [funding.call.owner.key, funding.call.slug]
        one = reverse("funding:check-report", args=[*call, report.pk])
        client.force_login(funding.outi)
        assert "Next step: Substance" in client.get(one).content.decode()
        assert client.post(one, {"step": "substance", "verdict": "accepted", "reasons": ""}).status_code == 302
        client.force_login(olga)
        page = client.get(one).content.decode()
        assert "Next step: Finances" in page
        assert "24000" in page
        sent = {"step": "money", "verdict": "accepted", "reasons": "", "payable": "24000"}
        assert client.post(one, sent).status_code == 302
        assert "Accepted" in client.get(reverse("funding:list-checks", args=call)).content.decode()

    def test_whoever_took_one_step_is_led_to_another_officer_for_the_next(
        self, client: Client, funding: Funding, olga: Account
    ) -> None:
        report = make_report(funding.big)
        check_report(report=report, details=SUBSTANCE, by=funding.outi)
        one = reverse("funding:check-report", args=[funding.call.owner.key, funding.call.slug, report.pk])
        client.force_login(funding.outi)
        page = client.get(one).content.decode()
        assert "You took the other step, so another officer of the call takes this one." in page
        assert f"{reverse('funding:see-own-call', args=[funding.call.owner.key, funding.call.slug])}#officers" in page
        assert 'name="verdict"' not in page
        refused = client.post(one, {"step": "money", "verdict": "accepted", "reasons": "", "payable": "24 000"})
        assert "two different persons" in refused.content.decode()
        client.force_login(olga)
        assert 'name="verdict"' in client.get(one).content.decode()

    def test_the_grantee_reads_what_was_found_and_others_nothing(
        self, client: Client, funding: Funding, cast: Cast
    ) -> None:
        report = make_report(funding.big)
        details = CheckDetails(step="substance", verdict="completion", reasons="Tulokset puuttuvat.")
        check_report(report=report, details=details, by=funding.outi)
        client.force_login(cast.bilal)
        own = client.get(reverse("funding:see-decision", args=[cast.school.key, funding.big.pk]))
        assert "Tulokset puuttuvat." in own.content.decode()
        other = reverse("funding:check-report", args=["tampere", funding.call.slug, report.pk])
        client.force_login(cast.aino)
        assert client.get(other).status_code == 404
