"""How actions of this room say no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base.errors import Refused
from luotsi.base.records import sound

if TYPE_CHECKING:
    from django.db.models import Model


class LearningRefused(Refused):
    """Something that the rules of study data and guidance do not allow."""


def checked[T: Model](record: T) -> T:
    """Return the record when its fields and constraints hold. Raises LearningRefused with every reason."""
    return sound(record, LearningRefused)
