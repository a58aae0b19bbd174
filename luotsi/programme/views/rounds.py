"""Pages of self-evaluation rounds: the list, opening one, own grades beside the evidence."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import rounds as actions
from luotsi.programme.forms.rounds import GradeFilter, RoundForm
from luotsi.programme.queries import choices
from luotsi.programme.queries.rounds.listing import rounds_of
from luotsi.programme.queries.rounds.pages import GradeRow, round_page, rounds_listed
from luotsi.programme.queries.rounds.words import scale_words
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page
from luotsi.ui import lists
from luotsi.ui.lists import Column, Link, State


def _measure(row: GradeRow) -> object:
    return Link(row.url, row.measure) if row.url else row.measure


COLUMNS = (
    Column("unit", gettext_lazy("Unit"), cell=lambda row: Link(row.unit_url, row.unit), sort=True),
    Column("measure", gettext_lazy("Measure"), cell=_measure, sort=True),
    Column("grade", gettext_lazy("Own grade"), cell=lambda row: row.grade, sort=True),
    Column("level", gettext_lazy("Evidence says"), cell=lambda row: row.level, numeric=True, sort=True),
    Column("gap", gettext_lazy("Gap"), cell=lambda row: row.gap or None, numeric=True, sort=True),
    Column("parts", gettext_lazy("Grade and evidence"), cell=lambda row: State(row.mark, row.word)),
    Column("why", gettext_lazy("Why"), cell=lambda row: row.why),
)
# Of one unit, and in a file, the evidence and the words of the unit stand there too.
WHOLE = (
    *COLUMNS,
    Column("evidence", gettext_lazy("Evidence"), cell=lambda row: row.evidence),
    Column("words", gettext_lazy("In own words"), cell=lambda row: row.short, text=lambda row: row.said),
)


@require_GET
def list_rounds(request: ScopedRequest, programme: str) -> HttpResponse:
    """List the self-evaluation rounds of a programme."""
    found = fetched(request, programme)
    context = around(request, found, "rounds") | {
        "rounds": rounds_of(found, request.scope),
        "may_evaluate": access.may_do(request.user, found, Right.EVALUATE),
    }
    return render(request, "programme/list_rounds.html", context)


@require_http_methods(["GET", "POST"])
def open_round(request: ScopedRequest, programme: str) -> HttpResponse:
    """Open a round: the questionnaire is made of the plan."""
    found = fetched(request, programme, Right.EVALUATE)
    form = RoundForm(request.POST or None, choices=choices.of_round(found))
    return form_page(
        request,
        form,
        lambda given: actions.open_round(programme=found, details=form.details(), by=request.user),
        done=_("The round is open. It waits on the home page of everybody who answers."),
        back=reverse("programme:list-rounds", args=[request.scope.key, found.slug]),
        context=around(request, found, "rounds")
        | {
            "title": _("Open a self-evaluation round"),
            "save_label": _("Open the round"),
            "back_label": _("Self-evaluation"),
            "intro": _("Each unit gives every measure a grade and words. The scale: %(scale)s.")
            % {"scale": scale_words()},
        },
    )


@require_GET
def see_round(request: ScopedRequest, programme: str, pk: UUID) -> HttpResponse:
    """Show who has answered, and own grades beside the evidence: those that part first."""
    found = fetched(request, programme)
    one = access.round_for(request.user, found, pk)
    page = round_page(request.user, one, request.scope, clock.today())
    filters = GradeFilter(request.GET, choices=page.choices)
    columns = WHOLE if {"unit", "format"} & {name for name, given in request.GET.items() if given} else COLUMNS
    listing = lists.read(request, columns=columns, filters=filters, sort="gap")
    rows = rounds_listed(page, listing.ask)
    context = around(request, found, "rounds") | {"page": page, "scale": scale_words()}
    template = "programme/see_round.html"
    return lists.answer(request, template, listing, rows, filename="self-evaluation", context=context)
