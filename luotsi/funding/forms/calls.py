"""Forms of calls: how the list is narrowed, what is written of a call, and a file of calls."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import WordsForm, day, in_languages
from luotsi.base.names import Names
from luotsi.funding.actions.calls import CallDetails
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import Call
from luotsi.funding.rules.coded import BadLine, as_lines, read_lines

WHY = {
    "code": _("Line %(n)s: begin with a code of small letters, digits and hyphens."),
    "name": _("Line %(n)s: give a name after the code, with a bar between."),
    "parts": _("Line %(n)s: at most three names, in Finnish, Swedish and English."),
    "twice": _("Line %(n)s: the code is there already."),
    "many": _("Line %(n)s: this is more than can be kept."),
}
LINES = _("One on each line: code | in Finnish | in Swedish | in English.")
CENTS = [("", _("The call does not say")), ("yes", _("Cents allowed")), ("no", _("Whole euros only"))]


class CallFilter(forms.Form):
    """Narrows the list of calls."""

    q = forms.CharField(label=_("Call or funder"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("Open")),
            ("soon", _("Closes within 30 days")),
            ("coming", _("Coming")),
            ("closed", _("Closed")),
        ],
    )


class Lines(forms.CharField):
    """Coded names, one on each line."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, help_text=LINES, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self, value: Any) -> tuple[dict[str, str], ...]:
        """Return the items of the lines."""
        try:
            return tuple(read_lines(super().clean(value)))
        except BadLine as bad:
            raise forms.ValidationError(WHY[bad.why] % {"n": bad.number}) from None


def clock_time(label: Any, *, help_text: Any = "") -> forms.TimeField:
    """Return a field for a time of the day, written 16.15 or 16:15."""
    return forms.TimeField(
        label=label,
        required=False,
        help_text=help_text,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric"}),
    )


class CallForm(WordsForm):
    """What is known of a call. What is left empty is shown as not stated."""

    WORDS = (
        ("name", _("Name of the call"), 1),
        ("text", _("What is funded"), 4),
        ("eligibility", _("Who may apply"), 2),
    )
    NEEDED = frozenset({"name"})

    funder = forms.CharField(
        label=_("Funder"), max_length=200, help_text=_("A funder that is known already is found by its name.")
    )
    register_number = forms.CharField(label=_("Register number"), required=False, max_length=60)
    url = forms.URLField(label=_("Address on the web"), required=False, max_length=500, assume_scheme="https")
    opens_on = day(_("Opens"))
    opens_time = clock_time(_("Opens at"))
    closes_on = day(_("Closes"))
    closes_time = clock_time(
        _("Closes at"), help_text=_("Leave empty when the call states no time: the page then says so.")
    )
    decides_by = day(_("Decision expected by"))
    starts_on = day(_("Use from"))
    ends_on = day(_("Use until"))
    budget = euros(_("Sum to be granted, €"))
    grant_max = euros(_("Largest grant, €"))
    grant_percent = forms.DecimalField(
        label=_("Grant at most, %"),
        required=False,
        max_digits=7,
        decimal_places=4,
        localize=True,
        help_text=_("Only what the call states. Leave empty when it states none: a usual value is never assumed."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    share_base = forms.ChoiceField(label=_("Percentage of"), required=False, choices=[("", "–"), *Call.Base.choices])
    share_source = forms.CharField(
        label=_("Where the percentage is stated"),
        required=False,
        max_length=300,
        help_text=_("The place in the call, such as: call, section 3."),
    )
    in_cents = forms.ChoiceField(label=_("Sums"), required=False, choices=CENTS)
    transfer_percent = forms.DecimalField(
        label=_("Transfers without a change request up to, %"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    transfer_source = forms.CharField(
        label=_("Where the limit of transfers is stated"),
        required=False,
        max_length=300,
        help_text=_("The place in the call, such as: call, section 3."),
    )
    change_days = forms.IntegerField(
        label=_("Change requests before the end, days"), required=False, min_value=0, max_value=1000
    )
    cost_classes = Lines(_("Classes of cost"))
    areas = Lines(_("Areas"))

    def clean(self) -> dict[str, Any]:
        """Join days and times; refuse a time without its day."""
        cleaned = super().clean()
        for name, label in (("opens", _("Give the day, too.")), ("closes", _("Give the day, too."))):
            if cleaned.get(f"{name}_time") is not None and cleaned.get(f"{name}_on") is None:
                self.add_error(f"{name}_on", label)
        return cleaned

    def details(self, before: CallDetails | None = None) -> CallDetails:
        """Return what was typed, ready for the actions; `before` keeps what the form does not ask."""
        return details_from(self.cleaned_data, before)


def details_from(cleaned: dict[str, Any], before: CallDetails | None) -> CallDetails:
    """Return what was typed of a call; `before` keeps what the form does not ask."""
    given = dict(cleaned)
    opens_on, opens_time = given.pop("opens_on"), given.pop("opens_time")
    closes_on, closes_time = given.pop("closes_on"), given.pop("closes_time")
    given["opens_at"] = _moment(opens_on, opens_time or time()) if opens_on else None
    given["closes_at"] = _moment(closes_on, closes_time) if closes_on and closes_time is not None else None
    given["closes_on"] = closes_on if closes_time is None else None
    given["in_cents"] = {"yes": True, "no": False}.get(given["in_cents"])
    given["funder"] = Names(fi=given.get("funder", "").strip())
    return CallDetails(**given, limits=before.limits if before else {})


def _moment(on: Any, at: time) -> datetime:
    return datetime.combine(on, at, tzinfo=clock.HELSINKI)


def _plain(percent: Decimal | None) -> Decimal | None:
    """Return a percentage without decimals that say nothing."""
    if percent is None:
        return None
    whole = percent.to_integral_value()
    return whole if whole == percent else percent.normalize()


def initial_of(details: CallDetails) -> dict[str, Any]:
    """Return what the form begins with for a call that is kept already."""
    given = {name: value for name, value in vars(details).items() if name in CallForm.base_fields}
    opens = details.opens_at.astimezone(clock.HELSINKI) if details.opens_at else None
    closes = details.closes_at.astimezone(clock.HELSINKI) if details.closes_at else None
    texts = {
        key: value
        for name in ("name", "text", "eligibility")
        for key, value in in_languages(name, getattr(details, name)).items()
    }
    return {
        **given,
        **texts,
        "funder": details.funder.text,
        "opens_on": opens.date() if opens else None,
        "opens_time": opens.time() if opens else None,
        "closes_on": closes.date() if closes else details.closes_on,
        "closes_time": closes.time() if closes else None,
        "in_cents": {True: "yes", False: "no", None: ""}[details.in_cents],
        "grant_percent": _plain(details.grant_percent),
        "transfer_percent": _plain(details.transfer_percent),
        "cost_classes": as_lines(details.cost_classes),
        "areas": as_lines(details.areas),
    }


class CallFile(forms.Form):
    """A file of calls."""

    file = forms.FileField(label=_("File of calls"), help_text=_("JSON in the documented format, or CSV or XLSX."))


class MirrorForm(forms.Form):
    """Which published form mirrors the form of the funder."""

    version = forms.ChoiceField(label=_("Form"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, versions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = versions  # type: ignore[attr-defined]
