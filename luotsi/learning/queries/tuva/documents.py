"""What the personal plan in eHOKS says of each part, read from the document that was delivered.

A line of progress has one amount, and where KOSKI has the part it is that of KOSKI: what the plan asked for stands in
the document alone.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from luotsi.learning.engine.deliveries import unpacked
from luotsi.learning.models import Extract
from luotsi.learning.rules import hoks
from luotsi.learning.rules.tuva.limits import PARTS
from luotsi.learning.rules.tuva.paths import NOTHING, Planned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.learning.models import StudyRight


def planned_in_document(right: StudyRight) -> dict[str, Planned] | None:
    """Return the parts of the plan that is known now; None where no document of it can be read."""
    kept = Extract.objects.known().filter(learner=right.learner_id, kind=Extract.Kind.PLAN, right_oid=right.oid)
    data = kept.values_list("data", flat=True).first()
    if not data:
        return None
    try:
        read = hoks.read(unpacked(bytes(data)))
    except (zlib.error, ValueError):
        return None
    return planned_of(one for plan in read.plans for one in plan.aims())


def planned_of(parts: Iterable[hoks.Part]) -> dict[str, Planned]:
    """Return parts of preparatory studies by their codes; of a part that is told twice weeks are added up."""
    found: dict[str, Planned] = {}
    for one in parts:
        if one.kind is not hoks.Kind.TUVA or one.code is None or one.code.value not in PARTS:
            continue
        before = found.get(one.code.value, Planned())
        weeks = [amount for amount in (before.weeks, one.extent) if amount is not None]
        found[one.code.value] = Planned(
            weeks=sum(weeks, NOTHING) if weeks else None,
            starts_on=min((day for day in (before.starts_on, one.planned_from) if day), default=None),
            ends_on=max((day for day in (before.ends_on, one.planned_until) if day), default=None),
        )
    return found
