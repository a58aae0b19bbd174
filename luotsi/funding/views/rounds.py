"""Pages of a round of scoring for the officers of a call: who scores, the results, closing and opening again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.actions import scoring as actions
from luotsi.funding.forms.applications import Confirm
from luotsi.funding.forms.scoring import ResultFilter, ScorerForm
from luotsi.funding.queries.handlers import person_among
from luotsi.funding.queries.scorers import scorers_to_add
from luotsi.funding.queries.scoring import scored_of
from luotsi.funding.queries.scoring_pages import narrowed, result_rows, scorer_rows
from luotsi.funding.views.columns import MEAN, RECORD, RECORD_KEYS, points
from luotsi.funding.views.frame import around_call, form_page
from luotsi.people.access import ScopedRequest, person_of
from luotsi.ui import lists
from luotsi.ui.lists import Column

if TYPE_CHECKING:
    from luotsi.funding.queries.scoring import Scored


LEADING = (
    Column("place", gettext_lazy("Place"), cell=lambda row: row.place, numeric=True, sort=True),
    *RECORD,
    MEAN,
    points("spread", gettext_lazy("Between scorers"), lambda row: row.spread),
    Column("counted", gettext_lazy("Scorers counted"), cell=lambda row: f"{row.counted} / {row.of}", numeric=True),
    Column("left", gettext_lazy("Not counted"), cell=lambda row: row.left_out or None),
)
KEYS: dict[str, Any] = {
    **RECORD_KEYS,
    "mean": lambda row: (row.mean is not None, row.mean or 0),
    "spread": lambda row: (row.spread is not None, row.spread or 0),
}


def _columns(scored: Scored) -> tuple[Column, ...]:
    """Return the columns of the results: the means by criterion after those that every round has."""
    by_criterion = (_by_criterion(str(one.pk), one.names.text) for one in scored.criteria)
    return (*LEADING[:6], *by_criterion, *LEADING[6:])


def _by_criterion(key: str, label: str) -> Column:
    return points(f"c{key[-12:]}", label, lambda row: row.criteria.get(key), sort=False)


@require_GET
def see_scoring(request: ScopedRequest, slug: str) -> HttpResponse:
    """Show who scores an own call and how far they are, and the results with the spread between scorers."""
    call = access.own_call_for(request.user, request.scope, slug)
    scored, viewer = scored_of(call), person_of(request.user)
    rows = result_rows(scored, request.scope, viewer, access.interested_in(request.user, scored.applications))
    listing = lists.read(request, columns=_columns(scored), filters=ResultFilter(request.GET), sort="place")
    context = around_call(request, call, "scoring") | {
        "scorers": scorer_rows(scored, request.scope),
        "scored": scored,
        "hidden": sum(not row.is_shown for row in rows),
        "may_close": not scored.is_closed and call.state_at(clock.now()) == "closed",
        "empty_words": _("Applications stand here when they are handed in."),
    }
    found = narrowed(rows, listing.ask, KEYS)
    return lists.answer(request, "funding/see_scoring.html", listing, found, filename="scoring", context=context)


def _back(request: ScopedRequest, slug: str) -> str:
    return reverse("funding:see-scoring", args=[request.scope.key, slug])


@require_http_methods(["GET", "POST"])
def add_scorer(request: ScopedRequest, slug: str) -> HttpResponse:
    """Name somebody to score the call: found by name first."""
    call = access.own_call_for(request.user, request.scope, slug)
    text = request.GET.get("q", "").strip()
    persons = scorers_to_add(call, text)
    return form_page(
        request,
        ScorerForm(request.POST or None, persons=persons),
        lambda given: actions.add_scorer(call=call, person=person_among(persons, given["person"]), by=request.user),
        done=_("The person scores the call now."),
        back=_back(request, slug),
        context=around_call(request, call, "scoring")
        | {
            "title": _("Name a scorer"),
            "save_label": _("Name to score"),
            "text": text,
            "search_label": _("Name or e-mail"),
            "found": bool(persons),
            "intro": _("Find the person first. Staff of the units along and below this one are found."),
        },
        template="funding/search_form.html",
    )


@require_http_methods(["GET", "POST"])
def remove_scorer(request: ScopedRequest, slug: str, scorer: UUID) -> HttpResponse:
    """Take back that somebody scores the call."""
    call = access.own_call_for(request.user, request.scope, slug)
    found = access.scorer_for(call, scorer)
    return form_page(
        request,
        Confirm(request.POST or None),
        lambda given: actions.remove_scorer(scorer=found, by=request.user),
        done=_("The person scores the call no more."),
        back=_back(request, slug),
        context=around_call(request, call, "scoring")
        | {
            "title": _("Take back that %(name)s scores") % {"name": found.person.full_name},
            "save_label": _("Take back"),
        },
    )


@require_http_methods(["GET", "POST"])
def close_scoring(request: ScopedRequest, slug: str) -> HttpResponse:
    """End scoring."""
    call = access.own_call_for(request.user, request.scope, slug)
    return form_page(
        request,
        Confirm(request.POST or None),
        lambda given: actions.close_scoring(call=call, by=request.user),
        done=_("Scoring is closed."),
        back=_back(request, slug),
        context=around_call(request, call, "scoring")
        | {
            "title": _("Close scoring"),
            "save_label": _("Close scoring"),
            "intro": _(
                "Nobody gives points any more. What was not handed in does not count. Every scorer without an interest"
                " sees all points."
            ),
        },
    )


@require_http_methods(["GET", "POST"])
def reopen_scoring(request: ScopedRequest, slug: str) -> HttpResponse:
    """Let scorers go on."""
    call = access.own_call_for(request.user, request.scope, slug)
    return form_page(
        request,
        Confirm(request.POST or None),
        lambda given: actions.reopen_scoring(call=call, by=request.user),
        done=_("Scoring is open again."),
        back=_back(request, slug),
        context=around_call(request, call, "scoring")
        | {"title": _("Open scoring again"), "save_label": _("Open scoring again")},
    )
