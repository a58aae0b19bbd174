"""Forms in a spreadsheet: what comes back, and what is told to be lost."""

from __future__ import annotations

import datetime
import time
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules.convert import (
    XlsForm,
    from_xlsform,
    to_xlsform,
)
from luotsi.questionnaires.rules.definition import Definition, read
from luotsi.questionnaires.rules.definition.elements import Marked
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.tests.making import KINDS, LETTERS, clean, definition, one, packaged, pages, text

DAY = datetime.date(2026, 1, 1)


def back(made: Definition) -> Definition:
    """Return what comes back of a definition out of a spreadsheet."""
    return definition(from_xlsform(to_xlsform(made)[0])[0])


class TestToXlsForm:
    @pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("matrix")])
    def test_kinds_that_lose_nothing(self, kind: str) -> None:
        data = {**KINDS[kind], "name": "asked"}
        data = {key: value for key, value in data.items() if key != "maxSize"}
        if kind != "html":
            data["title"] = text("talvi")
        made = definition(pages(data))
        assert to_xlsform(made)[1] == ()

    @pytest.mark.parametrize(
        "question",
        [
            {"visibleIf": "{many} contains 'a' and {n} > 1"},
            {"requiredIf": "{word} notempty"},
            {"isRequired": True, "requiredErrorText": text("puuttuu")},
            {"readOnly": True},
            {"maxLength": 20, "validators": [{"type": "regex", "regex": "^[A-Z]+$", "text": text("isot")}]},
            {"validators": [{"type": "text", "minLength": 3}]},
            {"validators": [{"type": "expression", "expression": "{asked} <> {word}", "text": "x"}]},
            {"validators": [{"type": "expression", "expression": "{asked} = 'a' or {word} = 'b'"}], "maxLength": 3},
            {"inputType": "number", "min": 0, "max": 10, "step": 1},
            {"inputType": "date", "min": "2021-01-01", "max": "2022-12-31"},
            {"inputType": "range", "min": 0, "max": 10, "step": 2},
            {"type": "checkbox", "choices": list(LETTERS), "minSelectedChoices": 1, "maxSelectedChoices": 2},
            {"type": "checkbox", "choices": list(LETTERS), "defaultValue": ["a", "b"]},
            {"type": "radiogroup", "choices": list(LETTERS), "choicesVisibleIf": "{many} contains {item}"},
            {"type": "radiogroup", "choices": list(LETTERS), "showOtherItem": True},
            {"type": "rating", "rateMax": 3},
            {"type": "boolean", "labelTrue": text("kyllä"), "labelFalse": text("ei"), "defaultValue": True},
            {"type": "expression", "expression": "{n} + 1"},
            {"type": "file", "acceptedTypes": "image/*"},
            {
                "type": "paneldynamic",
                "minPanelCount": 2,
                "maxPanelCount": 2,
                "templateElements": [
                    {"type": "text", "name": "z", "visibleIf": "{panel.y} = 'a'"},
                    {"type": "text", "name": "y"},
                ],
            },
            {"type": "expression", "expression": "sumInArray({p}, 'inner')"},
        ],
    )
    def test_keys_that_come_back(self, question: dict[str, Any]) -> None:
        assert to_xlsform(one(**question))[1] == ()

    @pytest.mark.parametrize(
        ("question", "what", "detail"),
        [
            ({"inputType": "email"}, "key", "inputType"),
            ({"enableIf": "{n} > 1"}, "key", "enableIf"),
            ({"visibleIf": "age({word}) > 3"}, "expression", "age"),
            ({"visibleIf": "{pick} anyof ['a', 'b']"}, "changed", "visibleIf"),
            ({"x-luotsi": {"role": "cost", "number": "7"}}, "semantics", "role, number"),
            ({"placeholder": "tähän"}, "key", "placeholder"),
            ({"type": "radiogroup", "choices": [1, 2]}, "changed", "choices"),
            ({"type": "checkbox", "choices": ["a b"]}, "changed", "choices"),
            ({"type": "file", "maxSize": 5}, "key", "maxSize"),
            ({"type": "matrixdynamic", "columns": [{"name": "c", "cellType": "text"}]}, "element", "matrixdynamic"),
            ({"type": "matrix", "columns": ["a"], "rows": ["r"]}, "element", "matrix"),
            ({"type": "html", "html": "<b>x</b>"}, "changed", "html"),
            ({"validators": [{"type": "email"}]}, "changed", "validators"),
        ],
    )
    def test_losses_are_told(self, question: dict[str, Any], what: str, detail: str) -> None:
        losses = to_xlsform(one(**question))[1]
        assert [(loss.name, loss.what, loss.detail) for loss in losses] == [("asked", what, detail)]

    @given(clean())
    def test_it_loses_exactly_what_it_tells(self, data: dict[str, Any]) -> None:
        made = definition(data)
        losses = to_xlsform(made)[1]
        again = {question.name: question for question in back(made).questions}
        told = {loss.name for loss in losses}
        lost = {
            question.name for question in made.questions if _outline(question) != _outline(again.get(question.name))
        }
        assert lost == {question.name for question in made.questions} & told

    @given(clean())
    def test_every_name_stands_once(self, data: dict[str, Any]) -> None:
        form = to_xlsform(definition(data))[0]
        called = [row["name"].lower() for row in form.survey if "name" in row]
        assert len(called) == len(set(called))
        opened = [row["type"] for row in form.survey if row["type"].startswith(("begin", "end"))]
        assert sum(word.startswith("begin") for word in opened) * 2 == len(opened)

    def test_names_that_xml_does_not_take_are_told(self) -> None:
        made = definition(pages({"type": "text", "name": "what is it?"}, {"type": "text", "name": "1st"}))
        form, losses = to_xlsform(made)
        assert [row["name"] for row in form.survey if row["type"] == "text"] == ["what_is_it_", "_1st"]
        assert {loss.name for loss in losses if loss.what == "element"} == {"what is it?", "1st"}

    def test_a_table_becomes_groups_with_its_total(self) -> None:
        form = to_xlsform(definition(packaged("strategy-form")))[0]
        total = next(row for row in form.survey if row.get("name") == "quality_costs_amount_total")
        cells = ("staff", "premises", "services", "other")
        added = " + ".join(f"coalesce(${{quality_costs_{cell}_amount}}, 0)" for cell in cells)
        assert total == {"type": "calculate", "name": "quality_costs_amount_total", "calculation": added}


