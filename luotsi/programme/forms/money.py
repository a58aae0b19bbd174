"""Forms of money: a line of the budget, and what a body decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import WordsForm, day
from luotsi.base.money import DECIMAL_PLACES, MAX_DIGITS
from luotsi.programme.actions.money import BudgetDetails, DecisionDetails
from luotsi.programme.models.money import KINDS
from luotsi.programme.rules.values import NotAValue, span


class BudgetFilter(forms.Form):
    """Narrows the lines of money."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *KINDS])
    section = forms.ChoiceField(label=_("Section of the plan"), required=False)

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", _("All")), *sections]  # type: ignore[attr-defined]


class BudgetForm(WordsForm):
    """A sum for a time; an empty sum means that none was given, which is not zero."""

    WORDS = (("text", _("What for"), 2),)
    NEEDED = frozenset({"text"})

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect)
    section = forms.ChoiceField(label=_("Section of the plan"), required=False)
    period = forms.CharField(
        label=_("For the time"),
        max_length=25,
        help_text=_("A year (2017), a school year (2024-25), or from–to (2016/2019)."),
    )
    amount = forms.DecimalField(
        label=_("Amount, €"),
        required=False,
        min_value=0,
        max_digits=MAX_DIGITS,
        decimal_places=DECIMAL_PLACES,
        localize=True,
        help_text=_("Leave empty when no sum was given; write 0 for nothing."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    fund = forms.CharField(label=_("From which source"), required=False, max_length=200)
    appendix = forms.CharField(label=_("Appendix"), required=False, max_length=40)
    source = forms.CharField(label=_("Source"), required=False, max_length=160)

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", "–"), *sections]  # type: ignore[attr-defined]

    def details(self) -> BudgetDetails:
        """Return what was typed, ready for the actions."""
        return BudgetDetails(**self.cleaned_data)

    def clean_period(self) -> str:
        """Return the key of the span."""
        try:
            return str(span(self.cleaned_data["period"].strip().replace("–", "/")))
        except NotAValue:
            raise forms.ValidationError(_("Write the time as 2017, 2024-25 or 2016/2019.")) from None


class DecisionForm(WordsForm):
    """What a body decided, or only noted."""

    WORDS = (("body", _("Body"), 1), ("matter", _("Matter"), 2))
    NEEDED = frozenset({"body", "matter"})

    day = day(_("Day"))
    number = forms.CharField(label=_("Section of the minutes"), required=False, max_length=40)
    is_noted = forms.BooleanField(
        label=_("Only noted"), required=False, help_text=_("To note a matter is not to decide on it.")
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=160)

    def details(self) -> DecisionDetails:
        """Return what was typed, ready for the actions."""
        return DecisionDetails(**self.cleaned_data)
