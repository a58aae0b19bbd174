"""`luotsi report build KEY PERIOD` writes a report; `luotsi report verify FILE|ID` proves one."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock, periods
from luotsi.base.errors import Refused
from luotsi.programme.models import Programme
from luotsi.reports.actions.drafts import begin_report
from luotsi.reports.actions.freezing import freeze_report
from luotsi.reports.models import Report
from luotsi.reports.queries import documents
from luotsi.reports.queries.blocker_words import sentence
from luotsi.reports.queries.contents import Live, content_of, live, wanted_of
from luotsi.reports.queries.material import Wanted
from luotsi.reports.queries.proof import Proof, prove_file, prove_report
from luotsi.reports.queries.shown import shown
from luotsi.reports.rules.content import Content
from luotsi.ui import formatting

SHOWN = 20


class Command(BaseCommand):
    """Two verbs: build and verify; only --freeze writes."""

    help = "Writes a report of a programme (build), or proves that every figure of one can be made again (verify)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb, what it is about, and where to write."""
        parser.add_argument("verb", choices=["build", "verify"])
        parser.add_argument(
            "what", metavar="KEY|FILE|ID", help="The key of a programme, a file, or the id of a report."
        )
        parser.add_argument("period", nargs="?", default="", help="A year or a school year: 2017, 2025-26 (build).")
        parser.add_argument("--kind", choices=list(Report.Kind.values), default="evaluation")
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE)
        parser.add_argument("--pdf", metavar="F", help="Write the report as PDF/UA-1.")
        parser.add_argument("--json", metavar="F", nargs="?", const="-", help="Write JSON; with verify, answer in it.")
        parser.add_argument("--xlsx", metavar="F", help="Write every table into a workbook.")
        parser.add_argument("--freeze", action="store_true", help="Keep the report and freeze it.")
        parser.add_argument("--by", default="", metavar="NAME", help="Who freezes it; printed with the reasons.")
        parser.add_argument(
            "--reason",
            action="append",
            default=[],
            metavar="CODE=WORDS",
            help="Why without it, such as K04=… or no_owner=…",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer; exit code 1 when a report cannot be written or does not prove."""
        with translation.override(options["language"]):
            if options["verb"] == "verify":
                self._verify(options["what"], as_json=options["json"] is not None)
            else:
                self._build(options)

    def _build(self, options: dict[str, Any]) -> None:
        wanted = _wanted(options["what"], options["period"], options["kind"])
        found = live(wanted)
        content, sha256, state = found.content, "", "draft"
        if options["freeze"]:
            report = _frozen(wanted, found, options)
            content, sha256, state = content_of(report), report.sha256, report.state
            self.stdout.write(_("Frozen: %(id)s, SHA-256 %(hash)s") % {"id": report.pk, "hash": sha256})
        self._tell(found)
        self._write(content, state, sha256, options, str(report.pk) if options["freeze"] else "")

    def _tell(self, found: Live) -> None:
        words = {"count": formatting.number(len(found.content.figures))}
        self.stdout.write(_("%(count)s figures.") % words)
        if found.blockers:
            count = len(found.blockers)
            head = ngettext("%(count)s thing is missing:", "%(count)s things are missing:", count)
            self.stdout.write(head % {"count": count})
        for blocker in found.blockers:
            self.stdout.write(f"  {sentence(blocker)}")

    def _write(self, content: Content, state: str, sha256: str, options: dict[str, Any], pk: str) -> None:
        about = documents.about_of(content, state, sha256, {}, options["language"])
        in_words = shown(content, options["language"])
        for kind in ("pdf", "xlsx"):
            if options[kind]:
                _to_file(options[kind], documents.made(in_words, about, kind))
        if options["json"]:
            tree = {**documents.draft_file(content), "state": state, "report": pk}
            data = documents.as_json(tree)
            if options["json"] == "-":
                self.stdout.write(data.decode())
            else:
                _to_file(options["json"], data)

    def _verify(self, what: str, *, as_json: bool) -> None:
        proof = prove_report(_report(what)) if _is_id(what) else prove_file(_tree(what))
        if as_json:
            self.stdout.write(json.dumps(proof.as_dict(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_told(proof)))
        if not proof.is_sound:
            raise CommandError(_("The report does not prove."))


def _told(proof: Proof) -> list[str]:
    """Return what a person reads of a proof."""
    if proof.problem:
        return [_("It cannot be read as a report: %(why)s") % {"why": proof.problem}]
    words = {"count": formatting.number(len(proof.lines))}
    lines = [
        _("The hash fits.") if proof.hash_fits else _("The hash does not fit: something was changed."),
        _("Made again from the report itself: %(count)s figures.") % words,
    ]
    if proof.database is not None:
        words = {"count": formatting.number(len(proof.database))}
        lines.append(_("Made again from the database of that moment: %(count)s figures.") % words)
    if not proof.wrong:
        return [*lines, _("Every figure is the same.")]
    lines.append(_("Not the same: %(count)s") % {"count": len(proof.wrong)})
    lines += [
        f"  {line.number}. {line.key}: {formatting.number(line.was, 6)} → {formatting.number(line.now, 6)}"
        for line in proof.wrong[:SHOWN]
    ]
    return lines


def _wanted(key: str, period: str, kind: str) -> Wanted:
    programme = Programme.objects.select_related("owner").filter(key=key).first()
    if programme is None:
        known = ", ".join(Programme.objects.order_by("key").values_list("key", flat=True)) or formatting.MISSING
        raise CommandError(_("There is no programme %(key)s. Known keys: %(known)s.") % {"key": key, "known": known})
    try:
        span = periods.parse(period)
    except periods.NotAPeriod:
        raise CommandError(_("Name the period as a year or a school year, such as 2017 or 2025-26.")) from None
    kept = Report.objects.filter(programme=programme, kind=kind, period=span.key).order_by("-version").first()
    if kept is not None and kept.state == Report.State.DRAFT:
        kept.programme = programme
        return wanted_of(kept)
    day = min(span.end, clock.today())
    return Wanted(kind=kind, programme=programme, unit=programme.owner, period=span.key, data_on=day)


def _frozen(wanted: Wanted, found: Live, options: dict[str, Any]) -> Report:
    given = dict(part.partition("=")[::2] for part in options["reason"])
    reasons = {one.key: given.get(one.about) or given.get(one.why, "") for one in found.blockers}
    if found.blockers and not options["by"]:
        raise CommandError(_("Name who gives the reasons: --by NAME."))
    try:
        report = Report.objects.filter(
            programme=wanted.programme, kind=wanted.kind, period=wanted.period, state=Report.State.DRAFT
        ).first() or begin_report(
            kind=wanted.kind, programme=wanted.programme, period=wanted.period, data_on=wanted.data_on, by=None
        )
        return freeze_report(report=report, reasons=reasons, by=None, name=options["by"])
    except Refused as refused:
        raise CommandError(str(refused)) from None


def _is_id(what: str) -> bool:
    try:
        UUID(what)
    except ValueError:
        return False
    return not Path(what).is_file()


def _report(what: str) -> Report:
    found = Report.objects.settled().select_related("unit", "programme__owner").filter(pk=UUID(what)).first()
    if found is None:
        raise CommandError(_("There is no frozen report %(id)s.") % {"id": what})
    return found


def _tree(what: str) -> Any:
    try:
        return json.loads(Path(what).read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{what}: {error.strerror}") from None
    except ValueError:
        return None


def _to_file(path: str, data: bytes) -> None:
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
