"""One model: its figures on later cohorts, by group, what stops it, what it weighs, and who has signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luotsi.learning.models import DriftWatch, RiskModel
from luotsi.learning.queries.cohorts import cohort_words
from luotsi.learning.queries.model_words import figure, not_learnt_words, span, stop_words
from luotsi.learning.queries.models_page import is_waiting, state_of
from luotsi.learning.rules.features import FEATURES
from luotsi.learning.rules.model.drift import MOST_SHIFT
from luotsi.learning.rules.model.gate import MOST_GAP, Group, Judged, Rate, Stop
from luotsi.learning.rules.model.report import judged_from, stops_of


@dataclass(frozen=True)
class StopRow:
    """Why a model is stopped; `gap` names the attribute that somebody may sign for."""

    words: str
    gap: str


@dataclass(frozen=True)
class GroupRow:
    """A group: how many people, found of those who left, alarms among those who stayed; "" when too few."""

    attribute: str
    value: str
    people: int
    hit: str
    alarm: str
    error: str


@dataclass(frozen=True)
class GapRow:
    """How far apart the groups of an attribute are, whether that is too far, and why it is borne."""

    attribute: str
    gap: str
    is_wide: bool
    reason: str
    person: str


@dataclass(frozen=True)
class WeightRow:
    """A feature that is weighed: what more of it does to the need, and how much, by one deviation."""

    title: str
    weight: str
    raises: bool


@dataclass(frozen=True)
class WatchRow:
    """A look at a model in use: alarm or not, what moved, and how chances of a year ago came true."""

    month: date
    is_alarm: bool
    shifted: str
    expected: str
    left: str
    error: str


@dataclass(frozen=True)
class ModelPage:
    """What the page of a model shows; without figures when it was not learnt."""

    name: str
    mark: str
    word: str
    is_waiting: bool
    not_learnt: str
    cohorts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str, str], ...]
    stops: tuple[StopRow, ...]
    groups: tuple[GroupRow, ...]
    gaps: tuple[GapRow, ...]
    weights: tuple[WeightRow, ...]
    contrary: tuple[str, ...]
    watches: tuple[WatchRow, ...]


def model_page(model: RiskModel) -> ModelPage:
    """Return what the page shows; one query."""
    mark, word = state_of(model)
    judged = judged_from(model.gate) if "judged" in model.gate else None
    return ModelPage(
        name=str(model),
        mark=mark,
        word=word,
        is_waiting=is_waiting(model),
        not_learnt=not_learnt_words(model.gate.get("not_learnt", {})),
        cohorts=_cohorts(model),
        figures=_figures(judged, model.gate) if judged else (),
        stops=tuple(_stop(*one) for one in stops_of(model.gate, model.signed)) if judged else (),
        groups=tuple(_group(one) for one in judged.groups) if judged else (),
        gaps=tuple(_gap(name, gap, model) for name, gap in sorted(judged.gaps.items())) if judged else (),
        weights=_weights(model.weights),
        contrary=tuple(feature_words(name) for name in model.gate.get("contrary", ())),
        watches=tuple(_watch(one) for one in model.watches.all()),
    )


def _watch(one: DriftWatch) -> WatchRow:
    told = one.calibration
    moved = [name for name, value in one.shifts.items() if value is not None and value > MOST_SHIFT]
    return WatchRow(
        month=one.month,
        is_alarm=one.is_alarm,
        shifted=", ".join(feature_words(name) for name in moved) or "–",
        expected=figure(told["expected"], 0),
        left=number_format(told["events"], force_grouping=True) if told["expected"] is not None else "–",
        error=figure(told["error"]),
    )


def _cohorts(model: RiskModel) -> tuple[tuple[str, str], ...]:
    heads = {"learn": _("Learnt from"), "calibrate": _("Calibrated on"), "judge": _("Judged by")}
    return tuple(
        (head, ", ".join(map(cohort_words, model.cohorts.get(key, ()))) or "–") for key, head in heads.items()
    )


def _figures(judged: Judged, gate: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            _("AUC"),
            figure(judged.auc.value),
            _("%(interval)s, a rule %(auc)s") % {"interval": span(judged.auc), "auc": figure(gate["plain_auc"])},
        ),
        (_("Average precision"), figure(judged.precision.value), span(judged.precision)),
        (_("Brier score"), figure(judged.brier), ""),
        (_("Calibration error"), figure(judged.error), ""),
        (_("Calibration slope"), figure(judged.slope, 2), _("1 is perfect")),
        (
            _("People judged"),
            number_format(judged.people, force_grouping=True),
            _("%(n)s left") % {"n": number_format(judged.events, force_grouping=True)},
        ),
    )


def _stop(stop: Stop, about: str) -> StopRow:
    is_gap = stop is Stop.GAP
    return StopRow(stop_words(stop, attribute_words(about) if is_gap else about), about if is_gap else "")


def _group(one: Group) -> GroupRow:
    told = one.is_enough
    return GroupRow(
        attribute=attribute_words(one.attribute),
        value=value_words(one.value),
        people=one.people,
        hit=_rate(one.hit) if told else "",
        alarm=_rate(one.alarm) if told else "",
        error=figure(one.error) if told else "",
    )


def _rate(rate: Rate) -> str:
    if rate.value is None or rate.interval is None:
        return "–"
    low, high = rate.interval
    return f"{figure(rate.value, 2)} ({figure(low, 2)}–{figure(high, 2)})"


def _gap(attribute: str, gap: float, model: RiskModel) -> GapRow:
    signed = next((one for one in model.signed if one["attribute"] == attribute), None)
    return GapRow(
        attribute=attribute_words(attribute),
        gap=figure(gap, 2),
        is_wide=gap > MOST_GAP,
        reason=signed["reason"] if signed else "",
        person=signed["person"] if signed else "",
    )


def _weights(weights: dict[str, Any]) -> tuple[WeightRow, ...]:
    told = sorted(weights.get("weights", {}).items(), key=lambda one: -abs(one[1]))
    return tuple(WeightRow(feature_words(name), figure(abs(weight), 2), weight > 0) for name, weight in told)


def feature_words(name: str) -> str:
    """Return what a feature is called."""
    return _(FEATURES[name].title) if name in FEATURES else name


def attribute_words(name: str) -> str:
    """Return what a protected attribute is called."""
    told = {
        "gender": _("Gender"),
        "language": _("Mother tongue"),
        "age": _("Age when studies began"),
        "support": _("Support"),
    }
    return told.get(name, name)


def value_words(value: str) -> str:
    """Return what a class of a protected attribute is called."""
    told = {
        "?": _("Not told"),
        "male": _("Men"),
        "female": _("Women"),
        "fi": _("Finnish"),
        "sv": _("Swedish"),
        "other": _("Another language"),
        "under_18": _("Under 18"),
        "18_to_24": _("18 to 24"),
        "over_24": _("Over 24"),
        "support": _("With support"),
        "none": _("Without support"),
    }
    return told.get(value, value)
