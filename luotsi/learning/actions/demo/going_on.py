"""Sends in what the registers of the college have delivered, a day at a time, as its secretaries would have done.

The worker takes each delivery in as it does with anybody's; after that it comes back here for the next day, so that
mails and other work find their turn in between. Whatever stops, `sweep` lets it go on.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from luotsi.base import audit, background, clock
from luotsi.base.models import AuditEntry
from luotsi.learning.actions.demo.engagement import ask_learners
from luotsi.learning.actions.demo.groups import add_groups
from luotsi.learning.actions.demo.load import BEGUN, DELIVERED, GO_ON
from luotsi.learning.actions.demo.words import VERSION
from luotsi.learning.actions.intake import begin_import
from luotsi.learning.actions.scoring import score_week
from luotsi.learning.engine.college.deliveries import College, Delivery
from luotsi.learning.engine.college.files import GROUP_HEAD, GROUPS, HOURS, HOURS_HEAD, LEARNERS, PLANS, line, table
from luotsi.learning.engine.college.people import CAMPUSES
from luotsi.learning.models import Learner, Score, StudyImport
from luotsi.people.models import Account, Person, Unit
from luotsi.people.queries.demo import COLLEGE, GUESTS
from luotsi.people.rules import Role

type Names = dict[str, tuple[str, str]]

logger = logging.getLogger(__name__)

BATCH = 500
UNTOLD, OBJECTED = 37, 61  # of so many learners one has not been told, one has objected
DAY, QUIET = timedelta(days=1), timedelta(minutes=2)
OPEN = (StudyImport.State.WAITING, StudyImport.State.RUNNING)


def go_on(pk: UUID) -> None:
    """Send in the next day's deliveries and come back after them; when there are none left, note that all is done."""
    provider = Unit.objects.filter(pk=pk).first()
    plan = _plan_of(pk)
    if provider is None or plan is None:
        return
    college = _college(plan["learners"], plan["seed"], date.fromisoformat(plan["day"]))
    sent = _imports(provider).order_by("-extract_on").values_list("extract_on", flat=True).first() or date.min
    with translation.override("fi"):
        tell(provider, college)
        with transaction.atomic():
            add_groups(provider, college.groups.values())
            if any(_send(provider, one) for one in college.deliveries(since=sent + DAY)):
                background.later(GO_ON, provider.pk)
                return
        if not _imports(provider).filter(state__in=OPEN).exists():
            with transaction.atomic():
                told = {"learners": Learner.objects.filter(provider=provider).count()}
                audit.record(by=None, verb=DELIVERED, target=provider, after=told, unit_id=provider.pk)
            score_anew(provider)
            ask_learners(provider)
            _college.cache_clear()


def score_anew(provider: Unit) -> None:
    """Score the week, without what the worker scored of it while half of the deliveries was still to come."""
    with transaction.atomic():
        Score.objects.filter(learner__provider=provider).delete()
        score_week(provider=provider, on=clock.today())


def sweep() -> None:
    """Go on where nobody does any more; the worker looks all the time, in the demo only."""
    provider = Unit.objects.filter(key=COLLEGE).first() if settings.DEMO else None
    if provider is None or _plan_of(provider.pk) is None or _imports(provider).filter(state__in=OPEN).exists():
        return
    latest = _imports(provider).order_by("-finished_at").values_list("finished_at", flat=True).first()
    if latest is None or latest < clock.now() - QUIET:
        background.later(GO_ON, provider.pk)


def _plan_of(pk: UUID) -> dict[str, Any] | None:
    """Return day, seed and number of learners of a college that is not delivered to the end."""
    begun = AuditEntry.objects.filter(verb=BEGUN, unit_id=pk).order_by("-seq").first()
    if begun is None or AuditEntry.objects.filter(verb=DELIVERED, unit_id=pk).exists():
        return None
    return dict(begun.after)


@lru_cache(maxsize=1)
def _college(learners: int, seed: int, today: date) -> College:
    return College(learners, seed, today)


def _imports(provider: Unit) -> Any:
    return StudyImport.objects.filter(unit__parent=provider)


def _send(provider: Unit, delivery: Delivery) -> bool:
    """Send in what each campus delivered on a day; return False when nobody delivered anything."""
    campuses = {unit.oid: unit for unit in Unit.objects.filter(parent=provider)}
    steward = next(member for member in GUESTS if member.role == Role.SECRETARY)
    by = Account.objects.filter(email=steward.email).first()
    sent = [
        begin_import(
            unit=campuses[campus.oid],
            filename=f"{provider.key}-{campus.number}-{delivery.day}.zip",
            data=data,
            extract_on=delivery.day,
            by=by,
        )
        for campus in CAMPUSES
        if (data := packed(delivery, campus.oid, _names()))
    ]
    return bool(sent)


def packed(delivery: Delivery, school: str, names: Names) -> bytes:
    """Return what a school delivered as an archive: its rights, their plans, groups and hours away; b"" of nothing."""
    rights: set[str] = set()
    learners = []
    for learner in delivery.learners:
        own = [right for right in learner["opiskeluoikeudet"] if right["oppilaitos"]["oid"] == school]
        if own:
            rights |= {right["oid"] for right in own}
            learners.append({"henkilö": _named(learner["henkilö"], names), "opiskeluoikeudet": own})
    groups = [one.row for one in delivery.groups if one.school == school]
    hours = [one.row for one in delivery.hours if one.school == school]
    if not learners and not groups and not hours:
        return b""
    plans = (plan for plan in delivery.plans if plan["opiskeluoikeus-oid"] in rights)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, documents in ((LEARNERS, learners), (PLANS, plans)):
            _write(archive, name, documents)
        archive.writestr(GROUPS, table(GROUP_HEAD, groups))
        archive.writestr(HOURS, table(HOURS_HEAD, hours))
    return file.getvalue()


def _write(archive: zipfile.ZipFile, name: str, documents: Iterable[Any]) -> None:
    if lines := "".join(line(one) for one in documents):
        archive.writestr(name, lines)


def _named(person: dict[str, Any], names: Names) -> dict[str, Any]:
    given, family = names.get(person["oid"], ("", ""))
    return person | {"etunimet": given, "kutsumanimi": given, "sukunimi": family} if given else person


def _names() -> Names:
    """Return the names of those learners who are somebody in the cast, by their OID."""
    emails = [member.email for member in GUESTS]
    found = Person.objects.filter(account__email__in=emails).exclude(oid="")
    return {one.oid: (one.given_name, one.family_name) for one in found}


def tell(provider: Unit, college: College) -> None:
    """Let new learners be told how their data are used, a week after they began; a few are not, a few object."""
    begun = {life.person.oid: (life.person.number, life.rights[0].starts_on) for life in college.lives}
    changed = []
    for learner in Learner.objects.filter(provider=provider, told_on=None).only("oid"):
        number, day = begun.get(learner.oid, (0, None))
        if day is None or number % UNTOLD == 0:
            continue
        learner.told_version, learner.told_on = VERSION, day + timedelta(days=7)
        learner.objected_on = day + timedelta(days=30) if number % OBJECTED == 1 else None
        changed.append(learner)
    Learner.objects.bulk_update(changed, ["told_version", "told_on", "objected_on"], batch_size=BATCH)
