"""Forms of reports: the words of one, and sending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day

if TYPE_CHECKING:
    from luotsi.funding.queries.reports.pages import WordField

MOST = 20_000
PREFIX = "w-"


class WordsForm(forms.Form):
    """The words of a report: its chapters, and why lines differ from the plan."""

    until_on = day(
        _("Costs and deeds until"),
        help_text=_("Leave empty for today, or for the last day of use once it is over."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: Sequence[WordField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {f"{PREFIX}{one.key}": one.key for one in texts}
        for one in texts:
            self.fields[f"{PREFIX}{one.key}"] = forms.CharField(
                label=one.label,
                help_text=one.help,
                required=False,
                max_length=MOST,
                initial=one.text,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def clean_seen(self) -> datetime:
        """Return the moment."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            raise forms.ValidationError(_("Open the page again.")) from None

    def words(self) -> dict[str, str]:
        """Return what was typed by the key of its line."""
        return {key: self.cleaned_data[name] for name, key in self._names.items()}


def typed_keys(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the keys of the texts that a page sent: figures may have changed since it was made."""
    return frozenset(name.removeprefix(PREFIX) for name in data if name.startswith(PREFIX))


class SendForm(forms.Form):
    """Sending something to the funder; what went to one outside is marked as sent, with the number it gave."""

    register_number = forms.CharField(
        label=_("Register number of the funder"),
        required=False,
        max_length=60,
        help_text=_("Leave empty when it is not known yet."),
    )

    def __init__(self, *args: Any, outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not outside:
            del self.fields["register_number"]
