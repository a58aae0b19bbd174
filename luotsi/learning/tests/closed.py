"""A provider with closed cohorts of made-up learners whose studies were told step by step, as by a register."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from luotsi.learning.models import Extract, Learner, StudyLine, StudyPlan, StudyRight, Traits
from luotsi.people.models import Unit

BEGINS = (date(2021, 8, 9), date(2022, 1, 10), date(2022, 8, 8), date(2023, 1, 9), date(2023, 8, 7))
TOLD = date(2021, 1, 1)
PARTS, APART = 10, timedelta(weeks=12)
ENOUGH = 300


def add_closed_cohorts(provider: Unit, school: Unit, each: int = ENOUGH, seed: int = 6) -> None:
    """Add five cohorts: about two in five leave within two years, earlier and more often the slower they are."""
    rng = Random(seed)  # noqa: S311  made up the same way every time
    learners, extracts, rights, plans, lines, traits = [], [], [], [], [], []
    for place, begun in enumerate(BEGINS):
        for number in range(each):
            pace = rng.random()
            key = place * 10_000 + number
            learner = Learner(
                provider=provider,
                unit=school,
                oid=f"1.2.246.562.24.{key:011d}",
                given_name="Keksitty",
                family_name=f"Oppija {key}",
                told_version="1",
                told_on=TOLD,
            )
            left = begun + timedelta(weeks=int(20 + pace * 90 + rng.random() * 20))
            leaves = rng.random() < 0.95 - pace
            learners.append(learner)
            traits.append(
                Traits(
                    learner=learner,
                    gender=rng.choice(["male", "female"]),
                    language=rng.choice(["fi", "fi", "sv", "other"]),
                    age="under_18",
                )
            )
            extract = Extract(
                learner=learner, kind="right", right_oid=_oid(key), sha256=f"{key:064d}", data=b"", known_from=begun
            )
            extracts.append(extract)
            rights += _rights(extract, school, begun, left if leaves else None)
            plans.append(
                StudyPlan(learner=learner, extract=extract, right_oid=_oid(key), touched_on=begun, known_from=begun)
            )
            lines += _lines(learner, _oid(key), begun, left if leaves else date.max, pace, rng)
    Learner.objects.bulk_create(learners, batch_size=1_000)
    Traits.objects.bulk_create(traits, batch_size=1_000)
    Extract.objects.bulk_create(extracts, batch_size=1_000)
    StudyRight.objects.bulk_create(rights, batch_size=1_000)
    StudyPlan.objects.bulk_create(plans, batch_size=1_000)
    StudyLine.objects.bulk_create(lines, batch_size=1_000)


def _oid(key: int) -> str:
    return f"1.2.246.562.15.{key:011d}"


def _rights(extract: Extract, school: Unit, begun: date, left: date | None) -> list[StudyRight]:
    same = {
        "learner": extract.learner,
        "unit": school,
        "extract": extract,
        "oid": extract.right_oid,
        "kind": StudyRight.Kind.VOCATIONAL,
        "starts_on": begun,
        "estimated_end": begun + timedelta(weeks=150),
    }
    told = [[begun.isoformat(), "lasna", "1"]]
    first = StudyRight(**same, state="lasna", periods=told, known_from=begun, known_to=left)
    if left is None:
        return [first]
    ended = [*told, [left.isoformat(), "eronnut", ""]]
    return [first, StudyRight(**same, state="eronnut", periods=ended, ends_on=left, known_from=left)]


def _lines(learner: Learner, oid: str, begun: date, left: date, pace: float, rng: Random) -> list[StudyLine]:
    """Return each part as planned, and from the day it was done as done."""
    found = []
    for number in range(PARTS):
        until = begun + APART * (number + 1)
        slow = int((1 - pace) * 20 * (number + 1) + rng.random() * 6)
        done = until + timedelta(weeks=slow - 5)
        same = {
            "learner": learner,
            "right_oid": oid,
            "key": f"9999{number:02d}",
            "amount": Decimal(18),
            "planned_until": until,
        }
        is_done = done < left and done < date(2026, 6, 1)
        found.append(StudyLine(**same, known_from=begun, known_to=done if is_done else None))
        if is_done:
            found.append(StudyLine(**same, known_from=done, done_on=done))
    return found
