"""`luotsi plan`: tells what is wrong with a plan, how it stands; takes plans in and gives them out."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.errors import Refused
from luotsi.people.models import Unit
from luotsi.programme.actions.plans import Approval, import_plan, rehearse_import
from luotsi.programme.queries import gap_words, lint, outline_text
from luotsi.programme.queries.exports import live_plan
from luotsi.programme.queries.fault_words import sentence
from luotsi.programme.queries.outline import outline
from luotsi.programme.queries.plan_files import NoSuchPlan
from luotsi.programme.queries.plan_sources import Source, file_source, how_to_import, programme_of, source_of
from luotsi.programme.queries.plan_workbook import workbook_of
from luotsi.programme.queries.plan_yaml import yaml_of
from luotsi.programme.queries.taking_in import Trial, try_plan
from luotsi.programme.rules.checks import Severity

SHOWN = 5
VERBS = ("lint", "show", "import", "export")


class Command(BaseCommand):
    """Four verbs: lint and show read; import takes a plan in, export gives it out with what has happened since."""

    help = (
        "Tells what is wrong with a plan (lint) and how it stands (show); takes it in (import), gives it out (export)."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb, the file or the key of a plan, and how to answer."""
        parser.add_argument("verb", choices=VERBS)
        parser.add_argument("file", metavar="FILE", help="A plan file (YAML or XLSX), or the key of a plan.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")
        parser.add_argument("--all", action="store_true", help="Show every line of long lists.")
        parser.add_argument("--dry-run", action="store_true", help="import: tell what would come of it, save nothing.")
        parser.add_argument("--publish", action="store_true", help="import: publish the version at once.")
        parser.add_argument("--owner", default="", metavar="UNIT", help="import: address of the unit that owns it.")
        parser.add_argument("--public", action="store_true", help="import: the programme has a public page.")
        parser.add_argument("--note", default="", help="import --publish: what changed and why.")
        parser.add_argument("--xlsx", action="store_true", help="export: a workbook instead of YAML.")
        parser.add_argument("--draft", action="store_true", help="export: the draft where there is one.")
        parser.add_argument("-o", "--output", default="", metavar="FILE", help="export: write there.")
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer; exit code 1 when a plan cannot be read, something in it cannot be true, or it is refused."""
        verbs = {"lint": self._lint, "show": self._show, "import": self._import, "export": self._export}
        with translation.override(options["language"]):
            try:
                verbs[options["verb"]](options["file"], options)
            except NoSuchPlan as missing:
                raise CommandError(str(missing)) from None

    def _lint(self, name: str, options: dict[str, Any]) -> None:
        self._tell_faults(source_of(name), options)

    def _tell_faults(self, source: Source, options: dict[str, Any]) -> None:
        found = lint.lint(source.file)
        if options["json"]:
            self._write_json(found.as_dict())
        else:
            self.stdout.write("\n".join(told(found, source, whole=options["all"])))
        if found.errors:
            count = {"count": found.errors}
            raise CommandError(
                ngettext("The plan has %(count)s error.", "The plan has %(count)s errors.", found.errors) % count
            )

    def _show(self, name: str, options: dict[str, Any]) -> None:
        source = source_of(name)
        if source.file.plan is None:
            self._tell_faults(source, options)
            return
        shown = outline(source.file.plan)
        if options["json"]:
            self._write_json(asdict(shown))
        else:
            self.stdout.write("\n".join(outline_text.lines_of(shown)))

    def _import(self, name: str, options: dict[str, Any]) -> None:
        source = file_source(name)
        plan = source.file.plan
        if plan is None:
            self._tell_faults(source, options)
            return
        owner = self._owner(options["owner"])
        trial = try_plan(plan, owner)
        if options["dry_run"] and not trial.reasons:
            trial = replace(trial, reasons=rehearse_import(plan=plan, owner=owner))
        if options["dry_run"] or trial.reasons:
            self._tell_trial(trial, source, options)
            return
        approval = Approval(note=options["note"]) if options["publish"] else None
        try:
            made = import_plan(plan=plan, owner=owner, by=None, approval=approval, is_public=options["public"])
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from None
        gaps = [{"code": gap.code, "about": gap.about, "message": gap_words.sentence(gap)} for gap in made.gaps]
        if options["json"]:
            number = made.version.number
            answer = {"key": plan.key, "owner": made.programme.owner.key, "version": number, "gaps": gaps}
            self._write_json(answer | {"sha256": made.version.sha256})
            return
        words = {"key": plan.key, "unit": made.programme.owner, "version": made.version.number or _("draft")}
        self.stdout.write(_("%(key)s has been imported at %(unit)s: version %(version)s.") % words)
        for gap in gaps:
            self.stdout.write(f"  {gap['about']}  {gap['message']}")

    def _owner(self, key: str) -> Unit | None:
        if not key:
            return None
        unit = Unit.objects.filter(key=key).first()
        if unit is None:
            raise CommandError(_("There is no unit with the address %(key)s.") % {"key": key})
        return unit

    def _tell_trial(self, trial: Trial, source: Source, options: dict[str, Any]) -> None:
        """Tell everything that would come of an import, and end with 1 when it would be refused."""
        found = lint.lint(source.file)
        gaps = [{"code": gap.code, "about": gap.about, "message": gap_words.sentence(gap)} for gap in trial.gaps]
        if options["json"]:
            self._write_json(
                found.as_dict()
                | {
                    "owner": trial.owner.key if trial.owner else None,
                    "new": trial.programme is None,
                    "gaps": gaps,
                    "reasons": [str(reason) for reason in trial.reasons],
                }
            )
        else:
            self.stdout.write("\n".join(told(found, source, whole=options["all"])))
            self.stdout.write("")
            self.stdout.write(_("Kept in the plan only: %(count)s") % {"count": len(gaps)})
            for gap in gaps:
                self.stdout.write(f"  {gap['about']}  {gap['message']}")
            if not trial.reasons:
                self.stdout.write(_("Nothing has been saved: this was a dry run."))
        if trial.reasons:
            raise CommandError("\n".join(str(reason) for reason in trial.reasons))

    def _export(self, key: str, options: dict[str, Any]) -> None:
        programme = programme_of(key)
        if programme is None:
            raise CommandError(how_to_import(key))
        plan = live_plan(programme, draft=options["draft"])
        target = options["output"] or (f"{plan.key}.xlsx" if options["xlsx"] else "")
        if not target:
            self.stdout.write(yaml_of(plan), ending="")
            return
        path = Path(target)
        try:
            path.write_bytes(workbook_of(plan) if options["xlsx"] else yaml_of(plan).encode())
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}") from None
        if options["json"]:
            self._write_json({"key": plan.key, "file": path.name})
        else:
            self.stdout.write(_("%(key)s has been written to %(file)s.") % {"key": plan.key, "file": path.name})

    def _write_json(self, answer: object) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=_plain))


def told(found: lint.Lint, source: Source, *, whole: bool) -> Iterator[str]:
    """Yield what a person reads: how many of each severity, then kind by kind with their places."""
    yield found.file.name
    for problem in found.file.problems:
        yield f"  {source.problem(problem)}"
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
            yield from _group(group, source, whole=whole)


def _group(group: lint.Group, source: Source, *, whole: bool) -> Iterator[str]:
    yield f"  {group.title}: {len(group.faults)}"
    shown = group.faults if whole or len(group.faults) <= SHOWN else group.faults[:SHOWN]
    for fault in shown:
        yield f"    {source.fault(fault.place)}  {fault.about}  {sentence(fault)}".rstrip()
    if rest := len(group.faults) - len(shown):
        words = {"count": rest}
        more = ngettext("%(count)s more; --all shows it", "%(count)s more; --all shows them", rest)
        yield f"    … {more % words}"


def _plain(value: object) -> str:
    """Return a number as its digits, so that no decimal is lost on the way."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
