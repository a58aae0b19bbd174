"""Progress for staff: one learner part by part and as known on a day, and the learners of a unit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from luotsi.base import clock
from luotsi.learning.models import Learner, StudyLine, StudyRight
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.learning.tests.test_own_page import replan
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import make_unit

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """Learners of the group."""
    return stage(cast)


def list_of(client: Client, account: Account, unit: Unit, query: str = "", status: int = 200) -> str:
    client.force_login(account)
    response = client.get(reverse("learning:list-progress", args=[unit.key]) + query)
    assert response.status_code == status
    return response.content.decode()


def page_of(client: Client, account: Account, learner: Learner, query: str = "", status: int = 200) -> str:
    client.force_login(account)
    response = client.get(reverse("learning:see-progress", args=[learner.unit.key, learner.pk]) + query)
    assert response.status_code == status
    return response.content.decode()


class TestWhoSees:
    def test_counsellor_secretary_and_the_teacher_of_the_very_group(
        self, client: Client, cast: Cast, staged: Staged
    ) -> None:
        for account, unit in ((staged.leo, cast.school), (staged.irma, cast.school), (staged.tuure, staged.group)):
            assert "Näytesaari Minna" in list_of(client, account, unit)
            assert "Esimerkkiosa 1" in page_of(client, account, staged.late)

    def test_a_teacher_of_the_school_and_its_principal_see_no_learners(
        self, client: Client, cast: Cast, staged: Staged
    ) -> None:
        for account in (cast.bilal, cast.aino, cast.celia):
            list_of(client, account, cast.school, status=403)
            page_of(client, account, staged.late, status=404)

    def test_another_municipality_sees_nothing(self, client: Client, cast: Cast, staged: Staged) -> None:
        list_of(client, cast.farid, cast.school, status=404)
        page_of(client, cast.farid, staged.late, status=404)

    def test_learners_are_led_to_their_own_page_and_see_nobody_else(self, client: Client, staged: Staged) -> None:
        client.force_login(staged.minna)
        response = client.get(reverse("learning:see-progress", args=[staged.group.key, staged.late.pk]))
        assert response["Location"] == reverse("learning:see-mine", args=[staged.group.key])
        page_of(client, staged.minna, staged.fine, status=404)
        list_of(client, staged.minna, staged.group, status=403)

    def test_a_teacher_sees_the_own_group_only(self, client: Client, cast: Cast, staged: Staged) -> None:
        other = make_unit(Kind.GROUP, cast.school, "Toinen esimerkkiryhmä")
        stranger = make_learner(cast, other, "Siiri", number=9, done=0)
        assert "Siiri" in list_of(client, staged.leo, cast.school)
        assert "Siiri" not in list_of(client, staged.tuure, staged.group)
        page_of(client, staged.tuure, stranger, status=404)


class TestWhatWasRecognised:
    def test_it_is_told_apart_and_makes_up_for_nothing(self, client: Client, staged: Staged) -> None:
        before = page_of(client, staged.leo, staged.late)
        line = StudyLine.objects.known().filter(learner=staged.late).first()
        assert line
        StudyLine.objects.create(
            learner=staged.late,
            right_oid=line.right_oid,
            key="tunnustettu",
            name="Muualla opittu",
            amount=60,
            done_on=clock.today() - timedelta(days=90),
            recognised=True,
            known_from=line.known_from,
        )
        after = page_of(client, staged.leo, staged.late)
        assert "of this was recognised. It counts both as asked for and as done." in after
        assert "Recognised" in after.split("Muualla opittu")[1].split("</tr>")[0]
        behind = [page.split("<dt>Behind</dt>")[1].split("</dd>")[0] for page in (before, after)]
        weeks = [page.split("<dt>Weeks late</dt>")[1].split("</dd>")[0] for page in (before, after)]
        assert behind[0] == behind[1]
        assert weeks[0] == weeks[1]
        assert "recognised" not in before


class TestTheList:
    @pytest.mark.parametrize("query", ["", "?sort=-weeks"])
    def test_those_most_behind_come_first(self, client: Client, cast: Cast, staged: Staged, query: str) -> None:
        page = list_of(client, staged.leo, cast.school, query)
        assert page.index("Näytesaari Minna") < page.index("Näytesaari Petra") < page.index("Näytesaari Otso")
        assert "32" in page.split("Näytesaari Minna")[1].split("</tr>")[0]

    def test_filters_order_and_export_are_one_list(self, client: Client, cast: Cast, staged: Staged) -> None:
        make_learner(cast, staged.group, "Siiri", number=9, done=5)
        page = list_of(client, staged.leo, cast.school, "?stand=late")
        assert "Näytesaari Minna" in page
        assert "Näytesaari Siiri" not in page
        assert "Näytesaari Otso" in list_of(client, staged.leo, cast.school, "?q=otso näy")
        file = list_of(client, staged.leo, cast.school, "?stand=late&sort=behind&format=csv")
        lines = file.strip().splitlines()
        assert len(lines) == 4
        assert "Group" not in lines[0]
        place = lines[0].split(";").index("Behind")
        assert [line.split(";")[0] for line in lines[1:]] == [
            f"Näytesaari {name}" for name in ("Otso", "Petra", "Minna")
        ]
        assert [line.split(";")[place].removesuffix(",000") for line in lines[1:]] == ["30", "90", "120"]

    def test_a_figure_opens_the_parts_behind_it(self, client: Client, cast: Cast, staged: Staged) -> None:
        row = list_of(client, staged.leo, cast.school).split("Näytesaari Minna")[1].split("</tr>")[0]
        assert f"{staged.late.pk}/progress/?right=1.2.246.562.15.00000000001&amp;standing=late#list" in row
        parts = page_of(client, staged.leo, staged.late, "?standing=late").split('id="list"')[1]
        assert [f"Esimerkkiosa {place}" in parts for place in range(1, 7)] == [False, True, True, True, True, False]

    def test_nobody_yet_says_when_somebody_will_be(self, client: Client, cast: Cast, staged: Staged) -> None:
        StudyRight.objects.update(state="valmistunut")
        assert "after study data have been imported" in list_of(client, staged.leo, cast.school)

    def test_it_asks_no_more_for_many_than_for_one(
        self, client: Client, cast: Cast, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(4, 70):
            make_learner(cast, staged.group, f"Oppija {number}", number=number, done=number % 6)
        client.force_login(staged.leo)
        address = reverse("learning:list-progress", args=[cast.school.key])
        client.get(address)
        with django_assert_max_num_queries(18):
            assert "1–50 / 69" in client.get(address).content.decode()


class TestOneLearner:
    def test_what_is_behind_and_since_when(self, client: Client, staged: Staged) -> None:
        page = page_of(client, staged.leo, staged.late)
        assert "120 competence points" in page
        assert "Behind the plan" in page
        assert "4 Late" in page

    def test_as_known_on_a_day_before_the_plan_was_changed(self, client: Client, staged: Staged) -> None:
        line = staged.late.lines.get(key="999901")
        told_on = clock.today() - timedelta(weeks=36)
        replan(line, clock.today() + timedelta(weeks=8), told_on)
        assert "3 Late" in page_of(client, staged.leo, staged.late)
        before = (told_on + timedelta(days=-1)).isoformat()
        assert "1 date moved later" not in page_of(client, staged.leo, staged.late, f"?known={before}")
        on = page_of(client, staged.leo, staged.late, f"?known={told_on.isoformat()}&format=csv")
        assert f"Esimerkkiosa 2;30;Under way;{(clock.today() + timedelta(weeks=8)).isoformat()}" in on.replace(
            ",000", ""
        )

    def test_a_day_to_come_and_one_before_all_are_answered(self, client: Client, staged: Staged) -> None:
        assert "Choose a day that has been" in page_of(client, staged.leo, staged.late, "?known=2199-01-01")
        assert "Nothing matches" in page_of(client, staged.leo, staged.late, "?known=2001-01-01")

    def test_neither_score_nor_protected_attribute_is_there(self, client: Client, staged: Staged) -> None:
        page = page_of(client, staged.irma, staged.late)
        assert "score" not in page.casefold()
        assert "guidance/" not in page

    def test_it_asks_no_more_for_many_versions_than_for_one(
        self, client: Client, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        for week in range(12):
            for line in StudyLine.objects.filter(learner=staged.late, known_to=None):
                told_on = clock.today() - timedelta(weeks=40 - week)
                replan(line, (line.planned_until or told_on) + timedelta(days=2), told_on)
        client.force_login(staged.leo)
        address = reverse("learning:see-progress", args=[staged.group.key, staged.late.pk])
        client.get(address)
        with django_assert_max_num_queries(20):
            client.get(address)
