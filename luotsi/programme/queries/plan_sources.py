"""Where a command finds a plan: in the database with what has happened since, in a file, or among the packaged ones.

A file may be YAML or a workbook; which of them is told by its content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from luotsi.base import uploads
from luotsi.programme.models import Programme
from luotsi.programme.queries.exports import live_plan
from luotsi.programme.queries.plan_files import NoSuchPlan, PlanFile, packaged_keys, read, read_file
from luotsi.programme.queries.plan_workbook import read_workbook
from luotsi.programme.queries.plan_yaml import yaml_of
from luotsi.programme.queries.tree import Problem

if TYPE_CHECKING:
    from luotsi.programme.rules.values import Place


@dataclass(frozen=True)
class Source:
    """What was read, and for a workbook the cell of each line that problems and faults name."""

    file: PlanFile
    cells: Sequence[str] = ()

    def place(self, line: int) -> str:
        """Return where a line is, in words: line 12, or measures!C4."""
        if self.cells:
            return self.cells[line] if line < len(self.cells) else ""
        return _("line %(line)s") % {"line": line}

    def problem(self, problem: Problem) -> str:
        """Return a problem with its place."""
        if self.cells:
            return f"{self.place(problem.line)} {problem.message}".strip()
        words = {"line": problem.line, "column": problem.column}
        return f"{_('Line %(line)s, column %(column)s:') % words} {problem.message}"

    def fault(self, place: Place) -> str:
        """Return where a fault is."""
        return self.place(place.line)


def programme_of(key: str) -> Programme | None:
    """Return the programme with a key or an address; None where there is none, or no database yet."""
    try:
        found = Programme.objects.select_related("owner")
        return found.filter(key=key).first() or found.filter(slug=key.lower()).first()
    except DatabaseError:
        return None


def source_of(name: str) -> Source:
    """Return the plan of a key in the database with what has happened since; else that of a file or a packaged one.

    Raises:
        NoSuchPlan: there is none.
    """
    programme = programme_of(name)
    if programme is None:
        return file_source(name)
    return Source(read(yaml_of(live_plan(programme)).encode(), f"{programme.key}.yaml"))


def file_source(name: str) -> Source:
    """Return the plan of a file, YAML or a workbook, or one that comes along. Raises NoSuchPlan as `source_of`."""
    path = Path(name)
    if not path.is_file():
        return Source(read_file(name))
    try:
        with path.open("rb") as file:
            data = file.read(settings.UPLOAD_LIMIT + 1)
    except OSError as error:
        raise NoSuchPlan(f"{name}: {error.strerror}") from None
    return source_in(data, path.name)


def source_in(data: bytes, name: str) -> Source:
    """Return the plan that bytes spell: of a workbook, else of a YAML text."""
    if len(data) > settings.UPLOAD_LIMIT:
        words = {"limit": settings.UPLOAD_LIMIT // (1024 * 1024)}
        message = _("The file is larger than %(limit)s MB.") % words
        return Source(PlanFile(name, None, (Problem(1, 1, message),)))
    if not data.startswith(b"PK"):
        return Source(read(data, name))
    try:
        kind = uploads.kind_of(data)
    except uploads.UploadRefused as refused:
        return Source(PlanFile(name, None, (Problem(1, 1, str(refused)),)))
    if kind != uploads.XLSX:
        return Source(PlanFile(name, None, (Problem(1, 1, _("The file is broken and cannot be opened.")),)))
    file, cells = read_workbook(data, name)
    return Source(file, cells)


def how_to_import(key: str) -> str:
    """Return what to do about a key that names nothing in the database."""
    if key in packaged_keys():
        words = {"key": key}
        return (
            _("%(key)s comes with Luotsi but has not been imported. Do: luotsi plan import %(key)s --publish") % words
        )
    known = ", ".join(Programme.objects.order_by("key").values_list("key", flat=True)) or "–"
    return _("There is no programme and no indicator of the key %(key)s. Programmes: %(known)s.") % {
        "key": key,
        "known": known,
    }
