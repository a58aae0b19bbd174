"""Measures whole processes: how long until the first page, how much memory web and worker hold, how long imports take.

Times run from the start of the command to the first answer 200 of the sign-in page. A start from a clone reaches the
registries of Python and npm packages unless their caches hold what is needed, so its time says as much of the net.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIGN_IN = "/account/login/"
PATIENCE_SECONDS = 900
POLL_SECONDS = 0.02


def clean(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without any setting of Luotsi but the ones given."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("LUOTSI_") and name != "DATABASE_URL"
    }
    return {**kept, **extra}


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(port: int, path: str, cookie: str = "") -> int:
    """Return the status of a page, 0 when nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        response.read()
    except OSError:
        return 0
    finally:
        connection.close()
    return response.status


@contextmanager
def started(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Iterator[tuple[int, int, float]]:
    """Run a command that serves; yield its process id, its port and the seconds until the sign-in page answered.

    Raises:
        SystemExit: The command ended before it served, or took a quarter of an hour; its words are shown.
    """
    port = free_port()
    with tempfile.TemporaryFile("w+") as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**env, "PORT": str(port)}, stdout=said, stderr=said, start_new_session=True
        )
        try:
            while answer(port, SIGN_IN) != 200:
                if process.poll() is not None or time.perf_counter() - began > PATIENCE_SECONDS:
                    said.seek(0)
                    sys.exit(f"{' '.join(command)} did not serve:\n{said.read()[-3000:]}")
                try:
                    process.wait(POLL_SECONDS)
                except subprocess.TimeoutExpired:
                    continue
            yield process.pid, port, time.perf_counter() - began
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def seconds_to_page(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> float:
    """Start, wait for the sign-in page, stop; return the seconds it took."""
    with started(command, folder, env) as (_pid, _port, seconds):
        return seconds


def starts(*, cold: bool, repeat: int) -> dict[str, float]:
    """Return the seconds of `make run`: from a fresh clone (when asked) and the median of warm starts."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as place:
        folder, env = ROOT, clean({"LUOTSI_DATA": str(Path(place) / "data")})
        if cold:
            folder = Path(place) / "clone"
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        first = seconds_to_page(["make", "--silent", "run"], folder, env)
        if cold:
            found["cold_start_s"] = round(first, 1)
        warm = [seconds_to_page(["make", "--silent", "run"], folder, env) for _ in range(repeat)]
        found["warm_start_s"] = round(statistics.median(warm), 2)
    return found


def tree(pid: int) -> list[int]:
    """Return a process and everything it started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    children = [int(child) for child in listed.read_text().split()] if listed.exists() else []
    return [pid, *(found for child in children for found in tree(child))]


def megabytes(pid: int, file: str, field: str) -> float:
    """Return one field of a process's memory in megabytes, 0 where the system does not tell."""
    source = Path(f"/proc/{pid}/{file}")
    lines = source.read_text().splitlines() if source.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024


def memory(
    data: Path, env: Mapping[str, str], paths: Sequence[str], cookie: str, count: int = 200
) -> dict[str, float]:
    """Serve `count` pages, four at a time, then return what web, worker and supervisor hold together in MB.

    RSS counts pages that processes share once for each of them; PSS divides them up.
    """
    command = [str(Path(sys.executable).parent / "luotsi"), "run"]
    with started(command, data, env) as (pid, port, _seconds), ThreadPoolExecutor(max_workers=4) as pool:
        wanted = [paths[number % len(paths)] for number in range(count)]
        statuses = set(pool.map(lambda path: answer(port, path, cookie), wanted))
        if statuses != {200}:
            sys.exit(f"While memory was measured, pages answered {sorted(statuses)}.")
        alive = tree(pid)
        return {
            "memory_rss_mb": round(sum(megabytes(one, "status", "VmRSS") for one in alive), 1),
            "memory_pss_mb": round(sum(megabytes(one, "smaps_rollup", "Pss") for one in alive), 1),
            "memory_processes": len(alive),
        }


def imports(repeat: int) -> dict[str, float]:
    """Return the median seconds of a Python that only starts, imports luotsi, and sets Django up."""
    setup = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'luotsi.config.settings'; django.setup()"
    programs = {"python_start_s": "pass", "import_luotsi_s": "import luotsi", "django_setup_s": setup}
    found = {}
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as data:
        env = clean({"LUOTSI_DATA": data, "LUOTSI_DEMO": "1"})
        for name, program in programs.items():
            took = []
            for _ in range(repeat):
                began = time.perf_counter()
                subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, check=True)
                took.append(time.perf_counter() - began)
            found[name] = round(statistics.median(took), 3)
    return found
