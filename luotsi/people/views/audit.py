"""The log of changes of a unit and everything below it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from luotsi.people import access
from luotsi.people.access import ScopedRequest
from luotsi.people.forms.persons import AuditFilter
from luotsi.people.queries import second_level
from luotsi.people.queries.audit import AuditRow, Change, entries_listed
from luotsi.people.rules import Right
from luotsi.ui import formatting, lists
from luotsi.ui.lists import Column


def _changes(row: AuditRow) -> str:
    return "; ".join(_words(change) for change in row.changes)


def _words(change: Change) -> str:
    after = formatting.words(change.after)
    if change.before in (None, ""):
        return f"{change.field}: {after}"
    return f"{change.field}: {formatting.words(change.before)} → {after}"


COLUMNS = (
    Column("at", gettext_lazy("Time"), cell=lambda row: row.at, sort=True),
    Column("verb", gettext_lazy("Change"), cell=lambda row: row.verb),
    Column("target", gettext_lazy("What"), cell=lambda row: row.target),
    Column("actor", gettext_lazy("Who"), cell=lambda row: row.actor),
    Column("changes", gettext_lazy("Before → after"), cell=_changes),
    Column("reason", gettext_lazy("Reason"), cell=lambda row: row.reason),
)


@require_GET
def list_audit(request: ScopedRequest) -> HttpResponse:
    """List the changes, newest first."""
    access.require(request.user, request.scope, Right.SEE_AUDIT)
    listing = lists.read(request, columns=COLUMNS, filters=AuditFilter(request.GET), sort="at", descending=True)
    rows = entries_listed(request.user, request.scope, listing.ask)
    context = {"tabs": second_level(request.user, request.scope)}
    return lists.answer(request, "people/list_audit.html", listing, rows, filename="changes", context=context)
