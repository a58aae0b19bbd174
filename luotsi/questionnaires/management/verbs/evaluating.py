"""`luotsi questionnaire evaluate`: tells what follows from answers."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.questionnaires.management.verbs.files import definition_of, json_of
from luotsi.questionnaires.queries.error_words import words_of
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.evaluation import Outcome, evaluate

HELP = "Tells what follows from answers: what is on view, required, worked out, wrong."


def add_arguments(parser: ArgumentParser) -> None:
    """Take a definition, answers and how to answer."""
    parser.add_argument("definition", metavar="DEFINITION", help="The questionnaire: a file of JSON.")
    parser.add_argument("answers", metavar="ANSWERS", help="The answers: a file of JSON.")
    parser.add_argument("--json", action="store_true", help="Answer in JSON.")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="Evaluate as on that day.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Answer; exit code 1 when an answer has an error, 2 when a file cannot be read."""
    definition, answers = definition_of(options["definition"]), json_of(options["answers"])
    today = options["on"] or clock.today()
    found = evaluate(definition, answers, today=today, language=options["language"])
    if options["json"]:
        command.stdout.write(values.dumps(as_json(found), indent=2))
    else:
        command.stdout.write("\n".join(told(found)))
    if count := len(found.errors):
        words = ngettext("The answers have %(count)s error.", "The answers have %(count)s errors.", count)
        raise CommandError(words % {"count": count})


def as_json(found: Outcome) -> dict[str, Any]:
    """Return an outcome as programs read it."""
    return {
        "visible": list(found.visible),
        "required": list(found.required),
        "errors": [{"name": error.name, "code": error.code, "message": words_of(error)} for error in found.errors],
        "calculated": found.calculated,
        "totals": found.totals,
    }


def told(found: Outcome) -> Iterator[str]:
    """Yield what a person reads; a star marks what must be answered."""
    yield _("Questions on view: %(count)s") % {"count": len(found.visible)}
    required = set(found.required)
    for name in found.visible:
        yield f"  {name} *" if name in required else f"  {name}"
    for head, worked_out in ((_("Worked out"), found.calculated), (_("Totals"), found.totals)):
        if worked_out:
            yield ""
            yield head
            yield from (f"  {name}  {values.dumps(value)}" for name, value in worked_out.items())
    if found.errors:
        yield ""
        yield _("Errors: %(count)s") % {"count": len(found.errors)}
        yield from (f"  {error.name}  {words_of(error)}".rstrip() for error in found.errors)
