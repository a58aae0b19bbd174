"""Pages of an import of observations: sending a file, its dry run, importing or discarding, undoing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import uploads
from luotsi.base.errors import Refused
from luotsi.indicators import access
from luotsi.indicators.actions import imports as actions
from luotsi.indicators.actions.observations import submit_many
from luotsi.indicators.forms.imports import ImportForm, RunForm
from luotsi.indicators.models import ObservationImport
from luotsi.indicators.queries.entering import indicators_to_enter
from luotsi.indicators.queries.imports import dry_run, earlier_imports, result_of
from luotsi.indicators.queries.observation_sheet import heading_of, template_rows, workbook_of
from luotsi.indicators.queries.observation_sheet.template import SHOWN
from luotsi.indicators.queries.tabs import second_level
from luotsi.indicators.rules.rights import Right
from luotsi.indicators.views.observations import form_status
from luotsi.people.access import ScopedRequest
from luotsi.ui import exports
from luotsi.ui.formatting import number

KINDS_OF_FILE = frozenset({uploads.CSV, uploads.XLSX})
ALL = 1_000_000
EXPLAINED = {
    "indicator": gettext_lazy("The key of the indicator, as it stands in its address."),
    "unit": gettext_lazy("The address, institution number, OID or name of the unit."),
    "period": gettext_lazy("2026, 2026-27, 2026-11 or 23.11.2026, as the indicator is told."),
    "split": gettext_lazy("Left empty for the total; otherwise for example language=sv."),
    "numerator": gettext_lazy("The part, for shares and ratios."),
    "denominator": gettext_lazy("The whole. More than zero."),
    "value": gettext_lazy("Needed where there is no numerator and denominator."),
    "persons": gettext_lazy("How many persons stand behind the figure. Left empty, the denominator counts for it."),
    "source": gettext_lazy("Where the figure comes from."),
    "source_place": gettext_lazy("Page or table in the source."),
    "note": gettext_lazy("What else is to be known."),
}


def _found(request: ScopedRequest, pk: UUID) -> ObservationImport:
    found = access.import_for(request.user, request.scope, pk)
    if found.scope_id != request.scope.pk:
        raise Http404(_("There is no such import, or you have no role that shows it."))
    return found


@require_http_methods(["GET", "POST"])
def import_observations(request: ScopedRequest) -> HttpResponse:
    """Show what a file must look like, and take one for a dry run."""
    scope = access.require(request.user, request.scope, Right.ENTER)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = uploads.read(form.cleaned_data["file"], kinds=KINDS_OF_FILE)
            found = actions.try_import(scope=scope, upload=upload, by=request.user)
        except Refused as refusal:
            form.add_error("file", [str(reason) for reason in refusal.reasons])
        else:
            return redirect("indicators:see-import", scope=scope.key, pk=found.pk)
    context = {
        "form": form,
        "tabs": second_level(request.user, scope),
        "columns": [(heading_of(name), EXPLAINED[name]) for name in SHOWN],
        "earlier": earlier_imports(scope),
    }
    return render(request, "indicators/import_observations.html", context, status=form_status(form))


@require_GET
def download_template(request: ScopedRequest, kind: str) -> HttpResponse:
    """Return the list to fill in: each indicator for each unit that tells it, in the present period."""
    access.require(request.user, request.scope, Right.ENTER)
    indicators = indicators_to_enter(request.user, request.scope)
    rows = template_rows(indicators, request.scope)
    if kind == "csv":
        return exports.csv_response("luotsi-observations", [heading_of(name) for name in SHOWN], rows)
    return exports.attached(workbook_of(rows, request.scope, indicators), exports.XLSX, "luotsi-observations.xlsx")


@require_GET
def see_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show the dry run of an import, or its result when it is over."""
    found = _found(request, pk)
    if found.state != ObservationImport.State.TRIED:
        return render(request, "indicators/see_import.html", {"found": found, "result": result_of(found)})
    return render(request, "indicators/try_import.html", {"found": found, "run": dry_run(found)})


@require_GET
def download_errors(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Return every problem of the dry run as a file."""
    run = dry_run(_found(request, pk), most_problems=ALL)
    headers = [_("Row"), _("Cell"), _("Problem")]
    rows = [[problem.row, problem.cell, problem.message] for problem in run.problems]
    return exports.csv_response("luotsi-import-errors", headers, rows)


@require_POST
def run_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Enter the rows without errors as drafts."""
    found, form = _found(request, pk), RunForm(request.POST)
    try:
        expected = form.cleaned_data["new"] if form.is_valid() else -1
        actions.run_import(found=found, expected=expected, by=request.user)
        messages.success(request, _("The figures have been entered as drafts. They wait for you to hand them over."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("indicators:see-import", scope=request.scope.key, pk=found.pk)


@require_POST
def discard_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Put the import aside."""
    found = _found(request, pk)
    try:
        actions.discard_import(found=found, by=request.user)
        messages.success(request, _("The import has been discarded. Nothing was saved."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("indicators:import-observations", scope=request.scope.key)


@require_POST
def undo_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Throw away the drafts of the import that nobody has handed over yet."""
    found = _found(request, pk)
    try:
        count = actions.undo_import(found=found, by=request.user)
        text = ngettext("%(n)s draft has been thrown away.", "%(n)s drafts have been thrown away.", count)
        messages.success(request, text % {"n": number(count)})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("indicators:see-import", scope=request.scope.key, pk=found.pk)


@require_POST
def submit_import(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Hand over every draft of the import for approval."""
    found = _found(request, pk)
    drafts = access.observations_visible_to(request.user, request.scope).filter(pk__in=found.rows.get("made", []))
    count = submit_many(observations=drafts, by=request.user)
    text = ngettext("%(n)s figure waits for approval.", "%(n)s figures wait for approval.", count)
    messages.success(request, text % {"n": number(count)})
    return redirect("indicators:list-observations", scope=request.scope.key)
