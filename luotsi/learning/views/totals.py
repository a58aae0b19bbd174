"""Progress in sums, down to groups, without persons."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from luotsi.learning import access
from luotsi.learning.forms.progress import KindFilter
from luotsi.learning.queries.progress_words import unit_words
from luotsi.learning.queries.totals_page import totals_page
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit
from luotsi.people.access import ScopedRequest
from luotsi.people.rules import Kind
from luotsi.ui import lists
from luotsi.ui.formatting import number, percent
from luotsi.ui.lists import Column, Link

DONE = pgettext_lazy("a part of studies", "Done")


def _sum(name: str) -> Any:
    """Return what stands in a cell: the figure without decimals, or why there is none."""

    def cell(row: Any) -> str:
        value: Decimal | None = getattr(row.told, name)
        if value is None:
            return _("under 5") if name == "learners" and row.told.is_small else _("hidden")
        return number(value, 0)

    return cell


def _late(row: Any) -> Any:
    told = row.told
    if told.late is None:
        return _("hidden")
    words = f"{number(told.late)} ({percent(Decimal(told.late) / told.learners)})" if told.learners else "0"
    return Link(row.late_url, words) if row.late_url else words


COLUMNS = (
    Column("name", gettext_lazy("Unit"), cell=lambda row: Link(row.url, row.names) if row.url else row.names,
           sort=True),
    Column("learners", gettext_lazy("Learners"), cell=_sum("learners"), text=lambda row: row.told.learners,
           numeric=True, sort=True),
    Column("planned", gettext_lazy("Planned by today"), cell=_sum("planned"), text=lambda row: row.told.planned,
           numeric=True, sort=True),
    Column("done", DONE, cell=_sum("done"), text=lambda row: row.told.done, numeric=True, sort=True),
    Column("share", gettext_lazy("Done of planned"), numeric=True, sort=True, text=lambda row: row.told.share,
           cell=lambda row: None if row.told.share is None else percent(row.told.share)),
    Column("behind", gettext_lazy("Behind"), cell=_sum("behind"), text=lambda row: row.told.behind, numeric=True,
           sort=True),
    Column("late", gettext_lazy("Learners behind"), cell=_late, text=lambda row: row.told.late, numeric=True,
           sort=True),
)  # fmt: skip


@require_GET
def list_totals(request: ScopedRequest) -> HttpResponse:
    """Show what the learners of a unit and of those below it have planned and done, in sums that tell of nobody."""
    access.require(request.user, request.scope, Right.SEE)
    form = KindFilter(request.GET)
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="behind", descending=True)
    page = totals_page(request.user, request.scope, listing.ask.filters.get("kind", ""), listing.ask)
    context = around_unit(request, "totals") | {
        "title": _("Progress in sums"),
        "has_units": request.scope.kind != Kind.GROUP,
        "page": page,
        "unit": unit_words(page.kind),
        "columns": listing.columns,
        "studies": [(row, [(column, column.cell(row)) for column in listing.columns]) for row in page.studies],
        "empty_words": _("No unit below has learners whose studies of this kind are going on."),
    }
    return lists.answer(
        request, "learning/list_totals.html", listing, page.rows, filename="progress-sums", context=context
    )
