"""A learner who comes home sees their own studies first; nobody else sees anybody's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.learning.models import Learner, StudyLine, StudyRight
from luotsi.learning.tests.staged import Staged, stage
from luotsi.people.models import Account, Unit
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db

OWN = 'id="own-studies"'
BUDGET = 22


@pytest.fixture
def staged(cast: Cast) -> Staged:
    return stage(cast)


def signed_in(who: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client


def home(who: Account, unit: Unit) -> str:
    return signed_in(who).get(reverse("workspace:see-home", args=[unit.key])).content.decode()


class TestALearnerAtHome:
    def test_sees_what_is_done_what_is_next_and_the_way_to_more(self, staged: Staged) -> None:
        page = home(staged.minna, staged.group)
        assert OWN in page
        assert "What is next" in page
        assert page.count('class="lu-task"') == 2
        for name in ("see-mine", "see-own-guidance"):
            assert reverse(f"learning:{name}", args=[staged.group.key]) in page

    def test_is_not_told_that_nothing_waits(self, staged: Staged) -> None:
        assert "Nothing waits for you here" not in home(staged.minna, staged.group)

    def test_whose_studies_have_not_come_is_told_as_everybody(self, staged: Staged) -> None:
        StudyLine.objects.all().delete()
        StudyRight.objects.all().delete()
        page = home(staged.minna, staged.group)
        assert OWN not in page
        assert "Nothing waits for you here" in page

    def test_who_is_no_learner_of_the_registers_is_told_as_everybody(self, staged: Staged) -> None:
        Learner.objects.update(person=None)
        assert OWN not in home(staged.minna, staged.group)

    def test_asks_no_more_than_it_may(self, staged: Staged) -> None:
        client, address = signed_in(staged.minna), reverse("workspace:see-home", args=[staged.group.key])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= BUDGET


class TestOthers:
    @pytest.mark.parametrize("name", ["leo", "tuure"])
    def test_see_nobodys(self, staged: Staged, name: str) -> None:
        assert OWN not in home(getattr(staged, name), staged.group)
