"""Forms of models: a reason in one's own words, and what the switch is moved to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import area
from luotsi.learning.models import GuidanceSwitch

MOST = 300


class ReasonForm(forms.Form):
    """Why; it is kept with your name."""

    reason = area(_("Reason"), required=True, most=MOST, help_text=_("Kept with your name and the time."))


class SwitchForm(ReasonForm):
    """What orders caseloads from now on, and why."""

    mode = forms.ChoiceField(label=_("Caseloads are ordered by"), widget=forms.RadioSelect)

    field_order = ("mode", "reason")

    def __init__(self, *args: Any, model_may_be_chosen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mode"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                choice for choice in GuidanceSwitch.Mode.choices if model_may_be_chosen or choice[0] != "model"
            ]
