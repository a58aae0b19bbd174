"""A request to change a grant, in the funder's parts, and its drafting from what the ledger warns of.

Source: handbook §1b and §5, change request: four parts (time, budget, content, consortium), each answered by itself;
asked before the end and with reasons; the new total equals the old; the new end is in the future.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.shares import parted
from luotsi.funding.rules.spending import Warned

NOTHING = Decimal("0.00")


class Part(StrEnum):
    """A part of a request."""

    TIME = "time"
    BUDGET = "budget"
    CONTENT = "content"
    CONSORTIUM = "consortium"


class Answer(StrEnum):
    """What the funder says of a part."""

    ACCEPTED = "accepted"
    WITH_CHANGES = "with_changes"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class TimeChange:
    """A new last day of use."""

    new_end: date
    grounds: str


@dataclass(frozen=True, kw_only=True)
class BudgetChange:
    """A new budget by cost class, in euros."""

    new: Mapping[str, Decimal]
    grounds: str


@dataclass(frozen=True, kw_only=True)
class ContentChange:
    """What will be done otherwise, in words."""

    words: str
    grounds: str


@dataclass(frozen=True, kw_only=True)
class ConsortiumChange:
    """Partners that join and leave, by their keys."""

    joining: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    grounds: str = ""


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request; a part that is None is not asked for."""

    time: TimeChange | None = None
    budget: BudgetChange | None = None
    content: ContentChange | None = None
    consortium: ConsortiumChange | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts asked for, in order."""
        return tuple(part for part in Part if getattr(self, part) is not None)

    def grounds_of(self, part: Part) -> str:
        """Return the grounds of a part; empty for one that is not asked for."""
        found = getattr(self, part)
        return found.grounds.strip() if found is not None else ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The grant as it stands.

    Args:
        period_end: last day of use.
        budget: euros by cost class.
        partners: keys.
        lead: the key of the applicant, who cannot leave.
        spent: what is booked by cost class; a new budget cannot be below it.
        days_before: the request must be in so many days before the end.
        is_closed: whether the final report is accepted.
    """

    period_end: date | None
    budget: Mapping[str, Decimal]
    partners: frozenset[str] = frozenset()
    lead: str = ""
    spent: Mapping[str, Decimal] | None = None
    days_before: int = 0
    is_closed: bool = False


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft for people to finish: the parts that the warnings call for, and the reasons its grounds are made of.

    `grounds` are codes with params, by part; people write the words.
    """

    budget: Mapping[str, Decimal] | None
    needs_time: bool
    grounds: tuple[tuple[Part, Because], ...]
    reasons: tuple[Because, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts drafted."""
        return tuple(part for part in Part if any(part == one for one, _why in self.grounds))


def refusals(request: Request, standing: Standing, *, today: date) -> tuple[Because, ...]:
    """Return why a request cannot be sent.

    Reasons: `closed`; `no_parts`; `no_grounds` about the part; `period_over` (end) or `too_late` (latest);
    time: `same_end`, `end_in_past` (end); budget: `same_budget`, `below_zero` about the class (amount),
    `total_differs` (new, old), `below_spent` about the class (amount, spent); content: `no_words`; consortium:
    `nobody`, `lead_leaves`, `not_a_partner` and `partner_already` about the partner.
    """
    found = []
    if standing.is_closed:
        found.append(because("closed"))
    if not request.parts:
        found.append(because("no_parts"))
    found += [because("no_grounds", part) for part in request.parts if not request.grounds_of(part)]
    found += _of_day(standing, today)
    found += _of_time(request.time, standing, today)
    found += _of_budget(request.budget, standing)
    if request.content is not None and not request.content.words.strip():
        found.append(because("no_words"))
    found += _of_consortium(request.consortium, standing)
    return tuple(found)


def _of_day(standing: Standing, today: date) -> Iterator[Because]:
    end = standing.period_end
    if end is None:
        return
    latest = end - timedelta(days=standing.days_before)
    if today > end:
        yield because("period_over", end=end)
    elif today > latest:
        yield because("too_late", latest=latest)


def _of_time(change: TimeChange | None, standing: Standing, today: date) -> Iterator[Because]:
    if change is None:
        return
    if change.new_end == standing.period_end:
        yield because("same_end")
    if change.new_end <= today:
        yield because("end_in_past", end=change.new_end)


