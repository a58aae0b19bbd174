"""Reads what a page of a survey sent, and how a survey is to be opened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.people.models import Unit
from luotsi.people.models.accounts import LANGUAGES
from luotsi.people.models.roles import ROLES
from luotsi.questionnaires.actions.refusals import AnswerRefused
from luotsi.questionnaires.actions.surveys.opening import SurveyDetails
from luotsi.questionnaires.models import Collection
from luotsi.questionnaires.queries.surveys.audience import Audience
from luotsi.questionnaires.rules import retention, values
from luotsi.questionnaires.rules.filling import reading

if TYPE_CHECKING:
    from luotsi.questionnaires.rules import definition as d

VERBS = frozenset({"begin", "next", "previous", "send"})
LONGEST_NONCE = 60
MOST_KEPT = 400_000
MOST_ADDRESSES = 5_000
DAY = {"inputmode": "numeric"}
TIMES = ["%H.%M.%S", "%H.%M", "%H:%M:%S", "%H:%M"]


def kept_field(initial: int, help_text: Any) -> forms.TypedChoiceField:
    """Return the question for how many months after closing answers are kept."""
    return forms.TypedChoiceField(
        label=_("Kept after closing for"), choices=_months, coerce=int, initial=initial, help_text=help_text
    )


def _months() -> list[tuple[int, str]]:
    return [(one, ngettext("%(count)s month", "%(count)s months", one) % {"count": one}) for one in retention.CHOICES]


@dataclass(frozen=True)
class SentSheet:
    """What a page of a survey sent: all answers until now, its place, the button, and its nonce."""

    answers: dict[str, Any]
    place: int
    verb: str
    nonce: str


def read_sheet(definition: d.Definition, fields: Mapping[str, Sequence[str]]) -> SentSheet:
    """Return what was sent.

    Raises:
        AnswerRefused: something in it belongs to no page of the questionnaire.
    """
    posted = reading.Posted(fields)
    try:
        kept = _kept(posted.one("kept"))
        verb = posted.one("do") or "next"
        if verb not in VERBS:
            raise reading.NotOfThisPage(verb[:40])
        found = {} if verb == "begin" else reading.read_page(definition, posted, kept)
    except (reading.NotOfThisPage, values.NotAValue):
        raise AnswerRefused(
            Reason(_("The page sent something that the questionnaire does not ask for. Open the link again."))
        ) from None
    word = posted.one("place")
    place = int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0
    answers = {name: value for name, value in (kept | found).items() if value is not None}
    return SentSheet(answers, place, verb, posted.one("nonce")[:LONGEST_NONCE])


def _kept(text: str) -> dict[str, Any]:
    if not text:
        return {}
    if len(text) > MOST_KEPT:
        raise reading.NotOfThisPage("kept")
    found = values.loads(text)
    if not isinstance(found, dict):
        raise reading.NotOfThisPage("kept")
    return found


class OpenSurveyForm(forms.Form):
    """How a version is opened as a survey: to whom, in which mode, until when."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=300)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    mode = forms.ChoiceField(
        label=_("What is known of those who answer"),
        widget=forms.RadioSelect,
        initial="anonymous",
        choices=[
            ("anonymous", _("Anonymous: the link is destroyed, nobody can find out who answered what")),
            ("confidential", _("Confidential: under a pseudonym, own history for the person alone")),
            ("identified", _("Identified: answered with a name")),
        ],
    )
    units = forms.ModelMultipleChoiceField(
        label=_("Units, with everything below them"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple, initial=["teacher"]
    )
    addresses = forms.CharField(
        label=_("E-mail addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, beside those who are asked by their role."),
    )
    language = forms.ChoiceField(label=_("Language of the message to these addresses"), choices=LANGUAGES)
    by_link = forms.BooleanField(
        label=_("Also a common link and QR code for each unit"),
        required=False,
        help_text=_("Only for anonymous surveys. It does not tell who answers, nor how often."),
    )
    closes_on = forms.DateField(label=_("Closes on"), widget=forms.DateInput(attrs=DAY))
    closes_time = forms.TimeField(
        label=_("Closes at"),
        initial=time(16, 15),
        help_text=_("Finnish time, such as 16.15 or 16.15.00. What reaches the server by then counts."),
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H.%M"),
    )
    kept_months = kept_field(
        retention.SURVEYS,
        _("Then they are deleted; the figures of the results stay. Those who answer are told on the first screen."),
    )

    def __init__(self, *args: Any, scope: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = Unit.objects.under(scope).in_force(clock.today()).exclude(kind="group").order_by("path")
        self.fields["units"].queryset = below  # type: ignore[attr-defined]
        self.fields["units"].initial = [scope.pk]

    def clean_addresses(self) -> tuple[str, ...]:
        """Return the addresses, each once."""
        found = dict.fromkeys(word.lower() for word in re.split(r"[\s,;]+", self.cleaned_data["addresses"]) if word)
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(_("Give at most %(most)s addresses."), params={"most": MOST_ADDRESSES})
        for address in found:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(_("“%(address)s” is no e-mail address."), params={"address": address}) from None
        return tuple(found)

    def audience(self) -> Audience:
        """Return whom it asks."""
        given = self.cleaned_data
        return Audience(tuple(given["units"]), tuple(given["roles"]), given["addresses"])

    def details(self, key: str = "") -> SurveyDetails:
        """Return what was typed, ready for the action; the closing time is that of Finland, `key` that of the page."""
        given = self.cleaned_data
        return SurveyDetails(
            names=Names(fi=given["name_fi"], sv=given["name_sv"], en=given["name_en"]),
            mode=Collection.Mode(given["mode"]),
            audience=self.audience(),
            language=given["language"],
            closes_at=datetime.combine(given["closes_on"], given["closes_time"], clock.HELSINKI),
            by_link=given["by_link"],
            kept_months=given["kept_months"],
            key=key[:LONGEST_NONCE],
        )


class MoveClosingForm(forms.Form):
    """When an open survey is to close instead."""

    closes_on = forms.DateField(label=_("Closes on"), widget=forms.DateInput(attrs=DAY))
    closes_time = forms.TimeField(
        label=_("Closes at"),
        help_text=_("Finnish time, such as 16.15 or 16.15.00. What reaches the server by then counts."),
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H.%M"),
    )
    tell = forms.BooleanField(
        label=_("Write to those who have not answered"),
        required=False,
        initial=True,
        help_text=_("Letters that were sent tell the old time. The survey itself tells the new one at once."),
    )

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if collection.closes_at is not None:
            closes = collection.closes_at.astimezone(clock.HELSINKI)
            self.fields["closes_on"].initial, self.fields["closes_time"].initial = closes.date(), closes.time()

    def closes_at(self) -> datetime:
        """Return the moment, typed in Finnish time."""
        given = self.cleaned_data
        return datetime.combine(given["closes_on"], given["closes_time"], clock.HELSINKI)
