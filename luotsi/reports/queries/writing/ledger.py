"""Collects the figures of a report while it is written, and makes them all by their recipes at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from luotsi.indicators.rules.values import Mark, Operator
from luotsi.programme.rules import figures as plan_figures
from luotsi.programme.rules.plan import Derived, Observation
from luotsi.programme.rules.values import Text
from luotsi.reports.rules import inputs
from luotsi.reports.rules.content import NO_TEXT, Figure
from luotsi.reports.rules.inputs import Inputs
from luotsi.reports.rules.material import Followed, Material
from luotsi.reports.rules.recipes import FromCell, FromFormula, FromRows, FromTold, Recipe
from luotsi.reports.rules.recompute import Kitchen, Made, place_of


class Ledger:
    """Figures by key in the order in which the report first needs them, with the inputs of their recipes."""

    def __init__(self, material: Material) -> None:
        """Begin empty."""
        self.material = material
        self.plan = plan_figures.Figures(material.plan)
        self.figures: dict[str, Figure] = {}
        self.numbers: dict[str, inputs.Told] = {}
        self.definitions: dict[tuple[str, int], inputs.Definition] = {}
        self.cells: dict[FromCell, inputs.Cell] = {}
        self.sheets: dict[str, inputs.Sheet] = {}
        self.aims: dict[str, inputs.Aim] = {}
        self.known: dict[tuple[str, date], inputs.Known] = {}

    def add(self, key: str, label: Text, recipe: Recipe, **about: Any) -> str:
        """Add a figure unless it is there already, and return its key."""
        if key not in self.figures:
            self.figures[key] = Figure(key=key, label=label, recipe=recipe, **about)
        return key

    def told(self, code: str) -> str:
        """Add a number of the plan (observation, derived value, line of money) by its code, and return its key."""
        if code in self.figures:
            return code
        item = self.plan.items.get(code)
        match item:
            case Observation():
                self._number(code, item.value, str(item.source or ""))
                numerator = item.numerator.code if item.numerator else ""
                if numerator:
                    self._number(numerator, self.plan.value(numerator), self._source(numerator))
                return self.add(
                    code,
                    item.text,
                    FromTold(code=code, numerator=numerator),
                    unit=item.unit,
                    population=self.population(item.population),
                    period=item.period.key if item.period else "",
                    operator=Operator(str(item.operator)),
                    words=item.words,
                    mark=Mark.FIGURE if item.value is not None else Mark.MISSING,
                    place=self.material.unit_names,
                    source=str(item.source or ""),
                )
            case Derived():
                return self._derived(item)
        return code

    def _derived(self, item: Derived) -> str:
        from luotsi.programme.rules import formulas

        for name in formulas.names_in(formulas.parse(item.formula)):
            if isinstance(self.plan.items.get(name), Derived):
                self.told(name)
            else:
                self._number(name, self.plan.value(name), self._source(name))
        decimals = -int(item.expected.as_tuple().exponent) if item.expected is not None else None
        return self.add(
            item.code,
            item.text or self._name_of(item),
            FromFormula(formula=item.formula),
            unit=item.unit,
            decimals=decimals,
            operator=Operator.APPROX if decimals or "/" in item.formula else Operator.EQ,
            place=self.material.unit_names,
            period=self.material.period.key,
            source=item.formula,
        )

    def _name_of(self, item: Derived) -> Text:
        named = self.plan.items.get(item.indicator) or self.plan.items.get(item.equals)
        return words_of(named)

    def _source(self, code: str) -> str:
        return str(getattr(self.plan.items.get(code), "source", None) or "")

    def _number(self, code: str, value: Decimal | None, source: str = "") -> None:
        self.numbers.setdefault(code, inputs.Told(code=code, value=value, source=source))

    def amount(self, code: str, value: Decimal | None, label: Text, period: str, source: str) -> str:
        """Add a sum of money in euros."""
        self._number(code, value, source)
        mark = Mark.FIGURE if value is not None else Mark.MISSING
        about = {"unit": "eur", "period": period, "mark": mark, "source": source, "place": self.material.unit_names}
        return self.add(code, label, FromTold(code=code), **about)

    def kept(self, key: str, label: Text, old: Figure) -> str:
        """Add a figure of an earlier version as it stood there."""
        self._number(key, old.value, old.source)
        about = {name: getattr(old, name) for name in ("unit", "decimals", "operator", "period", "place", "source")}
        return self.add(key, label, FromTold(code=key), **about)

    def cell(self, followed: Followed, cell: inputs.Cell, place: Text, key: str) -> str:
        """Add a figure of an indicator."""
        self.definitions.setdefault((cell.indicator, cell.version), followed.definition)
        self.cells.setdefault(place_of(cell), cell)
        return self.add(
            key,
            followed.names,
            place_of(cell),
            unit=followed.definition.unit,
            decimals=followed.decimals,
            population=followed.definition.population or followed.definition.denominator,
            period=cell.period,
            place=place,
            definition=f"v{cell.version}",
            operator=Operator.APPROX if cell.approximate else Operator.EQ,
            mark=cell.mark,
            source=followed.code or followed.key,
            trace=(followed.key, cell.unit, cell.period),
        )

    def counted(self, key: str, label: Text, sheet: str, /, **where: tuple[str, ...]) -> str:
        """Add how many rows of a sheet meet the conditions."""
        recipe = FromRows(sheet=sheet, where=tuple(sorted(where.items())))
        return self.add(key, label, recipe, period=self.material.period.key, place=self.material.unit_names)

    def sheet(self, name: str, rows: list[inputs.Row]) -> None:
        """Keep the rows that figures count."""
        self.sheets[name] = inputs.Sheet(name=name, rows=tuple(rows))

    def aim(self, followed: Followed) -> inputs.Aim | None:
        """Keep the target of an indicator with the known values of its present definition."""
        if followed.aim is None:
            return None
        self.aims[followed.aim.code] = followed.aim
        for cell in followed.cells:
            if cell.value is not None and cell.version == followed.definition.version:
                day = followed.ends[cell.period]
                known = inputs.Known(
                    indicator=followed.aim.indicator, day=day, value=cell.value, approximate=cell.approximate
                )
                self.known.setdefault((known.indicator, day), known)
        return followed.aim

    def population(self, code: str) -> Text:
        """Return the name of a population of the plan; an observation's own words where it is one."""
        item = self.plan.items.get(code)
        return words_of(item)

    def made(self, key: str) -> Made:
        """Return what a figure is, as far as the report has come."""
        return Kitchen(self.inputs(), dict(self.figures)).made(key)

    def inputs(self) -> Inputs:
        """Return what the recipes take from."""
        place = self.material
        units = [inputs.Unit(key=place.unit, names=place.unit_names)]
        units += [
            inputs.Unit(key=taker.key, names=taker.names, parent=place.unit)
            for taker in place.takers
            if taker.key != place.unit
        ]
        return Inputs(
            told=tuple(self.numbers[code] for code in sorted(self.numbers)),
            definitions=tuple(self.definitions[key] for key in sorted(self.definitions)),
            cells=tuple(sorted(self.cells.values(), key=lambda cell: (cell.indicator, cell.unit, cell.period))),
            units=tuple(units),
            sheets=tuple(self.sheets[name] for name in sorted(self.sheets)),
            aims=tuple(self.aims[code] for code in sorted(self.aims)),
            known=tuple(self.known[key] for key in sorted(self.known)),
        )

    def finished(self) -> tuple[tuple[Figure, ...], Inputs]:
        """Return every figure with its value, and the inputs."""
        kept = self.inputs()
        kitchen = Kitchen(kept, self.figures)
        return tuple(_with_value(figure, kitchen.made(key)) for key, figure in self.figures.items()), kept


def words_of(item: object) -> Text:
    """Return what an item of a plan is called: its names, or its text."""
    found = getattr(item, "names", None) or getattr(item, "text", None)
    return found if isinstance(found, Text) else NO_TEXT


def _with_value(figure: Figure, made: Made) -> Figure:
    missing = made.value is None and figure.mark == Mark.FIGURE
    return replace(
        figure,
        value=made.value,
        numerator=made.numerator,
        denominator=made.denominator,
        mark=Mark.MISSING if missing else figure.mark,
    )
