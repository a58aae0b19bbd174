"""Pages of the ledger of a grant: its entries, deciding about one, importing an export and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base import uploads
from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.actions import ledgers as actions
from luotsi.funding.actions.spending import rule_entry as decide
from luotsi.funding.forms.spending import EntryFilter, LedgerFile, RulingForm, settings_initial
from luotsi.funding.models import LedgerImport
from luotsi.funding.queries.ledger_imports import ALL, dry_run, imports_of, left_of, problems_of, settings_of
from luotsi.funding.queries.ledger_lists import entries_listed, entry_page
from luotsi.funding.queries.spending_choices import classes_of, filter_choices
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.frame import around, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui import exports, lists
from luotsi.ui.formatting import day, euros, number
from luotsi.ui.lists import Column, Link, State

KINDS_OF_FILE = frozenset({uploads.CSV, uploads.XLSX})
TEMPLATE = ("Tosite", "Pvm", "Tili", "Summa", "Selite", "Kustannuspaikka", "Projekti", "Henkilö", "Laite")


def _sum(value: object, currency: str) -> str:
    return f"{number(value, 2)} {currency}" if currency != "EUR" else euros(value, 2)  # type: ignore[arg-type]


COLUMNS = (
    Column(
        "number",
        pgettext_lazy("of a record", "Number"),
        cell=lambda row: Link(row.rule_url, row.number) if row.rule_url else row.number,
        text=lambda row: row.number,
        numeric=True,
        sort=True,
    ),
    Column(
        "day",
        gettext_lazy("Day"),
        cell=lambda row: day(row.booked_on) if row.booked_on else None,
        text=lambda row: row.booked_on,
        sort=True,
    ),
    Column("voucher", gettext_lazy("Voucher"), cell=lambda row: row.voucher or None, sort=True),
    Column("class", gettext_lazy("Class of cost"), cell=lambda row: row.cost_class, sort=True),
    Column("account", gettext_lazy("Account"), cell=lambda row: row.account or None, sort=True),
    Column("text", gettext_lazy("Booking text"), cell=lambda row: row.text or None, sort=True),
    Column(
        "amount",
        gettext_lazy("Amount"),
        cell=lambda row: _sum(row.amount, row.currency),
        text=lambda row: row.amount,
        numeric=True,
        sort=True,
    ),
    Column("eligible_state", gettext_lazy("Eligible"), cell=lambda row: State(row.mark, row.word)),
    Column(
        "eligible",
        gettext_lazy("Eligible, €"),
        cell=lambda row: euros(row.eligible, 2),
        text=lambda row: row.eligible,
        numeric=True,
        sort=True,
    ),
    Column("why", gettext_lazy("Why not"), cell=lambda row: row.why or None),
)


@require_GET
def list_entries(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """List the entries of a grant, each with what of it is eligible; as a page, CSV or XLSX."""
    held = access.grant_for(request.user, request.scope, pk)
    form = EntryFilter(request.GET, **filter_choices(held.application))
    listing = lists.read(request, columns=COLUMNS, filters=form, sort="number")
    found = entries_listed(held, request.scope, listing.ask)
    context = around(request, held, "spending") | {
        "found": found,
        "may_spend": held.may(Right.SPEND),
        "empty_words": _("Import an export of the ledger first."),
    }
    template = "funding/list_entries.html"
    return lists.answer(request, template, listing, found.rows, filename="ledger", context=context)


@require_http_methods(["GET", "POST"])
def rule_entry(request: ScopedRequest, pk: UUID, entry: UUID) -> HttpResponse:
    """Show one entry, and decide whether it is eligible and to what class it belongs."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    kept = access.entry_for(held, entry)
    initial = {"ruling": kept.ruling, "reason": kept.ruling_reason, "cost_class": kept.cost_class}
    form = RulingForm(request.POST or None, classes=classes_of(held.application), initial=initial)
    return form_page(
        request,
        form,
        lambda given: decide(entry=kept, details=form.details(), by=request.user),
        done=_("The entry has been saved."),
        back=reverse("funding:list-entries", args=[request.scope.key, pk]),
        context=around(request, held, "spending") | {"page": entry_page(held, kept)},
        template="funding/rule_entry.html",
    )


