"""`luotsi worker`: background work, the sweeps of the rooms and daily housekeeping, in one small process."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from luotsi.base import delivery
from luotsi.base.housekeeping import keep_house, look_round

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 30
RETRY_SECONDS = 3
HOUSEKEEPING_SWEEPS = 24 * 3600 // SWEEP_SECONDS


class PatientWorker(Worker):
    """Ends between two tasks when it is asked to: a task that was claimed is always run."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Note the signal; the loop looks at it after the task or the pause (a second at most)."""
        self.running = False

    def run(self) -> None:
        """Work until asked to stop; a database that went away is waited for, as the web server does."""
        while True:
            try:
                super().run()
            except (InterfaceError, OperationalError) as error:
                if self.batch or not self.running:
                    raise
                logger.warning("The worker has lost the database and will try again: %s", error)
                connections.close_all()
                threading.Event().wait(RETRY_SECONDS)
            else:
                return


def sweep_until(
    stop: threading.Event,
    work: Callable[[], object] = look_round,
    rest: Callable[[], object] = connections.close_all,
) -> None:
    """Look round every half minute for what no task does; keep house at the start and then once a day."""
    rounds = 0
    while True:
        try:
            work()
            if rounds % HOUSEKEEPING_SWEEPS == 0:
                keep_house()
            rounds += 1
        except DatabaseError as error:
            logger.warning("The sweep could not reach the database and will try again: %s", error)
        finally:
            rest()
        if stop.wait(SWEEP_SECONDS):
            return


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT."""

    help = "Does background work (mails and others) until stopped; with --once only what is due now."
    requires_system_checks = [Tags.security]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to stop when nothing is left."""
        parser.add_argument("--once", action="store_true", help="Do what is due and stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run tasks in this thread and the sweep in another; each task is logged from --verbosity=2 on."""
        if options["verbosity"] < 2:
            logging.getLogger("django.tasks").setLevel(logging.WARNING)
        worker = PatientWorker(
            queue_names=["*"],
            interval=1.0,
            batch=options["once"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        if options["once"]:
            look_round()
            worker.run()
            delivery.sweep()
            return
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, worker.shutdown)
        stop = threading.Event()
        sweeping = threading.Thread(target=sweep_until, args=(stop,), name="sweep", daemon=True)
        sweeping.start()
        try:
            worker.run()
        finally:
            stop.set()
            sweeping.join(timeout=10)
