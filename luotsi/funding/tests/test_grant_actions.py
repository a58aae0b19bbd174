"""What is decided of an application: once, told apart, and followed by what it obliges to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.base.names import Names
from luotsi.funding.actions.commitments import (
    CommitmentDetails,
    add_commitment,
    change_commitment,
    remove_commitment,
)
from luotsi.funding.actions.decisions import correct_decision, record_decision
from luotsi.funding.actions.matters import (
    begin_matter,
    discard_matter,
    fix_matter,
    reopen_matter,
    take_back_outcome,
)
from luotsi.funding.actions.obligations import do_obligation, undo_obligation
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.reminders import remind_daily
from luotsi.funding.models import Application, BoardItem, Commitment, GrantDecision, Obligation
from luotsi.funding.queries.appeals import appeal_rows
from luotsi.funding.queries.own_shares import committed_of
from luotsi.funding.tests.granting import (
    BOARD,
    Funded,
    decided,
    details,
    fixed_matter,
    granted,
    make_application,
)
from luotsi.funding.waiting.grants import tasks_for
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.cast import cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def funded(cast: Cast) -> Funded:
    return make_application(cast.tampere)


class TestRecordingADecision:
    def test_the_application_follows_it(self, cast: Cast, funded: Funded) -> None:
        granted(funded.application, cast.eeva)
        funded.application.refresh_from_db()
        assert funded.application.state == Application.State.GRANTED
        assert funded.application.granted == Decimal(30150)
        assert funded.application.decided_on == date(2022, 6, 10)

    def test_the_same_one_sent_twice_is_recorded_once(self, cast: Cast, funded: Funded) -> None:
        first = granted(funded.application, cast.eeva)
        rows = AuditEntry.objects.count()
        assert granted(funded.application, cast.aino) == first
        assert AuditEntry.objects.count() == rows

    def test_another_one_at_the_same_time_is_refused_and_nothing_is_lost(self, cast: Cast, funded: Funded) -> None:
        granted(funded.application, cast.eeva)
        with pytest.raises(FundingRefused, match="tells something else"):
            granted(funded.application, cast.aino, granted=Decimal(20000))
        assert GrantDecision.objects.get().granted == Decimal(30150)

    def test_an_application_that_was_not_handed_in_waits_for_none(self, cast: Cast) -> None:
        one = make_application(cast.tampere, state=Application.State.PREPARING, submitted_at=None)
        with pytest.raises(FundingRefused, match="does not wait"):
            granted(one.application, cast.eeva)

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"granted": None}, "how much"),
            ({"granted": Decimal(0)}, "refusal"),
            ({"outcome": "refused"}, "granted nothing"),
            ({"decided_on": date(2999, 1, 1)}, "not come yet"),
            ({"given_on": None}, "neither"),
            ({"percent": Decimal(0)}, "percentage"),
        ],
    )
    def test_values_that_do_not_agree_are_refused(
        self, cast: Cast, funded: Funded, values: dict[str, object], words: str
    ) -> None:
        with pytest.raises(FundingRefused, match=words):
            granted(funded.application, cast.eeva, **values)
        assert not GrantDecision.objects.exists()

    def test_a_period_that_ends_before_it_begins_is_kept_as_it_is(self, cast: Cast, funded: Funded) -> None:
        one = granted(funded.application, cast.eeva, starts_on=date(2020, 10, 1), ends_on=date(2020, 7, 31))
        assert one.ends_on is not None
        assert one.starts_on is not None
        assert one.ends_on < one.starts_on

    def test_a_correction_renews_what_follows_and_keeps_what_was_done(self, cast: Cast, funded: Funded) -> None:
        one = granted(funded.application, cast.eeva)
        done = do_obligation(obligation=Obligation.objects.get(duty="interim_report"), by=cast.eeva)
        wanted = replace(details(), outcome="refused", granted=None, instalments=(), reports=())
        moved = replace(details(), ends_on=date(2025, 7, 31))
        correct_decision(decision=one, details=moved, by=cast.aino)
        assert Obligation.objects.get(duty="period_ends").due_on == date(2025, 7, 31)
        assert Obligation.objects.get(pk=done.pk).done_by == cast.eeva
        correct_decision(decision=one, details=wanted, by=cast.aino)
        assert [row.duty for row in Obligation.objects.all()] == ["state_correction"]
        funded.application.refresh_from_db()
        assert funded.application.state == Application.State.REFUSED
        assert funded.application.granted is None


class TestMatters:
    def test_a_decided_one_commits_the_own_share(self, cast: Cast, funded: Funded) -> None:
        decided(fixed_matter(funded.application, cast.eeva), cast.eeva)
        entry = Commitment.objects.get()
        assert (entry.amount, entry.decider, entry.section) == (Decimal(3350), "Hyvinvointilautakunta", "§ 12")
        assert committed_of(funded.application)[1].is_covered

    def test_a_changed_one_commits_what_was_decided(self, cast: Cast, funded: Funded) -> None:
        item = fixed_matter(funded.application, cast.eeva)
        with pytest.raises(FundingRefused, match="own share that was decided"):
            decided(item, cast.eeva, "changed")
        decided(item, cast.eeva, "changed", decided=Decimal(3000))
        assert Commitment.objects.get().amount == 3000
        assert committed_of(funded.application)[1].open == 350

    def test_the_own_share_of_what_was_sent_is_decided_by_itself(self, cast: Cast, funded: Funded) -> None:
        item = fixed_matter(funded.application, cast.eeva, "commit")
        assert "3\xa0350" in item.proposal["fi"]
        assert "30\xa0150" not in item.proposal["fi"]
        decided(item, cast.eeva)
        assert committed_of(funded.application)[1].is_covered

    def test_a_grant_is_accepted_with_the_sum_that_was_granted(self, cast: Cast, funded: Funded) -> None:
        granted(funded.application, cast.eeva, granted=Decimal(20000), own_share=Decimal(2300), instalments=())
        funded.application.refresh_from_db()
        item = fixed_matter(Application.objects.get(pk=funded.application.pk), cast.eeva, "accept")
        for words in item.proposal.values():
            assert "20\xa0000" in words
            assert "2\xa0300" in words
        assert decided(item, cast.eeva).decided == 2300

    def test_words_that_only_note_are_not_recorded_as_a_decision(self, cast: Cast, funded: Funded) -> None:
        item = fixed_matter(funded.application, cast.eeva)
        words = "Lautakunta merkitsi asian tiedoksi."
        with pytest.raises(FundingRefused, match="only notes the matter"):
            decided(item, cast.eeva, decision=words)
        assert decided(item, cast.eeva, "noted", decision=words).outcome == "noted"
        assert not Commitment.objects.exists()

    @pytest.mark.parametrize(("matter", "outcome"), [("apply", "noted"), ("apply", "refused"), ("filed", "decided")])
    def test_noting_and_dismissing_commit_nothing(self, cast: Cast, funded: Funded, matter: str, outcome: str) -> None:
        decided(fixed_matter(funded.application, cast.eeva, matter), cast.eeva, outcome)
        assert not Commitment.objects.exists()

    def test_the_same_outcome_twice_is_one_and_another_is_refused(self, cast: Cast, funded: Funded) -> None:
        item = fixed_matter(funded.application, cast.eeva)
        assert decided(item, cast.eeva).recorded_at == decided(item, cast.aino).recorded_at
        with pytest.raises(FundingRefused, match="Another outcome"):
            decided(item, cast.aino, "noted")
        assert Commitment.objects.count() == 1

    def test_an_outcome_taken_back_takes_its_entry_with_it(self, cast: Cast, funded: Funded) -> None:
        item = decided(fixed_matter(funded.application, cast.eeva), cast.eeva)
        with pytest.raises(FundingRefused, match="made by the decision"):
            remove_commitment(entry=Commitment.objects.get(), by=cast.eeva)
        take_back_outcome(item=item, by=cast.eeva)
        assert not Commitment.objects.exists()
        assert AuditEntry.objects.filter(verb="funding.matter.undecided").exists()

    def test_sums_that_changed_keep_a_text_from_being_fixed(self, cast: Cast, funded: Funded) -> None:
        from luotsi.funding.actions.matters import MatterDetails

        given = MatterDetails(matter="apply", kind="body", body=BOARD)
        item = begin_matter(application=funded.application, details=given, by=cast.eeva)
        funded.application.applied = Decimal(40000)
        funded.application.save(update_fields=["applied"])
        with pytest.raises(FundingRefused, match="have changed since"):
            fix_matter(item=item, by=cast.eeva)

    def test_a_text_that_does_not_tell_the_sum_is_not_fixed(self, cast: Cast, funded: Funded) -> None:
        item = fixed_matter(funded.application, cast.eeva)
        reopen_matter(item=item, by=cast.eeva)
        BoardItem.objects.filter(pk=item.pk).update(proposal={"fi": "Haetaan avustusta.", "sv": "Ansöks."})
        with pytest.raises(FundingRefused, match="does not tell"):
            fix_matter(item=item, by=cast.eeva)

    def test_a_fixed_one_stays_and_an_open_one_may_go(self, cast: Cast, funded: Funded) -> None:
        item = fixed_matter(funded.application, cast.eeva)
        with pytest.raises(FundingRefused, match="fixed"):
            discard_matter(item=item, by=cast.eeva)
        discard_matter(item=reopen_matter(item=item, by=cast.eeva), by=cast.eeva)
        assert not BoardItem.objects.exists()

    def test_nobody_to_decide_is_refused(self, cast: Cast, funded: Funded) -> None:
        from luotsi.funding.actions.matters import MatterDetails

        given = MatterDetails(matter="apply", kind="body", body=Names())
        with pytest.raises(FundingRefused, match="who decides"):
            begin_matter(application=funded.application, details=given, by=cast.eeva)


class TestTheLedger:
    def entry(self, **values: object) -> CommitmentDetails:
        return CommitmentDetails(**{"deed": "decided", "decider": "Digijohtaja", **values})  # type: ignore[arg-type]

    def test_a_later_entry_takes_the_place_of_an_earlier(self, cast: Cast, funded: Funded) -> None:
        first = add_commitment(application=funded.application, details=self.entry(amount=Decimal(1000)), by=cast.eeva)
        add_commitment(
            application=funded.application, details=self.entry(amount=Decimal(3350), replaces=first), by=cast.eeva
        )
        assert committed_of(funded.application)[1].decided == 3350

    def test_an_entry_never_takes_the_place_of_itself(self, cast: Cast, funded: Funded) -> None:
        first = add_commitment(application=funded.application, details=self.entry(), by=cast.eeva)
        second = add_commitment(application=funded.application, details=self.entry(replaces=first), by=cast.eeva)
        with pytest.raises(FundingRefused, match="place of itself"):
            change_commitment(entry=first, details=self.entry(replaces=second), by=cast.eeva)

    def test_a_decider_is_needed(self, cast: Cast, funded: Funded) -> None:
        with pytest.raises(FundingRefused):
            add_commitment(application=funded.application, details=self.entry(decider=""), by=cast.eeva)

    def test_what_changed_is_one_row_of_the_log(self, cast: Cast, funded: Funded) -> None:
        entry = add_commitment(application=funded.application, details=self.entry(), by=cast.eeva)
        change_commitment(entry=entry, details=self.entry(note="x"), by=cast.eeva)
        change_commitment(entry=entry, details=self.entry(note="x"), by=cast.eeva)
        assert AuditEntry.objects.filter(verb="funding.commitment.changed").count() == 1


class TestAppeals:
    def test_both_clocks_run_apart(self, cast: Cast, funded: Funded) -> None:
        item = fixed_matter(funded.application, cast.eeva)
        decided(item, cast.eeva, notice="published", given_on=date(2022, 4, 1))
        granted(funded.application, cast.eeva)
        application = Application.objects.get(pk=funded.application.pk)
        ours, theirs = appeal_rows(application)
        assert (ours.days, ours.notified_on, ours.due_on) == (14, date(2022, 4, 8), date(2022, 4, 22))
        assert (theirs.days, theirs.notified_on, theirs.due_on) == (30, date(2022, 6, 16), date(2022, 7, 18))
        assert theirs.moved_from == date(2022, 7, 16)

    def test_noting_starts_no_clock(self, cast: Cast, funded: Funded) -> None:
        item = fixed_matter(funded.application, cast.eeva, "filed")
        decided(item, cast.eeva, "noted", notice="published", given_on=date(2022, 4, 1))
        (row,) = appeal_rows(Application.objects.get(pk=funded.application.pk))
        assert row.due_on is None
        assert "Noted only" in row.note


class TestObligations:
    def test_another_cannot_do_what_was_done(self, cast: Cast, funded: Funded) -> None:
        granted(funded.application, cast.eeva)
        one = Obligation.objects.get(duty="final_report")
        do_obligation(obligation=one, by=cast.eeva)
        assert do_obligation(obligation=one, by=cast.eeva).done_by == cast.eeva
        with pytest.raises(FundingRefused, match="Somebody else"):
            do_obligation(obligation=one, by=cast.aino)
        undo_obligation(obligation=one, by=cast.aino)
        with pytest.raises(FundingRefused, match="has not been"):
            undo_obligation(obligation=one, by=cast.aino)

    def test_the_home_page_tells_what_is_due_and_the_own_share_without_a_decision(
        self, cast: Cast, funded: Funded
    ) -> None:
        granted(funded.application, cast.eeva)
        with time_machine.travel(date(2024, 10, 20)):
            titles = [task.title for task in tasks_for(cast.eeva, cast.tampere)]
            assert "Hand in the final report" in titles
            assert "Bring the own share of 1 application to a decision" in titles
            assert tasks_for(cast.celia, cast.school) == []

    def test_a_mail_goes_once_for_each_day_of_reminding(self, cast: Cast, funded: Funded) -> None:
        granted(funded.application, cast.eeva)
        with time_machine.travel(date(2024, 10, 18)):
            remind_daily()
            remind_daily()
        mails = OutboxMail.objects.filter(key__startswith="funding.obligation")
        assert [mail.to for mail in mails.all()] == [cast.eeva.email]
        with time_machine.travel(date(2024, 10, 28)):
            remind_daily()
        assert mails.all().count() == 2

    def test_what_was_done_reminds_nobody(self, cast: Cast, funded: Funded) -> None:
        granted(funded.application, cast.eeva)
        do_obligation(obligation=Obligation.objects.get(duty="final_report"), by=cast.eeva)
        with time_machine.travel(date(2024, 10, 31) - timedelta(days=3)):
            remind_daily()
        assert not OutboxMail.objects.filter(key__startswith="funding.obligation").exists()


class TestTakingTheSameDecisionApart:
    def test_a_text_given_later_does_not_make_it_another(self, cast: Cast, funded: Funded) -> None:
        first = granted(funded.application, cast.eeva)
        again = record_decision(application=funded.application, details=details(text="Päätös"), by=cast.eeva)
        assert again == first
