"""Forms of imports of study data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.learning.queries.import_words import STATES

ACCEPTED = ".json,.jsonl,.ndjson,.csv,.zip"


class ImportFilter(forms.Form):
    """Narrows the list of imports."""

    q = forms.CharField(label=_("File"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES.items()])


class ImportForm(forms.Form):
    """The file, and the day that it tells about."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "JSON of KOSKI or eHOKS, one document or many, sheets of groups or hours away (CSV), or a zip of all that."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file first.")},
        max_length=500,
    )
    extract_on = day(
        _("Day of the extract"),
        required=True,
        help_text=_("The day on which the register gave the data: what is new is known since that day."),
    )
