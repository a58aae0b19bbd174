"""The address of a figure: unit, period and split, and which of its records to show."""

from __future__ import annotations

from dataclasses import replace

from django import forms

from luotsi.indicators.queries.trace_page import Asked


class TraceForm(forms.Form):
    """What stands in the address of a trace; nothing of it is typed by hand."""

    unit = forms.UUIDField(required=False)
    period = forms.CharField(max_length=12, required=False)
    show = forms.ChoiceField(choices=[("", ""), ("in", ""), ("out", "")], required=False)
    again = forms.CharField(max_length=8, required=False)
    first = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)
    format = forms.CharField(max_length=8, required=False)

    def completed(self, asked: Asked) -> Asked:
        """Return the question with everything that the address tells."""
        given = self.cleaned_data
        data = self.data
        pairs = data.getlist("split") if hasattr(data, "getlist") else []
        split = dict(pair.split(":", 1) for pair in pairs if ":" in pair)
        show = "" if given["format"] else given["show"]
        return replace(
            asked,
            period=given["period"],
            split=split,
            show=show,
            first=given["first"] or 0,
            again=bool(given["again"]),
        )
