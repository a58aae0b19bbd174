"""Progress against the plan for staff: of one learner part by part, of the learners of a unit, and in sums."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from luotsi.learning import access
from luotsi.learning.forms.progress import PartFilter, ProgressFilter
from luotsi.learning.queries.learner_page import learner_page
from luotsi.learning.queries.progress_list import progress_list, progress_of
from luotsi.learning.queries.studies import rights_of, studies_of
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_learner, around_unit
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.formatting import day, number
from luotsi.ui.lists import Column, Link, State

DONE = pgettext_lazy("a part of studies", "Done")
EXTENT = pgettext_lazy("a part of studies", "Extent")
MOVED = pgettext_lazy("a part of studies", "Moved")
PARTS = (
    Column("name", gettext_lazy("Part"), cell=lambda row: row.name, sort=True),
    Column("amount", EXTENT, cell=lambda row: row.amount, numeric=True, sort=True),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
    Column("until", gettext_lazy("Planned by"), cell=lambda row: row.planned_until, numeric=True, sort=True),
    Column("moved", MOVED, cell=lambda row: row.moved, text=lambda row: row.moved_days, sort=True),
    Column("done", gettext_lazy("Done on"), cell=lambda row: row.done_on, numeric=True, sort=True),
    Column("grade", gettext_lazy("Grade"), cell=lambda row: row.grade),
    Column("shown", gettext_lazy("Demonstration"), cell=lambda row: _shown(row.shown_by, row.shown_on), sort=True,
           text=lambda row: row.shown_on or row.shown_by),
    Column("hours", gettext_lazy("Guidance, h"), cell=lambda row: row.guidance_hours, numeric=True, sort=True),
)  # fmt: skip


def _shown(planned: object, shown: object) -> str | None:
    if shown:
        return _("shown %(day)s") % {"day": day(shown)}  # type: ignore[arg-type]
    return _("planned %(day)s") % {"day": day(planned)} if planned else None  # type: ignore[arg-type]


@require_GET
def see_progress(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show a learner's progress to those who may follow it; learners themselves are led to their own page."""
    learner = access.learner_for(request.user, pk)
    if access.learner_of(request.user) == learner:
        return redirect("learning:see-mine", request.scope.key)
    form = PartFilter(request.GET, rights=rights_of(learner))
    listing = lists.read(request, columns=PARTS, filters=form, sort="until")
    asked = listing.ask.filters
    studies = studies_of(learner, asked.get("right", ""), asked.get("known"))
    page = learner_page(studies, listing.ask) if studies else None
    counts = page.counts if page else ()
    context = around_learner(request, learner, "progress", guides=access.guides(request.user, learner)) | {
        "title": _("Progress"),
        "page": page,
        "counts": [(listing.url(standing=key, page=None), mark, n, word) for key, mark, n, word in counts],
        "empty_words": _("Neither the register nor a plan tells of parts."),
    }
    rows = page.rows if page else lists.Rows((), 0)
    return lists.answer(request, "learning/see_progress.html", listing, rows, filename="progress", context=context)


LEARNERS = (
    Column("name", gettext_lazy("Learner"), cell=lambda row: Link(row.url, row.name), sort=True),
    Column("group", gettext_lazy("Group"), cell=lambda row: row.group, sort=True),
    Column("study", gettext_lazy("Qualification"), cell=lambda row: row.study, sort=True),
    Column("stand", gettext_lazy("Against the plan"), cell=lambda row: State(row.mark, row.word), sort=True),
    Column("planned", gettext_lazy("Planned"), cell=lambda row: row.planned, numeric=True, sort=True),
    Column("done", DONE, cell=lambda row: row.done, numeric=True, sort=True),
    Column("behind", gettext_lazy("Behind"), cell=lambda row: Link(row.late_url, number(row.behind))
           if row.behind > 0 else None, text=lambda row: max(row.behind, 0), numeric=True, sort=True),
    Column("weeks", gettext_lazy("Weeks late"), cell=lambda row: row.weeks_late or None, numeric=True, sort=True),
    Column("plan", gettext_lazy("Plan changed"), cell=lambda row: row.touched_on, numeric=True, sort=True),
    Column("end", gettext_lazy("Estimated end"), cell=lambda row: row.estimated_end, numeric=True, sort=True),
)  # fmt: skip

# Columns that say nothing where all rows have the same, as the filter has nothing to choose there.
CHOSEN_BY = frozenset({"study", "group"})


@require_GET
def list_progress(request: ScopedRequest) -> HttpResponse:
    """List the learners whose progress the visitor may follow, those who are behind their plan the most first."""
    access.require(request.user, request.scope, Right.FOLLOW)
    found = progress_of(access.learners_visible_to(request.user, request.scope))
    form = ProgressFilter(request.GET, studies=found.studies, groups=found.groups)
    columns = tuple(column for column in LEARNERS if column.key in form.fields or column.key not in CHOSEN_BY)
    listing = lists.read(request, columns=columns, filters=form, sort="behind", descending=True)
    context = around_unit(request, "progress") | {
        "title": _("Progress of learners"),
        "found": found,
        "empty_words": _("Learners appear here after study data have been imported."),
    }
    rows = progress_list(found, request.scope, listing.ask)
    return lists.answer(request, "learning/list_progress.html", listing, rows, filename="progress", context=context)
