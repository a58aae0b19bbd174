"""A field for a sum of euros, as people write it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from luotsi.base.amounts import NotMoney, parse
from luotsi.ui.formatting import language


class EurosField(forms.CharField):
    """A sum as people write it, with spaces, a comma or a point; left empty it is not known, which is not zero."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(
            required=required, max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs
        )

    def clean(self, value: Any) -> Decimal | None:
        """Return the sum; None when nothing was typed."""
        try:
            return parse(str(super().clean(value) or ""))
        except NotMoney as refused:
            raise forms.ValidationError([str(reason.message) for reason in refused.reasons]) from None

    def prepare_value(self, value: Any) -> Any:
        """Return a sum as it is typed: without decimals that say nothing, with those of the language."""
        if not isinstance(value, Decimal):
            return value
        plain = f"{value:.2f}".removesuffix(".00")
        return plain if language() == "en" else plain.replace(".", ",")


def euros(label: Any, *, required: bool = False, help_text: Any = "") -> EurosField:
    """Return a field for a sum."""
    return EurosField(label=label, required=required, help_text=help_text)
