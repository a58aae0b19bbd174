"""Forms of targets: setting one with its path, taking one back."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.indicators.forms.numbers import SPACES, NumberField
from luotsi.indicators.models import Target
from luotsi.indicators.models.definitions import OPERATORS
from luotsi.indicators.models.targets import PATHS
from luotsi.indicators.rules.values import Operator, PathKind

DAY = {"inputmode": "numeric"}


class TargetForm(forms.Form):
    """What the figure should become, until when, on which path, and who decided so."""

    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=12,
        help_text=gettext_lazy("2027 is a calendar year, 2026-27 a school year, 2027-07 a month."),
    )
    operator = forms.ChoiceField(
        label=gettext_lazy("How"), choices=[one for one in OPERATORS if one[0] != Operator.RANGE], initial=Operator.GTE
    )
    value = NumberField(label=gettext_lazy("Target"), required=True)
    baseline_value = NumberField(label=gettext_lazy("Baseline"))
    baseline_on = forms.DateField(
        label=gettext_lazy("Day of the baseline"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    path = forms.ChoiceField(label=gettext_lazy("Path"), choices=PATHS, initial=PathKind.LINEAR)
    points = forms.CharField(
        label=gettext_lazy("Own points of the path"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One point in a line: the period and the value, for example 2025-26 90."),
    )
    decided_by = forms.CharField(label=gettext_lazy("Decided by"), max_length=200, required=False)
    decided_on = forms.DateField(label=gettext_lazy("Decided on"), required=False, widget=forms.DateInput(attrs=DAY))
    reference = forms.CharField(label=gettext_lazy("Decision"), max_length=120, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, target: Target | None = None, **kwargs: Any) -> None:
        if target is not None:
            names = [name for name in self.base_fields if name != "points"]
            initial = {name: getattr(target, name) for name in names}
            initial["points"] = "\n".join(f"{period} {value}" for period, value in target.points)
            kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)

    def clean_points(self) -> list[tuple[str, Decimal]]:
        """Return the points, each a period and a value."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["points"].splitlines())):
            period, _gap, value = line.partition(" ")
            try:
                found.append((period, Decimal(value.translate(SPACES))))
            except InvalidOperation:
                raise forms.ValidationError(
                    _("“%(line)s” is not a period and a value."), params={"line": line}
                ) from None
        return found

    def told(self) -> dict[str, Any]:
        """Return what was typed as arguments of the action."""
        given = dict(self.cleaned_data)
        return given | {"operator": Operator(given["operator"]), "path": PathKind(given["path"])}
