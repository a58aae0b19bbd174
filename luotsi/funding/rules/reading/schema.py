"""JSON Schema 2020-12 of the files, made of the shapes; keys that point to each other do not fit in it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from luotsi.funding.rules.fields import LONGEST, Form, Key, Shape, keys_of, shapes_in

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PATTERNS = {
    Form.KEY: r"^[a-z0-9][a-z0-9_-]{0,59}$",
    Form.TIME: r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$",
    Form.ZONE: r"^[A-Za-z]+(/[A-Za-z_]+){0,2}$",
}
NUMBER = r"^-?\d{1,12}(\.\d{1,6})?$"
type Schema = dict[str, Any]


def schema_of(shape: type[Shape]) -> Schema:
    """Return the schema of a file whose whole is the shape, with what each key means."""
    whole, *parts = shapes_in(shape)
    found: Schema = {"$schema": DRAFT, "title": whole.__name__} | _object(whole)
    return found | {"$defs": {part.__name__: _object(part) for part in parts}}


def _object(shape: type[Shape]) -> Schema:
    keys = keys_of(shape)
    return {
        "description": (shape.__doc__ or "").partition("\n")[0],
        "type": "object",
        "additionalProperties": False,
        "required": [key.name for key in keys if key.is_needed],
        "properties": {key.name: {"description": key.about.words} | _key(key) for key in keys},
    }


def _key(key: Key) -> Schema:
    found = _value(key)
    if key.is_list:
        found = {"type": "array", "items": found, "maxItems": key.about.most or 1_000}
        if key.about.least:
            found["minItems"] = key.about.least
    return {"anyOf": [found, {"type": "null"}]} if key.is_nullable else found


def _value(key: Key) -> Schema:
    if issubclass(key.kind, Shape):
        return {"$ref": f"#/$defs/{key.kind.__name__}"}
    if key.kind is bool:
        return {"type": "boolean"}
    if key.kind is int:
        least: Schema = {"type": "integer", "minimum": key.about.least or 0}
        return least if key.about.most is None else least | {"maximum": key.about.most}
    if key.kind is Decimal:
        bounds: Schema = {"minimum": 0, "maximum": 100} if key.about.form is Form.PERCENT else {}
        return {"anyOf": [{"type": "number"} | bounds, {"type": "string", "pattern": NUMBER}]}
    if issubclass(key.kind, StrEnum):
        return {"enum": [str(word) for word in key.kind]}
    return _text(key)


def _text(key: Key) -> Schema:
    if key.kind is date:
        return {"type": "string", "format": "date"}
    if key.kind is datetime:
        return {"type": "string", "format": "date-time"}
    form = key.about.form or Form.NAME
    longest = LONGEST[form] if key.is_list else min(LONGEST[form], key.about.most or LONGEST[form])
    found: Schema = {"type": "string", "maxLength": longest}
    if form in PATTERNS:
        found["pattern"] = PATTERNS[form] if key.is_needed else f"^$|{PATTERNS[form]}"
    elif key.is_needed and form is Form.NAME:
        found["pattern"] = r"\S"
    return found
