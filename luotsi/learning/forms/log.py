"""How the log of views and scores is narrowed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.fields import day
from luotsi.learning.models import ScoreView
from luotsi.learning.queries.guidance.views_log import MADE


class LogFilter(forms.Form):
    """Whose scores, who saw them, when, what for; or the making of scores."""

    q = forms.CharField(label=_("Learner"), required=False, max_length=80)
    viewer = forms.CharField(label=_("Who saw"), required=False, max_length=80)
    since = day(_("From day"))
    until = day(_("To day"))
    purpose = forms.ChoiceField(
        label=_("What for"), required=False, choices=[("", _("All")), *ScoreView.Purpose.choices]
    )
    what = forms.ChoiceField(
        label=_("What is listed"), required=False, choices=[("", _("Views")), (MADE, _("Scores made"))]
    )
