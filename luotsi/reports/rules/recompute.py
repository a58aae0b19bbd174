"""Makes every figure of a report again from its inputs, by the same functions that made it first."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from statistics import median

from luotsi.indicators.rules import forecast as foresight
from luotsi.indicators.rules.targets.path import TargetPath
from luotsi.indicators.rules.values import Mark
from luotsi.programme.rules import formulas
from luotsi.reports.rules import inputs as given
from luotsi.reports.rules.content import Content, Figure
from luotsi.reports.rules.inputs import Inputs
from luotsi.reports.rules.recipes import (
    FromCell,
    FromFigures,
    FromForecast,
    FromFormula,
    FromRows,
    FromTarget,
    FromTold,
    How,
    Part,
)

DIGITS = 40
PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Made:
    """What a recipe gives: a value, and what a share is made of."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Check:
    """One figure of a report, as it stands there and as it is made again."""

    key: str
    number: int
    was: Decimal | None
    now: Decimal | None
    parts_differ: bool = False

    @property
    def is_equal(self) -> bool:
        """Whether value, numerator and denominator are the same; none is the same as none only."""
        return self.was == self.now and not self.parts_differ


def check(content: Content) -> list[Check]:
    """Return every figure of a report with what its recipe gives; a part of a share that differs counts as well."""
    kitchen = Kitchen(content.inputs, {figure.key: figure for figure in content.figures})
    return [_checked(kitchen, figure, number) for number, figure in enumerate(content.figures, start=1)]


def _checked(kitchen: Kitchen, figure: Figure, number: int) -> Check:
    made = kitchen.made(figure.key)
    differ = (made.numerator, made.denominator) != (figure.numerator, figure.denominator)
    return Check(key=figure.key, number=number, was=figure.value, now=made.value, parts_differ=differ)


def settled(value: Decimal | None) -> Decimal | None:
    """Return a value with six decimals at most, so that it is the same number on every machine."""
    if value is None:
        return None
    with localcontext(prec=DIGITS):
        return value.quantize(PLACES).normalize() + Decimal(0)


@dataclass
class Kitchen:
    """Makes figures by their keys, each once; a circle of recipes makes nothing."""

    inputs: Inputs
    figures: dict[str, Figure]
    ready: dict[str, Made] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

    def made(self, key: str) -> Made:
        """Return what the recipe of a figure gives."""
        if key not in self.ready:
            if key in self.busy or key not in self.figures:
                return Made(None)
            self.busy.add(key)
            self.ready[key] = self._make(self.figures[key])
            self.busy.discard(key)
        return self.ready[key]

    def _make(self, figure: Figure) -> Made:
        if figure.mark != Mark.FIGURE and not isinstance(figure.recipe, FromCell):
            return Made(None)
        match figure.recipe:
            case FromTold(code=code, numerator=numerator):
                return Made(settled(self._told(code)), self._told(numerator) if numerator else None)
            case FromFormula():
                return Made(self._formula(figure.recipe))
            case FromCell():
                return self._cell(figure.recipe)
            case FromRows():
                return Made(rows_of(self.inputs, figure.recipe))
            case FromFigures():
                return self._of_figures(figure.recipe)
            case FromTarget():
                return Made(settled(self._target(figure.recipe)))
            case FromForecast():
                return Made(settled(self._forecast(figure.recipe)))

    def _told(self, code: str) -> Decimal | None:
        return next((told.value for told in self.inputs.told if told.code == code), None)

    def _formula(self, recipe: FromFormula) -> Decimal | None:
        try:
            formula = formulas.parse(recipe.formula)
        except formulas.NotAFormula:
            return None
        values = {
            name: self.made(name).value if name in self.figures else self._told(name)
            for name in formulas.names_in(formula)
        }
        return settled(formulas.value_of(formula, values))

    def _cell(self, recipe: FromCell) -> Made:
        cell = next((cell for cell in self.inputs.cells if place_of(cell) == recipe), None)
        if cell is None or cell.mark != Mark.FIGURE:
            return Made(None)
        return Made(settled(value_of_cell(cell, self.inputs)), cell.numerator, cell.denominator)

    def _of_figures(self, recipe: FromFigures) -> Made:
        parts = [self.made(key) for key in recipe.keys]
        if recipe.how == How.RATIO:
            return ratio(parts, recipe.factor)
        values = [part.value for part in parts if part.value is not None]
        if not values:
            return Made(None)
        match recipe.how:
            case How.SUM:
                return Made(settled(sum(values, Decimal(0))))
            case How.MEDIAN:
                return Made(settled(Decimal(median(values))))
            case How.MIN:
                return Made(settled(min(values)))
        return Made(settled(max(values)))

    def _aim(self, code: str) -> given.Aim | None:
        return next((aim for aim in self.inputs.aims if aim.code == code), None)

    def _target(self, recipe: FromTarget) -> Decimal | None:
        aim = self._aim(recipe.aim)
        if aim is None:
            return None
        path, value = path_of(aim), self.made(recipe.figure).value if recipe.figure else None
        match recipe.part:
            case Part.VALUE:
                return aim.value
            case Part.PATH:
                return path.value_on(recipe.day) if recipe.day else None
            case Part.GAP:
                return path.gap(value)
            case Part.PACE:
                return path.needed_pace(value, recipe.day)

    def _forecast(self, recipe: FromForecast) -> Decimal | None:
        aim = self._aim(recipe.aim)
        if aim is None:
            return None
        found: Decimal | None = getattr(forecast_of(aim, self.inputs), str(recipe.part))
        return found


