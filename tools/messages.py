"""Compiles message catalogues (.po to .mo) with Babel, so that no gettext is needed to run Luotsi.

Usage: python -m tools.messages CATALOGUE.po …
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogue(source: Path) -> Path:
    """Write the .mo beside a .po and return it; fuzzy messages are left out, so they show in English."""
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name, abort_invalid=True)
    target = source.with_suffix(".mo")
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue, use_fuzzy=False)
    return target


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        compile_catalogue(Path(argument))
