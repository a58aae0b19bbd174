"""Definitions in and out of SurveyJS, XLSForm and JSON Schema: what comes back, and what is told to be lost."""

from __future__ import annotations

import time
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert import (
    XlsForm,
    from_surveyjs,
    from_xlsform,
    printed,
    to_json_schema,
    to_surveyjs,
    to_xlsform,
)
from luotsi.questionnaires.rules.convert.printing import Untranslatable
from luotsi.questionnaires.rules.convert.xlsform.naming import Names, Place
from luotsi.questionnaires.rules.convert.xlsform.xpath_reading import read_xpath
from luotsi.questionnaires.rules.convert.xlsform.xpath_writing import xpath
from luotsi.questionnaires.rules.definition import Definition, canonical, read
from luotsi.questionnaires.rules.definition.elements import Marked
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.rules.expressions import (
    Binary,
    Call,
    ExpressionError,
    Listed,
    Literal,
    Name,
    Node,
    Unary,
    parse,
)
from luotsi.questionnaires.tests.making import KINDS, LETTERS, clean, packaged, pages, text


def definition(data: Any) -> Definition:
    """Return a definition that has to be readable."""
    told = read(data)
    assert told.ok, told.faults
    assert told.definition is not None
    return told.definition


def one(**question: Any) -> Definition:
    """Return a definition with a question, and a few others to name in its expressions."""
    others: list[dict[str, Any]] = [
        {"type": "text", "name": "word"},
        {"type": "text", "name": "n", "inputType": "number"},
        {"type": "radiogroup", "name": "pick", "choices": list(LETTERS)},
        {"type": "checkbox", "name": "many", "choices": list(LETTERS)},
        {"type": "boolean", "name": "yes"},
        {
            "type": "paneldynamic",
            "name": "p",
            "templateElements": [{"type": "text", "name": "inner", "inputType": "number"}],
        },
    ]
    return definition(pages(*others, {"type": "text", "name": "asked", **question}))


def back(made: Definition) -> Definition:
    """Return what comes back of a definition out of a spreadsheet."""
    return definition(from_xlsform(to_xlsform(made)[0])[0])


def element(made: Definition, name: str) -> Marked:
    """Return an element by its name."""
    return next(question for question in made.questions if question.name == name)


names = st.sampled_from(["a", "b", "row.x", "panel[0].y"]).map(lambda n: parse(f"{{{n}}}"))
constants = st.one_of(
    st.integers(-99, 99),
    st.decimals("-9", "9", places=2)
    .filter(lambda number: "." in values.plain(number))
    .map(lambda n: Decimal(values.plain(n))),
    st.booleans(),
    st.none(),
    st.text("ab'\" {}()=\\n", max_size=5),
).map(Literal)
expressions: st.SearchStrategy[Node] = st.recursive(
    st.one_of(names, constants),
    lambda inner: st.one_of(
        st.builds(
            Binary,
            st.sampled_from(["or", "and", "equal", "less", "plus", "minus", "times", "power", "contains"]),
            inner,
            inner,
        ),
        st.builds(Unary, st.sampled_from(["negate", "empty", "notempty"]), inner),
        st.lists(inner, max_size=3).map(lambda items: Listed(tuple(items))),
        st.tuples(inner, inner, inner).map(lambda parts: Call("iif", parts)),
    ),
    max_leaves=8,
)


class TestPrinting:
    @given(expressions)
    def test_what_is_written_is_read_as_the_same(self, node: Node) -> None:
        try:
            told = printed(node)
        except Untranslatable:
            return
        assert parse(told) == node

    @pytest.mark.parametrize(
        "told",
        [
            "{a} + {b} * 2",
            "({a} + {b}) * 2",
            "{a} - ({b} - 1)",
            "!({a} = 1 or {b} = 2)",
            "{a} contains 'x' and {b} empty",
        ],
    )
    def test_brackets_stand_only_where_they_are_needed(self, told: str) -> None:
        assert printed(parse(told)) == told


PLACE = Place(Names(one()), own="asked")


def resolve(name: str) -> Name:
    """Return what a name of the spreadsheet means."""
    return parse("{asked}" if name == "." else f"{{{name}}}")  # type: ignore[return-value]


