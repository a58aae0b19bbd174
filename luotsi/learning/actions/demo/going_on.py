"""Takes in what the registers of the college have delivered, day by day, as the worker has time for it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation

from luotsi.base import audit
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.demo.groups import add_groups
from luotsi.learning.actions.demo.load import BEGUN, DELIVERED
from luotsi.learning.actions.demo.words import VERSION
from luotsi.learning.actions.intake import take_in
from luotsi.learning.engine.college.deliveries import College, Delivery, Json
from luotsi.learning.engine.college.files import GROUP_HEAD, GROUPS, HOURS, HOURS_HEAD, LEARNERS, PLANS, table
from luotsi.learning.engine.college.people import CAMPUSES
from luotsi.learning.engine.deliveries import Content, Document, Place, Sheet
from luotsi.learning.models import Learner, StudyImport
from luotsi.people.models import Account, Person, Unit
from luotsi.people.queries.demo import GUESTS
from luotsi.people.rules import Role

logger = logging.getLogger(__name__)

BATCH = 500
UNTOLD, OBJECTED = 37, 61  # of so many learners one has not been told, one has objected


def go_on(pk: UUID) -> None:
    """Take in every delivery that is not there yet, in the order of its days, each campus by itself.

    What was taken in stays when the worker is stopped; it is gone on with from there.
    """
    provider = Unit.objects.filter(pk=pk).first()
    begun = AuditEntry.objects.filter(verb=BEGUN, unit_id=pk).order_by("-seq").first()
    if provider is None or begun is None or AuditEntry.objects.filter(verb=DELIVERED, unit_id=pk).exists():
        return
    today, learners, seed = date.fromisoformat(begun.after["day"]), begun.after["learners"], begun.after["seed"]
    with translation.override("fi"):
        college = College(learners, seed, today)
        with transaction.atomic():
            add_groups(provider, college.groups.values())
        bring(provider, college)
        with transaction.atomic():
            told = {"learners": Learner.objects.filter(provider=provider).count()}
            audit.record(by=None, verb=DELIVERED, target=provider, after=told, unit_id=provider.pk)


def bring(provider: Unit, college: College) -> None:
    """Take in what each campus delivered on each day, but what is there already."""
    campuses = {unit.oid: unit for unit in Unit.objects.filter(parent=provider)}
    there = set(StudyImport.objects.filter(unit__parent=provider).values_list("unit__oid", "extract_on"))
    steward = next(member for member in GUESTS if member.role == Role.SECRETARY)
    by = Account.objects.filter(email=steward.email).first()
    names = _names()
    for delivery in college.deliveries(since=max((day for _oid, day in there), default=date.min)):
        for campus in CAMPUSES:
            contents = list(contents_of(delivery, campus.oid, names))
            if (campus.oid, delivery.day) not in there and contents:
                name = f"{provider.key}-{campus.number}-{delivery.day}.zip"
                take_in(unit=campuses[campus.oid], filename=name, contents=contents, extract_on=delivery.day, by=by)
                logger.info("%s: %s documents", name, len(contents))
        tell(provider, college)


def contents_of(delivery: Delivery, school: str, names: dict[str, tuple[str, str]]) -> Iterator[Content]:
    """Yield what a school delivered: its rights, their plans, groups and hours away of those it has told of."""
    rights: set[str] = set()
    for number, learner in enumerate(delivery.learners, 1):
        own = [right for right in learner["opiskeluoikeudet"] if right["oppilaitos"]["oid"] == school]
        if own:
            rights |= {right["oid"] for right in own}
            told = {"henkilö": _named(learner["henkilö"], names), "opiskeluoikeudet": own}
            yield Document(Place(LEARNERS, number), told, "")
    for number, plan in enumerate(delivery.plans, 1):
        if plan["opiskeluoikeus-oid"] in rights:
            yield Document(Place(PLANS, number), plan, "")
    groups = [one.row for one in delivery.groups if one.school == school]
    hours = [one.row for one in delivery.hours if one.school == school]
    if groups:
        yield Sheet(GROUPS, table(GROUP_HEAD, groups).encode())
    if hours:
        yield Sheet(HOURS, table(HOURS_HEAD, hours).encode())


def _named(person: Json, names: dict[str, tuple[str, str]]) -> Json:
    given, family = names.get(person["oid"], ("", ""))
    return person | {"etunimet": given, "kutsumanimi": given, "sukunimi": family} if given else person


def _names() -> dict[str, tuple[str, str]]:
    """Return the names of those learners who are somebody in the cast, by their OID."""
    emails = [member.email for member in GUESTS]
    found = Person.objects.filter(account__email__in=emails).exclude(oid="")
    return {one.oid: (one.given_name, one.family_name) for one in found}


def tell(provider: Unit, college: College) -> None:
    """Let new learners be told how their data are used, a week after they began; a few are not, a few object."""
    begun = {life.person.oid: (life.person.number, life.rights[0].starts_on) for life in college.lives}
    new = list(Learner.objects.filter(provider=provider, told_on=None, told_version="").only("oid"))
    changed = []
    for learner in new:
        number, day = begun.get(learner.oid, (0, None))
        if day is None or number % UNTOLD == 0:
            continue
        learner.told_version, learner.told_on = VERSION, day + timedelta(days=7)
        learner.objected_on = day + timedelta(days=30) if number % OBJECTED == 1 else None
        changed.append(learner)
    Learner.objects.bulk_update(changed, ["told_version", "told_on", "objected_on"], batch_size=BATCH)
