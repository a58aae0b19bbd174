"""Keeping house: what the worker does by itself, whoever offers it (`settings.LUOTSI_SWEEPS` and `LUOTSI_DAILY`)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string

from luotsi.base import delivery, outbox, privacy

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Forgotten:
    """How many records of one kind were forgotten: its key, its English words, the count."""

    key: str
    words: str
    count: int


def look_round() -> None:
    """Do what is due every half minute: mails that no task sends, and the sweeps of the rooms.

    Raises:
        OperationalError, InterfaceError: the database is away; the worker tries again soon.
    """
    delivery.sweep()
    _each(settings.LUOTSI_SWEEPS, "soon")


def keep_house() -> None:
    """Do what each room offers for once a day; what fails in one room is logged and does not hold up the others.

    Raises:
        OperationalError, InterfaceError: the database is away; the worker tries again soon.
    """
    _each(settings.LUOTSI_DAILY, "tomorrow")


def _each(offers: Sequence[str], again: str) -> None:
    for dotted in offers:
        try:
            import_string(dotted)()
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            logger.exception("%s has failed and is tried again %s.", dotted, again)


def forget_daily() -> None:
    """Forget what this room need not keep: old mails, views of data, finished tasks, sessions that have ended."""
    outbox.forget_old()
    privacy.forget_old_views()
    call_command("prune_db_task_results", verbosity=0)
    call_command("clearsessions", verbosity=0)


def forget_persons(*, dry_run: bool) -> list[Forgotten]:
    """Forget what no room need keep of persons (`settings.LUOTSI_FORGETTING`); with `dry_run` only count it."""
    return [one for dotted in settings.LUOTSI_FORGETTING for one in import_string(dotted)(dry_run=dry_run)]
