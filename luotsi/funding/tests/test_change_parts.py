"""The parts of a change request: what is kept of one is the request again, and only what was accepted holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.rules.change_parts import budget_after, end_after, parts_of, request_from
from luotsi.funding.rules.change_request import (
    Answer,
    BudgetChange,
    ConsortiumChange,
    ContentChange,
    Part,
    Request,
    TimeChange,
)

sums = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.decimals(0, 10**9, places=2), max_size=3)
words = st.text(max_size=40)


class TestARequestAsItIsKept:
    """Whatever is asked comes back from what is kept of it."""

    @given(st.dates(), sums, words, st.lists(words, max_size=3), st.sets(st.sampled_from(list(Part))))
    def test_it_comes_back(
        self, day: date, new: dict[str, Decimal], text: str, names: list[str], parts: set[Part]
    ) -> None:
        asked = Request(
            time=TimeChange(new_end=day, grounds=text) if Part.TIME in parts else None,
            budget=BudgetChange(new=new, grounds=text) if Part.BUDGET in parts else None,
            content=ContentChange(words=text, grounds="") if Part.CONTENT in parts else None,
            consortium=ConsortiumChange(joining=tuple(names), grounds=text) if Part.CONSORTIUM in parts else None,
        )
        assert request_from(parts_of(asked)) == asked

    @given(st.dates(), st.dates(), sums, sums, st.sampled_from(list(Answer)))
    def test_only_what_was_accepted_is_in_force(
        self, end: date, asked: date, old: dict[str, Decimal], new: dict[str, Decimal], answer: Answer
    ) -> None:
        kept = parts_of(Request(time=TimeChange(new_end=asked, grounds=""), budget=BudgetChange(new=new, grounds="")))
        answers: dict[str, dict[str, Any]] = {
            part: {"answer": answer.value, "reasons": "", "given": {}} for part in kept
        }
        is_rejected = answer == Answer.REJECTED
        assert end_after(end, kept, answers) == (end if is_rejected else asked)
        assert budget_after(old, kept, answers) == (old if is_rejected else new)
        assert end_after(end, kept, {}) == end
