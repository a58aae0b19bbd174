"""Forms that narrow lists of indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.indicators.models import Indicator

STATES = [
    ("", _("In use")),
    ("late", _("Falls short")),
    ("risk", _("At risk")),
    ("ok", _("Will be reached")),
    ("done", _("Reached")),
    ("none", _("Without a forecast")),
    ("retired", _("Retired")),
]


class IndicatorFilter(forms.Form):
    """Narrows the list of indicators."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("Verdict"), required=False, choices=STATES)
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, found: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = {one.owner.key: one.owner.names.text for one in found if one.owner is not None}
        chosen = sorted(owners.items(), key=lambda pair: pair[1].casefold())
        everybody = [("all", _("Everybody"))]
        self.fields["owner"].choices = [("", _("All owners")), *everybody, *chosen]  # type: ignore[attr-defined]
