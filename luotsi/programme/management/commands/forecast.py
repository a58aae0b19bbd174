"""`luotsi forecast KEY`: whether the indicators of a programme, or one, will reach their targets."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.indicators.queries import words
from luotsi.programme.management.commands.indicators import chosen, day, plain
from luotsi.programme.queries.told_figures import ForecastRow, forecast_rows
from luotsi.ui import formatting

VERDICTS = {
    "reached": gettext_lazy("The target has been reached."),
    "will_be_reached": gettext_lazy("The target will be reached."),
    "at_risk": gettext_lazy("The target is at risk."),
    "will_not": gettext_lazy("The target will not be reached."),
    "too_little_data": gettext_lazy("There is too little data to foresee anything."),
    "no_target": gettext_lazy("There is no target."),
}
SIGNS = {"gte": "≥", "lte": "≤", "gt": ">", "lt": "<", "eq": "=", "approx": "≈"}


class Command(BaseCommand):
    """Reads only; forecasts are made of protected figures."""

    help = "Tells whether the indicators of a programme, or one indicator, will reach their targets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the key, the unit and the day."""
        parser.add_argument("key", metavar="KEY", help="The key of a programme or of an indicator.")
        parser.add_argument("--unit", default="", metavar="UNIT", help="Address of a unit; else the owner.")
        parser.add_argument("--on", type=day, default=None, metavar="DATE", help="As known on a day: 2026-08-01.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer; exit code 1 when nothing is known under the key."""
        with translation.override(options["language"]):
            followed, unit = chosen(options["key"], options["unit"])
            rows = forecast_rows(followed, unit, options["on"])
            if options["json"]:
                answer = {"key": followed.key, "unit": unit.key, "rows": [asdict(row) for row in rows]}
                self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=plain))
                return
            self.stdout.write(f"{followed.key} · {unit}")
            for row in rows:
                self.stdout.write("")
                self.stdout.write(f"{row.code or row.indicator}  {row.name}")
                for line in lines_of(row):
                    self.stdout.write(f"  {line}")


def lines_of(row: ForecastRow) -> Iterator[str]:
    """Yield what a person reads of a forecast: verdict, figures, ranges, paces."""
    measure = words.Measure(row.unit_of_measure)
    yield str(VERDICTS[row.verdict])
    if row.latest is not None:
        value = measure.write(row.latest, approximate=row.approximate)
        yield _("latest: %(value)s (%(period)s)") % {"value": value, "period": words.period(row.latest_period)}
    if row.target is not None:
        target = f"{SIGNS.get(row.operator, row.operator)} {measure.write(row.target)}"
        yield _("target: %(value)s by %(day)s") % {"value": target, "day": formatting.day(row.target_on)}
    if row.method:
        told = {"method": row.method, "value": measure.write(row.value), "count": row.points}
        yield _("foreseen: %(value)s (method %(method)s, figures: %(count)s)") % told
        yield _("80 per cent range: %(range)s") % {"range": measure.range(row.low80, row.high80)}
    if row.probability is not None:
        yield _("probability of the target: %(share)s") % {"share": formatting.percent(row.probability)}
    if row.needed_pace is not None:
        yield _("needed pace: %(pace)s a year") % {"pace": measure.change(row.needed_pace)}
    if row.pace_so_far is not None:
        yield _("pace so far: %(pace)s a year") % {"pace": measure.change(row.pace_so_far)}
    if row.naive is not None and row.target is not None:
        yield _("if nothing changes: %(value)s") % {"value": measure.write(row.naive)}
