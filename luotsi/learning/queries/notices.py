"""What the page of notices shows: versions, and how many learners of the unit were told of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count

from luotsi.base.names import Names
from luotsi.learning.models import Learner, Notice

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.models import Unit


@dataclass(frozen=True)
class NoticeRow:
    """A version, its text in the languages it has, how many learners were told of it last."""

    version: str
    since: date
    text: Names
    told: int


@dataclass(frozen=True)
class NoticePage:
    """All versions, the newest first, and how many learners nobody has told: nothing is computed about them."""

    rows: tuple[NoticeRow, ...]
    untold: int


def notices_for(unit: Unit) -> QuerySet[Notice]:
    """Return the notices of the provider of a unit, the newest first."""
    return Notice.objects.filter(provider_id__in=[unit.pk, *unit.ancestor_ids])


def notice_page(unit: Unit) -> NoticePage:
    """Return what the page shows; three queries."""
    learners = Learner.objects.in_unit(unit).order_by()
    told = dict(learners.values_list("told_version").annotate(n=Count("pk")))
    rows = (
        NoticeRow(one.version, one.since, Names(one.text_fi, one.text_sv, one.text_en), told.get(one.version, 0))
        for one in notices_for(unit)
    )
    return NoticePage(tuple(rows), learners.filter(told_on=None).count())
