"""Decision letters as the worker makes them: written in two languages, hashed and printed as PDF/UA-1."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from luotsi.funding.models import DecisionLetter

LINES = 8
DAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
REASONS = (
    "Hanke vastaa haun tavoitteita, ja sen kustannukset ovat kohtuulliset siihen nähden, mitä saadaan. Avustus on "
    "enintään haussa ilmoitettu osuus kustannuksista."
)
CONDITIONS = "Hankinnat kilpailutetaan.\nTulokset julkaistaan.\nKuluista pidetään omaa seurantakohdetta."


def measure(count: int) -> dict[str, Any]:
    """Return how many letters were printed, and the seconds they took, by the clock and of the processor."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tools.settings_for_tests")
    django.setup()
    from luotsi.funding.queries.letter_files import printed
    from luotsi.funding.queries.letters import content_of
    from luotsi.funding.rules.letters import seal

    letters = [made(number) for number in range(count)]
    wall, cpu = time.perf_counter(), time.process_time()
    for letter in letters:
        content = content_of(letter)
        for language, one in content.items():
            one["parts"] = [with_costs(part, language) for part in one["parts"]]
        sha256 = seal(content)
        for one in content.values():
            if not printed(one, sha256, AT).startswith(b"%PDF"):
                raise AssertionError("This is no letter.")
    spent = {"letters_s": time.perf_counter() - wall, "letters_cpu_s": time.process_time() - cpu}
    return {"letters": count, **{name: round(value, 3) for name, value in spent.items()}}


def with_costs(part: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a part whose table of sums has lines of cost, as one of an application on a form has."""
    if not part["sums"] or len(part["head"]) != 3 or part["rows"][0][0].endswith("."):
        return part
    word = "Kustannus" if language == "fi" else "Kostnad"
    lines = [[f"{word} {number}", f"{number} 000,00 €", f"{number} 000,00 €"] for number in range(1, LINES + 1)]
    return part | {"rows": [*lines, *part["rows"]]}


def made(number: int) -> DecisionLetter:
    """Return a letter that is not in any database, with sums of its own."""
    from luotsi.funding.models import Application, Call, DecisionBatch, DecisionLetter, Funder, GrantDecision
    from luotsi.funding.models import Instalment as Part
    from luotsi.people.models import Unit

    funder = Funder(name={"fi": "Esimerkkikaupunki", "sv": "Exempelstaden"})
    call = Call(funder=funder, name={"fi": "Koulujen kokeilut", "sv": "Skolornas försök"}, share_base="total_cost")
    granted = Decimal(10_000 + number)
    application = Application(
        unit=Unit(name_fi=f"Esimerkkikoulu {number}", name_sv=f"Exempelskola {number}"),
        call=call,
        name={"fi": f"Kokeilu {number}", "sv": f"Försök {number}"},
        applied=granted + 2_000,
        own_share=Decimal(3_000),
        total=granted + 5_000,
    )
    decision = GrantDecision(
        application=application,
        outcome="partly",
        granted=granted,
        percent=Decimal(80),
        total=granted + 2_500,
        own_share=Decimal(2_500),
        decided_on=DAY,
        register_number=f"ESIM 2026-{number:06}",
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        reports=[{"key": "final-1", "is_final": True, "due_on": "2028-02-29"}],
    )
    parts = [Part(number=1, amount=granted - 3_000, due_on=DAY), Part(number=2, amount=Decimal(3_000))]
    fetched = Part.objects.all()  # as it is when the worker has fetched the instalments before
    fetched._result_cache, fetched._prefetch_done = parts, True  # type: ignore[attr-defined]
    decision._prefetched_objects_cache = {"instalments": fetched}  # type: ignore[attr-defined]
    batch = DecisionBatch(
        law="municipal",
        decided_on=DAY,
        decided_at=AT,
        signer={"fi": "Kehittämispäällikkö", "sv": "Utvecklingschef"},
        conditions={"fi": CONDITIONS},
    )
    return DecisionLetter(batch=batch, decision=decision, reasons={"fi": REASONS})