class TestXPath:
    @pytest.mark.parametrize(
        ("told", "there"),
        [
            ("{word} = 'a'", "${word} = 'a'"),
            ("{word} empty", "${word} = ''"),
            ("{many} contains 'a'", "selected(${many}, 'a')"),
            ("{many} notcontains 'a'", "not(selected(${many}, 'a'))"),
            ("{many} anyof ['a', 'b']", "selected(${many}, 'a') or selected(${many}, 'b')"),
            ("{many} noneof ['a', 'b']", "not(selected(${many}, 'a') or selected(${many}, 'b'))"),
            ("{n} + 1 > 2", "coalesce(${n}, 0) + 1 > 2"),
            ("{n} / 2 % 3", "${n} div 2 mod 3"),
            ("{n} ^ 2", "pow(${n}, 2)"),
            ("iif({n} > 1, 'a', 'b')", "if(${n} > 1, 'a', 'b')"),
            ("!({n} > 1 and {n} < 5)", "not(${n} > 1 and ${n} < 5)"),
            ("{asked.length} <= 5", "string-length(.) <= 5"),
            ("{many.length} <= 2", "count-selected(${many}) <= 2"),
            ("today() > '2026-01-01'", "today() > '2026-01-01'"),
            ("round({n}, 2) = 1", "round(${n}, 2) = 1"),
            ("{n} - ({n} - 1)", "coalesce(${n}, 0) - (coalesce(${n}, 0) - 1)"),
            ("({n} > 1 or {n} < 0) and {word} notempty", "(${n} > 1 or ${n} < 0) and ${word} != ''"),
        ],
    )
    def test_there_and_back(self, told: str, there: str) -> None:
        assert xpath(parse(told), PLACE) == there
        assert read_xpath(there, resolve) == parse(told)

    @pytest.mark.parametrize(
        ("there", "told"),
        [
            ("coalesce(${word}, 'x')", "iif({word} notempty, {word}, 'x')"),
            ("${word}!=''", "{word} notempty"),
            ("not(${n} > 1)", "!({n} > 1)"),
            ("-5 < ${n}", "-5 < {n}"),
            ("number(${n}) >= 3", "{n} >= 3"),
            ("concat(${word}, ' ', ${n})", "{word} + ' ' + {n}"),
            ("if(selected(${many}, 'a'), today(), now())", "iif({many} contains 'a', today(), currentDate())"),
        ],
    )
    def test_what_others_write_is_read(self, there: str, told: str) -> None:
        assert printed(read_xpath(there, resolve)) == told

    @pytest.mark.parametrize(
        "there", ["", "${a", "a + b", "pulldata('x')", "${a} ${b}", "(${a}", "1 +", "'a", "${a} = 1)", "position(..)"]
    )
    def test_what_cannot_be_said_is_refused(self, there: str) -> None:
        with pytest.raises(Untranslatable):
            read_xpath(there, resolve)

    @pytest.mark.parametrize(
        "told", ["{many} = ['a']", "age({word}) > 3", "{word} = 'a\"\\'b'", "{nowhere} = 1", "{p[0].inner} = 1"]
    )
    def test_what_has_no_counterpart_is_refused(self, told: str) -> None:
        with pytest.raises(Untranslatable):
            xpath(parse(told), PLACE)

    @pytest.mark.parametrize(
        "hostile", ["(" * 9_000, "-" * 9_000 + "1", "not(" * 3_000, "1" + "+1" * 4_000, "1" * 9_000, "x" * 20_000]
    )
    def test_hostile_ones_are_refused_in_time(self, hostile: str) -> None:
        started = time.perf_counter()
        with pytest.raises(Untranslatable):
            read_xpath(hostile, resolve)
        assert time.perf_counter() - started < 2

    @given(st.text("${}ab()'\"<>=!+-* .,0123456789", max_size=30))
    def test_any_text_is_read_or_refused(self, there: str) -> None:
        try:
            node = read_xpath(there, resolve)
        except (Untranslatable, ExpressionError):
            return
        assert isinstance(node, Node)


