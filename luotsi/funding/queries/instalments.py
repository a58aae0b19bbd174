"""Instalments of grants that have not come whole: for the annual clock and for what waits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.funding.models import Instalment, Payment
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models.applications import ApplicationQuerySet

NOTHING = Decimal("0.00")
_MONEY: DecimalField[Decimal, Decimal] = DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)


def lacking(seen: ApplicationQuerySet, until: date) -> list[Instalment]:
    """Return the instalments expected by a day that have not come whole, the earliest first; one query.

    Of applications that the visitor may see and that have not ended, of decisions that their applicants know. Each has
    its application with unit and call; `missing_of` tells what lacks.
    """
    paid = Payment.objects.filter(decision=OuterRef("decision"), number=OuterRef("number")).order_by()
    came = Subquery(paid.values("decision").annotate(sum=Sum("amount")).values("sum"), output_field=_MONEY)
    known = Q(decision__law="") | Q(decision__given_on__isnull=False)
    running = seen.granted().filter(closed_at=None).order_by()
    found = Instalment.objects.filter(known, decision__application__in=running, due_on__lte=until)
    listed = found.annotate(came=Coalesce(came, Value(NOTHING, output_field=_MONEY))).filter(came__lt=F("amount"))
    along = ("decision__application__unit", "decision__application__call__funder")
    return list(listed.select_related(*along).order_by("due_on", "decision", "number"))


def missing_of(one: Instalment) -> Decimal:
    """Return what has not come of an instalment that `lacking` found, in euros."""
    return one.amount - cast("Decimal", getattr(one, "came", NOTHING))


def instalment_words(one: Instalment) -> str:
    """Return which instalment it is and what of it has not come."""
    told = {"number": one.number, "missing": formatting.euros(missing_of(one))}
    return _("instalment %(number)s, %(missing)s has not come") % told
