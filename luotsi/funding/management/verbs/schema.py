"""`luotsi funding schema`: prints the JSON Schema of applications, calls and registers."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from luotsi.funding.rules.reading import SHAPES, schema_of

HELP = "Prints the JSON Schema (2020-12) of a kind of file."


def add_arguments(parser: ArgumentParser) -> None:
    """Take which kind of file."""
    parser.add_argument("kind", choices=tuple(SHAPES), help="Which kind of file.")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    """Print the schema."""
    command.stdout.write(json.dumps(schema_of(SHAPES[options["kind"]]), indent=2, ensure_ascii=False))
