"""What the pages of money show: need and cover by section and time, the lines, the decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.names import ORDER, Names
from luotsi.base.texts import names_of
from luotsi.base.wording import forms_of
from luotsi.programme import access
from luotsi.programme.models.money import KINDS
from luotsi.programme.queries import rows
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.period_words import period_words
from luotsi.programme.rules.plan import coded, sections_of
from luotsi.programme.rules.rights import Right
from luotsi.programme.rules.sums import KINDS_SHOWN, sums_by, total_of
from luotsi.programme.rules.values import NotAValue, span
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import BudgetLine, Decision, Programme
    from luotsi.programme.rules.plan import Plan
    from luotsi.programme.rules.values import Span
    from luotsi.ui.lists import Ask


@dataclass(frozen=True)
class SumRow:
    """The sums of a section for a time by kind, as (label, euros or None when no sum was given)."""

    code: str
    names: Names
    period: str
    sums: tuple[tuple[str, Decimal | None], ...]
    covered: Decimal | None
    url: str


@dataclass(frozen=True)
class DecisionRow:
    """What a body decided or noted; the address opens its form for those who may change it."""

    day: date | None
    body: Names
    number: str
    matter: Names
    is_noted: bool
    url: str


@dataclass(frozen=True)
class MoneyPage:
    """Need and cover by section, what is told of each kind, and the decisions."""

    totals: tuple[SumRow, ...]
    kinds: tuple[str, ...]
    decisions: tuple[DecisionRow, ...]
    may_plan: bool


@dataclass(frozen=True)
class LineRow:
    """One line of money."""

    code: str
    names: Names
    kind: str
    section: Names | None
    period: str
    amount: Decimal | None
    fund: str
    source: str
    url: str


def kind_words() -> dict[str, str]:
    """Return the words of the kinds of money."""
    return {str(kind): str(word) for kind, word in KINDS}


def sum_rows(plan: Plan, lines: Iterable[BudgetLine], url: str) -> list[SumRow]:
    """Return the sums of lines by section and time; sections in the order of the plan, the whole programme first."""
    words, whole = kind_words(), every_language(_("The whole programme"))
    order = {"": 0} | {section.code: place for place, section in enumerate(sections_of(plan), start=1)}
    named = {section.code: rows.names(section.names) for section in sections_of(plan)}
    found = sums_by((line.section, line.period, line.kind, line.amount) for line in lines)
    made: list[SumRow] = []
    for section in sorted({key[0] for key in found}, key=lambda code: order.get(code, len(order))):
        times = {period: sums for (code, period), sums in sorted(found.items()) if code == section}
        told = [(period_words(period), sums) for period, sums in times.items()]
        if len(times) > 1:
            told.append((_("Together"), total_of((_span(period), sums) for period, sums in times.items())))
        made += [
            SumRow(
                code=section,
                names=named.get(section, whole),
                period=time,
                sums=tuple((words[kind], sums.of(kind)) for kind in KINDS_SHOWN),
                covered=sums.covered,
                url=f"{url}?section={section}" if section else url,
            )
            for time, sums in told
        ]
    return made


def _span(period: str) -> Span | None:
    try:
        return span(period)
    except NotAValue:
        return None


def every_language(words: object) -> Names:
    """Return words of the page as names, which are in the language of the page."""
    return Names(fi=str(words), sv=str(words), en=str(words))


def money_page(visitor: Visitor, programme: Programme, scope: Unit) -> MoneyPage:
    """Return the overview of money and decisions; two queries and the plan."""
    may_plan = access.may_do(visitor, programme, Right.PLAN)
    url = reverse("programme:see-money", args=[scope.key, programme.slug])
    words = kind_words()
    return MoneyPage(
        totals=tuple(sum_rows(plan_of(programme), programme.budget_lines.all(), url)),
        kinds=tuple(words[kind] for kind in KINDS_SHOWN),
        decisions=tuple(decision_rows(programme, scope if may_plan else None)),
        may_plan=may_plan,
    )


def decision_rows(programme: Programme, scope: Unit | None = None) -> list[DecisionRow]:
    """Return the decisions in the order of time; with a scope, each with the address of its form."""
    return [
        DecisionRow(
            day=item.day,
            body=names_of(item.body),
            number=item.number,
            matter=names_of(item.matter),
            is_noted=item.is_noted,
            url=reverse("programme:edit-decision", args=[scope.key, programme.slug, item.code]) if scope else "",
        )
        for item in programme.decisions.all()
    ]


def lines_listed(visitor: Visitor, programme: Programme, scope: Unit, ask: Ask) -> Rows:
    """Return the lines of money that were asked for."""
    words, items = kind_words(), coded(plan_of(programme))
    may_plan = access.may_do(visitor, programme, Right.PLAN)
    lines = programme.budget_lines.all()
    for name in ("kind", "section"):
        if value := ask.filters.get(name):
            lines = lines.filter(**{name: value})
    found = [_line(line, programme, scope, words, items, may_plan) for line in lines]
    if text := ask.filters.get("q"):
        found = [row for row in found if _says(row, text)]
    keys: dict[str, Any] = {
        "code": lambda row: row.code,
        "kind": lambda row: row.kind,
        "section": lambda row: row.section.text if row.section else "",
        "period": lambda row: row.period,
        "amount": lambda row: (row.amount is None, row.amount or Decimal(0)),
    }
    found.sort(key=keys[ask.sort], reverse=ask.descending)
    end = None if ask.limit is None else ask.offset + ask.limit
    return Rows(found[ask.offset : end], len(found))


def _says(row: LineRow, text: str) -> bool:
    words = " ".join([row.code, row.fund, *(str(getattr(row.names, code)) for code in ORDER)])
    return any(form in words for form in forms_of(text)) or text.lower() in words.lower()


def _line(
    line: BudgetLine, programme: Programme, scope: Unit, words: dict[str, str], items: dict[str, Any], may_plan: bool
) -> LineRow:
    section = items.get(line.section)
    url = reverse("programme:edit-budget-line", args=[scope.key, programme.slug, line.code]) if may_plan else ""
    return LineRow(
        code=line.code,
        names=names_of(line.text),
        kind=words[line.kind],
        section=rows.names(section.names) if section else None,
        period=period_words(line.period),
        amount=line.amount,
        fund=line.fund,
        source=line.source,
        url=url,
    )


def budget_initial(line: BudgetLine) -> dict[str, Any]:
    """Return what the form of a line begins with."""
    plain = ("kind", "section", "period", "amount", "fund", "appendix", "source")
    words = names_of(line.text)
    return {f"text_{code}": str(getattr(words, code)) for code in ORDER} | {
        name: getattr(line, name) for name in plain
    }


def decision_initial(decision: Decision) -> dict[str, Any]:
    """Return what the form of a decision begins with."""
    body, matter = names_of(decision.body), names_of(decision.matter)
    return {
        **{f"body_{code}": str(getattr(body, code)) for code in ORDER},
        **{f"matter_{code}": str(getattr(matter, code)) for code in ORDER},
        **{name: getattr(decision, name) for name in ("day", "number", "is_noted", "source")},
    }
