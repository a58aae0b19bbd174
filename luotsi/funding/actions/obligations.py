"""Obligations: made anew from a decision, done, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.models import Application, BoardItem, GrantDecision, Obligation
from luotsi.funding.queries.appeals import appeal_of_matter, terms_of
from luotsi.funding.rules.obligations import Duty, Terms, obligations
from luotsi.funding.rules.obligations import Obligation as Made

if TYPE_CHECKING:
    from luotsi.people.models import Account


def renew_obligations(*, application: Application) -> int:
    """Write the obligations of the funder's decision and of own decisions; return how many there are.

    What was done stays done as long as the obligation is the same; runs inside the transaction of the deed that
    changed the decision, whose audit row tells of it.
    """
    there = {(one.duty, one.key): one for one in Obligation.objects.filter(application=application)}
    made = {(str(one.duty), key): one for key, one in _made(application)}
    for place, one in made.items():
        row = there.pop(place, None) or Obligation(application=application, duty=place[0], key=place[1])
        row.due_on, row.moved_from, row.is_settled, row.source = one.due_on, one.moved_from, one.is_settled, one.source
        row.made_of = {"code": one.made_of.code, "params": audit.safe(one.made_of.params)}
        if row._state.adding:
            row.save(force_insert=True)
        else:
            row.save(update_fields=["due_on", "moved_from", "is_settled", "source", "made_of"])
    for gone in there.values():
        gone.delete()
    return len(made)


def _made(application: Application) -> Iterator[tuple[str, Made]]:
    """Yield each obligation with its key in the register."""
    today = clock.today()
    decision = GrantDecision.objects.told().filter(application=application).first()
    if decision is not None:
        for one in obligations(terms_of(application, decision), today=today).listed:
            yield one.key if one.duty in {Duty.INTERIM_REPORT, Duty.FINAL_REPORT} else "", one
    for item in BoardItem.objects.filter(application=application).exclude(notice=""):
        appeal = appeal_of_matter(item)
        if appeal is not None:
            terms = Terms(appeals=(appeal,), source=f"{item.bodies.text} {item.section}".strip())
            for one in obligations(terms, today=today).listed:
                yield f"matter-{item.pk}", one


@transaction.atomic
def do_obligation(*, obligation: Obligation, note: str = "", by: Account | None) -> Obligation:
    """Mark an obligation as done; a second time changes nothing. Raises FundingRefused when another did it."""
    held = Obligation.objects.select_for_update(of=("self",)).select_related("done_by").get(pk=obligation.pk)
    if held.done_at is not None:
        if by is not None and held.done_by_id == by.pk:
            return held
        raise FundingRefused(_("Somebody else has marked this as done already."))
    held.done_at, held.done_by, held.done_note = clock.now(), by, note.strip()[:300]
    held.save(update_fields=["done_at", "done_by", "done_note"])
    _record(held, "funding.obligation.done", by, {"note": held.done_note, "due_on": held.due_on})
    return held


@transaction.atomic
def undo_obligation(*, obligation: Obligation, by: Account | None) -> Obligation:
    """Take back that an obligation was done. Raises FundingRefused when it is not done."""
    held = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if held.done_at is None:
        raise FundingRefused(_("This has not been marked as done."))
    held.done_at, held.done_by, held.done_note = None, None, ""
    held.save(update_fields=["done_at", "done_by", "done_note"])
    _record(held, "funding.obligation.undone", by, {"due_on": held.due_on})
    return held


def _record(held: Obligation, verb: str, by: Account | None, after: dict[str, object]) -> None:
    application = Application.objects.get(pk=held.application_id)
    audit.record(by=by, verb=verb, target=held, after=after, unit_id=application.unit_id)
