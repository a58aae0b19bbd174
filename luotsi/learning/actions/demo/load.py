"""Adds the college with its people at once; what its registers have delivered since its beginning comes after that."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from luotsi.base import audit, background, clock
from luotsi.base.models import AuditEntry
from luotsi.learning import models
from luotsi.learning.actions.demo.groups import add_groups
from luotsi.learning.actions.demo.words import TOLD_EN, TOLD_FI, TOLD_SV, VERSION
from luotsi.learning.engine.college.hero import SEED, Hero, hero_of
from luotsi.learning.engine.college.people import CAMPUSES, PROVIDER, PROVIDER_NAME
from luotsi.people.actions.demo import add_cast_member
from luotsi.people.actions.units import UnitDetails, add_unit
from luotsi.people.models import InstitutionType, Person, Unit
from luotsi.people.queries.demo import CAMPUS, COLLEGE, DEMO_PASSWORD, GUESTS, REGION
from luotsi.people.rules import Kind, Role

GO_ON = "luotsi.learning.actions.demo.going_on.go_on"
BEGUN, GUIDED, DELIVERED = "learning.demo.begun", "learning.demo.guided", "learning.demo.delivered"
LONG_AGO = date(2015, 8, 1)
SLOTS = 8
# In the order in which they can be deleted: what points at others first.
OURS = (
    models.QualityFinding,
    models.Absence,
    models.WorkPeriod,
    models.StudyLine,
    models.StudyPlan,
    models.StudyRight,
    models.Extract,
    models.Traits,
    models.Placement,
    models.ScoreView,
    models.Score,
    models.GuidanceSwitch,
    models.RiskModel,
    models.Saying,
    models.GuidanceDeed,
    models.Need,
    models.Judgement,
    models.Caseload,
    models.Learner,
    models.StudyImport,
    models.Notice,
)


def load_demo() -> bool:
    """Add the college and let the worker take in its study data; return False when it was there.

    A college whose data were not taken in to the end, since the worker was stopped, is gone on with.
    """
    provider = Unit.objects.filter(key=COLLEGE).first()
    if provider is not None:
        if not AuditEntry.objects.filter(verb=DELIVERED, unit_id=provider.pk).exists():
            background.later(GO_ON, provider.pk)
        return False
    if not Unit.objects.filter(key=REGION).exists():
        return False
    with transaction.atomic():
        provider = _units()
        hero = hero_of(clock.today(), settings.LUOTSI_DEMO_LEARNERS)
        group = add_groups(provider, [hero.group])[0]
        _people(provider, group, hero)
        plan = {"day": clock.today().isoformat(), "learners": settings.LUOTSI_DEMO_LEARNERS, "seed": SEED}
        audit.record(by=None, verb=BEGUN, target=provider, after=plan, unit_id=provider.pk)
        background.later(GO_ON, provider.pk)
    return True


def clear_demo() -> None:
    """Take away all study data and what came of them, of the college and of everybody else."""
    for model in OURS:
        model._default_manager.all().delete()


def _units() -> Unit:
    provider = add_unit(
        kind=Kind.PROVIDER,
        parent=None,
        details=UnitDetails(
            name_fi=PROVIDER_NAME,
            name_sv="Exempelinstitutet",
            name_en="Example College",
            oid=PROVIDER,
            valid_from=LONG_AGO,
        ),
        by=None,
    )
    vocational = InstitutionType.objects.filter(code="21").first()
    for campus in CAMPUSES:
        details = UnitDetails(
            name_fi=campus.name,
            institution_number=campus.number,
            institution_type=vocational,
            oid=campus.oid,
            valid_from=LONG_AGO,
        )
        add_unit(kind=Kind.INSTITUTION, parent=provider, details=details, by=None)
    return provider


def _people(provider: Unit, group: Unit, hero: Hero) -> None:
    """Give the guests of the college their roles; the teacher and the student have theirs at the student's group."""
    campus = Unit.objects.get(key=CAMPUS)
    units = {Role.TEACHER: group, Role.STUDENT: group}
    password = make_password(DEMO_PASSWORD)
    accounts = {}
    for member in GUESTS:
        if member.unit in {COLLEGE, CAMPUS}:
            unit = units.get(member.role, provider if member.unit == COLLEGE else campus)
            accounts[member.role] = add_cast_member(
                member=member, unit=unit, valid_from=max(unit.valid_from, date(2021, 8, 1)), password=password
            )
    student = Person.objects.get(account=accounts[Role.STUDENT])
    student.oid = hero.oid
    student.save(update_fields=["oid"])
    counsellor = Person.objects.get(account=accounts[Role.COUNSELLOR])
    since = clock.today() - timedelta(days=400)
    models.Caseload(counsellor=counsellor, unit=campus, slots=SLOTS, since=since).save(force_insert=True)
    models.Notice(
        provider=provider,
        version=VERSION,
        since=date(2021, 8, 1),
        text_fi=TOLD_FI,
        text_sv=TOLD_SV,
        text_en=TOLD_EN,
    ).save(force_insert=True)
