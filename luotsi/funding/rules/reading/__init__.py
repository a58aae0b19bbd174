"""Reads applications, calls and registers from JSON: never half of one, every fault with its place, no surprise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.fields import Shape
from luotsi.funding.rules.reading.faults import FAULTS, Fault, TooMany
from luotsi.funding.rules.reading.reader import Book, shape_of
from luotsi.funding.rules.reading.references import application_faults, call_faults
from luotsi.funding.rules.reading.schema import schema_of
from luotsi.funding.rules.reading.text import Unreadable, loads
from luotsi.funding.rules.register import Register

__all__ = [
    "SHAPES",
    "Fault",
    "Read",
    "Unreadable",
    "loads",
    "read_application",
    "read_call",
    "read_register",
    "schema_of",
]

SHAPES: dict[str, type[Shape]] = {"application": Application, "call": Call, "register": Register}


@dataclass(frozen=True)
class Read[S: Shape]:
    """What reading gives: the whole, None where it cannot be used, and what keeps it from being used."""

    found: S | None
    faults: tuple[Fault, ...]


def read_application(data: object) -> Read[Application]:
    """Return the application that an object of JSON is (`loads`), or its faults; raises nothing."""
    return _read(Application, data, application_faults)


def read_call(data: object) -> Read[Call]:
    """Return the call that an object of JSON is (`loads`), or its faults; raises nothing."""
    return _read(Call, data, call_faults)


def read_register(data: object) -> Read[Register]:
    """Return the register that an object of JSON is (`loads`), or its faults; raises nothing."""
    return _read(Register, data, lambda _register: ())


def _read[S: Shape](shape: type[S], data: object, more: Callable[[S], Iterable[Fault]]) -> Read[S]:
    book = Book()
    try:
        found = shape_of(shape, data, "", book)
    except (TooMany, RecursionError):
        return Read(None, tuple(book.faults))
    if found is None or book.faults:
        return Read(None, tuple(book.faults))
    faults = tuple(more(found))[:FAULTS]
    return Read(None if faults else found, faults)
