"""A value that was read, with its place: a page shows both side by side and a person says whether it is so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

MOST_OTHERS = 20


class Certainty(IntEnum):
    """How sure a reading is. None of them is stored before a person has seen it."""

    DOUBTFUL = 1  # it can be read in several ways, or the text says several things
    LIKELY = 2  # the words around it say so
    CERTAIN = 3  # it stands behind its own label


@dataclass(frozen=True, kw_only=True)
class Found[T]:
    """A value and its place in the text: `text[start:end] == quoted`.

    `alternatives` are other values of the same thing: other places in the text, or other readings of this one.
    """

    value: T
    start: int
    end: int
    quoted: str
    certainty: Certainty = Certainty.LIKELY
    alternatives: tuple[Found[T], ...] = ()


def chosen[T](candidates: Iterable[tuple[int, Found[T]]]) -> Found[T] | None:
    """Return the best of candidates, each with the rank of the section in which it stands (0 = the decision itself).

    The first of the best rank and certainty wins; others with another value become its alternatives. Two values of the
    same rank and certainty make it doubtful. At most twenty alternatives are kept.
    """
    ordered = sorted(candidates, key=lambda one: (one[0], -one[1].certainty, one[1].start))
    if not ordered:
        return None
    rank, best = ordered[0]
    others: list[Found[T]] = []
    for _rank, one in ordered[1:]:
        if len(others) == MOST_OTHERS:
            break
        if one.value != best.value and all(one.value != other.value for other in others):
            others.append(replace(one, alternatives=()))
    is_rivalled = any(
        place == rank and one.certainty == best.certainty and one.value != best.value for place, one in ordered[1:]
    )
    certainty = Certainty.DOUBTFUL if is_rivalled else best.certainty
    return replace(best, certainty=certainty, alternatives=(*best.alternatives, *others))
