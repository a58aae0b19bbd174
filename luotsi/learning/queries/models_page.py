"""The models of a provider as a list, with what orders caseloads now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.learning.models import GuidanceSwitch, RiskModel
from luotsi.learning.queries.cohorts import cohort_words
from luotsi.learning.queries.model_words import between
from luotsi.learning.rules.model.measures import Interval

if TYPE_CHECKING:
    from luotsi.people.models import Unit

LONGEST = timedelta(hours=1)
MARKS = {"stopped": "bad", "ready": "ok", "released": "use", "retired": "none"}


@dataclass(frozen=True)
class ModelRow:
    """A model in the list."""

    name: str
    url: str
    at: datetime
    mark: str
    word: str
    auc: str
    cohorts: str


@dataclass(frozen=True)
class ModelsPage:
    """What orders caseloads, since when, by whom and why; and the models."""

    mode: str
    mode_word: str
    since: datetime | None
    by: str
    reason: str
    rows: tuple[ModelRow, ...]


def models_page(provider: Unit, models: Iterable[RiskModel]) -> ModelsPage:
    """Return what the page shows; two queries."""
    switch = GuidanceSwitch.objects.filter(provider=provider).select_related("by__person").first()
    mode = GuidanceSwitch.Mode(switch.mode) if switch else GuidanceSwitch.Mode.RULES
    return ModelsPage(
        mode=mode.value,
        mode_word=str(mode.label),
        since=switch.at if switch else None,
        by=str(switch.by.person) if switch and switch.by else "",
        reason=switch.reason if switch else "",
        rows=tuple(_row(provider, one) for one in models),
    )


def _row(provider: Unit, model: RiskModel) -> ModelRow:
    judged = model.gate.get("judged")
    mark, word = state_of(model)
    return ModelRow(
        name=str(model),
        url=reverse("learning:see-model", args=[provider.key, model.pk]),
        at=model.trained_at,
        mark=mark,
        word=word,
        auc=between(Interval(**judged["auc"])) if judged else "–",
        cohorts=", ".join(map(cohort_words, model.cohorts.get("judge", ()))) or "–",
    )


def state_of(model: RiskModel) -> tuple[str, str]:
    """Return the mark and the word of where a model stands."""
    if is_waiting(model):
        return "run", _("Being learnt")
    if "judged" not in model.gate:
        return "bad", _("Not learnt")
    return MARKS[model.state], str(RiskModel.State(model.state).label)


def is_waiting(model: RiskModel) -> bool:
    """Return True while a model is being learnt; what has not come to its end within an hour does not any more."""
    return bool(model.gate.get("waiting")) and model.trained_at > clock.now() - LONGEST
