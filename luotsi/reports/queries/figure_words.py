"""How a figure of a report is written in the active language, and how it was made, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.indicators.rules.values import Mark, Operator
from luotsi.reports.rules.content import Figure
from luotsi.reports.rules.recipes import (
    FromCell,
    FromFigures,
    FromForecast,
    FromFormula,
    FromRows,
    FromTarget,
    FromTold,
    How,
)
from luotsi.ui import formatting

BEFORE = {
    Operator.APPROX: gettext_lazy("about %(number)s"),
    Operator.GT: gettext_lazy("over %(number)s"),
    Operator.LT: gettext_lazy("under %(number)s"),
    Operator.GTE: gettext_lazy("at least %(number)s"),
    Operator.LTE: gettext_lazy("at most %(number)s"),
}
MARKS = {
    Mark.MISSING: gettext_lazy("not told"),
    Mark.PROTECTED: gettext_lazy("protected"),
    Mark.NOT_APPLICABLE: gettext_lazy("not applicable"),
}
TOGETHER = {
    How.RATIO: gettext_lazy("Numerators of %(refs)s by their denominators"),
    How.SUM: gettext_lazy("Sum of %(refs)s"),
    How.MEDIAN: gettext_lazy("Median of %(refs)s"),
    How.MIN: gettext_lazy("Lowest of %(refs)s"),
    How.MAX: gettext_lazy("Highest of %(refs)s"),
}


def value_words(figure: Figure) -> str:
    """Return a figure with its unit as it is written, or the word for why there is none."""
    if figure.value is None:
        return str(MARKS.get(figure.mark, formatting.MISSING))
    gap = "" if formatting.language() == "en" else formatting.NBSP
    match figure.unit:
        case "percent":
            text = f"{formatting.number(figure.value, figure.decimals)}{gap}%"
        case "points":
            words = {"number": formatting.number(figure.value, figure.decimals)}
            text = _("%(number)s percentage points") % words
        case "eur":
            text = formatting.euros(figure.value)
        case _:
            text = formatting.number(figure.value, figure.decimals)
    before = BEFORE.get(figure.operator)
    return str(before) % {"number": text} if before else text


def formula_words(formula: str) -> str:
    """Return a formula with the signs and the decimal comma of the language."""
    words = formula.replace("*", "×").replace("/", "÷")
    return words if formatting.language() == "en" else words.replace(".", ",")


def recipe_words(figure: Figure, numbers: Mapping[str, int]) -> str:
    """Return in words how a figure was made; `numbers` are the references of all figures."""
    match figure.recipe:
        case FromTold():
            return _("Told in the source")
        case FromFormula(formula=formula):
            return _("Counted: %(formula)s") % {"formula": formula_words(formula)}
        case FromCell() if figure.numerator is not None and figure.denominator is not None:
            parts = {
                "numerator": formatting.number(figure.numerator),
                "denominator": formatting.number(figure.denominator),
            }
            return _("Indicator: %(numerator)s ÷ %(denominator)s") % parts
        case FromCell():
            return _("Indicator")
        case FromRows():
            return _("Counted from the records of the programme")
        case FromFigures(how=how, keys=keys):
            refs = ", ".join(str(numbers[key]) for key in keys if key in numbers)
            return str(TOGETHER[how]) % {"refs": refs}
        case FromTarget():
            return _("From the target and its path")
        case FromForecast():
            return _("Forecast from the known values")
