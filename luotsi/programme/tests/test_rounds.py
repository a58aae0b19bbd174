"""Self-evaluation rounds: the questionnaire that a plan makes, who answers it, and who sees which grades."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit
from luotsi.programme import access
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.actions.rounds import ANSWERERS, RoundDetails, open_round
from luotsi.programme.models import Participation, Programme, Round
from luotsi.programme.queries.rounds.pages import RoundPage, round_page
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.rounds import Answer, Wanted, answers_in, chosen, definition_of, is_school_year
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.making import hand_in, tell_done
from luotsi.programme.tests.programmes import REGION, packaged, region_programme
from luotsi.programme.waiting import tasks_for
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions.responses import Typed, save_answers
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.rules import definition as forms
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.rules.lint import Severity, defects
from luotsi.questionnaires.rules.rights import Grant
from luotsi.questionnaires.waiting import tasks_for as tasks_of_questionnaires

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit

SECTIONS = ("PP1", "PP4")
WANTED = Wanted(key="a-round", names=Text(fi="Kierros", sv="Runda", en="Round"), measures=("M11", "M42"))


def details(**given: Any) -> RoundDetails:
    whole = {
        "names": Names(fi="Syksyn itsearviointi", sv="Höstens självvärdering", en="Self-evaluation of the autumn"),
        "school_year": "2025-26",
        "answered_by": "institutions",
        "sections": SECTIONS,
        "closes_at": clock.now() + timedelta(days=9),
    }
    return RoundDetails(**{**whole, **given})


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return region_programme(cast)


@pytest.fixture
def opened(cast: Cast, programme: Programme) -> Round:
    return open_round(programme=programme, details=details(), by=cast.aino)


def seen(found: Round, by: Account, scope: Unit) -> RoundPage:
    by.kept_reach = None
    one = access.round_for(by, Programme.objects.select_related("owner").get(pk=found.programme_id), found.pk)
    return round_page(by, one, scope, clock.today())


class TestTheQuestionnaire:
    def test_it_asks_a_grade_and_words_of_every_chosen_measure(self) -> None:
        plan = packaged(REGION)
        read = forms.read(definition_of(plan, WANTED))
        assert read.ok
        assert read.definition is not None
        assert [one.name for one in read.definition.questions] == [
            "grade_M11", "words_M11", "grade_M42", "words_M42",
        ]  # fmt: skip
        assert [one.x["part"] for one in read.definition.questions] == ["grade", "words"] * 2

    def test_the_linter_misses_only_what_the_plan_has_not_been_translated_to(self) -> None:
        plan = packaged(REGION)
        whole = Wanted(key="r", names=WANTED.names, measures=tuple(one.code for one in measures_of(plan)))
        found = defects(forms.read(definition_of(plan, whole)))
        told = {(one.code, one.at.rsplit("/", 1)[1]) for one in found if one.severity is not Severity.INFO}
        assert told == {("translation.sv", "description"), ("translation.en", "description")}

    def test_a_language_that_the_plan_lacks_is_not_made_up(self) -> None:
        plan = packaged(REGION)
        for page in definition_of(plan, WANTED)["pages"]:
            for panel in page["elements"]:
                measure = next(one for one in measures_of(plan) if f"measure_{one.code}" == panel["name"])
                assert set(panel["title"]) == {code for code in ("fi", "sv", "en") if getattr(measure.names, code)}

    def test_sections_are_taken_with_what_is_inside_them(self) -> None:
        plan = packaged(REGION)
        assert chosen(plan, ["PP1"]) == ("M11", "M12", "M13", "M14")
        assert chosen(plan, []) == ()

    @pytest.mark.parametrize(("key", "fits"), [("2025-26", True), ("2025", False), ("2025-08", False), ("x", False)])
    def test_it_is_of_a_school_year(self, key: str, fits: bool) -> None:
        assert is_school_year(key) is fits

    @given(st.dictionaries(st.sampled_from(["grade_M11", "words_M11", "grade_M42", "x"]), st.none() | st.text() |
                           st.integers() | st.booleans() | st.lists(st.integers()), max_size=4))  # fmt: skip
    def test_whatever_was_handed_in_gives_grades_of_the_scale_or_none(self, submitted: dict[str, Any]) -> None:
        for answer in answers_in(submitted, ("M11", "M42")).values():
            assert 1 <= answer.grade <= 5

    def test_answers_are_read_by_measure(self) -> None:
        assert answers_in({"grade_M11": 4, "words_M11": " Näin. ", "grade_M42": 9}, ("M11", "M42")) == {
            "M11": Answer(4, "Näin.")
        }


class TestOpening:
    def test_a_coordinator_opens_it_with_one_row_in_the_log(self, cast: Cast, opened: Round) -> None:
        assert opened.measures == ["M11", "M12", "M13", "M14", "M41", "M42", "M43", "M44", "M45"]
        assert (opened.number, opened.collection.owner_id) == (1, cast.region.pk)
        entry = AuditEntry.objects.get(verb="programme.round.opened")
        assert entry.unit_id == cast.region.pk

    def test_a_second_round_has_its_own_questionnaire(self, cast: Cast, programme: Programme, opened: Round) -> None:
        second = open_round(programme=programme, details=details(answered_by="providers"), by=cast.aino)
        assert second.number == 2
        keys = {one.collection.version.questionnaire.key for one in (opened, second)}
        assert len(keys) == 2

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"sections": ()}, "sections"),
            ({"school_year": "2025"}, "school_year"),
            ({"answered_by": "persons"}, "answered_by"),
            ({"answered_by": "invited"}, "answered_by"),
            ({"names": Names()}, "name_fi"),
            ({"closes_at": clock.now() - timedelta(days=1)}, "closes_on"),
        ],
    )
    def test_it_refuses_what_makes_no_round(
        self, cast: Cast, programme: Programme, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(ProgrammeRefused) as refused:
            open_round(programme=programme, details=details(**changes), by=cast.aino)
        assert [one.field for one in refused.value.reasons] == [field]
        assert not Round.objects.exists()


class TestAnswering:
    def test_it_waits_for_the_principal_and_not_for_the_teacher(self, cast: Cast, opened: Round) -> None:
        titles = [task.title for task in tasks_of_questionnaires(cast.bilal, cast.school)]
        assert any(opened.names.text in title for title in titles)
        assert tasks_of_questionnaires(cast.celia, cast.school) == []
        hand_in(opened, cast.school, cast.bilal)
        assert tasks_of_questionnaires(cast.bilal, cast.school) == []

    def test_whoever_evaluates_is_told_that_it_closes_soon(self, cast: Cast, opened: Round) -> None:
        hand_in(opened, cast.school, cast.bilal)
        cast.aino.kept_reach = None
        found = [task for task in tasks_for(cast.aino, cast.region) if str(opened.pk) in task.key]
        assert opened.collection.closes_at is not None
        assert [(task.due, "1 answer handed in" in task.context) for task in found] == [
            (clock.day_of(opened.collection.closes_at), True)
        ]
        assert not [task for task in tasks_for(cast.gunilla, cast.region) if str(opened.pk) in task.key]


class TestWhoSeesWhat:
    def test_grade_and_evidence_stand_side_by_side_and_say_why_they_part(self, cast: Cast, opened: Round) -> None:
        tell_done(cast, opened.programme)
        hand_in(opened, cast.school, cast.bilal, grade=5)
        page = seen(opened, cast.aino, cast.region)
        assert (page.asked, page.handed_in, len(page.rows)) == (2, 1, 9)
        late = next(row for row in page.rows if row.code == "M12")
        assert late.judgement.parts == "over"
        assert "late" in late.why
        gaps = [abs(row.judgement.gap) for row in page.rows if row.judgement.reasons and row.judgement.gap]
        assert gaps == sorted(gaps, reverse=True)
        assert page.rows[0].said.startswith("Perustelu")

    def test_a_school_sees_its_own_and_not_that_of_another(self, cast: Cast, opened: Round) -> None:
        hand_in(opened, cast.school, cast.bilal)
        hand_in(opened, cast.other_school, cast.aino, grade=2)
        page = seen(opened, cast.bilal, cast.school)
        assert {row.unit_key for row in page.rows} == {cast.school.key}
        assert page.hidden == 1
        assert page.units == ()
        assert {(str(line.grade), line.units) for line in page.means} == {("4.0", 1)}

    def test_a_mean_of_few_is_not_told_to_those_who_do_not_see_each(self, cast: Cast, opened: Round) -> None:
        hand_in(opened, cast.school, cast.bilal, grade=3)
        for number in range(5):
            unit = make_unit(Kind.INSTITUTION, cast.nokia, f"Kivi {number} esimerkkikoulu")
            hand_in(opened, unit, cast.aino, grade=5)
            if number == 2:
                few = seen(opened, cast.bilal, cast.school)
                assert {line.grade for line in few.means} == {None}
        page = seen(opened, cast.bilal, cast.school)
        assert {str(line.grade) for line in page.means} == {"4.7"}
        assert {row.unit_key for row in page.rows} == {cast.school.key}

    def test_members_see_each_other_by_consent(self, cast: Cast, programme: Programme) -> None:
        found = open_round(programme=programme, details=details(answered_by="providers"), by=cast.aino)
        for unit in (cast.tampere, cast.nokia):
            hand_in(found, unit, cast.aino)
        assert {row.unit_key for row in seen(found, cast.daniel, cast.tampere).rows} == {cast.tampere.key}
        Participation.objects.filter(unit=cast.nokia).update(consent="figures")
        assert {row.unit_key for row in seen(found, cast.daniel, cast.tampere).rows} == {
            cast.tampere.key,
            cast.nokia.key,
        }

    def test_a_stranger_finds_nothing(self, cast: Cast, opened: Round) -> None:
        with pytest.raises(Http404):
            access.round_for(cast.farid, opened.programme, opened.pk)

    def test_what_was_handed_in_again_takes_the_place_of_the_first(self, cast: Cast, opened: Round) -> None:
        from luotsi.questionnaires.actions.responses import renew_response

        hand_in(opened, cast.school, cast.bilal, grade=2)
        response = opened.collection.responses.get()
        held = Held(response, Grant.SUBMIT, cast.bilal)
        renewed = renew_response(held=held)
        again = {f"grade_{code}": 5 for code in opened.measures}
        was = {name: digest(renewed.values.get(name)) for name in again}
        saved = save_answers(held=held, typed=Typed(values=again, was=was))
        submit_response(held=held, received_at=clock.now(), language="fi", revision=saved.response.revision)
        page = seen(opened, cast.aino, cast.region)
        assert {row.judgement.grade for row in page.rows} == {5}
        assert page.handed_in == 1


class TestThePages:
    def page(self, by: Account, name: str, *arguments: Any, status: int = 200, **query: str) -> str:
        client = Client(headers={"accept-language": "en"})
        client.force_login(by)
        response = client.get(reverse(f"programme:{name}", args=arguments), query)
        assert response.status_code == status
        return response.content.decode()

    def test_the_list_says_how_many_have_answered(self, cast: Cast, opened: Round) -> None:
        hand_in(opened, cast.school, cast.bilal)
        shown = self.page(cast.aino, "list-rounds", cast.region.key, opened.programme.slug)
        assert "Self-evaluation of the autumn" in shown
        assert "1 / 2" in shown

    def test_the_form_opens_a_round(self, cast: Cast, programme: Programme) -> None:
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.aino)
        url = reverse("programme:open-round", args=[cast.region.key, programme.slug])
        day = clock.today() + timedelta(days=5)
        form = client.get(url).context["form"]
        assert [value for value, _label in form.fields["answered_by"].choices] == list(ANSWERERS)
        year = form.fields["school_year"].initial
        data = {
            "name_fi": "Kevät", "school_year": year, "answered_by": "institutions", "sections": ["PP1"],
            "closes_on": f"{day.day}.{day.month}.{day.year}", "closes_time": "16.00",
        }  # fmt: skip
        assert client.post(url, data).status_code == 302
        assert Round.objects.get().measures == ["M11", "M12", "M13", "M14"]
        assert client.post(url, data | {"sections": []}).status_code == 422

    def test_the_file_holds_the_words_whole(self, cast: Cast, opened: Round) -> None:
        hand_in(opened, cast.school, cast.bilal)
        place = (cast.region.key, opened.programme.slug, opened.pk)
        told = self.page(cast.aino, "see-round", *place, format="csv", measure="M11")
        assert told.count("Perustelu M11") == 1
        assert "Perustelu M12" not in told

    def test_it_offers_to_begin_where_the_unit_is_asked(self, cast: Cast, opened: Round) -> None:
        place = (cast.school.key, opened.programme.slug, opened.pk)
        assert "Begin to answer" in self.page(cast.bilal, "see-round", *place)
        assert "Begin to answer" not in self.page(cast.celia, "see-round", *place)

    @pytest.mark.parametrize(("name", "budget"), [("see-round", 36), ("list-rounds", 33)])
    def test_queries_do_not_grow_with_the_answers(self, cast: Cast, opened: Round, name: str, budget: int) -> None:
        hand_in(opened, cast.school, cast.bilal)
        arguments = [cast.region.key, opened.programme.slug, *([opened.pk] if name == "see-round" else [])]
        few = self.asked(cast, name, arguments)
        for number in range(4):
            hand_in(opened, make_unit(Kind.INSTITUTION, cast.nokia, f"Puro {number} esimerkkikoulu"), cast.aino)
        many = self.asked(cast, name, arguments)
        assert many <= few
        assert many <= budget, many

    def asked(self, cast: Cast, name: str, arguments: list[Any]) -> int:
        self.page(cast.aino, name, *arguments)
        with CaptureQueriesContext(connection) as queries:
            self.page(cast.aino, name, *arguments)
        return len(queries) - 4  # signing in


def test_the_definition_is_plain_json() -> None:
    assert json.loads(json.dumps(definition_of(packaged(REGION), WANTED)))["x-luotsi"]["name"] == "a-round"
