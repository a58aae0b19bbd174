"""Forms of findings: filter, the finding with its action, and closing it with what the action changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import WordsForm, area, day
from luotsi.indicators.models import Indicator
from luotsi.programme.actions.findings import FindingDetails
from luotsi.programme.models import Finding


class FindingFilter(forms.Form):
    """Narrows the list of findings."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("Open")),
            ("unanswered", _("No action")),
            ("ownerless", _("No owner or due day")),
            ("late", _("Late")),
            ("closed", _("Closed")),
        ],
    )


class FindingForm(WordsForm):
    """What was found, and what is done about it, by whom and until when."""

    WORDS = (("text", _("Finding"), 3), ("action", _("Corrective action"), 3))
    NEEDED = frozenset({"text"})

    is_negative = forms.BooleanField(label=_("Needs an action"), required=False, initial=True)
    section = forms.ChoiceField(label=_("Section of the plan"), required=False)
    period = forms.ChoiceField(label=_("Found in"), required=False)
    found_on = day(_("Found on"))
    cause = area(_("Cause"))
    owner = forms.ChoiceField(label=_("Owner of the action"), required=False)
    due_on = day(_("Due"))
    state = forms.ChoiceField(label=_("State of the action"), required=False, choices=[("", "–"), *Finding.STATES])
    indicator = forms.ChoiceField(
        label=_("Indicator that will show the effect"),
        required=False,
        help_text=_("Its value is kept when the finding is made and again when it is closed."),
    )
    budget = forms.ChoiceField(label=_("Line of money"), required=False)

    def __init__(
        self,
        *args: Any,
        choices: Mapping[str, Sequence[tuple[str, str]]],
        indicators: Mapping[str, Indicator],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = indicators
        for name in ("section", "period", "owner", "indicator", "budget"):
            self.fields[name].choices = [("", "–"), *choices.get(name, ())]  # type: ignore[attr-defined]

    @property
    def measured_by(self) -> Indicator | None:
        """The indicator that was chosen."""
        return self.indicators.get(self.cleaned_data["indicator"])

    def details(self, value_before: Decimal | None) -> FindingDetails:
        """Return what was typed, with the value that the indicator had when the finding was made."""
        given = self.cleaned_data | {"indicator": self.measured_by, "value_before": value_before}
        return FindingDetails(**given)


class CloseForm(forms.Form):
    """What the action changed: told in words where no indicator tells it."""

    effect = area(_("What the action changed"))

    def __init__(self, *args: Any, measured: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if measured:
            self.fields["effect"].help_text = _("The value of the indicator is kept beside these words.")
        else:
            self.fields["effect"].required = True
