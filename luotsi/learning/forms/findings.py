"""How the list of what is to be mended is narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.learning.queries.owner_words import OWNERS, SEVERITIES
from luotsi.learning.queries.rule_words import WORDS

STATES = [("", _("To be mended")), ("gone", _("Mended"))]
FUNDING = [("", _("All")), ("yes", _("Funding hangs on it"))]


class FindingFilter(forms.Form):
    """Which findings are shown."""

    q = forms.CharField(label=_("Name or OID"), required=False, max_length=80)
    owner = forms.ChoiceField(label=_("Who mends it"), required=False)
    severity = forms.ChoiceField(label=_("Severity"), required=False)
    rule = forms.ChoiceField(label=_("Rule"), required=False)
    unit = forms.ChoiceField(label=_("Group or school"), required=False)
    funding = forms.ChoiceField(label=_("Funding"), required=False, choices=FUNDING)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        choices: dict[str, list[tuple[str, Any]]] = {
            "owner": [every, *((str(key), word) for key, word in OWNERS.items())],
            "severity": [every, *((str(key), word) for key, word in SEVERITIES.items())],
            "rule": [every, *((code, f"{code} {words.title}") for code, words in WORDS.items())],
            "unit": [every, *units],
        }
        for name, told in choices.items():
            self.fields[name].choices = told  # type: ignore[attr-defined]
