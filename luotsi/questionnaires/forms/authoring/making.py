"""Forms of questionnaires as a whole: narrowing their list, making one, a rule set, publishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luotsi.base.names import Names
from luotsi.questionnaires.queries import fault_words
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.checks import read_rules

MOST = 2 * 1024 * 1024


class QuestionnaireFilter(forms.Form):
    """Narrows the list of questionnaires."""

    q = forms.CharField(label=_("Name or key"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), ("draft", _("With a draft")), ("published", _("Published"))],
    )


class MakeForm(forms.Form):
    """A new questionnaire: its names and key, and what it begins with."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=300, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    key = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Key"),
        max_length=80,
        help_text=_("Small letters, digits and hyphens, such as skills-survey. It stays the same in every version."),
        error_messages={"invalid": _("Write small letters a–z, digits and hyphens.")},
    )
    source = forms.ChoiceField(
        label=_("Begin with"),
        widget=forms.RadioSelect,
        initial="blank",
        choices=[("blank", _("An empty page")), ("file", _("A file")), ("copy", _("A copy of another questionnaire"))],
    )
    file = forms.FileField(
        label=_("File: SurveyJS JSON, XLSForm (Excel) or a grant form (JSON)"),
        required=False,
        help_text=_("It is looked at first: you see what is in it and what would be lost before anything is kept."),
    )
    copy = forms.ChoiceField(label=_("Copy of"), required=False)

    def __init__(self, *args: Any, copies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copy"].choices = [("", _("Choose")), *copies]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Refuse a file larger than any definition."""
        return _of_size(self.cleaned_data.get("file"))

    def clean(self) -> dict[str, Any]:
        """See that what the choice asks for is there."""
        given = super().clean() or self.cleaned_data
        source = given.get("source")
        if source == "file" and not given.get("file") and "file" not in self.errors and not self.data.get("looked"):
            self.add_error("file", _("Choose a file."))
        if source == "copy" and not given.get("copy") and "copy" not in self.errors:
            self.add_error("copy", _("Choose a questionnaire."))
        return given

    @property
    def names(self) -> Names:
        """The names that were given."""
        given = self.cleaned_data
        return Names(fi=given["name_fi"], sv=given["name_sv"], en=given["name_en"])


class RulesForm(forms.Form):
    """A rule set as JSON; empty for none."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    rule_set = forms.CharField(
        label=_("Rule set, as JSON"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=_("Left empty, the questionnaire has no checks beside those of its questions."),
    )

    def clean_rule_set(self) -> Any:
        """Return the rule set, None where there is none; every fault is told with its place."""
        return read_rule_set(self.cleaned_data["rule_set"])


class TakeForm(forms.Form):
    """A file that becomes the draft of a questionnaire, and perhaps a rule set beside it."""

    file = forms.FileField(
        label=_("File: SurveyJS JSON, XLSForm (Excel) or a grant form (JSON)"),
        required=False,
        help_text=_("It is looked at first: you see what it changes and what would be lost before anything is kept."),
    )
    rules = forms.FileField(
        label=_("Rule set, a JSON file"),
        required=False,
        help_text=_("Left empty, the rule set stays as it is."),
    )

    def clean_file(self) -> Any:
        """See that there is a file, now or one that was looked at before, no larger than any definition."""
        file = self.cleaned_data.get("file")
        if not file and not self.data.get("looked"):
            raise ValidationError(_("Choose a file."))
        return _of_size(file)

    def clean_rules(self) -> Any:
        """Return the rule set of the file, now or when it was looked at before; None where there is none."""
        file = _of_size(self.cleaned_data.get("rules"))
        try:
            text = file.read().decode("utf-8-sig") if file else self.data.get("looked_rules", "")
        except UnicodeDecodeError:
            raise ValidationError(_("This is no JSON that can be read.")) from None
        return read_rule_set(text)


class KindForm(forms.Form):
    """Which other kind a question is to have."""

    kind = forms.ChoiceField(label=_("Another kind"))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


def read_rule_set(text: str) -> Any:
    """Return a rule set from its JSON, None for no text. Raises ValidationError with every fault and its place."""
    if not text.strip():
        return None
    try:
        found = values.loads(text)
    except values.NotAValue:
        raise ValidationError(_("This is no JSON that can be read.")) from None
    told = [f"{fault.at or '/'}: {fault_words.sentence(fault)}" for fault in read_rules(found).faults]
    if told:
        raise ValidationError(told)
    return found


def _of_size(file: Any) -> Any:
    """Return a file. Raises ValidationError for one that is larger than any definition."""
    if file and file.size > MOST:
        raise ValidationError(_("The file is larger than a definition may be."))
    return file


class PublishDraftForm(forms.Form):
    """Which version a draft becomes, and what changed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.CharField(
        label=_("Version"),
        max_length=20,
        help_text=_(
            "The first number grows when earlier answers do not fit, the second when more is asked, else the third."
        ),
    )
    note = forms.CharField(
        label=_("What changed"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
