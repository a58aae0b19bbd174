"""Forms of staggered starts: what is told before the lot is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.learning.models import StaggeredStart
from luotsi.learning.rules.staggered.plans import LEAST_WAVES, MOST_WAVES, STEPS
from luotsi.people.rules import Kind
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.people.models import Unit


class StartForm(forms.Form):
    """Who begins in an order by lot, from when, how far apart, what is compared, and the words of the lot."""

    level = forms.ChoiceField(
        label=_("What begins one after another"),
        widget=forms.RadioSelect,
        choices=[(Kind.GROUP.value, _("Groups")), (Kind.INSTITUTION.value, _("Schools or campuses"))],
    )
    without = forms.MultipleChoiceField(
        label=_("Left out"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They go on with lists as now. Leave out groups whose studies end before the last start."),
    )
    starts_on = day(_("First start"), required=True, help_text=_("A Monday. Before it the lot is drawn."))
    step = forms.TypedChoiceField(
        label=_("Weeks from one start to the next"),
        coerce=int,
        choices=[(one, str(one)) for one in STEPS],
        help_text=_("As long as a period: what is compared is what happens within one."),
    )
    waves = forms.IntegerField(label=_("Number of starts"), min_value=LEAST_WAVES, max_value=MOST_WAVES)
    outcome = forms.ChoiceField(
        label=_("What is compared"), widget=forms.RadioSelect, choices=StaggeredStart.Outcome.choices
    )
    seed = forms.CharField(
        label=_("Words of the lot"),
        max_length=80,
        help_text=_(
            "The lot follows from these words alone. Take what nobody can choose, such as numbers of a lottery."
        ),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[Unit, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = units
        self.fields["without"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{one} ({number(count)})") for one, count in units
        ]

    @property
    def units(self) -> list[Unit]:
        """The units that begin: those of the level, but for those left out."""
        without = set(self.cleaned_data.get("without", ()))
        level = self.cleaned_data["level"]
        return [one for one, _count in self.offered if one.kind == level and one.key not in without]
