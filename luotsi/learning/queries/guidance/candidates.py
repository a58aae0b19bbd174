"""Who may have a turn in a week: everybody with a score that may be used, and what is known of their guidance."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Max, Q

from luotsi.learning.models import Learner, Need
from luotsi.learning.queries.guidance.using import Ruling, said_by, scores_ruling
from luotsi.learning.rules.caseload import Candidate
from luotsi.learning.rules.index import Band
from luotsi.learning.rules.scores import placed
from luotsi.learning.rules.using import why_unused

if TYPE_CHECKING:
    from luotsi.people.models import Unit


class Held(NamedTuple):
    """A candidate with the path of the unit and the key of the score."""

    path: str
    score: UUID
    candidate: Candidate


def candidates_of(provider: Unit, ruling: Ruling, week: date, on: date) -> list[Held]:
    """Return everybody with a score of the week that may be used; six queries, however many they are."""
    learners = Learner.objects.filter(provider=provider)
    scores = scores_ruling(ruling, on).filter(learner__provider=provider, week=week).order_by()
    known = {one.pk: one for one in learners.filter(pk__in=scores.values("learner")).select_related("unit")}
    said = said_by(learners.order_by().values("pk"))
    needs = Need.objects.filter(learner__provider=provider, opened_on__lte=on).order_by()
    open_ = set(needs.filter(Q(closed_on=None) | Q(closed_on__gt=on)).values_list("learner", flat=True))
    ended = needs.filter(closed_on__lte=on).values("learner").annotate(last=Max("closed_on"))
    last = dict(ended.values_list("learner", "last"))
    found, bands = [], ruling.model.gate["bands"] if ruling.model else None
    told = scores.values_list("pk", "learner", "value", "band", "made_at", "model")
    for pk, key, value, band, made_at, model in told:
        one = known[key]
        if why_unused(said.standing(one), made_at, ruling.mode, on) is None:
            height = placed(value, bands, is_chance=model is not None)
            candidate = Candidate(key.hex, height, Band(band), key in open_, last.get(key))
            found.append(Held(one.unit.path, pk, candidate))
    return found
