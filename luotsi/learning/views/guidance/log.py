"""The log of views and scores, for who watches over the use of persons' data: who saw whose, never what it was."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from luotsi.learning import access
from luotsi.learning.actions.looking import took_log
from luotsi.learning.forms.log import LogFilter
from luotsi.learning.queries.guidance.views_log import MADE, views_listed
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit
from luotsi.people.access import ScopedRequest
from luotsi.ui import lists
from luotsi.ui.lists import Column

VIEWS = (
    Column("at", gettext_lazy("When"), cell=lambda row: row.at, sort=True),
    Column("who", gettext_lazy("Who saw"), cell=lambda row: row.who),
    Column("learner", gettext_lazy("Learner"), cell=lambda row: row.learner),
    Column("unit", gettext_lazy("Group or school"), cell=lambda row: row.unit),
    Column("purpose", gettext_lazy("What for"), cell=lambda row: row.purpose),
    Column("shown", gettext_lazy("What was shown"), cell=lambda row: row.shown),
    Column("source", gettext_lazy("Counted by"), cell=lambda row: row.source),
    Column("week", gettext_lazy("Week from"), cell=lambda row: row.week, numeric=True),
)
# When what is listed is the making of scores, nobody saw anything.
MAKING = tuple(column for column in VIEWS if column.key not in {"who", "purpose", "shown"})


@require_GET
def list_views(request: ScopedRequest) -> HttpResponse:
    """List who saw whose scores at the unit and below it; taking it as a file is written down."""
    scope = access.require(request.user, request.scope, Right.LOG)
    columns = MAKING if request.GET.get("what") == MADE else VIEWS
    listing = lists.read(request, columns=columns, filters=LogFilter(request.GET), sort="at", descending=True)
    rows = views_listed(scope, listing.ask)
    if listing.format:
        took_log(scope=scope, rows=rows.total, by=request.user)
    context = around_unit(request, "log") | {"empty_words": _("Nobody has seen a score here yet.")}
    return lists.answer(request, "learning/list_views.html", listing, rows, filename="views", context=context)
