"""The period and the budget that a grant is measured by: those of its decision, as the funder has changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.funding.queries.own_shares import decision_of
from luotsi.funding.rules.change_parts import end_after

if TYPE_CHECKING:
    from datetime import date

    from luotsi.funding.models import Application


def period_of(application: Application) -> tuple[date | None, date | None]:
    """Return the first and last day of use, after the changes that the funder has accepted.

    What the decision does not tell is what was applied for. One query, none where the requests were fetched before.
    """
    decision = decision_of(application)
    starts, ends = (decision.starts_on, decision.ends_on) if decision else (None, None)
    return starts or application.starts_on, changed_end(application, ends or application.ends_on)


def changed_end(application: Application, end: date | None) -> date | None:
    """Return a last day of use after the changes that the funder has accepted, in the order of its answers."""
    answered = [one for one in application.change_requests.all() if one.is_answered]
    for one in sorted(answered, key=lambda one: (one.answered_at or one.begun_at, one.number)):
        end = end_after(end, one.parts, one.answers)
    return end
