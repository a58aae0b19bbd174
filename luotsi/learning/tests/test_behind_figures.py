"""What is behind a figure of studies: learners for who follows them, sums for who leads, guidance for who guides."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock, periods
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries.trace import trace_of
from luotsi.learning.actions.reference import load_reference
from luotsi.learning.rules import figures as keys
from luotsi.learning.tests.staged import Staged, stage
from luotsi.learning.tests.studied import Studied
from luotsi.people.models import Account
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """The standing learners beside many others of the school, and the indicators of studies."""
    found = stage(cast)
    Studied(cast).make(24)
    load_reference()
    return found


def pages_behind(who: Account, cast: Cast, key: str) -> list[str]:
    """Return where the records lead that somebody sees behind a figure of the school."""
    period = periods.containing(clock.today(), periods.PeriodKind.MONTH).key
    who.kept_reach = None
    return [one.url for one in trace_of(who, Indicator.objects.get(key=key), cast.school, period).records]


class TestBehindAFigure:
    def test_who_keeps_the_register_and_who_counsels_come_to_every_learner(self, cast: Cast, staged: Staged) -> None:
        page = reverse("learning:see-progress", args=[staged.group.key, staged.late.pk])
        for who in (staged.irma, staged.leo):
            found = pages_behind(who, cast, keys.FRESH)
            assert page in found
            assert len(found) > 3
            assert all(found)

    def test_the_page_of_a_learner_opens_for_whom_it_is_shown(self, cast: Cast, staged: Staged) -> None:
        for who, key in ((staged.irma, keys.FRESH), (staged.leo, keys.FRESH), (staged.leo, keys.GUIDANCE_GIVEN)):
            client = Client()
            client.force_login(who)
            for page in pages_behind(who, cast, key)[:3]:
                assert client.get(page).status_code == 200

    def test_who_teaches_a_group_comes_to_its_learners_alone(self, cast: Cast, staged: Staged) -> None:
        found = pages_behind(staged.tuure, cast, keys.FRESH)
        assert found
        assert all(f"/{staged.group.key}/" in page for page in found)

    def test_who_leads_sees_sums_and_no_single_record(self, cast: Cast, staged: Staged) -> None:
        for who in (cast.aino, cast.bilal):
            assert pages_behind(who, cast, keys.GUIDANCE_PLANNED) == []
            client = Client(headers={"accept-language": "en"})
            client.force_login(who)
            answer = client.get(reverse("indicators:see-trace", args=[cast.school.key, keys.GUIDANCE_PLANNED]))
            text = answer.content.decode()
            assert "Your role shows the figure but not the single records behind it." in text
            assert "in the numerator" not in text

    def test_guidance_that_was_given_is_for_who_guides(self, cast: Cast, staged: Staged) -> None:
        page = reverse("learning:see-guidance", args=[staged.group.key, staged.late.pk])
        assert page in pages_behind(staged.leo, cast, keys.GUIDANCE_GIVEN)
        assert pages_behind(staged.irma, cast, keys.GUIDANCE_GIVEN) == []