def _outline(question: Marked | None) -> Any:
    """Return what a question says, without its place, to compare; another way than the product's own."""
    if question is None:
        return None
    return {
        held.name: _plain(getattr(question, held.name))
        for held in fields(question)
        if held.name not in {"at", "other"}
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Marked):
        return _outline(value)
    return dict(value.texts) if hasattr(value, "texts") else value


class TestFromXlsForm:
    def form(self, *rows: dict[str, str], choices: tuple[dict[str, str], ...] = (), **settings: str) -> Any:
        return from_xlsform(XlsForm(rows, choices, settings))

    def test_a_form_of_an_official(self) -> None:
        data, losses = self.form(
            {"type": "begin group", "name": "a", "label::Suomi (fi)": "Perustiedot", "appearance": "field-list"},
            {"type": "text", "name": "school", "label::Suomi (fi)": "Koulu", "required": "yes"},
            {"type": "select_multiple goals", "name": "goals", "label::Suomi (fi)": "Tavoitteet"},
            {"type": "end group"},
            {"type": "begin_group", "name": "b", "relevant": "selected(${goals}, 'g1')", "appearance": "field-list"},
            {"type": "begin_repeat", "name": "acts", "label": "Toimet"},
            {"type": "integer", "name": "cost", "constraint": ". >= 0", "constraint_message": "Ei alle nollan"},
            {"type": "end_repeat"},
            {"type": "calculate", "name": "all", "calculation": "sum(${cost})"},
            {"type": "end_group"},
            choices=({"list_name": "goals", "name": "g1", "label::Suomi (fi)": "Oppiminen"},),
            form_title="Hanke",
            form_id="hanke",
            version="3",
        )
        assert losses == ()
        made = definition(data)
        assert (made.name, made.version, [page.name for page in made.pages]) == ("hanke", "3", ["a", "b"])
        assert made.pages[1].visible_if == "{goals} contains 'g1'"
        outcome = evaluate(made, {"goals": ["g1"], "acts": [{"cost": 5}, {"cost": 7}]}, today=DAY)
        assert outcome.calculated["all"] == 12

    def test_what_has_no_counterpart_is_told_with_its_row(self) -> None:
        _data, losses = self.form(
            {"type": "geopoint", "name": "where"},
            {"type": "text", "name": "t", "relevant": "pulldata('x', 'y') = 1", "media::image": "x.png"},
            {"type": "select_one_from_file x.csv", "name": "s"},
        )
        assert [(loss.at, loss.what) for loss in losses] == [
            ("survey", "column"),
            ("survey:2", "type"),
            ("survey:3", "expression"),
            ("survey:4", "type"),
        ]

    def test_groups_that_do_not_close_are_closed(self) -> None:
        data, losses = self.form(
            {"type": "begin_group", "name": "g"}, {"type": "text", "name": "t"}, {"type": "end_repeat"}
        )
        assert [loss.detail for loss in losses] == ["end_repeat"]
        assert [question.name for question in definition(data).questions] == ["t"]

    def test_groups_deeper_than_panels_may_be_are_laid_flat(self) -> None:
        rows = [{"type": "begin_repeat" if n % 3 else "begin_group", "name": f"g{n}"} for n in range(3_000)]
        data, losses = self.form(*rows, {"type": "text", "name": "t"})
        assert len(losses) == 3_000 - 8
        assert read(data).ok

    def test_a_form_of_twenty_thousand_rows_is_read_in_time_and_refused(self) -> None:
        rows = [{"type": "text", "name": f"q{n}", "relevant": f"${{q{n - 1}}} = 'a'"} for n in range(20_000)]
        started = time.perf_counter()
        told = read(self.form(*rows)[0])
        assert "limit.elements" in {fault.code for fault in told.faults}
        assert time.perf_counter() - started < 20

    @given(
        st.lists(
            st.dictionaries(
                st.sampled_from(
                    ["type", "name", "label", "relevant", "constraint", "calculation", "required", "parameters"]
                ),
                st.sampled_from(
                    [
                        "text",
                        "begin_group",
                        "end_group",
                        "begin_repeat",
                        "range",
                        "a",
                        "${a} = 1",
                        ". > 1",
                        "",
                        "start=1 end=x",
                    ]
                ),
            ),
            max_size=8,
        )
    )
    def test_whatever_it_is_nothing_is_raised(self, rows: list[dict[str, str]]) -> None:
        data, _losses = self.form(*rows)
        read(data)
