"""Long work: a room asks for it in the transaction of its cause, and the worker does it after the commit.

`settings.LUOTSI_BACKGROUND` lists what may be asked for. A task that dies with its process is not done again by
itself: whoever asks for work looks in a sweep (`settings.LUOTSI_SWEEPS`) for what was begun and has come to rest.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from luotsi.base.tasks import do_deed


def later(deed: str, key: UUID) -> None:
    """Let the worker do a deed of a room to the record with the key, once the transaction has been committed."""
    transaction.on_commit(partial(_enqueue, deed, key), robust=True)


def _enqueue(deed: str, key: UUID) -> None:
    do_deed.enqueue(deed, str(key))
