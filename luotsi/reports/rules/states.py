"""The way of a report: draft, frozen, approved or noted, published; no way leads back."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How far a report has come."""

    DRAFT = "draft"
    FROZEN = "frozen"
    APPROVED = "approved"
    NOTED = "noted"
    PUBLISHED = "published"


class Move(StrEnum):
    """What is done with a report."""

    WRITE = "write"
    FREEZE = "freeze"
    PREPARE = "prepare"
    APPROVE = "approve"
    NOTE = "note"
    PUBLISH = "publish"
    RENEW = "renew"


WAYS: dict[tuple[State, Move], State] = {
    (State.DRAFT, Move.WRITE): State.DRAFT,
    (State.DRAFT, Move.FREEZE): State.FROZEN,
    (State.FROZEN, Move.PREPARE): State.FROZEN,
    (State.FROZEN, Move.APPROVE): State.APPROVED,
    (State.FROZEN, Move.NOTE): State.NOTED,
    (State.APPROVED, Move.PUBLISH): State.PUBLISHED,
    (State.NOTED, Move.PUBLISH): State.PUBLISHED,
    **{(state, Move.RENEW): State.DRAFT for state in State if state != State.DRAFT},
}


def after(state: State, move: Move) -> State | None:
    """Return the state that a move leads to; None where it cannot be done."""
    return WAYS.get((state, move))
