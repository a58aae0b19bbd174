"""Files that the verbs read: JSON with exact numbers, told with the place of everything that does not fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from luotsi.funding.queries import fault_words
from luotsi.funding.rules.fields import Shape
from luotsi.funding.rules.reading import Fault, Read, Unreadable, loads
from luotsi.funding.rules.reading.faults import SIZE

UNREADABLE = 2


def read_file[S: Shape](name: str, read: Callable[[object], Read[S]]) -> S:
    """Return what a file says.

    Args:
        name: Path of the file.
        read: What makes an application, a call or a register of its JSON.

    Raises:
        CommandError: It cannot be read; every fault is told with its place, the exit code is 2.
    """
    try:
        with Path(name).open("rb") as file:
            found = read(loads(file.read(SIZE + 1)))
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=UNREADABLE) from None
    except Unreadable as fault:
        words = fault_words.sentence(Fault("", fault.code))
        raise CommandError(f"{name}: {words}", returncode=UNREADABLE) from None
    if found.found is None:
        head = _("%(file)s cannot be used:") % {"file": name}
        lines = [f"  {fault.at or '/'}  {fault_words.sentence(fault)}" for fault in found.faults]
        raise CommandError("\n".join([head, *lines]), returncode=UNREADABLE)
    return found.found
