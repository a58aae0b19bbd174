"""Forms of definitions: a new indicator, a new version of how it is counted, retiring it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock, texts
from luotsi.base.names import ORDER, Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.definitions import DefinitionDetails
from luotsi.indicators.forms.counting import CountingPart
from luotsi.indicators.forms.numbers import NumberField
from luotsi.indicators.models import Definition
from luotsi.indicators.models.definitions import DIRECTIONS, OPERATORS, POLICIES, ROLLUPS
from luotsi.indicators.rules.values import PERCENT, Direction, Policy, Rollup
from luotsi.people.models.units import KINDS

LANGUAGES = (("fi", _("in Finnish")), ("sv", _("in Swedish")), ("en", _("in English")))
TEXTS = (
    ("numerator", _("Numerator")),
    ("denominator", _("Denominator")),
    ("population", _("Population")),
    ("rule", _("Rule of counting")),
    ("method", _("Method")),
)
PERIODS = (
    (PeriodKind.SCHOOL_YEAR, _("School year")),
    (PeriodKind.CALENDAR_YEAR, _("Calendar year")),
    (PeriodKind.MONTH, _("Month")),
    (PeriodKind.DAY, _("Day")),
)
PLAIN = ("factor", "decimals", "limit_operator", "limit_value", "observed_at", "valid_from")


class DefinitionForm(CountingPart, forms.Form):
    """How an indicator is counted from a day on."""

    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput(attrs={"inputmode": "numeric"}))
    unit_of_measure = forms.CharField(
        label=_("Unit of measure"),
        max_length=60,
        required=False,
        help_text=_("“percent” for shares, “€” for money, otherwise what is counted, for example “devices”."),
    )
    rollup = forms.ChoiceField(label=_("From units to the whole"), choices=ROLLUPS, initial=Rollup.RATIO)
    factor = NumberField(label=_("Factor"), required=True, help_text=_("100 for per cent and for “per 100 pupils”."))
    decimals = forms.IntegerField(label=_("Decimals shown"), min_value=0, max_value=4, initial=1)
    direction = forms.ChoiceField(label=_("Direction"), choices=DIRECTIONS, initial=Direction.RISING)
    policy = forms.ChoiceField(label=_("Protection of small groups"), choices=POLICIES, initial=Policy.THRESHOLD)
    period_kind = forms.ChoiceField(label=_("Told by"), choices=PERIODS, initial=PeriodKind.SCHOOL_YEAR)
    observed_at = forms.ChoiceField(label=_("Who tells the figure"), required=False)
    limit_operator = forms.ChoiceField(
        label=_("A unit meets the limit when its figure is"), choices=[("", "–"), *OPERATORS[:5]], required=False
    )
    limit_value = NumberField(label=_("Limit"))
    dimensions = forms.CharField(
        label=_("Splits"),
        required=False,
        max_length=200,
        help_text=_("Names of the splits with commas between, for example language, grade."),
    )

    def __init__(self, *args: Any, definition: Definition | None = None, **kwargs: Any) -> None:
        if definition is not None:
            kwargs.setdefault("initial", initial_of(definition))
        else:
            first = {"valid_from": clock.today(), "factor": Decimal(100), "unit_of_measure": PERCENT}
            kwargs.setdefault("initial", first)
        super().__init__(*args, **kwargs)
        kinds = [("", _("The lowest units")), *KINDS]
        self.fields["observed_at"].choices = kinds  # type: ignore[attr-defined]
        for name, label in TEXTS:
            for code, language in LANGUAGES:
                widget = forms.Textarea(attrs={"rows": 2})
                field = forms.CharField(label=f"{label} {language}", required=False, max_length=1000, widget=widget)
                self.fields[f"{name}_{code}"] = field

    @property
    def text_groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The texts, each with its fields in three languages."""
        return [(label, [self[f"{name}_{code}"] for code in ORDER]) for name, label in TEXTS]

    def details(self) -> DefinitionDetails:
        """Return what was typed, ready for the actions."""
        given = self.cleaned_data
        told: dict[str, Any] = {
            name: Names(**{code: given[f"{name}_{code}"] for code in ORDER}) for name, _label in TEXTS
        }
        return DefinitionDetails(
            **{name: given[name] for name in PLAIN},
            unit_of_measure=given["unit_of_measure"].strip(),
            rollup=Rollup(given["rollup"]),
            direction=Direction(given["direction"]),
            policy=Policy(given["policy"]),
            period_kind=PeriodKind(given["period_kind"]),
            dimensions=tuple(part.strip() for part in given["dimensions"].split(",") if part.strip()),
            counting=self.counting(),
            **told,
        )


class NameForm(forms.Form):
    """The name of an indicator in three languages, and its code."""

    code = forms.CharField(label=_("Code"), max_length=40, required=False)
    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=200, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a name in at least one language."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"name_{code}") for code in ORDER):
            self.add_error("name_fi", _("Give the name in at least one language."))
        return cleaned

    def names(self) -> Names:
        """Return the name that was typed."""
        return Names(**{code: self.cleaned_data[f"name_{code}"] for code in ORDER})


class NewIndicatorForm(NameForm, DefinitionForm):
    """A new indicator with the first version of its definition."""

    key = forms.SlugField(
        label=_("Address"), max_length=80, help_text=_("Small letters, digits and hyphens. It never changes.")
    )


class NewVersionForm(DefinitionForm):
    """A new version of a definition, and why."""

    change = forms.CharField(
        label=_("What changes and why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RetireForm(forms.Form):
    """The last day of an indicator, and why."""

    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"inputmode": "numeric"}))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("Stays in the log of changes."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"last_day": clock.today()})
        super().__init__(*args, **kwargs)


def initial_of(definition: Definition) -> dict[str, Any]:
    """Return a definition as a form shows it; the day is left for the new version to choose."""
    names = ("unit_of_measure", "rollup", "direction", "policy", "period_kind")
    found = {name: getattr(definition, name) for name in (*PLAIN, *names)}
    found["valid_from"] = clock.today()
    found["dimensions"] = ", ".join(definition.dimensions)
    for name, _label in TEXTS:
        kept = texts.names_of(getattr(definition, name))
        found |= {f"{name}_{code}": getattr(kept, code) for code in ORDER}
    return found | CountingPart.initial_counting(definition.counting)
