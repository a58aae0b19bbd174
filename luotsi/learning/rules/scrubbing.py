"""What is taken from study documents at the door: identity codes, other people, what figures never need.

Documents are kept so that figures can be opened down to them; nobody but the learner is in what is kept. Data of
welfare and health are not taken in at all: a document that has any is refused, with the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    waiting: list[tuple[object, str]] = [(data, at)]
    while waiting:
        value, place = waiting.pop()
        if isinstance(value, dict):
            for name, inner in value.items():
                below = f"{place}/{name.replace('~', '~0').replace('/', '~1')}"
                if is_welfare(name):
                    yield below
                elif isinstance(inner, dict | list):
                    waiting.append((inner, below))
        elif isinstance(value, list):
            waiting.extend((inner, f"{place}/{number}") for number, inner in enumerate(value))


def scrubbed(data: Any) -> Any:
    """Return a document without identity codes, other people and what is never needed; the document stays as it is."""
    if isinstance(data, dict):
        return {
            name: _counted(value) if name in PEOPLE else scrubbed(value)
            for name, value in data.items()
            if name not in DROPPED
        }
    if isinstance(data, list):
        return [scrubbed(one) if isinstance(one, dict | list) else one for one in data]
    return data


def _counted(people: object) -> object:
    """Return as many empty objects as there are people."""
    if isinstance(people, list):
        return [{} for _one in people]
    return {} if people is not None else None
