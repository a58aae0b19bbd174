"""Forms of guidance: caseloads, what was done, needs and their outcomes, what learners say, judgements of a start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luotsi.base.fields import area, day
from luotsi.learning.actions.caseloads import MOST_SLOTS
from luotsi.learning.models import Judgement, Need
from luotsi.people.models import Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOT_HERE = _("Only what was agreed about studies. Nothing about health, family or welfare: it has its own registers.")


class CaseloadForm(forms.Form):
    """How many meetings there are in a week."""

    slots = forms.IntegerField(
        label=_("Meetings in a week"),
        min_value=1,
        max_value=MOST_SLOTS,
        help_text=_("The list of a week is never longer than this."),
    )


class DeedForm(forms.Form):
    """What was done: when, for how long, and what was agreed."""

    on = day(_("Day"), required=True)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=600)
    words = area(_("What was agreed"), most=500, help_text=NOT_HERE)


class NoNeedForm(forms.Form):
    """Why there is no need of guidance, in one's own words."""

    on = day(_("Day"), required=True)
    words = area(_("Why there is no need"), required=True, most=300, help_text=NOT_HERE)


class MoveForm(forms.Form):
    """Who is in charge of a need, and by when."""

    owner = forms.ModelChoiceField(Person.objects.none(), label=_("In charge"))
    due_on = day(_("Due day"), required=True)

    def __init__(self, *args: Any, owners: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = owners


class CloseForm(forms.Form):
    """How a need ended."""

    ending = forms.ChoiceField(label=_("How it ended"), choices=Need.Ending.choices, widget=forms.RadioSelect)
    reason = area(_("Reason"), most=300, help_text=_("Needed when there was no need."))


class OutcomeForm(forms.Form):
    """How studies go on after some weeks."""

    outcome = forms.ChoiceField(label=_("How studies go on"), choices=Need.Outcome.choices, widget=forms.RadioSelect)


class SayForm(forms.Form):
    """What a learner says, in their own words."""

    words = area(_("In your own words"), required=True, most=1000, rows=5)


class AnswerForm(forms.Form):
    """An answer to a learner; to a contest, whether the learner is right."""

    RIGHT: Iterable[tuple[str, Any]] = (("yes", _("Yes, it was wrong")), ("no", _("No, it stands")))

    is_upheld = forms.ChoiceField(label=_("Is the learner right?"), choices=RIGHT, widget=forms.RadioSelect)
    wrong = forms.MultipleChoiceField(
        label=_("What was wrong?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Nothing is computed of what was wrong until its record has been mended. Without a choice all of it was."
        ),
    )
    words = area(
        pgettext_lazy("what is said", "Answer"),
        required=True,
        most=1000,
        rows=5,
        help_text=_("The learner reads this."),
    )

    def __init__(self, *args: Any, is_contest: bool, reasons: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wrong"].choices = reasons  # type: ignore[attr-defined]
        if not is_contest:
            del self.fields["is_upheld"]
        if not is_contest or not reasons:
            del self.fields["wrong"]

    @property
    def upheld(self) -> bool | None:
        """Whether the learner was found right; None for a comment."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("is_upheld", ""))


class JudgementForm(forms.Form):
    """The one item of a teacher's judgement."""

    value = forms.TypedChoiceField(
        label=_("Will studies go on by the plan without added guidance?"),
        choices=Judgement.Value.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )


class StartFilter(forms.Form):
    """Which starts of a group are shown."""

    STATES = (
        ("", _("All")),
        ("asked", _("Asked for now")),
        ("judged", _("Judged by me")),
        ("not", _("Not judged by me")),
    )

    q = forms.CharField(label=_("Learner"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("My judgement"), required=False, choices=STATES)
