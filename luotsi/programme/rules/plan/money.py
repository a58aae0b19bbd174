"""Money and the appendices that tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luotsi.programme.rules.plan.items import Coded, ref
from luotsi.programme.rules.values import MoneyKind, Span, Text


@dataclass(frozen=True, kw_only=True)
class Appendix(Coded):
    """A document that the programme announces; `file` tells where it is, empty when it is not here."""

    names: Text
    required: bool = True
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class BudgetLine(Coded):
    """A sum of money in euros; an amount that was not given is not zero."""

    kind: MoneyKind
    text: Text
    period: Span
    amount: Decimal | None = None
    section: str = ref("Section")
    fund: str = ""
    appendix: str = ref("Appendix")
