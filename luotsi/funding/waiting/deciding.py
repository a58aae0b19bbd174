"""What waits for the officers of own calls: proposals to decide, letters to send, instalments, reports to check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.models import CallOfficer, DecisionBatch, GrantReport, Proposal
from luotsi.funding.queries.paying import SOON, instalments_of
from luotsi.funding.rules.reports import Step
from luotsi.people.access import person_of
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.funding.models import Call
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

ROOM = "funding"


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for an officer whom calls of the unit or below name; queries do not grow with applications."""
    person = person_of(visitor)
    if person is None:
        return []
    mine = CallOfficer.objects.on(clock.today()).filter(person=person).values("call")
    tasks: list[Task] = []
    for call in access.own_calls_of(visitor, scope).filter(pk__in=mine, closes_at__lt=clock.now()):
        tasks += [*_proposals(call), *_letters(call), *_payments(call), *_reports(call, visitor)]
    return tasks


def _task(call: Call, what: str, title: str, page: str, action: str, due: date | None = None) -> Task:
    return Task(
        key=f"funding.{what}.{call.pk}",
        title=title,
        context=call.names.text,
        url=reverse(page, args=[call.owner.key, call.slug]),
        action=action,
        due=due,
        room=ROOM,
    )


def _proposals(call: Call) -> Iterator[Task]:
    waiting = Proposal.objects.filter(
        application__call=call, application__state="submitted", application__decision=None, state="fixed"
    )
    if count := waiting.count():
        title = ngettext("Decide %(n)s application", "Decide %(n)s applications", count) % {"n": count}
        yield _task(call, "decide", title, "funding:decide-call", _("Decide"), call.decides_by)


def _letters(call: Call) -> Iterator[Task]:
    if DecisionBatch.objects.filter(call=call, sent_at=None, ended_at__isnull=False).exists():
        yield _task(call, "send", _("Send the letters of decisions"), "funding:list-decisions", _("Show"))


def _payments(call: Call) -> Iterator[Task]:
    """Yield the instalments that are due within two weeks or late and in no payment file."""
    waiting = instalments_of(call).filter(payout=None, due_on__lte=clock.today() + SOON)
    days = sorted(day for day in waiting.order_by().values_list("due_on", flat=True) if day)
    if days:
        title = ngettext("Pay %(n)s instalment", "Pay %(n)s instalments", len(days)) % {"n": len(days)}
        yield _task(call, "pay", title, "funding:list-payments", _("Show"), days[0])


def _reports(call: Call, visitor: Visitor) -> Iterator[Task]:
    """Yield the reports of which no step, or only that of another officer, has been taken."""
    sent = GrantReport.objects.sent().filter(application__call=call)
    new = sent.filter(checks=None).count()
    money = sent.filter(checks__step=Step.SUBSTANCE, checks__verdict="accepted").exclude(checks__step=Step.MONEY)
    others = money.exclude(checks__checked_by=visitor.pk).count()
    if count := new + others:
        title = ngettext("Check %(n)s report", "Check %(n)s reports", count) % {"n": count}
        yield _task(call, "check", title, "funding:list-checks", _("Show"))
