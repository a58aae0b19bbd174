"""Pages of the spending of a grant: its figures, its budget, payments, and what is in two grants."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.funding import access
from luotsi.funding.actions import payments
from luotsi.funding.actions.spending import write_budget, write_income
from luotsi.funding.forms.spending import BudgetForm, IncomeForm, PaymentForm, payment_initial
from luotsi.funding.queries.doubles import double_rows
from luotsi.funding.queries.spending_choices import (
    budget_initial,
    budget_years,
    classes_of,
    instalment_choices,
    payment_words,
)
from luotsi.funding.queries.spending_pages import spending_page
from luotsi.funding.rules.rights import Right
from luotsi.funding.views.frame import around, around_unit, form_page
from luotsi.people.access import ScopedRequest


def _back(request: ScopedRequest, pk: UUID) -> str:
    return reverse("funding:see-spending", args=[request.scope.key, pk])


@require_GET
def see_spending(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show what was spent of a grant: by class and year, eligible or not, against time, payable, payments."""
    held = access.grant_for(request.user, request.scope, pk)
    context = around(request, held, "spending") | {"page": spending_page(request.user, held, request.scope)}
    return render(request, "funding/see_spending.html", context)


@require_http_methods(["GET", "POST"])
def edit_budget(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Write the budget of a grant by class of cost, and by year."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    classes = classes_of(held.application)
    form = BudgetForm(
        request.POST or None,
        classes=classes,
        years=budget_years(held.application),
        initial=budget_initial(held.application, classes),
    )
    return form_page(
        request,
        form,
        lambda given: write_budget(application=held.application, budget=form.budget(), by=request.user),
        done=_("The budget has been written."),
        back=_back(request, pk),
        context=around(request, held, "spending") | {"call": held.application.call, "has_classes": bool(classes)},
        template="funding/edit_budget.html",
    )


@require_http_methods(["GET", "POST"])
def edit_income(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Write what the project has earned so far."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    application = held.application
    form = IncomeForm(request.POST or None, initial={"earned": application.earned})
    title = {"title": _("Income of the project"), "save_label": _("Save the income"), "back_label": _("Spending")}
    return form_page(
        request,
        form,
        lambda given: write_income(application=application, by=request.user, **given),
        done=_("The income has been written."),
        back=_back(request, pk),
        context=around(request, held, "spending") | title,
    )


@require_http_methods(["GET", "POST"])
def add_payment(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Write down money that came."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    decision = held.application.decision
    numbers, only_returned = instalment_choices(held.application), decision.is_own
    form = PaymentForm(request.POST or None, numbers=numbers, only_returned=only_returned)
    return form_page(
        request,
        form,
        lambda given: payments.add_payment(decision=decision, details=form.details(), by=request.user),
        done=_("The payment has been written down."),
        back=_back(request, pk),
        context=around(request, held, "spending") | payment_words(only_returned=only_returned),
    )


@require_http_methods(["GET", "POST"])
def edit_payment(request: ScopedRequest, pk: UUID, payment: UUID) -> HttpResponse:
    """Mend a payment."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    kept = access.payment_for(held, payment)
    form = PaymentForm(
        request.POST or None,
        numbers=instalment_choices(held.application),
        only_returned=kept.decision.is_own,
        initial=payment_initial(kept),
    )
    context = around(request, held, "spending") | {"title": _("Edit the payment"), "save_label": _("Save the payment")}
    remove_url = reverse("funding:remove-payment", args=[request.scope.key, pk, payment])
    return form_page(
        request,
        form,
        lambda given: payments.change_payment(payment=kept, details=form.details(), by=request.user),
        done=_("The payment has been saved."),
        back=_back(request, pk),
        context=context | {"back_label": _("Spending"), "remove_url": remove_url},
        template="funding/edit_payment.html",
    )


@require_POST
def remove_payment(request: ScopedRequest, pk: UUID, payment: UUID) -> HttpResponse:
    """Take away a payment that was written by mistake."""
    held = access.grant_for(request.user, request.scope, pk, Right.SPEND)
    kept = access.payment_for(held, payment)
    try:
        payments.remove_payment(payment=kept, by=request.user)
        messages.success(request, _("The payment has been taken away."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(request, pk))


@require_GET
def list_doubles(request: ScopedRequest) -> HttpResponse:
    """List what is in two grants of the unit: the same cost, person or device."""
    context = around_unit(request, "doubles") | {"rows": double_rows(request.user, request.scope)}
    return render(request, "funding/list_doubles.html", context)
