"""The form of a key by which a program reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.indicators.rules.tokens import TokenScope

SCOPES = ((TokenScope.FIGURES, _("Figures of indicators")), (TokenScope.FACTS, _("Open tables")))


class KeyForm(forms.Form):
    """What the key is for, what it opens, and how long."""

    name = forms.CharField(
        label=_("What it is for"), max_length=120, help_text=_("For example the name of the program.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"), choices=SCOPES, widget=forms.CheckboxSelectMultiple, required=False
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Left empty, it opens until it is taken away."),
        widget=forms.DateInput(attrs={"inputmode": "numeric"}),
    )

    def told(self) -> dict[str, Any]:
        """Return what was typed as arguments of the action."""
        return self.cleaned_data | {"scopes": [TokenScope(one) for one in self.cleaned_data["scopes"]]}
