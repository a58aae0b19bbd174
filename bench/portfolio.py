"""The portfolio page of a city with 2,000 grants, in a process of its own on a database that this fills.

`python -m bench.portfolio` fills an empty SQLite database and opens the page; `python -m bench.funding` tells it, too.
`fill` and `open` do one of both, for a database that the environment names.
"""

from __future__ import annotations

import json
import random
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import pages, processes

if TYPE_CHECKING:
    from luotsi.funding.models import Application, Call
    from luotsi.people.models import Unit

GRANTS, CALLS, FUNDERS, SCHOOLS = 2_000, 60, 12, 40
BEGUN = datetime(2018, 1, 8, 9, tzinfo=UTC)
STATES = ("granted",) * 8 + ("partly",) * 2 + ("refused",) * 5 + ("submitted",) * 3 + ("preparing", "dropped")
VIEWS = {"page": "", "sorted": "?sort=-closes", "found": "?q=hanke", "file": "?format=csv"}


def city() -> Unit:
    """Add a city, its schools and who looks after its money; return the city."""
    from luotsi.base import clock
    from luotsi.people.actions.demo.cast import add_cast_member
    from luotsi.people.actions.units import UnitDetails, add_unit
    from luotsi.people.queries.demo import CastMember
    from luotsi.people.rules import Kind, Role

    details = UnitDetails(name_fi="Esimerkkilä", valid_from=clock.today())
    found = add_unit(kind=Kind.PROVIDER, parent=None, details=details, by=None)
    for number in range(SCHOOLS):
        details = UnitDetails(name_fi=f"Esimerkkikoulu {number}", valid_from=clock.today())
        add_unit(kind=Kind.INSTITUTION, parent=found, details=details, by=None)
    member = CastMember("Money", "Mallinen", Role.COORDINATOR, found.key)
    add_cast_member(member=member, unit=found, valid_from=clock.today())
    return found


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
    from django.core.management import call_command

    from luotsi.funding.models import Application
    from luotsi.people.models import Unit

    call_command("prepare", verbosity=0)
    rng, owner = random.Random(20_261_126), city()  # noqa: S311  the same database every time
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


def asked(env: Mapping[str, str], *arguments: str) -> Any:
    """Run a part of this file in a process of its own and return the JSON it prints."""
    command = [sys.executable, "-m", "bench.portfolio", *arguments]
    done = subprocess.run(command, cwd=processes.ROOT, env=env, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[1:])} failed.")
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(*, repeat: int, grants: int = GRANTS) -> dict[str, Any]:
    """Measure on SQLite; return the figures."""
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as data:
        env = processes.clean(
            {
                "LUOTSI_DATA": str(Path(data)),
                "LUOTSI_SECRET_KEY": secrets.token_urlsafe(50),
                "DJANGO_SETTINGS_MODULE": "luotsi.config.settings",
                "DATABASE_URL": "",
            }
        )
        found: dict[str, Any] = asked(env, "fill", str(grants)) | asked(env, "open", str(repeat))
        return found


def main(arguments: Sequence[str]) -> None:
    """Run a part, or measure everything."""
    import django

    parts = {"fill": fill, "open": opened}
    if arguments and arguments[0] in parts:
        django.setup()
        print(json.dumps(parts[arguments[0]](int(arguments[1]))))
    else:
        print(json.dumps(measure(repeat=30), indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
