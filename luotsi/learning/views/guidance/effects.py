"""The effect of guidance at a unit, for those who answer for it: counts, and no person in them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.queries.guidance.effects_page import effects_page
from luotsi.learning.rules.rights import Right
from luotsi.learning.views.frame import around_unit
from luotsi.people.access import ScopedRequest
from luotsi.people.rules import Kind


@require_GET
def see_effects(request: ScopedRequest) -> HttpResponse:
    """Show whether guidance helped, and how often people decided otherwise than the list."""
    access.require(request.user, request.scope, Right.WATCH)
    page = effects_page(request.scope, clock.today())
    may_plan = request.scope.kind != Kind.GROUP and access.may_do(request.user, Right.GOVERN, request.scope)
    context = around_unit(request, "effects") | {"page": page, "may_plan": may_plan}
    return render(request, "learning/see_effects.html", context)
