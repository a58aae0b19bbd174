"""Codes of what is added beside the plan: the next free number after a letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import coded

if TYPE_CHECKING:
    from luotsi.programme.models import Programme
    from luotsi.programme.queries.rows import Row


def free_code(programme: Programme, model: type[Row], letter: str) -> str:
    """Return the letter with the first number above all that it has in the plan and in the records, written alike.

    After K18 comes K19, after B5 comes B6, after K09 comes K10.
    """
    taken = {*coded(plan_of(programme, draft=True)), *coded(plan_of(programme))}
    taken |= set(model.objects.filter(programme=programme).values_list("code", flat=True))
    numbers = [found[1] for code in taken if (found := re.fullmatch(rf"{letter}(\d{{1,6}})", code))]
    last = max(numbers, key=int, default="0")
    return f"{letter}{int(last) + 1:0{len(last)}}"
