"""Surveys: who is asked, what each mode leaves behind, and what nobody finds out."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.people.models import Unit
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.refusals import AnswerRefused, QuestionnaireRefused
from luotsi.questionnaires.actions.surveys.answering import Filled, answer_survey
from luotsi.questionnaires.actions.surveys.inviting import remind
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.models import Collection, Invitation, OpenAnswer, Published, Sheet, Turnout
from luotsi.questionnaires.queries.surveys.audience import Audience, counted, people_of
from luotsi.questionnaires.queries.surveys.files import rows_table, spss_archive, texts_table
from luotsi.questionnaires.queries.surveys.results import results_page
from luotsi.questionnaires.queries.surveys.turnout import common_link, survey_page
from luotsi.questionnaires.tests.asking import make_version
from luotsi.questionnaires.tests.making import changed
from luotsi.questionnaires.tests.surveying import (
    SURVEY,
    answer,
    answer_many,
    answers,
    door_of,
    make_survey,
    token_to,
)

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

CELIA = "celia@luotsi.example"


class TestOpening:
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
            CELIA: "fi", "bilal@luotsi.example": "fi", "a@luotsi.example": "en", "b@luotsi.example": "en", "c@luotsi.example": "en",
        }  # fmt: skip
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
        """Every value of every table beside is looked for in the row of the answer, and every value of it elsewhere."""
        survey = make_survey(cast)
        invitation = Invitation.objects.get(email=CELIA)
        known = {invitation.pk.hex, invitation.digest, token_to(CELIA), str(invitation.person_id), CELIA}
        answer(door_of(CELIA))
        row = Sheet.objects.values().get(collection=survey)
        assert (row["answered_on"], row["pseudonym"], row["person_id"], row["email"]) == (None, "", None, "")
        assert not any(one in str(row) for one in known)
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f"SELECT * FROM {table}")
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
            cursor.execute(f"SELECT answers FROM {Sheet._meta.db_table} ORDER BY {order}")
            found = [json.loads(row[0])["why"] for row in cursor.fetchall()]
        assert found != sorted(found)
        assert sum(one < other for one, other in zip(found, found[1:], strict=False)) < 32

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
        page = survey_page(survey)
        assert (page.whole.invited, page.whole.answered) == (5, 1)
        assert [(row.names, row.invited, row.answered) for row in page.rows] == [(None, 5, 1)]

    def test_others_are_told_apart(self, cast: Cast) -> None:
        survey = make_survey(cast)
        Turnout.objects.filter(collection=survey, unit=cast.school).update(invited=12, answered=4)
        Turnout(collection=survey, unit=cast.other_school, invited=30, answered=9).save(force_insert=True)
        rows = {(row.names.fi if row.names else "", row.invited) for row in survey_page(survey).rows}
        # Three at Tampere itself are hidden, and the twelve would give them away.
        assert rows == {("", 15), ("Saukon esimerkkikoulu", 30)}


def settled(cast: Cast, counts: tuple[int, int] = (12, 8), **more: object) -> Collection:
    """Settle a survey with so many answers in the two schools."""
    survey = make_survey(cast, **more)  # type: ignore[arg-type]
    answer_many(survey, cast.school, counts[0], level=4, why="Aikaa ja rauhaa")
    answer_many(survey, cast.other_school, counts[1], level=2, language="sv")
    return settle_survey(collection=survey, by=cast.aino)


class TestResults:
    def shown(self, cast: Cast, survey: Collection, unit: Unit, visitor: str = "aino", **more: str) -> object:
        account = getattr(cast, visitor)
        account.kept_reach = None
        asked = {"group": "", "against": "", **more}
        return results_page(account, unit, survey, language="en", **asked)

    def test_they_are_shown_beside_everybody(self, cast: Cast) -> None:
        survey = settled(cast)
        page = self.shown(cast, survey, cast.school)
        row = page.parts[0].rows[0]
        assert (page.group, page.persons, row.n, row.mean) == ("Käpytikan esimerkkikoulu", 12, 12, 4)
        assert [option.count for option in row.options] == [0, 0, 0, 12]
        assert row.reference.mean == Decimal("3.2")

    def test_a_school_of_four_is_not_told_nor_the_one_that_would_tell_of_it(self, cast: Cast) -> None:
        survey = settled(cast, (12, 4))
        told = Published.objects.filter(collection=survey).values_list("kind", "persons", "figures")
        assert [(kind, persons) for kind, persons, figures in told if "m.a" in figures] == [("whole", 16)]
        # Nobody of the four wrote anything, so the words are all of the other school: that much is said.
        assert {kind for kind, _persons, figures in told if "why" in figures} == {"whole", "unit", "language"}

    def test_nothing_is_told_before_it_is_settled(self, cast: Cast) -> None:
        survey = make_survey(cast)
        answer_many(survey, cast.school, 12)
        assert self.shown(cast, survey, cast.tampere) is None
        assert not Published.objects.exists()

    def test_a_principal_sees_the_own_school_and_everybody_but_no_words(self, cast: Cast) -> None:
        survey = settled(cast)
        page = self.shown(cast, survey, cast.school, "bilal")
        assert {group.words for group in page.groups} == {"Everybody", "Käpytikan esimerkkikoulu"}
        assert [row.texts for row in page.parts[1].rows if row.kind == "text"] == [()]
        cast.bilal.kept_reach = None
        with pytest.raises(PermissionDenied):
            access.survey_for(cast.bilal, cast.school, survey.pk, to=access.Right.RECEIVE)

    def test_words_are_told_of_ten_or_more(self, cast: Cast) -> None:
        settled(cast, (9, 12))
        assert not OpenAnswer.objects.exists()
        survey = settled(cast, (11, 12), version=Collection.objects.get().version)
        page = self.shown(cast, survey, cast.tampere)
        assert len(page.parts[1].rows[1].texts) == 11

    def test_waves_are_compared_only_where_the_question_is_the_same(self, cast: Cast) -> None:
        first = settled(cast)
        data = changed(
            changed(SURVEY, "/x-luotsi/version", "2.0.0"), "/pages/0/elements/0/rows/0/text/fi", "Uusi väite"
        )
        version = make_version(cast.tampere, data, cast.aino)
        second = settled(cast, version=version)
        page = self.shown(cast, second, cast.tampere, against=str(first.pk))
        changed_one, same = page.parts[0].rows
        assert [wave.changed for wave in changed_one.waves] == [True, False]
        assert [wave.mean for wave in same.waves] == [2, 2]
        assert (changed_one.reference.changed, same.reference.changed) == (True, False)

    def test_it_is_settled_once_and_never_opened_again(self, cast: Cast) -> None:
        survey = settled(cast)
        with pytest.raises(QuestionnaireRefused, match="already"):
            settle_survey(collection=survey, by=cast.aino)
        assert survey.state_at(clock.now()) == "closed"

    def test_it_asks_the_database_no_more_for_many_groups(
        self, cast: Cast, django_assert_max_num_queries: object
    ) -> None:
        survey = settled(cast)
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            self.shown(cast, survey, cast.tampere)


class TestFiles:
    def test_rows_carry_no_unit_and_no_words(self, cast: Cast) -> None:
        survey = settled(cast)
        table = rows_table(survey, "en")
        assert table.headings == ["v1", "v2", "v3"]
        assert sorted(row[0] for row in table.rows) == [2] * 8 + [4] * 12
        assert len(texts_table(survey).rows) == 12

    def test_the_syntax_names_every_value(self, cast: Cast) -> None:
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(spss_archive(settled(cast), "en"))) as archive:
            syntax = archive.read("answers.sps").decode("utf-8-sig")
        assert "VARIABLE LABELS v1 'Statement A'." in syntax
        assert "  4 'Level 4'" in syntax

    def test_a_formula_is_neutralised(self, cast: Cast) -> None:
        survey = make_survey(cast)
        answer_many(survey, cast.school, 12, why="=1+1")
        settle_survey(collection=survey, by=cast.aino)
        client = Client()
        client.force_login(cast.aino)
        path = reverse("questionnaires:download-results", args=[cast.tampere.key, survey.pk, "texts-csv"])
        assert "'=1+1" in client.get(path).content.decode("utf-8-sig")


class TestAnsweringPages:
    def page(self, email: str = CELIA) -> tuple[Client, str]:
        return Client(headers={"accept-language": "en"}), reverse(
            "questionnaires:answer-survey", args=[token_to(email)]
        )

    def test_the_first_screen_tells_the_mode(self, cast: Cast) -> None:
        for mode, words in (
            ("anonymous", "is anonymous"),
            ("confidential", "is confidential"),
            ("identified", "with your name"),
        ):
            make_survey(cast, mode)
            client, path = self.page()
            assert words in client.get(path).content.decode()

    def test_it_is_answered_page_by_page_without_an_account(self, cast: Cast) -> None:
        make_survey(cast)
        client, path = self.page()
        first = client.post(path, {"do": "begin"}).context["page"]
        assert (first.place, first.count) == (1, 2)
        sent = {
            "was:m": "-",
            "a:m[0]": "2",
            "a:m[1]": "0",
            "kept": first.kept,
            "place": "1",
            "nonce": "n1",
            "do": "next",
        }
        second = client.post(path, sent).context["page"]
        assert json.loads(second.kept) == {"m": {"a": 3, "b": 1}}
        last = {
            "was:wish": "-",
            "was:why": "-",
            "a:why": "Jokin",
            "kept": second.kept,
            "place": "2",
            "nonce": "n1",
            "do": "send",
        }
        refused = client.post(path, last)
        assert refused.status_code == 422
        assert not Sheet.objects.exists()
        assert "Jokin" in refused.content.decode(), "what was typed is still there"
        done = client.post(path, {**last, "a:wish": "0"})
        assert "Thank you" in done.content.decode()
        assert Sheet.objects.get().answers == {"m": {"a": 3, "b": 1}, "wish": "x", "why": "Jokin"}
        assert "Thank you" in client.post(path, {**last, "a:wish": "0"}).content.decode(), "a double click"
        assert client.get(path).status_code == 410

    @pytest.mark.parametrize("kept", ["[", "[1]", '{"zzz": 1}', '{"m": {"a": 99}}', '{"m": "' + "x" * 400_001 + '"}'])
    def test_hostile_answers_are_refused(self, cast: Cast, kept: str) -> None:
        make_survey(cast)
        client, path = self.page()
        sent = {"was:wish": "-", "a:wish": "0", "kept": kept, "place": "2", "nonce": "n", "do": "send"}
        assert client.post(path, sent).status_code in {410, 422}
        assert not Sheet.objects.exists()

    def test_a_forged_and_a_closed_link_get_a_clear_page(self, cast: Cast) -> None:
        survey = make_survey(cast)
        client, path = self.page()
        forged = client.get(reverse("questionnaires:answer-survey", args=[secrets.token_urlsafe(24)]))
        assert (forged.status_code, "not known" in forged.content.decode()) == (410, True)
        Collection.objects.filter(pk=survey.pk).update(closed_at=clock.now())
        closed = client.get(path)
        assert (closed.status_code, "has closed" in closed.content.decode()) == (410, True)

    def test_it_asks_the_database_few_things(self, cast: Cast, django_assert_max_num_queries: object) -> None:
        make_survey(cast)
        client, path = self.page()
        client.get(path)
        sent = {"was:wish": "-", "a:wish": "0", "kept": '{"m": {"a": 1}}', "place": "2", "nonce": "n", "do": "send"}
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            assert client.post(path, sent).status_code == 200
