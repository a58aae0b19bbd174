"""Entering, submitting, approving and changing figures that are told."""

from luotsi.indicators.actions.observations.moves import (
    approve,
    approve_many,
    change_approved,
    change_draft,
    discard,
    discard_many,
    send_back,
    submit,
    submit_many,
)
from luotsi.indicators.actions.observations.telling import (
    NewObservation,
    ObservationRefused,
    enter,
    record_approved,
    record_many,
)
from luotsi.indicators.queries.telling import ObservationFigures

__all__ = [
    "NewObservation",
    "ObservationFigures",
    "ObservationRefused",
    "approve",
    "approve_many",
    "change_approved",
    "change_draft",
    "discard",
    "discard_many",
    "enter",
    "record_approved",
    "record_many",
    "send_back",
    "submit",
    "submit_many",
]
