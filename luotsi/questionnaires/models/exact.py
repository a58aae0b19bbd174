"""A column of JSON whose numbers come back as they went in: kept as text, read without binary floating point."""

from __future__ import annotations

from typing import Any

from django.db import models

from luotsi.questionnaires.rules import values

DEEPEST = values.DEEPEST + 4


class ExactJSONField(models.TextField[Any, Any]):
    """JSON as text; on both databases equal answers give equal bytes, and 0.10 stays 0.10."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        """Return what the column holds."""
        return None if value is None else values.loads(value, depth=DEEPEST)

    def to_python(self, value: Any) -> Any:
        """Return the value itself: it is JSON already."""
        return value

    def get_prep_value(self, value: Any) -> str | None:
        """Return the text of the column."""
        return None if value is None else values.dumps(values.checked(value, depth=DEEPEST))

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for a serialiser."""
        return self.get_prep_value(self.value_from_object(obj)) or ""
