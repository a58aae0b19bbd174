"""Answers by their roles: in which calendar year a sum falls, told by its row, its column or its table."""

from __future__ import annotations

from typing import Any

import pytest

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.checks.roles import given

NUMBER = {"cellType": "text", "inputType": "number"}


def years(table: dict[str, Any]) -> list[int | None]:
    """Return the years of the cells of a table with two rows and two columns."""
    columns = [{"name": "a", **NUMBER, "x-luotsi": table.pop("a", {})}, {"name": "b", **NUMBER}]
    rows = [{"value": "one", "x-luotsi": table.pop("one", {})}, {"value": "two"}]
    whole: dict[str, Any] = {"type": "matrixdropdown", "name": "t", "columns": columns, "rows": rows}
    whole["x-luotsi"] = {"role": "cost", **table}
    form = {"x-luotsi": {"name": "form", "version": "1.0.0"}, "pages": [{"name": "p", "elements": [whole]}]}
    found = d.read(form).definition
    assert found is not None
    return [one.year for one in given(found, {}, {})]


class TestYears:
    def test_that_of_a_row_goes_before_its_columns_and_that_before_the_tables(self) -> None:
        assert years({"year": 2026, "a": {"year": 2027}, "one": {"year": 2028}}) == [2028, 2028, 2027, 2026]

    def test_without_any_it_is_not_told(self) -> None:
        assert years({}) == [None] * 4

    @pytest.mark.parametrize("odd", ["2027", True, 27, 20_027, 2027.5, None, [2027]])
    def test_what_is_no_calendar_year_is_none(self, odd: object) -> None:
        assert years({"year": odd}) == [None] * 4
