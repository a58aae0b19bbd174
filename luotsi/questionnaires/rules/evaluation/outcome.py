"""What an evaluation finds out about answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Error:
    """One thing that is wrong with an answer.

    Attributes:
        name: Whole name of the question, as panel[0].name or table.row.column; "" = the answers as a whole.
        code: What is wrong; the words for it are made elsewhere.
        message: The words that the definition itself gives for it; "" where it gives none.
        params: What the words need.
    """

    name: str
    code: str
    message: str = ""
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Outcome:
    """Everything that follows from answers.

    Attributes:
        visible: Names of the questions on view, in the order of the questionnaire.
        containers: Names of the pages and panels on view, in order.
        required: Names of those on view that must be answered.
        read_only: Names of those on view that cannot be changed.
        errors: What is wrong, in order; what is hidden has no errors.
        calculated: Named values, and expression questions by their whole names.
        totals: Totals of tables by table.column; None where there is nothing to count.
        choices: Of questions whose choices depend on answers: the values that can be chosen now.
        rows: How many rows or panels each table and repetition shows.
        submission: What is handed in: answers on view, values worked out; nothing hidden, nothing empty.
    """

    visible: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    read_only: tuple[str, ...] = ()
    errors: tuple[Error, ...] = ()
    calculated: dict[str, Any] = field(default_factory=dict)
    totals: dict[str, Decimal | int | None] = field(default_factory=dict)
    choices: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    submission: dict[str, Any] = field(default_factory=dict)
