"""Single values of a file: texts, numbers, days, moments; each is returned as it is meant or refused with a code."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from luotsi.funding.rules.fields import LONGEST, Form, Key
from luotsi.funding.rules.reading.faults import DECIMALS, DIGITS
from luotsi.funding.rules.reading.text import NotANumber

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?", re.ASCII)
_ZONE = re.compile(r"[A-Za-z]+(?:/[A-Za-z_]+){0,2}", re.ASCII)
# Signs that cannot be seen, and those that turn the direction of a line, so that a text reads otherwise than it is.
_HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_NOT_IN_TEXT, _NOT_IN_LINE = re.compile(f"[{_HIDDEN}]"), re.compile(f"[\n\r\t{_HIDDEN}]")
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Wrong(Exception):
    """A value does not fit; `code` and `params` say why."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def value(key: Key, given: Any) -> Any:
    """Return one value of a key; lists and objects are taken apart elsewhere.

    Raises:
        Wrong: It does not fit.
    """
    if key.kind is bool:
        if not isinstance(given, bool):
            raise Wrong("type", wanted="true or false")
        return given
    if key.kind is int:
        return _whole(key, given)
    if key.kind is Decimal:
        return _decimal(key, given)
    if not isinstance(given, str):
        raise Wrong("type", wanted="text")
    if key.kind is date:
        return _day(given)
    if key.kind is datetime:
        return _moment(given)
    if issubclass(key.kind, StrEnum):
        if given not in tuple(key.kind):
            raise Wrong("word", word=given[:40], words=", ".join(key.kind))
        return key.kind(given)
    return _text(key, given)


def _whole(key: Key, given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise Wrong("type", wanted="whole number")
    least, most = key.about.least or 0, key.about.most
    if given < least or (most is not None and given > most):
        raise Wrong("range", least=least, most=most if most is not None else "–")
    return given


def _decimal(key: Key, given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal | NotANumber):
        raise Wrong("type", wanted="number")
    if isinstance(given, NotANumber) or (isinstance(given, str) and not _NUMBER.fullmatch(given)):
        raise Wrong("number")
    found = Decimal(given)
    if abs(found) >= Decimal(10) ** DIGITS or (found and found.adjusted() < -DECIMALS):
        raise Wrong("number")
    exact = found.normalize()
    exponent = exact.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > DECIMALS:
        raise Wrong("number")
    if key.about.form is Form.PERCENT and not 0 <= found <= 100:
        raise Wrong("range", least=0, most=100)
    return exact.quantize(Decimal(1)) if exponent > 0 else exact


def _day(given: str) -> date:
    try:
        if _DAY.fullmatch(given) and FIRST_YEAR <= int(given[:4]) <= LAST_YEAR:
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise Wrong("day")


def _moment(given: str) -> datetime:
    try:
        found = datetime.fromisoformat(given)
        if found.utcoffset() is not None and FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
    except ValueError:
        pass
    raise Wrong("moment")


def _text(key: Key, given: str) -> str:
    form = key.about.form or Form.NAME
    longest = LONGEST[form] if key.is_list else min(LONGEST[form], key.about.most or LONGEST[form])
    if len(given) > longest:
        raise Wrong("limit.text", limit=longest)
    hidden = (_NOT_IN_TEXT if form is Form.TEXT else _NOT_IN_LINE).search(given)
    if hidden is not None:
        raise Wrong("control", sign=f"U+{ord(hidden[0]):04X}")
    if form is Form.TEXT:
        return given
    if key.is_needed and not given.strip():
        raise Wrong("empty")
    return _shaped(form, given.strip())


def _shaped(form: Form, given: str) -> str:
    if form is Form.KEY and given and not _KEY.fullmatch(given):
        raise Wrong("key")
    if form is Form.TIME and not _TIME.fullmatch(given):
        raise Wrong("time")
    if form is Form.ZONE and not (_ZONE.fullmatch(given) and _is_zone(given)):
        raise Wrong("zone")
    return given


@cache
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return False
    return True
