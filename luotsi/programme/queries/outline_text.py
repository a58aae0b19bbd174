"""An outline as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.programme.queries.outline import DerivedRow, FigureRow, IndicatorRow, MeasureRow, Outline, TargetRow
from luotsi.programme.rules.values import PERCENT
from luotsi.ui import formatting

SIGNS = {"eq": "=", "gte": "≥", "lte": "≤", "gt": ">", "lt": "<", "approx": "≈"}
UNKNOWN = "–"


def lines_of(shown: Outline) -> Iterator[str]:
    """Yield the lines of an outline, in the active language."""
    yield f"{shown.key}  {shown.name}"
    yield f"{shown.owner}, {shown.period}"
    if shown.aim:
        yield shown.aim
    yield from _headed(_("Sections and measures"), _sections(shown))
    yield from _headed(_("Indicators"), (line for row in shown.indicators for line in _indicator(row)))
    yield from _headed(_("Derived values"), (_derived(row) for row in shown.derived))
    yield from _headed(_("Money"), _money(shown))


def _headed(head: str, lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines below their head; nothing when there are none."""
    found = list(lines)
    yield from ("", head, *found) if found else ()


def _sections(shown: Outline) -> Iterator[str]:
    for section in shown.sections:
        pad = "  " * (section.depth + 1)
        yield f"{pad}{section.code}  {section.name}"
        for measure in section.measures:
            yield from (f"{pad}  {line}" for line in _measure(measure))


def _measure(row: MeasureRow) -> Iterator[str]:
    yield f"{row.code}  {row.name}"
    if row.accountable:
        yield "  " + _("accountable: %(names)s") % {"names": ", ".join(row.accountable)}
    for milestone in row.milestones:
        yield f"  {milestone.period}  {milestone.text}"


def _indicator(row: IndicatorRow) -> Iterator[str]:
    yield f"  {row.code}  {row.name}"
    for target in row.targets:
        yield "    " + _("target: %(value)s") % {"value": _target(target, row.unit)}
    population = row.population or UNKNOWN
    yield "    " + _("population: %(name)s") % {"name": population}
    observed = _figure(row.latest) if row.latest else UNKNOWN
    yield "    " + _("latest observation: %(value)s") % {"value": observed}
    for derived in row.derived:
        yield "    " + _("derived: %(value)s") % {"value": _derived(derived).strip()}


def _target(row: TargetRow, unit: str) -> str:
    return f"{SIGNS.get(row.operator, '?')} {amount(row.value, unit)} ({row.period or UNKNOWN})"


def _figure(row: FigureRow) -> str:
    if row.low is not None or row.high is not None:
        value = f"{amount(row.low, '')}–{amount(row.high, row.unit)}"
    else:
        value = f"{SIGNS.get(row.operator, '')} {amount(row.value, row.unit)}".strip()
    parts = [f"{row.code}  {value}", row.period]
    if row.unit == PERCENT:
        made = {"numerator": amount(row.numerator, ""), "denominator": amount(row.denominator, "")}
        parts.append(_("numerator %(numerator)s, denominator %(denominator)s") % made)
    if row.population:
        parts.append(_("population: %(name)s") % {"name": row.population})
    return "; ".join(part for part in parts if part)


def _derived(row: DerivedRow) -> str:
    text = f"  {row.text}" if row.text else ""
    return f"  {row.code} = {row.formula} = {amount(row.value, row.unit)}{text}"


def _money(shown: Outline) -> Iterator[str]:
    kinds = {
        "need": pgettext("money", "needed"),
        "granted": pgettext("money", "granted"),
        "reserved": pgettext("money", "reserved"),
        "actual": pgettext("money", "used"),
        "estimate": pgettext("money", "estimated"),
    }
    for row in shown.money:
        yield f"  {row.code}  {row.period}  {kinds[row.kind]}  {formatting.euros(row.amount)}  {row.text}"


def amount(value: Decimal | None, unit: str) -> str:
    """Return a number with its unit, in the manner of the active language; a dash when there is none."""
    if value is None:
        return UNKNOWN
    decimals = max(0, -int(value.as_tuple().exponent))
    number = formatting.number(value, min(decimals, 2))
    return f"{number} %" if unit == PERCENT else f"{number} {unit}".strip()
