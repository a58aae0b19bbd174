"""The template of a list of observations, and observations as such a list: what leaves can come back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import clock, periods
from luotsi.base.periods import PeriodKind
from luotsi.indicators.models import Definition, Indicator, Observation
from luotsi.indicators.queries.observation_sheet.columns import FIELDS, heading_of
from luotsi.people.models import Unit
from luotsi.people.rules import Kind

if TYPE_CHECKING:
    from luotsi.indicators.models.observations import ObservationQuerySet

MOST = 5_000
SHOWN = tuple(name for name in FIELDS if name not in ("first_day", "last_day"))


def template_rows(indicators: Sequence[Indicator], scope: Unit) -> Iterator[tuple[str, ...]]:
    """Yield the rows to fill in: each indicator for each unit that tells it, in the present period; at most 5,000.

    Two queries. Indicators that are counted from records are left out.
    """
    units = list(Unit.objects.under(scope).in_force(clock.today()).exclude(kind=Kind.GROUP))
    last: dict[Any, Definition] = {}
    for definition in Definition.objects.filter(indicator__in=list(indicators)).order_by("version"):
        last[definition.indicator_id] = definition
    left = MOST
    for indicator in indicators:
        known = last.get(indicator.pk)
        if known is None or known.counting:
            continue
        period = periods.containing(clock.today(), PeriodKind(known.period_kind)).key
        for unit in units:
            if unit.kind == (known.observed_at or Kind.INSTITUTION) and left > 0:
                left -= 1
                filled = {"indicator": indicator.key, "unit": unit.key, "period": period}
                yield tuple(filled.get(name, "") for name in SHOWN)


def export_rows(observations: ObservationQuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield observations as rows of the template; only of those that the reader may see as they were entered."""
    for one in observations.select_related("indicator", "unit").order_by("indicator__key", "period_end", "unit__key"):
        yield tuple(_value(one, name) for name in SHOWN)


def _value(observation: Observation, name: str) -> Any:
    match name:
        case "indicator":
            return observation.indicator.key
        case "unit":
            return observation.unit.key
        case "split":
            return observation.split_key
    return getattr(observation, name)


def workbook_of(rows: Iterable[Sequence[Any]], scope: Unit, indicators: Sequence[Indicator]) -> bytes:
    """Return a workbook: the rows under the headings of the reader's language, and a sheet that tells the codes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(_("Observations")[:31])
        sheet.write_row(0, 0, [heading_of(name) for name in SHOWN], head)
        # As text, so that 2026-11 does not become a day.
        sheet.set_column(0, 3, 24, text)
        sheet.set_column(4, len(SHOWN) - 1, 16)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, place, value, text if place < 4 else None)
                elif value is not None:
                    sheet.write_number(line, place, value)
        sheet.freeze_panes(1, 0)
        codes = book.add_worksheet(_("Codes")[:31])
        codes.write_row(0, 0, [heading_of("indicator"), _("name"), heading_of("unit"), _("name")], head)
        for line, indicator in enumerate(indicators, start=1):
            codes.write_row(line, 0, [indicator.key, indicator.names.text])
        for line, unit in enumerate(Unit.objects.under(scope).exclude(kind=Kind.GROUP), start=1):
            codes.write_row(line, 2, [unit.key, unit.names.text])
        codes.autofit()
    return buffer.getvalue()