@require_http_methods(["GET", "POST"])
def import_ledger(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Take an export of the ledger for a dry run."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    application = held.application
    initial = None if request.method == "POST" else settings_initial(settings_of(application))
    classes = classes_of(application)
    form = LedgerFile(request.POST or None, request.FILES or None, choices=classes, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            upload = uploads.read(form.cleaned_data["file"], kinds=KINDS_OF_FILE)
            found = actions.try_ledger(
                application=application, upload=upload, settings=form.settings(), by=request.user
            )
        except Refused as refusal:
            form.add_error("file", [str(reason.message) for reason in refusal.reasons])
        else:
            return redirect("funding:see-ledger-import", scope=request.scope.key, pk=pk, found=found.pk)
    context = around(request, held, "spending") | {"form": form, "earlier": imports_of(application)}
    return render(request, "funding/import_ledger.html", context, status=422 if form.errors else 200)


@require_GET
def download_ledger_template(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Return a ledger with its headings only."""
    access.grant_for(request.user, request.scope, pk, Right.SPEND)
    return exports.csv_response("luotsi-ledger", list(TEMPLATE), [])


@require_GET
def see_ledger_import(request: ScopedRequest, pk: UUID, found: UUID) -> HttpResponse:
    """Show the dry run of an import, or its result when it is over."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    kept = access.ledger_import_for(held, found)
    context = around(request, held, "spending") | {"found": kept}
    if kept.state == LedgerImport.State.TRIED:
        return render(request, "funding/try_ledger.html", context | {"run": dry_run(kept)})
    left, ruled = left_of(kept)
    return render(request, "funding/see_ledger_import.html", context | {"left": left, "ruled": ruled})


@require_GET
def download_ledger_faults(request: ScopedRequest, pk: UUID, found: UUID) -> HttpResponse:
    """Return what is wrong with the rows of a file as a file."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    kept = access.ledger_import_for(held, found)
    headers = [_("Row"), _("Cell"), _("In the file"), _("Problem")]
    rows = [[one.row, one.cell, one.value, one.message] for one in problems_of(kept)]
    return exports.csv_response("luotsi-ledger-faults", headers, rows[:ALL])


def _done(
    request: ScopedRequest, pk: UUID, found: UUID, act: Callable[[LedgerImport], str], to: str = ""
) -> HttpResponse:
    """Do something with an import, tell what came of it or why not, and go back to it or to another page."""
    kept = access.ledger_import_for(access.grant_for(request.user, request.scope, pk, Right.SPEND), found)
    try:
        messages.success(request, act(kept))
    except Refused as refusal:
        messages.error(request, str(refusal))
        to = ""
    place = [request.scope.key, pk] if to else [request.scope.key, pk, found]
    return redirect(reverse(to or "funding:see-ledger-import", args=place))


@require_POST
def run_ledger_import(request: ScopedRequest, pk: UUID, found: UUID) -> HttpResponse:
    """Add what is new."""
    asked = request.POST.get("new", "")
    expected = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else -1

    def act(kept: LedgerImport) -> str:
        count = actions.import_ledger(found=kept, expected=expected, by=request.user).created or 0
        words = ngettext("%(n)s entry has been added.", "%(n)s entries have been added.", count)
        return words % {"n": number(count)}

    return _done(request, pk, found, act, "funding:see-spending")


@require_POST
def discard_ledger_import(request: ScopedRequest, pk: UUID, found: UUID) -> HttpResponse:
    """Put an import aside."""

    def act(kept: LedgerImport) -> str:
        actions.discard_ledger(found=kept, by=request.user)
        return _("The import has been put aside. Nothing was saved.")

    return _done(request, pk, found, act, "funding:import-ledger")


@require_POST
def undo_ledger_import(request: ScopedRequest, pk: UUID, found: UUID) -> HttpResponse:
    """Take away what an import added."""

    def act(kept: LedgerImport) -> str:
        count = actions.undo_ledger(found=kept, by=request.user)
        words = ngettext("%(n)s entry has been taken away.", "%(n)s entries have been taken away.", count)
        return words % {"n": number(count)}

    return _done(request, pk, found, act)
