"""Pages of the own share: of one application with its ledger and what would be, and of all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.texts import names_of
from luotsi.funding.models import Application, Commitment
from luotsi.funding.queries.because_words import SHARES, all_words
from luotsi.funding.queries.counting import figures_of
from luotsi.funding.queries.own_shares import committed_of, decision_of, is_over, rule_of, sums_of
from luotsi.funding.rules.rights import Right
from luotsi.funding.rules.shares import (
    Base,
    Committed,
    Deed,
    Given,
    Need,
    Origin,
    Parts,
    Reading,
    Rounding,
    Said,
    ShareRule,
    readings,
    what_if,
)
from luotsi.programme.models import BudgetLine
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.access import Held
    from luotsi.people.models import Unit

DEED_MARKS = {Deed.DECIDED: "done", Deed.CHANGED: "done", Deed.NOTED: "none"}


@dataclass(frozen=True)
class EntryRow:
    """One entry of the ledger, or a matter that was only noted."""

    mark: str
    word: str
    decider: str
    section: str
    decided_on: date | None
    amount: Decimal | None
    binds: bool
    line: str
    note: str
    is_replaced: bool
    url: str
    edit_url: str


@dataclass(frozen=True)
class ReadingRow:
    """One way to read the sum of an application whose total is not stated."""

    words: str
    total: Decimal
    grant: Decimal
    own: Decimal
    remark: str
    is_consistent: bool


@dataclass(frozen=True)
class SharePage:
    """The own share of one application."""

    need: Need
    origin: str
    rule: ShareRule
    base: str
    committed: Committed
    reasons: tuple[str, ...]
    entries: tuple[EntryRow, ...]
    readings: tuple[ReadingRow, ...]
    grant: Decimal | None
    total: Decimal | None
    is_granted: bool
    is_over: bool
    may_commit: bool

    @property
    def has_rule(self) -> bool:
        """True when the call or the decision gives a percentage."""
        return self.rule.percent is not None

    @property
    def percent(self) -> str:
        """The percentage of the own share in words."""
        return percent_words(self.rule.percent)

    @property
    def of_total(self) -> str:
        """The own share of the total cost, in words."""
        return percent_words(self.need.of_total)

    @property
    def of_grant(self) -> str:
        """The own share of the grant: the other base, always shown beside the first."""
        return percent_words(self.need.of_grant)


@dataclass(frozen=True)
class Tried:
    """What follows from one sum that is held fast."""

    parts: Parts

    @property
    def of_total(self) -> str:
        """The own share of the total cost, in words."""
        return percent_words(self.parts.own_of_total)

    @property
    def of_grant(self) -> str:
        """The own share of the grant, in words."""
        return percent_words(self.parts.own_of_grant)


def percent_words(value: Decimal | None) -> str:
    """Return a percentage of 0 to 100 in words: two decimals unless it is whole."""
    if value is None:
        return formatting.MISSING
    return formatting.percent(value / 100, 0 if value % 1 == 0 else 2)


def origin_words(origin: Origin) -> str:
    """Return from where an own share is known."""
    return {
        Origin.DECISION: _("by the decision of the funder"),
        Origin.APPLICATION: _("by the application"),
        Origin.CALL: _("at least, by the terms of the call"),
        Origin.UNKNOWN: _("not known"),
    }[origin]


def base_words(base: Base) -> str:
    """Return of what a percentage is counted."""
    return {
        Base.TOTAL_COST: _("of the total cost"),
        Base.ELIGIBLE_COST: _("of the eligible cost"),
        Base.GRANT: _("of the grant"),
    }[base]


def share_page(held: Held, scope: Unit) -> SharePage:
    """Return what the page of the own share shows."""
    application = held.application
    wanted, found = committed_of(application)
    decision = decision_of(application)
    rule, sums = rule_of(application.call, decision), sums_of(figures_of(application))
    is_granted = decision is not None and decision.is_granted
    return SharePage(
        need=wanted,
        origin=origin_words(wanted.origin),
        rule=rule,
        base=base_words(rule.base),
        committed=found,
        reasons=() if is_over(application) else all_words(found.reasons, SHARES),
        entries=tuple(_entries(held, scope)),
        readings=tuple(_readings(rule, sums.grant, sums.own)) if sums.total is None and not is_granted else (),
        grant=decision.granted if decision is not None and is_granted else sums.grant,
        total=decision.total if decision is not None and is_granted else sums.total,
        is_granted=is_granted,
        is_over=is_over(application),
        may_commit=held.may(Right.COMMIT),
    )


def _entries(held: Held, scope: Unit) -> list[EntryRow]:
    application, place = held.application, [scope.key, held.application.pk]
    kept = list(application.commitments.select_related("budget_line__programme"))
    replaced = {one.replaces_id for one in kept if one.replaces_id}
    rows = [
        EntryRow(
            mark=DEED_MARKS[Deed(one.deed)],
            word=str(one.get_deed_display()),
            decider=one.decider,
            section=one.section,
            decided_on=one.decided_on,
            amount=one.amount,
            binds=Deed(one.deed).binds,
            line=line_words(one.budget_line) if one.budget_line else "",
            note=one.note,
            is_replaced=one.pk in replaced,
            url=reverse("funding:see-matter", args=[*place, one.item_id]) if one.item_id else "",
            edit_url=reverse("funding:edit-commitment", args=[*place, one.pk]) if held.may(Right.COMMIT) else "",
        )
        for one in kept
    ]
    noted = [item for item in application.board_items.all() if item.outcome == Deed.NOTED and item.matter != "result"]
    rows += [
        EntryRow(
            mark="none",
            word=str(item.get_outcome_display()),
            decider=item.bodies.text,
            section=item.section,
            decided_on=item.decided_on,
            amount=item.proposed,
            binds=False,
            line="",
            note="",
            is_replaced=False,
            url=reverse("funding:see-matter", args=[*place, item.pk]),
            edit_url="",
        )
        for item in noted
    ]
    return rows


def line_words(line: BudgetLine) -> str:
    """Return a line of a programme's budget in one line."""
    return f"{line.code} {names_of(line.text).text} ({line.programme.names.text}, {line.period})"


