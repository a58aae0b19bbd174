"""What belongs to the spending of one grant, fetched through its application."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.funding.access.applications import application_for
from luotsi.funding.models import LedgerEntry, LedgerImport, Payment
from luotsi.funding.rules.rights import Part, Right

if TYPE_CHECKING:
    from luotsi.funding.access.applications import Held
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


def grant_for(visitor: Visitor, scope: Unit, pk: UUID, to: Part | Right = Part.READ) -> Held:
    """Return an application that was granted, with what the visitor may do with it.

    Raises:
        Http404: there is none, it was not granted, or the visitor may not know of it.
        PermissionDenied: the visitor may see it but not do this with it.
    """
    held = application_for(visitor, scope, pk, to)
    if not held.application.is_granted:
        raise Http404(_("Nothing has been granted, so there is nothing to spend."))
    return held


def entry_for(held: Held, pk: UUID) -> LedgerEntry:
    """Return an entry of the ledger of a grant; raises Http404."""
    found = LedgerEntry.objects.filter(application=held.application, pk=pk)
    entry = found.select_related("source", "ruled_by", "application__unit").first()
    if entry is None:
        raise Http404(_("There is no such entry."))
    return entry


def ledger_import_for(held: Held, pk: UUID) -> LedgerImport:
    """Return an import of the ledger of a grant; raises Http404."""
    found = LedgerImport.objects.filter(application=held.application, pk=pk)
    kept = found.select_related("application__unit", "application__call", "uploaded_by").first()
    if kept is None:
        raise Http404(_("There is no such import, or you have no role that shows it."))
    return kept


def payment_for(held: Held, pk: UUID) -> Payment:
    """Return a payment of a grant; raises Http404."""
    found = Payment.objects.filter(decision__application=held.application, pk=pk)
    payment = found.select_related("decision__application__unit").first()
    if payment is None:
        raise Http404(_("There is no such payment."))
    return payment
