"""`luotsi funding check`: tells what is wrong with an application, with both sides of the evidence."""

from __future__ import annotations

import textwrap
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.funding.management.verbs.files import read_file
from luotsi.funding.queries import check_words
from luotsi.funding.queries.label_words import path
from luotsi.funding.rules.checks import Finding, Severity, check
from luotsi.funding.rules.reading import read_application, read_call, read_register
from luotsi.funding.rules.register import Register
from luotsi.questionnaires.rules import values

HELP = "Tells what is wrong with an application."
WIDTH, INDENT = 110, " " * 6


def add_arguments(parser: ArgumentParser) -> None:
    """Take an application, its call, perhaps a register, and how to answer."""
    parser.add_argument("application", metavar="APPLICATION", help="The application: a file of JSON.")
    parser.add_argument("--call", required=True, metavar="CALL", help="The call it answers: a file of JSON.")
    parser.add_argument(
        "--register", metavar="FILE", help="What is known beside it, such as other grants: a file of JSON."
    )
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="Check as on that day.")
    parser.add_argument("--json", action="store_true", help="Answer in JSON.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Answer; exit code 1 when a finding blocks, 2 when a file cannot be read."""
    application = read_file(options["application"], read_application)
    call = read_file(options["call"], read_call)
    register = read_file(options["register"], read_register) if options["register"] else Register()
    found = check(application, call, register, options["on"] or clock.today())
    if options["json"]:
        command.stdout.write(values.dumps([as_json(finding) for finding in found], indent=2))
    else:
        command.stdout.write("\n".join(told(found)))
    if count := sum(finding.severity is Severity.BLOCK for finding in found):
        words = ngettext(
            "%(count)s finding blocks the application.", "%(count)s findings block the application.", count
        )
        raise CommandError(words % {"count": count})


def as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as programs read it."""
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "where": [str(field) for field in finding.where],
        "found": check_words.plain(finding.found),
        "expected": check_words.plain(finding.expected),
        "message": check_words.message(finding),
        "fix": check_words.fix(finding),
    }


def told(found: tuple[Finding, ...]) -> Iterator[str]:
    """Yield what a person reads: how many of each severity, each with its words, both sides and a suggestion."""
    heads = {
        Severity.BLOCK: _("Blocks: %(count)s"),
        Severity.WARN: _("Warnings: %(count)s"),
        Severity.INFO: _("Remarks: %(count)s"),
    }
    for severity, head in heads.items():
        members = [finding for finding in found if finding.severity is severity]
        yield head % {"count": len(members)}
        for finding in members:
            yield ""
            yield from _paragraph(f"{finding.rule:<4}", check_words.message(finding))
            yield from _sides(finding)
            yield from _paragraph(f"{INDENT}→", check_words.fix(finding))
            if finding.source:
                words = _("Source: %(source)s")
                yield INDENT + words % {"source": finding.source}
        yield ""


def _paragraph(mark: str, words: str) -> Iterator[str]:
    lead = mark if mark.startswith(" ") else f"  {mark}"
    inner = " " * (len(lead) + 1) if mark.startswith(" ") else INDENT
    first = f"{lead} " if mark.startswith(" ") else lead
    yield from textwrap.wrap(words, WIDTH, initial_indent=first, subsequent_indent=inner, break_on_hyphens=False)


def _sides(finding: Finding) -> Iterator[str]:
    """Yield both sides below each other: the value, what it is called, where it stands."""
    expected = "" if finding.expected is None else check_words.shown(finding.expected)
    shown = [words[:40] for words in (check_words.shown(finding.found), expected)]
    widest = max(len(words) for words in shown)
    for words, field in zip(shown, finding.where, strict=True):
        yield f"{INDENT}{words:>{widest}}  {path(field.names)}  [{field}]"