class TestSurveyJS:
    @given(clean())
    def test_what_goes_out_comes_in_as_it_was(self, data: dict[str, Any]) -> None:
        out = to_surveyjs(data)
        again = from_surveyjs(out.result)
        assert (out.losses, again.losses) == ((), ())
        assert canonical(again.result) == canonical(data)

    @given(clean())
    def test_our_semantics_may_stand_apart(self, data: dict[str, Any]) -> None:
        out = to_surveyjs(data, apart=True)
        assert "x-luotsi" not in values.dumps(out.result)
        assert canonical(from_surveyjs(out.result, out.side_car).result) == canonical(data)

    def test_the_ministrys_form_comes_back_whole(self) -> None:
        data = packaged("strategy-form")
        out = to_surveyjs(data, apart=True)
        assert len(out.side_car) == 60
        assert canonical(from_surveyjs(out.result, out.side_car).result) == canonical(data)

    def test_keys_stand_in_one_order(self) -> None:
        out = to_surveyjs(
            {"pages": [{"elements": [{"maxLength": 5, "name": "a", "type": "text"}], "name": "p"}], "title": "t"}
        )
        assert list(out.result) == ["title", "pages"]
        assert list(out.result["pages"][0]["elements"][0]) == ["type", "name", "maxLength"]

    def test_what_is_refused_is_left_out_and_told(self) -> None:
        data = pages(
            {"type": "text", "name": "a", "setValueIf": "{b} = 1"},
            {"type": "signaturepad", "name": "s"},
            {"type": "text", "name": "a"},
            {"type": "text", "name": "b", "visibleIf": "{a} >", "hasComment": True},
            triggers=[{"type": "complete", "expression": "{a} = 1"}],
        )
        made = from_surveyjs(data)
        assert read(made.result).ok
        assert [question.name for question in definition(made.result).questions] == ["a", "b"]
        assert {(loss.at, loss.what, loss.detail) for loss in made.losses} == {
            ("/pages/0/elements/0/setValueIf", "key", "setValueIf"),
            ("/pages/0/elements/1", "element", "signaturepad"),
            ("/pages/0/elements/2", "element", "a"),
            ("/pages/0/elements/3/visibleIf", "expression", "visibleIf"),
            ("/triggers", "key", "triggers"),
        }
        assert made.result["pages"][0]["elements"][1]["showCommentArea"] is True


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
        outcome = evaluate(made, {"goals": ["g1"], "acts": [{"cost": 5}, {"cost": 7}]}, today=read_day())
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


def read_day() -> Any:
    """Return a day to evaluate on."""
    import datetime

    return datetime.date(2026, 1, 1)


class TestJsonSchema:
    @given(clean())
    def test_it_is_a_schema_by_its_own_rules(self, data: dict[str, Any]) -> None:
        schema, _losses = to_json_schema(definition(data))
        Draft202012Validator.check_schema(plain(schema))

    @pytest.mark.parametrize(
        ("question", "good", "bad"),
        [
            ({"maxLength": 3}, "abc", "abcd"),
            ({"inputType": "number", "min": 1, "max": 5}, 5, 6),
            ({"type": "radiogroup", "choices": ["a", 2]}, 2, "b"),
            ({"type": "checkbox", "choices": ["a", "b"], "maxSelectedChoices": 1}, ["a"], ["a", "b"]),
            ({"type": "boolean"}, True, "true"),
            ({"type": "rating", "rateMax": 3}, 3, 4),
            ({"type": "matrix", "columns": ["a"], "rows": ["r"]}, {"r": "a"}, {"s": "a"}),
            (
                {"type": "matrixdynamic", "columns": [{"name": "c", "cellType": "text"}], "maxRowCount": 1},
                [{"c": "x"}],
                [{}, {}],
            ),
            (
                {"type": "paneldynamic", "templateElements": [{"type": "text", "name": "z"}]},
                [{"z": "x"}],
                [{"y": "x"}],
            ),
            ({"validators": [{"type": "regex", "regex": "^a"}]}, "ab", "b"),
        ],
    )
    def test_it_takes_what_fits_and_nothing_else(self, question: dict[str, Any], good: Any, bad: Any) -> None:
        schema, losses = to_json_schema(one(**question))
        validator = Draft202012Validator(plain(schema))
        assert losses == ()
        assert validator.is_valid({"asked": good})
        assert not validator.is_valid({"asked": bad})
        assert not validator.is_valid({"unknown": 1})

    def test_what_may_be_hidden_is_not_required_and_the_condition_is_told(self) -> None:
        schema, losses = to_json_schema(one(isRequired=True, visibleIf="{n} > 1"))
        assert "required" not in schema
        assert [(loss.what, loss.name, loss.detail) for loss in losses] == [("condition", "asked", "visibleIf")]
        assert to_json_schema(one(isRequired=True))[0]["required"] == ["asked"]

    def test_what_the_evaluator_hands_in_fits(self) -> None:
        made = definition(packaged("strategy-form"))
        answers = {
            "provider": "Esimerkkilän koulutuskuntayhtymä",
            "contact_name": "Etunimi Sukunimi",
            "contact_job_title": "Suunnittelija",
            "contact_phone": "-",
            "contact_email": "nobody@example.invalid",
            "areas": ["quality"],
            "quality_costs": {"staff": {"amount": 10}},
        }
        handed_in = evaluate(made, answers, today=read_day()).submission
        Draft202012Validator(plain(to_json_schema(made)[0])).validate(handed_in)


def plain(schema: Any) -> Any:
    """Return a schema with floats where the product has exact numbers."""
    if isinstance(schema, dict):
        return {key: plain(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [plain(value) for value in schema]
    return float(schema) if isinstance(schema, Decimal) else schema
