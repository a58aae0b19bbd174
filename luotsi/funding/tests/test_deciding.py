"""Deciding in one go: what is written, what is refused, what is taken back, what the applicant learns and when."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from luotsi.base import clock
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.funding.actions.applications import move_application
from luotsi.funding.actions.deciding import decide_batch, send_batch, take_back_batch
from luotsi.funding.actions.decisions import record_decision
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import (
    Application,
    ApplicationMember,
    BudgetRow,
    CompletionRequest,
    DecisionBatch,
    DecisionLetter,
    GrantDecision,
    Obligation,
    Proposal,
)
from luotsi.funding.queries.deciding import waiting_in
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.rules.moves import Move
from luotsi.funding.tests.deciding import (
    GROUNDS,
    TERMS,
    Funding,
    make_funding,
    make_own_call,
    make_proposal,
    make_received,
)
from luotsi.funding.tests.granting import details
from luotsi.funding.tests.making import make_officer, make_principal
from luotsi.people.rules import Role

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
STATE = Application.State


@pytest.fixture
def funding(cast: Cast) -> Funding:
    """A call of Tampere with three fixed proposals."""
    return make_funding(cast)


def fresh(application: Application) -> Application:
    """Return the application as it is kept now."""
    return Application.objects.select_related("decision", "call__funder", "unit").get(pk=application.pk)


class TestDeciding:
    def test_it_writes_a_decision_for_each_proposal_with_instalments_that_make_the_grant(
        self, funding: Funding
    ) -> None:
        batch = funding.decide()
        told = {one.application_id: one for one in GrantDecision.objects.filter(letter__batch=batch)}
        assert {pk: (one.outcome, one.granted) for pk, one in told.items()} == {
            funding.big.pk: ("granted", Decimal(40000)),
            funding.cut.pk: ("partly", Decimal(20000)),
            funding.refused.pk: ("refused", None),
        }
        parts = told[funding.cut.pk].instalments.values_list("number", "amount", "due_on")
        assert list(parts) == [(1, Decimal(14000), date(2027, 1, 15)), (2, Decimal(6000), None)]
        assert not told[funding.refused.pk].instalments.exists()

    def test_a_smaller_grant_accepts_the_cost_of_which_it_is_the_percentage_of_the_call(
        self, funding: Funding
    ) -> None:
        funding.decide()
        cut, whole = fresh(funding.cut).decision, fresh(funding.big).decision
        assert (cut.total, cut.own_share, cut.percent) == (Decimal(25000), Decimal(5000), Decimal(80))
        assert (whole.total, whole.own_share) == (Decimal(50000), Decimal(10000))

    def test_reasons_conditions_and_days_of_reports_go_with_it(self, funding: Funding) -> None:
        funding.decide()
        decision = fresh(funding.cut).decision
        assert decision.reasons == GROUNDS["fi"]
        assert decision.conditions.splitlines() == ["Hankinnat kilpailutetaan.", "Tulokset julkaistaan."]
        assert [(one["key"], one["due_on"]) for one in decision.reports] == [
            ("interim-1", "2027-06-30"),
            ("final-1", "2028-02-28"),
        ]

    def test_a_double_click_decides_once(self, funding: Funding) -> None:
        seen = waiting_in(funding.call, funding.outi).seal
        terms = TERMS
        first = decide_batch(call=funding.call, terms=terms, seen=seen, key="same", by=funding.outi)
        second = decide_batch(call=funding.call, terms=terms, seen=seen, key="same", by=funding.outi)
        assert first == second
        assert AuditEntry.objects.filter(verb="funding.decisions.made").count() == 1

    def test_two_officers_deciding_at_once_leave_one_decision_each(self, funding: Funding) -> None:
        seen = waiting_in(funding.call, funding.outi).seal
        funding.decide()
        with pytest.raises(FundingRefused, match="No fixed proposal waits"):
            decide_batch(call=funding.call, terms=TERMS, seen=seen, key="other page", by=funding.outi)
        assert GrantDecision.objects.count() == 3

    def test_a_proposal_changed_after_the_page_was_made_refuses(self, funding: Funding) -> None:
        seen = waiting_in(funding.call, funding.outi).seal
        Proposal.objects.filter(application=funding.cut).update(revision=2)
        with pytest.raises(FundingRefused, match="changed after this page"):
            decide_batch(call=funding.call, terms=TERMS, seen=seen, key="k", by=funding.outi)
        assert not GrantDecision.objects.exists()

    def test_what_is_not_fixed_waits(self, funding: Funding) -> None:
        Proposal.objects.filter(application=funding.cut).update(state="draft", fixed_at=None)
        funding.decide()
        assert GrantDecision.objects.count() == 2
        assert waiting_in(funding.call, funding.outi).unproposed == 1


class TestWhatSpeaksAgainst:
    def refusal(self, funding: Funding, **values: Any) -> str:
        with pytest.raises(FundingRefused) as told:
            funding.decide(**values)
        assert not GrantDecision.objects.filter(application__call=funding.call).exists()
        return " ".join(str(one) for one in told.value.reasons)

    def test_more_than_the_budget(self, cast: Cast) -> None:
        funding = make_funding(cast, budget=Decimal(59999))
        assert "60,000" in self.refusal(funding)

    def test_what_was_granted_before_counts_towards_the_budget(self, cast: Cast) -> None:
        funding = make_funding(cast, budget=Decimal(65000))
        funding.decide()
        late = make_received(funding.call, cast.school, 4)
        make_proposal(late, 6000)
        with pytest.raises(FundingRefused, match="of the budget is left"):
            funding.decide(key="second")

    def test_more_than_was_applied_for(self, funding: Funding) -> None:
        Proposal.objects.filter(application=funding.cut).update(amount=40001)
        assert "more than the €40,000 applied for" in self.refusal(funding)

    def test_more_than_the_largest_grant(self, cast: Cast) -> None:
        funding = make_funding(cast, grant_max=Decimal(39999))
        assert "that the call allows" in self.refusal(funding)

    def test_more_than_the_percentage_of_the_call(self, cast: Cast) -> None:
        funding = make_funding(cast, grant_percent=Decimal(79))
        assert "more than the €39,500 that the call allows" in self.refusal(funding)

    def test_a_refusal_without_reasons(self, funding: Funding) -> None:
        Proposal.objects.filter(application=funding.refused).update(reasons={})
        assert "need reasons" in self.refusal(funding)

    def test_an_applicant_who_may_complete_it_still(self, funding: Funding) -> None:
        now = clock.now()
        request = CompletionRequest(
            application=funding.cut, words="Liite puuttuu.", until=now + timedelta(days=2), asked_at=now
        )
        request.save(force_insert=True)
        assert "may complete it still" in self.refusal(funding)

    def test_a_call_that_is_open(self, cast: Cast) -> None:
        funding = make_funding(cast, closes_at=clock.now() + timedelta(hours=1))
        assert "has not closed" in self.refusal(funding)

    def test_a_final_report_before_the_end_of_use(self, funding: Funding) -> None:
        assert "before a period of use ends" in self.refusal(funding, final_on=date(2027, 12, 30))

    def test_instalments_that_do_not_make_the_whole(self, funding: Funding) -> None:
        assert "100 per cent" in self.refusal(funding, instalments=((Decimal(70), None),))

    def test_a_day_that_has_not_come(self, funding: Funding) -> None:
        assert "has not come" in self.refusal(funding, decided_on=clock.today() + timedelta(days=1))


class TestOwnUnits:
    def test_an_officer_never_decides_for_a_unit_of_their_own(self, cast: Cast) -> None:
        funding = make_funding(cast)
        own = make_principal(cast.school, "Oskar")
        own.person.roles.create(unit=cast.tampere, role=Role.FUNDER, valid_from=date(2020, 8, 1))
        funding.call.officers.create(person=own.person, since=date(2020, 8, 1))
        table = waiting_in(funding.call, own)
        assert [one.application for one in table.rows if one.is_aside] == [funding.big]
        batch = decide_batch(call=funding.call, terms=TERMS, seen=table.seal, key="k", by=own)
        assert batch.total == 2
        assert fresh(funding.big).state == STATE.SUBMITTED
        assert not GrantDecision.objects.filter(application=funding.big).exists()
        with pytest.raises(FundingRefused, match="No fixed proposal"):
            decide_batch(call=funding.call, terms=TERMS, seen=waiting_in(funding.call, own).seal, key="again", by=own)
        assert funding.decide().total == 1

    def test_nor_for_the_unit_that_the_officer_serves(self, cast: Cast) -> None:
        outi = make_officer(cast.tampere)
        call = make_own_call(cast.region, outi)
        make_proposal(make_received(call, cast.tampere), 40000)
        assert [one.is_aside for one in waiting_in(call, outi).rows] == [True]

    def test_nor_what_they_prepared_themselves(self, funding: Funding) -> None:
        ApplicationMember(
            application=funding.cut, person=funding.outi.person, part="read", since=date(2020, 1, 1),
            until=date(2020, 2, 1),
        ).save(force_insert=True)  # fmt: skip
        funding.decide()
        assert not GrantDecision.objects.filter(application=funding.cut).exists()

    def test_what_is_left_to_another_officer_keeps_its_part_of_the_budget(self, cast: Cast) -> None:
        funding = make_funding(cast, budget=Decimal(59999))
        ApplicationMember(
            application=funding.cut, person=funding.outi.person, part="read", since=date(2020, 1, 1)
        ).save(force_insert=True)
        with pytest.raises(FundingRefused, match="of the budget is left"):
            funding.decide()


class TestTakingBack:
    def test_until_the_letters_are_sent_the_applicant_knows_nothing(self, funding: Funding) -> None:
        funding.decide()
        application = fresh(funding.big)
        assert decision_of(application) is None
        assert (application.state, application.granted) == (STATE.SUBMITTED, None)
        assert not Obligation.objects.exists()
        assert not OutboxMail.objects.exists()

    def test_taken_back_everything_waits_again(self, funding: Funding) -> None:
        batch = funding.decide()
        take_back_batch(batch=batch, by=funding.outi)
        assert not GrantDecision.objects.exists()
        assert not DecisionLetter.objects.exists()
        assert not DecisionBatch.objects.exists()
        assert len(waiting_in(funding.call, funding.outi).rows) == 3
        event = AuditEntry.objects.get(verb="funding.decisions.taken-back")
        assert len(event.after["decisions"]) == 3
        assert funding.decide(key="anew").total == 3

    def test_once_sent_it_stands(self, funding: Funding) -> None:
        batch = funding.send(funding.decide())
        with pytest.raises(FundingRefused, match="cannot be taken back"):
            take_back_batch(batch=batch, by=funding.outi)
        assert GrantDecision.objects.count() == 3

    def test_letters_that_are_not_printed_are_not_sent(self, funding: Funding) -> None:
        seen = waiting_in(funding.call, funding.outi).seal
        batch = decide_batch(call=funding.call, terms=TERMS, seen=seen, key="k", by=funding.outi)
        with pytest.raises(FundingRefused, match="being printed"):
            send_batch(batch=batch, by=funding.outi)


class TestSending:
    def test_the_application_follows_and_its_duties_are_written(self, funding: Funding) -> None:
        funding.send(funding.decide())
        cut, refused = fresh(funding.cut), fresh(funding.refused)
        assert (cut.state, cut.granted, cut.decided_on) == (STATE.PARTLY, Decimal(20000), clock.today())
        assert (refused.state, refused.granted) == (STATE.REFUSED, None)
        assert decision_of(cut) is not None
        duties = set(Obligation.objects.filter(application=cut).values_list("duty", flat=True))
        assert duties >= {"interim_report", "final_report", "period_ends", "municipal_correction"}
        assert set(Obligation.objects.filter(application=refused).values_list("duty", flat=True)) == {
            "municipal_correction"
        }

    def test_the_clock_of_a_state_grant_is_another(self, funding: Funding) -> None:
        funding.send(funding.decide(law="state"))
        duties = Obligation.objects.filter(application=funding.refused).values_list("duty", flat=True)
        assert set(duties) == {"state_correction"}

    def test_a_mail_tells_that_a_decision_is_there_and_nothing_of_it(self, funding: Funding) -> None:
        funding.send(funding.decide())
        mails = OutboxMail.objects.filter(subject__contains="Kokeilu")
        assert mails.exists()
        for mail in mails:
            assert "/decision/" in mail.body
            assert "40" not in mail.body.partition("http")[0]
            assert "myönn" not in mail.body.lower()

    def test_sent_twice_it_is_sent_once(self, funding: Funding) -> None:
        batch = funding.send(funding.decide())
        count = OutboxMail.objects.count()
        funding.send(batch)
        assert OutboxMail.objects.count() == count
        assert AuditEntry.objects.filter(verb="funding.decision.told").count() == 3
        assert AuditEntry.objects.filter(verb="funding.decisions.sent").count() == 1

    def test_what_was_withdrawn_before_it_was_told_lapses(self, funding: Funding, cast: Cast) -> None:
        batch = funding.decide()
        move_application(application=funding.big, move=Move.WITHDRAW, reason="Raha riitti.", by=cast.bilal)
        funding.send(batch)
        assert fresh(funding.big).state == STATE.WITHDRAWN
        assert not GrantDecision.objects.filter(application=funding.big).exists()
        assert AuditEntry.objects.filter(verb="funding.decision.lapsed").count() == 1
        assert fresh(funding.cut).state == STATE.PARTLY

    def test_the_applicant_cannot_write_the_decision_of_an_own_call(self, funding: Funding, cast: Cast) -> None:
        with pytest.raises(FundingRefused, match="officers of this call decide"):
            record_decision(application=funding.big, details=details(), by=cast.eeva)

    def test_a_call_without_a_form_gives_no_budget_by_classes(self, funding: Funding) -> None:
        funding.send(funding.decide())
        assert not BudgetRow.objects.exists()
