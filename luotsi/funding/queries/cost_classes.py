"""The classes of cost of a grant: their keys, what they are called, and how a ledger may call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base.names import Names
from luotsi.funding.queries.documents import key_of

if TYPE_CHECKING:
    from luotsi.funding.models import Call

LANGUAGES = ("fi", "sv", "en")


def names_of_classes(call: Call) -> dict[str, Names]:
    """Return the classes that the call lists, in its order, each by its key."""
    return {
        key_of(one["code"]): Names(**{code: str(one.get(code) or "") for code in LANGUAGES})
        for one in call.cost_classes
    }


def by_any_name(call: Call) -> dict[str, str]:
    """Return the keys of classes by whatever a ledger may call them, in small letters."""
    found: dict[str, str] = {}
    for key, names in names_of_classes(call).items():
        for text in (key, names.fi, names.sv, names.en):
            if text:
                found.setdefault(text.casefold(), key)
    return found


def class_words(call: Call, keys: Iterable[str]) -> Mapping[str, str]:
    """Return what classes are called on a page; one that the call does not list by its key."""
    known = names_of_classes(call)
    return {key: (known[key].text if key in known else key) if key else str(_("No class")) for key in keys}


def class_choices(call: Call, used: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the classes to choose from: those of the call, then others that are in use."""
    keys = [*names_of_classes(call), *sorted(one for one in used if one)]
    words = class_words(call, keys)
    return [(key, words[key]) for key in dict.fromkeys(keys)]
