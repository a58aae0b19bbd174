"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only.

A report is seen by the staff at its unit, above it and below it, from the day it is frozen; a draft only by those who
write it. A published report is everybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.people.access import reach_of
from luotsi.people.models import Unit
from luotsi.programme import access as programme_access
from luotsi.programme.models import Programme
from luotsi.reports.models import Report
from luotsi.reports.rules.rights import HOLDERS, Right, may

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.reports.models import ReportQuerySet


def may_do(visitor: Visitor, right: Right, unit: Unit) -> bool:
    """Return True when the visitor has the right at the unit."""
    return may(reach_of(visitor), right, unit.path)


def _is_seen(visitor: Visitor, report: Report) -> bool:
    if may_do(visitor, Right.WRITE, report.unit):
        return True
    if report.state == Report.State.DRAFT:
        return False
    reach = reach_of(visitor)
    return may(reach, Right.SEE, report.unit.path) or any(
        grip.role in HOLDERS[Right.SEE] and grip.path.startswith(report.unit.path) for grip in reach.grips
    )


def reports_visible_to(visitor: Visitor, scope: Unit) -> ReportQuerySet:
    """Return the reports of the unit, of those above it and below it, that the visitor may see."""
    seen, written = Q(pk__in=[]), Q(pk__in=[])
    for grip in reach_of(visitor).grips:
        here = Q(unit__path=grip.path) if grip.stays else Q(unit__path__startswith=grip.path)
        if grip.role in HOLDERS[Right.SEE]:
            above = [UUID(hex=part) for part in grip.path.strip("/").split("/")[:-1]]
            seen |= here | Q(unit__in=above)
        if grip.role in HOLDERS[Right.WRITE]:
            written |= here
    along = Q(unit__path__startswith=scope.path) | Q(unit__in=scope.ancestor_ids)
    return Report.objects.filter(along, written | seen & ~Q(state=Report.State.DRAFT))


def report_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.SEE) -> Report:
    """Return a report with its unit and programme.

    Raises:
        Http404: there is none along the unit, or the visitor may not know of it.
        PermissionDenied: the visitor may read it but not do this with it.
    """
    found = Report.objects.select_related("unit", "programme__owner", "frozen_by__person").filter(pk=pk).first()
    along = found is not None and (found.unit.path.startswith(scope.path) or scope.path.startswith(found.unit.path))
    if found is None or not along or not _is_seen(visitor, found):
        raise Http404(_("There is no such report, or you have no role that shows it."))
    if to != Right.SEE and not may_do(visitor, to, found.unit):
        raise PermissionDenied(_("Your role shows this report but does not let you change it."))
    return found


def published_report(pk: UUID) -> Report:
    """Return a published report, which needs no sign-in; raises Http404."""
    found = Report.objects.published().select_related("unit", "programme__owner").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such report."))
    return found


def programme_for(visitor: Visitor, scope: Unit, slug: str) -> Programme:
    """Return a programme about which the visitor may begin a report. Raises Http404 and PermissionDenied."""
    found = programme_access.programme_for(visitor, scope, slug)
    if not may_do(visitor, Right.WRITE, found.owner):
        raise PermissionDenied(_("Your role shows this programme but does not let you write reports about it."))
    return found


def programmes_to_report(visitor: Visitor, scope: Unit) -> list[Programme]:
    """Return the programmes about which the visitor may begin a report at the unit."""
    found = programme_access.programmes_visible_to(visitor, scope).select_related("owner")
    return [programme for programme in found if may_do(visitor, Right.WRITE, programme.owner)]
