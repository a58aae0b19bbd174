"""Models of a provider: what they are judged by, who answers for them, and the switch."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.learning import access
from luotsi.learning.actions import models as actions
from luotsi.learning.forms.models import ReasonForm, SwitchForm
from luotsi.learning.models import RiskModel
from luotsi.learning.queries.evidence import evidence_of
from luotsi.learning.queries.model_page import attribute_words, model_page
from luotsi.learning.queries.models_page import models_page
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit, attempt, form_page
from luotsi.people.access import ScopedRequest
from luotsi.ui.exports import attached


def _list(request: ScopedRequest) -> str:
    return reverse("learning:list-models", args=[request.scope.key])


def _url(request: ScopedRequest, model: RiskModel) -> str:
    return reverse("learning:see-model", args=[request.scope.key, model.pk])


@require_GET
def list_models(request: ScopedRequest) -> HttpResponse:
    """Show what orders caseloads now, and every model that was learnt."""
    provider = access.provider_for(request.user, request.scope)
    page = models_page(provider, access.models_of(provider))
    may_govern = access.may_do(request.user, Right.GOVERN, provider)
    context = around_unit(request, "models") | {"page": page, "may_govern": may_govern}
    return render(request, "learning/list_models.html", context)


@require_POST
def ask_for_model(request: ScopedRequest) -> HttpResponse:
    """Let the worker learn a model from closed cohorts."""
    provider = access.provider_for(request.user, request.scope, Right.GOVERN)
    attempt(
        request,
        lambda: actions.ask_for_model(provider=provider, by=request.user),
        done=_("A model is being learnt. Open this page again in a while."),
    )
    return redirect(_list(request))


@require_GET
def see_model(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Show how a model was judged, by group, and what stops it."""
    model = access.model_for(request.user, request.scope, pk)
    may_govern = access.may_do(request.user, Right.GOVERN, request.scope)
    context = around_unit(request, "models") | {"page": model_page(model), "model": model, "may_govern": may_govern}
    return render(request, "learning/see_model.html", context)


@require_GET
def download_evidence(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Give the evidence of a model that was judged as one file, in Finnish."""
    model = access.model_for(request.user, request.scope, pk)
    if not actions.is_judged(model):
        raise Http404(_("This model was not learnt."))
    return attached(evidence_of(model), "application/zip", f"malli-{model.number}.zip")


@require_http_methods(["GET", "POST"])
def sign_gap(request: ScopedRequest, pk: UUID, attribute: str) -> HttpResponse:
    """Sign why a gap between groups is borne."""
    model = access.model_for(request.user, request.scope, pk, Right.GOVERN)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda given: actions.sign_gap(model=model, attribute=attribute, reason=given["reason"], by=request.user),
        done=_("Your reason is kept with the model."),
        back=_url(request, model),
        context=around_unit(request, "models")
        | {
            "title": _("Why this gap is borne: %(attribute)s") % {"attribute": attribute_words(attribute)},
            "intro": _(
                "The model misses one group more often than another. It is released only if you answer for it."
            ),
            "save_label": _("Sign"),
            "back_label": str(model),
        },
    )


@require_POST
def release_model(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Bring a model into use; caseloads follow it once the switch says so."""
    model = access.model_for(request.user, request.scope, pk, Right.GOVERN)
    attempt(
        request,
        lambda: actions.release_model(model=model, by=request.user),
        done=_("The model is in use. Move the switch to let it order caseloads."),
    )
    return redirect(_url(request, model))


@require_http_methods(["GET", "POST"])
def retire_model(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Take a model out of use."""
    model = access.model_for(request.user, request.scope, pk, Right.GOVERN)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda given: actions.retire_model(model=model, reason=given["reason"], by=request.user),
        done=_("The model is out of use. Rules order caseloads."),
        back=_url(request, model),
        context=around_unit(request, "models")
        | {
            "title": _("Take out of use"),
            "intro": _("A model that is out of use is kept with its scores and is not brought back."),
            "save_label": _("Take out of use"),
            "back_label": str(model),
        },
    )


@require_http_methods(["GET", "POST"])
def move_switch(request: ScopedRequest) -> HttpResponse:
    """Say what orders caseloads from now on; who only watches may switch a model off, not on."""
    provider = access.provider_for(request.user, request.scope)
    may_govern = access.may_do(request.user, Right.GOVERN, provider)
    may_choose = may_govern and access.models_of(provider).filter(state=RiskModel.State.RELEASED).exists()
    return form_page(
        request,
        SwitchForm(request.POST or None, model_may_be_chosen=may_choose, initial={"mode": actions.mode_at(provider)}),
        lambda given: actions.move_switch(provider=provider, **given, by=request.user),
        done=_("The switch has been moved. It holds on every page from now on."),
        back=_list(request),
        context=around_unit(request, "models")
        | {
            "title": _("Move the switch"),
            "intro": _("Guidance goes on whatever you choose: needs that are open stay open."),
            "save_label": _("Move the switch"),
            "back_label": _("Models"),
        },
    )
