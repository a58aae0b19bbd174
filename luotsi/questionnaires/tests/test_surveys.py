"""Surveys: who is asked, what each mode leaves behind, and what nobody finds out."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from luotsi.base import clock
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.refusals import AnswerRefused, QuestionnaireRefused
from luotsi.questionnaires.actions.surveys.answering import Filled, answer_survey
from luotsi.questionnaires.actions.surveys.inviting import remind
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.forms.writing import OpenForm
from luotsi.questionnaires.models import Collection, Invitation, Sheet, Turnout
from luotsi.questionnaires.queries.surveys.audience import Audience, counted, people_of
from luotsi.questionnaires.queries.surveys.turnout import common_link, survey_page
from luotsi.questionnaires.tests.answered import make_version
from luotsi.questionnaires.tests.making import changed
from luotsi.questionnaires.tests.surveying import (
    SURVEY,
    answer,
    answers,
    door_of,
    make_survey,
    token_to,
)

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

CELIA = "celia@luotsi.example"


class TestOpening:
    def test_a_survey_is_no_collection_that_is_begun_and_closed_as_others(self, cast: Cast) -> None:
        survey = make_survey(cast)
        with pytest.raises(Http404):
            access.collection_for(cast.aino, cast.tampere, survey.pk)
        assert "invited" not in str(OpenForm()["answered_by"])

    def test_it_counts_ahead_by_unit(self, cast: Cast) -> None:
        people = people_of(
            Audience((cast.tampere,), ("teacher", "principal"), ("x@luotsi.example",)), cast.tampere, "sv"
        )
        assert {(one.names.fi, one.count) for one in counted(people)} == {
            ("Käpytikan esimerkkikoulu", 2),
            ("Tampere", 1),
        }

    def test_everybody_gets_a_link_of_their_own_in_their_language(self, cast: Cast) -> None:
        make_survey(cast)
        mails = OutboxMail.objects.exclude(body="").filter(body__contains="/s/")
        assert {mail.to: mail.language for mail in mails} == {
            CELIA: "fi",
            "bilal@luotsi.example": "fi",
            **{f"{letter}@luotsi.example": "en" for letter in "abc"},
        }
        tokens = {token_to(mail.to) for mail in mails}
        assert len(tokens) == 5
        kept = json.dumps(list(Invitation.objects.values("digest", "email")))
        assert not any(token in kept for token in tokens), "only digests are kept"

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"mode": "confidential", "by_link": True}, "common link"),
            ({"audience": Audience()}, "Nobody would be asked"),
        ],
    )
    def test_it_refuses_what_does_not_fit(self, cast: Cast, more: dict[str, object], words: str) -> None:
        with pytest.raises(QuestionnaireRefused, match=words):
            make_survey(cast, **more)  # type: ignore[arg-type]

    def test_personal_data_is_not_asked_anonymously(self, cast: Cast) -> None:
        asked = changed(
            SURVEY, "/pages/1/elements/1/x-luotsi", {"personal_data": {"purpose": "Koe", "retention": "1 v"}}
        )
        version = make_version(cast.tampere, asked, cast.aino)
        with pytest.raises(QuestionnaireRefused, match="personal data"):
            make_survey(cast, version=version)

    def test_only_surveys_are_answered_without_a_name(self, cast: Cast) -> None:
        survey = make_survey(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Collection.objects.filter(pk=survey.pk).update(answered_by="persons")


class TestAnonymity:
    def test_answering_destroys_the_invitation_and_leaves_a_count(self, cast: Cast) -> None:
        survey = make_survey(cast)
        token = token_to(CELIA)
        answer(door_of(CELIA))
        assert access.door_by_token(token) is None
        assert not Invitation.objects.filter(email=CELIA).exists()
        assert Turnout.objects.get(collection=survey, unit=cast.school).answered == 1

    def test_no_column_of_the_database_joins_an_answer_to_anybody(self, cast: Cast) -> None:
        """What identifies the person is looked for in the row of the answer, and its key in every other table."""
        survey = make_survey(cast)
        invitation = Invitation.objects.get(email=CELIA)
        known = {invitation.pk.hex, invitation.digest, token_to(CELIA), str(invitation.person_id), CELIA}
        answer(door_of(CELIA))
        row = Sheet.objects.values().get(collection=survey)
        assert [row["answered_on"], row["pseudonym"], row["person_id"], row["email"]] == [None, "", None, ""]
        assert not any(one in str(row) for one in known)
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own tables
                if table != Sheet._meta.db_table:
                    assert str(row["id"]) not in str(cursor.fetchall()), table

    def test_neither_the_log_nor_the_outbox_tells_when_or_what(self, cast: Cast) -> None:
        make_survey(cast)
        log, mails = AuditEntry.objects.count(), OutboxMail.objects.count()
        answer(door_of(CELIA))
        assert (AuditEntry.objects.count(), OutboxMail.objects.count()) == (log, mails)

    def test_the_order_of_the_rows_is_not_that_of_the_answers(self, cast: Cast) -> None:
        survey = make_survey(cast)
        nonces = [f"page {number}" for number in range(40)]
        door = access.Door(survey, cast.school.pk)
        for number, nonce in enumerate(nonces):
            answer(door, level=1 + number % 4, nonce=nonce, why=f"word {number:02}")
        with connection.cursor() as cursor:
            order = "rowid" if connection.vendor == "sqlite" else "id"
            cursor.execute(f"SELECT answers FROM {Sheet._meta.db_table} ORDER BY {order}")  # noqa: S608
            found = [json.loads(row[0])["why"] for row in cursor.fetchall()]
        assert found != sorted(found)
        assert sum(one < other for one, other in itertools.pairwise(found)) < 32

    def test_the_database_refuses_an_anonymous_answer_that_says_more(self, cast: Cast) -> None:
        make_survey(cast)
        answer(door_of(CELIA))
        for more in ({"answered_on": clock.today()}, {"email": CELIA}, {"pseudonym": "x"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Sheet.objects.update(**more)

    def test_when_it_is_settled_nothing_is_left_of_those_who_did_not_answer(self, cast: Cast) -> None:
        survey = make_survey(cast)
        settle_survey(collection=survey, by=cast.aino)
        assert not Invitation.objects.filter(collection=survey).exists()


class TestConfidentiality:
    def test_one_person_has_one_name_in_all_waves_and_another_in_another_questionnaire(self, cast: Cast) -> None:
        first = make_survey(cast, "confidential")
        answer(door_of(CELIA))
        second = make_survey(cast, "confidential", version=first.version)
        answer(door_of(CELIA))
        other = make_version(cast.tampere, changed(SURVEY, "/x-luotsi/name", "other"), cast.aino)
        third = make_survey(cast, "confidential", version=other)
        answer(door_of(CELIA))
        names = {one: Sheet.objects.get(collection=one).pseudonym for one in (first, second, third)}
        assert names[first] == names[second] != names[third]
        assert CELIA not in str(names)

    def test_the_own_history_is_seen_by_the_person_alone(self, cast: Cast) -> None:
        make_survey(cast, "confidential")
        answer(door_of(CELIA))
        answer(door_of("bilal@luotsi.example"), level=1)
        assert [one.answers["m"]["a"] for one in access.own_sheets(cast.celia)] == [3]
        assert [one.answers["m"]["a"] for one in access.own_sheets(cast.bilal)] == [1]
        assert not access.own_sheets(cast.aino).exists()

    def test_with_another_secret_nobody_is_found(self, cast: Cast, settings: object) -> None:
        make_survey(cast, "confidential")
        answer(door_of(CELIA))
        settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
        assert not access.own_sheets(cast.celia).exists()


class TestLinks:
    def test_a_link_works_once(self, cast: Cast) -> None:
        for mode in ("anonymous", "confidential", "identified"):
            survey = make_survey(cast, mode)
            door = door_of(CELIA)
            answer(door)
            with pytest.raises(AnswerRefused, match="used"):
                answer(door)
            assert Sheet.objects.filter(collection=survey).count() == 1
            Sheet.objects.all().delete()

    def test_a_double_click_is_one_answer(self, cast: Cast) -> None:
        survey = make_survey(cast)
        door = door_of(CELIA)
        assert answer(door, nonce="one page")
        assert not answer(door, nonce="one page")
        common = access.Door(survey, cast.other_school.pk)
        assert answer(common, nonce="another page")
        assert not answer(common, nonce="another page")
        assert Sheet.objects.count() == 2
        assert sum(Turnout.objects.values_list("answered", flat=True)) == 2

    def test_the_second_of_the_deadline_counts_and_the_next_does_not(self, cast: Cast) -> None:
        survey = make_survey(cast)
        filled = Filled(answers=answers(), language="fi", nonce="x")
        assert survey.closes_at is not None
        with pytest.raises(AnswerRefused, match="closed"):
            answer_survey(door=door_of(CELIA), filled=filled, received_at=survey.closes_at + timedelta(seconds=1))
        assert answer_survey(door=door_of(CELIA), filled=filled, received_at=survey.closes_at)

    def test_a_common_link_is_of_one_unit_of_one_survey(self, cast: Cast) -> None:
        survey = make_survey(cast, by_link=True)
        token = common_link(survey, cast.school).rstrip("/").rsplit("/", 1)[1]
        assert access.door_by_unit(survey.pk, cast.school.key, token) is not None
        assert access.door_by_unit(survey.pk, cast.other_school.key, token) is None
        assert access.door_by_unit(survey.pk, cast.school.key, token[:-1] + "x") is None
        other = make_survey(cast, by_link=True, version=survey.version)
        assert access.door_by_unit(other.pk, cast.school.key, token) is None


class TestReminding:
    def test_only_those_who_have_not_answered_are_reminded_with_the_same_link(self, cast: Cast) -> None:
        survey = make_survey(cast)
        answer(door_of("a@luotsi.example"))
        before = {email: token_to(email) for email in (CELIA, "b@luotsi.example")}
        OutboxMail.objects.all().delete()
        assert remind(collection=survey, by=cast.aino) == 4
        assert not OutboxMail.objects.filter(to="a@luotsi.example").exists()
        assert {email: token_to(email) for email in before} == before

    def test_after_a_change_of_the_secret_a_reminder_brings_links_that_work(self, cast: Cast, settings: Any) -> None:
        survey = make_survey(cast)
        before = token_to(CELIA)
        settings.SECRET_KEY = "another"
        assert access.door_by_token(before) is not None
        OutboxMail.objects.all().delete()
        remind(collection=survey, by=cast.aino)
        assert token_to(CELIA) != before
        assert access.door_by_token(token_to(CELIA)) is not None

    def test_once_a_day_is_enough(self, cast: Cast) -> None:
        survey = make_survey(cast)
        remind(collection=survey, by=cast.aino)
        with pytest.raises(QuestionnaireRefused, match="today"):
            remind(collection=survey, by=cast.aino)
        with time_machine.travel(clock.now() + timedelta(days=1)):
            remind(collection=survey, by=cast.aino)


class TestTurnout:
    def test_units_of_fewer_than_five_are_told_together(self, cast: Cast) -> None:
        survey = make_survey(cast)
        answer(door_of(CELIA))
        page = survey_page(survey, cast.tampere)
        assert (page.whole.invited, page.whole.answered) == (5, 1)
        assert page.rows == (), "together they are everybody"

    def test_others_are_told_apart(self, cast: Cast) -> None:
        survey = make_survey(cast)
        Turnout.objects.filter(collection=survey, unit=cast.school).update(invited=12, answered=4)
        Turnout(collection=survey, unit=cast.other_school, invited=30, answered=9).save(force_insert=True)
        rows = {(row.names.fi if row.names else "", row.invited) for row in survey_page(survey, cast.tampere).rows}
        # Three at Tampere itself are hidden, and the twelve would give them away.
        assert rows == {("", 15), ("Saukon esimerkkikoulu", 30)}
