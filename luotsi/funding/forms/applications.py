"""Forms of applications: what is told of one, how it was handed in, its team, what it serves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import WordsForm, day, in_languages
from luotsi.funding.actions.applications import ApplicationDetails
from luotsi.funding.actions.team import MemberDetails
from luotsi.funding.forms.calls import clock_time
from luotsi.funding.forms.sums import euros
from luotsi.funding.models import ApplicationMember
from luotsi.funding.rules.rights import Part

TYPED = ("applied", "own_share", "other", "total", "starts_on", "ends_on")


class ApplicationForm(WordsForm):
    """What is told of an application; sums and days are asked only where no form tells them."""

    WORDS = (("name", _("Name of the project"), 1), ("purpose", _("What it is for"), 3))
    NEEDED = frozenset({"name"})

    applied = euros(_("Applied for, €"), help_text=_("Leave empty when it is not known; write 0 for nothing."))
    own_share = euros(_("Own share, €"))
    other = euros(_("Other funding, €"))
    total = euros(_("Total cost, €"))
    starts_on = day(_("Use from"))
    ends_on = day(_("Use until"))
    chance = forms.IntegerField(
        label=_("Chance, %"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Your own estimate of being granted; nobody outside sees it."),
    )
    register_number = forms.CharField(
        label=_("Register number"), required=False, max_length=60, help_text=_("Given by the funder.")
    )

    def __init__(self, *args: Any, typed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not typed:
            for name in TYPED:
                del self.fields[name]

    def details(self) -> ApplicationDetails:
        """Return what was typed, ready for the actions."""
        return ApplicationDetails(**self.cleaned_data)


class BeginForm(ApplicationForm):
    """The beginning of an application from a call."""

    way = forms.ChoiceField(
        label=_("How it is written"),
        widget=forms.RadioSelect,
        choices=[
            ("form", _("On the form of the call; sums are counted")),
            ("typed", _("Elsewhere; sums are typed here")),
        ],
        initial="form",
    )

    def __init__(self, *args: Any, has_form: bool, must: bool, **kwargs: Any) -> None:
        super().__init__(*args, typed=not must, **kwargs)
        self.must = must
        if must:
            del self.fields["register_number"]  # it is given when the application is handed in
        if must or not has_form:
            del self.fields["way"]
        self.has_form = has_form

    @property
    def on_form(self) -> bool:
        """True when the application is written on the form of the call."""
        return self.has_form and (self.must or self.cleaned_data.get("way") == "form")

    def details(self) -> ApplicationDetails:
        """Return what was typed, ready for the actions."""
        return ApplicationDetails(**{name: value for name, value in self.cleaned_data.items() if name != "way"})


def initial_of(details: ApplicationDetails) -> dict[str, Any]:
    """Return what the form begins with for an application that is kept already."""
    plain = {name: value for name, value in vars(details).items() if name not in {"name", "purpose"}}
    return {**plain, **in_languages("name", details.name), **in_languages("purpose", details.purpose)}


class SubmitForm(forms.Form):
    """How an application was handed in to a foreign funder."""

    submitted_on = day(
        _("Handed in on"),
        help_text=_("Leave day and time empty when they are not known any more: no time to decision is counted then."),
    )
    submitted_time = clock_time(
        _("Handed in at"), help_text=_("As on the funder's receipt, Finnish time. A deadline is judged by it.")
    )
    register_number = forms.CharField(label=_("Register number"), required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """Take day and time together or neither."""
        cleaned = super().clean() or {}
        on, at = cleaned.get("submitted_on"), cleaned.get("submitted_time")
        if not self.errors and (on is None) != (at is None):
            self.add_error("submitted_on" if on is None else "submitted_time", _("Give both the day and the time."))
        return cleaned

    def moment(self) -> datetime | None:
        """Return when it was handed in; None when that is not known."""
        on, at = self.cleaned_data["submitted_on"], self.cleaned_data["submitted_time"]
        return datetime.combine(on, at, tzinfo=clock.HELSINKI) if on and at is not None else None


class HandInForm(forms.Form):
    """Handing in to an own call: which saved state of the form was looked at."""

    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_revision(self) -> int:
        """Return the revision; -1 fits none."""
        found: int | None = self.cleaned_data["revision"]
        return -1 if found is None else found


class ReasonForm(forms.Form):
    """Why something is done that ends or undoes something."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MemberForm(forms.Form):
    """What a member of the team may do, and from when until when."""

    part = forms.ChoiceField(
        label=_("Right"), choices=ApplicationMember.PARTS, widget=forms.RadioSelect, initial=Part.WRITE
    )
    is_preparer = forms.BooleanField(
        label=_("Authorised preparer"),
        required=False,
        help_text=_("The person is authorised to prepare the application and to hand it in for the applicant."),
    )
    since = day(_("From"), required=True)
    until = day(_("Until"), help_text=_("Leave empty for until further notice."))

    def details(self) -> MemberDetails:
        """Return what was typed, ready for the actions."""
        names = MemberDetails.__dataclass_fields__
        return MemberDetails(**{name: self.cleaned_data[name] for name in names})


class NewMemberForm(MemberForm):
    """A person of those that were found, as a member of the team."""

    person = forms.ChoiceField(label=_("Person"), widget=forms.RadioSelect)

    field_order = ("person", "part", "is_preparer", "since", "until")

    def __init__(self, *args: Any, persons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = persons  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """One of the measures and indicators that were found."""

    what = forms.ChoiceField(label=_("Measure or indicator"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = found  # type: ignore[attr-defined]


class Confirm(forms.Form):
    """Nothing is asked but the sending itself."""

    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
