"""The words of every fault that keeps a funding file from being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.funding.rules.reading import Fault

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FAULTS: dict[str, _StrPromise] = {
    "circular": _("“%(key)s” belongs to itself by way of others."),
    "control": _("The text has a sign that cannot be seen (%(sign)s)."),
    "day": _("A day is written as 2026-11-26, of the years from 1900 to 2200."),
    "empty": _("The text is empty."),
    "faults.many": _("There are more than %(limit)s faults; the rest was not looked at."),
    "id.twice": _("The key “%(key)s” is given to two."),
    "key": _("A key has small letters, digits, - and _, sixty at most."),
    "key.twice": _("“%(key)s” stands here twice."),
    "least": _("There must be at least %(least)s."),
    "limit.list": _("There are more than %(limit)s."),
    "limit.text": _("The text is longer than %(limit)s characters."),
    "limit.texts": _("All texts together are longer than %(limit)s characters."),
    "missing": _("“%(key)s” is missing."),
    "moment": _("A moment is written with its zone, as 2026-11-26T16:15:00+02:00."),
    "not_json": _("The file is no JSON that can be read."),
    "null": _("“%(key)s” cannot be null; leave it out."),
    "number": _("A number has at most 12 digits, then a point and at most 6 decimals."),
    "range": _("The number must be from %(least)s to %(most)s."),
    "reference": _("There is nothing with the key “%(key)s”."),
    "row.needless": _("A row is named only with “row”, not with “%(what)s”."),
    "time": _("A time is written as 16:15."),
    "too_deep": _("The file has lists and objects in each other too deep."),
    "too_large": _("The file is too large."),
    "type": _("Here must stand: %(wanted)s."),
    "unknown": _("There is no key “%(key)s” here; the nearest is “%(near)s”."),
    "word": _("“%(word)s” cannot stand here; these can: %(words)s."),
    "zone": _("A time zone is written as Europe/Helsinki."),
}
WANTED: dict[object, _StrPromise] = {
    "list": _("a list, in square brackets"),
    "number": _("a number"),
    "object": _("an object, in braces"),
    "text": _("a text, in quotes"),
    "true or false": _("true or false"),
    "whole number": _("a whole number"),
}


def sentence(fault: Fault) -> str:
    """Return what a fault says in the active language."""
    wanted = fault.params.get("wanted")
    params = {**fault.params, "wanted": str(WANTED[wanted])} if wanted else fault.params
    return str(FAULTS[fault.code]) % params
