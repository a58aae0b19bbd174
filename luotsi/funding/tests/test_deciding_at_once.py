"""Two officers who decide in the same moment, and what is sent twice in the same moment: each has one outcome."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.funding.actions.deciding import decide_batch, send_batch, take_back_batch
from luotsi.funding.actions.deciding.going_on import go_on
from luotsi.funding.actions.decisions import record_decision
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import Application, CallOfficer, DecisionBatch, DecisionLetter, GrantDecision, Instalment
from luotsi.funding.queries.deciding import waiting_in
from luotsi.funding.tests.deciding import TERMS, Funding, make_funding
from luotsi.funding.tests.granting import details, make_application
from luotsi.funding.tests.making import make_officer
from luotsi.people.models import Account
from luotsi.people.tests.cast import LONG_AGO

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

Deed = Callable[[], object]


def verbs(start: str) -> list[str]:
    """Return what the log tells, by the beginning of its verbs."""
    return sorted(AuditEntry.objects.filter(verb__startswith=start).values_list("verb", flat=True))


def all_at_once(deeds: list[Deed]) -> list[object]:
    """Do each deed in a thread of its own, all from the same moment on; return its result, or its refusal."""
    start = Barrier(len(deeds))

    def done(deed: Deed) -> object:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return deed()
        except FundingRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Threads with connections of their own; SQLite lets one transaction write at a time, which needs no test here."""

    @pytest.fixture(autouse=True)
    def on_postgresql(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite in memory has one connection.")

    @pytest.fixture
    def funding(self, cast: Cast) -> Funding:
        return make_funding(cast)

    @staticmethod
    def officers(funding: Funding, count: int) -> list[Account]:
        """Return officers that the call names."""
        found = [funding.outi, *(make_officer(funding.call.owner, f"Virkailija{one}") for one in range(1, count))]
        for one in found[1:]:
            CallOfficer(call=funding.call, person=one.person, since=LONG_AGO).save(force_insert=True)
        return found

    def test_officers_on_pages_of_their_own_leave_one_decision_each(self, funding: Funding) -> None:
        officers = self.officers(funding, 4)
        seals = {one.pk: waiting_in(funding.call, one).seal for one in officers}

        def decides(one: Account) -> Deed:
            return lambda: decide_batch(
                call=funding.call, terms=TERMS, seen=seals[one.pk], key=f"page of {one.pk}", by=one
            )

        told = all_at_once([decides(one) for one in officers])
        (batch,) = [one for one in told if isinstance(one, DecisionBatch)]
        refusals = [str(one) for one in told if isinstance(one, FundingRefused)]
        assert len(refusals) == 3
        assert all("No fixed proposal waits" in one for one in refusals)
        assert DecisionBatch.objects.get() == batch
        assert GrantDecision.objects.count() == DecisionLetter.objects.count() == 3
        assert sum(Instalment.objects.values_list("amount", flat=True)) == 60000
        (entry,) = AuditEntry.objects.filter(verb="funding.decisions.made")
        assert entry.actor_id == batch.decided_by_id

    def test_clicks_on_one_page_make_one_batch(self, funding: Funding) -> None:
        seal = waiting_in(funding.call, funding.outi).seal
        told = all_at_once(
            [lambda: decide_batch(call=funding.call, terms=TERMS, seen=seal, key="page", by=funding.outi)] * 4
        )
        assert told == [DecisionBatch.objects.get()] * 4
        assert verbs("funding.decisions") == ["funding.decisions.made"]
        assert GrantDecision.objects.count() == 3

    def test_letters_sent_by_several_clicks_and_workers_reach_each_once(self, funding: Funding) -> None:
        batch = funding.decide()
        told = all_at_once([lambda: send_batch(batch=batch, by=funding.outi)] * 3)
        assert told == [batch] * 3
        all_at_once([lambda: go_on(batch.pk)] * 3)
        assert verbs("funding.decisions") == ["funding.decisions.made", "funding.decisions.sent"]
        batch.refresh_from_db()
        assert (batch.done, batch.total) == (3, 3)
        assert not batch.letters.filter(sent_at=None).exists()
        mails = list(OutboxMail.objects.values_list("to", "subject"))
        assert len(mails) == len(set(mails))

    def test_sending_and_taking_back_have_one_outcome(self, funding: Funding) -> None:
        batch = funding.decide()
        told = all_at_once(
            [
                lambda: send_batch(batch=batch, by=funding.outi),
                lambda: take_back_batch(batch=batch, by=funding.outi),
            ]
        )
        (refusal,) = [one for one in told if isinstance(one, FundingRefused)]
        is_sent = DecisionBatch.objects.filter(sent_at__isnull=False).exists()
        assert ("have been sent" if is_sent else "have been taken back") in str(refusal)
        assert GrantDecision.objects.count() == (3 if is_sent else 0)
        last = "funding.decisions.sent" if is_sent else "funding.decisions.taken-back"
        assert verbs("funding.decisions") == ["funding.decisions.made", last]

    def test_the_same_decision_of_a_funder_elsewhere_is_recorded_once(self, cast: Cast) -> None:
        application = make_application(cast.tampere).application
        told = all_at_once([lambda: record_decision(application=application, details=details(), by=cast.eeva)] * 4)
        assert told == [GrantDecision.objects.get()] * 4
        assert verbs("funding.decision.recorded") == ["funding.decision.recorded"]

    def test_of_two_that_differ_one_is_recorded_and_the_other_told_of_it(self, cast: Cast) -> None:
        application = make_application(cast.tampere).application
        sums = [details(granted=Decimal(sum_), instalments=()) for sum_ in (30150, 30149)]

        def records(number: int) -> Deed:
            return lambda: record_decision(application=application, details=sums[number], by=cast.eeva)

        told = all_at_once([records(0), records(1)])
        (kept,) = [one for one in told if isinstance(one, GrantDecision)]
        (refusal,) = [one for one in told if isinstance(one, FundingRefused)]
        assert "tells something else" in str(refusal)
        assert GrantDecision.objects.get() == kept
        assert Application.objects.get(pk=application.pk).granted == kept.granted
        assert verbs("funding.decision.recorded") == ["funding.decision.recorded"]
