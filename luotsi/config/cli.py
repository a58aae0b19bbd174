"""The `luotsi` console script: every management command of every room under one name."""

import os
import sys


def main() -> None:
    """Run `luotsi COMMAND …`; Django is imported only here.

    Raises:
        SystemExit: a setting is missing or wrong; what to set is told instead of a trace.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["luotsi", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.exit(f"luotsi: {error}")
