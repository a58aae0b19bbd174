"""Forms of an import of observations: the file, and the number that was shown when somebody says yes."""

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
    """How many figures the dry run promised to enter."""

    new = forms.IntegerField(min_value=0)
