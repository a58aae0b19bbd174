"""Starts of studies in a group, for its teacher: one judgement each, in the second week."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.actions.judgements import judge
from luotsi.learning.actions.looking import looked_at
from luotsi.learning.forms.guidance import JudgementForm, StartFilter
from luotsi.learning.models import Learner, ScoreView
from luotsi.learning.queries.guidance.seen import begun_of
from luotsi.learning.queries.guidance.starts_page import starts_page
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.lists import Buttons, Column, Link, State

STARTS = (
    Column("learner", gettext_lazy("Learner"), cell=lambda row: Link(row.learner_url, row.name), sort=True),
    Column("begun", gettext_lazy("Begun"), cell=lambda row: row.begun, numeric=True, sort=True),
    Column("judgement", gettext_lazy("My judgement"), cell=lambda row: Buttons("learning/start_judgement.html"),
           text=lambda row: row.judgement, sort=True),
    Column("state", gettext_lazy("Band"), cell=lambda row: State(row.mark, row.word) if row.word else None),
    Column("why", gettext_lazy("Why"), text=lambda row: " ".join(one.words for one in row.reasons),
           cell=lambda row: Buttons("learning/start_reasons.html") if row.reasons else None),
)  # fmt: skip


@require_GET
def list_starts(request: ScopedRequest) -> HttpResponse:
    """List the learners of the very group that the visitor teaches; each score on the page is logged as seen."""
    learners = access.group_taught_by(request.user, request.scope)
    listing = lists.read(request, columns=STARTS, filters=StartFilter(request.GET), sort="judgement")
    page = starts_page(learners, request.user.person, request.scope, listing.ask, clock.today())
    purpose = ScoreView.Purpose.EXPORT if listing.format else ScoreView.Purpose.GROUP
    looked_at(scores=page.scores, person=request.user.person, purpose=purpose)
    words = {"empty_words": _("Nobody studies in this group now.")}
    context = around_unit(request, "starts") | words | {"page": page}
    return lists.answer(request, "learning/list_starts.html", listing, page.rows, filename="starts", context=context)


@require_http_methods(["GET", "POST"])
def judge_start(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Judge how the studies of a learner have begun, on one item."""
    learner: Learner = access.learner_for(request.user, pk, to=Right.JUDGE)
    begun = begun_of(learner, clock.today())
    return form_page(
        request,
        JudgementForm(request.POST or None),
        lambda given: judge(
            learner=learner, begun=begun, value=given["value"], person=request.user.person, by=request.user
        ),
        done=_("Your judgement has been kept."),
        back=reverse("learning:list-starts", args=[request.scope.key]),
        context=around_unit(request, "starts")
        | {
            "learner": learner,
            "title": _("How have studies begun?"),
            "save_label": _("Keep the judgement"),
            "back_label": _("Starts"),
            "intro": _("One answer from what you have seen in class. It is no grade, and the learner sees it."),
        },
    )
