"""Forms of matters: beginning one, writing its words, recording what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.base.names import Names
from luotsi.funding.actions.matters import MatterDetails, MatterOutcome, MatterText
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import BoardItem
from luotsi.funding.models.board import NOTICES

LANGUAGES = (("fi", _("in Finnish")), ("sv", _("in Swedish")))
MOST = 20_000


def _in_languages(label: Any, *, most: int, rows: int = 1, required: bool = False) -> dict[str, forms.CharField]:
    """Return a field for each language, by code."""
    found = {}
    for code, language in LANGUAGES:
        widget: forms.Widget = forms.TextInput(attrs={"lang": code})
        if rows > 1:
            widget = forms.Textarea(attrs={"rows": rows, "lang": code})
        words = _("%(what)s %(language)s") % {"what": label, "language": language}
        found[code] = forms.CharField(label=words, required=required, max_length=most, widget=widget)
    return found


class _MatterBase(forms.Form):
    """What both forms of a matter have: texts in two languages, joined when they are read."""

    TEXTS: tuple[tuple[str, Any, int, int], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, most, rows in self.TEXTS:
            for code, field in _in_languages(label, most=most, rows=rows).items():
                self.fields[f"{name}_{code}"] = field

    def names(self, name: str) -> Names:
        """Return a text in the languages in which it was written."""
        return Names(**{code: self.cleaned_data[f"{name}_{code}"].strip() for code, _language in LANGUAGES})


class BeginForm(_MatterBase):
    """Who decides what; the words are made from the records."""

    TEXTS = (("body", _("Body or officer"), 200, 1), ("presenter", _("Presenting officer, by title"), 200, 1))

    matter = forms.ChoiceField(label=_("Matter"), choices=BoardItem.Matter.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Who decides"), choices=BoardItem.Kind.choices, widget=forms.RadioSelect)
    meeting_on = day(_("Day of the meeting or of the decision"))

    field_order = ("matter", "kind", "body_fi", "body_sv", "presenter_fi", "presenter_sv", "meeting_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def details(self) -> MatterDetails:
        """Return what was typed, ready for the actions."""
        given = self.cleaned_data
        return MatterDetails(
            matter=given["matter"],
            kind=given["kind"],
            body=self.names("body"),
            presenter=self.names("presenter"),
            meeting_on=given["meeting_on"],
        )


class TextForm(_MatterBase):
    """The words of a matter; `seen` is when the text was last written as this page knows it."""

    TEXTS = (
        ("body", _("Body or officer"), 200, 1),
        ("presenter", _("Presenting officer, by title"), 200, 1),
        ("title", _("Heading"), 300, 1),
        ("background", _("Background"), MOST, 12),
        ("proposal", _("Proposed decision"), MOST, 6),
    )

    meeting_on = day(_("Day of the meeting or of the decision"))
    proposed = euros(_("Own share to be paid, €"), help_text=_("The proposed decision must tell the same sum."))
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_share:
            self.fields["proposed"].disabled = True
            self.fields["proposed"].widget = forms.HiddenInput()
        texts = [f"{name}_{code}" for name, *_rest in self.TEXTS for code, _language in LANGUAGES]
        self.order_fields([*texts[:4], "meeting_on", *texts[4:], "proposed"])

    def clean_seen(self) -> datetime:
        """Return the moment."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            raise forms.ValidationError(_("Open the page again.")) from None

    def text(self) -> MatterText:
        """Return what was typed, ready for the actions."""
        named = {name: self.names(name) for name, *_rest in self.TEXTS}
        given = self.cleaned_data
        return MatterText(**named, meeting_on=given["meeting_on"], proposed=given["proposed"])


class OutcomeForm(forms.Form):
    """What was decided of a matter."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=BoardItem.OUTCOMES,
        widget=forms.RadioSelect,
        help_text=_("Noting commits no money."),
    )
    decided = euros(_("Own share as decided, €"), help_text=_("Only when another sum was decided than was proposed."))
    decided_on = day(_("Day of the decision"), help_text=_("Leave empty when it is not known."))
    section = forms.CharField(
        label=_("Section of the minutes"), required=False, max_length=40, help_text=_("As in the minutes: § 12")
    )
    decision = forms.CharField(
        label=_("Decision in its own words"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    notice = forms.ChoiceField(
        label=_("How it was made known"), required=False, choices=[("", _("Not known")), *NOTICES]
    )
    given_on = day(_("Sent or published on"), help_text=_("From this day the time of appeal is counted."))

    def __init__(self, *args: Any, has_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_share:
            del self.fields["decided"]

    def details(self) -> MatterOutcome:
        """Return what was typed, ready for the actions."""
        return MatterOutcome(**self.cleaned_data)
