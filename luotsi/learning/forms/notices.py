"""Forms of notices of how study data are used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.learning.models import Notice


class NoticeForm(forms.ModelForm[Notice]):
    """A version of the notice."""

    since = day(_("Since"), required=True)

    class Meta:
        model = Notice
        fields = ("version", "since", "text_fi", "text_sv", "text_en")
        widgets = {f"text_{code}": forms.Textarea(attrs={"rows": 8}) for code in ("fi", "sv", "en")}


class TellForm(forms.Form):
    """Of which notice learners were told, and when."""

    notice = forms.ChoiceField(label=_("Version of the notice"))
    on = day(_("Day on which they were told"), required=True)

    def __init__(self, *args: Any, notices: Sequence[Notice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notice"].choices = [(str(one.pk), one.version) for one in notices]  # type: ignore[attr-defined]
