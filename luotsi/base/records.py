"""Checks a record by its own fields and constraints before it is written, and refuses with every reason at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from luotsi.base.errors import Reason, Refused

if TYPE_CHECKING:
    from django.db.models import Model


def reasons_from(error: ValidationError) -> list[Reason]:
    """Return the reasons of a model's own validation, each with the field it belongs to."""
    if hasattr(error, "error_dict"):
        return [
            Reason(message, field="" if field == "__all__" else field)
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    return [Reason(message) for message in error.messages]


def sound[T: Model](record: T, refused: type[Refused]) -> T:
    """Return the record when its fields and constraints hold; otherwise raise `refused` with every reason.

    Relations are what the caller fetched: they are not looked up once more.
    """
    relations = {field.name for field in record._meta.concrete_fields if field.is_relation}
    reasons: list[Reason] = []
    try:
        record.clean_fields(exclude=relations)
    except ValidationError as error:
        reasons += reasons_from(error)
    try:
        record.validate_constraints()
    except ValidationError as error:
        reasons += reasons_from(error)
    if reasons:
        raise refused(*reasons)
    return record
