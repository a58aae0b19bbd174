"""The demo's city call, run to fixed proposals by three scorers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from luotsi.funding.actions.demo import city, scored
from luotsi.funding.models import Call, Conflict, Proposal, Received
from luotsi.funding.queries.proposals import table_of
from luotsi.funding.queries.scoring import scored_of
from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.queries.demo import CAST
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import LONG_AGO, Cast, make_unit


@pytest.fixture
def call(cast: Cast) -> Call:
    """The city's call with the people of the demo, run to its proposals."""
    helsinki = make_unit(Kind.PROVIDER, None, "Helsinki", municipality_number="091")
    for member in CAST:
        if member.given_name in {"Outi", "Pihla", "Raili"}:
            add_cast_member(member=member, unit=helsinki, valid_from=LONG_AGO)
    with translation.override("fi"):
        assert city.load_demo()
        assert scored.load_demo()
    return Call.objects.published().get(owner=helsinki)


class TestTheScoredCity:
    def test_every_application_has_a_number_and_points_of_who_has_no_interest(self, call: Call) -> None:
        numbers = list(Received.objects.filter(call=call).values_list("sequence", flat=True))
        assert numbers == [1, 2, 3, 4, 5, 6, 7]
        found = scored_of(call)
        assert {len(one.by_scorer) for one in found.results.values()} == {2, 3}
        assert Conflict.objects.get(has_conflict=True).scorer.person.given_name == "Tapani"

    def test_the_completed_one_has_no_error_any_more(self, call: Call) -> None:
        counts = {
            one.application.unit.name_fi: one.blocks for one in Received.objects.select_related("application__unit")
        }
        assert counts[scored.COMPLETED] == 0

    def test_the_proposals_are_fixed_within_the_budget_and_say_why(self, call: Call) -> None:
        table = table_of(call)
        assert table.fixed == 7
        assert table.left == Decimal(0)
        outcomes = {
            one.application.unit.name_fi: one.outcome for one in Proposal.objects.select_related("application__unit")
        }
        assert outcomes["Majakan esimerkkikoulu"] == "granted"
        assert outcomes["Kobbenin esimerkkikoulu"] == "refused"
        assert "partly" in outcomes.values()
        for one in Proposal.objects.exclude(outcome="granted"):
            assert one.grounds.fi

    def test_it_is_done_once_and_can_be_taken_away(self, call: Call) -> None:
        assert not scored.load_demo()
        scored.clear_demo()
        city.clear_demo()
        assert not Call.objects.own().exists()
