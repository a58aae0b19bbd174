"""Figures, targets, forecasts and what stands in the place of a figure, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import periods
from luotsi.base.periods import PeriodKind
from luotsi.indicators.rules.disclosure import Kind, shown
from luotsi.indicators.rules.targets import gap
from luotsi.indicators.rules.values import PERCENT, Operator, Policy, Rollup, Verdict
from luotsi.ui.formatting import MISSING, NBSP, day, euros, language, number

if TYPE_CHECKING:
    from luotsi.indicators.models import Definition
    from luotsi.indicators.rules.forecast import Forecast
    from luotsi.indicators.rules.remarks import Remark
    from luotsi.indicators.rules.targets import TargetPath
    from luotsi.indicators.rules.values import Cell

ABOUT = "≈"
SYMBOLS = frozenset({"h"})
EURO = frozenset({"€", "EUR", "eur", "euro"})


@dataclass(frozen=True)
class Said:
    """A judgement: the mark that `{% state %}` draws, its short word, and the whole sentence."""

    mark: str
    word: str
    sentence: str


@dataclass(frozen=True)
class Measure:
    """How the figures of an indicator are written: unit of measure ("percent", "€", "devices") and decimals."""

    unit: str = ""
    decimals: int = 1

    def write(self, value: Decimal | None, *, approximate: bool = False) -> str:
        """Return a figure with its unit where that is a sign; whole figures are written without decimals."""
        if value is None:
            return MISSING
        about = f"{ABOUT}{NBSP}" if approximate else ""
        if self.unit in EURO:
            return about + euros(value, self._places(value))
        return about + self._with_sign(number(value, self._places(value)))

    def change(self, value: Decimal | None) -> str:
        """Return a difference with its sign, in percentage points for shares: "+1.9"."""
        if value is None:
            return MISSING
        text = number(value, self._places(value))
        return f"+{text}" if value > 0 and text.strip("0,.") else text

    def apart(self, value: Decimal) -> str:
        """Return a distance without its sign, in words: "6 percentage points"."""
        size = abs(value)
        if self.unit == PERCENT:
            return _("%(n)s percentage points") % {"n": number(size, self._places(size))}
        return self.write(size)

    def range(self, low: Decimal | None, high: Decimal | None) -> str:
        """Return a range: "90–97 %"; the sign stands once."""
        if low is None or high is None:
            return MISSING
        ends = [number(end, self._places(end)) for end in (low, high)]
        if self.unit in EURO:
            return "–".join(euros(end, self._places(end)) for end in (low, high))
        return self._with_sign("–".join(ends))

    @property
    def title(self) -> str:
        """The unit of measure as a heading says it: "%" for shares."""
        return "%" if self.unit == PERCENT else self.unit

    def _places(self, value: Decimal) -> int:
        rounded = round(value, self.decimals)
        return 0 if rounded == rounded.to_integral_value() else self.decimals

    def _with_sign(self, text: str) -> str:
        if self.unit in SYMBOLS:
            return f"{text}{NBSP}{self.unit}"
        if self.unit != PERCENT:
            return text
        return f"{text}%" if language() == "en" else f"{text}{NBSP}%"


def period(key: str) -> str:
    """Return a period as it is read: 2026–27, 2026, 11/2026 or 23.11.2026."""
    try:
        found = periods.parse(key)
    except periods.NotAPeriod:
        return key
    match found.kind:
        case PeriodKind.SCHOOL_YEAR:
            return f"{found.start.year}–{found.end.year % 100:02}"
        case PeriodKind.MONTH:
            return f"{found.start.month}/{found.start.year}"
        case PeriodKind.DAY:
            return day(found.start)
    return str(found.start.year)


def mark(cell: Cell | None, definition: Definition | None = None) -> str:
    """Return what stands in the place of a figure: missing, under 5, hidden, does not apply; empty for a figure."""
    if cell is None:
        return _("missing")
    policy = Policy(definition.policy) if definition else Policy.THRESHOLD
    count = definition is not None and definition.rollup == Rollup.SUM
    return {
        Kind.FIGURE: "",
        Kind.UNDER_FIVE: _("under 5"),
        Kind.ONE_TO_FOUR: "1–4",
        Kind.PROTECTED: _("hidden"),
        Kind.MISSING: _("missing"),
        Kind.NOT_APPLICABLE: _("does not apply"),
    }[shown(cell, policy, count=count).kind]


def parts(cell: Cell) -> str:
    """Return what a figure is made of, for those who hear it: "3,071 of 3,863"; empty where there are no parts."""
    if cell.numerator is None or cell.denominator is None:
        return ""
    return _("%(part)s of %(whole)s") % {"part": number(cell.numerator), "whole": number(cell.denominator)}


def aim(path: TargetPath, measure: Measure) -> str:
    """Return a target in words: "at least 90 %" is written as the number alone, other kinds say how they are meant."""
    value = measure.write(path.value)
    match path.operator:
        case Operator.LTE:
            return _("at most %(value)s") % {"value": value}
        case Operator.GT:
            return _("more than %(value)s") % {"value": value}
        case Operator.LT:
            return _("less than %(value)s") % {"value": value}
        case Operator.APPROX:
            return f"{ABOUT}{NBSP}{value}"
        case Operator.RANGE:
            return measure.range(path.value, path.high)
    return value


def verdict(forecast: Forecast | None, path: TargetPath | None, measure: Measure) -> Said:
    """Return what a forecast says of a target."""
    if path is None:
        return Said("none", _("No target"), _("No target has been set."))
    if forecast is None:
        return Said("none", _("No forecast"), _("No forecast has been made."))
    match forecast.verdict:
        case Verdict.REACHED:
            past = "forecast.past" in codes(forecast)
            value = measure.write(forecast.value if past else forecast.naive_value)
            return Said("done", _("Reached"), _("The target was reached: %(value)s.") % {"value": value})
        case Verdict.WILL:
            return Said("ok", _("Will be reached"), _("The target will be reached: %s.") % foreseen(forecast, measure))
        case Verdict.AT_RISK:
            return Said("risk", _("At risk"), at_risk(forecast, path, measure))
        case Verdict.WILL_NOT:
            return will_not(forecast, path, measure)
    return Said("none", _("Too little data"), too_little(forecast))


def outcome(path: TargetPath, value: Decimal | None, measure: Measure, *, past: bool) -> Said:
    """Return what came of a target beside the one that is foreseen: the figure on its day, or that it is ahead."""
    if not past:
        return Said("none", _("Ahead"), _("The target is ahead."))
    if value is None:
        return Said("none", _("No figure"), _("There is no figure of that time."))
    told = {"value": measure.write(value)}
    if path.met_by(value):
        return Said("done", _("actual %(value)s") % told, _("The target was reached: %(value)s.") % told)
    return Said("late", _("actual %(value)s") % told, _("The target was not reached: %(value)s.") % told)


def foreseen(forecast: Forecast, measure: Measure) -> str:
    """Return the forecast with its range: "forecast 94 %, range 90–97 %"."""
    value = measure.write(forecast.value)
    if forecast.low80 is None:
        return _("forecast %(value)s") % {"value": value}
    between = measure.range(forecast.low80, forecast.high80)
    return _("forecast %(value)s, range %(range)s") % {"value": value, "range": between}


def at_risk(forecast: Forecast, path: TargetPath, measure: Measure) -> str:
    """Return the sentence of a target that may be reached or not."""
    between = measure.range(forecast.low80, forecast.high80)
    if forecast.low80 is not None and forecast.high80 is not None and forecast.low80 <= path.value <= forecast.high80:
        return _("The target is within the range of the forecast, %(range)s.") % {"range": between}
    return missing_words(forecast, path, measure)


def will_not(forecast: Forecast, path: TargetPath, measure: Measure) -> Said:
    """Return what is said of a target that was or will be missed."""
    if codes(forecast) & {"forecast.past"}:
        value = measure.write(forecast.value)
        return Said("late", _("Not reached"), _("The target was not reached: %(value)s.") % {"value": value})
    return Said("late", _("Falls short"), missing_words(forecast, path, measure))


def missing_words(forecast: Forecast, path: TargetPath, measure: Measure) -> str:
    """Return how far the forecast is from the target."""
    missing = gap(forecast.value, path.operator, path.value, high=path.high)
    if not missing:
        return _("By the forecast, the target is just reached, but not surely.")
    told = {"apart": measure.apart(missing)}
    if missing > 0:
        return _("By the forecast, %(apart)s will be missing from the target.") % told
    return _("By the forecast, the figure stays %(apart)s above the target.") % told


def too_little(forecast: Forecast) -> str:
    """Return why no forecast can be made."""
    found = next((item for item in forecast.remarks if item.code == "forecast.too_little"), None)
    if found is None:
        return _("No forecast can be made: there are no figures.")
    count = int(str(found.params["count"]))
    text = ngettext(
        "No forecast can be made: there are figures of one point in time.",
        "No forecast can be made: there are figures of %(count)s points in time.",
        count,
    ) % {"count": count}
    met = _("The target is met now.")
    return f"{text} {met}" if codes(forecast) & {"forecast.met_now"} else text


def paces(forecast: Forecast | None, measure: Measure) -> str:
    """Return the pace so far beside the needed one, per year; empty where either is not known."""
    if forecast is None or forecast.pace_so_far is None or forecast.needed_pace is None:
        return ""
    told = {"so_far": measure.change(forecast.pace_so_far), "needed": measure.change(forecast.needed_pace)}
    if measure.unit == PERCENT:
        return _("Pace so far %(so_far)s, needed %(needed)s percentage points a year.") % told
    return _("Pace so far %(so_far)s, needed %(needed)s a year.") % told


def probability(forecast: Forecast | None) -> str:
    """Return how probable reaching the target is, in whole per cent, never as a certainty; empty without one."""
    if forecast is None or forecast.probability is None:
        return ""
    return Measure(PERCENT, 0).write(forecast.probability * 100)


def doubt(remark: Remark) -> str:
    """Return what makes a forecast doubtful, as a sentence; empty for remarks that are said elsewhere."""
    told = remark.params
    match remark.code:
        case "forecast.met_now":
            return _("The target is met now.")
        case "forecast.may_not_hold":
            return _("The figure varies so much that it may not stay there.")
        case "forecast.few_tests":
            return _("The method could be tested against few figures only.")
        case "forecast.approximate":
            return _("Some of the figures were told approximately.")
        case "forecast.far":
            years = number(Decimal(str(told["years"])), 1)
            return _("The target is %(years)s years away, further than the history reaches back.") % {"years": years}
    return ""


def method(forecast: Forecast) -> str:
    """Return how a forecast was made, in words; empty without one."""
    names = {
        "last": _("Latest figure carried on"),
        "linear": _("Straight line through the figures"),
        "last_two": _("Line through the last two figures"),
        "damped": _("Trend that fades"),
        "logistic": _("Growth that levels off"),
    }
    return names.get(str(forecast.method or ""), "")


def dimension(name: str) -> str:
    """Return the name of a split as it is read; a provider's own names are shown as they were given."""
    known = {
        "staff_group": _("staff group"),
        "language": _("language"),
        "gender": _("gender"),
        "grade": _("grade"),
        "role": _("role"),
        "type": _("type"),
        "qualification": _("qualification"),
    }
    return known.get(name, name.replace("_", " "))


def split_value(name: str, value: str) -> str:
    """Return a value of a split as it is read; values that nobody has named are shown as they were given."""
    known = {
        ("staff_group", "class"): _("class teachers"),
        ("staff_group", "subject"): _("subject teachers"),
        ("staff_group", "special"): _("special teachers"),
        ("staff_group", "assistant"): _("assistants"),
        ("staff_group", "head"): _("heads"),
        ("language", "fi"): _("Finnish"),
        ("language", "sv"): _("Swedish"),
        ("language", "en"): _("English"),
    }
    return known.get((name, value), value.replace("_", " "))


def split(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a split in words: "staff group: class teachers"; empty for the total."""
    return ", ".join(f"{dimension(name)}: {split_value(name, value)}" for name, value in pairs)


def codes(forecast: Forecast) -> set[str]:
    """Return the codes of the remarks of a forecast."""
    return {item.code for item in forecast.remarks}
