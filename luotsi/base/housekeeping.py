"""Keeping house: once a day the worker asks every room in `settings.LUOTSI_DAILY` to forget what need not be kept."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string

from luotsi.base import outbox, privacy

logger = logging.getLogger(__name__)


def keep_house() -> None:
    """Do what each room offers for once a day; what fails in one room is logged and does not hold up the others.

    Raises:
        OperationalError, InterfaceError: the database is away; the worker tries again soon.
    """
    for dotted in settings.LUOTSI_DAILY:
        try:
            import_string(dotted)()
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            logger.exception("%s has failed and is tried again tomorrow.", dotted)


def forget_daily() -> None:
    """Forget what this room need not keep: old mails, views of data, finished tasks, sessions that have ended."""
    outbox.forget_old()
    privacy.forget_old_views()
    call_command("prune_db_task_results", verbosity=0)
    call_command("clearsessions", verbosity=0)
