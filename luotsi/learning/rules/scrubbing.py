"""What is taken from study documents at the door: identity codes, other people, what figures never need.

Documents are kept so that figures can be opened down to them; nobody but the learner is in what is kept. Data of
welfare and health are not taken in at all: a document that has any is refused, with the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

# Taken away with all that is below it.
DROPPED = frozenset(
    {
        "hetu",
        "henkilötunnus",
        "syntymäaika",
        "turvakielto",
        "kansalaisuus",
        "äidinkieli",
        "kotikunta",
        "huoltajat",
        "vankilaopetuksessa",
        "sahkoposti",
        "sähköposti",
        "puhelinnumero",
        "puhelin",
        "osoite",
    }
)
# People at workplaces and schools: how many there are is kept, and nothing else of them.
PEOPLE = frozenset(
    {
        "myöntäjäHenkilöt",
        "arvioitsijat",
        "koulutuksen-jarjestaja-osaamisen-arvioijat",
        "tyoelama-osaamisen-arvioijat",
        "tyoelama-arvioijat",
        "vastuullinen-tyopaikka-ohjaaja",
        "hankkijan-edustaja",
        "jarjestajan-edustaja",
        "allekirjoittajat",
        "työpaikkaohjaaja",
        "henkilö",
    }
)
# Stems of names of fields that tell of welfare or health, in Finnish, Swedish and English.
WELFARE = re.compile(
    r"opiskeluhuol|oppilashuol|sosiaalihuol|terveydenh|terveystie|diagnoo|diagnos|lääkit|laakit|lastensuoj|kuraattor"
    r"|psykolog|mielentervey|päihde|paihde|sairau|sairaan|raskaus|elevvård|elevvard|studerandevård|hälsov|sjukdom"
    r"|barnskydd|kurator|missbruk|welfare|health|illness|medication|disease|pregnan",
    re.IGNORECASE,
)


def is_welfare(name: str) -> bool:
    """Return True when a field or a column of the name tells of welfare or health."""
    return WELFARE.search(name) is not None


def welfare_in(data: object, at: str = "") -> Iterator[str]:
    """Yield the place of each field that tells of welfare or health, as a JSON Pointer."""
    if isinstance(data, dict):
        for name, inner in data.items():
            below = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
            if is_welfare(name):
                yield below
            else:
                yield from welfare_in(inner, below)
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from welfare_in(inner, f"{at}/{number}")


class WelfareFound(ValueError):
    """A document holds a field that tells of welfare or health."""


KEPT, GONE, COUNTED = range(3)


@lru_cache(maxsize=10_000)
def _fate_of(name: str) -> int:
    if is_welfare(name):
        raise WelfareFound(name)
    return GONE if name in DROPPED else COUNTED if name in PEOPLE else KEPT


def scrubbed(data: Any) -> Any:
    """Return a document without identity codes, other people and what is never needed; the document stays as it is.

    Raises:
        WelfareFound: it holds a field that tells of welfare or health; `welfare_in` tells where.
    """
    if isinstance(data, dict):
        found = {}
        for name, value in data.items():
            fate = _fate_of(name)
            if fate == KEPT:
                found[name] = scrubbed(value) if isinstance(value, dict | list) else value
            elif fate == COUNTED and value is not None:
                found[name] = [{} for _one in value] if isinstance(value, list) else {}
        return found
    return [scrubbed(one) if isinstance(one, dict | list) else one for one in data] if isinstance(data, list) else data
