"""Pilot networks: the questionnaires of a network, why a decision is refused, and how spread is counted."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from luotsi.programme.rules.values import LANGUAGES, Text

TABLE = "pilots"
MEMBER, ADOPTED = "member", "adopted"
NAMES = Text(
    fi="Käytännön leviäminen verkoston ulkopuolelle",
    sv="Spridning utanför nätverket",
    en="Spread outside the network",
)
NUMERATOR = Text(
    fi="verkoston ulkopuoliset koulut, jotka ovat ottaneet käytännön käyttöön",
    sv="skolor utanför nätverket som har tagit praxisen i bruk",
    en="schools outside the network that have taken the practice into use",
)
RULE = Text(
    fi="Koulu lasketaan jaksoon, jossa se on ilmoittanut ottaneensa julkaistun konseptin käyttöön.",
    sv="En skola räknas i den period då den har meddelat att den tagit det publicerade konceptet i bruk.",
    en="A school counts in the period in which it told that it had taken the published concept into use.",
)

TERMS = {
    "autumn": Text(fi="syksy", sv="hösten", en="autumn"),
    "spring": Text(fi="kevät", sv="våren", en="spring"),
}


def questionnaire(base: Mapping[str, Any], *, key: str, names: Text, areas: Sequence[Mapping[str, str]] = ()) -> Any:
    """Return a definition of a network: the packaged one under its own key and name, with the areas to choose from."""
    made = copy.deepcopy(dict(base))
    made["x-luotsi"] = {**made["x-luotsi"], "name": key}
    title = {code: given for code in LANGUAGES if (given := getattr(names, code))}
    made["title"] = {
        code: f"{made['title'][code]}: {text}" for code, text in title.items() if code in made["title"]
    } or made["title"]
    for page in made["pages"]:
        for element in page["elements"]:
            if element["name"] == "area":
                element["choices"] = [
                    {"value": area["code"], "text": {code: area[code] for code in LANGUAGES if area.get(code)}}
                    for area in areas
                ]
    return made


def against_choosing(*, has_plan: bool, decided: bool, reason: str, decided_on: date, today: date) -> list[str]:
    """Return why a decision about a school is refused, as codes."""
    found = []
    if not has_plan:
        found.append("no_plan")
    if decided:
        found.append("decided")
    if not reason.strip():
        found.append("no_reason")
    if decided_on > today:
        found.append("day_is_coming")
    return found


def against_adopting(*, published_on: date | None, is_member: bool, told: bool, on: date, today: date) -> list[str]:
    """Return why a school cannot tell that it took the concept into use, as codes."""
    found = []
    if published_on is None:
        found.append("no_concept")
    if is_member:
        found.append("member")
    if told:
        found.append("told")
    if on > today:
        found.append("day_is_coming")
    return found


def key_of(programme: str, network: str) -> str:
    """Return the address of the indicator of a network's spread."""
    return f"{programme}-{network}-spread"[:80]


def counting(programme: str, network: str) -> dict[str, Any]:
    """Return how spread is counted from the table `pilots`, as a definition keeps it."""
    return {
        "table": TABLE,
        "semantics": "during",
        "numerator": {"where": [["programme", "=", programme], ["network", "=", network], ["is_outside", "=", True]]},
    }
