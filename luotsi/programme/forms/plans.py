"""Forms of plans: the file to import, the items of the draft, and its publishing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import WordsForm, area, day
from luotsi.programme.rules.values import CODE


class PlanForm(forms.Form):
    """The plan file to try."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A plan file (.yaml) or the workbook of a plan (.xlsx). Nothing is saved before the dry run."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file first.")},
        max_length=200,
    )


class PublishForm(forms.Form):
    """What a new version changes and who approved it."""

    note = area(_("What changed and why"), required=True)
    approved_by = forms.CharField(label=_("Approved by"), max_length=200, help_text=_("A body, for example a board."))
    approved_on = day(_("Approved on"), required=True)
    reference = forms.CharField(label=_("Decision"), required=False, max_length=120, help_text=_("For example § 42."))


class ItemForm(WordsForm):
    """A measure of the draft: its names."""

    WORDS = (("names", _("Name"), 1),)
    NEEDED = frozenset({"names"})


class MeasureForm(ItemForm):
    """A new measure: its code, which stays, and its names."""

    code = forms.RegexField(
        CODE,
        label=_("Code"),
        help_text=_("A letter, then letters, digits and _. It stays with the measure and is given once."),
    )


class LinksForm(forms.Form):
    """The indicators that show the effect of an item."""

    indicators = forms.MultipleChoiceField(
        label=_("Indicators"), required=False, widget=forms.SelectMultiple(attrs={"size": 10})
    )

    def __init__(self, *args: Any, known: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, f"{indicator} ({key})") for key, indicator in known.items()]
        self.fields["indicators"].choices = choices  # type: ignore[attr-defined]


class SectionForm(WordsForm):
    """A section of the draft: its names and its aim."""

    NEEDED = frozenset({"names"})
    WORDS = (("names", _("Name"), 1), ("aim", _("Aim"), 3))


class MilestoneForm(WordsForm):
    """What a measure should have reached in a period; what is left empty is shown as a gap."""

    WORDS = (("text", _("Milestone"), 3),)
    NEEDED = frozenset({"text"})

    owner = forms.ChoiceField(label=_("Owner"), required=False)
    number = forms.DecimalField(label=_("Number to reach"), required=False, localize=True)
    unit = forms.CharField(label=_("Unit of the number"), required=False, max_length=40)
    baseline = forms.DecimalField(label=_("Baseline"), required=False, localize=True)
    due = day(_("Due"), help_text=_("Left empty, the last day of the period."))

    def __init__(self, *args: Any, owners: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "–"), *owners]  # type: ignore[attr-defined]


def item_form(kind: str) -> type[WordsForm]:
    """Return the form of a kind of item: a section also has an aim."""
    return SectionForm if kind == "section" else ItemForm
