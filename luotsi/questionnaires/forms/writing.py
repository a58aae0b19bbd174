"""Forms beside the pages of responses: opening, sharing, filtering."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.people.models.accounts import LANGUAGES
from luotsi.questionnaires.actions.collections import CollectionDetails
from luotsi.questionnaires.forms.surveying import TIMES, kept_field
from luotsi.questionnaires.models import Collection, ResponseShare
from luotsi.questionnaires.rules import retention

DAY = {"inputmode": "numeric"}


class OpenForm(forms.Form):
    """How a version is opened."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=300)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    answered_by = forms.ChoiceField(
        label=_("Who answers"),
        choices=[one for one in Collection.Answerer.choices if one[0] != Collection.Answerer.INVITED],
        widget=forms.RadioSelect,
        initial="institutions",
    )
    many = forms.BooleanField(label=_("Each may answer several times"), required=False)
    opens_on = forms.DateField(label=_("Opens on"), widget=forms.DateInput(attrs=DAY))
    closes_on = forms.DateField(
        label=_("Closes on"),
        required=False,
        widget=forms.DateInput(attrs=DAY),
        help_text=_("Left empty, it stays open until it is closed."),
    )
    closes_time = forms.TimeField(
        label=_("Closes at"),
        initial=time(16, 15),
        required=False,
        help_text=_("Finnish time, such as 16.15 or 16.15.00. What reaches the server by then counts."),
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H.%M"),
    )
    kept_months = kept_field(
        retention.DRAFTS, _("Then drafts that were never handed in are deleted. What was handed in stays.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_on"].initial = clock.today()

    def details(self) -> CollectionDetails:
        """Return what was typed, ready for the action; days and times are those of Finland."""
        given = self.cleaned_data
        opens = datetime.combine(given["opens_on"], time.min, clock.HELSINKI)
        closes = None
        if given["closes_on"]:
            closes = datetime.combine(given["closes_on"], given["closes_time"] or time(23, 59, 59), clock.HELSINKI)
        return CollectionDetails(
            names=Names(fi=given["name_fi"], sv=given["name_sv"], en=given["name_en"]),
            answered_by=given["answered_by"],
            many=given["many"],
            opens_at=opens,
            closes_at=closes,
            kept_months=given["kept_months"],
        )


class ShareForm(forms.Form):
    """Whom to let into a response, to do what and until when."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    grant = forms.ChoiceField(
        label=_("What they may do"), choices=ResponseShare.GRANTS, widget=forms.RadioSelect, initial="write"
    )
    expires_on = forms.DateField(
        label=_("The link works until the end of"),
        widget=forms.DateInput(attrs=DAY),
        help_text=_("At most 90 days ahead."),
    )
    language = forms.ChoiceField(label=_("Language of the message"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = clock.today() + timedelta(days=14)

    def expires_at(self) -> datetime:
        """Return the last second of the day."""
        return datetime.combine(self.cleaned_data["expires_on"], time(23, 59, 59), clock.HELSINKI)


class ReceivedFilter(forms.Form):
    """Narrows the responses to a collection."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), ("submitted", _("Handed in")), ("draft", _("Being written"))],
    )
