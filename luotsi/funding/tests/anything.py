"""Random files made from the shapes: whatever may stand at each key, extremes gladly."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from luotsi.funding.rules.fields import Form, Key, Shape, keys_of

DAYS = ("1900-01-01", "2200-12-31", "2024-02-29", "2026-11-26", "2027-06-30")
MOMENTS = ("1900-01-01T00:00:00+14:00", "2200-12-31T23:59:59.999999-12:00", "2026-11-26T16:15:01+02:00")
NUMBERS = (0, 1, -1, "0.01", "-0.5", 10, "0.000001", 999_999_999_999, "999999999999.999999", 100, 90)
PERCENTS = (0, 100, "0.000001", 10, "33.333333", 90)
TEXTS = ("", "Emme ole saaneet muuta rahoitusta.", "a" * 130, "😀\r\n" * 40, "x@y.example 010100A000X", "b" * 200)
NAMES = ("Esimerkki", "esimerkki ", "VN/1/2021", "FI2112345600000785", "NDEAFIHH", "1", "4", "%(x)s {0} %s")
OTHERS = {Form.KEY: ("a", "b", "c"), Form.TIME: ("16:15", "00:00:00"), Form.ZONE: ("Europe/Helsinki", "UTC")}


def value_of(key: Key) -> st.SearchStrategy[Any]:
    """Return a strategy for one value of a key."""
    if issubclass(key.kind, Shape):
        return shaped(key.kind)
    if key.kind is bool:
        return st.booleans()
    if key.kind is int:
        least, most = key.about.least or 0, key.about.most or 5
        return st.sampled_from(sorted({least, most, min(most, least + 1)}))
    if key.kind is Decimal:
        return st.sampled_from(PERCENTS if key.about.form is Form.PERCENT else NUMBERS)
    if key.kind in (date, datetime):
        return st.sampled_from(DAYS if key.kind is date else MOMENTS)
    if issubclass(key.kind, StrEnum):
        return st.sampled_from([str(word) for word in key.kind])
    if key.about.form is Form.TEXT:
        return st.sampled_from(TEXTS)
    form = key.about.form or Form.NAME
    short = [name for name in OTHERS.get(form, NAMES) if len(name) <= (key.about.most or 300) or key.is_list]
    return st.sampled_from(short)


def of_key(key: Key) -> st.SearchStrategy[Any]:
    """Return a strategy for all that may stand at a key."""
    one = value_of(key)
    found = st.lists(one, min_size=key.about.least or 0, max_size=2) if key.is_list else one
    return st.none() | found if key.is_nullable else found


def shaped(shape: type[Shape]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for JSON of a shape."""
    keys = keys_of(shape)
    return st.fixed_dictionaries(
        {key.name: of_key(key) for key in keys if key.is_needed},
        optional={key.name: of_key(key) for key in keys if not key.is_needed},
    )
