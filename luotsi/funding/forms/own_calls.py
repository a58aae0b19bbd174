"""Forms of own calls: what is written of one, its criteria and officers, moving and withdrawing it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.base.fields import WordsForm, day, in_languages
from luotsi.base.names import ORDER, Names
from luotsi.funding.actions.own_calls import CriterionDetails, OfficerDetails, OwnCallDetails
from luotsi.funding.forms.calls import CallForm, clock_time, details_from, initial_of
from luotsi.funding.models import Call
from luotsi.people.models import Unit

WITHIN = [
    ("ours", _("Units below the funder")),
    ("all", _("Every unit of this kind that uses the service")),
    ("named", _("Only those named below, and units below them")),
]


# The form by parts, so that a long page can be found about in.
PARTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("What is funded"), ("name", "text", "areas", "register_number")),
    (_("Who may apply"), ("eligibility", "applicants", "within", "named")),
    (_("Dates"), ("opens_on", "opens_time", "closes_on", "closes_time", "decides_by", "starts_on", "ends_on")),
    (
        _("Money"),
        ("budget", "grant_max", "grant_percent", "share_base", "share_source", "in_cents", "cost_classes"),
    ),
    (_("Changes during the use"), ("transfer_percent", "transfer_source", "change_days")),
)


class OwnCallFilter(forms.Form):
    """Narrows the list of own calls."""

    q = forms.CharField(label=_("Call"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("draft", _("Not published")),
            ("coming", _("Coming")),
            ("open", _("Open")),
            ("closed", _("Closed")),
            ("withdrawn", _("Withdrawn")),
        ],
    )


class OwnCallForm(CallForm):
    """What is written of an own call while it is a draft; the checklist tells what publishing needs."""

    WORDS = (
        ("name", _("Name of the call"), 1),
        ("text", _("What is funded"), 8),
        ("eligibility", _("Who may apply, in words"), 3),
    )

    applicants = forms.ChoiceField(
        label=_("Which units may apply"), required=False, choices=[("", "–"), *Call.APPLICANTS]
    )
    within = forms.ChoiceField(label=_("Of them"), choices=WITHIN, widget=forms.RadioSelect, initial="ours")
    named = forms.CharField(
        label=_("Named units"),
        required=False,
        max_length=4000,
        help_text=_("One on each line: number of the municipality or the institution, or the address of the unit."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, owner: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        del self.fields["funder"]
        del self.fields["url"]
        self.fields["closes_time"].help_text = _("An application at this very second is in time, one later is not.")
        self.order_fields([name for _title, names in PARTS for name in self._named(names)])

    def _named(self, names: tuple[str, ...]) -> list[str]:
        """Return the fields of a part; a text stands for its field in each language."""
        worded = {name for name, _label, _rows in self.WORDS}
        return [
            field for name in names for field in ([f"{name}_{code}" for code in ORDER] if name in worded else [name])
        ]

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The parts of the form with their fields."""
        return [(title, [self[name] for name in self._named(names)]) for title, names in PARTS]

    def clean(self) -> dict[str, Any]:
        """Find the named units; ask for a time beside each day, since a call closes to the second."""
        cleaned = super().clean()
        for name in ("opens", "closes"):
            if cleaned.get(f"{name}_on") is not None and cleaned.get(f"{name}_time") is None:
                self.add_error(f"{name}_time", _("Give the time of the day, too."))
        cleaned["eligible"] = self._eligible(cleaned)
        return cleaned

    def _eligible(self, cleaned: dict[str, Any]) -> tuple[str, ...]:
        within = cleaned.get("within")
        if within != "named":
            return (self.owner.key,) if within == "ours" else ()
        lines = [line.strip() for line in cleaned.get("named", "").splitlines() if line.strip()]
        if not lines:
            self.add_error("named", _("Name at least one unit."))
        known = {
            code: unit.key for unit in units_coded(lines) for code in (unit.key, *_codes(unit)) if code in set(lines)
        }
        for line in lines:
            if line not in known:
                self.add_error("named", _("No unit is known by %(line)s.") % {"line": line})
        return tuple(dict.fromkeys(known[line] for line in lines if line in known))

    def own_details(self, before: OwnCallDetails | None = None) -> OwnCallDetails:
        """Return what was typed, ready for the actions; `before` keeps what the form does not ask."""
        given = dict(self.cleaned_data)
        for name in ("within", "named"):
            del given[name]
        applicants, eligible = given.pop("applicants"), given.pop("eligible")
        terms = details_from(given, before.terms if before else None)
        return OwnCallDetails(terms=terms, applicants=applicants, eligible=eligible)


