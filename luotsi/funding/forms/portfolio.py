"""How the portfolio is narrowed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.funding.models import Application


class PortfolioFilter(forms.Form):
    """Which applications are shown."""

    q = forms.CharField(label=_("Project, call or funder"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Application.State.choices])
