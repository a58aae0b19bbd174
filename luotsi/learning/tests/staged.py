"""Learners of the standing cast, for the tests of every page of this room.

In the group of Bilal's school study Minna (late, with an account), Otso (by the plan) and Petra (objected). Leo guides
the school, Tuure teaches the group, Irma keeps the register; Celia teaches at the school but not the group; Sanni is a
counsellor of the school who guides nobody yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from luotsi.base import clock
from luotsi.learning.models import (
    Caseload,
    Extract,
    Learner,
    Need,
    Placement,
    RiskModel,
    Saying,
    StaggeredStart,
    StartingUnit,
    StudyImport,
    StudyLine,
    StudyPlan,
    StudyRight,
)
from luotsi.learning.tests.found import make_findings
from luotsi.learning.tests.made_models import make_model
from luotsi.people.models import Account, Unit
from luotsi.people.rules import Kind, Role
from luotsi.people.tests.cast import LONG_AGO, Cast, make_member, make_unit

# Addresses that need nothing but their unit.
OF_UNIT = frozenset(
    (
        "see-room",
        "see-figures",
        "see-forecasts",
        "see-targeting",
        "see-mine",
        "list-progress",
        "list-totals",
        "list-tuva",
        "see-quality",
        "list-findings",
        "list-imports",
        "begin-import",
        "see-caseload",
        "take-caseload",
        "see-own-guidance",
        "object-to-scoring",
        "take-back-objection",
        "list-starts",
        "see-effects",
        "plan-staggered",
        "list-views",
        "list-models",
        "ask-for-model",
        "move-switch",
        "list-notices",
        "add-notice",
        "tell-learners",
    )
)


@dataclass(frozen=True)
class Staged:
    """The people (accounts), the group and its learners."""

    leo: Account
    sanni: Account
    tuure: Account
    irma: Account
    minna: Account
    group: Unit
    late: Learner
    fine: Learner
    objected: Learner
    caseload: Caseload
    study_import: StudyImport
    need: Need
    saying: Saying
    model: RiskModel
    start: StaggeredStart

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address with the name needs besides its unit."""
        words: dict[str, dict[str, Any]] = {
            "learning:see-import": {"pk": self.study_import.pk},
            "learning:download-import-faults": {"pk": self.study_import.pk},
            "learning:answer-tuva": {"pk": self.late.pk, "version": 1},
            "learning:see-rule": {"code": "K05"},
            **{f"learning:{verb}-staggered": {"pk": self.start.pk} for verb in ("see", "lock", "stop")},
            **self.guidance,
            **self.governing,
        }
        return {} if name.partition(":")[2] in OF_UNIT else words.get(name, {"pk": self.late.pk})

    @property
    def guidance(self) -> dict[str, dict[str, Any]]:
        """What the addresses of guidance need besides their unit; Petra has an open need and has said something."""
        need = {"pk": self.objected.pk, "need": self.need.pk}
        return {
            "learning:change-caseload": {"caseload": self.caseload.pk},
            "learning:end-caseload": {"caseload": self.caseload.pk},
            "learning:write-deed": {"pk": self.late.pk, "kind": "contact"},
            "learning:move-need": need,
            "learning:close-need": need,
            "learning:tell-outcome": need | {"weeks": 4},
            "learning:answer-saying": {"pk": self.objected.pk, "saying": self.saying.pk},
            "learning:say-own": {"kind": "comment"},
        }

    @property
    def governing(self) -> dict[str, dict[str, Any]]:
        """What the addresses of models need besides their unit."""
        pages = ("see-model", "download-evidence", "release-model", "retire-model")
        model = {"pk": self.model.pk}
        return {**{f"learning:{page}": model for page in pages}, "learning:sign-gap": model | {"attribute": "g"}}

    @property
    def values(self) -> dict[str, Any]:
        """What the list of every page names: records by their keys, and who opens pages."""
        people = {name: getattr(self, name) for name in ("leo", "sanni", "tuure", "irma", "minna")}
        learners = {name: getattr(self, name).pk for name in ("late", "fine", "objected")}
        guidance = {name: getattr(self, name).pk for name in ("caseload", "need", "saying")}
        places = {
            "study_import": self.study_import.pk,
            "study_group": self.group.key,
            "rule": "K05",
            "risk_model": self.model.pk,
            "staggered": self.start.pk,
        }
        return {**people, **learners, **guidance, **places}


