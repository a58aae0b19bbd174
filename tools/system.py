"""What the machine has: finds programs, and on Debian as root installs the package that brings one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def found(names: Iterable[str], folders: Iterable[Path] = ()) -> Path | None:
    """Return the first of the programs `names` in `folders` (in their order), then in PATH, or None."""
    names = list(names)
    there = [folder / name for folder in folders for name in names if os.access(folder / name, os.X_OK)]
    in_path = [Path(program) for name in names if (program := shutil.which(name))]
    return next(iter([*there, *in_path]), None)


def may_install() -> bool:
    """Return True as root on Debian or one of its kin."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> None:
    """Install a Debian package; output goes to standard error.

    Raises:
        subprocess.CalledProcessError: The package could not be had.
    """
    print(f"Installing Debian's {package} …", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "--yes", "--no-install-recommends", package]):
        subprocess.run(["apt-get", *command], check=True, env=quiet, stdout=sys.stderr, stdin=subprocess.DEVNULL)
