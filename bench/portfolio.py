"""The portfolio page of a city with 2,000 grants, in a process of its own on a database that this fills.

`python -m bench.portfolio` fills an empty SQLite database and opens the page; `python -m bench.funding` tells it, too.
`fill` and `open` do one of both, for a database that the environment names.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bench import apart, pages

if TYPE_CHECKING:
    from luotsi.funding.models import Application, Call
    from luotsi.people.models import Unit

GRANTS, CALLS, FUNDERS, SCHOOLS = 2_000, 60, 12, 40
BEGUN = datetime(2018, 1, 8, 9, tzinfo=UTC)
STATES = ("granted",) * 8 + ("partly",) * 2 + ("refused",) * 5 + ("submitted",) * 3 + ("preparing", "dropped")
VIEWS = {"page": "", "sorted": "?sort=-closes", "found": "?q=hanke", "file": "?format=csv"}


def calls_of(owner: Unit, rng: random.Random) -> list[Call]:
    """Add the calls that are watched: half of them closed at a time of the clock, half on a day."""
    from luotsi.funding.models import Call, Funder

    funders = Funder.objects.bulk_create(
        [Funder(name={"fi": f"Rahoittaja {number}", "sv": f"Finansiär {number}"}) for number in range(FUNDERS)]
    )
    found = []
    for number in range(CALLS):
        closes = BEGUN + timedelta(days=rng.randrange(3_300))
        found.append(
            Call(
                owner=owner,
                funder=rng.choice(funders),
                slug=f"haku-{number}",
                name={"fi": f"Haku {number}", "sv": f"Utlysning {number}"},
                register_number=f"EX-{number}-2020",
                closes_at=closes if number % 2 else None,
                closes_on=None if number % 2 else closes.date(),
            )
        )
    return Call.objects.bulk_create(found)


def application_of(number: int, unit: Unit, call: Call, rng: random.Random) -> Application:
    """Return an application in any state; the moments and sums are drawn."""
    from luotsi.funding.models import Application

    state, total = rng.choice(STATES), Decimal(rng.randrange(10_000, 900_000))
    begun = BEGUN + timedelta(days=rng.randrange(2_900), minutes=rng.randrange(1_440))
    submitted = begun + timedelta(days=30) if state not in {"preparing", "dropped"} else None
    decided = state in Application.GRANTED or state == "refused"
    return Application(
        unit=unit,
        call=call,
        name={"fi": f"Hanke {number}", "sv": f"Projekt {number}"},
        state=state,
        register_number=f"{number}/2020",
        applied=total * 9 / 10,
        own_share=total / 10,
        total=total,
        starts_on=date(2020, 8, 1),
        ends_on=date(2020, 8, 1) + timedelta(days=rng.randrange(300, 3_000)),
        submitted_at=submitted,
        granted=total * 9 / 10 if state in Application.GRANTED else None,
        decided_on=(begun + timedelta(days=rng.randrange(40, 200))).date() if decided else None,
        begun_at=begun,
    )


def fill(grants: int) -> dict[str, int]:
    """Prepare an empty database and fill it; return how many applications it holds."""
    from luotsi.funding.models import Application
    from luotsi.people.models import Unit

    rng, owner = random.Random(20_261_126), apart.city(SCHOOLS)  # noqa: S311  the same database every time
    units, calls = [owner, *Unit.objects.filter(parent=owner).order_by("key")], calls_of(owner, rng)
    made = [application_of(number, rng.choice(units), rng.choice(calls), rng) for number in range(grants)]
    Application.objects.bulk_create(made, batch_size=200)
    return {"grants": Application.objects.count()}


def opened(repeat: int) -> dict[str, Any]:
    """Open the page in each way; return milliseconds, by the clock and of the processor, and queries."""
    from luotsi.people.models import Account, Unit

    client, found = pages.client_of(Account.objects.get()), dict[str, Any]()
    address = f"/u/{Unit.objects.get(parent=None).key}/funding/"
    for name, query in VIEWS.items():
        told = pages.measured(client, "coordinator", name, address + query, repeat)
        found |= {f"{name}_ms": told.median_ms, f"{name}_cpu_ms": told.cpu_ms, f"{name}_queries": told.queries}
    return found


def measure(*, repeat: int, grants: int = GRANTS) -> dict[str, Any]:
    """Measure on SQLite; return the figures."""
    with apart.database() as env:
        return apart.asked(env, __spec__.name, "fill", grants) | apart.asked(env, __spec__.name, "open", repeat)


if __name__ == "__main__":
    apart.run({"fill": fill, "open": opened}, sys.argv[1:], lambda: measure(repeat=30))
