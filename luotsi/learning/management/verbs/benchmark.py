"""`luotsi guidance benchmark`: learns and judges on the public sets of real students, as on a provider's own."""

from __future__ import annotations

import csv
import json
import zlib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from luotsi.learning.engine.benchmark import DAY, DAYS, SEMESTERS, SETS, Benchmark, run
from luotsi.learning.queries.model_words import between, figure, stop_words, unlearnt_words
from luotsi.learning.rules.model.gate import Group
from luotsi.learning.rules.model.refusals import Unlearnt
from luotsi.learning.rules.model.training import CAPACITY

HELP = "Learns and judges on a public set of real students, as on a provider's own."
UNREADABLE = 2
ABROAD = "Higher education abroad: shows that the way is sound, tells nothing of vocational students here."
SOURCES = {
    "uci": "Realinho, Vieira Martins, Machado, Baptista (2021), UCI 697, CC BY 4.0",
    "oulad": "Kuzilek, Hlosta, Zdrahal (2017), Scientific Data 4:170171, CC BY 4.0",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Take which set, as known when, and where its files are."""
    parser.add_argument("set", choices=SETS, help="Which public set.")
    parser.add_argument("--data", required=True, metavar="DIR", type=Path, help="The folder that holds the sets.")
    parser.add_argument("--day", type=int, metavar="N", help=f"oulad: as known N days after the start ({DAY}).")
    parser.add_argument("--semesters", type=int, choices=(0, 1, 2), help=f"uci: as known after so many ({SEMESTERS}).")
    parser.add_argument(
        "--people", action="store_true", help="What somebody is as features too, to show what it adds."
    )
    parser.add_argument("--json", action="store_true", help="Answer in JSON.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Answer; exit code 1 when the figures are worse than those measured earlier, 2 when the set cannot be read."""
    name, at = options["set"], _at(options)
    try:
        found = run(name, options["data"], at, personal=options["people"])
    except FileNotFoundError as error:
        words = _("There is no file %(file)s.") % {"file": error.filename}
        raise CommandError(words, returncode=UNREADABLE) from None
    except (OSError, EOFError, zlib.error, csv.Error, KeyError, ValueError) as error:
        if isinstance(error, Unlearnt):
            words = _("The files hold nobody to learn from: %(error)s") % {"error": unlearnt_words(error)}
        else:
            words = _("The files are not those of the set %(set)s: %(error)s") % {"set": name, "error": error}
        raise CommandError(words, returncode=UNREADABLE) from None
    if options["json"]:
        command.stdout.write(json.dumps(as_json(found), indent=2, ensure_ascii=False))
    else:
        command.stdout.write("\n".join(told(found)))
    if found.holds is False:
        raise CommandError(_("The figures are worse than those measured earlier."))


def _at(options: dict[str, Any]) -> int:
    """Return the day or the semesters; what belongs to the other set is refused and not passed over."""
    mine, other = ("day", "semesters") if options["set"] == "oulad" else ("semesters", "day")
    if options[other] is not None:
        words = _("--%(option)s is not for the set %(set)s.") % {"option": other, "set": options["set"]}
        raise CommandError(words, returncode=UNREADABLE)
    at = options[mine]
    if at is None:
        return DAY if mine == "day" else SEMESTERS
    if mine == "day" and at not in DAYS:
        words = _("The day is from %(first)s to %(last)s.") % {"first": DAYS[0], "last": DAYS[-1]}
        raise CommandError(words, returncode=UNREADABLE)
    return int(at)


def as_json(found: Benchmark) -> dict[str, Any]:
    """Return a run as programs read it; rates of groups with fewer than 30 people are null."""
    trained, judged = found.trained, found.trained.judged
    return {
        "set": found.name,
        "source": SOURCES[found.name],
        "about": ABROAD,
        "as_known": {"day" if found.name == "oulad" else "semesters": found.at},
        "people_as_features": found.personal,
        "features": len(found.features),
        "learnt": {"cohorts": trained.cohorts[0], "people": trained.weights.learnt_from, "events": trained.events},
        "judged": {
            "cohorts": trained.cohorts[2],
            "people": judged.people,
            "events": judged.events,
            "auc": [judged.auc.value, judged.auc.low, judged.auc.high],
            "average_precision": [judged.precision.value, judged.precision.low, judged.precision.high],
            "brier": judged.brier,
            "calibration_error": judged.error,
            "calibration_base": judged.base,
            "calibration_slope": judged.slope,
            "plain_rule_auc": trained.plain_auc,
        },
        "capacity": CAPACITY,
        "groups": [_group(one) for one in judged.groups],
        "gaps": dict(judged.gaps),
        "earlier": {"auc": found.earlier, "calibration_error": found.earlier_error, "holds": found.holds},
        "flattering": [{"how": one.how, "people": one.people, "auc": one.auc} for one in found.flattering],
        "refused": str(found.refused or ""),
        "released": not found.stops,
        "stops": [{"stop": str(stop), "about": about} for stop, about in found.stops],
    }


def _group(one: Group) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "value": one.value,
        "people": one.people,
        "found_of_those_who_left": [one.hit.value, *(one.hit.interval or (None, None))] if one.is_enough else None,
        "alarm_of_those_who_stayed": [one.alarm.value, *(one.alarm.interval or (None, None))]
        if one.is_enough
        else None,
        "calibration_error": one.error if one.is_enough else None,
    }


def told(found: Benchmark) -> Iterator[str]:
    """Yield what a person reads."""
    trained, judged = found.trained, found.trained.judged
    when = _("day %(day)s after the start") if found.name == "oulad" else _("known semesters: %(day)s")
    yield f"{found.name}: {when % {'day': found.at}}"
    yield SOURCES[found.name]
    yield _("Higher education abroad: shows that the way is sound, tells nothing of vocational students here.")
    yield ""
    counted = _("%(cohorts)s: %(people)s people, %(events)s left")
    for head, cohorts, people, events in (
        (_("Learnt from"), trained.cohorts[0], trained.weights.learnt_from, trained.events),
        (_("Judged by"), trained.cohorts[2], judged.people, judged.events),
    ):
        yield f"{head} " + counted % {"cohorts": ", ".join(cohorts), "people": people, "events": events}
    for head, words in (
        ("AUC", between(judged.auc)),
        (_("Average precision"), between(judged.precision)),
        (_("Brier score"), figure(judged.brier)),
        (_("Calibration error"), figure(judged.error)),
        (_("Calibration slope"), figure(judged.slope)),
        (_("AUC of a plain rule"), figure(trained.plain_auc)),
        (_("AUC measured earlier"), figure(found.earlier)),
    ):
        yield f"  {head:<28}{words}"
    yield ""
    yield _("Found of those who left, and alarms among those who stayed, when one in five can be met:")
    yield from (_row(one) for one in judged.groups)
    yield ""
    yield _("What flatters, AUC by whom it is judged:")
    yield from (f"  {one.how:<28}{figure(one.auc)}  ({one.people})" for one in found.flattering)
    yield _("Refused: %(words)s") % {"words": unlearnt_words(found.refused) if found.refused else "–"}
    yield ""
    yield _("The gate stops this model:") if found.stops else _("The gate would release this model.")
    yield from (f"  {stop_words(stop, about)}" for stop, about in found.stops)


def _row(one: Group) -> str:
    head = f"  {one.attribute} = {one.value or '–'}"
    if not one.is_enough:
        return f"{head:<36}" + _("too few people to tell")
    return f"{head:<36}{figure(one.hit.value)}  {figure(one.alarm.value)}  ({one.people})"
