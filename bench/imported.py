"""A ledger export of 100,000 rows imported on the pages: file in, dry run shown, entries added, spending shown.

`python -m bench.imported` fills an empty SQLite database and does it; `python -m bench.funding` tells it, too.
`fill` and `load` do one of both, for a database that the environment names.
"""

from __future__ import annotations

import re
import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bench import apart, ledgers, pages

BEGUN = datetime(2024, 1, 8, 9, tzinfo=UTC)
NEW = re.compile(r'name="new" value="(\d+)"')
GOALS = (
    (
        "import_s",
        "such a ledger of {import_rows:,} rows on the pages: dry run, import, the entries in SQLite",
        "s",
        10.0,
    ),
    ("import_cpu_s", "the same, time of the processor", "s", 10.0),
    ("spending_s", "the page of spending after it, every entry judged", "s", None),
)


def fill(_size: int) -> dict[str, Any]:
    """Add a city with one grant."""
    from luotsi.funding.models import Application, Call, Funder

    owner = apart.city(1)
    funder = Funder.objects.create(name={"fi": "Rahoittaja"})
    call = Call(owner=owner, funder=funder, slug="haku", name={"fi": "Haku"}, closes_on=date(2024, 3, 1))
    call.save(force_insert=True)
    Application(
        unit=owner,
        call=call,
        name={"fi": "Esimerkkihanke"},
        state="granted",
        applied=Decimal(900_000),
        granted=Decimal(900_000),
        total=Decimal(1_000_000),
        own_share=Decimal(100_000),
        starts_on=ledgers.FIRST,
        ends_on=date(2025, 12, 31),
        submitted_at=BEGUN,
        decided_on=date(2024, 6, 1),
        begun_at=BEGUN,
    ).save(force_insert=True)
    return {}


def load(rows: int) -> dict[str, Any]:
    """Import the file as its user does; return the seconds and how many entries were added."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from luotsi.funding.models import Application, LedgerEntry
    from luotsi.people.models import Account

    client, application = pages.client_of(Account.objects.get()), Application.objects.select_related("unit").get()
    place = [application.unit.key, application.pk]
    spending = reverse("funding:see-spending", args=place)
    client.get(spending)
    text = ledgers.ledger(rows).encode()
    wall, cpu = time.perf_counter(), time.process_time()
    sent = client.post(
        reverse("funding:import-ledger", args=place),
        {"file": SimpleUploadedFile("ledger.csv", text, "text/csv"), "classes": "40 | palkat"},
    )
    shown = client.get(sent["Location"])
    new = NEW.search(shown.content.decode())
    if new is None:
        sys.exit("The dry run offers nothing to import.")
    done = client.post(f"{sent['Location']}run/", {"new": new[1]})
    told = {"import_s": time.perf_counter() - wall, "import_cpu_s": time.process_time() - cpu}
    if done["Location"] != spending:
        sys.exit("Nothing was imported.")
    wall = time.perf_counter()
    client.get(spending)
    told["spending_s"] = time.perf_counter() - wall
    rounded = {name: round(value, 3) for name, value in told.items()}
    return {"import_rows": rows, "import_entries": LedgerEntry.objects.count(), **rounded}


def measure(rows: int = ledgers.ROWS) -> dict[str, Any]:
    """Measure on SQLite; return the figures."""
    with apart.database() as env:
        return apart.asked(env, __spec__.name, "fill", 0) | apart.asked(env, __spec__.name, "load", rows)


if __name__ == "__main__":
    apart.run({"fill": fill, "load": load}, sys.argv[1:], measure)
