"""Forms of observations: narrowing the list, choosing what to tell of, the figure, reasons, choosing many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base import texts
from luotsi.indicators.forms.numbers import NumberField
from luotsi.indicators.models import Definition, Indicator, Observation
from luotsi.indicators.models.definitions import OPERATORS
from luotsi.indicators.models.observations import MARKS, STATES
from luotsi.indicators.queries import words
from luotsi.indicators.queries.entering import period_choices
from luotsi.indicators.queries.telling import ObservationFigures, told_at
from luotsi.indicators.rules.values import Mark, Operator

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.models import Unit

COUNTED = ("numerator", "denominator", "value")


class ObservationFilter(forms.Form):
    """Narrows the list of observations."""

    q = forms.CharField(label=_("Unit"), required=False, max_length=80)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All but superseded")), *STATES])

    def __init__(self, *args: Any, found: QuerySet[Observation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = found.order_by().values_list("indicator__key", "indicator__name", "period").distinct()
        rows = list(told)
        names = {key: texts.names_of(name).text for key, name, _period in rows}
        periods = sorted({period for _key, _name, period in rows}, reverse=True)
        self._choose("indicator", _("All indicators"), sorted(names.items(), key=lambda pair: pair[1].casefold()))
        self._choose("period", _("All periods"), [(one, words.period(one)) for one in periods])

    def _choose(self, name: str, every: Any, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """What one wants to enter: which indicator and of which unit."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(self, *args: Any, indicators: Sequence[Indicator], units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [(one.key, one.names.text) for one in indicators]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(one.key, one.names.text) for one in units]  # type: ignore[attr-defined]


class FigureForm(forms.Form):
    """The figure of one unit in one period; periods and splits are those of the definition."""

    period = forms.ChoiceField(label=_("Period"))
    numerator = NumberField(label=_("Numerator"))
    denominator = NumberField(label=_("Denominator"))
    value = NumberField(label=_("Value"), help_text=_("Left empty, it is counted from numerator and denominator."))
    persons = forms.IntegerField(
        label=_("Persons behind the figure"),
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Left empty, the denominator counts for it. Small groups are protected by this number."),
    )
    operator = forms.ChoiceField(label=_("How exact"), choices=OPERATORS, initial=Operator.EQ, required=False)
    low = NumberField(label=_("Lower end"))
    high = NumberField(label=_("Upper end"))
    words = forms.CharField(label=_("In the words of the source"), max_length=300, required=False)
    mark = forms.ChoiceField(
        label=_("If there is no figure"), choices=[("", _("There is a figure")), *MARKS[1:]], required=False
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    source_place = forms.CharField(label=_("Place in the source"), max_length=120, required=False)
    source_url = forms.URLField(label=_("Address of the source"), max_length=500, required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, definition: Definition, observation: Observation | None = None, **kwargs: Any
    ) -> None:
        if observation is not None:
            kwargs.setdefault("initial", vars(told_at(observation)))
        super().__init__(*args, **kwargs)
        self.dimensions = [] if observation is not None else list(definition.dimensions)
        if observation is not None:
            del self.fields["period"]
        else:
            self.fields["period"].choices = period_choices(definition)  # type: ignore[attr-defined]
        for name in self.dimensions:
            field = forms.CharField(
                label=words.dimension(name), required=False, max_length=60, help_text=_("Left empty for the total.")
            )
            self.fields[f"split_{name}"] = field
        if definition.policy == "open":
            del self.fields["persons"]

    @property
    def split_fields(self) -> list[forms.BoundField]:
        """The fields of the splits."""
        return [self[f"split_{name}"] for name in self.dimensions]

    @property
    def has_more(self) -> bool:
        """Whether something less common was told, so that its part of the page stands open."""
        return any(
            self.errors.get(name) or self[name].value() not in (None, "", Operator.EQ)
            for name in ("operator", "low", "high", "words", "mark")
        )

    def split(self) -> dict[str, str]:
        """Return the split that was typed."""
        typed = {name: self.cleaned_data[f"split_{name}"].strip() for name in self.dimensions}
        return {name: value for name, value in typed.items() if value}

    def figures(self) -> ObservationFigures:
        """Return what was typed, ready for the actions."""
        known = ObservationFigures.__dataclass_fields__
        given = {name: value for name, value in self.cleaned_data.items() if name in known}
        given["operator"] = Operator(given["operator"] or Operator.EQ)
        given["mark"] = Mark(given["mark"])
        return ObservationFigures(**given)


class ChangeForm(FigureForm):
    """Another figure in the place of an approved one, and why."""

    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=1000,
        help_text=_("Stays beside the figure."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("Stays in the log of changes."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ManyForm(forms.Form):
    """The observations chosen from a list."""

    chosen = forms.MultipleChoiceField(
        label=_("Figures"), error_messages={"required": _("Choose at least one figure.")}
    )

    def __init__(self, *args: Any, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(str(row.pk), str(row.pk)) for row in rows]  # type: ignore[attr-defined]


class GridPlaceForm(forms.Form):
    """Which indicator and period the grid is of; periods come once the indicator is known."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    period = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(
        self, *args: Any, indicators: Sequence[Indicator], periods: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [(one.key, one.names.text) for one in indicators]  # type: ignore[attr-defined]
        self.fields["period"].choices = list(periods)  # type: ignore[attr-defined]
        if not periods:
            del self.fields["period"]


class GridRowForm(forms.Form):
    """The figure of one unit in the grid."""

    numerator = NumberField(label=_("Numerator"))
    denominator = NumberField(label=_("Denominator"))
    value = NumberField(label=_("Value"))
    mark = forms.ChoiceField(label=_("If there is no figure"), choices=[("", "–"), *MARKS[1:]], required=False)

    def __init__(self, *args: Any, draft: Observation | None = None, **kwargs: Any) -> None:
        self.draft = draft
        if draft is not None:
            kwargs.setdefault("initial", vars(told_at(draft)))
        super().__init__(*args, **kwargs)

    def is_filled(self) -> bool:
        """Return True when something was typed; empty rows are passed over."""
        return any(self.cleaned_data.get(name) not in (None, "") for name in (*COUNTED, "mark"))

    def figures(self) -> ObservationFigures:
        """Return what was typed; the rest of a draft stays as it is."""
        kept = vars(told_at(self.draft)) if self.draft is not None else {}
        return ObservationFigures(**(kept | self.cleaned_data | {"mark": Mark(self.cleaned_data["mark"])}))
