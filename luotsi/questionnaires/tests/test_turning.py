"""Giving a question another kind: what both kinds know stays, what is lost is told before, and it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.base.models import AuditEntry
from luotsi.questionnaires.actions import drafts as actions
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.rules import shaping, values
from luotsi.questionnaires.rules.definition import Severity, read
from luotsi.questionnaires.rules.shaping import ShapingRefused, Turned
from luotsi.questionnaires.rules.shaping.turning import MATRICES, SINGLE
from luotsi.questionnaires.tests.drafted import newest, url
from luotsi.questionnaires.tests.making import packaged, pages

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast
    from luotsi.questionnaires.models import QuestionnaireVersion

AT = "/pages/0/elements/0"
FORMS = [packaged(name) for name in ("strategy-form", "strategy-form-mended", "school-pilot-call")]
QUESTIONS = [
    (number, spot.at)
    for number, form in enumerate(FORMS)
    for spot in shaping.spots(form)
    if spot.level == "question" and shaping.turns(spot.kind)
]


def turn(kind: str, **question: Any) -> tuple[dict[str, Any], Turned]:
    """Return a question under another kind, beside one whose condition names it."""
    data = pages({"name": "q", **question}, {"type": "text", "name": "other", "visibleIf": "{q} = 'a'"})
    made = shaping.turned(data, AT, kind)
    return made.data["pages"][0]["elements"][0], made


def lost(made: Turned) -> list[str]:
    return [one.key for one in made.lost]


def choices(*words: str) -> list[str]:
    return list(words)


class TestEveryKind:
    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from(QUESTIONS), st.data())
    def test_it_stays_readable_and_no_key_is_lost_without_a_word(self, which: tuple[int, str], data: Any) -> None:
        form, at = FORMS[which[0]], which[1]
        before = shaping.places.value_at(form, at)
        kind = data.draw(st.sampled_from(shaping.turns(before["type"])))
        made = shaping.turned(form, at, kind)
        after = shaping.places.value_at(made.data, at)
        errors = [fault for fault in read(form).faults if fault.severity is Severity.ERROR]
        assert len([fault for fault in read(made.data).faults if fault.severity is Severity.ERROR]) <= len(errors)
        assert after["type"] == kind
        shared = ("name", "title", "description", "visibleIf", "x-luotsi")
        assert all(values.same(before.get(key), after.get(key)) for key in shared)
        told = {*lost(made), "choices", "columns", "rowCount", "eachRowRequired", "eachRowUnique"}
        steps = {"rateMin", "rateMax", "rateValues", "valueTrue", "valueFalse", "labelTrue", "labelFalse"}
        assert before.keys() - after.keys() <= told | steps
        others = [spot.at for spot in shaping.spots(form) if not f"{spot.at}/".startswith(f"{at}/")]
        leaves = [one for one in others if not at.startswith(f"{one}/")]
        assert all(
            values.same(shaping.places.value_at(form, one), shaping.places.value_at(made.data, one)) for one in leaves
        )

    def test_only_kinds_that_ask_alike_are_offered(self) -> None:
        assert set(shaping.turns("comment")) == set(SINGLE) - {"comment"}
        assert set(shaping.turns("matrix")) == set(MATRICES) - {"matrix"}
        assert shaping.turns("paneldynamic") == shaping.turns("html") == ()

    @pytest.mark.parametrize(("at", "kind"), [(AT, "matrix"), (AT, "text"), ("/pages/0", "text"), ("/x", "text")])
    def test_others_are_refused(self, at: str, kind: str) -> None:
        with pytest.raises(ShapingRefused):
            shaping.turned(pages({"type": "text", "name": "q"}), at, kind)


class TestWhatStays:
    def test_a_number_that_becomes_long_text_keeps_its_length_and_loses_its_limits(self) -> None:
        after, made = turn("comment", type="text", inputType="number", min=1, maxLength=50)
        assert after == {"type": "comment", "name": "q", "maxLength": 50}
        assert lost(made) == ["inputType", "min"]
        assert made.named == ()

    def test_choices_stay_among_kinds_of_choice(self) -> None:
        before = {"choices": choices("a", "b"), "showOtherItem": True, "defaultValue": "a"}
        after, made = turn("dropdown", type="radiogroup", **before)
        assert after == {"type": "dropdown", "name": "q", **before}
        assert (made.lost, made.gained, made.named) == ((), (), ())

    def test_one_choice_becomes_a_list_of_one_and_the_conditions_on_it_are_shown(self) -> None:
        after, made = turn("checkbox", type="radiogroup", choices=choices("a", "b"), defaultValue="a")
        assert after["defaultValue"] == ["a"]
        assert made.named == ("{q} = 'a'",)

    def test_of_several_choices_the_limits_and_a_long_default_are_lost(self) -> None:
        given = {"choices": choices("a", "b"), "defaultValue": ["a", "b"], "maxSelectedChoices": 1,
                 "validators": [{"type": "answercount", "maxCount": 1}]}  # fmt: skip
        _after, made = turn("radiogroup", type="checkbox", **given)
        assert lost(made) == ["defaultValue", "maxSelectedChoices", "validators"]

    def test_a_scale_becomes_choices_and_back(self) -> None:
        after, _made = turn("radiogroup", type="rating", rateMin=1, rateMax=4)
        assert after["choices"] == [1, 2, 3, 4]
        after, made = turn("rating", type="radiogroup", choices=choices("a", "b"))
        assert after["rateValues"] == ["a", "b"]
        assert made.lost == ()

    def test_yes_and_no_keep_their_words(self) -> None:
        after, made = turn("dropdown", type="boolean", labelTrue={"fi": "Kyllä"})
        assert after["choices"] == [{"value": "yes", "text": {"fi": "Kyllä"}}, "no"]
        assert made.lost == ()

    def test_rows_with_one_choice_become_a_table_and_back(self) -> None:
        rows = {"columns": choices("a", "b"), "rows": choices("x", "y"), "eachRowRequired": True}
        table, made = turn("matrixdropdown", type="matrix", **rows)
        assert made.lost == ()
        (column,) = table["columns"]
        assert (column["choices"], column["isRequired"], table["rows"]) == (["a", "b"], True, ["x", "y"])
        again, made = turn("matrix", **{key: value for key, value in table.items() if key != "name"})
        assert again == {"type": "matrix", "name": "q", **rows}
        assert made.lost == ()

    def test_columns_that_are_no_choices_are_told_one_by_one(self) -> None:
        columns = [{"name": "what", "cellType": "text"}, {"name": "sum", "cellType": "text"}]
        _after, made = turn("matrix", type="matrixdropdown", columns=columns, rows=choices("x"))
        assert [(one.key, one.words) for one in made.lost] == [("columns", "what"), ("columns", "sum")]

    def test_a_table_keeps_its_columns_when_rows_can_be_added(self) -> None:
        columns = [{"name": "what", "cellType": "text"}]
        after, made = turn("matrixdynamic", type="matrixdropdown", columns=columns, rows=choices("x", "y"))
        assert (after["columns"], after["rowCount"]) == (columns, 2)
        assert lost(made) == ["rows"]


@pytest.mark.django_db
class TestThePage:
    def test_it_tells_what_is_lost_and_changes_nothing_until_it_is_pressed(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        address = url("change-kind", draft, "?at=/pages/0/elements/2")
        page = client.get(f"{address}&kind=text")
        assert [one.label for one in page.context["turn"].lost] == ["Choices", "With the choice “other”"]
        assert newest(draft).revision == 1
        assert client.post(address, {"kind": "text", "revision": 1}).status_code == 302
        assert newest(draft).definition["pages"][0]["elements"][2]["type"] == "text"
        assert AuditEntry.objects.filter(verb="questionnaires.draft.changed").count() == 1
        client.post(url("restore-draft", draft, number=1), {"revision": 2})
        assert newest(draft).definition == draft.definition

    def test_it_is_refused_when_somebody_else_has_changed_the_draft(
        self, cast: Cast, draft: QuestionnaireVersion
    ) -> None:
        actions.change_kind(draft=draft, revision=1, at="/pages/0/elements/1", kind="text", by=cast.aino)
        with pytest.raises(QuestionnaireRefused):
            actions.change_kind(draft=draft, revision=1, at="/pages/0/elements/2", kind="text", by=cast.aino)

    def test_pages_columns_and_strange_kinds_are_none(
        self, cast: Cast, draft: QuestionnaireVersion, client: Client
    ) -> None:
        client.force_login(cast.aino)
        assert client.get(url("change-kind", draft, "?at=/pages/0")).status_code == 404
        assert client.get(url("change-kind", draft)).status_code == 404
        assert client.get(url("change-kind", draft, "?at=/pages/0/elements/0&kind=html")).status_code == 422
