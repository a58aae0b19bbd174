"""From a decision that was read to what follows of it: the terms of obligations, and what came of a board's proposal.

Both are for a person to look at beside the text; nothing here is surer than what was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.because import because
from luotsi.funding.rules.board import Intent, Result, Said, result_of
from luotsi.funding.rules.decision_text import Found, Item, Outcome, Shape
from luotsi.funding.rules.obligations import Appeal, Duty, Notice, ReportDue, Terms
from luotsi.funding.rules.shares import Deed

NOTHING = Decimal("0.00")
STATE_DAYS, MUNICIPAL_DAYS = 30, 14


def terms_of(
    item: Item, *, notice: Notice | None = None, given_on: date | None = None, change_days: int | None = None
) -> Terms:
    """Return the terms of a decision, as far as it says them.

    Args:
        item: the decision that was read.
        notice: how it reached the party; without it and `given_on` no time of appeal can be counted.
        given_on: the day on which it was sent, handed over or published.
        change_days: days before the end by which the funder wants a change request.

    Returns:
        The terms of a grant; of a refusal or a board's item only the appeal. Where a text gives several days for the
        final report each of them is an obligation of its own, for a person to choose from.
    """
    appeals = tuple(_appeals(item, notice, given_on)) if notice and given_on else ()
    source = item.registers[0].value.number if item.registers else ""
    if item.outcome is None or item.outcome.value not in {Outcome.GRANTED, Outcome.PARTLY}:
        return Terms(appeals=appeals, source=source)
    interim = [
        ReportDue(key=f"interim-{number}", is_final=False, due_on=one.value)
        for number, one in enumerate(item.interim_reports, 1)
    ]
    final = [
        ReportDue(key=f"final-{number}", is_final=True, due_on=one.value)
        for number, one in enumerate(item.final_reports, 1)
    ]
    return Terms(
        period_start=item.period_start.value if item.period_start else None,
        period_end=item.period_end.value if item.period_end else None,
        reports=(*interim, *final),
        appeals=appeals,
        change_days=change_days,
        source=source,
    )


def _appeals(item: Item, notice: Notice, given_on: date) -> Iterator[Appeal]:
    """Yield the appeal of this decision, with its own length where it says one.

    What is only noted is not appealed here; whose decision a text is, is not guessed.
    """
    told = item.appeal_days.value if item.appeal_days else None
    if item.shape == Shape.STATE:
        yield Appeal(duty=Duty.STATE_CORRECTION, days=told or STATE_DAYS, notice=notice, given_on=given_on)
    elif item.shape in {Shape.BOARD, Shape.OFFICER} and item.deed and item.deed.value.binds:
        yield Appeal(duty=Duty.MUNICIPAL_CORRECTION, days=told or MUNICIPAL_DAYS, notice=notice, given_on=given_on)


def result_in(item: Item, intent: Intent) -> Result | None:
    """Return what came of the proposal in an item of minutes, with the differences between proposal and decision.

    A sum in the decision of which nothing says what it is gives the reason `unclear_sum` (amount); when the own share
    was changed and may be that sum, nothing counts as committed before a person has said so.

    None when the item has no decision, or one that says nothing that is known.
    """
    if item.deed is None or item.decision is None:
        return None
    proposed = _said(item, item.proposal) if item.proposal else Said()
    decided = _said(item, item.decision)
    result = result_of(intent, proposed, decided, item.deed.value)
    unclear = [one for one in item.other_sums if item.decision.start <= one.start < item.decision.end]
    is_open = bool(unclear) and item.deed.value == Deed.CHANGED and decided.own is None
    reasons = [because("unclear_sum", one.quoted, amount=one.value) for one in unclear]
    return replace(result, commits=NOTHING if is_open else result.commits, reasons=(*result.reasons, *reasons))


def _said(item: Item, words: Found[str]) -> Said:
    """Return the figures that stand within the words of a proposal or a decision."""
    grant = _within(item.granted, words) if item.granted else None
    if grant is None and item.applied:
        grant = _within(item.applied, words)
    return Said(
        grant=grant,
        own=_within(item.own, words) if item.own else None,
        period_start=_within(item.period_start, words) if item.period_start else None,
        period_end=_within(item.period_end, words) if item.period_end else None,
    )


def _within[T: Decimal | date](found: Found[T], words: Found[str]) -> T | None:
    """Return the first value that stands within the words, among a value and its alternatives."""
    inside = [one for one in (found, *found.alternatives) if words.start <= one.start < words.end]
    return min(inside, key=lambda one: one.start).value if inside else None
