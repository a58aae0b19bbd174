"""Repetitions within repetitions: filled in by buttons alone, read back, told in lines, each error at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from luotsi.questionnaires.models import Response, Submission
from luotsi.questionnaires.queries.documents import document
from luotsi.questionnaires.queries.places import Places
from luotsi.questionnaires.queries.summaries import summary_of
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.tests.answered import hand_in, held_by, make_asked, write
from luotsi.questionnaires.tests.nested import ANSWERS, NESTED
from luotsi.questionnaires.tests.test_pages import fields_of, page, signed_in

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db

LINES = (
    "1. What is aimed at Read more",
    "1.1. Steps: What is done Buy books; How Together",
    "1.2. Steps: What is done Read aloud",
    "1.1. Costs: Item Books; Euros 120",
    "1.2. Costs: Item Shelves; Euros 80",
    "2. What is aimed at Count more",
    "2.1. Steps: What is done Play with numbers",
    "2.1. Costs: Item Dice; Euros 12",
)


class TestFillingIn:
    def test_what_is_shown_is_what_is_read_back(self, cast: Cast) -> None:
        asked = make_asked(cast, NESTED)
        write(held_by(cast.bilal, asked.response), goals=ANSWERS)
        client = signed_in(cast.bilal)
        sent = fields_of(client.get(page(asked)).content.decode())
        Response.objects.update(answers={})
        client.post(page(asked), {**sent, "was:goals": ["something else"], "do": "save"})
        assert Response.objects.get().values["goals"] == ANSWERS

    def test_rows_are_added_and_removed_inside_and_outside(self, cast: Cast) -> None:
        asked = make_asked(cast, NESTED)
        client = signed_in(cast.bilal)

        def press(deed: str, **typed: str) -> list[dict[str, object]]:
            sent = fields_of(client.get(page(asked)).content.decode())
            told = {f"a:{name}": text for name, text in typed.items()}
            assert client.post(page(asked), {**sent, **told, "do": deed}).status_code == 302
            kept: list[dict[str, object]] = Response.objects.get().values["goals"]
            return kept

        assert press("add:goals", **{"goals[0].goal": "One"}) == [{"goal": "One"}, {}]
        assert press("add:goals[1].steps")[1] == {"steps": [{}]}
        assert press("add:goals[1].steps", **{"goals[1].steps[0].what": "A"})[1] == {"steps": [{"what": "A"}, {}]}
        kept = press("add:goals[1].costs", **{"goals[1].steps[1].what": "B", "goals[1].costs[0].sum": "5"})
        assert kept[1] == {"steps": [{"what": "A"}, {"what": "B"}], "costs": [{"sum": 5}, {}]}
        assert press("remove:goals[1].steps:0")[1]["steps"] == [{"what": "B"}]
        assert press("remove:goals:0") == [{"steps": [{"what": "B"}], "costs": [{"sum": 5}, {}]}]
        assert press("remove:goals[0].costs:1") == [{"steps": [{"what": "B"}], "costs": [{"sum": 5}]}]

    def test_no_more_rows_are_added_inside_than_there_may_be(self, cast: Cast) -> None:
        asked = make_asked(cast, NESTED)
        write(held_by(cast.bilal, asked.response), goals=[{"steps": [{"what": "x"}] * 3}])
        html = signed_in(cast.bilal).get(page(asked)).content.decode()
        assert 'value="add:goals[0].costs"' in html
        assert 'value="add:goals[0].steps"' not in html

    def test_totals_inside_are_shown(self, cast: Cast) -> None:
        asked = make_asked(cast, NESTED)
        write(held_by(cast.bilal, asked.response), goals=ANSWERS)
        html = signed_in(cast.bilal).get(page(asked)).content.decode()
        assert [">200</output>" in html, ">12</output>" in html] == [True, True]


class TestErrors:
    def test_each_is_told_by_its_place_and_linked_to_its_field(self, cast: Cast) -> None:
        asked = make_asked(cast, NESTED)
        write(held_by(cast.bilal, asked.response), goals=[{"goal": "a", "steps": [{"what": "b", "how": "x" * 30}]}])
        html = signed_in(cast.bilal).get(page(asked)).content.decode()
        label = "Goals, row 1, Steps, row 1, How"
        link = re.search(rf'<a href="#([^"]*)">{label}</a>', html)
        assert link
        assert f'id="{link[1]}"' in html

    def test_a_place_is_told_however_deep(self, cast: Cast) -> None:
        places = Places(definition_of(make_asked(cast, NESTED).version), "en")
        assert places.of("goals[1].costs[0].sum").label == "Goals, row 2, Costs, row 1, Euros"
        assert places.of("goals[1].steps").label == "Goals, row 2, Steps"
        assert places.of("goals[0].goal").label == "Goals, row 1, What is aimed at"


class TestTelling:
    def test_the_summary_numbers_rows_inside_by_the_row_around_them(self, cast: Cast) -> None:
        asked = make_asked(cast, NESTED)
        sections = summary_of(asked.version, {"goals": ANSWERS}, "en")
        assert sections[0].answers[0].lines == LINES

    def test_what_is_handed_in_holds_it_all_and_is_printed(self, cast: Cast) -> None:
        asked = make_asked(cast, NESTED)
        write(held_by(cast.bilal, asked.response), goals=ANSWERS)
        hand_in(cast.bilal, asked.response)
        submission = Submission.objects.get()
        assert values.same(submission.content["answers"]["goals"], ANSWERS)
        assert document(submission, "en", "pdf").data.startswith(b"%PDF")

    def test_a_hidden_row_inside_stays_in_the_draft_and_is_not_handed_in(self, cast: Cast) -> None:
        inner = {"type": "text", "name": "why", "visibleIf": "{panel.goal} = 'x'"}
        definition = {
            "x-luotsi": {"name": "inside", "version": "1.0.0"},
            "title": "Inside",
            "elements": [
                {
                    "type": "paneldynamic",
                    "name": "p",
                    "templateElements": [{"type": "text", "name": "goal"}, inner],
                }
            ],
        }
        asked = make_asked(cast, definition)
        write(held_by(cast.bilal, asked.response), p=[{"goal": "x", "why": "because"}])
        client = signed_in(cast.bilal)
        sent = fields_of(client.get(page(asked)).content.decode())
        client.post(page(asked), {**sent, "a:p[0].goal": "y", "do": "save"})
        sent = fields_of(client.get(page(asked)).content.decode())
        client.post(page(asked), {**sent, "a:p[0].goal": "z", "do": "save"})
        assert Response.objects.get().values["p"] == [{"goal": "z", "why": "because"}]
        hand_in(cast.bilal, asked.response)
        assert Submission.objects.get().content["answers"] == {"p": [{"goal": "z"}]}
