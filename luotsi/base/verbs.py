"""Commands that hand over to verbs, a module each: `luotsi funding check`, `luotsi study validate`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation


class Verb(Protocol):
    """What a verb has: its help, its arguments, and what it does; it tells with which exit code it ends."""

    HELP: str

    def add_arguments(self, parser: ArgumentParser, /) -> None: ...  # noqa: D102

    def handle(self, command: BaseCommand, options: dict[str, Any], /) -> None: ...  # noqa: D102


class VerbsCommand(BaseCommand):
    """Hands over to one of its `verbs`; each takes --language."""

    verbs: ClassVar[Mapping[str, Verb]]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb and what it takes."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        codes = [code for code, _name in settings.LANGUAGES]
        for name, verb in self.verbs.items():
            taken = verbs.add_parser(name, help=verb.HELP)
            verb.add_arguments(taken)
            taken.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer in the language asked for."""
        with translation.override(options["language"]):
            self.verbs[options["verb"]].handle(self, options)
