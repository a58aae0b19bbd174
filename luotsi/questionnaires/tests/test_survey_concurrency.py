"""Two workers, two clicks, and answers that come while a survey is settled: each is done once, none is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from luotsi.questionnaires import access
from luotsi.questionnaires.actions.refusals import AnswerRefused, QuestionnaireRefused
from luotsi.questionnaires.actions.surveys import going_on
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.models import Published, Sheet
from luotsi.questionnaires.tests.surveying import (
    ADDRESSES,
    MANY,
    answer,
    door_of,
    make_large_survey,
    make_survey,
    written,
)

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    """Threads with connections of their own; SQLite lets one transaction write at a time, which needs no test here."""

    @pytest.fixture(autouse=True)
    def on_postgresql(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite in memory has one connection.")

    def all_at_once(self, deeds: list[Callable[[], object]]) -> list[object]:
        def done(deed: Callable[[], object]) -> object:
            try:
                return deed()
            except (AnswerRefused, QuestionnaireRefused) as refusal:
                return refusal
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(done, deeds))

    def test_two_workers_write_one_letter_to_each(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        self.all_at_once([lambda: going_on.go_on(survey.pk)] * 4)
        assert written() == sorted(ADDRESSES)

    def test_two_clicks_open_one_survey(self, cast: Cast) -> None:
        version = make_survey(cast).version
        found = self.all_at_once([lambda: make_large_survey(cast, key="page", version=version).pk] * 4)
        assert len(set(found)) == 1
        assert len([email for email in written() if email in ADDRESSES]) == MANY

    def test_whoever_answers_while_it_is_settled_is_counted_or_refused(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        going_on.go_on(survey.pk)
        doors = [door_of(email) for email in ADDRESSES]
        common = access.Door(survey, cast.school.pk)
        for _number in range(6):
            answer(common)

        def settle() -> None:
            settle_survey(collection=survey, by=None)
            going_on.go_on(survey.pk)

        deeds: list[Callable[[], object]] = [lambda door=door: answer(door) for door in doors]  # type: ignore[misc]
        told = self.all_at_once([*deeds[:8], settle, settle, *deeds[8:]])
        kept = Sheet.objects.filter(collection=survey).count()
        assert kept == 6 + sum(one is True for one in told)
        assert Published.objects.get(collection=survey, kind="whole").persons == kept
        assert sum(isinstance(one, QuestionnaireRefused) for one in told) == 1, "one of two who settled"
