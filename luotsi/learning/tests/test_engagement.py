"""Engagement: a survey that comes with the program, counted with its response rate as SQL by hand counts it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from luotsi.base import clock, periods
from luotsi.indicators.models import Indicator
from luotsi.indicators.queries.figures import figures_of
from luotsi.learning.actions.reference import load_reference
from luotsi.learning.queries.figure_pages import figure_page
from luotsi.learning.rules import figures as keys
from luotsi.learning.tests.studied import begin_cohorts
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.surveys.answering import Filled, answer_survey
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Collection, Questionnaire, Turnout
from luotsi.questionnaires.queries.authoring.packaged import ENGAGEMENT, packaged
from luotsi.questionnaires.queries.surveys.audience import Audience
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules.surveys.items import items_of
from luotsi.questionnaires.tests.surveying import make_survey

if TYPE_CHECKING:
    from luotsi.indicators.rules.values import Cell
    from luotsi.people.models import Unit
    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
STATEMENTS = ("next", "use", "week", "missed", "finish")


def asked(cast: Cast, answers: tuple[int, int], invited: tuple[int, int]) -> Collection:
    """Settle the survey with so many answers of so many who were asked in the two schools."""
    version = publish_version(owner=cast.tampere, definition=packaged(ENGAGEMENT), by=cast.aino)
    survey = make_survey(cast, version=version, by_link=True, audience=Audience((cast.tampere,)))
    for school, count, all_of_them in zip((cast.school, cast.other_school), answers, invited, strict=True):
        for number in range(count):
            given = {
                name: 1 + (number + place) % 5 for place, name in enumerate(STATEMENTS) if (number, place) != (1, 2)
            }
            filled = Filled(answers={"engagement": given}, language="fi", nonce=f"{school.key} {number}")
            answer_survey(door=access.Door(survey, school.pk), filled=filled, received_at=clock.now())
        Turnout.objects.update_or_create(
            collection=survey, unit=school, defaults={"invited": all_of_them, "answered": count}
        )
    return settle_survey(collection=survey, by=cast.aino)


def cell_of(key: str, unit: Unit) -> Cell:
    """Return the figure of the present school year."""
    indicator = Indicator.objects.get(key=key)
    period = periods.containing(clock.today(), periods.PeriodKind.SCHOOL_YEAR).key
    found = figures_of([indicator], unit, below=True).cell(indicator, unit, period)
    assert found is not None
    return found


def by_hand(sql: str, unit: Unit) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{unit.path}%"])
        return list(cursor.fetchall())


SHEETS = """
    SELECT s.answers FROM questionnaires_sheet s JOIN people_unit u ON u.id = s.unit_id WHERE u.path LIKE %s"""
TURNOUT = """
    SELECT SUM(t.answered), SUM(t.invited) FROM questionnaires_turnout t JOIN people_unit u ON u.id = t.unit_id
    JOIN questionnaires_collection c ON c.id = t.collection_id
    WHERE u.path LIKE %s AND c.settled_at IS NOT NULL AND t.answered <= t.invited AND t.invited > 0"""


class TestTheQuestionnaire:
    def test_it_has_five_statements_of_one_meaning_in_three_languages(self) -> None:
        definition = packaged(ENGAGEMENT)
        [matrix] = definition["pages"][0]["elements"]
        assert tuple(row["value"] for row in matrix["rows"]) == STATEMENTS
        assert {row["x-luotsi"]["role"] for row in matrix["rows"]} == {"study_engagement"}
        assert [column["value"] for column in matrix["columns"]] == [1, 2, 3, 4, 5]
        for text in [one["text"] for one in (*matrix["rows"], *matrix["columns"])] + [definition["title"]]:
            assert sorted(text) == ["en", "fi", "sv"]
            assert all(text.values())

    def test_a_coordinator_begins_with_it_and_its_meaning_stays(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.aino)
        address = reverse("questionnaires:add-questionnaire", args=[cast.tampere.key])
        page = client.get(f"{address}?copy=packaged:{ENGAGEMENT}").content.decode()
        assert f'value="{ENGAGEMENT}"' in page
        sent = {"source": "copy", "copy": f"packaged:{ENGAGEMENT}", "key": "our-engagement", "name_fi": "Oma kysely"}
        assert client.post(address, sent).status_code == 302
        draft = Questionnaire.objects.get(key="our-engagement").versions.get()
        assert {item.role for item in items_of(definition_of(draft))} == {"study_engagement"}


class TestCounting:
    def test_the_mean_is_that_of_the_answers_and_the_rate_that_of_who_was_asked(self, cast: Cast) -> None:
        begin_cohorts(cast, 1, 5, 0)
        load_reference()
        asked(cast, (12, 7), (20, 15))
        for unit in (cast.region, cast.tampere, cast.school, cast.other_school):
            told = [json.loads(str(row[0]))["engagement"] for row in by_hand(SHEETS, unit)]
            values = [value for one in told for value in one.values()]
            cell = cell_of(keys.ENGAGED, unit)
            assert [cell.numerator, cell.denominator] == [sum(values), len(values)], str(unit)
            [(answered, invited)] = by_hand(TURNOUT, unit)
            cell = cell_of(keys.ANSWERED, unit)
            assert [cell.numerator, cell.denominator] == [answered, invited], str(unit)
        assert cell_of(keys.ANSWERED, cast.school).value == Decimal(60)

    def test_a_school_where_four_answered_tells_neither(self, cast: Cast) -> None:
        begin_cohorts(cast, 1, 5, 0)
        load_reference()
        asked(cast, (12, 4), (20, 15))
        for unit in (cast.school, cast.other_school):
            assert cell_of(keys.ENGAGED, unit).value is None
        assert cell_of(keys.ANSWERED, cast.other_school).value is None
        assert cell_of(keys.ENGAGED, cast.tampere).value is not None

    def test_where_more_answered_than_were_asked_there_is_no_rate(self, cast: Cast) -> None:
        begin_cohorts(cast, 1, 5, 0)
        load_reference()
        asked(cast, (12, 7), (3, 15))
        assert cell_of(keys.ANSWERED, cast.tampere).denominator == 15


class TestThePage:
    def page(self, client: Client, unit: Unit) -> str:
        return client.get(
            reverse("learning:see-figures", args=[unit.key]), headers={"accept-language": "en"}
        ).content.decode()

    def test_before_anybody_is_asked_it_tells_how_to_ask(self, cast: Cast, client: Client) -> None:
        begin_cohorts(cast, 1, 5, 0)
        load_reference()
        client.force_login(cast.aino)
        start = reverse("questionnaires:add-questionnaire", args=[cast.tampere.key])
        assert f"{start}?copy=packaged:{ENGAGEMENT}" in self.page(client, cast.tampere)
        version = publish_version(owner=cast.tampere, definition=packaged(ENGAGEMENT), by=cast.aino)
        begun = reverse("questionnaires:open-survey", args=[cast.tampere.key, version.pk])
        assert begun in self.page(client, cast.tampere)
        client.force_login(cast.bilal)
        text = self.page(client, cast.school)
        assert "A coordinator can begin it." in text
        assert "packaged:" not in text

    def test_once_it_was_asked_it_shows_the_mean(self, cast: Cast) -> None:
        begin_cohorts(cast, 1, 5, 0)
        load_reference()
        asked(cast, (12, 7), (20, 15))
        page = figure_page(cast.tampere)
        assert not page.is_unasked
        minis = {mini.key: mini for group in page.groups for mini in group.minis}
        assert minis[keys.ENGAGED].figure
        assert minis[keys.ANSWERED].parts == "19 of 35"
