"""The pages of a learner and of a counsellor at a provider whose learners have just been taken in.

`python -m bench.study_pages` takes 7,500 learners in, scores the week and opens the pages, in a process of its own.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from typing import Any

from bench import apart, pages
from bench.study_import import FIRST, SCHOOL, delivery

LEARNERS, SCHOOLS, REPEAT = 7_500, 2, 30
GOALS = (
    ("own_ms", "a learner's own page, of {page_learners:,} learners", "ms", 50.0),
    ("own_cpu_ms", "the same, time of the processor", "ms", 50.0),
    ("caseload_ms", "a counsellor's week at a school of {school_learners:,}", "ms", 100.0),
    ("caseload_cpu_ms", "the same, time of the processor", "ms", 100.0),
    ("week_s", "the week of {scored:,} learners scored by the rules and kept", "s", None),
)


def fill(learners: int) -> dict[str, Any]:
    """Take learners in, tell them, give a school a counsellor and one learner an account, score the week."""
    from luotsi.base import clock
    from luotsi.learning.actions.intake import take_in
    from luotsi.learning.actions.scoring import score_week
    from luotsi.learning.engine.deliveries import contents_of
    from luotsi.learning.models import Caseload, Learner
    from luotsi.people.actions.demo.cast import add_cast_member
    from luotsi.people.models import Unit
    from luotsi.people.queries.demo import CastMember
    from luotsi.people.rules import Role

    owner, today = apart.city(SCHOOLS), clock.today()
    for number, school in enumerate(Unit.objects.filter(parent=owner)):
        school.oid = SCHOOL.format(number)
        school.save(update_fields=["oid"])
    data, _size = delivery(learners, SCHOOLS)
    take_in(unit=owner, filename="bench.zip", contents=contents_of("bench.zip", data), extract_on=FIRST, by=None)
    Learner.objects.update(told_on=FIRST, told_version="1")
    school = Unit.objects.get(oid=SCHOOL.format(0))
    counsellor, student = (
        add_cast_member(member=CastMember(name, "Mallinen", role, school.key), unit=school, valid_from=today)
        for name, role in (("Guide", Role.COUNSELLOR), ("Learner", Role.STUDENT))
    )
    Caseload(counsellor=counsellor.person, unit=school, slots=8, since=today - timedelta(days=30)).save(
        force_insert=True
    )
    own = Learner.objects.filter(unit=school).order_by("pk")[0]
    own.person = student.person
    own.save(update_fields=["person"])
    start = time.perf_counter()
    week = score_week(provider=owner, on=today)
    return {
        "page_learners": learners,
        "school_learners": Learner.objects.filter(unit=school).count(),
        "scored": week.scored,
        "week_s": round(time.perf_counter() - start, 2),
    }


def opened(repeat: int) -> dict[str, Any]:
    """Open the pages; return milliseconds, by the clock and of the processor, and queries."""
    from luotsi.people.models import Account, Unit

    school, found = Unit.objects.get(oid=SCHOOL.format(0)).key, dict[str, Any]()
    for name, who, address in (("own", "learner@", "mine"), ("caseload", "guide@", "caseload")):
        client = pages.client_of(Account.objects.get(email__startswith=who))
        told = pages.measured(client, name, name, f"/u/{school}/learning/{address}/", repeat)
        found |= {f"{name}_ms": told.median_ms, f"{name}_cpu_ms": told.cpu_ms, f"{name}_queries": told.queries}
    return found


def measure(*, repeat: int = REPEAT, learners: int = LEARNERS) -> dict[str, Any]:
    """Measure on SQLite; return the figures."""
    with apart.database() as env:
        return apart.asked(env, __spec__.name, "fill", learners) | apart.asked(env, __spec__.name, "open", repeat)


if __name__ == "__main__":
    apart.run({"fill": fill, "open": opened}, sys.argv[1:], measure)
