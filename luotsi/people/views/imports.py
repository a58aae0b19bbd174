"""Pages of an import of units: sending a file, its dry run, importing or discarding, the result."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import uploads
from luotsi.base.errors import Refused
from luotsi.people import access
from luotsi.people.access import ScopedRequest
from luotsi.people.actions import imports as actions
from luotsi.people.forms.imports import ImportForm, RunForm
from luotsi.people.models import UnitImport
from luotsi.people.queries import second_level
from luotsi.people.queries.import_plan import FIELDS, titles
from luotsi.people.queries.imports import dry_run, imports_listed
from luotsi.people.rules import Right
from luotsi.people.views.units import form_status
from luotsi.ui import exports

KINDS_OF_FILE = frozenset({uploads.CSV, uploads.XLSX})
ALL = 1_000_000
EXPLAINED = {
    "kind": gettext_lazy("Provider, institution or group. Needed for every new unit without an institution number."),
    "name_fi": gettext_lazy("A new unit needs a name in at least one language."),
    "name_sv": gettext_lazy("Leave empty if the unit has no Swedish name."),
    "name_en": gettext_lazy("Leave empty if the unit has no English name."),
    "parent": gettext_lazy("The unit above: its address, OID, municipality number or institution number."),
    "municipality_number": gettext_lazy("Three digits. For an institution it names the provider above it."),
    "institution_number": gettext_lazy("Five digits, from Statistics Finland. Institutions only."),
    "institution_type": gettext_lazy("The national code or its name, for example 11. Institutions only."),
    "oid": gettext_lazy("The identifier in the national register, 1.2.246.562.10. and digits."),
    "valid_from": gettext_lazy("The first day, for example 1.8.2026. An empty cell means today."),
    "valid_to": gettext_lazy("The last day, only for a unit that ends."),
    "key": gettext_lazy("Names a unit that is in Luotsi already. Not needed for new units."),
}
EXAMPLE: dict[str, object] = {
    "kind": "institution",
    "name_fi": "Esimerkkikoulu",
    "name_sv": "Exempelskolan",
    "name_en": "Example School",
    "parent": "837",
    "institution_number": "99999",
    "institution_type": "11",
    "valid_from": date(2026, 8, 1),
}


def _found(request: ScopedRequest, pk: UUID) -> UnitImport:
    found = access.import_for(request.user, pk)
    if found.scope_id != request.scope.pk:
        raise Http404(_("There is no such import, or you have no role that shows it."))
    return found


@require_http_methods(["GET", "POST"])
def import_units(request: ScopedRequest) -> HttpResponse:
    """Show what a file must look like, and take one for a dry run."""
    scope = access.require(request.user, request.scope, Right.IMPORT)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = uploads.read(form.cleaned_data["file"], kinds=KINDS_OF_FILE)
            found = actions.try_import(scope=scope, upload=upload, by=request.user)
        except Refused as refusal:
            form.add_error("file", [str(reason) for reason in refusal.reasons])
        else:
            return redirect("people:see-import", scope=scope.key, pk=found.pk)
    words = titles((get_language() or "en")[:2])
    context = {
        "form": form,
        "tabs": second_level(request.user, scope),
        "columns": [(words[name], EXPLAINED[name]) for name in FIELDS],
        "earlier": imports_listed(scope),
    }
    return render(request, "people/import_units.html", context, status=form_status(form))


@require_GET
def download_template(request: ScopedRequest, kind: str) -> HttpResponse:
    """Return an empty list with the headings in the reader's language and one example row."""
    access.require(request.user, request.scope, Right.IMPORT)
    words = titles((get_language() or "en")[:2])
    names = [name for name in FIELDS if name != "key"]
    write = exports.xlsx_response if kind == "xlsx" else exports.csv_response
    return write("luotsi-units", [words[name] for name in names], [[EXAMPLE.get(name) for name in names]])


@require_GET
def see_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show the dry run of an import, or its result when it is over."""
    found = _found(request, pk)
    if found.state != UnitImport.State.TRIED:
        return render(request, "people/see_import.html", {"found": found})
    return render(request, "people/try_import.html", {"found": found, "run": dry_run(found)})


@require_GET
def download_errors(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Return every problem of the dry run as a file."""
    run = dry_run(_found(request, pk), most_problems=ALL)
    headers = [_("Row"), _("Cell"), _("Unit"), _("Column"), _("In the file"), _("Problem")]
    rows = [[row.number, row.cell, row.title, row.field, row.value, row.message] for row in run.problem_rows]
    return exports.csv_response("luotsi-import-errors", headers, rows)


@require_POST
def run_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Import the rows without errors."""
    found, form = _found(request, pk), RunForm(request.POST)
    expected = (form.cleaned_data["new"], form.cleaned_data["changed"]) if form.is_valid() else (-1, -1)
    try:
        actions.run_import(found=found, expected=expected, by=request.user)
        messages.success(request, _("The units have been imported."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people:see-import", scope=request.scope.key, pk=found.pk)


@require_POST
def discard_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Put the import aside."""
    found = _found(request, pk)
    try:
        actions.discard_import(found=found, by=request.user)
        messages.success(request, _("The import has been discarded. Nothing was saved."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people:import-units", scope=request.scope.key)
