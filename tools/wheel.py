"""Builds the wheel and looks into it: pages and catalogues are inside, tests are not.

Usage: python -m tools.wheel [FOLDER]; without a folder it is only looked into.
"""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = (
    "luotsi/ui/static/ui/luotsi.css",
    "luotsi/ui/static/ui/luotsi.js",
    "luotsi/ui/templates/ui/page.html",
    "luotsi/locale/fi/LC_MESSAGES/django.mo",
    "luotsi/locale/sv/LC_MESSAGES/django.mo",
)


def build(folder: Path) -> Path:
    """Build the wheel into the folder, offline, with the build back-end of this environment; return it.

    Raises:
        SystemExit: The build failed; its words are shown.
    """
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
    ]
    done = subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}")
    return max(folder.glob("luotsi-*.whl"), key=lambda path: path.stat().st_mtime)


def faults(names: Sequence[str]) -> list[str]:
    """Return what is wrong with a wheel that has files of these names, in sentences."""
    lacking = [f"{name} is missing from the wheel." for name in NEEDED if name not in names]
    sources = {name.removesuffix(".po") for name in names if name.endswith(".po")}
    compiled = {name.removesuffix(".mo") for name in names if name.endswith(".mo")}
    lacking += [f"{name}.mo is missing from the wheel." for name in sorted(sources - compiled)]
    return lacking + [f"{name} does not belong in the wheel." for name in names if "/tests/" in name]


def main(arguments: Sequence[str]) -> int:
    """Build, look, and say what is wrong; 1 when anything is."""
    with tempfile.TemporaryDirectory(prefix="luotsi-wheel-") as place:
        folder = Path(arguments[0]) if arguments else Path(place)
        folder.mkdir(exist_ok=True)
        wheel = build(folder)
        wrong = faults(zipfile.ZipFile(wheel).namelist())
    print("\n".join(wrong) or f"{wheel.name} carries pages and catalogues")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
