"""`luotsi questionnaire convert`: a definition in another form, and what was lost on the way."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from luotsi.questionnaires.management.verbs.files import UNREADABLE
from luotsi.questionnaires.management.verbs.sources import source_of
from luotsi.questionnaires.queries import fault_words, loss_words
from luotsi.questionnaires.queries.xlsform_files import workbook_of
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert import (
    Loss,
    from_surveyjs,
    to_json_schema,
    to_surveyjs,
    to_xlsform,
)
from luotsi.questionnaires.rules.definition import Definition, Severity, read

HELP = "Writes a definition in another form, and tells what was lost on the way."
FORMS = ("surveyjs", "xlsform", "jsonschema")


def add_arguments(parser: ArgumentParser) -> None:
    """Take a definition, the form that is wanted, and where to write it."""
    parser.add_argument("file", metavar="FILE", help="The questionnaire: a file of JSON, or a form in a spreadsheet.")
    parser.add_argument("--to", choices=FORMS, required=True, help="What it is to become.")
    parser.add_argument("--out", default="", metavar="FILE", help="Write it there.")
    parser.add_argument("--json", action="store_true", help="Answer in JSON, with the losses in it.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Answer; exit code 2 when the file cannot be read, or is no definition even without what is left out."""
    source = source_of(options["file"])
    if not isinstance(source.data, dict):
        raise CommandError(_("%(file)s is no definition.") % {"file": options["file"]}, returncode=UNREADABLE)
    taken_in = from_surveyjs(source.data)
    definition = _sound(options["file"], taken_in.result)
    written: bytes
    result: Any
    more: Sequence[Loss] = ()
    if options["to"] == "xlsform":
        form, more = to_xlsform(definition)
        result, written = form.sheets(), workbook_of(form)
    else:
        if options["to"] == "jsonschema":
            result, more = to_json_schema(definition, options["language"])
        else:
            result = to_surveyjs(taken_in.result).result
        written = (values.dumps(result, indent=2) + "\n").encode()
    losses = (*source.losses, *taken_in.losses, *more)
    if options["out"]:
        _write(options["out"], written)
    elif options["to"] == "xlsform" and not options["json"]:
        raise CommandError(_("A workbook needs a file: name it with --out."), returncode=UNREADABLE)
    _answer(command, options, result, losses)


def _sound(name: str, data: dict[str, Any]) -> Definition:
    found = read(data)
    if found.definition is not None and found.ok:
        return found.definition
    wrong = [fault for fault in found.faults if fault.severity is Severity.ERROR]
    lines = [f"{name}{'#' + fault.at if fault.at else ''}: {fault_words.sentence(fault)}" for fault in wrong]
    raise CommandError("\n".join(lines), returncode=UNREADABLE)


def _write(name: str, data: bytes) -> None:
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=UNREADABLE) from None


def _answer(command: BaseCommand, options: dict[str, Any], result: Any, losses: Sequence[Loss]) -> None:
    if options["json"]:
        answer: dict[str, Any] = {"to": options["to"], "file": options["out"] or None}
        answer |= {} if options["out"] else {"result": result}
        command.stdout.write(values.dumps(answer | {"losses": [_as_dict(loss) for loss in losses]}, indent=2))
        return
    if options["out"]:
        command.stdout.write(_("%(file)s has been written.") % {"file": options["out"]})
    else:
        command.stdout.write(values.dumps(result, indent=2))
    command.stderr.write(_("Lost on the way: %(count)s") % {"count": len(losses)})
    for loss in losses:
        command.stderr.write(f"  {loss.at or '/'}  {loss.name}  {loss_words.sentence(loss)}")


def _as_dict(loss: Loss) -> dict[str, Any]:
    return {
        "at": loss.at,
        "what": loss.what,
        "name": loss.name,
        "detail": loss.detail,
        "message": loss_words.sentence(loss),
    }
