"""Questionnaires as files, whatever their form: JSON, or a form in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from luotsi.base.errors import Refused
from luotsi.questionnaires.management.verbs.files import LARGEST, UNREADABLE, json_of
from luotsi.questionnaires.queries.xlsform_files import form_in
from luotsi.questionnaires.rules.convert import Loss, from_grant_form, from_xlsform, is_grant_form

ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Source:
    """A definition as JSON, and what was lost when it was taken out of a spreadsheet or another form."""

    data: Any
    losses: tuple[Loss, ...] = ()


def source_of(name: str) -> Source:
    """Return what a file holds.

    Raises:
        CommandError: It cannot be read; the exit code is 2.
    """
    try:
        with Path(name).open("rb") as file:
            start = file.read(len(ZIP))
            if start != ZIP:
                return _from_json(json_of(name))
            rest = file.read(LARGEST)
            data, losses = from_xlsform(form_in(start + rest))
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=UNREADABLE) from None
    except Refused as refused:
        raise CommandError(f"{name}: {refused}", returncode=UNREADABLE) from None
    return Source(data, losses)


def _from_json(data: Any) -> Source:
    """Return JSON as a definition: it is one already, or a form of the state's system for grants."""
    return Source(*from_grant_form(data)) if is_grant_form(data) else Source(data)
