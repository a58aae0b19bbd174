"""The second pass over some learners of a delivery: what was known of them and what is told, read and judged.

It writes nothing, and of each learner it looks at nobody else: shares of a delivery may be read by several processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from luotsi.learning.actions.intake.reading import Papers, told_by
from luotsi.learning.actions.intake.refusals import Faults
from luotsi.learning.actions.intake.sorting import Piece, Someone, known_pieces
from luotsi.learning.actions.intake.writing import Ready
from luotsi.learning.engine.deliveries import Place
from luotsi.learning.models import Extract, StudyRight

type Known = dict[tuple[str, str], tuple[Piece, date]]


class Read(NamedTuple):
    """Some learners as they are to be written, what is wrong with them, and how many documents say nothing new."""

    ready: list[Ready]
    faults: Faults
    unchanged: int


def read_some(on: date, people: Sequence[Someone]) -> Read:
    """Read and judge the documents of some learners, told on a day."""
    pks = [one.pk for one in people if one.pk]
    known, permits, faults = _known_of(pks), _permits_of(pks), Faults()
    ready, unchanged = list[Ready](), 0
    for someone in people:
        before = known.get(someone.pk, {}) if someone.pk else {}
        fresh = _fresh(someone, before)
        unchanged += len(someone.rights) + len(someone.plans) - len(fresh)
        if _is_older(on, someone, before, faults):
            continue
        papers = Papers(
            rights=dict(_joined(before, Extract.Kind.RIGHT, someone.rights)),
            plans=dict(_joined(before, Extract.Kind.PLAN, someone.plans)),
            permits=permits,
        )
        if papers.rights or papers.plans:  # else nothing is known of them and nothing was told
            ready.append(Ready(someone, told_by(someone, papers, on, faults), fresh))
    return Read(ready, faults, unchanged)


def _known_of(pks: list[UUID]) -> dict[UUID, Known]:
    """Return the documents known now of learners, by kind and right, with the day since when they are known."""
    schools = {
        (learner, oid): unit
        for learner, oid, unit in StudyRight.objects.known()
        .filter(learner_id__in=pks)
        .values_list("learner_id", "oid", "unit_id")
    }
    found: dict[UUID, Known] = {}
    for pk, kind, oid, data, sha256, since in known_pieces(pks):
        piece = Piece(data, sha256, None, schools.get((pk, oid)) if kind == Extract.Kind.RIGHT else None)
        found.setdefault(pk, {})[kind, oid] = (piece, since)
    return found


def _permits_of(pks: list[UUID]) -> dict[str, str]:
    """Return the permit that was first told of each right to preparatory studies."""
    told = StudyRight.objects.filter(learner_id__in=pks, kind=StudyRight.Kind.TUVA).exclude(permit="")
    return dict(told.order_by("-known_from").values_list("oid", "permit"))


def _is_older(on: date, someone: Someone, known: Known, faults: Faults) -> bool:
    """Return True, and tell it, when something newer than what is told is known."""
    newest = max((since for _piece, since in known.values()), default=on)
    if newest > on:
        faults.tell(someone.place or Place(""), "older", newest.isoformat())
    return newest > on


def _fresh(someone: Someone, known: Known) -> dict[tuple[str, str], Piece]:
    """Return the documents that say something new, by kind and right."""
    told = {(Extract.Kind.RIGHT.value, oid): piece for oid, piece in someone.rights.items()}
    told |= {(Extract.Kind.PLAN.value, oid): piece for oid, piece in someone.plans.items()}
    return {key: piece for key, piece in told.items() if key not in known or not _is_same(known[key][0], piece)}


def _is_same(before: Piece, piece: Piece) -> bool:
    return before.sha256 == piece.sha256 and before.school == piece.school


def _joined(known: Known, kind: Extract.Kind, told: dict[str, Piece]) -> Iterator[tuple[str, Piece]]:
    before = {oid: piece for (of, oid), (piece, _since) in known.items() if of == kind}
    both = before | told
    yield from ((oid, both[oid]) for oid in sorted(both))
