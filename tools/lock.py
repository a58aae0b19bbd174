"""Resolves requirements.lock and requirements-dev.lock: every Python and system, hashes, no registry address.

Usage: python -m tools.lock [--upgrade]. The development lock holds the same versions and more.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import system

COMPILE = ("pip", "compile", "--quiet", "--universal", "--python-version", "3.12", "--generate-hashes")
BARE = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-config")
# Where a machine keeps packages of its own says nothing about the world's.
LOCAL = ("UV_", "PIP_")


def main(options: Sequence[str]) -> int:
    """Write both files; 1 and one line when uv is missing."""
    if not (uv := system.found(["uv"])):
        print("uv is missing: install it (pip install uv).", file=sys.stderr)
        return 1
    env = {name: value for name, value in os.environ.items() if not name.startswith(LOCAL)}
    for target, extra in (
        ("requirements.lock", ["--group", "build"]),
        ("requirements-dev.lock", ["--group", "dev", "--constraints", "requirements.lock"]),
    ):
        command: list[str | Path] = [uv, *COMPILE, *BARE, *options, *extra, "pyproject.toml", "--output-file", target]
        subprocess.run(command, check=True, env=env)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
