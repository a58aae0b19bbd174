"""How the portfolio is narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.funding.models import Application

GROUPS = [("", _("All")), ("open", _("Open: no decision yet")), ("decided", _("Decided"))]


class PortfolioFilter(forms.Form):
    """Which applications are shown."""

    q = forms.CharField(label=_("Project, call or funder"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[*GROUPS, *Application.State.choices])
    funder = forms.ChoiceField(label=_("Funder"), required=False)

    def __init__(self, *args: Any, funders: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].choices = [("", _("All")), *funders]  # type: ignore[attr-defined]
