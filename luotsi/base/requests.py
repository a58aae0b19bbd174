"""The id of the request at hand, so that an audit row and a log line can be traced to one click."""

from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the request being answered; empty outside requests (commands, background work)."""
    return _current.get()


@contextmanager
def _within(identifier: str) -> "Iterator[str]":
    token = _current.set(identifier)
    try:
        yield identifier
    finally:
        _current.reset(token)


def within(identifier: str) -> AbstractContextManager[str]:
    """Make `identifier` the id of everything done inside the `with` block."""
    return _within(identifier)
