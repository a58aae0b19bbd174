"""Finds the Chromium that the browser tests and the screenshots drive, installing Debian's where it may."""

import subprocess
import sys
from pathlib import Path

from tools import system

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS"),
    Path("/Applications/Google Chrome.app/Contents/MacOS"),
)
MISSING = "Chromium is missing: install it (Debian: apt install chromium; macOS: brew install --cask chromium)."
# A quiet browser: no sandbox for root, and no calls home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> Path | None:
    """Return the browser on this machine, or None."""
    return system.found((*NAMES, "Chromium", "Google Chrome"), APPLICATIONS)


def main() -> int:
    """Make sure that there is a browser; 0 when there is, else 1 and one line on what to install."""
    if chromium():
        return 0
    if system.may_install():
        try:
            system.install("chromium")
        except subprocess.CalledProcessError as error:
            print(f"Debian's chromium could not be installed ({error}).", file=sys.stderr)
    if chromium():
        return 0
    print(MISSING, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
