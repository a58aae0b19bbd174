"""`luotsi indicators KEY`: the figures of a programme's indicators, or of one, each with what it is made of."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.indicators.queries import words
from luotsi.people.models import Unit
from luotsi.programme.queries.plan_sources import how_to_import
from luotsi.programme.queries.told_figures import FigureRow, Followed, figure_rows, followed_by
from luotsi.ui import formatting


class Command(BaseCommand):
    """Reads only; figures are protected as for the staff."""

    help = "Tells the figures of the indicators of a programme, or of one indicator."

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
            rows = figure_rows(followed, unit, options["on"])
            if options["json"]:
                answer = {"key": followed.key, "unit": unit.key, "rows": [asdict(row) for row in rows]}
                self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=plain))
                return
            self.stdout.write(f"{followed.key} · {unit}")
            for _key, group in groupby(rows, key=lambda row: row.indicator):
                self._tell(list(group))

    def _tell(self, rows: list[FigureRow]) -> None:
        first = rows[0]
        head = f"{first.code or first.indicator}  {first.name}"
        self.stdout.write("")
        self.stdout.write(f"{head} ({first.population})" if first.population else head)
        for row in rows:
            self.stdout.write(f"  {figure_line(row)}")


def figure_line(row: FigureRow) -> str:
    """Return a figure in words: period, value, what it is made of, definition."""
    parts = [words.period(row.period)]
    if row.value is None:
        parts.append({"missing": _("missing"), "protected": _("protected"), "not_applicable": _("not applicable")}.get(
            row.mark, formatting.MISSING
        ))  # fmt: skip
    else:
        parts.append(words.Measure(row.unit_of_measure).write(row.value, approximate=row.approximate))
    if row.numerator is not None and row.denominator is not None:
        parts.append(f"{formatting.number(row.numerator)} / {formatting.number(row.denominator)}")
    if row.split:
        parts.append(row.split)
    parts.append(_("definition %(version)s") % {"version": row.definition_version})
    return "  ".join(parts)


def chosen(key: str, unit_key: str) -> tuple[Followed, Unit]:
    """Return what is followed under a key and the unit to tell of. Raises CommandError when either is not there."""
    followed = followed_by(key)
    if followed is None:
        raise CommandError(how_to_import(key))
    unit = Unit.objects.filter(key=unit_key).first() if unit_key else followed.unit
    if unit is None and unit_key:
        raise CommandError(_("There is no unit with the address %(key)s.") % {"key": unit_key})
    if unit is None:
        raise CommandError(_("The indicator is everybody's: name a unit with --unit."))
    return followed, unit


def day(text: str) -> date:
    """Return the day that a text names; what argparse calls for an option."""
    return date.fromisoformat(text)


def plain(value: object) -> str:
    """Return a number as its digits and anything else as text."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
