"""Studies of many invented learners in two schools, with a little of everything that figures count."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from luotsi.base import audit, clock
from luotsi.learning.models import (
    Absence,
    Extract,
    GuidanceDeed,
    Learner,
    StudyImport,
    StudyLine,
    StudyPlan,
    StudyRight,
    WorkPeriod,
)
from luotsi.learning.rules.cohorts import Half
from luotsi.people.models import Unit
from luotsi.people.tests.cast import Cast

ENDS = ("valmistunut", "valmistunut", "eronnut", "katsotaaneronneeksi", "peruutettu", "lasna", "lasna", "lasna")


class Studied:
    """Makes learners; the same seed makes the same."""

    def __init__(self, cast: Cast, seed: int = 1) -> None:
        self.cast, self.random, self.number = cast, random.Random(seed), 0  # noqa: S311 - nothing secret
        self.today = clock.today()

    def make(self, count: int) -> None:
        """Add learners, half of them at each school, and say in the log that they came in."""
        for place in range(count):
            self.learner(self.cast.school if place % 2 else self.cast.other_school)
        brought = StudyImport.objects.create(
            unit=self.cast.tampere,
            filename="esimerkki.json",
            sha256="1" * 64,
            extract_on=self.today,
            state=StudyImport.State.DONE,
            uploaded_at=clock.now(),
        )
        audit.record(by=None, verb="learning.studies.imported", target=brought, unit_id=self.cast.tampere.pk)

    def learner(self, school: Unit) -> Learner:
        """Add a learner with one to three rights, one after another."""
        self.number += 1
        learner = Learner.objects.create(
            provider=self.cast.tampere,
            unit=school,
            oid=f"1.2.246.562.24.9{self.number:010d}",
            given_name=f"Opiskelija {self.number}",
            family_name="Esimerkki",
        )
        begins = self.today - timedelta(days=self.random.randrange(30, 2100))
        for place in range(self.random.choice((1, 1, 1, 2, 3))):
            kind = "tuva" if place == 0 and self.random.random() < 0.2 else "vocational"
            ended = self.right(learner, school, f"{self.number}{place}", begins, kind)
            if ended is None:
                break
            begins = ended + timedelta(days=self.random.choice((-30, 0, 5, 60, 61, 200)))
        self.weeks(learner)
        return learner

    def weeks(self, learner: Learner) -> None:
        """Add hours of some weeks: of some only those away, one told otherwise later, one more away than taught."""
        dice = random.Random(learner.oid)  # noqa: S311 - nothing secret
        monday = self.today - timedelta(days=self.today.weekday())
        for back in sorted(dice.sample(range(70), 9)):
            week = monday - timedelta(days=7 * back)
            told = {"learner": learner, "week": week}
            lessons = Decimal(dice.choice((18, 27, 27))) if back % 5 else None
            away = Decimal(dice.choice((0, 0, 3, 9, 30)))
            Absence.objects.create(**told, hours=away, lessons=lessons, known_from=week + timedelta(days=7))
            if back % 4 == 0:
                Absence.objects.create(**told, hours=Decimal(6), lessons=lessons, known_from=week + timedelta(days=21))

    def right(self, learner: Learner, school: Unit, name: str, begins: date, kind: str) -> date | None:
        """Add a right with plan, lines and periods at work; return when it ended."""
        state = self.random.choice(ENDS)
        lasts = self.random.randrange(20, 1500)
        ended = begins + timedelta(days=lasts) if state != "lasna" else None
        if ended is not None and ended > self.today:
            ended, state = None, "lasna"
        oid = f"1.2.246.562.15.9{int(name):010d}"
        told = {"right_oid": oid, "sha256": name.rjust(64, "0"), "data": b"", "learner": learner, "known_from": begins}
        StudyRight.objects.create(
            learner=learner,
            unit=school,
            extract=Extract.objects.create(kind=Extract.Kind.RIGHT, **told),
            oid=oid,
            kind=kind,
            study="tuvakoulutuksensuoritus" if kind == "tuva" else "ammatillinentutkinto",
            qualification=self.random.choice(("999901", "999902")),
            starts_on=begins,
            ends_on=ended,
            state=state,
            renewed=state == "katsotaaneronneeksi" and self.random.random() < 0.3,
            within="1.2.246.562.15.1" if self.random.random() < 0.05 else "",
            known_from=begins,
        )
        plan = Extract.objects.create(kind=Extract.Kind.PLAN, **told)
        if self.random.random() < 0.9:
            self.plan(learner, oid, plan, begins)
            self.lines(learner, oid, begins)
        return ended

    def plan(self, learner: Learner, oid: str, extract: Extract, begins: date) -> None:
        """Add a plan in two versions, the first of them known no more."""
        first, later = begins + timedelta(days=14), begins + timedelta(days=self.random.randrange(30, 900))
        told = {"learner": learner, "right_oid": oid, "extract": extract, "first_approved": first}
        StudyPlan.objects.create(**told, touched_on=first, known_from=begins, known_to=later)
        StudyPlan.objects.create(**told, touched_on=later, known_from=later)

    def lines(self, learner: Learner, oid: str, begins: date) -> None:
        """Add parts: some late, one put off after its day, with hours of guidance, demonstrations and work."""
        for place in range(4):
            until = begins + timedelta(days=200 * (place + 1))
            done = until + timedelta(days=self.random.randrange(-60, 120))
            told = {
                "learner": learner,
                "right_oid": oid,
                "key": f"99990{place}",
                "amount": Decimal(self.random.choice((15, 30, 45))),
                "planned_from": begins,
                "shown_by": until,
            }
            moved = until + timedelta(days=30)
            if self.random.random() < 0.3:
                StudyLine.objects.create(**told, planned_until=until, known_from=begins, known_to=moved)
                told |= {"known_from": moved, "planned_until": until + timedelta(days=90)}
            else:
                told |= {"known_from": begins, "planned_until": until}
            is_done = done <= self.today and self.random.random() < 0.8
            told["recognised"] = is_done and place == 2
            StudyLine.objects.create(
                **told,
                done_on=done if is_done else None,
                shown_on=done if is_done else None,
                guidance_hours=Decimal(self.random.choice((0, 40, 80))),
            )
        WorkPeriod.objects.create(
            learner=learner,
            right_oid=oid,
            way=self.random.choice(("koulutussopimus", "oppisopimus")),
            starts_on=begins + timedelta(days=100),
            ends_on=begins + timedelta(days=self.random.randrange(150, 1900)),
            known_from=begins,
        )
        GuidanceDeed.objects.create(
            learner=learner,
            kind=GuidanceDeed.Kind.MEETING,
            on=self.today - timedelta(days=self.random.randrange(0, 500)),
            by=self.cast.celia.person,
            minutes=self.random.choice((None, 30, 45)),
            written_at=clock.now(),
        )


def begin_cohorts(cast: Cast, halves: int, size: int, leaving: int, school: Unit | None = None) -> None:
    """Add so many beginners each half-year, at one school, of whom the first few leave in the course of a year."""
    half = Half.of(clock.today())
    for _number in range(halves):
        half = Half(half.year, 1) if half.half == 2 else Half(half.year - 1, 2)
        start = half.first + timedelta(days=9)
        learners = [
            Learner(
                provider=cast.tampere,
                unit=school or cast.school,
                oid=f"1.2.246.562.24.8{half.year}{half.half}{place:06d}",
                given_name=f"Opiskelija {half.key} {place}",
                family_name="Esimerkki",
            )
            for place in range(size)
        ]
        Learner.objects.bulk_create(learners)
        told = {"known_from": start, "kind": Extract.Kind.RIGHT, "sha256": "0" * 64, "data": b""}
        oids = [one.oid.replace(".24.", ".15.") for one in learners]
        extracts = [Extract(learner=one, right_oid=oid, **told) for one, oid in zip(learners, oids, strict=True)]
        Extract.objects.bulk_create(extracts)
        rights = []
        for place, (learner, extract) in enumerate(zip(learners, extracts, strict=True)):
            ended = start + timedelta(days=20 + 300 * place // max(leaving, 1)) if place < leaving else None
            gone = ended is not None and ended <= clock.today()
            rights.append(
                StudyRight(
                    learner=learner,
                    unit=school or cast.school,
                    extract=extract,
                    oid=extract.right_oid,
                    kind=StudyRight.Kind.VOCATIONAL,
                    study="ammatillinentutkinto",
                    qualification="999901",
                    name="Esimerkkialan perustutkinto",
                    starts_on=start,
                    ends_on=ended if gone else None,
                    state="eronnut" if gone else "lasna",
                    known_from=start,
                )
            )
        StudyRight.objects.bulk_create(rights)
    StudyImport.objects.create(
        unit=cast.tampere,
        filename="esimerkki.json",
        sha256="2" * 64,
        extract_on=clock.today(),
        state=StudyImport.State.DONE,
        uploaded_at=clock.now(),
    )