def place_of(cell: given.Cell) -> FromCell:
    """Return the recipe that names a cell."""
    return FromCell(
        indicator=cell.indicator, version=cell.version, unit=cell.unit, period=cell.period, split=cell.split
    )


def value_of_cell(cell: given.Cell, inputs: Inputs) -> Decimal | None:
    """Return numerator / denominator * factor where both are known, otherwise the value that was told."""
    if cell.numerator is None or not cell.denominator:
        return cell.value if cell.value is not None else cell.numerator
    factor = next(
        (
            definition.factor
            for definition in inputs.definitions
            if (definition.indicator, definition.version) == (cell.indicator, cell.version)
        ),
        Decimal(1),
    )
    with localcontext(prec=DIGITS):
        return cell.numerator / cell.denominator * factor


def rows_of(inputs: Inputs, recipe: FromRows) -> Decimal | None:
    """Return how many rows of a sheet meet the conditions, or the sum of their amounts; None without any amount."""
    sheet = next((sheet for sheet in inputs.sheets if sheet.name == recipe.sheet), None)
    rows = sheet.rows if sheet else ()
    found = [row for row in rows if all(row.values.get(column) in values for column, values in recipe.where)]
    if not recipe.sum:
        return Decimal(len(found))
    amounts = [row.amount for row in found if row.amount is not None]
    return settled(sum(amounts, Decimal(0))) if amounts else None


def ratio(parts: list[Made], factor: int) -> Made:
    """Return the sum of numerators by the sum of denominators; parts that lack either do not count."""
    whole = [(part.numerator, part.denominator) for part in parts if part.value is not None and part.denominator]
    counted = [(top, bottom) for top, bottom in whole if top is not None and bottom is not None]
    if not counted:
        return Made(None)
    numerator = sum((top for top, _bottom in counted), Decimal(0))
    denominator = sum((bottom for _top, bottom in counted), Decimal(0))
    with localcontext(prec=DIGITS):
        return Made(settled(numerator / denominator * factor), numerator, denominator)


def path_of(aim: given.Aim) -> TargetPath:
    """Return the way to a target as the indicators know it."""
    return TargetPath(
        operator=aim.operator,
        value=aim.value,
        due_on=aim.due_on,
        baseline=aim.baseline,
        baseline_on=aim.baseline_on,
        kind=aim.path,
        points=aim.points,
    )


def forecast_of(aim: given.Aim, inputs: Inputs) -> foresight.Forecast:
    """Return the forecast of a target from the known values of its indicator."""
    points = [
        foresight.Point(day=known.day, value=known.value, approximate=known.approximate)
        for known in inputs.known
        if known.indicator == aim.indicator
    ]
    wanted = foresight.Aim(operator=aim.operator, value=aim.value, day=aim.due_on)
    return foresight.forecast(points, wanted, share=aim.share, direction=aim.direction)
