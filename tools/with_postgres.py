"""Runs a command with DATABASE_URL on a PostgreSQL cluster that lives as long as the command.

Usage: python -m tools.with_postgres COMMAND [ARGUMENT …]. The cluster lies in a temporary folder and
listens on a Unix socket there, reachable by nobody else; it is removed at the end, also after a failure or a signal.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TypedDict
from urllib.parse import quote

from tools import system

FOLDERS = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")
MISSING = "PostgreSQL is missing: install it (Debian: apt install postgresql; macOS: brew install postgresql@17)."
# Nothing of it outlives the tests, so nothing needs to reach the disk. What housekeeping would see of tables are the
# moments between two tests, when they are empty: plans made for that took minutes for a query of milliseconds.
CAREFREE = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"
    " -c autovacuum=off"
)


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server's programs, or None."""
    folders = [folder for pattern in FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    newest_first = sorted(folders, key=lambda folder: [int(n) for n in folder.parent.name.split("@") if n.isdigit()])
    initdb = system.found(["initdb"], reversed(newest_first))
    return initdb.parent if initdb else None


class Who(TypedDict, total=False):
    """How subprocess is told to run a program under another account."""

    user: int
    group: int
    extra_groups: list[int]


def server_account() -> Who:
    """Return the account the server runs under: our own, or another when we are root, whom it refuses."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run_as(account: Who, command: Sequence[str | Path], folder: Path) -> None:
    """Run one program of the server, silent unless it fails.

    Raises:
        SystemExit: It failed; its words are shown.
    """
    # Into a file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open.
    with (folder.parent / f"{folder.name}.out").open("w+") as said:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, **account
        )
        said.seek(0)
        if done.returncode:
            sys.exit(f"{command[0]} failed:\n{said.read()}")


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of a running, empty cluster; stop and remove it afterwards."""
    account = server_account()
    # In /tmp even where TMPDIR says otherwise: the path of a socket has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="luotsi-pg-", dir="/tmp", ignore_cleanup_errors=True) as place:
        folder = Path(place) / "pg"
        folder.mkdir(mode=0o700)
        if account:
            Path(place).chmod(0o711)
            os.chown(folder, account["user"], account["group"])
        data, control = folder / "data", bin_folder / "pg_ctl"
        initdb: list[str | Path] = [
            bin_folder / "initdb",
            "--no-sync",
            "--auth=trust",
            "--username=luotsi",
            "--encoding=UTF8",
            "--no-locale",
        ]
        run_as(account, [*initdb, "-D", data], folder)
        try:
            options = f"{CAREFREE} -c unix_socket_directories='{folder}'"
            run_as(account, [control, "start", "--wait", "-D", data, "-l", folder / "log", "-o", options], folder)
            yield f"postgres://luotsi@{quote(str(folder), safe='')}/postgres"
        finally:
            if (data / "postmaster.pid").exists():
                run_as(account, [control, "stop", "--wait", "--mode=immediate", "-D", data], folder)
            shutil.rmtree(folder, ignore_errors=True)


def leave(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an ordinary end, so that the cluster is taken down."""
    sys.exit(128 + number)


def main(command: Sequence[str]) -> int:
    """Run the command with a cluster; return its exit code, or 1 when there is no PostgreSQL."""
    if not programs() and system.may_install():
        try:
            system.install("postgresql")
        except subprocess.CalledProcessError as error:
            print(f"Debian's postgresql could not be installed ({error}).", file=sys.stderr)
    if not (bin_folder := programs()):
        print(MISSING, file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, leave)
    with cluster(bin_folder) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
