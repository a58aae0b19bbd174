"""The linter of definitions: silent on what is clean, and every kind of defect is found where it was planted."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.lint import Defect, Severity, defects
from luotsi.questionnaires.tests.making import CHOICES, MANY, changed, clean, codes, found, line

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "a", "{a} = 1", "{b}", "{panel.x}", "total"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "name", "elements", "pages", "title", "visibleIf", "choices", "columns", "rows", "x-luotsi"]
            ),
            inner | st.sampled_from(["panel", "text", "comment", "matrixdynamic", "paneldynamic", "checkbox"]),
            max_size=6,
        )
    ),
    max_leaves=40,
)


class TestAnyDefinition:
    @given(anything)
    def test_whatever_it_is_nothing_is_raised(self, data: Any) -> None:
        assert all(isinstance(defect, Defect) for defect in defects(read(data)))

    @given(clean())
    def test_a_clean_one_has_no_defects(self, data: dict[str, Any]) -> None:
        assert defects(read(data)) == ()

    def test_errors_come_first(self) -> None:
        severities = [
            d.severity for d in found(line(), line(), line("mail", inputType="email", visibleIf="{gone} = 1"))
        ]
        assert severities == sorted(severities, key=list(Severity).index)
        assert severities[0] is Severity.ERROR


class TestReferences:
    @given(clean(), st.data())
    def test_a_planted_one_that_names_nothing_is_found(self, data: dict[str, Any], draw: st.DataObject) -> None:
        page = draw.draw(st.sampled_from(range(len(data["pages"]))))
        at = f"/pages/{page}/elements/0"
        spoilt = changed(data, f"{at}/visibleIf", "{nobody} notempty")
        (defect,) = [defect for defect in defects(read(spoilt)) if defect.code == "reference.unknown"]
        assert (defect.at, defect.params["name"]) == (f"{at}/visibleIf", "nobody")

    @pytest.mark.parametrize(
        "expression",
        [
            "{asked} = 'a'",
            "{ASKED} = 'a'",
            "{asked-Comment} notempty",
            "{table[0].sum} > 1",
            "{table-total.sum} > 1",
            "sumInArray({table}, 'sum') > 1",
            "sumInArray({table}, 'sum', {sum} > 2) > 1",
            "{fixed.row1.cell} > 1",
            "{many[0].inner} = 'a'",
            "{grid.one} = 'a'",
            "{worked} > 1",
            "{areas[0]} = 'a'",
            "displayValue('asked') = 'a'",
        ],
    )
    def test_what_names_something_is_none(self, expression: str) -> None:
        assert "reference.unknown" not in codes(*self.form(), line(visibleIf=expression), **self.more())

    @pytest.mark.parametrize(
        "expression",
        [
            "{table[0].none} > 1",
            "{table-total.none} > 1",
            "sumInArray({table}, 'none') > 1",
            "sumInArray({table}, 'sum', {nowhere} > 2) > 1",
            "{fixed.row9.cell} > 1",
            "{fixed.row1.none} > 1",
            "{many[0].none} = 'a'",
            "{grid.none} = 'a'",
            "{row.sum} = 1",
            "{panel.inner} = 1",
            "displayValue('nowhere') = 'a'",
        ],
    )
    def test_columns_rows_and_panels_are_looked_at(self, expression: str) -> None:
        assert "reference.unknown" in codes(*self.form(), line(visibleIf=expression), **self.more())

    def test_rows_and_panels_know_themselves(self) -> None:
        columns = [{"name": "a", "cellType": "text"}, {"name": "b", "cellType": "text", "visibleIf": "{row.a} = 1"}]
        template = [line("c"), line("d", visibleIf="{panel.c} = 1")]
        table = {"type": "matrixdynamic", "name": "t", "columns": columns}
        assert codes(table, {"type": "paneldynamic", "name": "p", "templateElements": template}) == []
        columns[1]["visibleIf"] = "{row.z} = 1"
        assert codes(table) == ["reference.unknown"]

    def test_names_that_differ_in_case_alone_are_told(self) -> None:
        assert codes(line("one"), line("One")) == ["name.case"]

    def test_a_name_given_twice_is_told(self) -> None:
        assert codes(line("one"), line("one")) == ["reading.name.twice"]

    def form(self) -> list[dict[str, Any]]:
        """Return questions of several kinds to name."""
        numbers = {"cellType": "text", "inputType": "number"}
        return [
            CHOICES,
            MANY,
            {"type": "matrixdynamic", "name": "table", "columns": [{"name": "sum", "totalType": "sum", **numbers}]},
            {"type": "matrixdropdown", "name": "fixed", "columns": [{"name": "cell", **numbers}], "rows": ["row1"]},
            {"type": "paneldynamic", "name": "many", "templateElements": [line("inner")]},
            {"type": "matrix", "name": "grid", "columns": ["a", "b"], "rows": ["one"]},
        ]

    def more(self) -> dict[str, Any]:
        """Return the named value of the form."""
        return {"calculatedValues": [{"name": "worked", "expression": "1 + 1"}]}


class TestCircles:
    def test_conditions_that_ask_each_other(self) -> None:
        (defect,) = found(line("a", visibleIf="{b} = 1"), line("b", visibleIf="{a} = 1"))
        assert (defect.code, defect.names, defect.severity) == ("reference.circular", ("a", "b"), Severity.ERROR)

    def test_a_question_that_asks_itself(self) -> None:
        assert codes(line("a", visibleIf="{a} notempty")) == ["reference.circular"]

    def test_a_section_that_asks_what_is_in_it(self) -> None:
        panel = {"type": "panel", "name": "p", "visibleIf": "{inside} = 1", "elements": [line("inside")]}
        assert codes(panel) == ["reference.circular"]

    def test_values_worked_out_of_each_other(self) -> None:
        values = [{"name": "x", "expression": "{y} + 1"}, {"name": "y", "expression": "{z} + 1"}]
        shown = {"type": "expression", "name": "z", "expression": "{x} + 1"}
        (defect,) = found(shown, calculatedValues=values)
        assert set(defect.names) == {"x", "y", "z"}

    def test_duties_may_hang_on_each_other(self) -> None:
        assert codes(line("a", requiredIf="{b} empty"), line("b", requiredIf="{a} empty")) == []

    def test_a_column_may_use_its_neighbours_and_the_sum_of_another(self) -> None:
        columns = [
            {"name": "n", "cellType": "text", "inputType": "number"},
            {"name": "share", "cellType": "expression", "expression": "{row.n} / sumInArray({t}, 'n')"},
        ]
        assert codes({"type": "matrixdynamic", "name": "t", "columns": columns}) == []

    def test_a_long_chain_takes_no_recursion(self) -> None:
        chain = [{"name": f"v{n}", "expression": f"{{v{n + 1}}} + 1"} for n in range(480)]
        assert "reference.circular" in codes(
            line("start"), calculatedValues=[*chain, {"name": "v480", "expression": "{v0}"}]
        )


class TestReach:
    @pytest.mark.parametrize(
        "condition",
        [
            "1 = 2",
            "false",
            "{asked} = 'a' and {asked} = 'b'",
            "{areas} empty and {areas} contains 'a'",
            "{scale} > 5",
            "{number} > 10",
            "11 < {number}",
            "{free} = 'x' and 1 > 2",
        ],
    )
    def test_a_condition_that_can_never_hold(self, condition: str) -> None:
        assert codes(*self.form(), line(visibleIf=condition)) == ["condition.never"]

    @pytest.mark.parametrize(
        "condition",
        [
            "true",
            "{asked} = 'a' or {asked} = 'b'",
            "{areas} contains 'a' and {areas} contains 'b'",
            "{areas} anyof ['a', 'b']",
            "{scale} >= 5",
            "{number} >= 10",
            "{free} = 'x' and {free} = 'y'",
            "today() > '2030-01-01'",
            "!({asked} = 'a')",
        ],
    )
    def test_a_condition_that_may_hold_is_left_alone(self, condition: str) -> None:
        assert codes(*self.form(), line(visibleIf=condition)) == []

    def test_the_conditions_around_it_count(self) -> None:
        inside = line("inside", visibleIf="{asked} = 'b'")
        panel = {"type": "panel", "name": "p", "visibleIf": "{asked} = 'a'", "elements": [inside]}
        (defect,) = found(*self.form(), panel)
        assert (defect.code, defect.names) == ("condition.never", ("inside",))

    def test_what_stands_in_the_unreachable_is_told_once(self) -> None:
        inside = line("inside", visibleIf="{asked} = 'b'")
        assert codes(*self.form(), {"type": "panel", "name": "p", "visibleIf": "1 = 2", "elements": [inside]}) == [
            "condition.never"
        ]

    def test_a_value_that_nobody_can_choose(self) -> None:
        defect, unreachable = found(*self.form(), line(visibleIf="{asked} = 'z'"))
        assert (defect.code, defect.params["value"], unreachable.code) == ("value.unknown", "z", "condition.never")
        assert codes(*self.form(), line(enableIf="{areas} notcontains 'z'")) == ["value.unknown"]

    def test_a_part_of_a_text_may_be_asked_for(self) -> None:
        words = {"type": "dropdown", "name": "words", "choices": ["abc", "def"]}
        assert codes(words, line(visibleIf="{words} contains 'bc'")) == []

    def test_many_choices_end_in_time(self) -> None:
        wide = [{"type": "checkbox", "name": f"w{n}", "choices": list("abcdefghij")} for n in range(20)]
        condition = " and ".join(f"{{w{n}}} contains 'a'" for n in range(20))
        started = time.perf_counter()
        assert codes(*wide, *(line(f"l{n}", title="x", visibleIf=condition) for n in range(50))) == []
        assert time.perf_counter() - started < 5

    def form(self) -> list[dict[str, Any]]:
        """Return questions to ask for."""
        return [
            CHOICES,
            MANY,
            {"type": "rating", "name": "scale"},
            line("number", inputType="number", min=0, max=10),
            line("free"),
        ]


class TestHostileDefinitions:
    @pytest.mark.parametrize(
        "data",
        [
            {"pages": [{"name": "p", "elements": [{"type": "text", "name": "n", "title": "1" * 1_000_000}]}]},
            {"pages": [{"name": "p", "elements": [line("n", visibleIf="(" * 9_000)]}]},
            {"pages": [{"name": "p", "elements": [line("n", visibleIf="!" * 5_000 + "true")]}]},
            {"pages": [{"name": "p", "elements": [line(f"n{n}") for n in range(3_000)]}]},
            {"pages": [{"name": f"p{n}", "elements": [line(f"a{n}")]} for n in range(3_000)]},
            {"calculatedValues": [{"name": f"v{n}", "expression": "{v1}" + "+{v2}" * 40} for n in range(600)]},
            {"pages": [{"name": "p", "elements": [line("n", title="a " * 9_000 + "1")]}]},
            {
                "pages": [
                    {"name": "p", "elements": [{"type": "matrixdropdown", "name": "m", "rows": ["_" * 190] * 2_000}]}
                ]
            },
            {
                "pages": [
                    {
                        "name": f"p{n}",
                        "elements": [line(f"{r}{n}", **{"x-luotsi": {"role": f"{r}{n}"}}) for r in "abc"],
                    }
                    for n in range(490)
                ]
            },
        ],
        ids=["title", "brackets", "negations", "elements", "pages", "values", "spaces", "rows", "sections"],
    )
    def test_it_ends_in_time(self, data: dict[str, Any]) -> None:
        started = time.perf_counter()
        assert isinstance(defects(read(data)), tuple)
        assert time.perf_counter() - started < 10

    def test_a_hundred_megabytes_are_refused_before_they_are_looked_at(self) -> None:
        started = time.perf_counter()
        (defect,) = defects(read({"pages": [{"name": "p", "elements": [line("n", title="a" * 100_000_000)]}]}))
        assert defect.code == "reading.limit.text"
        assert time.perf_counter() - started < 5

    def test_deep_nesting_is_refused(self) -> None:
        data: Any = {"type": "text", "name": "n"}
        for depth in range(2_000):
            data = {"type": "panel", "name": f"p{depth}", "elements": [data]}
        assert {defect.code for defect in defects(read({"elements": [data]}))} == {"reading.not_json"}
