"""What came of a proposal: decided, changed or only noted, and what of it differs.

Source: handbook §5 and §6, thing 10: after the meeting the decision is read back, noting is told from deciding, and
what differs from the proposal is found. Nothing here is surer than what was read: a person looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.board.matter import Intent
from luotsi.funding.rules.decision_text import Found, Item, read
from luotsi.funding.rules.shares import Deed

NOTHING = Decimal("0.00")
# What a body does beside noting, in words of minutes: with any of these a text does not only note.
_BINDING = re.compile(
    r"hae(?:taan|ttiin|taankin)|hakea|makse(?:taan|ttiin)|maksaa|vara(?:taan|ttiin|si)|varata|sitou|osoit(?:etaan|ti)"
    r"|hyväksy|ansök|sök(?:a|er|s)(?![a-zåäö])|betala|anvisa|reserver|förbind|godkän"
)
_NOTING = re.compile(r"merki[a-zäö]{1,9}|anteckna[a-z]{0,4}|noter[a-z]{1,4}")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a proposal or a decision says. None and empty = nothing said, and in a decision: as proposed."""

    grant: Decimal | None = None
    own: Decimal | None = None
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """What was decided otherwise than proposed."""

    what: str
    proposed: object
    decided: object


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of a proposal.

    Args:
        commits: euros of own share that are now decided; 0 when nothing is.
        said: the decision with what it is silent of taken from the proposal.
        changes: what differs.
        reasons: `noted_not_decided` (own) when a decision was proposed and the board noted; `refused`; `postponed`;
            `changed_without_figures` when it is told to be changed and nothing differs;
            `differs_untold` about each thing that differs although it is told to be as proposed.
    """

    commits: Decimal
    said: Said
    changes: tuple[Change, ...]
    reasons: tuple[Because, ...]


def result_of(intent: Intent, proposed: Said, decided: Said, deed: Deed) -> Result:
    """Return what came of a proposal when the board did `deed` and its decision says `decided`."""
    said = Said(
        grant=proposed.grant if decided.grant is None else decided.grant,
        own=proposed.own if decided.own is None else decided.own,
        period_start=decided.period_start or proposed.period_start,
        period_end=decided.period_end or proposed.period_end,
    )
    if not deed.binds:
        return Result(commits=NOTHING, said=said, changes=(), reasons=tuple(_unbound(intent, proposed, deed)))
    changes = tuple(
        Change(what=what, proposed=getattr(proposed, what), decided=getattr(said, what))
        for what in ("grant", "own", "period_start", "period_end")
        if getattr(proposed, what) != getattr(said, what)
    )
    reasons = []
    if deed == Deed.CHANGED and not changes:
        reasons.append(because("changed_without_figures"))
    if deed == Deed.DECIDED:
        reasons += [because("differs_untold", one.what, proposed=one.proposed, decided=one.decided) for one in changes]
    commits = said.own if intent.decides and said.own is not None else NOTHING
    return Result(commits=commits, said=said, changes=changes, reasons=tuple(reasons))


def _unbound(intent: Intent, proposed: Said, deed: Deed) -> Iterator[Because]:
    if deed == Deed.NOTED and intent.decides:
        yield because("noted_not_decided", own=proposed.own)
    elif deed == Deed.REFUSED:
        yield because("refused")
    elif deed == Deed.PROPOSED:
        yield because("postponed")


def result_in(words: str, intent: Intent, proposed: Said, deed: Deed, own: Decimal | None = None) -> Result:
    """Return what came of a proposal by the words of the decision, beside what a person recorded of it.

    Args:
        words: the decision in its own words, Finnish or Swedish; empty = not told.
        intent: what was asked.
        proposed: what was proposed.
        deed: what was done, as recorded.
        own: the own share that was recorded as decided; None = none.

    Returns:
        The result. Its reasons tell beside those of `result_of` `told_otherwise` (own, told) when the words tell
        another own share than was recorded, and `unclear_sum` (amount) about a sum of which nothing says what it is.
    """
    item = _item(words)
    decided = _said(item, item.decision) if item and item.decision else Said()
    result = result_of(intent, proposed, decided if own is None else replace(decided, own=own), deed)
    reasons = list(result.reasons)
    if deed.binds and own is not None and decided.own not in {None, own}:
        reasons.append(because("told_otherwise", own=own, told=decided.own))
    if deed.binds and item and item.decision:
        known = {proposed.grant, proposed.own, own}
        unclear = [one for one in item.other_sums if one.value not in known]
        reasons += [because("unclear_sum", one.quoted, amount=one.value) for one in unclear]
    return replace(result, reasons=tuple(reasons))


def only_notes(words: str) -> bool:
    """Return True when the words of a decision note a matter and do nothing else: noting commits no money."""
    item = _item(words)
    if item is None or item.deed is None or item.deed.value != Deed.NOTED:
        return False
    plain = words.lower()
    return bool(_NOTING.search(plain)) and not _BINDING.search(plain)


def _item(words: str) -> Item | None:
    """Return the words read as what stands under the heading of a decision."""
    return read(f"Päätös\n\n{words}").items[0] if words.strip() else None


def _said(item: Item, words: Found[str]) -> Said:
    """Return the figures that stand within the words of a decision."""
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
