"""A week of 60,000 learners scored as the product does it: read from the database, counted, kept, drawn into an order.

`python -m bench.study_week` fills an empty database with those learners of `bench.guidance` who study on, in the rows
that imports write, and scores a week by the rules, then the next one by a model with the rules beside it, each in a
process of its own. With DATABASE_URL set it fills that database instead, which must be empty.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import batched, islice
from typing import TYPE_CHECKING, Any

from bench import apart, guidance
from bench.guidance import TODAY

if TYPE_CHECKING:
    from django.db import models

    from luotsi.base.bulk import Plain
    from luotsi.learning.engine.snapshots import Held
    from luotsi.learning.models import Learner
    from luotsi.people.models import Unit

LEARNERS, CLOSED, SCHOOLS = 60_000, 2_000, 24
AT_ONCE = 5_000
KNOWN = ("learner", "known_from", "known_to")
NEXT = TODAY + timedelta(weeks=1)
TOLD = TODAY - timedelta(weeks=110)
BEGINS = tuple(TODAY - timedelta(weeks=weeks) for weeks in (10, 40, 70, 100))
GOALS = (
    ("week_rules_s", "the week of {week_rules:,} learners read, scored by the rules, kept and ordered", "s", 15.0),
    ("week_rules_cpu_s", "the same, time of the processors", "s", None),
    ("week_rules_mb", "memory of that process at its highest", "MB", None),
    ("week_model_s", "the next week of {week_model:,}, by a model with the rules beside it", "s", 15.0),
    ("week_model_cpu_s", "the same, time of the processors", "s", None),
    ("week_model_mb", "memory of that process at its highest", "MB", None),
    ("week_again_s", "that week once more: nothing is new", "s", None),
)


def fill(learners: int) -> dict[str, Any]:
    """Add learners with all that is known of them, a counsellor for each school, and a model in use."""
    from luotsi.learning.models import Caseload, Learner, StudyLine
    from luotsi.people.models import Person, Unit

    owner = apart.city(SCHOOLS)
    schools = list(Unit.objects.filter(parent=owner))
    for school in schools:
        guides = Caseload(counsellor=Person.objects.all()[0], unit=school, slots=8, since=TOLD)
        guides.save(force_insert=True)
    for some in batched(islice(studying(learners), learners), AT_ONCE):
        people = [
            Learner(
                provider=owner,
                unit=schools[int(one.learner) % SCHOOLS],
                oid=f"1.2.246.562.24.{int(one.learner):011d}",
                given_name="Esi",
                family_name="Merkki",
                told_on=TOLD,
                told_version="1",
            )
            for one in some
        ]
        Learner.objects.bulk_create(people)
        _write(both := list(zip(people, some, strict=True)))
        _write_parts(both)
    _model(owner)
    return {"week_lines": StudyLine.objects.count()}


def studying(learners: int) -> Iterator[Held]:
    """Yield made-up learners who have not left, as many as are asked for and some more."""
    return (one for one in guidance.made(learners * 2, BEGINS, seed=2) if len(one.rights) == 1)


def _write(some: list[tuple[Learner, Held]]) -> None:
    """Write the documents of some learners with their rights and plans, as imports do."""
    from luotsi.base import bulk
    from luotsi.learning.models import Extract, StudyPlan, StudyRight

    papers = [
        Extract(learner=who, kind=kind, right_oid=one.oid, sha256="0" * 64, data=b"", known_from=TOLD)
        for who, one in some
        for kind in Extract.Kind
    ]
    Extract.objects.bulk_create(papers)
    told = list(zip(some, papers[::2], papers[1::2], strict=True))
    bulk.insert(
        StudyRight,
        (*KNOWN, "oid", "extract", "unit", "state", "starts_on", "estimated_end", "ends_on", "periods"),
        (
            (
                _key(who), *_days(since, until), one.oid, _key(paper), _key(who.unit), row.stay.state,
                *_days(row.stay.starts_on, row.estimated_end, row.stay.ends_on), _periods(row.periods),
            )
            for (who, one), paper, _plan in told
            for since, until, row in one.rights
        ),
        kind=StudyRight.Kind.VOCATIONAL, study="ammatillinentutkinto", qualification="351301", name="Esimerkki",
        permit="", within="", renewed=False, recorded_at=None,
    )  # fmt: skip
    bulk.insert(
        StudyPlan,
        (*KNOWN, "right_oid", "extract", "touched_on"),
        (
            (_key(who), *_days(since, until), one.oid, _key(paper), *_days(touched))
            for (who, one), _right, paper in told
            for since, until, touched in one.plans
        ),
        first_approved=None, reached_on=None, support=[],
    )  # fmt: skip


def _write_parts(some: list[tuple[Learner, Held]]) -> None:
    """Write the parts, periods at work and hours away of some learners."""
    from luotsi.base import bulk
    from luotsi.learning.models import Absence, StudyLine, WorkPeriod

    bulk.insert(
        StudyLine,
        (*KNOWN, "right_oid", "key", "name", "amount", "planned_until", "done_on"),
        (
            (
                _key(who), *_days(since, until), one.oid, f"9{part.planned_until:%y%m%d}", f"Tutkinnon osa {number}",
                str(part.amount), *_days(part.planned_until, part.done_on),
            )
            for who, one in some
            for number, (since, until, part) in enumerate(one.parts)
        ),
        planned_from=None, recognised=False, grade="", shown_by=None, shown_on=None, guidance_hours=None,
    )  # fmt: skip
    bulk.insert(
        WorkPeriod,
        (*KNOWN, "right_oid", "starts_on", "in_register", "in_plan"),
        (
            (_key(who), *_days(since, until), one.oid, *_days(row.starts_on), row.in_register, row.in_plan)
            for who, one in some
            for since, until, row in one.work
        ),
        way="koulutussopimus", ends_on=None, business_id="",
    )  # fmt: skip
    bulk.insert(
        Absence,
        ("learner", "known_from", "week", "hours", "unexcused", "lessons"),
        (
            (_key(who), *_days(since, row.week), f"{row.hours:.2f}", f"{row.unexcused:.2f}", f"{row.lessons:.2f}")
            for who, one in some
            for since, _until, row in one.away
        ),
        source=None,
    )


def _key(one: models.Model) -> Plain:
    from django.db import connection

    value: Plain = one._meta.pk.get_db_prep_value(one.pk, connection)
    return value


def _days(*days: date | None) -> tuple[str | None, ...]:
    return tuple(day.isoformat() if day else None for day in days)


def _periods(periods: Iterable[tuple[date, str]]) -> str:
    return json.dumps([[day.isoformat(), state, "1"] for day, state in periods])


def _model(owner: Unit) -> None:
    """Learn a model from closed cohorts and put it in use; until the switch is moved the rules rule."""
    from luotsi.base import clock
    from luotsi.learning.engine.snapshots import cases_of
    from luotsi.learning.models import GuidanceSwitch, RiskModel
    from luotsi.learning.rules.model.report import digest_of, gate_kept, weights_kept

    trained, split = guidance.learnt(cases_of(guidance.made(CLOSED, guidance.TERMS), TODAY))
    weights, cohorts = weights_kept(trained.weights), {"judge": list(trained.cohorts[2])}
    RiskModel(
        provider=owner,
        number=1,
        features=list(trained.weights.weights),
        weights=weights,
        calibration=list(trained.calibration),
        cohorts=cohorts,
        gate=gate_kept(trained, [trained.chance(one.snapshot) for one in split.judge]),
        sha256=digest_of(weights, trained.calibration, cohorts),
        state=RiskModel.State.RELEASED,
        trained_at=clock.now(),
    ).save(force_insert=True)
    GuidanceSwitch(provider=owner, mode=GuidanceSwitch.Mode.RULES, at=clock.now(), reason="bench").save(
        force_insert=True
    )


def by_rules(_size: int) -> dict[str, Any]:
    """Score the week by the rules."""
    return _scored("rules", TODAY)


def by_model(_size: int) -> dict[str, Any]:
    """Move the switch to the model, score the next week, and score it again."""
    from luotsi.base import clock
    from luotsi.learning.models import GuidanceSwitch
    from luotsi.people.models import Unit

    owner = Unit.objects.get(parent=None)
    GuidanceSwitch(provider=owner, mode=GuidanceSwitch.Mode.MODEL, at=clock.now(), reason="bench").save(
        force_insert=True
    )
    found, again = _scored("model", NEXT), _scored("again", NEXT)
    if again["week_again"]:
        sys.exit("A week is scored twice.")
    return found | {"week_again_s": again["week_again_s"]}


def _scored(name: str, on: date) -> dict[str, Any]:
    from luotsi.learning.actions.scoring import score_week
    from luotsi.people.models import Unit

    owner, wall, cpu = Unit.objects.get(parent=None), time.perf_counter(), apart.processor()
    week = score_week(provider=owner, on=on)
    return {
        f"week_{name}": week.scored,
        f"week_{name}_s": round(time.perf_counter() - wall, 2),
        f"week_{name}_cpu_s": round(apart.processor() - cpu, 2),
        f"week_{name}_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def measure(learners: int = LEARNERS) -> dict[str, Any]:
    """Measure on SQLite, or on the database of DATABASE_URL; return the figures."""
    url = os.environ.get("DATABASE_URL", "")
    with apart.database() as clean:
        env, found = clean | {"DATABASE_URL": url}, dict[str, Any]()
        for part in ("fill", "rules", "model"):
            found |= apart.asked(env, __spec__.name, part, learners)
    if (found["week_rules"], found["week_model"]) != (learners, learners):
        sys.exit("Not everybody was scored.")
    return found


if __name__ == "__main__":
    apart.run({"fill": fill, "rules": by_rules, "model": by_model}, sys.argv[1:], measure)
