"""The `luotsi` console script: every management command of every room under one name."""

import os
import sys


def main() -> None:
    """Run `luotsi COMMAND …`; Django is imported only here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["luotsi", *sys.argv[1:]])
