"""People with access to a response, and the personal links that let them in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luotsi.base.errors import Refused
from luotsi.questionnaires import access
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions import sharing
from luotsi.questionnaires.forms.writing import ShareForm
from luotsi.questionnaires.queries.people import people_with_access
from luotsi.questionnaires.rules.rights import Grant
from luotsi.questionnaires.views.holding import LINKS, language, links_of, of_response
from luotsi.ui.forms import show_refusal


@require_http_methods(["GET", "POST"])
@of_response(Grant.WRITE)
def list_people(request: HttpRequest, held: Held) -> HttpResponse:
    """Show who has access, and let somebody in by mail."""
    form = ShareForm(request.POST or None, initial={"language": language()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            sharing.share_response(
                held=held,
                email=given["email"],
                grant=Grant(given["grant"]),
                language=given["language"],
                expires_at=form.expires_at(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The personal link is on its way."))
            return redirect("questionnaires:list-people", pk=held.response.pk)
    context = {"held": held, "form": form, "people": people_with_access(held.response)}
    return render(request, "questionnaires/list_people.html", context, status=422 if form.errors else 200)


@require_POST
@of_response(Grant.WRITE)
def revoke_share(request: HttpRequest, held: Held, share: UUID) -> HttpResponse:
    """Take an access back."""
    try:
        sharing.revoke_share(held=held, share=access.share_for(held, share))
        messages.success(request, _("The access has been revoked. The link no longer works."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("questionnaires:list-people", pk=held.response.pk)


@require_GET
@login_not_required
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open a personal link: the session remembers it, and the secret leaves the address."""
    try:
        share = sharing.open_link(token=token)
    except Refused as refusal:
        return render(request, "questionnaires/link_closed.html", {"refusal": refusal}, status=410)
    request.session[LINKS] = {**links_of(request), str(share.response_id): share.digest}
    return redirect("questionnaires:fill-page", pk=share.response_id, number=0)