def _of_budget(change: BudgetChange | None, standing: Standing) -> Iterator[Because]:
    if change is None:
        return
    old, new = _without_nothing(standing.budget), _without_nothing(change.new)
    if old == new:
        yield because("same_budget")
    for key, amount in sorted(change.new.items()):
        if amount < 0:
            yield because("below_zero", key, amount=amount)
    totals = sum(change.new.values(), NOTHING), sum(standing.budget.values(), NOTHING)
    if totals[0] != totals[1]:
        yield because("total_differs", new=totals[0], old=totals[1])
    for key, spent in sorted((standing.spent or {}).items()):
        amount = change.new.get(key, NOTHING)
        if 0 <= amount < spent:
            yield because("below_spent", key, amount=amount, spent=spent)


def _without_nothing(budget: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {key: amount for key, amount in budget.items() if amount}


def _of_consortium(change: ConsortiumChange | None, standing: Standing) -> Iterator[Because]:
    if change is None:
        return
    if not change.joining and not change.leaving:
        yield because("nobody")
    if standing.lead and standing.lead in change.leaving:
        yield because("lead_leaves", standing.lead)
    yield from (because("not_a_partner", one) for one in change.leaving if one not in standing.partners)
    yield from (because("partner_already", one) for one in change.joining if one in standing.partners)


def answered(request: Request, answers: Mapping[Part, Answer]) -> tuple[Because, ...]:
    """Return why the answers are not whole: `unanswered` and `not_asked` about a part."""
    missing = [because("unanswered", part) for part in request.parts if part not in answers]
    return (*missing, *(because("not_asked", part) for part in answers if part not in request.parts))


def draft(warned: Warned, budget: Mapping[str, Decimal], spent: Mapping[str, Decimal]) -> Draft:
    """Return a draft from the warnings of the ledger.

    The new budget gives each class what it is likely to spend and takes the rest from where most is left; its total
    is the old one to the cent and no class is below what is spent. Money that will be left asks for time.

    Reasons: `spent_over_total` (spent, total) when no budget of the old total holds what is spent.
    """
    grounds = []
    shifts = [one for one in warned.reasons if one.code.startswith(("over_", "class_over_", "new_class_"))]
    late = [one for one in warned.reasons if one.code == "unspent_likely"]
    grounds += [(Part.BUDGET, one) for one in shifts]
    grounds += [(Part.TIME, one) for one in late]
    total, used = sum(budget.values(), NOTHING), sum((max(one, NOTHING) for one in spent.values()), NOTHING)
    if shifts and used > total:
        return Draft(
            budget=None,
            needs_time=bool(late),
            grounds=tuple(grounds),
            reasons=(because("spent_over_total", spent=used, total=total),),
        )
    likely = {key: one.middle for key, one in warned.forecasts.items() if one.middle is not None}
    new = _rebudgeted(budget, spent, likely) if shifts else None
    return Draft(budget=new, needs_time=bool(late), grounds=tuple(grounds))


def _rebudgeted(
    budget: Mapping[str, Decimal], spent: Mapping[str, Decimal], likely: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    keys = sorted({*budget, *spent})
    floor_ = {key: max(spent.get(key, NOTHING), NOTHING) for key in keys}
    wanted = {key: max(likely.get(key, budget.get(key, NOTHING)), floor_[key]) for key in keys}
    rest = sum(budget.values(), NOTHING) - sum(wanted.values(), NOTHING)
    if rest >= 0:  # what nobody is likely to need stays where it was planned
        room = {key: max(budget.get(key, NOTHING) - wanted[key], NOTHING) for key in keys}
        shares = room if any(room.values()) else {key: Decimal(1) for key in keys}
        extra = _shared(rest, shares)
        return {key: wanted[key] + extra[key] for key in keys}
    taken = _shared(-rest, {key: wanted[key] - floor_[key] for key in keys})
    return {key: wanted[key] - taken[key] for key in keys}


def _shared(amount: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return an amount parted by shares to the cent; the largest remainders get the cents that are over."""
    return dict(zip(shares, parted(amount, list(shares.values())), strict=True))
