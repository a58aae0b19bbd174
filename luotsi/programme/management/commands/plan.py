"""`luotsi plan lint FILE` tells what is wrong with a plan; `luotsi plan show FILE` tells how it stands."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.programme.queries import lint, outline_text, plan_files
from luotsi.programme.queries.fault_words import sentence
from luotsi.programme.queries.outline import outline
from luotsi.programme.queries.plan_files import NoSuchPlan, PlanFile
from luotsi.programme.rules.checks import Severity

SHOWN = 5


class Command(BaseCommand):
    """Two verbs: lint and show; neither touches the database."""

    help = "Tells what is wrong with a plan file (lint), or how the plan stands (show)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb, the file or the key of a plan that comes with Luotsi, and how to answer."""
        parser.add_argument("verb", choices=["lint", "show"])
        parser.add_argument("file", metavar="FILE", help="A plan file, or the key of a plan that comes with Luotsi.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")
        parser.add_argument("--all", action="store_true", help="Show every line of long lists.")
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer; exit code 1 when the file cannot be read or something in it cannot be true."""
        with translation.override(options["language"]):
            try:
                file = plan_files.read_file(options["file"])
            except NoSuchPlan as missing:
                raise CommandError(str(missing)) from None
            verb = self._lint if options["verb"] == "lint" else self._show
            verb(file, as_json=options["json"], whole=options["all"])

    def _lint(self, file: PlanFile, *, as_json: bool, whole: bool) -> None:
        found = lint.lint(file)
        if as_json:
            self.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_told(found, whole=whole)))
        if found.errors:
            count = {"count": found.errors}
            raise CommandError(
                ngettext("The plan has %(count)s error.", "The plan has %(count)s errors.", found.errors) % count
            )

    def _show(self, file: PlanFile, *, as_json: bool, whole: bool) -> None:
        if file.plan is None:
            self._lint(file, as_json=as_json, whole=whole)
            return
        shown = outline(file.plan)
        if as_json:
            self.stdout.write(json.dumps(asdict(shown), ensure_ascii=False, indent=2, default=_plain))
        else:
            self.stdout.write("\n".join(outline_text.lines_of(shown)))


def _told(found: lint.Lint, *, whole: bool) -> Iterator[str]:
    """Yield what a person reads: how many of each severity, then kind by kind with lines."""
    yield found.file.name
    for problem in found.file.problems:
        place = _("Line %(line)s, column %(column)s:") % {"line": problem.line, "column": problem.column}
        yield f"  {place} {problem.message}"
    if found.file.problems:
        return
    heads = {
        Severity.ERROR: _("Errors: %(count)s"),
        Severity.WARNING: _("Warnings: %(count)s"),
        Severity.REMARK: _("Remarks: %(count)s"),
    }
    for severity, head in heads.items():
        yield ""
        yield head % {"count": found.count(severity)}
        for group in found.groups(severity):
            yield from _group(group, whole=whole)


def _group(group: lint.Group, *, whole: bool) -> Iterator[str]:
    yield f"  {group.title}: {len(group.faults)}"
    shown = group.faults if whole or len(group.faults) <= SHOWN else group.faults[:SHOWN]
    for fault in shown:
        place = _("line %(line)s") % {"line": fault.place.line}
        yield f"    {place}  {fault.about}  {sentence(fault)}".rstrip()
    if rest := len(group.faults) - len(shown):
        words = {"count": rest}
        more = ngettext("%(count)s more; --all shows it", "%(count)s more; --all shows them", rest)
        yield f"    … {more % words}"


def _plain(value: object) -> str:
    """Return a number as its digits, so that no decimal is lost on the way."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