def _readings(rule: ShareRule, grant: Decimal | None, own: Decimal | None) -> list[ReadingRow]:
    """Return the ways to read a sum, when more than one is possible and not all agree."""
    if grant is None or own is None or rule.percent is None:
        return []
    found = readings(rule, grant, own)
    return [] if found and found[0].is_consistent else [_reading(one) for one in found]


def _reading(one: Reading) -> ReadingRow:
    words = {
        Said.GRANT: _("The sum is the grant"),
        Said.GRANT_WITH_OWN: _("Sum and own share are the total"),
        Said.TOTAL: _("The sum is the total cost"),
    }[one.said]
    remarks = []
    if one.own_short:
        remarks.append(_("own share too small by %(sum)s") % {"sum": _euros(one.own_short)})
    if one.grant_over:
        remarks.append(_("grant too large by %(sum)s") % {"sum": _euros(one.grant_over)})
    parts = one.parts
    return ReadingRow(words, parts.total, parts.grant, parts.own, ", ".join(remarks), one.is_consistent)


def _euros(sum_: Decimal) -> str:
    return formatting.euros(sum_)


def tried(application: Application, given: str, amount: Decimal, percent: Decimal | None) -> Tried | None:
    """Return the sums that follow from one, by the rule of the call or by a percentage that somebody tries."""
    rule = rule_of(application.call, decision_of(application))
    if percent is not None:
        rule = ShareRule(percent=percent, base=rule.base, rounding=Rounding.EUROS)
    parts = what_if(rule, Given(given), amount, other=figures_of(application).other or Decimal(0))
    return Tried(parts) if parts else None


def line_choices(application: Application) -> Sequence[BudgetLine]:
    """Return the lines of budgets of the programmes that the unit follows, its own and those above it."""
    units = [*application.unit.ancestor_ids, application.unit_id]
    found = BudgetLine.objects.filter(programme__owner__in=units).select_related("programme")
    return list(found.order_by("programme", "code"))


def entry_initial(entry: Commitment) -> dict[str, object]:
    """Return what the form of an entry begins with."""
    plain = ("deed", "amount", "decider", "decided_on", "section", "note")
    return {name: getattr(entry, name) for name in plain} | {
        "budget_line": entry.budget_line_id,
        "replaces": entry.replaces_id,
    }
