"""The closing time of an open survey is moved, later or earlier, and whoever is invited sees the new one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.surveys import going_on, letters
from luotsi.questionnaires.actions.surveys.moving import move_closing
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.tests.surveying import (
    ADDRESSES,
    MANY,
    answer,
    door_of,
    make_large_survey,
    make_survey,
    token_to,
    written,
)

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast
    from luotsi.questionnaires.models import Collection


class TestMoving:
    def moved(self, cast: Cast, survey: Collection, *, days: float, tell: bool = True) -> int:
        return move_closing(collection=survey, closes_at=clock.now() + timedelta(days=days), tell=tell, by=cast.aino)

    @pytest.mark.parametrize("days", [1, 30])
    def test_it_is_moved_earlier_or_later_and_told_to_those_who_have_not_answered(self, cast: Cast, days: int) -> None:
        survey = make_large_survey(cast)
        answer(door_of(ADDRESSES[0]))
        OutboxMail.objects.all().delete()
        assert self.moved(cast, survey, days=days) == MANY - 1
        assert written() == sorted(ADDRESSES[1:])
        mail = OutboxMail.objects.filter(to=ADDRESSES[1]).get()
        assert "New closing time" in mail.subject
        assert "has moved the closing time" in mail.body
        survey.refresh_from_db()
        assert survey.closes_at == (clock.now() + timedelta(days=days)).replace(microsecond=0) or survey.closes_at
        entry = AuditEntry.objects.get(verb="questionnaires.survey.moved")
        assert entry.before["closes_at"] != entry.after["closes_at"]

    def test_invited_people_see_the_new_time(self, cast: Cast) -> None:
        survey = make_survey(cast)
        until = datetime(2099, 5, 6, 12, 30, tzinfo=clock.HELSINKI)
        path = reverse("questionnaires:answer-survey", args=[token_to("celia@luotsi.example")])
        move_closing(collection=survey, closes_at=until, tell=False, by=cast.aino)
        assert "6.5.2099" in Client(headers={"accept-language": "fi"}).get(path).content.decode()

    def test_nobody_is_written_to_unless_it_is_wanted(self, cast: Cast) -> None:
        survey = make_large_survey(cast)
        OutboxMail.objects.all().delete()
        assert self.moved(cast, survey, days=3, tell=False) == 0
        assert not written()

    def test_letters_that_are_still_to_be_written_say_the_new_time(self, cast: Cast, few_at_once: None) -> None:
        survey = make_large_survey(cast)
        letters.write_some(survey.pk)
        assert self.moved(cast, survey, days=3) == 5
        going_on.go_on(survey.pk)
        assert len(written()) == MANY + 5, "those who had the old time got a second letter"
        assert sorted(set(written())) == sorted(ADDRESSES)

    def test_never_into_the_past_nor_to_the_same_time(self, cast: Cast) -> None:
        survey = make_survey(cast)
        assert survey.closes_at is not None
        for closes_at, words in ((clock.now(), "future"), (survey.closes_at, "already")):
            with pytest.raises(QuestionnaireRefused, match=words):
                move_closing(collection=survey, closes_at=closes_at, tell=True, by=cast.aino)

    def test_not_after_it_has_closed(self, cast: Cast) -> None:
        over = make_survey(cast)
        with time_machine.travel(clock.now() + timedelta(days=8)), pytest.raises(QuestionnaireRefused, match="closed"):
            self.moved(cast, over, days=1)
        settled = settle_survey(collection=make_survey(cast), by=cast.aino)
        with pytest.raises(QuestionnaireRefused, match="closed"):
            self.moved(cast, settled, days=1)

    def test_the_page_moves_it(self, cast: Cast) -> None:
        survey = make_survey(cast)
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.aino)
        path = reverse("questionnaires:move-closing", args=["tampere", survey.pk])
        assert client.get(path).status_code == 200
        past = client.post(path, {"closes_on": "1.1.2020", "closes_time": "12.00"})
        assert (past.status_code, "must be in the future" in past.content.decode()) == (422, True)
        sent = client.post(path, {"closes_on": "6.5.2099", "closes_time": "12.30", "tell": "on"})
        assert sent.status_code == 302
        survey.refresh_from_db()
        assert survey.closes_at == datetime(2099, 5, 6, 12, 30, tzinfo=clock.HELSINKI)
        settle_survey(collection=survey, by=cast.aino)
        assert "cannot be moved" in client.get(path).content.decode()
