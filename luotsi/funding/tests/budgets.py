"""Applications and calls made up for tests: the packaged ones, sound ones of random sums, small changes to them."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import Finding, check
from luotsi.funding.rules.reading import loads, read_application, read_call, read_register
from luotsi.funding.rules.register import Register

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 26)
type Json = dict[str, Any]


def packaged(name: str) -> Json:
    """Return a file that comes with Luotsi, as JSON."""
    found: Json = loads((DATA / f"{name}.json").read_bytes())
    return found


def application(data: Json) -> Application:
    """Return the application, which must be readable."""
    read = read_application(data)
    assert read.found is not None, read.faults
    return read.found


def call(data: Json) -> Call:
    """Return the call, which must be readable."""
    read = read_call(data)
    assert read.found is not None, read.faults
    return read.found


def register(data: Json | None = None) -> Register:
    """Return the register, which must be readable; an empty one knows nothing."""
    read = read_register(data or {})
    assert read.found is not None, read.faults
    return read.found


def found_in(data: Json, of: Json, known: Json | None = None, *, today: date = TODAY) -> list[Finding]:
    """Return what the catalogue finds in an application to a call."""
    return list(check(application(data), call(of), register(known), today))


def codes(found: list[Finding]) -> list[str]:
    """Return the codes of findings."""
    return [one.code for one in found]


def of_rule(found: list[Finding], *rules: str) -> list[Finding]:
    """Return the findings of some rules."""
    return [one for one in found if one.rule in rules]


def put(data: Json, at: str, value: Any) -> Json:
    """Return a copy with another value at a JSON pointer."""
    copied = copy.deepcopy(data)
    here: Any = copied
    *steps, last = at.lstrip("/").split("/")
    for step in steps:
        here = here[int(step) if isinstance(here, list) else step]
    here[int(last) if isinstance(here, list) else last] = value
    return copied


def a_call(**more: Any) -> Json:
    """Return a call that asks for a tenth of the total cost from the applicant."""
    share = {"percent": 10, "base": "total_cost", "per": "area"}
    return {
        "id": "call",
        "name": "Haku",
        "funder": "Rahoittaja",
        "closes": None,
        "budget": None,
        "share": share,
    } | more


def cents(value: int) -> str:
    """Return a number of cents as euros."""
    return str(Decimal(value) / 100)


def an_area(key: str, costs: list[int], grant: int, others: int = 0) -> Json:
    """Return an area that balances: its costs in cents, the grant, and what others pay; the rest is the own share."""
    own = sum(costs) - grant - others
    return {
        "key": key,
        "period": {"start_on": "2027-01-01", "end_on": "2027-12-31"},
        "costs": [
            {"id": f"{key}-c{n}", "cost_class": "services", "amount": cents(sum_)} for n, sum_ in enumerate(costs)
        ],
        "financing": [
            {"id": f"{key}-grant", "kind": "grant", "amount": cents(grant)},
            {"id": f"{key}-own", "kind": "own_share", "amount": cents(own)},
            {"id": f"{key}-others", "kind": "other_public", "amount": cents(others)},
        ],
    }


def an_application(areas: list[Json], **more: Any) -> Json:
    """Return an application whose summaries and totals repeat its areas rightly, with an own share that is decided."""
    grants = {area["key"]: Decimal(area["financing"][0]["amount"]) for area in areas}
    own = sum(Decimal(area["financing"][1]["amount"]) for area in areas)
    costs = sum(Decimal(row["amount"]) for area in areas for row in area["costs"])
    decision = {
        "body": "Lautakunta",
        "decided_on": "2026-10-01",
        "section": "7",
        "kind": "decided",
        "committed": str(own),
    }
    return {
        "id": "application",
        "title": "Hanke",
        "applicant": {"name": "Esimerkkilän kunta"},
        "areas": areas,
        "summaries": [
            {"label": key, "repeats": {"area": key, "what": "grant"}, "amount": str(grant)}
            for key, grant in grants.items()
        ],
        "totals": [
            {"of": {"what": "grant"}, "amount": str(sum(grants.values()))},
            {"of": {"what": "summaries"}, "amount": str(sum(grants.values()))},
            {"of": {"what": "costs"}, "amount": str(costs)},
        ],
        "decisions": [decision],
    } | more


@st.composite
def sound_applications(draw: st.DrawFn, *, least: int = 1, most: int = 5) -> Json:
    """Return applications that are consistent by construction, in cents, with grants that all differ."""
    grants = draw(st.lists(st.integers(1_000, 500_000_000), min_size=least, max_size=most, unique=True))
    areas = []
    for number, grant in enumerate(grants):
        others = draw(st.sampled_from([0, 0, 1, 12_345]))
        # The own share is a tenth of the whole at least, rounded up to the euro.
        own = ((grant + others) // 9 // 100 + 2) * 100 + draw(st.integers(0, 5_000))
        whole = grant + others + own
        first = draw(st.integers(0, whole))
        second = draw(st.integers(0, whole - first))
        areas.append(an_area(f"area-{number}", [first, second, whole - first - second], grant, others))
    return an_application(areas)