def stage(cast: Cast) -> Staged:
    """Add the group, its people and learners with a right, a plan and lines each."""
    group = make_unit(Kind.GROUP, cast.school, "Esimerkkiryhmä")
    leo = make_member(cast.school, Role.COUNSELLOR, "Leo")
    tuure = make_member(group, Role.TEACHER, "Tuure")
    irma = make_member(cast.school, Role.SECRETARY, "Irma")
    minna = make_member(group, Role.STUDENT, "Minna")
    caseload = Caseload.objects.create(counsellor=leo.person, unit=cast.school, slots=5, since=LONG_AGO)
    brought = StudyImport.objects.create(
        unit=cast.school,
        filename="esimerkki.json",
        sha256="0" * 64,
        extract_on=clock.today(),
        state=StudyImport.State.DONE,
        uploaded_at=clock.now(),
    )
    late = make_learner(cast, group, "Minna", number=1, done=1)
    late.person = minna.person
    late.save(update_fields=["person"])
    make_findings(late)
    objected = make_learner(cast, group, "Petra", number=3, done=2)
    objected.objected_on = clock.today()
    objected.save(update_fields=["objected_on"])
    return Staged(
        leo=leo,
        sanni=make_member(cast.school, Role.COUNSELLOR, "Sanni"),
        tuure=tuure,
        irma=irma,
        minna=minna,
        group=group,
        late=late,
        fine=make_learner(cast, group, "Otso", number=2, done=4),
        objected=objected,
        caseload=caseload,
        study_import=brought,
        need=Need.objects.create(
            learner=objected,
            source=Need.Source.COUNSELLOR,
            opened_on=clock.today() - timedelta(weeks=5),
            owner=leo.person,
            due_on=clock.today() - timedelta(weeks=3),
        ),
        saying=Saying.objects.create(
            learner=objected, kind=Saying.Kind.COMMENT, words="Olin harjoittelussa.", said_at=clock.now()
        ),
        model=make_model(cast.tampere, gap=True),
        start=make_start(cast.school, group),
    )


def make_start(school: Unit, group: Unit) -> StaggeredStart:
    """Add a staggered start that was planned and not drawn: of one group, so that it cannot be."""
    start = StaggeredStart.objects.create(
        unit=school,
        starts_on=clock.today() + timedelta(weeks=4),
        step=8,
        waves=4,
        outcome=StaggeredStart.Outcome.STAYING,
        seed="7 12 19 23 31 36 40",
        planned_at=clock.now(),
    )
    StartingUnit.objects.create(start=start, unit=group)
    return start


def make_learner(cast: Cast, group: Unit, name: str, *, number: int, done: int, since: date = LONG_AGO) -> Learner:
    """Add a learner who began a year ago: of six parts of 30 points, one each ten weeks, so many are done."""
    today = clock.today()
    begun = today - timedelta(weeks=52)
    learner = Learner.objects.create(
        provider=cast.tampere,
        unit=group,
        oid=f"1.2.246.562.24.{number:011d}",
        given_name=name,
        family_name="Näytesaari",
        told_version="1",
        told_on=begun,
    )
    Placement.objects.create(learner=learner, group=group, since=begun)
    oid = f"1.2.246.562.15.{number:011d}"
    known = {"learner": learner, "known_from": begun}
    told = {"right_oid": oid, "sha256": f"{number:064d}", "data": b"", **known}
    StudyRight.objects.create(
        unit=cast.school,
        extract=Extract.objects.create(kind=Extract.Kind.RIGHT, **told),
        oid=oid,
        kind=StudyRight.Kind.VOCATIONAL,
        study="ammatillinentutkinto",
        qualification="999901",
        name="Esimerkkialan perustutkinto",
        starts_on=begun,
        estimated_end=begun + timedelta(weeks=150),
        state="lasna",
        periods=[[begun.isoformat(), "lasna", "1"]],
        **known,
    )
    StudyPlan.objects.create(
        extract=Extract.objects.create(kind=Extract.Kind.PLAN, **told),
        right_oid=oid,
        first_approved=begun + timedelta(days=10),
        touched_on=today - timedelta(days=100 if done < 4 else 20),
        **known,
    )
    for place in range(6):
        ends = begun + timedelta(weeks=10 * (place + 1))
        StudyLine.objects.create(
            right_oid=oid,
            key=f"99990{place}",
            name=f"Esimerkkiosa {place + 1}",
            amount=Decimal(30),
            planned_from=ends - timedelta(weeks=10),
            planned_until=ends,
            done_on=ends - timedelta(days=3) if place < done else None,
            grade="4" if place < done else "",
            **known,
        )
    return learner
