"""Forms of the state's system for grants, in: what becomes of each part, and what is told as lost.

The forms here are invented.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.queries.authoring.exporting import looked_at
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.checks.roles import given as roles_in
from luotsi.questionnaires.rules.convert import from_grant_form, from_surveyjs, is_grant_form
from luotsi.questionnaires.rules.evaluation import Outcome, evaluate
from luotsi.questionnaires.tests.answered import SMALL, make_version
from luotsi.questionnaires.tests.drafted import url

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast

type Node = dict[str, Any]


def field(key: str, kind: str = "textField", **more: Any) -> Node:
    label = {"fi": f"{key} suomeksi", "sv": f"{key} på svenska"}
    return {"fieldClass": "formField", "fieldType": kind, "id": key, "label": label, "params": {}, **more}


def wrapper(key: str, kind: str, *children: Node, **more: Any) -> Node:
    return {"fieldClass": "wrapperElement", "fieldType": kind, "id": key, "children": list(children), **more}


def options(*values: str) -> list[Node]:
    return [{"value": value, "label": {"fi": f"{value} fi", "sv": f"{value} sv"}} for value in values]


def item(key: str, **more: Any) -> Node:
    words = field(f"{key}.description", params={"maxlength": 100})
    return wrapper(key, "vaBudgetItemElement", words, field(f"{key}.amount", "moneyField"), label={"fi": key}, **more)


def include(trigger: str, value: Any, *targets: str) -> Node:
    return {"type": "includeIf", "triggerId": trigger, "targetIds": list(targets), "params": {"triggerValue": value}}


FORM: Node = {
    "content": [
        {"fieldClass": "infoElement", "fieldType": "h1", "id": "hello", "text": {"fi": "Tervetuloa <b>", "sv": "Hej"}},
        wrapper(
            "applicant",
            "theme",
            field("organization", required=True, params={"maxlength": 80, "size": "large"}),
            field("owner", "radioButton", options=options("municipality", "other")),
            field("what-other", "textArea", params={"maxlength": 500}),
            field("languages", "checkboxButton", options=options("fi", "sv")),
            wrapper("swedish", "fieldset", field("swedish-name"), label={"fi": "Ruotsiksi"}),
            label={"fi": "Hakija", "sv": "Sökande"},
        ),
        wrapper(
            "plan",
            "theme",
            wrapper(
                "partners",
                "growingFieldset",
                wrapper(
                    "partners-1",
                    "growingFieldsetChild",
                    field("partners.partners-1.name", required=True),
                    field("partners.partners-1.kind", "dropdown", options=options("school", "other")),
                    field("partners.partners-1.why"),
                ),
            ),
            wrapper(
                "goals",
                "growingFieldset",
                wrapper(
                    "goal-1",
                    "growingFieldsetChild",
                    field("goal-1.what", "textArea"),
                    wrapper("goal-1.more", "fieldset", field("goal-1.result")),
                ),
                wrapper("goal-2", "growingFieldsetChild", field("goal-2.what", "textArea")),
            ),
            field("times", "tableField", params={"columns": [{"title": {"fi": "Alku"}}], "rows": [{"fi": "Kausi"}]}),
        ),
        wrapper(
            "money",
            "theme",
            wrapper(
                "budget",
                "vaBudget",
                wrapper("costs", "vaSummingBudgetElement", item("staff"), item("services"), label={"fi": "Menot"}),
                wrapper("incomes", "vaSummingBudgetElement", item("fees", params={"incrementsTotal": False})),
                wrapper("summary", "vaBudgetSummaryElement", field("own", "vaSelfFinancingField")),
            ),
        ),
        {"fieldClass": "button", "fieldType": "moreRows", "id": "more"},
    ],
    "rules": [
        include("owner", "other", "what-other"),
        include("languages", "sv", "swedish"),
        include("partners.partners-1.kind", "other", "partners.partners-1.why"),
    ],
}


def taken(form: Node) -> tuple[d.Definition, Node, list[tuple[str, str]]]:
    """Return a form as a definition that can be used, its JSON, and what was lost."""
    data, losses = from_grant_form(form)
    made = from_surveyjs(data)
    assert made.losses == ()
    found = d.read(made.result)
    assert found.definition is not None, found.faults
    assert found.ok, found.faults
    return found.definition, made.result, [(loss.what, loss.detail) for loss in losses]


def evaluated(definition: d.Definition, answers: Node) -> Outcome:
    return evaluate(definition, answers, today=date(2026, 11, 26))


class TestAWholeForm:
    def test_themes_become_pages_with_their_texts_in_both_languages(self) -> None:
        _definition, data, _losses = taken(FORM)
        assert [page["name"] for page in data["pages"]] == ["page1", "applicant", "plan", "money"]
        assert data["pages"][1]["title"] == {"fi": "Hakija", "sv": "Sökande"}
        assert data["pages"][0]["elements"][0]["html"] == {"fi": "<h3>Tervetuloa &lt;b&gt;</h3>", "sv": "<h3>Hej</h3>"}

    def test_fields_keep_their_limits_choices_and_whether_they_are_needed(self) -> None:
        definition, _data, _losses = taken(FORM)
        asked = {one.name: one for one in definition.questions}
        organisation = asked["organization"]
        assert isinstance(organisation, d.TextQuestion)
        assert (organisation.max_length, organisation.is_required) == (80, True)
        owner = asked["owner"]
        assert isinstance(owner, d.ChoiceQuestion)
        assert [one.value for one in owner.choices] == ["municipality", "other"]

    def test_only_what_has_no_counterpart_is_told(self) -> None:
        _definition, _data, losses = taken(FORM)
        assert losses == [("changed", "growingFieldsetChild"), ("element", "button")]

    def test_conditions_work_of_one_choice_of_many_and_in_rows(self) -> None:
        definition, data, _losses = taken(FORM)
        shown = frozenset(evaluated(definition, {}).visible)
        assert not {"what-other", "swedish-name"} & shown
        answers = {"owner": "other", "languages": ["fi", "sv"]}
        assert {"what-other", "swedish-name"} <= frozenset(evaluated(definition, answers).visible)
        table = data["pages"][2]["elements"][0]
        assert (table["type"], [column["name"] for column in table["columns"]]) == (
            "matrixdynamic",
            ["name", "kind", "why"],
        )
        assert table["columns"][2]["visibleIf"] == "{row.kind} = 'other'"

    def test_what_grows_and_holds_more_than_fields_becomes_panels(self) -> None:
        _definition, data, _losses = taken(FORM)
        goals = data["pages"][2]["elements"][1]
        assert (goals["type"], goals["panelCount"]) == ("paneldynamic", 2)
        assert [one["type"] for one in goals["templateElements"]] == ["comment", "panel"]

    def test_the_budget_has_its_roles_and_totals(self) -> None:
        definition, _data, _losses = taken(FORM)
        answers = {
            "costs": {"staff": {"amount": 800, "description": "A"}, "services": {"amount": 200, "description": "B"}},
            "incomes": {"fees": {"amount": 50}},
            "own": 95,
        }
        told = {(one.role, one.name): one.value for one in roles_in(definition, answers, {})}
        assert told == {
            ("cost", "costs.staff.amount"): 800,
            ("cost", "costs.services.amount"): 200,
            ("income", "incomes.fees.amount"): 50,
            ("own_share", "own"): 95,
        }
        found = evaluated(definition, answers)
        assert {error.name for error in found.errors if "description" in error.name} == {"incomes.fees.description"}

    def test_sums_are_whole_euros_of_seven_digits(self) -> None:
        definition, _data, _losses = taken(FORM)
        found = evaluated(definition, {"own": 10_000_000, "organization": "A"})
        assert "own" in {error.name for error in found.errors}


class TestConditions:
    def one(self, *rules: Node) -> tuple[dict[str, str], list[tuple[str, str]]]:
        form = {"content": [field("a"), field("b"), field("c")], "rules": list(rules)}
        _definition, data, losses = taken(form)
        return {one["name"]: one["visibleIf"] for one in data["pages"][0]["elements"] if "visibleIf" in one}, losses

    def test_any_value_of_one_trigger_is_enough(self) -> None:
        told, losses = self.one(include("a", "x", "c"), include("a", "y", "c"))
        assert told == {"c": "{a} = 'x' or {a} = 'y'"}
        assert losses == []

    def test_two_triggers_add_up_and_that_is_told(self) -> None:
        told, losses = self.one(include("a", "x", "c"), include("b", True, "c"))
        assert told == {"c": "{a} = 'x' and {b} = true"}
        assert [what for what, _detail in losses] == ["changed"]

    @pytest.mark.parametrize(
        "rule",
        [
            include("nothing", "x", "c"),
            include("a", "x", "nothing"),
            include("a", ["x"], "c"),
            include("a", "x\\", "c"),
            include("a", "x", "a"),
            {"type": "excludeIf", "triggerId": "a"},
            {"type": "includeIf"},
        ],
    )
    def test_what_cannot_be_said_is_told_and_left_out(self, rule: Node) -> None:
        told, losses = self.one(rule)
        assert told == {}
        assert [what for what, _detail in losses] == ["expression"]


class TestWhatIsLost:
    @pytest.mark.parametrize(
        ("node", "lost"),
        [
            (field("a", "mapField"), ("element", "mapField")),
            (field("a", colour="red"), ("key", "colour")),
            (field("a", params={"unit": "kg"}), ("key", "params.unit")),
            (field("a", "dropdown", options=[{"value": ""}, {"value": "b"}]), ("key", "options.0")),
            (field("a", "dropdown", options=options("b"), initialValue="c"), ("key", "initialValue")),
            (wrapper("w", "vaSummingBudgetElement", field("a")), ("element", "textField")),
        ],
    )
    def test_each_thing_without_a_counterpart_is_told(self, node: Node, lost: tuple[str, str]) -> None:
        assert lost in taken({"content": [node]})[2]

    def test_names_that_clash_or_hold_signs_of_expressions_are_made_fit(self) -> None:
        _definition, data, _losses = taken({"content": [field("a.b"), field("a{b}"), field("A_b")]})
        assert [one["name"] for one in data["pages"][0]["elements"]] == ["a_b", "a_b_2", "A_b_3"]


def _nodes() -> st.SearchStrategy[Node]:
    keys = st.sampled_from(["a", "b", "c.1", "d-2", "", "{e}"])
    params = st.dictionaries(
        st.sampled_from(["maxlength", "columns", "rows", "incrementsTotal", "size"]),
        st.one_of(st.integers(-5, 50), st.booleans(), st.just([{"title": {"fi": "x"}}])),
        max_size=3,
    )
    kinds = st.sampled_from(
        ["textField", "textArea", "moneyField", "radioButton", "checkboxButton", "dropdown", "tableField", "odd",
         "vaSelfFinancingField", "namedAttachment"]
    )  # fmt: skip
    choices = st.lists(st.fixed_dictionaries({"value": st.sampled_from(["x", "y", ""])}), max_size=3)
    fields = st.builds(
        lambda key, kind, told, listed: field(key, kind, params=told, options=listed), keys, kinds, params, choices
    )
    infos = st.builds(
        lambda key: {"fieldClass": "infoElement", "fieldType": "p", "id": key, "text": {"fi": ["a", "b"]}}, keys
    )
    wrappers = st.sampled_from(
        ["theme", "fieldset", "growingFieldset", "growingFieldsetChild", "vaBudget", "vaSummingBudgetElement",
         "vaBudgetItemElement", "vaBudgetSummaryElement"]
    )  # fmt: skip
    return st.recursive(
        st.one_of(fields, infos),
        lambda inner: st.builds(
            lambda key, kind, held, told: wrapper(key, kind, *held, params=told),
            keys,
            wrappers,
            st.lists(inner, max_size=4),
            params,
        ),
        max_leaves=15,
    )


class TestAnyForm:
    @given(
        st.lists(_nodes(), min_size=1, max_size=5),
        st.lists(
            st.builds(
                include, st.sampled_from(["a", "b", "c.1"]), st.sampled_from(["x", 1, None]), st.sampled_from("abd")
            ),
            max_size=4,
        ),
    )
    def test_it_becomes_a_definition_that_can_be_used(self, content: list[Node], rules: list[Node]) -> None:
        definition, _data, _losses = taken({"content": content, "rules": rules})
        evaluated(definition, {})

    @given(st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["content", "rules", "fieldClass", "fieldType", "id", "children", "params", "label",
                             "options", "text", "formField", "wrapperElement"]), inner, max_size=4),
        max_leaves=20,
    ))  # fmt: skip
    def test_whatever_is_in_it_nothing_breaks(self, found: Any) -> None:
        form = {"content": [{"fieldClass": "formField"}, found], "rules": found}
        assert is_grant_form(form)
        data, _losses = from_grant_form(form)
        from_surveyjs(data)

    @pytest.mark.parametrize("data", [None, [], {}, {"content": []}, {"pages": [], "content": [field("a")]}, SMALL])
    def test_other_json_is_none(self, data: object) -> None:
        assert not is_grant_form(data)


@pytest.mark.django_db
class TestReachingIt:
    def test_the_page_that_takes_files_takes_it(self, cast: Cast, client: Client) -> None:
        version = make_version(cast.tampere, SMALL, cast.aino)
        client.force_login(cast.aino)
        sent = {"file": SimpleUploadedFile("form.json", json.dumps(FORM).encode()), "do": "look"}
        looked = client.post(url("take-file", version), sent).context["taking"].looked
        assert (looked.pages, looked.faults) == (4, ())
        assert {one.at for one in looked.losses} == {"/content/2/children/1/children/1", "/content/4"}
        assert looked.questions > 8

    def test_the_command_converts_it_and_tells_what_is_lost(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "form.json"
        path.write_text(json.dumps(FORM), encoding="utf-8")
        call_command("questionnaire", "convert", str(path), "--to", "surveyjs", "--json")
        told = json.loads(capsys.readouterr().out)
        assert [page["name"] for page in told["result"]["pages"]] == ["page1", "applicant", "plan", "money"]
        assert [loss["what"] for loss in told["losses"]] == ["changed", "element"]

    def test_a_file_without_a_form_is_refused_as_before(self) -> None:
        assert looked_at(json.dumps(SMALL).encode()).losses == ()
