"""Measures the server's time and queries for each page, in a process of its own with the city loaded.

Usage: python -m bench.pages load|measure [--repeat N] [--small]; prints JSON. The environment names the database
and the data folder, as for the product itself. `load` fills an empty database; `measure` opens every page.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.models import Account

SMALL = {"units": 15, "staff": 500, "pupils": 6_000, "invitations": 40, "log": 2_000}
WARM_UP = 3


@dataclass(frozen=True)
class Page:
    """One page as it was measured: milliseconds (median, 95th percentile), queries, kilobytes.

    `cpu_ms` is the median of the processor's time in this process: what other programs on the machine do hardly
    changes it. SQLite's work is in it, that of a PostgreSQL server is not.
    """

    who: str
    name: str
    median_ms: float
    p95_ms: float
    cpu_ms: float
    queries: int
    kilobytes: float


def coordinators_pages(city: str, school: str) -> dict[str, str]:
    """Return the pages of a coordinator of the whole city."""
    return {
        "home": f"/u/{city}/",
        "unit": f"/u/{city}/unit/",
        "units": f"/u/{city}/units/",
        "persons": f"/u/{city}/persons/",
        "persons, pupils": f"/u/{city}/persons/?role=student",
        "persons, by name": f"/u/{city}/persons/?q=kari",
        "invitations": f"/u/{city}/invitations/",
        "log": f"/u/{city}/log/",
        "search": f"/u/{city}/search/?q=kari",
        "home of a school": f"/u/{school}/",
    }


def principals_pages(city: str, school: str) -> dict[str, str]:
    """Return the pages of the principal of one school."""
    return {
        "home": f"/u/{school}/",
        "units": f"/u/{school}/units/",
        "persons": f"/u/{school}/persons/",
        "invitations": f"/u/{school}/invitations/",
        "search": f"/u/{school}/search/?q=kari",
    }


def client_of(account: Account) -> Client:
    """Return a browser in which the account is signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "fi"})
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def measured(client: Client, who: str, name: str, path: str, repeat: int) -> Page:
    """Open a page until it is warm, then `repeat` times against the clock and once to count its queries.

    Raises:
        SystemExit: The page answers anything but 200.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    response = client.get(path)
    if response.status_code != 200:
        sys.exit(f"{path} answers {response.status_code} to the {who}.")
    for _ in range(WARM_UP - 1):
        client.get(path)
    took, worked = [], []
    for _ in range(repeat):
        began, busy = time.perf_counter(), time.process_time()
        client.get(path)
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    p95 = statistics.quantiles(took, n=20, method="inclusive")[-1]
    size = len(response.content) / 1000
    median, cpu = statistics.median(took), statistics.median(worked)
    return Page(who, name, round(median, 1), round(p95, 1), round(cpu, 1), len(asked), round(size, 1))


def pages(repeat: int) -> Iterator[Page]:
    """Yield every page of both people."""
    from luotsi.people.models import Account

    people = {
        "coordinator": (Account.objects.get(email="p0@luotsi.example"), coordinators_pages),
        "principal": (Account.objects.get(email="p1@luotsi.example"), principals_pages),
    }
    for who, (account, listed) in people.items():
        client = client_of(account)
        for name, path in listed("esimerkkikaupunki", "school-0").items():
            yield measured(client, who, name, path, repeat)


def load(*, small: bool) -> dict[str, object]:
    """Prepare the database and load the city; return its size and the cookies of its coordinator."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from bench import country

    call_command("prepare", verbosity=0)
    size = country.Size(**SMALL) if small else country.Size()
    city = country.load(size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what its own housekeeping does within minutes
    client = client_of(city.coordinator)
    paths = list(coordinators_pages(city.provider.key, city.school.key).values())
    return {
        "size": asdict(size),
        "cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}",
        "paths": paths,
    }


def main(arguments: Sequence[str]) -> None:
    """Load or measure, and print what was found."""
    parser = argparse.ArgumentParser(prog="bench.pages")
    parser.add_argument("verb", choices=["load", "measure"])
    parser.add_argument("--repeat", type=int, default=30)
    parser.add_argument("--small", action="store_true")
    chosen = parser.parse_args(arguments)
    django.setup()
    if chosen.verb == "load":
        print(json.dumps(load(small=chosen.small)))
    else:
        print(json.dumps([asdict(page) for page in pages(chosen.repeat)]))


if __name__ == "__main__":
    main(sys.argv[1:])