def units_coded(codes: list[str]) -> list[Unit]:
    """Return the units that are known by one of the codes: an address, a municipality or an institution number."""
    known = Unit.objects.in_force(clock.today())
    return list(
        known.filter(key__in=codes)
        | known.filter(municipality_number__in=codes)
        | known.filter(institution_number__in=codes)
    )


def _codes(unit: Unit) -> tuple[str, ...]:
    return tuple(code for code in (unit.municipality_number, unit.institution_number) if code)


def own_initial(owner: Unit, details: OwnCallDetails) -> dict[str, Any]:
    """Return what the form begins with for a call that is kept already."""
    eligible = details.eligible
    within = "all" if not eligible else "ours" if eligible == (owner.key,) else "named"
    return {
        **initial_of(details.terms),
        "applicants": details.applicants,
        "within": within,
        "named": "\n".join(eligible) if within == "named" else "",
    }


def _decimal(label: Any, *, required: bool = False, help_text: Any = "", **bounds: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        help_text=help_text,
        max_digits=7,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **bounds,
    )


class CriterionForm(WordsForm):
    """A criterion of selection."""

    WORDS = (("name", _("Name of the criterion"), 1), ("told", _("What is looked at"), 2))
    NEEDED = frozenset({"name"})

    weight = _decimal(
        _("Weight"), required=True, min_value=Decimal("0.01"), max_value=100, help_text=_("All weights sum to 100.")
    )
    lowest = _decimal(_("Lowest score"), required=True, min_value=0)
    highest = _decimal(_("Highest score"), required=True, min_value=0)
    threshold = _decimal(
        _("Least mean to be funded"), help_text=_("Leave empty when an application need not reach any.")
    )

    def details(self) -> CriterionDetails:
        """Return what was typed, ready for the actions."""
        return CriterionDetails(**self.cleaned_data)


def criterion_initial(details: CriterionDetails) -> dict[str, Any]:
    """Return what the form begins with for a criterion that is kept already."""
    plain = {name: value for name, value in vars(details).items() if name not in {"name", "told"}}
    return {**plain, **in_languages("name", details.name), **in_languages("told", details.told)}


class OfficerTimeForm(forms.Form):
    """From when until when an officer handles a call."""

    since = day(_("From"), required=True)
    until = day(_("Until"), help_text=_("Leave empty for until further notice."))

    def details(self) -> OfficerDetails:
        """Return what was typed, ready for the actions."""
        return OfficerDetails(since=self.cleaned_data["since"], until=self.cleaned_data["until"])


class OfficerForm(OfficerTimeForm):
    """Somebody who shall handle a call."""

    person = forms.ChoiceField(label=_("Person"), widget=forms.RadioSelect)
    field_order = ("person", "since", "until")

    def __init__(self, *args: Any, persons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = persons  # type: ignore[attr-defined]


class WithdrawForm(WordsForm):
    """Why a call is withdrawn."""

    WORDS = (("because", _("Reason"), 3),)
    NEEDED = frozenset({"because"})


class ClosingForm(WordsForm):
    """Another closing of a published call, and why."""

    WORDS = (("because", _("Reason"), 3),)
    NEEDED = frozenset({"because"})

    closes_on = day(_("Closes"), required=True)
    closes_time = clock_time(_("Closes at"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["closes_on", "closes_time"])
        self.fields["closes_time"].required = True

    def moment(self) -> datetime:
        """Return the moment that was typed."""
        given = self.cleaned_data
        return datetime.combine(given["closes_on"], given["closes_time"], tzinfo=clock.HELSINKI)

    @property
    def because(self) -> Names:
        """The reason in the languages it was given."""
        found: Names = self.cleaned_data["because"]
        return found
