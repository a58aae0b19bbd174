"""The web server process: Granian with one worker. Kept free of Django, so that the parent process stays small.

Usage: python -m luotsi.base.server --app MODULE:NAME [--host HOST] [--port PORT] [--threads N]
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
# Each thread holds a database connection; Python runs one at a time, so more would only cost memory.
DEFAULT_THREADS = 4
IDLE_SECONDS = 600
WAITING_REQUESTS = 128


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --host, --port and --threads; PORT and LUOTSI_THREADS of the environment are their defaults."""
    parser.add_argument("--host", default=DEFAULT_HOST, help=f"Address to listen at (default {DEFAULT_HOST}).")
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("PORT") or DEFAULT_PORT,
        help=f"Port to listen at (default: PORT, or {DEFAULT_PORT}).",
    )
    parser.add_argument(
        "--threads",
        type=int,
        default=os.environ.get("LUOTSI_THREADS") or DEFAULT_THREADS,
        help=f"Requests answered at once (default: LUOTSI_THREADS, or {DEFAULT_THREADS}).",
    )


def address_of(host: str, port: int) -> str:
    """Return the address that a person on this machine opens."""
    name = {"0.0.0.0": DEFAULT_HOST, "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}"


def reason_not_to_listen(host: str, port: int) -> str:
    """Return why nothing can listen there, with what to do about it; empty when all is well.

    Granian shares a port with another Granian silently, so this is asked before it starts.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"Port {port} needs more rights than this user has. Choose another: PORT=8001 make run"
        except OverflowError:
            return f"There is no port {port}. Choose one between 1 and 65535: PORT=8001 make run"
        except OSError as error:
            return (
                f"Nothing can listen at {host}:{port} ({error.strerror}). "
                "Another program may be using it: stop that one, or choose another port: PORT=8001 make run"
            )
    return ""


def command(app: str, host: str, port: int, threads: int) -> list[str]:
    """Return the command line of a server process for the WSGI application `app` ("module:name")."""
    here = [sys.executable, "-m", "luotsi.base.server", "--app", app]
    return [*here, "--host", host, "--port", str(port), "--threads", str(threads)]


def environment() -> dict[str, str]:
    """Return the environment of a server or worker process.

    The package is found from any folder, and memory is not scattered over an arena for each thread.
    """
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    paths = [root, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    unbuffered = {"PYTHONPATH": os.pathsep.join(filter(None, dict.fromkeys(paths))), "PYTHONUNBUFFERED": "1"}
    return {"MALLOC_ARENA_MAX": "2", **os.environ, **unbuffered}


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="luotsi.base.server", description="Serves the pages.")
    parser.add_argument("--app", required=True)
    add_arguments(parser)
    chosen = parser.parse_args(arguments)
    if reason := reason_not_to_listen(chosen.host, chosen.port):
        sys.exit(reason)

    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        chosen.app,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=chosen.threads,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        runtime_threads=1,
        runtime_blocking_threads=2,
        backpressure=WAITING_REQUESTS,
        http=HTTPModes.auto,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        workers_kill_timeout=10,
    ).serve()


if __name__ == "__main__":
    main()
