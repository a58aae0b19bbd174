"""`luotsi study validate`: tells what is wrong with files of study data before they are sent; nothing leaves."""

from __future__ import annotations

import json
import textwrap
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.learning.engine.documents import READ, Broken, Place
from luotsi.learning.engine.preflight import Again, Counts, Preflight, Source, Told
from luotsi.learning.queries import document_words, rule_words
from luotsi.learning.queries.owner_words import OWNERS
from luotsi.learning.rules.checks import RULES, Severity
from luotsi.learning.rules.checks.finding import Finding

HELP = "Tells what is wrong with files of study data: rights to study of KOSKI, personal plans of eHOKS."
UNREADABLE = 2
SHORT = 5
WIDTH = 110


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files and how to answer."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="A file of JSON, of JSON lines, a ZIP of them, or a folder."
    )
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="Check by the rules of that day.")
    parser.add_argument("--all", action="store_true", help="Show every place, not the first five of each rule.")
    parser.add_argument("--json", action="store_true", help="Answer in JSON.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Answer; exit code 1 when something blocks, 2 when a file or a document cannot be read."""
    names = dict.fromkeys(name for given in options["files"] for name in _files(given))
    check = Preflight([_source(name) for name in names], options["on"] or clock.today())
    report = Report(shows_all=options["all"])
    if options["json"]:
        _answer_json(command, check, report)
    else:
        for one in check.run():
            report.take(one)
        for line in report.lines(check.counts, check.day):
            command.stdout.write(_printable(line))
    if report.broken:
        words = ngettext("%(count)s place could not be read.", "%(count)s places could not be read.", report.broken)
        raise CommandError(words % {"count": report.broken}, returncode=UNREADABLE)
    if count := report.blocking:
        words = ngettext("%(count)s finding blocks.", "%(count)s findings block.", count)
        raise CommandError(words % {"count": count})


def _files(given: str) -> list[str]:
    """Return a file, or the files of a folder and those below it that can hold study data."""
    folder = Path(given)
    if not folder.is_dir():
        return [given]
    found = sorted(str(path) for path in folder.rglob("*") if path.suffix.lower() in READ and path.is_file())
    if not found:
        raise CommandError(f"{given}: {document_words.sentence('empty')}", returncode=UNREADABLE)
    return found


def _source(name: str) -> Source:
    try:
        with Path(name).open("rb"):
            return Source(name, lambda: Path(name).open("rb"))
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=UNREADABLE) from None


def _answer_json(command: BaseCommand, check: Preflight, report: Report) -> None:
    """Write findings as they come, so that any number of them fits; what was read follows."""
    command.stdout.write('{"findings": [', ending="")
    gap = "\n"
    for one in check.run():
        report.take(one)
        command.stdout.write(gap + json.dumps(as_json(one), default=str), ending="")
        gap = ",\n"
    told = {"on": check.day.isoformat(), **asdict(check.counts)}
    told |= {severity: report.severities[severity] for severity in ("broken", "block", "warn", "info")}
    command.stdout.write(f'],\n"read": {json.dumps(told)}}}')


def as_json(one: Told | Broken) -> dict[str, Any]:
    """Return what was found as programs read it; what cannot be read has the severity `broken`, or `block`."""
    place = one.place
    where = {"file": place.file, "line": place.line, "at": one.at if isinstance(one, Told) else place.at}
    if isinstance(one, Told) and isinstance(one.what, Finding):
        found = one.what
        return {
            "rule": found.code,
            "severity": str(found.severity),
            "owner": str(found.owner),
            **where,
            "params": dict(found.params),
            "message": rule_words.message(found.code, found.params),
            "fix": rule_words.fix(found.code),
            "funding": bool(rule_words.WORDS[found.code].funding),
        }
    if isinstance(one, Broken):
        where |= {"line": one.line, "column": one.column}
    code, severity = _fault(one)
    return {"rule": code, "severity": severity, "owner": "register", **where, "message": _sentence(one)}


