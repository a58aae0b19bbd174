"""Forms of an import: the file, and the numbers that were shown when somebody says yes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """The file to try."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file. Nothing is saved before you have seen the dry run."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file first.")},
        max_length=500,
    )


class RunForm(forms.Form):
    """How many units the dry run promised to add and to change."""

    new = forms.IntegerField(min_value=0)
    changed = forms.IntegerField(min_value=0)
