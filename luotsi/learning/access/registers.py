"""Imports of study data by who keeps the register of studies."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.learning.access.learners import may_do
from luotsi.learning.models import StudyImport
from luotsi.learning.rules.rights import Right

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def imports_of(scope: Unit) -> QuerySet[StudyImport]:
    """Return the imports made at the unit or below it, without their files; the right was required before."""
    return StudyImport.objects.filter(unit__path__startswith=scope.path).select_related("unit").defer("data")


def import_for(visitor: Visitor, pk: UUID) -> StudyImport:
    """Return an import. Raises Http404 for everybody who does not keep the register of its unit."""
    found = StudyImport.objects.select_related("unit").defer("data").filter(pk=pk).first()
    if found is None or not may_do(visitor, Right.STEWARD, found.unit):
        raise Http404(_("There is no such import, or you have no role that shows it."))
    return found
