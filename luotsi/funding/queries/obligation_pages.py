"""Obligations as pages show them: of one application, and of a unit over all of its grants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.models import Obligation
from luotsi.funding.queries.appeals import terms_of
from luotsi.funding.queries.because_words import MADE_OF, REMARKS, all_words, words_of
from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.rules.because import Because
from luotsi.funding.rules.obligations import Duty, obligations

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.people.models import Unit

# What ends by itself, or is only possible until a day: it is never late, and nobody marks it as done.
PASSIVE = frozenset(
    {Duty.PERIOD_ENDS, Duty.CHANGE_REQUEST, Duty.KEEP_VOUCHERS, Duty.MUNICIPAL_CORRECTION, Duty.STATE_CORRECTION}
)


@dataclass(frozen=True)
class ObligationRow:
    """One obligation with its state."""

    pk: UUID
    what: str
    due_on: date
    moved_from: date | None
    made_of: str
    is_settled: bool
    source: str
    mark: str
    word: str
    is_passive: bool
    is_over: bool
    done_at: datetime | None
    done_by: str
    done_note: str
    application: Names
    url: str
    done_url: str
    undo_url: str


def rows_of(found: Iterable[Obligation], scope: Unit) -> list[ObligationRow]:
    """Return rows; each obligation with its application and who did it."""
    today = clock.today()
    return [_row(one, scope, today) for one in found]


def listed(seen: ApplicationQuerySet, *, is_open: bool = False) -> list[Obligation]:
    """Return the obligations of applications that the visitor may see, by day; three queries at most."""
    found = Obligation.objects.filter(application__in=seen).select_related("application", "done_by__person")
    return list(found.undone() if is_open else found)


def _row(one: Obligation, scope: Unit, today: date) -> ObligationRow:
    is_passive = one.duty in PASSIVE
    mark, word = _state(one, today, is_passive=is_passive)
    place = [scope.key, one.application_id]
    return ObligationRow(
        pk=one.pk,
        what=str(one.get_duty_display()),
        due_on=one.due_on,
        moved_from=one.moved_from,
        made_of=words_of(because_of(one), MADE_OF),
        is_settled=one.is_settled,
        source=one.source,
        mark=mark,
        word=word,
        is_passive=is_passive,
        is_over=one.done_at is not None or (is_passive and one.due_on < today),
        done_at=one.done_at,
        done_by=_name(one),
        done_note=one.done_note,
        application=one.application.names,
        url=reverse("funding:list-obligations", args=place),
        done_url=reverse("funding:do-obligation", args=[*place, one.pk]),
        undo_url=reverse("funding:undo-obligation", args=[*place, one.pk]),
    )


def _state(one: Obligation, today: date, *, is_passive: bool) -> tuple[str, str]:
    if one.done_at:
        return "done", _("Done")
    if one.due_on < today:
        return ("none", _("Past")) if is_passive else ("late", _("Late"))
    return "none", _("Coming")


def _name(one: Obligation) -> str:
    person = getattr(one.done_by, "person", None) if one.done_by else None
    return str(person) if person else ""


def because_of(one: Obligation) -> Because:
    """Return how the day of an obligation was counted, from what was kept of it: days are days again."""
    kept = one.made_of or {}
    params = {name: _day(value) for name, value in (kept.get("params") or {}).items()}
    return Because(str(kept.get("code", "")), "", params)


def _day(value: object) -> object:
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        return date.fromisoformat(value)
    return value


def gaps_of(application: Application) -> tuple[str, ...]:
    """Return what a decision does not tell or contradicts, so that no obligation could be made of it."""
    decision = decision_of(application)
    if decision is None or not decision.is_granted:
        return ()
    made = obligations(terms_of(application, decision), today=clock.today())
    promised = [one.amount for one in decision.instalments.all()]
    reasons = list(made.reasons)
    if promised and decision.granted is not None and sum(promised, Decimal(0)) != decision.granted:
        total = sum(promised, Decimal(0))
        reasons.append(Because("not_the_grant", "", {"expected": total, "granted": decision.granted}))
    return all_words(reasons, REMARKS)
