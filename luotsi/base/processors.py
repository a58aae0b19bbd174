"""Shares work on many rows among the processors of the machine, where it is large enough to pay for their start."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from django.db import connection, connections

logger = logging.getLogger(__name__)

MOST = 4
"""How many processes do it at most: each has a connection and the memory of a share."""


def spread[Share, Done](
    work: Callable[[Share], Done], shares: Sequence[Share], *, least: int, most: int = 0
) -> Iterator[Done]:
    """Yield what work makes of each share, in their order, done by as many processes as there are processors.

    It is done in this process where there are fewer shares than `least`, one processor only, a transaction open or a
    database in memory: other processes would not see what stands there. Where a process that helps is ended from
    outside, this one does what is left; what fails in one is raised here.

    Args:
        work: a function of a module; it may read the database, and what it writes it commits itself.
        shares: what it is called with, one after the other; they and what it returns are sent between processes.
        least: from how many shares on others pay: one is ready after a second or two.
        most: how many processes at most; 0 = one for each processor, but no more than `MOST`.
    """
    count = min(most or min(_processors(), MOST), len(shares))
    if len(shares) < least or count < 2 or not _is_seen():
        yield from map(work, shares)
        return
    done = 0
    try:
        # a new interpreter each: a copy of this one would have its connections and the locks of its threads
        with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin) as pool:
            for found in pool.map(work, shares):
                yield found
                done += 1
    except BrokenProcessPool:
        logger.warning("A process that helped has ended before its time: there may be too little memory.")
        yield from map(work, shares[done:])


def _processors() -> int:
    """Return how many processors this process may use; not every system tells it of one process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_seen() -> bool:
    """Return True when another process sees in the database what this one does."""
    in_memory = getattr(connection, "is_in_memory_db", None)  # SQLite's alone
    return not (connection.in_atomic_block or (in_memory and in_memory()))


def _begin() -> None:
    """Prepare a process: Django, no connection, and an end when the one that asked for it has gone."""
    import django

    django.setup()
    connections.close_all()
    threading.Thread(target=_end_together, daemon=True).start()


def _end_together() -> None:
    if (asking := parent_process()) is not None:
        asking.join()
        os._exit(1)
