"""Notices: a version is kept as given; who was told when decides about whom anything may be computed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.learning.actions.notices import NoticeDetails, NoticeRefused, publish_notice, tell_learners
from luotsi.learning.models import Learner, Notice
from luotsi.learning.queries.notices import notice_page
from luotsi.learning.tests.staged import Staged, stage
from luotsi.people.tests.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """Three learners who were told of version 1."""
    return stage(cast)


def publish(cast: Cast, version: str = "2") -> Notice:
    """Keep a version that is in force since a week."""
    details = NoticeDetails(
        version=version, since=clock.today() - timedelta(days=7), text_fi="Näin tietoja käytetään."
    )
    return publish_notice(unit=cast.school, details=details, by=cast.bilal)


class TestTelling:
    def test_who_was_told_before_keeps_the_first_day(self, cast: Cast, staged: Staged) -> None:
        first = staged.late.told_on
        assert tell_learners(unit=cast.school, notice=publish(cast), on=clock.today(), by=staged.irma) == 3
        staged.late.refresh_from_db()
        assert (staged.late.told_version, staged.late.told_on) == ("2", first)

    def test_who_was_never_told_may_be_scored_from_then_on(self, cast: Cast, staged: Staged) -> None:
        Learner.objects.filter(pk=staged.fine.pk).update(told_on=None, told_version="")
        today = clock.today()
        assert not Learner.objects.to_score(today).filter(pk=staged.fine.pk).exists()
        tell_learners(unit=staged.group, notice=publish(cast), on=today, by=staged.irma)
        assert Learner.objects.to_score(today).filter(pk=staged.fine.pk).exists()
        assert not Learner.objects.to_score(today - timedelta(days=1)).filter(pk=staged.fine.pk).exists()

    @pytest.mark.parametrize("days", [1, -8], ids=["not yet", "before the notice"])
    def test_some_days_are_refused(self, cast: Cast, staged: Staged, days: int) -> None:
        with pytest.raises(NoticeRefused):
            tell_learners(unit=cast.school, notice=publish(cast), on=clock.today() + timedelta(days=days), by=None)

    def test_telling_twice_is_refused(self, cast: Cast, staged: Staged) -> None:
        notice = publish(cast)
        tell_learners(unit=cast.school, notice=notice, on=clock.today(), by=None)
        with pytest.raises(NoticeRefused, match="had been told"):
            tell_learners(unit=cast.school, notice=notice, on=clock.today(), by=None)

    def test_a_version_is_there_once(self, cast: Cast) -> None:
        publish(cast)
        with pytest.raises(NoticeRefused):
            publish(cast)

    def test_the_page_counts_who_was_told_of_what(self, cast: Cast, staged: Staged) -> None:
        Learner.objects.filter(pk=staged.fine.pk).update(told_on=None, told_version="")
        publish(cast, "1")
        page = notice_page(cast.school)
        assert (page.untold, [(row.version, row.told) for row in page.rows]) == (1, [("1", 2)])


class TestPages:
    def test_irma_keeps_a_version_and_notes_who_was_told(self, cast: Cast, staged: Staged, client: Client) -> None:
        client.force_login(staged.irma)
        given = {"version": "2", "since": date(2026, 1, 1).isoformat(), "text_fi": "Näin."}
        assert client.post(reverse("learning:add-notice", args=[cast.school.key]), given).status_code == 302
        told = {"notice": str(Notice.objects.get().pk), "on": clock.today().isoformat()}
        assert client.post(reverse("learning:tell-learners", args=[cast.school.key]), told).status_code == 302
        assert set(Learner.objects.values_list("told_version", flat=True)) == {"2"}
        assert "Näin." in client.get(reverse("learning:list-notices", args=[cast.school.key])).content.decode()
