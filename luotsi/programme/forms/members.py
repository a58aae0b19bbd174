"""The form of a member: what it lets the others see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.programme.models import Participation


class ConsentForm(forms.Form):
    """What other members see of a member, and who agreed to it."""

    consent = forms.ChoiceField(label=_("Others see"), choices=Participation.Consent.choices, widget=forms.RadioSelect)
    consented_by = forms.CharField(
        label=_("Agreed by"), max_length=200, help_text=_("A body or an office, not a person.")
    )
    consented_on = day(_("Agreed on"), required=True)

    def agreement(self) -> dict[str, Any]:
        """Return what was agreed, as the action takes it."""
        given = self.cleaned_data
        return {"to": given["consent"], "agreed_by": given["consented_by"], "agreed_on": given["consented_on"]}
