"""A plan as a workbook: nothing is lost on the way there and back, and what is wrong is told with its cell."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest

from luotsi.programme.queries.plan_columns import sheets
from luotsi.programme.queries.plan_files import packaged_keys, read_file
from luotsi.programme.queries.plan_workbook import read_workbook, workbook_of
from luotsi.programme.rules.checks import faults
from luotsi.programme.tests.sound import SOUND, plan_of


def workbook(changes: dict[tuple[str, int, str], str | None]) -> bytes:
    """Return the workbook of the sound plan with cells changed: (sheet, row from 1 below the headings, column)."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    given = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(plan_of(SOUND))))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name in given.sheet_names:
            grid: list[list[Any]] = given.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for (sheet, row, column), value in changes.items():
                if sheet == name:
                    grid[row][grid[0].index(column)] = value
            page = book.add_worksheet(name)
            for number, row_values in enumerate(grid):
                for place, value in enumerate(row_values):
                    if value:
                        page.write_string(number, place, str(value))
    return buffer.getvalue()


class TestTheWayThereAndBack:
    @pytest.mark.parametrize("key", packaged_keys())
    def test_it_keeps_every_value_of_the_packaged_plans(self, key: str) -> None:
        plan = read_file(key).plan
        assert plan
        file, _places = read_workbook(workbook_of(plan))
        assert file.problems == ()
        assert file.plan == plan

    def test_it_has_a_sheet_for_each_list_of_items(self) -> None:
        assert next(iter(sheets())) == "plan"
        assert {"sections", "measures", "milestones", "indicators", "targets", "budget"} <= set(sheets())


class TestWhatIsWrong:
    def test_a_value_that_cannot_be_read_is_told_with_its_cell(self) -> None:
        file, places = read_workbook(workbook({("milestones", 1, "period"): "viime vuonna"}))
        assert file.plan is None
        problem = file.problems[0]
        assert places[problem.line].startswith("milestones!")
        assert places[problem.line].endswith("2")

    def test_a_row_of_an_item_that_is_not_there_is_told(self) -> None:
        file, _places = read_workbook(workbook({("milestones", 1, "in"): "M99"}))
        assert "M99" in file.problems[0].message

    def test_an_unknown_column_is_told(self) -> None:
        file, places = read_workbook(workbook({("measures", 0, "code"): "koodi"}))
        assert "koodi" in file.problems[0].message
        assert places[file.problems[0].line].startswith("measures!")

    def test_everything_that_is_wrong_is_told_at_once_each_with_its_cell(self) -> None:
        changes: dict[tuple[str, int, str], str | None] = {
            ("budget", 1, "amount"): "tuhat euroa",
            ("findings", 1, "due"): "31.12.2025",
            ("observations", 1, "value"): "1 234,5",
            ("milestones", 1, "in"): "M99",
            ("measures", 0, "note.en"): "huomio",
        }
        file, places = read_workbook(workbook(changes))
        told = {places[problem.line].partition("!")[0] for problem in file.problems}
        assert told == {"budget", "findings", "observations", "milestones", "measures"}
        assert all(problem.message and places[problem.line] for problem in file.problems)

    def test_a_code_that_is_given_twice_is_found_with_its_cell(self) -> None:
        file, places = read_workbook(workbook({("observations", 3, "code"): "F2"}))
        assert file.plan
        [fault] = [fault for fault in faults(file.plan) if fault.code == "code.duplicate"]
        assert places[fault.place.line].startswith("observations!")


class TestHabitsOfSpreadsheets:
    def test_a_title_above_numbers_days_formulas_and_merged_cells_are_understood(self) -> None:
        file, _places = read_workbook(as_people_fill_it_in())
        assert file.plan, file.problems
        measure = file.plan.sections[0].measures[0]
        assert [item.due for item in measure.milestones] == [date(2025, 5, 31), None]
        assert [item.number for item in measure.milestones] == [10, None]
        assert file.plan.budget[0].amount == 1000
        assert [item.code for item in file.plan.sections[0].measures] == ["M1"]


def as_people_fill_it_in() -> bytes:
    """Return the sound plan as somebody keeps it in Excel: real numbers and days, a title, a formula, merged cells."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    given = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(plan_of(SOUND))))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "d.m.yyyy"})
        for name in given.sheet_names:
            grid: list[list[Any]] = given.get_sheet_by_name(name).to_python(skip_empty_area=False)
            page = book.add_worksheet(name)
            page.merge_range(0, 0, 0, 3, f"Suunnitelma: {name}")
            headers = grid[0]
            for number, row in enumerate(grid, start=2):
                for place, value in enumerate(row):
                    key = headers[place]
                    if number > 2 and value and name != "decisions" and key in {"number", "baseline", "value"}:
                        page.write_number(number, place, float(value))
                    elif number > 2 and value and key == "amount":
                        page.write_formula(number, place, f"={value}*1", None, float(value))
                    elif number > 2 and value and key in {"due", "day"}:
                        page.write_datetime(number, place, datetime.fromisoformat(value), day)
                    elif value and not (name == "milestones" and key == "in" and number > 2):
                        page.write_string(number, place, str(value))
            if name == "milestones":
                page.merge_range(3, headers.index("in"), 4, headers.index("in"), "M1")
    return buffer.getvalue()


class TestFilesOfOtherKinds:
    def test_a_file_that_is_no_workbook_is_refused_in_words(self) -> None:
        file, _places = read_workbook(b"PK\x03\x04 nothing")
        assert file.plan is None
        assert file.problems[0].message
