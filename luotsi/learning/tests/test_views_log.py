"""The log of views and scores: who may open it, what it tells and never tells, how it is narrowed, and its files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.models import Score, ScoreView
from luotsi.learning.rules.rights import HOLDERS, Right
from luotsi.learning.tests.staged import Staged, stage
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Role
from luotsi.people.tests.cast import Cast

CONTENT = ("Meet first", "Keep an eye on", "Goes on", "late by the plan", "last changed")


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """Leo has looked at his week and at Minna, Tuure at the starts of the group, Minna at her own page."""
    found = stage(cast)
    score_week(provider=cast.tampere, on=clock.today())
    for who, name, scope, args in (
        (found.leo, "see-caseload", cast.school, ()),
        (found.leo, "see-guidance", cast.school, (found.late.pk,)),
        (found.tuure, "list-starts", found.group, ()),
        (found.minna, "see-own-guidance", found.group, ()),
    ):
        opened(who, name, scope, *args)
    return found


def opened(by: Account, name: str, scope: Unit, *args: Any, **asked: str) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(by)
    return client.get(reverse(f"learning:{name}", args=[scope.key, *args]), asked)


def rows(answered: Any) -> list[tuple[str, str, str]]:
    return [
        (one.who.split()[0], one.learner.split()[0], one.purpose) for one in answered.context["listing"].rows.items
    ]


class TestWhatItTells:
    def test_every_view_with_who_whose_and_what_for(self, cast: Cast, staged: Staged) -> None:
        assert sorted(rows(opened(cast.hilkka, "list-views", cast.school))) == [
            ("Leo", "Minna", "Caseload"),
            ("Leo", "Minna", "Page of the learner"),
            ("Minna", "Minna", "Own page"),
            ("Tuure", "Minna", "Starts of the group"),
            ("Tuure", "Otso", "Starts of the group"),
        ]

    @pytest.mark.parametrize("asked", [{}, {"what": "made"}, {"format": "csv"}, {"what": "made", "format": "csv"}])
    def test_never_what_a_score_was(self, cast: Cast, staged: Staged, asked: dict[str, str]) -> None:
        answered = opened(cast.hilkka, "list-views", cast.school, **asked)
        words = answered.content.decode("utf-8-sig")
        assert "Näytesaari" in words
        assert not any(word in words for word in CONTENT)
        assert not any(f"{one.value}" in words for one in Score.objects.filter(value__gt=2))

    def test_the_making_of_scores_has_no_columns_of_who_saw_what(self, cast: Cast, staged: Staged) -> None:
        made = opened(cast.hilkka, "list-views", cast.school, what="made").context["listing"]
        assert [one.key for one in made.columns] == ["at", "learner", "unit", "source", "week"]

    def test_the_making_of_scores_is_a_list_of_its_own(self, cast: Cast, staged: Staged) -> None:
        found = opened(cast.hilkka, "list-views", cast.school, what="made").context["listing"].rows
        assert found.total == Score.objects.count() == 2
        assert {one.source for one in found.items} == {"Rules"}

    def test_of_another_school_there_is_nothing(self, cast: Cast, staged: Staged) -> None:
        assert opened(cast.hilkka, "list-views", cast.other_school).context["listing"].rows.total == 0


class TestNarrowing:
    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ({"q": "otso"}, 1),
            ({"viewer": "leo"}, 2),
            ({"q": "minna", "viewer": "tuure"}, 1),
            ({"purpose": "own"}, 1),
            ({"what": "made", "q": "minna"}, 1),
            ({"what": "made", "viewer": "leo"}, 0),
        ],
    )
    def test_by_learner_viewer_and_purpose(
        self, cast: Cast, staged: Staged, asked: dict[str, str], count: int
    ) -> None:
        assert opened(cast.hilkka, "list-views", cast.school, **asked).context["listing"].rows.total == count

    def test_by_days_both_among_them(self, cast: Cast, staged: Staged) -> None:
        today = clock.today()
        ScoreView.objects.filter(purpose="own").update(at=clock.now() - timedelta(days=3))
        told = {
            name: {"since": f"{since:%d.%m.%Y}", "until": f"{until:%d.%m.%Y}"}
            for name, since, until in (
                ("today", today, today),
                ("before", today - timedelta(days=3), today - timedelta(days=1)),
            )
        }
        counts = {
            name: opened(cast.hilkka, "list-views", cast.school, **asked).context["listing"].rows.total
            for name, asked in told.items()
        }
        assert counts == {"today": 4, "before": 1}


class TestWhoMay:
    def test_only_who_watches_over_persons_data(self) -> None:
        assert HOLDERS[Right.LOG] == {Role.DATA_PROTECTION}

    @pytest.mark.parametrize("who", ["aino", "bilal", "celia", "leo", "tuure", "irma", "minna"])
    def test_others_get_no_trace(self, cast: Cast, staged: Staged, who: str) -> None:
        visitor = getattr(staged, who, None) or getattr(cast, who)
        answered = opened(visitor, "list-views", cast.school)
        assert answered.status_code in {403, 404}
        assert "Otso" not in answered.text

    def test_opening_it_is_no_view_of_a_score(self, cast: Cast, staged: Staged) -> None:
        before = ScoreView.objects.count()
        opened(cast.hilkka, "list-views", cast.school)
        assert ScoreView.objects.count() == before


class TestTheFile:
    def test_it_holds_every_row_and_taking_it_is_written_down(self, cast: Cast, staged: Staged) -> None:
        answered = opened(cast.hilkka, "list-views", cast.school, format="csv")
        assert len(answered.content.decode("utf-8-sig").splitlines()) == 1 + 5
        assert AuditEntry.objects.get(verb="learning.log.taken").after == {"rows": 5}
        opened(cast.hilkka, "list-views", cast.school)
        assert AuditEntry.objects.filter(verb="learning.log.taken").count() == 1


def test_it_asks_no_more_for_many(cast: Cast, staged: Staged, django_assert_max_num_queries: Any) -> None:
    now, week = clock.now(), clock.today()
    ScoreView.objects.bulk_create(
        ScoreView(person=staged.leo.person, learner=staged.late, week=week, purpose="caseload", at=now)
        for _one in range(300)
    )
    client = Client()
    client.force_login(cast.hilkka)
    with django_assert_max_num_queries(21):
        found = client.get(reverse("learning:list-views", args=[cast.school.key])).context["listing"]
    assert (len(found.rows.items), found.rows.total, found.pages) == (50, 305, 7)
