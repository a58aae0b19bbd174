"""Sends in what the registers of the college delivered: an archive for each campus, as its secretary would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from luotsi.learning.actions.intake import begin_import
from luotsi.learning.engine.college.files import GROUP_HEAD, GROUPS, HOURS, HOURS_HEAD, LEARNERS, PLANS, line, table
from luotsi.learning.engine.college.people import CAMPUSES
from luotsi.people.models import Account, Person, Unit
from luotsi.people.queries.demo import GUESTS
from luotsi.people.rules import Role

if TYPE_CHECKING:
    from luotsi.learning.engine.college.deliveries import Delivery
    from luotsi.learning.engine.college.parts import Stage

type Names = dict[str, tuple[str, str]]


def name_of(provider: Unit, campus: str, stage: Stage, delivery: str) -> str:
    """Return the name of the file of a campus: the stage and the day of the delivery stand in it."""
    return f"{provider.key}-{campus}-{stage}-{delivery}.zip"


def send(provider: Unit, stage: Stage, delivery: Delivery) -> bool:
    """Send in what each campus delivered on a day; return False when nobody delivered anything."""
    campuses = {unit.oid: unit for unit in Unit.objects.filter(parent=provider)}
    steward = next(member for member in GUESTS if member.role == Role.SECRETARY)
    by, names = Account.objects.filter(email=steward.email).first(), _names()
    sent = [
        begin_import(
            unit=campuses[campus.oid],
            filename=name_of(provider, campus.number, stage, delivery.day.isoformat()),
            data=data,
            extract_on=delivery.day,
            by=by,
        )
        for campus in CAMPUSES
        if (data := packed(delivery, campus.oid, names))
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
