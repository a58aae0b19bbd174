"""One-click sign-in as one of the standing cast; exists only in the demo."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from luotsi.people.adapters.account import account_with


@require_POST
@login_not_required
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo people, by e-mail, and go on; nobody else can be signed in to this way."""
    if not settings.DEMO:
        raise Http404
    email = request.POST.get("email", "")
    if email not in {person.email for person in import_string(settings.LUOTSI_DEMO_PEOPLE)()}:
        raise Http404
    account = account_with(email)
    if account is None:
        raise Http404
    adapter = get_adapter()
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, account)
    record_authentication(request, account, method="demo", reauthenticated=True)
    return adapter.post_login(
        request,
        account,
        email_verification="none",
        signal_kwargs=None,
        email=email,
        signup=False,
        redirect_url=get_next_redirect_url(request),
    )
