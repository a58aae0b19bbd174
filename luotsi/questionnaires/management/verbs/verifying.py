"""`luotsi questionnaire verify`: proves that a copy of what was handed in equals what is stored."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.questionnaires.queries.proof import Proof, prove_file
from luotsi.questionnaires.rules import values
from luotsi.ui import formatting

HELP = "Proves that a copy of a submission, JSON or PDF, equals what is stored."
MOST = 100 * 1024 * 1024
WORDS = {
    "equal": gettext_lazy("The copy equals what is stored."),
    "changed": gettext_lazy(
        "The copy has been changed: its content does not give its hash, or is not what is stored."
    ),
    "unknown": gettext_lazy("No submission here has this hash."),
    "stored": gettext_lazy("The stored submission does not give its own hash. Somebody has altered the database."),
    "reprinted": gettext_lazy(
        "The hash is that of a submission, but the file is not the one that is printed from it."
    ),
    "unreadable": gettext_lazy("The file carries no hash of a submission."),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", metavar="FILE", help="A submission as JSON, or its summary as PDF.")
    parser.add_argument("--json", action="store_true", help="Answer in JSON.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Answer; exit code 1 when the copy does not prove, 2 when the file cannot be read."""
    path = Path(options["file"])
    try:
        if path.stat().st_size > MOST:
            raise CommandError(_("The file is too large."), returncode=2)
        found = prove_file(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=2) from None
    if options["json"]:
        command.stdout.write(values.dumps(as_json(found), indent=2))
    else:
        command.stdout.write(told(found))
    if not found.holds:
        raise CommandError(str(WORDS[found.verdict]))


def as_json(found: Proof) -> dict[str, Any]:
    """Return a proof as programs read it."""
    content = found.submission.content if found.submission else {}
    return {
        "verdict": found.verdict,
        "sha256": found.sha256,
        "valid": found.is_valid,
        "response": content.get("response"),
        "number": content.get("number"),
        "submitted_at": content.get("submitted_at"),
    }


def told(found: Proof) -> str:
    """Return what a person reads."""
    lines = [f"SHA-256 {found.sha256}"] if found.sha256 else []
    if found.submission is not None:
        stored = found.submission
        when = formatting.moment(stored.submitted_at)
        lines += [
            f"{stored.response.collection}, {_('submission')} {stored.number}, {when}",
            _("It is the valid one.") if found.is_valid else _("A later submission has replaced it."),
        ]
    if found.holds:
        lines.append(str(WORDS[found.verdict]))
    return "\n".join(lines)
