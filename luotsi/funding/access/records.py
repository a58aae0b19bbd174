"""What belongs to one application, fetched through it: whoever holds the application may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from luotsi.funding.models import Application, BoardItem, ChangeRequest, Commitment, GrantReport, Obligation
from luotsi.funding.rules.rights import Right, may
from luotsi.people.access import reach_of
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.funding.access.applications import Held
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.access import Visitor


def commitment_for(held: Held, pk: UUID) -> Commitment:
    """Return an entry of the ledger of the application; raises Http404."""
    found = Commitment.objects.filter(application=held.application, pk=pk).select_related("application__unit").first()
    if found is None:
        raise Http404(_("There is no such entry."))
    return found


def matter_for(held: Held, pk: UUID) -> BoardItem:
    """Return a matter of the application; raises Http404."""
    found = BoardItem.objects.filter(application=held.application, pk=pk)
    item = found.select_related("application__unit", "application__call__funder", "application__decision").first()
    if item is None:
        raise Http404(_("There is no such matter."))
    return item


def obligation_for(held: Held, pk: UUID) -> Obligation:
    """Return an obligation of the application; raises Http404."""
    found = Obligation.objects.filter(application=held.application, pk=pk).first()
    if found is None:
        raise Http404(_("There is no such obligation."))
    return found


def grant_report_for(held: Held, pk: UUID) -> GrantReport:
    """Return a report to the funder on the application; raises Http404."""
    found = GrantReport.objects.filter(application=held.application, pk=pk)
    along = ("application__unit", "application__call__funder", "application__decision")
    report = found.select_related(*along).first()
    if report is None:
        raise Http404(_("There is no such report."))
    return report


def change_request_for(held: Held, pk: UUID) -> ChangeRequest:
    """Return a change request of the application; raises Http404."""
    found = ChangeRequest.objects.filter(application=held.application, pk=pk)
    along = ("application__unit", "application__call__funder", "application__decision")
    request = found.select_related(*along).first()
    if request is None:
        raise Http404(_("There is no such change request."))
    return request


def may_follow(visitor: Visitor, unit: Unit) -> bool:
    """Return True when the visitor sees every application of the unit, not only some as a member of a team."""
    return may(reach_of(visitor), Right.SEE, unit.path)


def feed_key(unit: Unit) -> str:
    """Return the part of the address of a unit's calendar that nobody guesses; it stays the same."""
    return salted_hmac("funding.obligations", str(unit.pk), algorithm="sha256").hexdigest()[:32]


def applications_with_feed(scope: str, key: str) -> tuple[Unit, ApplicationQuerySet]:
    """Return a unit and its applications for a calendar that subscribes with a key; raises Http404."""
    unit = Unit.objects.filter(key=scope).first()
    if unit is None or not constant_time_compare(feed_key(unit), key):
        raise Http404(_("There is no such calendar."))
    return unit, Application.objects.in_unit(unit)
