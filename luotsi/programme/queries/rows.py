"""Findings, money and decisions as items of a plan and as records: the same things, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.base.names import Names
from luotsi.programme.models import BudgetLine, Decision, Finding
from luotsi.programme.rules import plan as items
from luotsi.programme.rules.values import (
    CODE,
    LANGUAGES,
    ActionState,
    MoneyKind,
    NotAValue,
    Source,
    Text,
    source,
    span,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

type Item = items.Finding | items.BudgetLine | items.Decision
type Row = Finding | BudgetLine | Decision

# The lists of a plan whose items are records too.
LISTS: dict[str, type[Finding] | type[BudgetLine] | type[Decision]] = {
    "findings": Finding,
    "budget": BudgetLine,
    "decisions": Decision,
}


def kept(text: Text) -> dict[str, str]:
    """Return a text of a plan as a record keeps it: the languages that have it."""
    return {code: given for code in LANGUAGES if (given := getattr(text, code))}


def names(text: Text) -> Names:
    """Return a text of a plan as names."""
    return Names(fi=text.fi, sv=text.sv, en=text.en)


def text(kept: Mapping[str, str] | None) -> Text:
    """Return what a record keeps as a text of a plan."""
    return Text(**{code: str((kept or {}).get(code) or "") for code in LANGUAGES})


def _source(given: str) -> Source | None:
    try:
        return source(given) if given else None
    except NotAValue:
        return None


def fields_of(item: Item) -> dict[str, Any]:
    """Return the fields of the record of an item, without those that name other records."""
    common = {"code": item.code, "source": str(item.source or ""), "note": kept(item.note)}
    match item:
        case items.Finding():
            return common | {
                "text": kept(item.text),
                "section": item.section,
                "is_negative": item.negative,
                "period": str(item.period or ""),
                "cause": item.cause,
                "action": kept(item.action),
                "owner": item.owner,
                "due_on": item.due,
                "state": str(item.state or ""),
                "budget": item.budget,
                "effect": item.effect,
                "closed_on": item.closed,
            }
        case items.BudgetLine():
            return common | {
                "kind": str(item.kind),
                "text": kept(item.text),
                "section": item.section,
                "period": item.period.key,
                "amount": item.amount,
                "fund": item.fund,
                "appendix": item.appendix,
            }
        case items.Decision():
            return common | {
                "body": kept(item.body),
                "day": item.day,
                "number": item.number,
                "matter": kept(item.matter),
                "is_noted": item.noted,
            }


def finding_of(row: Finding, indicators: Mapping[Any, str]) -> items.Finding:
    """Return the finding of a record; `indicators` are the codes in the plan by the keys of their records.

    An owner in words is told in the note, as a plan names owners by code.
    """
    note, is_code = text(row.note), bool(CODE.fullmatch(row.owner))
    if row.owner and not is_code:
        note = Text(fi="; ".join(part for part in (note.fi, row.owner) if part), sv=note.sv, en=note.en)
    return items.Finding(
        code=row.code,
        source=_source(row.source),
        note=note,
        text=text(row.text),
        section=row.section,
        negative=row.is_negative,
        period=span(row.period) if row.period else None,
        cause=row.cause,
        action=text(row.action),
        owner=row.owner if is_code else "",
        due=row.due_on,
        state=ActionState(row.state) if row.state else None,
        indicator=indicators.get(row.indicator_id, ""),
        budget=row.budget,
        effect=row.effect,
        closed=row.closed_on,
    )


def budget_line_of(row: BudgetLine) -> items.BudgetLine:
    """Return the line of money of a record."""
    return items.BudgetLine(
        code=row.code,
        source=_source(row.source),
        note=text(row.note),
        kind=MoneyKind(row.kind),
        text=text(row.text),
        period=span(row.period),
        amount=row.amount,
        section=row.section,
        fund=row.fund,
        appendix=row.appendix,
    )


def decision_of(row: Decision) -> items.Decision:
    """Return the decision of a record."""
    return items.Decision(
        code=row.code,
        source=_source(row.source),
        note=text(row.note),
        body=text(row.body),
        day=row.day,
        number=row.number,
        matter=text(row.matter),
        noted=row.is_noted,
    )


def item_of(row: Row, indicators: Mapping[Any, str]) -> Item:
    """Return the item of a record of one of the three kinds."""
    match row:
        case Finding():
            return finding_of(row, indicators)
        case BudgetLine():
            return budget_line_of(row)
        case Decision():
            return decision_of(row)
