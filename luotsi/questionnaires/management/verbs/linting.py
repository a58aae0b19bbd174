"""`luotsi questionnaire lint`: tells what is wrong with a definition."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.questionnaires.management.verbs.sources import source_of
from luotsi.questionnaires.queries import defect_words
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.lint import Defect, Severity, defects

HELP = "Tells what is wrong with a definition."


def add_arguments(parser: ArgumentParser) -> None:
    """Take a definition and how to answer."""
    parser.add_argument("file", metavar="FILE", help="The questionnaire: a file of JSON, or a form in a spreadsheet.")
    parser.add_argument("--json", action="store_true", help="Answer in JSON.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Answer; exit code 1 when a defect is an error, 2 when the file cannot be read."""
    found = defects(read(source_of(options["file"]).data))
    if options["json"]:
        command.stdout.write(values.dumps(as_json(options["file"], found), indent=2))
    else:
        command.stdout.write("\n".join(told(found)))
    if count := sum(defect.severity is Severity.ERROR for defect in found):
        words = ngettext("The definition has %(count)s error.", "The definition has %(count)s errors.", count)
        raise CommandError(words % {"count": count})


def as_json(name: str, found: tuple[Defect, ...]) -> dict[str, Any]:
    """Return the defects as programs read them."""
    counts = {str(severity): sum(defect.severity is severity for defect in found) for severity in Severity}
    return {"file": name, "sound": not counts["error"], "counts": counts, "defects": [_as_dict(one) for one in found]}


def _as_dict(defect: Defect) -> dict[str, Any]:
    return {
        "code": defect.code,
        "severity": str(defect.severity),
        "at": defect.at,
        "names": list(defect.names),
        "message": defect_words.sentence(defect),
        "fix": defect_words.fix(defect.code),
        "params": {key: str(value) for key, value in defect.params.items()},
    }


def told(found: tuple[Defect, ...]) -> Iterator[str]:
    """Yield what a person reads: how many of each severity, then kind by kind with places and a suggested fix."""
    heads = {
        Severity.ERROR: _("Errors: %(count)s"),
        Severity.WARN: _("Warnings: %(count)s"),
        Severity.INFO: _("Remarks: %(count)s"),
    }
    for severity, head in heads.items():
        members = [defect for defect in found if defect.severity is severity]
        yield head % {"count": len(members)}
        kinds: dict[str, list[Defect]] = defaultdict(list)
        for defect in members:
            kinds[defect.code if not defect.code.startswith(defect_words.READING) else ""].append(defect)
        for same in kinds.values():
            yield f"  {defect_words.title(same[0].code)}: {len(same)}"
            yield from (f"    {defect.at or '/'}  {defect_words.sentence(defect)}" for defect in same)
            yield f"    → {defect_words.fix(same[0].code)}"
