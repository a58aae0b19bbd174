"""The linter on what a definition asks for: parity, numbers, totals, limits, languages, headings, rows, persons."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.lint import defects
from luotsi.questionnaires.tests.making import MANY, changed, codes, found, line, packaged, pages, text


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
