"""The linter of definitions: silent on what is clean, and every kind of defect is found where it was planted."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.lint import Defect, Severity, defects
from luotsi.questionnaires.tests.making import LETTERS, changed, clean, packaged, pages, reading, text

CHOICES = {"type": "radiogroup", "name": "asked", "choices": list(LETTERS)}
MANY = {"type": "checkbox", "name": "areas", "choices": list(LETTERS)}


def found(*elements: dict[str, Any], **more: Any) -> list[Defect]:
    """Return what is wrong with a page of these elements."""
    return list(defects(reading(*elements, **more)))


def codes(*elements: dict[str, Any], **more: Any) -> list[str]:
    """Return the codes of what is wrong."""
    return [defect.code for defect in found(*elements, **more)]


def line(name: str = "line", **more: Any) -> dict[str, Any]:
    """Return a line of text."""
    return {"type": "text", "name": name, **more}


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


class TestSiblings:
    @given(st.integers(1, 5), st.integers(0, 7))
    def test_what_one_section_of_a_sound_form_lacks_is_found(self, page: int, place: int) -> None:
        spoilt = changed(packaged("strategy-form-mended"), f"/pages/{page}/elements/{place}", None)
        lacking = [defect for defect in defects(read(spoilt)) if defect.code == "section.lacks"]
        assert [defect.at for defect in lacking] == [f"/pages/{page}"]

    def test_sections_without_roles_are_compared_by_kind_where_one_question_opens_them(self) -> None:
        def panel(name: str, *kinds: str) -> dict[str, Any]:
            held = [{"type": "text", "inputType": kind, "name": f"{name}_{kind}"} for kind in kinds]
            return {"type": "panel", "name": name, "visibleIf": f"{{areas}} contains '{name}'", "elements": held}

        whole = [panel("a", "number", "date", "text"), panel("b", "number", "date", "text")]
        assert codes(MANY, *whole, panel("c", "number", "date", "text")) == []
        (defect,) = found(MANY, *whole, panel("c", "number", "text", "color"))
        assert (defect.code, defect.names[0], defect.params["lacking"]) == ("section.lacks", "c", "date")

    def test_pages_that_happen_to_be_alike_are_left_alone(self) -> None:
        one = {"name": "one", "elements": [line("a"), line("b"), line("c")]}
        other = {"name": "other", "elements": [line("d"), line("e"), {"type": "boolean", "name": "f"}]}
        assert defects(read({"pages": [one, other]})) == ()


class TestNumbers:
    def test_a_gap_a_double_and_a_step_back(self) -> None:
        def numbered(*numbers: str) -> list[str]:
            return codes(*(line(f"n{place}x", **{"x-luotsi": {"number": told}}) for place, told in enumerate(numbers)))

        assert numbered("1", "2", "3") == []
        assert numbered("1", "2a", "2b", "3") == []
        assert numbered("1", "3") == ["number.gap"]
        assert numbered("1", "2", "2") == ["number.twice"]
        assert numbered("1", "2", "4", "3") == ["number.gap", "number.order"]

    def test_a_section_that_may_stay_closed_explains_a_gap(self) -> None:
        panel = {
            "type": "panel",
            "name": "closed",
            "visibleIf": "{areas} contains 'a'",
            "elements": [line("held")],
            "x-luotsi": {"numbers": "2-4"},
        }
        first, last = ({"x-luotsi": {"number": number}} for number in ("1", "5"))
        assert codes(MANY, line("one", **first), panel, line("five", **last)) == []
        assert codes(MANY, line("one", **first), panel | {"visibleIf": ""}, line("five", **last)) == ["number.gap"]

    def test_numbers_before_titles_count_where_nothing_else_tells_them(self) -> None:
        titles = ["1. Yksi", "2. Kaksi", "4. Neljä"]
        (defect,) = found(*(line(f"t{place}x", title=title) for place, title in enumerate(titles)))
        assert (defect.code, defect.params["numbers"]) == ("number.gap", "3")


class TestTotals:
    TABLE = {
        "type": "matrixdropdown",
        "name": "money",
        "columns": [{"name": "sum", "cellType": "text", "inputType": "number"}],
        "rows": ["a", "b"],
    }

    @pytest.mark.parametrize("title", ["Rahoitus yhteensä", "Finansiering totalt", "Funding in total"])
    def test_a_title_that_promises_one(self, title: str) -> None:
        assert codes(self.TABLE | {"title": title}) == ["total.missing"]

    def test_a_total_of_a_column_or_an_expression_keeps_the_promise(self) -> None:
        columns = [{**self.TABLE["columns"][0], "totalType": "sum"}]  # type: ignore[dict-item]
        assert codes(self.TABLE | {"title": "Yhteensä", "columns": columns}) == []
        worked = {"type": "expression", "name": "all", "expression": "{money.a.sum} + {money.b.sum}"}
        assert codes(self.TABLE | {"title": "Yhteensä"}, worked) == []

    def test_other_words_promise_nothing(self) -> None:
        assert codes(self.TABLE | {"title": "Totally other"}) == []


class TestLimits:
    def comment(self, name: str = "long", **more: Any) -> dict[str, Any]:
        return {"type": "comment", "name": name, **more}

    @pytest.mark.parametrize(
        "words",
        ["Enintään 2 500 merkkiä.", "Högst 2\u00a0500 tecken.", "At most 2,500 characters", "(max 2500 merkkiä)"],
    )
    def test_a_limit_in_the_text_alone(self, words: str) -> None:
        (defect,) = found(self.comment(description=words))
        assert (defect.code, defect.params["told"]) == ("limit.not_kept", 2500)
        assert codes(self.comment(description=words, maxLength=2500)) == []
        assert codes(self.comment(description=words, validators=[{"type": "text", "maxLength": 2500}])) == []

    def test_another_limit_than_is_told(self) -> None:
        assert codes(self.comment(description="Enintään 250 merkkiä", maxLength=2500)) == ["limit.differs"]

    def test_languages_that_tell_different_limits(self) -> None:
        told = {"fi": "Enintään 250 merkkiä", "sv": "Högst 200 tecken"}
        assert "limit.contradicts" in codes(self.comment(description=told, maxLength=250))

    def test_a_least_length_is_no_limit(self) -> None:
        assert codes(self.comment(description="Kirjoita vähintään 100 merkkiä.")) == []

    def test_a_limit_missing_beside_others(self) -> None:
        one, other = self.comment("one", maxLength=100), self.comment("other", maxLength=100)
        assert codes(one, other, self.comment("free")) == ["limit.missing"]
        assert codes(self.comment("one"), self.comment("other")) == []


class TestTranslations:
    def test_a_text_that_is_missing_in_a_language_the_form_has(self) -> None:
        (defect,) = found(line(title={"fi": "Nimi", "sv": "Namn"}), line("b", title={"fi": "Toinen"}))
        assert (defect.code, defect.at) == ("translation.sv", "/pages/0/elements/1/title")

    def test_the_form_may_claim_languages_it_has_no_text_in(self) -> None:
        claims = {"x-luotsi": {"languages": ["fi", "en"]}}
        assert codes(line(title={"fi": "Kysymys"}), **claims) == ["translation.en"]

    def test_figures_need_none(self) -> None:
        choices = [{"value": 1, "text": {"fi": "2021–2022"}}]
        assert codes({"type": "radiogroup", "name": "c", "title": text("a"), "choices": choices}) == []


class TestHeadings:
    def test_words_that_stay_when_all_else_is_hidden(self) -> None:
        words = {"type": "html", "name": "words", "html": "Osa"}
        inside = line("inside", visibleIf="{areas} contains 'a'")
        panel = {"type": "panel", "name": "p", "title": "Osa", "elements": [words, inside]}
        (defect,) = found(MANY, panel)
        assert (defect.code, defect.names) == ("heading.of_hidden", ("p", "inside"))
        assert codes(MANY, panel | {"elements": [words, line("always")]}) == []
        assert codes(MANY, panel | {"elements": [inside]}) == []

    def test_a_page_without_anything(self) -> None:
        data = pages(line())
        assert [d.code for d in defects(read(data | {"pages": [*data["pages"], {"name": "empty"}]}))] == ["page.empty"]


class TestFixedRows:
    @pytest.mark.parametrize("stem", ["Kumppani {}", "Partner {}", "{}", "{}."])
    def test_rows_that_are_only_counted(self, stem: str) -> None:
        rows = [{"value": f"r{n}", "text": stem.format(n)} for n in range(1, 6)]
        table = {"type": "matrixdropdown", "name": "t", "columns": [{"name": "c", "cellType": "text"}], "rows": rows}
        (defect,) = found(table)
        assert (defect.code, defect.params["count"]) == ("rows.fixed", 5)

    def test_rows_that_mean_something_are_left_alone(self) -> None:
        for rows in (["2021", "2022", "2023"], ["Henkilöstö", "Toimitilat", "Muut"], ["1", "2"]):
            table = {
                "type": "matrixdropdown",
                "name": "t",
                "columns": [{"name": "c", "cellType": "text"}],
                "rows": rows,
            }
            assert codes(table) == []

    def test_added_rows_that_cannot_be_added(self) -> None:
        table = {"type": "matrixdynamic", "name": "t", "columns": [{"name": "c", "cellType": "text"}]}
        assert codes(table | {"minRowCount": 5, "maxRowCount": 5}) == ["rows.fixed"]
        assert codes(table | {"minRowCount": 1, "maxRowCount": 5}) == []

    def test_questions_that_are_only_counted(self) -> None:
        (defect,) = found(*(line(f"partner{n}", title=f"Kumppani {n}") for n in (1, 2, 3)))
        assert defect.names == ("partner1", "partner2", "partner3")


class TestPersonalData:
    MARK: dict[str, Any] = {"x-luotsi": {"personal_data": {"purpose": "yhteys", "retention": "1 v"}}}

    @pytest.mark.parametrize(
        "field",
        [
            line(inputType="email"),
            line(inputType="tel"),
            line("given_name"),
            line(title="Sähköposti"),
            line(title="Personbeteckning"),
            line(title="Date of birth"),
            line(autocomplete="family-name"),
        ],
    )
    def test_what_asks_for_a_person_wants_a_mark(self, field: dict[str, Any]) -> None:
        assert codes(field) == ["personal.unmarked"]
        assert codes(field | self.MARK) == []
        assert codes({"type": "panel", "name": "p", "elements": [field], **self.MARK}) == []
        assert codes(field | {"x-luotsi": {"personal_data": False}}) == []

    @pytest.mark.parametrize("key", ["purpose", "retention"])
    def test_a_mark_says_what_for_and_how_long(self, key: str) -> None:
        mark = {**self.MARK["x-luotsi"]["personal_data"], key: " "}
        assert codes(line() | {"x-luotsi": {"personal_data": mark}}) == [f"personal.without_{key}"]

    def test_names_of_things_are_no_persons(self) -> None:
        assert codes(line(title="Hankkeen nimi"), line("project_name")) == []


class TestTheMinistrysForm:
    def test_its_defects_are_found_by_rule(self) -> None:
        told = {(d.code, d.names[0]): d.params for d in defects(read(packaged("strategy-form")))}
        assert told.pop(("number.gap", "environments_results"))["numbers"] == "14"
        assert told.pop(("total.missing", "grant_summary"))["word"] == "yhteensä"
        assert told.pop(("limit.missing", "quality_cooperation"))["limits"] == "2000, 2500"
        assert {name for code, name in told if code == "rows.fixed"} == {"quality_partners", "data_partners"}
        assert {name for code, name in told if code == "heading.of_hidden"} == {"mergers", "competitions"}
        assert {code for code, _name in told} == {"rows.fixed", "heading.of_hidden", "section.lacks"}
        lacks = {
            (d.names[0], d.params["lacking"])
            for d in defects(read(packaged("strategy-form")))
            if d.code == "section.lacks"
        }
        assert lacks == {
            ("data", "period"),
            ("data", "earlier_funding"),
            ("environments", "cooperation"),
            ("environments", "partners"),
        }

    def test_the_mended_one_has_none(self) -> None:
        assert defects(read(packaged("strategy-form-mended"))) == ()

    def test_it_is_the_form_of_the_source(self) -> None:
        definition = read(packaged("strategy-form")).definition
        assert definition is not None
        numbers = [element["x-luotsi"]["number"] for element in _numbered(packaged("strategy-form"))]
        assert numbers == [*map(str, [*range(1, 14), *range(15, 25), 40])]
        assert len(numbers) == 24
        tables = [question for question in definition.questions if question.x.get("unit") == "EUR"]
        assert len(tables) == 7
        assert definition.languages == ("fi", "sv", "en")

    def test_linting_is_quick(self) -> None:
        data = read(packaged("strategy-form"))
        started = time.perf_counter()
        defects(data)
        assert time.perf_counter() - started < 0.5


def _numbered(value: Any) -> list[dict[str, Any]]:
    """Return the elements with a number, in order."""
    if isinstance(value, list):
        return [one for item in value for one in _numbered(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if "number" in value.get("x-luotsi", {}) else []
    return own + [one for item in value.values() for one in _numbered(item)]


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
