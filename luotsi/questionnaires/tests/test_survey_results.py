"""Results of surveys: what is told of whom, on pages and in files."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import PersonalDataView
from luotsi.people.models import Unit
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.models import Collection, OpenAnswer, Published
from luotsi.questionnaires.queries.surveys.files import rows_table, spss_archive, texts_table
from luotsi.questionnaires.queries.surveys.results import results_page
from luotsi.questionnaires.rules.rights import Right
from luotsi.questionnaires.tests.answered import make_version
from luotsi.questionnaires.tests.making import changed
from luotsi.questionnaires.tests.surveying import (
    SURVEY,
    answer,
    answer_many,
    door_of,
    make_survey,
)

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast


def settled(cast: Cast, counts: tuple[int, int] = (12, 8), **more: object) -> Collection:
    """Settle a survey with so many answers in the two schools."""
    survey = make_survey(cast, **more)  # type: ignore[arg-type]
    answer_many(survey, cast.school, counts[0], level=4, why="Aikaa ja rauhaa")
    answer_many(survey, cast.other_school, counts[1], level=2, language="sv")
    return settle_survey(collection=survey, by=cast.aino)


class TestResults:
    def shown(self, cast: Cast, survey: Collection, unit: Unit, visitor: str = "aino", **more: str) -> Any:
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
            access.survey_for(cast.bilal, cast.school, survey.pk, to=Right.RECEIVE)

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
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        survey = settled(cast)
        with django_assert_max_num_queries(14):
            self.shown(cast, survey, cast.tampere)


class TestFiles:
    def test_rows_carry_no_unit_and_no_words(self, cast: Cast) -> None:
        survey = settled(cast)
        table = rows_table(survey, "en")
        assert table.headings == ["v1", "v2", "v3"]
        assert sorted(row[0] for row in table.rows) == [2] * 8 + [4] * 12
        assert len(texts_table(survey, "en").rows) == 12

    def test_background_that_few_share_is_left_out_of_rows(self, cast: Cast) -> None:
        survey = make_survey(cast)
        answer_many(survey, cast.school, 12, wish="x", level=4)
        answer_many(survey, cast.other_school, 3, wish="y", level=2)
        table = rows_table(settle_survey(collection=survey, by=cast.aino), "en")
        wishes = [row[table.headings.index("v3")] for row in table.rows]
        assert wishes == [None] * 15, "three wish for y: neither they nor the others can be told"
        assert sorted(row[0] for row in table.rows) == [2] * 3 + [4] * 12

    def test_background_that_many_share_stays(self, cast: Cast) -> None:
        survey = make_survey(cast)
        answer_many(survey, cast.school, 12, wish="x")
        answer_many(survey, cast.other_school, 8, wish="y")
        table = rows_table(settle_survey(collection=survey, by=cast.aino), "en")
        assert sorted(row[2] for row in table.rows) == [1] * 12 + [2] * 8

    @pytest.mark.parametrize(("answered", "status"), [(9, 404), (10, 200)])
    def test_rows_are_given_out_of_ten_or_more(self, cast: Cast, answered: int, status: int) -> None:
        survey = settle_survey(collection=self.answered(cast, answered), by=cast.aino)
        client = Client()
        client.force_login(cast.aino)
        for file in ("rows-csv", "rows-xlsx", "spss"):
            path = reverse("questionnaires:download-results", args=[cast.tampere.key, survey.pk, file])
            assert client.get(path).status_code == status
        page = client.get(reverse("questionnaires:see-results", args=[cast.tampere.key, survey.pk])).content.decode()
        assert ("rows-csv" in page) is (status == 200)

    def answered(self, cast: Cast, count: int) -> Collection:
        survey = make_survey(cast)
        answer_many(survey, cast.school, count)
        return survey

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

    def test_taking_out_answers_with_names_is_noted_of_each_person(self, cast: Cast) -> None:
        survey = make_survey(cast, "identified")
        for email in ("celia@luotsi.example", "bilal@luotsi.example", "a@luotsi.example"):
            answer(door_of(email))
        settle_survey(collection=survey, by=cast.aino)
        client = Client()
        client.force_login(cast.aino)
        path = reverse("questionnaires:download-results", args=[cast.tampere.key, survey.pk, "rows-csv"])
        assert "celia@luotsi.example" in client.get(path).content.decode()
        seen = set(PersonalDataView.objects.filter(what="survey answers").values_list("person_id", flat=True))
        assert seen == {cast.celia.person.pk, cast.bilal.person.pk}
