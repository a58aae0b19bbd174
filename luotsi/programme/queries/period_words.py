"""How the times of a plan are written: 2024–25, 2016–2019, and which of them is the present one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luotsi.programme.rules.values import NotAValue, span


def period_words(key: str) -> str:
    """Return 2024–25 for 2024-25, 2016–2019 for 2016/2019, "from 2017" for 2017/; the key where it is no span."""
    if not key:
        return ""
    try:
        found = span(key)
    except NotAValue:
        return key
    first, slash, last = key.partition("/")
    if not slash:
        return _pair(first)
    if not last:
        return _("from %(period)s") % {"period": _pair(first)}
    if "-" in first or "-" in last:
        return f"{found.start.year}–{found.end.year}" if found.end else _pair(first)
    return f"{first}–{last}"


def _pair(key: str) -> str:
    return key.replace("-", "–") if key.count("-") == 1 else key
