"""Notices of how study data are used: a version is kept as it was given, and who was told of it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason, Refused
from luotsi.base.records import sound
from luotsi.learning.actions.intake.taking import provider_of
from luotsi.learning.models import Learner, Notice

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit


class NoticeRefused(Refused):
    """A notice that cannot be kept, or of which nobody can be told on that day."""


@dataclass(frozen=True, kw_only=True)
class NoticeDetails:
    """A version of the notice, as it was given; texts that are not there are empty."""

    version: str
    since: date
    text_fi: str
    text_sv: str = ""
    text_en: str = ""


@transaction.atomic
def publish_notice(*, unit: Unit, details: NoticeDetails, by: Account | None) -> Notice:
    """Keep a version of the notice of the provider of a unit; it is never changed afterwards.

    Raises:
        NoticeRefused: the version is there already, or a text is missing.
    """
    provider = provider_of(unit)
    if Notice.objects.filter(provider=provider, version=details.version).exists():
        raise NoticeRefused(Reason(_("There is a notice of this version."), field="version"))
    notice = sound(Notice(provider=provider, **vars(details)), NoticeRefused)
    notice.save(force_insert=True)
    after = audit.snapshot(notice, "version", "since")
    audit.record(by=by, verb="learning.notice.published", target=notice, after=after, unit_id=unit.pk)
    return notice


@transaction.atomic
def tell_learners(*, unit: Unit, notice: Notice, on: date, by: Account | None) -> int:
    """Note that the learners of a unit were told of a notice on a day; return how many had not been.

    Whoever was told before keeps the day on which they were told first: nothing was computed about them before it.

    Raises:
        NoticeRefused: the day is before the notice or has not come, or all had been told.
    """
    if on > clock.today():
        raise NoticeRefused(Reason(_("The day has not come yet."), field="on"))
    if on < notice.since:
        raise NoticeRefused(Reason(_("The notice was not in force on that day."), field="on"))
    untold = Learner.objects.in_unit(unit).filter(provider_id=notice.provider_id).exclude(told_version=notice.version)
    told = untold.filter(told_on=None).update(told_on=on, told_version=notice.version)
    told += untold.update(told_version=notice.version)
    if not told:
        raise NoticeRefused(_("All learners of this unit had been told of this version."))
    after = {"version": notice.version, "on": on, "learners": told}
    audit.record(by=by, verb="learning.learners.told", target=notice, after=after, unit_id=unit.pk)
    return told
