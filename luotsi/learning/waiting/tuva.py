"""What waits for counsellors in preparatory studies: plans that learners propose."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.models import TuvaPlan
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ANSWERED_IN = timedelta(days=7)


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return one task for all proposals of learners whom the visitor guides; due a week after the first of them."""
    guided = access.learners_guided_by(visitor, scope).order_by()
    waiting = TuvaPlan.objects.waiting().filter(learner__in=guided).order_by()
    told = waiting.aggregate(count=Count("pk"), first=Min("saved_at"))
    count = told["count"]
    if not count:
        return []
    title = ngettext("Answer %(n)s proposal for a TUVA plan", "Answer %(n)s proposals for TUVA plans", count)
    return [
        Task(
            key="learning.tuva",
            title=title % {"n": count},
            context=scope.names.text,
            url=f"{reverse('learning:list-tuva', args=[scope.key])}?state=waits",
            action=_("Show"),
            due=clock.day_of(told["first"]) + ANSWERED_IN,
            room="learning",
        )
    ]
