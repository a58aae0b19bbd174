"""`luotsi study college`: writes the study data of an invented vocational college, delivery by delivery."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.learning.engine.college.deliveries import College
from luotsi.learning.engine.college.files import write

HELP = "Writes the study data of an invented vocational college; a seed gives the same files every time."
MOST, LEARNERS, SEED = 100_000, 7500, 2026


def add_arguments(parser: ArgumentParser) -> None:
    """Take how many learners, the seed, the day and the folder."""
    parser.add_argument(
        "--learners", type=int, default=LEARNERS, help=f"How many in five years; {LEARNERS} as a rule."
    )
    parser.add_argument("--seed", type=int, default=SEED, help="Another seed is another college.")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="The last day that is told; today.")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="A folder that is new or empty.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Write the files and tell what is in them; refuses to write beside other files."""
    folder: Path = options["out"]
    if not 1 <= options["learners"] <= MOST:
        raise CommandError(_("Between 1 and %(most)s learners can be invented.") % {"most": MOST})
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise CommandError(_("%(folder)s is not an empty folder.") % {"folder": folder})
    college = College(options["learners"], options["seed"], options["on"] or clock.today())
    words = _(
        "%(day)s: %(learners)s learners, %(plans)s plans, %(groups)s times in groups, %(weeks)s weeks with absence"
    )
    for one in write(college, folder):
        told = {
            "day": one.day.isoformat(),
            "learners": len(one.learners),
            "plans": len(one.plans),
            "groups": len(one.groups),
            "weeks": len(one.hours),
        }
        command.stdout.write(words % told)
    words = _("%(count)s learners, %(groups)s groups, %(faults)s planted faults: %(folder)s")
    counted = {"count": len(college.lives), "groups": len(college.groups), "faults": len(college.planted)}
    command.stdout.write(words % (counted | {"folder": folder}))
