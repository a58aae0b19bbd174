"""Every figure of a report is made again from its inputs to the same value, and only to that."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luotsi.indicators.rules.values import Mark
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules import inputs
from luotsi.reports.rules.content import Figure
from luotsi.reports.rules.inputs import Inputs
from luotsi.reports.rules.recipes import FromCell, FromFigures, FromFormula, FromRows, FromTold, How
from luotsi.reports.rules.recompute import Kitchen, check, settled
from luotsi.reports.tests.written import evaluation_material, every

NUMBERS = st.decimals(min_value=0, max_value=1_000_000, places=2)
COUNTS = st.integers(min_value=1, max_value=100_000).map(Decimal)


def figure(key: str, recipe: object, **about: object) -> Figure:
    return Figure(key=key, label=every(key), recipe=recipe, **about)  # type: ignore[arg-type]


def cell(unit: str, top: Decimal, bottom: Decimal, **about: object) -> inputs.Cell:
    given_ = {"indicator": "i", "version": 1, "unit": unit, "period": "2025", "numerator": top, "denominator": bottom}
    return inputs.Cell(**{**given_, **about})  # type: ignore[arg-type]


def share(unit: str) -> FromCell:
    return FromCell(indicator="i", version=1, unit=unit, period="2025")


class TestTheWholeReport:
    def test_every_figure_of_the_evaluation_is_made_again_to_the_same_value(self) -> None:
        checks = check(compose(evaluation_material()))
        assert len(checks) > 60
        assert [one.key for one in checks if not one.is_equal] == []

    @given(st.data())
    def test_a_changed_value_of_any_figure_is_found(self, data: st.DataObject) -> None:
        content = CONTENT
        place = data.draw(st.sampled_from([n for n, one in enumerate(content.figures) if one.value is not None]))
        was = content.figures[place]
        assert was.value is not None
        changed = replace(
            was, value=was.value + data.draw(st.sampled_from([Decimal(1), Decimal(-1), Decimal("0.000001")]))
        )
        figures = (*content.figures[:place], changed, *content.figures[place + 1 :])
        wrong = [one.key for one in check(replace(content, figures=figures)) if not one.is_equal]
        assert was.key in wrong

    def test_a_changed_input_is_found_in_every_figure_that_is_made_of_it(self) -> None:
        told = tuple(replace(one, value=Decimal(385)) if one.code == "F034" else one for one in CONTENT.inputs.told)
        changed = replace(CONTENT, inputs=replace(CONTENT.inputs, told=told))
        wrong = {one.key for one in check(changed) if not one.is_equal}
        assert {"F034", "J6"} <= wrong
        assert "F035" not in wrong


CONTENT = compose(evaluation_material())


class TestShares:
    @given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=8))
    def test_together_they_are_numerators_by_denominators_and_lie_within_their_range(
        self, parts: list[tuple[Decimal, Decimal]]
    ) -> None:
        cells = tuple(cell(f"u{n}", top, bottom) for n, (top, bottom) in enumerate(parts))
        figures = {f"k{n}": figure(f"k{n}", share(f"u{n}")) for n in range(len(parts))}
        keys = tuple(figures)
        figures["all"] = figure("all", FromFigures(how=How.RATIO, keys=keys))
        kitchen = Kitchen(Inputs(cells=cells), figures)
        whole = kitchen.made("all")
        assert whole.numerator == sum(top for top, _bottom in parts)
        assert whole.denominator == sum(bottom for _top, bottom in parts)
        values = [kitchen.made(key).value for key in keys]
        low, high = min(v for v in values if v is not None), max(v for v in values if v is not None)
        assert whole.value is not None
        assert low - Decimal("0.000001") <= whole.value <= high + Decimal("0.000001")

    def test_they_are_no_mean_of_percentages(self) -> None:
        cells = (cell("small", Decimal(1), Decimal(1)), cell("large", Decimal(0), Decimal(99)))
        figures = {name: figure(name, share(name)) for name in ("small", "large")}
        figures["all"] = figure("all", FromFigures(how=How.RATIO, keys=("small", "large"), factor=100))
        assert Kitchen(Inputs(cells=cells), figures).made("all").value == 1

    def test_a_protected_cell_gives_no_number_at_all(self) -> None:
        hidden = cell("u", Decimal(3), Decimal(9), mark=Mark.PROTECTED)
        made = Kitchen(Inputs(cells=(hidden,)), {"k": figure("k", share("u"))}).made("k")
        assert (made.value, made.numerator, made.denominator) == (None, None, None)

    def test_zero_is_a_number(self) -> None:
        made = Kitchen(Inputs(cells=(cell("u", Decimal(0), Decimal(9)),)), {"k": figure("k", share("u"))}).made("k")
        assert made.value == 0


class TestFormulas:
    def test_they_name_told_numbers_and_figures(self) -> None:
        told = (inputs.Told(code="A", value=Decimal(6)), inputs.Told(code="B", value=Decimal(4)))
        figures = {
            "S": figure("S", FromFormula(formula="A + B")),
            "D": figure("D", FromFormula(formula="S / A * 100")),
        }
        assert Kitchen(Inputs(told=told), figures).made("D").value == Decimal("166.666667")

    def test_a_circle_gives_nothing(self) -> None:
        figures = {"X": figure("X", FromFormula(formula="Y + 1")), "Y": figure("Y", FromFormula(formula="X + 1"))}
        assert Kitchen(Inputs(), figures).made("X").value is None

    def test_what_is_missing_gives_nothing_and_not_zero(self) -> None:
        told = (inputs.Told(code="A", value=None),)
        figures = {"S": figure("S", FromFormula(formula="A + 1")), "T": figure("T", FromTold(code="A"))}
        kitchen = Kitchen(Inputs(told=told), figures)
        assert kitchen.made("S").value is None
        assert kitchen.made("T").value is None


class TestRows:
    def test_they_are_counted_by_every_condition(self) -> None:
        rows = tuple(inputs.Row(values={"state": state, "unit": unit}) for state in ("done", "late") for unit in "abc")
        sheet = inputs.Sheet(name="milestones", rows=rows)
        recipe = FromRows(sheet="milestones", where=(("state", ("done",)), ("unit", ("a", "b"))))
        assert Kitchen(Inputs(sheets=(sheet,)), {"n": figure("n", recipe)}).made("n").value == 2

    def test_a_sum_of_nothing_told_is_nothing(self) -> None:
        sheet = inputs.Sheet(name="money", rows=(inputs.Row(values={}, amount=None),))
        recipe = FromRows(sheet="money", sum=True)
        assert Kitchen(Inputs(sheets=(sheet,)), {"n": figure("n", recipe)}).made("n").value is None


class TestSettled:
    @given(NUMBERS)
    def test_it_changes_no_value_of_six_decimals(self, value: Decimal) -> None:
        assert settled(value) == value

    @given(st.decimals(min_value=-1000, max_value=1000, allow_nan=False, places=12))
    def test_it_is_settled_after_once(self, value: Decimal) -> None:
        once = settled(value)
        assert settled(once) == once
