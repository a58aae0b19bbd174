"""`luotsi guidance`: what can be done with models of the need for guidance from a terminal, a verb each."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from luotsi.learning.management.verbs import benchmark

VERBS = {"benchmark": benchmark}


class Command(BaseCommand):
    """Hands over to the verb; each takes --language."""

    help = "Shows on public data how well the way from cohorts to a model holds (benchmark)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb and what it takes."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        codes = [code for code, _name in settings.LANGUAGES]
        for name, verb in VERBS.items():
            taken = verbs.add_parser(name, help=verb.HELP)
            verb.add_arguments(taken)
            taken.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer in the language asked for; the verb tells with which exit code it ends."""
        with translation.override(options["language"]):
            VERBS[options["verb"]].handle(self, options)