def _fault(one: Told | Broken) -> tuple[str, str]:
    if isinstance(one, Broken):
        return one.code, "broken"
    match one.what:
        case Again(is_same=True):
            return "twice", Severity.WARN.value
        case Again():
            return "contradicts", Severity.BLOCK.value
        case found:
            return found.code, "broken" if found.code == "foreign" else Severity.BLOCK.value


def _sentence(one: Told | Broken) -> str:
    code, _severity = _fault(one)
    if isinstance(one, Broken):
        return document_words.sentence(code)
    if isinstance(one.what, Again):
        return document_words.sentence(code, one.what.oid, shown(one.what.before))
    return document_words.sentence(code, getattr(one.what, "found", ""))


def shown(place: Place, at: str = "", line: int | None = None) -> str:
    """Return a place as people read it: file, line, JSON Pointer."""
    number = place.line or line
    return f"{place.file}{f':{number}' if number else ''}{f'  {at}' if at else ''}"


@dataclass
class Report:
    """What is found, counted, with as many places of each kind as are shown."""

    shows_all: bool = False
    severities: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def broken(self) -> int:
        """How many places could not be read."""
        return self.severities["broken"]

    @property
    def blocking(self) -> int:
        """How many findings block."""
        return self.severities["block"]

    def take(self, one: Told | Broken) -> None:
        """Count what was found and keep its place."""
        if isinstance(one, Told) and isinstance(one.what, Finding):
            key = one.what.severity.value, one.what.code
        else:
            code, severity = _fault(one)
            key = severity, code
        self.severities[key[0]] += 1
        self.counts[key] += 1
        if self.shows_all or self.counts[key] <= SHORT:
            self.places[key].append(_line(one))

    def lines(self, counts: Counts, day: date) -> Iterator[str]:
        """Yield what a person reads: what was read, then kind by kind what was found."""
        yield _(
            "Documents: %(documents)s. Learners: %(learners)s. Rights to study: %(rights)s. Plans: %(plans)s. "
            "Rights of other kinds, not checked: %(others)s. Rules of %(day)s."
        ) % {**asdict(counts), "day": rule_words.shown("day", day)}
        heads = {
            "broken": _("Cannot be read: %(count)s"),
            "block": _("Blocks: %(count)s"),
            "warn": _("Warnings: %(count)s"),
            "info": _("Remarks: %(count)s"),
        }
        for severity, head in heads.items():
            yield ""
            yield head % {"count": self.severities[severity]}
            for key in sorted(one for one in self.counts if one[0] == severity):
                yield from self._kind(key)

    def _kind(self, key: tuple[str, str]) -> Iterator[str]:
        code, count = key[1], self.counts[key]
        words = rule_words.WORDS.get(code)
        yield ""
        if words:
            yield f"  {code} {words.title} ({count}) – {OWNERS[RULES[code].owner]}"
            yield from _wrapped(str(words.why))
            if words.funding:
                yield from _wrapped(_("Funding hangs on it: %(why)s") % {"why": words.funding})
        else:
            yield f"  {code} ({count})"
        yield from self.places[key]
        if count > len(self.places[key]):
            rest = count - len(self.places[key])
            yield "      " + ngettext("… and %(count)s more", "… and %(count)s more", rest) % {"count": rest}


def _line(one: Told | Broken) -> str:
    at = one.at if isinstance(one, Told) else one.place.at
    number = one.line if isinstance(one, Broken) else None
    head = f"      {shown(one.place, at, number)}"
    if isinstance(one, Told) and isinstance(one.what, Finding):
        found = one.what
        said = f"{rule_words.message(found.code, found.params)} → {rule_words.fix(found.code)}"
    else:
        said = _sentence(one)
    return f"{head}\n        {said}"


def _wrapped(words: str) -> Iterator[str]:
    yield from textwrap.wrap(words, WIDTH, initial_indent="      ", subsequent_indent="      ", break_on_hyphens=False)


def _printable(text: str) -> str:
    """Return a text that any terminal takes: half a sign that a document may hold becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
