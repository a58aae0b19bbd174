"""Who may have a turn in a week: everybody with a score that may be used, and what is known of their guidance."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max, Q

from luotsi.base import bulk
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
    score: str
    candidate: Candidate


def candidates_of(provider: Unit, ruling: Ruling, week: date, on: date) -> list[Held]:
    """Return everybody with a score of the week that may be used and says more than that studies go on.

    Six queries, one more during a staggered start. Who just goes on has no turn whatever is known of them, and they
    are most.
    """
    scores = scores_ruling(ruling, on).filter(learner__provider=provider, week=week)
    scores = scores.exclude(band=Band.FINE).order_by()
    said = said_by(Learner.objects.filter(provider=provider).order_by().values("pk"))
    needs = Need.objects.filter(learner__provider=provider, opened_on__lte=on).order_by()
    open_ = {key for (key,) in bulk.rows(needs.filter(Q(closed_on=None) | Q(closed_on__gt=on)), "learner_id")}
    ended = needs.filter(closed_on__lte=on).values("learner").annotate(last=Max("closed_on"))
    last = dict(bulk.rows(ended, "learner_id", "last"))
    found, bands = [], ruling.model.gate["bands"] if ruling.model else None
    told = bulk.rows(
        scores,
        "pk", "learner_id", "value", "band", "made_at", "model_id",
        "learner__told_on", "learner__objected_on", "learner__unit__path",
    )  # fmt: skip
    for pk, key, value, band, made_at, model, told_on, objected_on, path in told:
        if why_unused(said.of(key, told_on, objected_on), made_at, ruling.mode, on) is None:
            height = placed(value, bands, is_chance=model is not None)
            found.append(Held(path, pk, Candidate(key, height, Band(band), key in open_, last.get(key))))
    return found
