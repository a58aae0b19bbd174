"""Forms of units: filter, details, ending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.people.actions.units import UnitDetails
from luotsi.people.models import InstitutionType, Unit
from luotsi.people.models.units import KINDS
from luotsi.people.rules import OID, Kind


class UnitFilter(forms.Form):
    """Narrows the list of units."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("In force")),
            ("ended", _("Ended")),
            ("led", _("With a principal")),
            ("leaderless", _("Without a principal")),
            ("all", _("All")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *KINDS[1:]]  # type: ignore[attr-defined]


class UnitForm(forms.Form):
    """The details of a unit of one kind; codes that do not belong to the kind are left out."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=200, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    municipality_number = forms.RegexField(
        r"^\d{3}$",
        label=_("Municipality number"),
        required=False,
        help_text=_("Three digits, for example 837."),
        error_messages={"invalid": _("Write the municipality number as three digits.")},
    )
    institution_number = forms.RegexField(
        r"^\d{5}$",
        label=_("Institution number"),
        required=False,
        help_text=_("Five digits, from Statistics Finland."),
        error_messages={"invalid": _("Write the institution number as five digits.")},
    )
    institution_type = forms.ModelChoiceField(
        InstitutionType.objects.none(),
        label=_("Type of institution"),
        required=False,
        empty_label=_("Not given"),
    )
    oid = forms.RegexField(
        rf"^{OID}\Z",
        label=_("OID"),
        required=False,
        help_text=_("The organisation's object identifier in the national register."),
        error_messages={"invalid": _("Write the OID as 1.2.246.562.10. followed by digits.")},
    )
    valid_from = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, kind: Kind, unit: Unit | None = None, **kwargs: Any) -> None:
        if unit is not None:
            kwargs.setdefault("initial", {name: getattr(unit, name) for name in self.base_fields})
        else:
            kwargs.setdefault("initial", {"valid_from": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["institution_type"].queryset = InstitutionType.objects.all()  # type: ignore[attr-defined]
        if kind not in {Kind.PROVIDER, Kind.REGION}:
            del self.fields["municipality_number"]
        if kind != Kind.INSTITUTION:
            del self.fields["institution_number"], self.fields["institution_type"]

    def clean(self) -> dict[str, Any]:
        """Ask for a name in at least one language."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"name_{code}") for code in ("fi", "sv", "en")):
            self.add_error("name_fi", _("Give the name in at least one language."))
        return cleaned

    def details(self) -> UnitDetails:
        """Return what was typed, ready for the actions."""
        return UnitDetails(**self.cleaned_data)


class EndForm(forms.Form):
    """The last day of a unit or of a role, and why."""

    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"inputmode": "numeric"}))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Stays in the log of changes."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"last_day": clock.today()})
        super().__init__(*args, **kwargs)
