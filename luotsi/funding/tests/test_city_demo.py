"""The demo's own call of a city: ready, published, closed, with what schools handed in."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

import pytest
from django.utils import translation

from luotsi.base import clock
from luotsi.funding.actions.demo import city, decided
from luotsi.funding.models import Application, Call, DecisionBatch, GrantDecision
from luotsi.funding.queries.check_pages import findings_of
from luotsi.funding.queries.checklist import point_rows
from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.queries.demo import CAST
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import LONG_AGO, Cast, make_unit


@pytest.fixture
def call(cast: Cast) -> Call:
    """The city's call, with Outi as its officer."""
    helsinki = make_unit(Kind.PROVIDER, None, "Helsinki", municipality_number="091")
    outi = next(member for member in CAST if member.given_name == "Outi")
    add_cast_member(member=outi, unit=helsinki, valid_from=LONG_AGO)
    with translation.override("fi"):
        assert city.load_demo()
    return Call.objects.published().get(owner=helsinki)


class TestTheCity:
    def test_it_is_closed_and_each_school_handed_in_in_time(self, call: Call) -> None:
        assert call.state_at(clock.now()) == "closed"
        assert call.closes_at is not None
        assert call.closes_at.astimezone(clock.HELSINKI).time() == time(16, 15)
        found = list(call.applications.all())
        assert len(found) == len(city.PILOTS) == 7
        for one in found:
            assert one.state == Application.State.SUBMITTED
            assert one.submitted_at is not None
            assert one.begun_at < one.submitted_at <= call.closes_at
            assert one.response is not None
            submission = one.response.submissions.get()
            assert submission.content["submitted_at"] == one.submitted_at.astimezone(clock.HELSINKI).isoformat(
                timespec="seconds"
            )

    def test_they_ask_for_more_than_there_is_and_none_for_more_than_one_may_get(self, call: Call) -> None:
        applied = [one.applied for one in call.applications.all() if one.applied is not None]
        assert len(applied) == 7
        assert call.budget is not None
        assert sum(applied) > call.budget
        assert max(applied) <= (call.grant_max or Decimal(0))

    def test_the_checks_find_the_two_that_hold_an_error(self, call: Call) -> None:
        found = {}
        for one in call.applications.all():
            findings, _made, unreadable, _grants = findings_of(one)
            assert unreadable == ()
            if wrong := {finding.rule for finding in findings if finding.severity.value in {"block", "error"}}:
                found[one.unit.name_fi] = wrong
        assert set(found) == {"Poijun esimerkkikoulu", "Kobbenin esimerkkikoulu"}

    def test_the_call_of_the_next_year_is_a_draft_made_from_it(self, call: Call) -> None:
        draft = Call.objects.own().get(owner=call.owner, published_at=None)
        assert draft.name != call.name
        assert {row.key for row in point_rows(draft) if row.mark == "bad"} == {"opens", "closes"}

    def test_it_is_loaded_once_and_can_be_taken_away(self, call: Call) -> None:
        assert not city.load_demo()
        city.clear_demo()
        assert not Call.objects.own().filter(owner__key="helsinki").exists()
        with translation.override("fi"):
            assert city.load_demo()


class TestItsDecisions:
    def test_it_is_run_to_decisions_letters_and_payments_once(self, call: Call) -> None:
        assert decided.load_demo()
        assert not decided.load_demo()
        batch = DecisionBatch.objects.get(call=call)
        assert batch.state_at(clock.now()) == "sent"
        granted = sum(one.granted or 0 for one in call.applications.all())
        assert Decimal(0) < granted <= Decimal(60000)
        assert {run.paid_on is None for run in call.payment_runs.all()} == {True, False}
        decided.clear_demo()
        assert not GrantDecision.objects.filter(application__call=call).exists()
