"""Proposals: dealt out by the rule, changed with reasons, fixed by an officer who has no interest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.completion import ask_completion
from luotsi.funding.actions.proposals import (
    ProposalDetails,
    change_proposal,
    fix_proposals,
    make_proposal,
    reopen_proposal,
)
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.scoring import close_scoring, reopen_scoring
from luotsi.funding.models import Application, Call, Proposal
from luotsi.funding.queries.proposals import Dealing, table_of
from luotsi.funding.rules.scoring import Fixing, Way, fixing_refusals, writing_refusals
from luotsi.funding.tests.making import make_principal
from luotsi.funding.tests.officiating import close, handed_in, make_scorer, scores, stand
from luotsi.people.actions.roles import give_role
from luotsi.people.rules import Role
from luotsi.people.tests.cast import LONG_AGO

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast

RANKED = Dealing(Way.RANKED)
WHY = Names(fi="Kustannukset ovat suuret.", sv="Kostnaderna är stora.")
CASE = Fixing(applied=Decimal(100), amount=Decimal(100), left=Decimal(100), most=Decimal(100))
sums = st.decimals(0, 10**6, places=2)


class TestTheRules:
    """What can be written, and what can be fixed."""

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"is_settled": True}, "settled"),
            ({"amount": Decimal(0), "has_grounds": True}, "not_above_zero"),
            ({"amount": Decimal(101), "left": None, "most": None}, "over_applied"),
            ({"most": Decimal(99)}, "over_most"),
            ({"left": Decimal(99)}, "over_budget"),
            ({"amount": None}, "no_grounds"),
            ({"amount": Decimal(99)}, "no_grounds"),
            ({"is_tied": True}, "tie_open"),
            ({"is_waiting": True}, "completion_open"),
        ],
    )
    def test_each_reason(self, change: dict[str, Any], code: str) -> None:
        assert [one.code for one in fixing_refusals(replace(CASE, **change))] == [code]

    def test_a_sound_one_is_fixed(self) -> None:
        assert fixing_refusals(CASE) == ()

    @given(sums, st.none() | sums, st.none() | sums, st.none() | sums, st.booleans())
    def test_what_can_be_fixed_can_be_written_and_is_within_every_bound(
        self, applied: Decimal, amount: Decimal | None, most: Decimal | None, left: Decimal | None, grounds: bool
    ) -> None:
        case = Fixing(applied=applied, amount=amount, most=most, left=left, has_grounds=grounds)
        if fixing_refusals(case):
            return
        assert writing_refusals(case) == ()
        assert amount is None or 0 < amount <= applied
        assert amount is None or all(bound is None or amount <= bound for bound in (most, left))
        assert grounds or amount == applied


@dataclass(frozen=True)
class Made:
    """A closed round: 90,000 and 60,000 € asked of 150,000, with points 4 and 3."""

    officer: Account
    call: Call
    one: Application
    two: Application


@pytest.fixture
def made(cast: Cast) -> Made:
    return a_round(cast, Decimal(120_000))


def a_round(cast: Cast, budget: Decimal, first: int = 4, second: int = 3) -> Made:
    found = stand(cast)
    two = handed_in(found.call, cast.other_school, make_principal(cast.other_school), "Studio", 60_000)
    scorer = make_scorer(found.call, "Veera", found.officer)
    scores(scorer, found.one, first, first)
    scores(scorer, two, second, second)
    found.call.budget = budget
    found.call.save(update_fields=["budget"])
    close_scoring(call=close(found.call), by=found.officer)
    return Made(found.officer, found.call, found.one, two)


def proposed(made: Made, dealing: Dealing = RANKED, *, anew: bool = False) -> tuple[Proposal, Proposal]:
    make_proposal(call=made.call, dealing=dealing, anew=anew, by=made.officer)
    return Proposal.objects.get(application=made.one), Proposal.objects.get(application=made.two)


def change(found: Proposal, amount: int | None, reasons: Names = WHY, seen: int | None = None) -> Proposal:
    given = None if amount is None else Decimal(amount)
    seen = found.revision if seen is None else seen
    return change_proposal(proposal=found, details=ProposalDetails(amount=given, reasons=reasons, seen=seen), by=None)


class TestDealing:
    """The rule deals the budget out in the order of the ranking."""

    def test_whole_sums_from_the_best_down_until_the_budget_ends(self, made: Made) -> None:
        first, second = proposed(made)
        assert (first.outcome, first.amount, first.place) == ("granted", Decimal(90_000), 1)
        assert (second.outcome, second.amount, second.place) == ("refused", None, 2)
        assert second.grounds.fi
        assert second.grounds.sv
        assert table_of(made.call).left == Decimal(30_000)

    def test_the_last_one_may_get_what_is_left(self, made: Made) -> None:
        _first, second = proposed(made, Dealing(Way.RANKED, may_cut=True))
        assert (second.outcome, second.amount) == ("partly", Decimal(30_000))

    def test_nobody_gets_more_than_the_call_allows(self, made: Made) -> None:
        made.call.grant_max = Decimal(50_000)
        made.call.save(update_fields=["grant_max"])
        first, second = proposed(made)
        assert (first.amount, second.amount) == (Decimal(50_000), Decimal(50_000))

    def test_scoring_is_closed_first(self, made: Made) -> None:
        reopen_scoring(call=made.call, by=made.officer)
        with pytest.raises(FundingRefused, match="Close scoring first"):
            proposed(made)

    def test_what_people_changed_stays_and_comes_off_the_budget_first(self, made: Made) -> None:
        _first, second = proposed(made)
        change(second, 40_000)
        first, second = proposed(made)
        assert (first.amount, second.amount) == (None, Decimal(40_000))
        first, second = proposed(made, anew=True)
        assert (first.amount, second.amount) == (Decimal(90_000), None)

    def test_ties_are_told_and_left_to_people(self, cast: Cast, client: Client) -> None:
        made = a_round(cast, Decimal(100_000), 4, 4)
        first, second = proposed(made)
        assert (first.amount, second.amount) == (None, None)
        client.force_login(made.officer)
        page = client.get(reverse("funding:see-proposal", args=["tampere", made.call.slug])).content.decode()
        assert "Equals do not all fit" in page
        with pytest.raises(FundingRefused, match="Equals do not all fit"):
            fix_proposals(call=made.call, applications=[made.one, made.two], by=made.officer)
        change(first, 90_000)
        change(second, None)
        assert fix_proposals(call=made.call, applications=[made.one, made.two], by=made.officer) == 2


class TestChanging:
    """Sums are changed by hand, with reasons."""

    def test_a_smaller_sum_and_a_refusal_need_reasons(self, made: Made) -> None:
        first, _second = proposed(made)
        for amount in (80_000, None):
            with pytest.raises(FundingRefused, match="need reasons"):
                change(first, amount, Names())

    @pytest.mark.parametrize(("amount", "words"), [(90_001, "applied for"), (0, "above zero")])
    def test_a_sum_out_of_bounds_is_refused(self, made: Made, amount: int, words: str) -> None:
        first, _second = proposed(made)
        with pytest.raises(FundingRefused, match=words):
            change(first, amount)

    def test_two_at_once_have_one_outcome(self, made: Made) -> None:
        first, _second = proposed(made)
        change(first, 80_000)
        with pytest.raises(FundingRefused, match="Somebody has changed"):
            change(first, 70_000, seen=1)
        first.refresh_from_db()
        assert first.amount == Decimal(80_000)

    def test_the_sum_is_changed_in_the_table(self, made: Made, client: Client) -> None:
        _first, second = proposed(made)
        client.force_login(made.officer)
        client.post(
            reverse("funding:set-amount", args=["tampere", made.two.pk]), {"amount": "20 000", "seen": second.revision}
        )
        page = client.get(reverse("funding:see-proposal", args=["tampere", made.call.slug])).content.decode()
        assert table_of(made.call).left == Decimal(10_000)
        assert "10,000" in page
        assert "Changed by hand" in page

    def test_an_officer_with_an_interest_changes_nothing(self, made: Made, client: Client, cast: Cast) -> None:
        proposed(made)
        give_role(person=made.officer.person, role=Role.TEACHER, unit=cast.school, valid_from=LONG_AGO, by=None)
        client.force_login(made.officer)
        for name in ("edit-proposal", "reopen-proposal"):
            assert client.get(reverse(f"funding:{name}", args=["tampere", made.one.pk])).status_code == 403
        assert client.post(reverse("funding:set-amount", args=["tampere", made.one.pk])).status_code == 403

    def test_the_form_keeps_what_was_typed_and_tells_what_is_wrong(self, made: Made, client: Client) -> None:
        first, _second = proposed(made)
        client.force_login(made.officer)
        typed = {"what": "grant", "amount": "95000", "reasons_fi": "Syy", "seen": first.revision}
        told = client.post(reverse("funding:edit-proposal", args=["tampere", made.one.pk]), typed)
        assert told.status_code == 422
        assert "is more than the" in told.content.decode()


class TestFixing:
    """What is fixed waits for the decision."""

    def test_all_or_none(self, made: Made) -> None:
        first, second = proposed(made)
        change(second, 60_000)
        with pytest.raises(FundingRefused, match="More is proposed"):
            fix_proposals(call=made.call, applications=[made.one, made.two], by=made.officer)
        first.refresh_from_db()
        assert first.state == Proposal.State.DRAFT

    def test_one_that_may_be_completed_still_waits(self, made: Made) -> None:
        proposed(made)
        ask_completion(application=made.one, words="Liite", until=clock.now() + timedelta(days=2), by=made.officer)
        with pytest.raises(FundingRefused, match="may complete"):
            fix_proposals(call=made.call, applications=[made.one, made.two], by=made.officer)

    def test_what_is_fixed_changes_no_more_until_it_is_opened(self, made: Made) -> None:
        proposed(made)
        fix_proposals(call=made.call, applications=[made.one, made.two], by=made.officer)
        first = Proposal.objects.get(application=made.one)
        with pytest.raises(FundingRefused, match="fixed"):
            change(first, 80_000)
        with pytest.raises(FundingRefused, match="stays closed"):
            reopen_scoring(call=made.call, by=made.officer)
        reopen_proposal(proposal=first, by=made.officer)
        first.refresh_from_db()
        assert change(first, 80_000).amount == Decimal(80_000)

    def test_an_application_of_the_own_unit_is_left_to_another_officer(
        self, made: Made, client: Client, cast: Cast
    ) -> None:
        proposed(made)
        give_role(person=made.officer.person, role=Role.TEACHER, unit=cast.school, valid_from=LONG_AGO, by=None)
        client.force_login(made.officer)
        fix = reverse("funding:fix-proposals", args=["tampere", made.call.slug])
        assert client.post(fix, {"sure": "on"}).status_code == 302
        states = {one.application_id: one.state for one in Proposal.objects.all()}
        assert states == {made.one.pk: "draft", made.two.pk: "fixed"}

    def test_the_table_asks_the_database_no_more_for_many(
        self, made: Made, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        proposed(made)
        client.force_login(made.officer)
        address = reverse("funding:see-proposal", args=["tampere", made.call.slug])
        client.get(address)
        with django_assert_max_num_queries(34):
            client.get(address)

    def test_the_table_is_a_file_too(self, made: Made, client: Client) -> None:
        proposed(made)
        client.force_login(made.officer)
        found = client.get(
            reverse("funding:see-proposal", args=["tampere", made.call.slug]), {"format": "csv"}
        ).content.decode("utf-8-sig")
        assert "90000" in found.splitlines()[1]

    def test_applicants_see_no_proposal(self, made: Made, client: Client, cast: Cast) -> None:
        proposed(made)
        client.force_login(cast.bilal)
        for name, key in (("see-proposal", made.call.slug), ("edit-proposal", made.one.pk)):
            assert client.get(reverse(f"funding:{name}", args=["tampere", key])).status_code == 404
        page = client.get(reverse("funding:see-application", args=[cast.school.key, made.one.pk]))
        assert "Kustannukset ovat suuret." not in page.content.decode()
