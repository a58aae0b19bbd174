"""A field for numbers as people write them: with spaces in thousands and a comma or a point for decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.ui.formatting import MINUS, NBSP, language

SPACES = str.maketrans({" ": None, NBSP: None, "\u202f": None, MINUS: "-", ",": "."})


class NumberField(forms.DecimalField):
    """Takes "3 071", "79,5" and "79.5"; shows what is kept without the zeros at its end."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write a number, for example 79.5.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the number, None for an empty field."""
        return super().to_python(value.translate(SPACES) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Return the number as it is written in a field: "79,5"."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}"
        plain = text.rstrip("0").rstrip(".") if "." in text else text
        return plain if language() == "en" else plain.replace(".", ",")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for a keyboard of numbers; the browser checks nothing by itself."""
        return {"inputmode": "decimal", "autocomplete": "off"}
