"""Files that the verbs read: JSON with exact numbers, and definitions that may be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from luotsi.questionnaires.queries import fault_words
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.definition import Definition, Severity, read

UNREADABLE = 2
LARGEST = 16_000_000  # bytes


def json_of(name: str) -> Any:
    """Return the JSON of a file, numbers exact.

    Raises:
        CommandError: It is not there, too large or no JSON; the exit code is 2.
    """
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(_("%(file)s is too large.") % {"file": name}, returncode=UNREADABLE)
        return values.loads(path.read_text(encoding="utf-8"), depth=values.DEEPEST, size=LARGEST)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=UNREADABLE) from None
    except (UnicodeDecodeError, values.NotAValue):
        words = _("%(file)s is no JSON that can be read.") % {"file": name}
        raise CommandError(words, returncode=UNREADABLE) from None


def definition_of(name: str) -> Definition:
    """Return the questionnaire of a file.

    Raises:
        CommandError: It may not be used; its errors are told with their places, the exit code is 2.
    """
    found = read(json_of(name))
    if found.definition is not None and found.ok:
        return found.definition
    wrong = [fault for fault in found.faults if fault.severity is Severity.ERROR]
    lines = [f"{name}{'#' + fault.at if fault.at else ''}: {fault_words.sentence(fault)}" for fault in wrong]
    raise CommandError("\n".join(lines), returncode=UNREADABLE)
