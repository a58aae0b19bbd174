"""Scoring by several: interests declared first, points of one's own, nobody else's before they are handed in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from luotsi.base.models import AuditEntry
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.scoring import (
    Given,
    add_scorer,
    close_scoring,
    declare,
    hand_in_points,
    remove_scorer,
    reopen_scoring,
    save_points,
)
from luotsi.funding.actions.team import MemberDetails, add_member
from luotsi.funding.models import Conflict, Score, Scorer
from luotsi.funding.queries.scoring import scored_of
from luotsi.funding.tests.making import make_principal
from luotsi.funding.tests.officiating import account_of, close, handed_in, make_scorer, scores, stand
from luotsi.funding.waiting import tasks_for
from luotsi.people.actions.roles import give_role
from luotsi.people.rules import Role
from luotsi.people.tests.cast import LONG_AGO

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.funding.models import Application, Call
    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast

TELLING = "Sanat 4"  # what the scorer of these tests writes beside four points


@dataclass(frozen=True)
class Round:
    """A call with two applications and three scorers."""

    officer: Account
    call: Call
    one: Application
    two: Application
    first: Scorer
    second: Scorer
    third: Scorer


@pytest.fixture
def made(cast: Cast) -> Round:
    found = stand(cast)
    two = handed_in(found.call, cast.other_school, make_principal(cast.other_school), "Studio", 60_000)
    named = [make_scorer(found.call, name, found.officer) for name in ("Veera", "Visa", "Venla")]
    return Round(found.officer, found.call, found.one, two, *named)


def page_of(client: Client, who: Account, name: str, *args: Any, **query: str) -> tuple[int, str]:
    client.force_login(who)
    response = client.get(reverse(f"funding:{name}", args=args), query)
    return response.status_code, response.content.decode("utf-8-sig", "replace")


class TestDeclaring:
    """Before an application opens its scorer declares an interest, or none."""

    def test_the_page_does_not_open_before(self, made: Round, client: Client) -> None:
        client.force_login(account_of(made.first))
        opened = client.get(reverse("funding:score-application", args=["tampere", made.one.pk]))
        assert opened["Location"] == reverse("funding:declare-interest", args=["tampere", made.one.pk])
        declared, page = page_of(client, account_of(made.first), "declare-interest", "tampere", made.one.pk)
        assert declared == 200
        assert "We build a lab." not in page

    def test_it_opens_once_none_is_declared(self, made: Round, client: Client) -> None:
        client.force_login(account_of(made.first))
        client.post(reverse("funding:declare-interest", args=["tampere", made.one.pk]), {"interest": "no"})
        _status, page = page_of(client, account_of(made.first), "score-application", "tampere", made.one.pk)
        assert "We build a lab." in page

    def test_an_interest_needs_its_reason_and_shuts_the_page(self, made: Round, client: Client) -> None:
        with pytest.raises(FundingRefused, match="Tell the interest"):
            declare(scorer=made.first, application=made.one, has_conflict=True, by=None)
        declare(scorer=made.first, application=made.one, has_conflict=True, words="Sisko", by=None)
        _status, page = page_of(client, account_of(made.first), "score-application", "tampere", made.one.pk)
        assert "You do not score this application." in page
        assert "We build a lab." not in page
        with pytest.raises(FundingRefused, match="interest"):
            save_points(scorer=made.first, application=made.one, given={}, by=None)

    def test_an_interest_is_never_taken_back(self, made: Round) -> None:
        declare(scorer=made.first, application=made.one, has_conflict=True, words="Sisko", by=None)
        with pytest.raises(FundingRefused, match="already"):
            declare(scorer=made.first, application=made.one, has_conflict=False, by=None)

    def test_one_that_is_found_out_later_takes_the_points_away(self, made: Round) -> None:
        scores(made.first, made.one, 4, 4)
        declare(scorer=made.first, application=made.one, has_conflict=True, words="Sisko", by=None)
        found = scored_of(made.call).results[str(made.one.pk)]
        assert found.mean is None
        assert ("conflict", str(made.first.pk)) in [(one.code, one.about) for one in found.left_out]

    def test_staff_of_the_applicant_and_its_team_cannot_declare_none(self, made: Round, cast: Cast) -> None:
        give_role(person=made.first.person, role=Role.TEACHER, unit=cast.school, valid_from=LONG_AGO, by=None)
        member = MemberDetails(part="read", is_preparer=False, since=LONG_AGO)
        add_member(application=made.one, person=made.second.person, details=member, by=cast.bilal)
        for scorer in (made.first, made.second):
            with pytest.raises(FundingRefused, match="By rule"):
                declare(scorer=scorer, application=made.one, has_conflict=False, by=None)
        declare(scorer=made.first, application=made.two, has_conflict=False, by=None)

    def test_who_came_into_the_team_later_counts_no_more(self, made: Round, cast: Cast) -> None:
        scores(made.first, made.one, 4, 4)
        scores(made.second, made.one, 2, 2)
        member = MemberDetails(part="read", is_preparer=False, since=LONG_AGO)
        add_member(application=made.one, person=made.first.person, details=member, by=cast.bilal)
        assert scored_of(made.call).results[str(made.one.pk)].mean == 2


class TestPoints:
    """Points are kept as one goes on, and count once they are handed in."""

    def test_nothing_is_given_before_the_declaration(self, made: Round) -> None:
        with pytest.raises(FundingRefused, match="Declare first"):
            save_points(scorer=made.first, application=made.one, given={}, by=None)

    def test_they_are_kept_and_do_not_count_yet(self, made: Round) -> None:
        scores(made.first, made.one, 4, 4, hands_in=False)
        assert Score.objects.filter(scorer=made.first).count() == 2
        assert scored_of(made.call).results[str(made.one.pk)].mean is None

    def test_zero_is_a_score_and_nothing_is_none(self, made: Round) -> None:
        scores(made.first, made.one, 0, None, hands_in=False)
        with pytest.raises(FundingRefused, match="every criterion"):
            hand_in_points(scorer=made.first, application=made.one, by=None)
        scores(made.first, made.one, 0, 0)
        assert scored_of(made.call).results[str(made.one.pk)].mean == 0

    @pytest.mark.parametrize("points", [-1, 6])
    def test_points_off_the_scale_are_refused(self, made: Round, points: int) -> None:
        with pytest.raises(FundingRefused, match="from 0 to 5"):
            scores(made.first, made.one, points, 1, hands_in=False)

    def test_what_was_handed_in_stays(self, made: Round) -> None:
        scores(made.first, made.one, 4, 4)
        with pytest.raises(FundingRefused, match="handed in"):
            scores(made.first, made.one, 5, 5)

    def test_the_page_keeps_them_as_one_goes_on(self, made: Round, client: Client) -> None:
        declare(scorer=made.first, application=made.one, has_conflict=False, by=None)
        client.force_login(account_of(made.first))
        criterion = made.call.criteria.all()[0]
        saved = client.post(
            reverse("funding:save-points", args=["tampere", made.one.pk]),
            {f"points_{criterion.pk.hex}": "3.5"},
            headers={"HX-Request": "true"},
        )
        assert "Saved" in saved.content.decode()
        assert Score.objects.get(scorer=made.first, criterion=criterion).points == Decimal("3.5")

    def test_the_log_never_tells_which_points_were_given(self, made: Round) -> None:
        scores(made.first, made.one, 4, 3)
        for entry in AuditEntry.objects.filter(verb__startswith="funding.points"):
            assert set(entry.after) == {"criteria"}


class TestNobodySeesOthersFirst:
    """Nobody sees the points of others before handing in their own: on no page and in no file."""

    def test_not_on_the_page_of_the_application(self, made: Round, client: Client) -> None:
        scores(made.first, made.one, 4, 1)
        scores(made.second, made.one, 2, 3, hands_in=False)
        status, _page = page_of(client, account_of(made.second), "see-points", "tampere", made.one.pk)
        _status, page = page_of(client, account_of(made.second), "score-application", "tampere", made.one.pk)
        assert status == 403
        assert TELLING not in page
        assert "Veera" not in page

    def test_not_in_the_own_list_nor_its_file(self, made: Round, client: Client) -> None:
        scores(made.first, made.one, 4, 1)
        for kind in ("csv", "xlsx"):
            _status, page = page_of(client, account_of(made.second), "list-scoring", "tampere", format=kind)
            assert "Veera" not in page
            assert "2,80" not in page

    def test_the_results_are_for_officers_alone(self, made: Round, client: Client, cast: Cast) -> None:
        for who in (account_of(made.first), cast.bilal, cast.eeva):
            for kind in ("", "csv", "xlsx"):
                status, _page = page_of(client, who, "see-scoring", "tampere", made.call.slug, format=kind)
                assert status in (403, 404)

    @pytest.mark.parametrize("kind", ["", "csv", "xlsx"])
    def test_an_officer_who_scores_is_a_scorer_first(self, made: Round, client: Client, kind: str) -> None:
        both = add_scorer(call=made.call, person=made.officer.person, by=made.officer)
        scores(made.first, made.one, 4, 1)
        hidden = results_of(client, made, kind)
        assert "2.80" not in hidden.replace(",", ".")
        scores(both, made.one, 4, 1)
        assert "2.80" in results_of(client, made, kind).replace(",", ".")

    def test_after_the_own_those_of_others_are_seen(self, made: Round, client: Client) -> None:
        scores(made.first, made.one, 4, 1)
        scores(made.second, made.one, 2, 3)
        status, page = page_of(client, account_of(made.second), "see-points", "tampere", made.one.pk)
        assert status == 200
        assert TELLING in page

    def test_after_closing_everybody_sees_but_those_with_an_interest(self, made: Round, client: Client) -> None:
        scores(made.first, made.one, 4, 1)
        declare(scorer=made.third, application=made.one, has_conflict=True, words="Veli", by=None)
        close_scoring(call=close(made.call), by=made.officer)
        second, _page = page_of(client, account_of(made.second), "see-points", "tampere", made.one.pk)
        third, _page = page_of(client, account_of(made.third), "see-points", "tampere", made.one.pk)
        assert (second, third) == (200, 403)

    def test_the_applicant_never_sees_points(self, made: Round, client: Client, cast: Cast) -> None:
        scores(made.first, made.one, 4, 1)
        close_scoring(call=close(made.call), by=made.officer)
        for name in ("see-points", "score-application", "see-received", "declare-interest"):
            for scope in ("tampere", cast.school.key):
                status, _page = page_of(client, cast.bilal, name, scope, made.one.pk)
                assert status == 404
        _status, page = page_of(client, cast.bilal, "see-application", cast.school.key, made.one.pk)
        assert TELLING not in page

    def test_an_officer_with_an_interest_sees_none(self, made: Round, client: Client, cast: Cast) -> None:
        scores(made.first, made.one, 4, 1)
        give_role(person=made.officer.person, role=Role.TEACHER, unit=cast.school, valid_from=LONG_AGO, by=None)
        status, _page = page_of(client, made.officer, "see-points", "tampere", made.one.pk)
        assert status == 403
        assert "2.80" not in results_of(client, made, "csv").replace(",", ".")


def results_of(client: Client, made: Round, kind: str) -> str:
    """Return the results as their officer gets them, as words."""
    client.force_login(made.officer)
    response = client.get(reverse("funding:see-scoring", args=["tampere", made.call.slug]), {"format": kind})
    if kind != "xlsx":
        whole = response.content.decode("utf-8-sig")
        return whole[whole.find("<main") :] if not kind else whole
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


class TestResults:
    """Means are weighted, the spread is shown, only complete scorers count."""

    def test_the_ranking_is_that_of_the_weighted_means(self, made: Round, client: Client) -> None:
        scores(made.first, made.one, 4, 1)  # 60 and 40 per cent: 2.8
        scores(made.second, made.one, 2, 1)  # 1.6
        scores(made.first, made.two, 5, 5)
        scores(made.second, made.two, 5, None, hands_in=False)
        found = scored_of(made.call)
        assert [one.scored.mean for one in found.ranking] == [Decimal("5.00"), Decimal("2.20")]
        rows = results_of(client, made, "csv").splitlines()
        assert rows[1].startswith("1;2/48/2026")
        assert ";1.20;" in rows[2].replace(",", ".")
        assert "Visa Pisteikkö: not handed in" in rows[1]

    def test_the_results_ask_the_database_no_more_for_many(
        self, made: Round, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        for scorer in (made.first, made.second, made.third):
            for one in (made.one, made.two):
                scores(scorer, one, 4, 1)
        client.force_login(made.officer)
        address = reverse("funding:see-scoring", args=["tampere", made.call.slug])
        client.get(address)
        with django_assert_max_num_queries(32):
            client.get(address)

    def test_scorers_have_their_tasks(self, made: Round) -> None:
        def titles() -> list[str]:
            found = tasks_for(account_of(made.first), made.call.owner)
            return [one.title for one in found if one.key.startswith("funding.scoring.")]

        assert titles() == ["Score 2 applications: Koulujen kokeilut"]
        scores(made.first, made.one, 4, 1)
        declare(scorer=made.first, application=made.two, has_conflict=True, words="Veli", by=None)
        assert titles() == []


class TestTheRound:
    """Officers name who scores, and end it."""

    def test_the_officer_finds_and_names_a_scorer(self, made: Round, client: Client, cast: Cast) -> None:
        client.force_login(made.officer)
        address = reverse("funding:add-scorer", args=["tampere", made.call.slug])
        assert "Celia" in client.get(address, {"q": "Celia"}).content.decode()
        assert client.post(f"{address}?q=Celia", {"person": cast.celia.person.pk}).status_code == 302
        assert Scorer.objects.filter(call=made.call, person=cast.celia.person).exists()

    def test_nobody_from_elsewhere_is_found(self, made: Round, client: Client) -> None:
        client.force_login(made.officer)
        page = client.get(reverse("funding:add-scorer", args=["tampere", made.call.slug]), {"q": "Farid"})
        assert "Tekaistu" not in page.content.decode()

    def test_the_same_person_scores_once(self, made: Round) -> None:
        with pytest.raises(FundingRefused, match="already"):
            add_scorer(call=made.call, person=made.first.person, by=made.officer)

    def test_who_has_declared_or_scored_stays(self, made: Round) -> None:
        remove_scorer(scorer=made.third, by=made.officer)
        scores(made.first, made.one, 4, 1)
        with pytest.raises(FundingRefused, match="stays"):
            remove_scorer(scorer=made.first, by=made.officer)

    def test_it_ends_after_the_call_and_can_be_opened_again(self, made: Round) -> None:
        with pytest.raises(FundingRefused, match="after the call"):
            close_scoring(call=made.call, by=made.officer)
        close_scoring(call=close(made.call), by=made.officer)
        with pytest.raises(FundingRefused, match="closed"):
            scores(made.first, made.one, 4, 1)
        reopen_scoring(call=made.call, by=made.officer)
        scores(made.first, made.one, 4, 1)
        assert Conflict.objects.handed_in().count() == 1

    def test_points_that_are_no_numbers_are_told(self, made: Round, client: Client) -> None:
        declare(scorer=made.first, application=made.one, has_conflict=False, by=None)
        client.force_login(account_of(made.first))
        criterion = made.call.criteria.all()[0]
        told = client.post(
            reverse("funding:score-application", args=["tampere", made.one.pk]),
            {f"points_{criterion.pk.hex}": "paljon"},
        )
        assert told.status_code == 422

    def test_unknown_criteria_are_refused(self, made: Round) -> None:
        declare(scorer=made.first, application=made.one, has_conflict=False, by=None)
        with pytest.raises(FundingRefused, match="no such criterion"):
            save_points(scorer=made.first, application=made.one, given={made.one.pk: Given(Decimal(1))}, by=None)
