"""Pages of imports of study data: the list, sending a file, one import with how far it is and what was wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.base.uploads import clean_name
from luotsi.learning import access
from luotsi.learning.actions.intake import begin_import as begin
from luotsi.learning.forms.imports import ImportFilter, ImportForm
from luotsi.learning.queries.imports import fault_rows, import_page, imports_listed
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit, form_page
from luotsi.people.access import ScopedRequest
from luotsi.people.rules import Kind
from luotsi.ui import exports, lists
from luotsi.ui.lists import Column, Link, State

COLUMNS = (
    Column("file", gettext_lazy("File"), cell=lambda row: Link(row.url, row.filename), sort=True),
    Column("unit", gettext_lazy("Unit"), cell=lambda row: row.unit),
    Column("extract", gettext_lazy("Extract of"), cell=lambda row: row.extract_on, numeric=True, sort=True),
    Column("sent", gettext_lazy("Sent"), cell=lambda row: row.sent_at, numeric=True, sort=True),
    Column("by", gettext_lazy("By"), cell=lambda row: row.by or None),
    Column("state", gettext_lazy("State"), cell=lambda row: State(row.mark, row.word), sort=True),
    Column("learners", gettext_lazy("Learners"), cell=lambda row: row.learners, numeric=True),
    Column("findings", gettext_lazy("New findings"), cell=lambda row: row.findings, numeric=True),
)
SENDERS = frozenset({Kind.PROVIDER, Kind.INSTITUTION})


@require_GET
def list_imports(request: ScopedRequest) -> HttpResponse:
    """List the imports of study data at the unit and below it."""
    access.require(request.user, request.scope, Right.STEWARD)
    listing = lists.read(request, columns=COLUMNS, filters=ImportFilter(request.GET), sort="sent", descending=True)
    rows = imports_listed(access.imports_of(request.scope), request.scope, listing.ask)
    context = around_unit(request, "imports") | {
        "may_send": request.scope.kind in SENDERS,
        "empty_words": _("Send an extract of the register of studies: it is checked before anything is kept."),
    }
    return lists.answer(request, "learning/list_imports.html", listing, rows, filename="imports", context=context)


@require_http_methods(["GET", "POST"])
def begin_import(request: ScopedRequest) -> HttpResponse:
    """Take a file for the worker to take in."""
    scope = access.require(request.user, request.scope, Right.STEWARD)
    given, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(given, files, initial={"extract_on": clock.today()})

    def act(told: dict[str, Any]) -> object:
        name, data = clean_name(told["file"].name), told["file"].read()
        return begin(unit=scope, filename=name, data=data, extract_on=told["extract_on"], by=request.user)

    back = reverse("learning:list-imports", args=[scope.key])
    return form_page(
        request,
        form,
        act,
        done=_("The file was sent. It is being read."),
        back=back,
        context=around_unit(request, "imports") | {"save_label": _("Send and check"), "title": _("New import")},
        template="learning/begin_import.html",
        onward=lambda made: reverse("learning:see-import", args=[scope.key, made.pk]),
    )


@require_GET
def see_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show an import: how far it is, what came of it, or what was wrong."""
    context = around_unit(request, "imports") | {"page": import_page(access.import_for(request.user, pk)), "pk": pk}
    return render(request, "learning/see_import.html", context)


@require_GET
def download_import_faults(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Return what was wrong with an import as a file."""
    rows = fault_rows(access.import_for(request.user, pk))
    headers = [_("File"), pgettext("in a file", "Place"), _("What is wrong")]
    return exports.csv_response("import-faults", headers, [[row.file, row.place, row.message] for row in rows])
