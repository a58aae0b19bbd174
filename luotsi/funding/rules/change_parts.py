"""A change request as it is kept: its parts as JSON both ways, and what is in force once the funder has answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from luotsi.funding.rules.change_request import (
    Answer,
    BudgetChange,
    ConsortiumChange,
    ContentChange,
    Draft,
    Part,
    Request,
    TimeChange,
)

type Kept = Mapping[str, Mapping[str, Any]]


def parts_of(request: Request) -> dict[str, dict[str, Any]]:
    """Return the parts that are asked for, as JSON holds them: days and sums as text."""
    found: dict[str, dict[str, Any]] = {}
    if (time := request.time) is not None:
        found[Part.TIME.value] = {"new_end": time.new_end.isoformat(), "grounds": time.grounds}
    if (budget := request.budget) is not None:
        new = {key: str(amount) for key, amount in budget.new.items()}
        found[Part.BUDGET.value] = {"new": new, "grounds": budget.grounds}
    if (content := request.content) is not None:
        found[Part.CONTENT.value] = {"words": content.words, "grounds": content.grounds}
    if (team := request.consortium) is not None:
        told = {"joining": list(team.joining), "leaving": list(team.leaving), "grounds": team.grounds}
        found[Part.CONSORTIUM.value] = told
    return found


def request_from(kept: Kept) -> Request:
    """Return a request from its kept parts; a part of time whose day nobody has given yet is left out.

    Raises:
        KeyError, TypeError, ValueError: it was not written by `parts_of`.
    """
    time, budget = kept.get(Part.TIME), kept.get(Part.BUDGET)
    content, team = kept.get(Part.CONTENT), kept.get(Part.CONSORTIUM)
    return Request(
        time=TimeChange(new_end=date.fromisoformat(time["new_end"]), grounds=time["grounds"])
        if time and time["new_end"]
        else None,
        budget=BudgetChange(new=_sums(budget["new"]), grounds=budget["grounds"]) if budget else None,
        content=ContentChange(words=content["words"], grounds=content["grounds"]) if content else None,
        consortium=ConsortiumChange(
            joining=tuple(team["joining"]), leaving=tuple(team["leaving"]), grounds=team["grounds"]
        )
        if team
        else None,
    )


def drafted(draft: Draft) -> dict[str, dict[str, Any]]:
    """Return the parts that a draft of the rules calls for, without words: people write those."""
    found: dict[str, dict[str, Any]] = {}
    if draft.needs_time:
        found[Part.TIME.value] = {"new_end": "", "grounds": ""}
    if draft.budget is not None:
        new = {key: str(amount) for key, amount in draft.budget.items() if key or amount}
        found[Part.BUDGET.value] = {"new": new, "grounds": ""}
    return found


def _sums(kept: Mapping[str, str]) -> dict[str, Decimal]:
    return {key: Decimal(text) for key, text in kept.items()}


def given(part: Part, parts: Kept, answers: Kept) -> Mapping[str, Any] | None:
    """Return what of a part is in force: what was asked if it was accepted, what was given instead, or None."""
    told = answers.get(part)
    if part not in parts or told is None or told["answer"] == Answer.REJECTED:
        return None
    return parts[part] if told["answer"] == Answer.ACCEPTED else told.get("given") or parts[part]


def end_after(end: date | None, parts: Kept, answers: Kept) -> date | None:
    """Return the last day of use after an answered request."""
    found = given(Part.TIME, parts, answers)
    return date.fromisoformat(found["new_end"]) if found else end


def budget_after(budget: Mapping[str, Decimal], parts: Kept, answers: Kept) -> dict[str, Decimal]:
    """Return the budget by class after an answered request."""
    found = given(Part.BUDGET, parts, answers)
    return _sums(found["new"]) if found else dict(budget)
