"""Pages of the team of an application and of what it serves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luotsi.base import clock
from luotsi.funding import access
from luotsi.funding.actions import links as link_actions
from luotsi.funding.actions import team as actions
from luotsi.funding.forms.applications import Confirm, LinkForm, MemberForm, NewMemberForm
from luotsi.funding.queries.choices import persons_to_add
from luotsi.funding.queries.serving import linkable
from luotsi.funding.rules.rights import Part
from luotsi.funding.views.frame import around, fetched, form_page
from luotsi.indicators import access as indicators
from luotsi.people import access as people
from luotsi.people.access import ScopedRequest
from luotsi.programme import access as programmes


def _back(request: ScopedRequest, pk: UUID) -> str:
    return reverse("funding:see-application", args=[request.scope.key, pk])


@require_http_methods(["GET", "POST"])
def add_member(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Take a person into the team: found by name or e-mail first."""
    held = fetched(request, pk, Part.SUBMIT)
    text = request.GET.get("q", "").strip()
    persons = persons_to_add(request.user, held.application, text)
    form = NewMemberForm(request.POST or None, persons=persons, initial={"since": clock.today()})
    return form_page(
        request,
        form,
        lambda given: _added(request, held, form),
        done=_("The person is in the team now."),
        back=_back(request, pk),
        context=around(request, held, "overview")
        | {
            "title": _("Add to the team"),
            "save_label": _("Add to the team"),
            "text": text,
            "search_label": _("Name or e-mail"),
            "found": bool(persons),
            "intro": _("Find the person first. Only persons that your roles show are found."),
        },
        template="funding/search_form.html",
    )


def _added(request: ScopedRequest, held: access.Held, form: NewMemberForm) -> object:
    return actions.add_member(
        application=held.application,
        person=people.person_for(request.user, UUID(form.cleaned_data["person"])),
        details=form.details(),
        form=access.form_for(request.user, held.application),
        by=request.user,
    )


@require_http_methods(["GET", "POST"])
def edit_member(request: ScopedRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Change what a member of the team may do, and until when."""
    held = fetched(request, pk, Part.SUBMIT)
    found = access.member_for(held, member)
    given = {name: getattr(found, name) for name in actions.FIELDS}
    form = MemberForm(request.POST or None, initial=given)
    return form_page(
        request,
        form,
        lambda given: actions.change_member(
            member=found,
            details=form.details(),
            form=access.form_for(request.user, held.application),
            by=request.user,
        ),
        done=_("The member of the team has been saved."),
        back=_back(request, pk),
        context=around(request, held, "overview") | {"title": found.person.full_name, "save_label": _("Save")},
    )


@require_http_methods(["GET", "POST"])
def end_member(request: ScopedRequest, pk: UUID, member: UUID) -> HttpResponse:
    """End a membership in the team now."""
    held = fetched(request, pk, Part.SUBMIT)
    found = access.member_for(held, member)
    return form_page(
        request,
        Confirm(request.POST or None),
        lambda given: actions.end_member(
            member=found, form=access.form_for(request.user, held.application), by=request.user
        ),
        done=_("The membership has ended."),
        back=_back(request, pk),
        context=around(request, held, "overview")
        | {
            "title": _("End the membership of %(name)s") % {"name": found.person.full_name},
            "save_label": _("End it now"),
            "intro": _("The access to the application and to its form ends at once. The time in the team stays told."),
        },
    )


@require_http_methods(["GET", "POST"])
def add_link(request: ScopedRequest, pk: UUID) -> HttpResponse:
    """Link a measure or an indicator: found by its words first."""
    held = fetched(request, pk, Part.WRITE)
    text = request.GET.get("q", "").strip()
    found = [(one.value, one.label) for one in linkable(request.user, held.application, text)]
    return form_page(
        request,
        LinkForm(request.POST or None, found=found),
        lambda given: _link(request, held, given["what"]),
        done=_("The link has been added."),
        back=_back(request, pk),
        context=around(request, held, "overview")
        | {
            "title": _("Link a measure or an indicator"),
            "save_label": _("Link it"),
            "text": text,
            "search_label": _("Words of a measure or an indicator"),
            "found": bool(found),
            "intro": _("Without words the measures that the call speaks of are offered."),
        },
        template="funding/search_form.html",
    )


def _link(request: ScopedRequest, held: access.Held, what: str) -> object:
    kind, _colon, key = what.partition(":")
    one, unit = held.application, held.application.unit
    if kind == "i":
        found = indicators.indicator_for(request.user, unit, key)
        return link_actions.link_indicator(application=one, indicator=found, by=request.user)
    slug, _slash, code = key.partition("/")
    programme = programmes.programme_for(request.user, unit, slug)
    return link_actions.link_measure(application=one, programme=programme, measure=code, by=request.user)


@require_http_methods(["GET", "POST"])
def remove_link(request: ScopedRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Take a link away."""
    held = fetched(request, pk, Part.WRITE)
    found = access.link_for(held, link)
    return form_page(
        request,
        Confirm(request.POST or None),
        lambda given: link_actions.unlink(link=found, by=request.user),
        done=_("The link has been removed."),
        back=_back(request, pk),
        context=around(request, held, "overview")
        | {
            "title": _("Remove the link"),
            "save_label": _("Remove it"),
            "intro": found.measure or (found.indicator.names.text if found.indicator else ""),
        },
    )
