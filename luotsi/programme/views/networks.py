"""Pages of pilot networks: the list, one network, founding, deciding, asking, publishing, adopting."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base.fields import in_languages
from luotsi.people.access import ScopedRequest
from luotsi.programme import access
from luotsi.programme.actions import networks as actions
from luotsi.programme.forms.networks import AdoptForm, AskForm, ConceptForm, DecisionForm, NetworkForm
from luotsi.programme.models import Network
from luotsi.programme.queries import choices
from luotsi.programme.queries.networks.applicants import applicant
from luotsi.programme.queries.networks.pages import network_page, networks_of
from luotsi.programme.rules.rights import Right
from luotsi.programme.views.frame import around, fetched, form_page


def _page_of(request: ScopedRequest, network: Network) -> str:
    return reverse("programme:see-network", args=[request.scope.key, network.programme.slug, network.slug])


def _context(request: ScopedRequest, network: Network, **words: Any) -> dict[str, Any]:
    return around(request, network.programme, "networks") | {"back_label": network.names.text, **words}


@require_GET
def list_networks(request: ScopedRequest, programme: str) -> HttpResponse:
    """List the pilot networks of a programme."""
    found = fetched(request, programme)
    context = around(request, found, "networks") | {
        "networks": networks_of(found, request.scope),
        "manages": access.may_do(request.user, found, Right.NETWORK),
    }
    return render(request, "programme/list_networks.html", context)


@require_GET
def see_network(request: ScopedRequest, programme: str, network: str) -> HttpResponse:
    """Show a network: its schools, their self-evaluations, the concept and how it has spread."""
    found = fetched(request, programme)
    one = access.network_for(request.user, found, network)
    page = network_page(request.user, one, request.scope)
    context = around(request, found, "networks") | {"page": page, "network": one}
    return render(request, "programme/see_network.html", context)


@require_http_methods(["GET", "POST"])
def found_network(request: ScopedRequest, programme: str) -> HttpResponse:
    """Found a network with an open call to the schools."""
    found = fetched(request, programme, Right.NETWORK)
    form = NetworkForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.found_network(programme=found, details=form.details(), by=request.user),
        done=_("The network has been founded and the call is open."),
        back=reverse("programme:list-networks", args=[request.scope.key, found.slug]),
        context=around(request, found, "networks")
        | {"title": _("Found a network"), "save_label": _("Open the call"), "back_label": _("Pilot networks")},
    )


@require_http_methods(["GET", "POST"])
def decide_member(request: ScopedRequest, programme: str, network: str, unit: str) -> HttpResponse:
    """Choose a school to the network, or decline it."""
    one = access.network_for(request.user, fetched(request, programme), network, Right.NETWORK)
    school = applicant(one, unit)
    if school is None:
        raise Http404(_("This school has not handed in a project plan."))
    form = DecisionForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.decide_member(network=one, unit=school, by=request.user, **form.decision()),
        done=_("The decision has been recorded."),
        back=_page_of(request, one),
        context=_context(request, one, title=_("Decide on %(school)s") % {"school": school.names.text},
                         save_label=_("Record the decision")),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ask_members(request: ScopedRequest, programme: str, network: str) -> HttpResponse:
    """Ask every member for its self-evaluation of a term."""
    found = fetched(request, programme)
    one = access.network_for(request.user, found, network, Right.NETWORK)
    form = AskForm(request.POST or None, years=choices.of_round(found)["school_year"])
    return form_page(
        request,
        form,
        lambda given: actions.open_reviews(network=one, by=request.user, **form.asked()),
        done=_("Every member is asked. It waits on the home page of their principals."),
        back=_page_of(request, one),
        context=_context(request, one, title=_("Ask the members"), save_label=_("Ask them")),
    )


@require_http_methods(["GET", "POST"])
def publish_concept(request: ScopedRequest, programme: str, network: str) -> HttpResponse:
    """Publish the concept to all schools, or a new wording of it."""
    one = access.network_for(request.user, fetched(request, programme), network, Right.NETWORK)
    initial = {**in_languages("concept", one.concepts), "is_public": one.is_public}
    form = ConceptForm(request.POST or None, initial=initial)
    return form_page(
        request,
        form,
        lambda given: actions.publish_concept(network=one, by=request.user, **given),
        done=_("The concept is published to all schools."),
        back=_page_of(request, one),
        context=_context(request, one, title=_("The concept"), save_label=_("Publish the concept")),
    )


@require_http_methods(["GET", "POST"])
def adopt_concept(request: ScopedRequest, programme: str, network: str) -> HttpResponse:
    """Tell that the school has taken the concept into use."""
    one = access.adopting_for(request.user, fetched(request, programme), network, request.scope)
    form = AdoptForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: actions.adopt_concept(network=one, unit=request.scope, by=request.user, **given),
        done=_("Thank you. The spread of the concept counts your school too."),
        back=_page_of(request, one),
        context=_context(request, one, title=_("We have taken this into use"), save_label=_("Tell it")),
    )
