"""Answering a survey by a link, without signing in; and what one has answered oneself."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from luotsi.base import clock
from luotsi.base.errors import Refused
from luotsi.questionnaires import access
from luotsi.questionnaires.access import Door
from luotsi.questionnaires.actions.responses import save_token
from luotsi.questionnaires.actions.surveys import answering as actions
from luotsi.questionnaires.actions.surveys.answering import Filled
from luotsi.questionnaires.forms.surveying import LONGEST_NONCE, SentSheet, read_sheet
from luotsi.questionnaires.queries.surveys.sheet_page import (
    checked,
    first_screen,
    own_history,
    own_levels,
    sheet_page,
    was_taken,
)
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.views.holding import language


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def answer_survey(request: HttpRequest, token: str) -> HttpResponse:
    """Answer by a personal link."""
    return _answered(request, access.door_by_token(token))


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def answer_by_common_link(request: HttpRequest, pk: UUID, unit: str, token: str) -> HttpResponse:
    """Answer by the common link of a unit."""
    return _answered(request, access.door_by_unit(pk, unit, token))


def _answered(request: HttpRequest, door: Door | None) -> HttpResponse:
    """Lead through the survey: first screen, pages, thanks."""
    nonce = request.POST.get("nonce", "")[:LONGEST_NONCE]
    if door is None or (door.invitation and door.invitation.answered):
        if was_taken(nonce):
            return render(request, "questionnaires/survey_thanks.html", {"door": door})
        return _closed(
            request, _("The link is not known, or it has been used already. Check that you copied all of it.")
        )
    state = door.collection.state_at(clock.now())
    if state != "open":
        return _closed(request, _("The survey has closed. Answers are no longer taken."))
    if request.method == "GET":
        context = {"door": door, "first": first_screen(door, language())}
        return render(request, "questionnaires/survey_first.html", context)
    try:
        sent = read_sheet(definition_of(door.collection.version), dict(request.POST.lists()))
        return _onward(request, door, sent)
    except Refused as refusal:
        return _closed(request, str(refusal))


def _onward(request: HttpRequest, door: Door, sent: SentSheet) -> HttpResponse:
    """Show the page that the button leads to; take the answers when they are sent and nothing is wrong with them."""
    if sent.verb != "send":
        step = {"next": 1, "previous": -1, "begin": 0}[sent.verb]
        return _page(request, door, sent, sent.place + step)
    found = checked(door, sent.answers, language())
    if found.wrong:
        return _page(request, door, sent, found.wrong, strict=True)
    filled = Filled(answers=found.submission, language=language(), nonce=sent.nonce or save_token())
    actions.answer_survey(door=door, filled=filled, received_at=clock.now())
    levels = own_levels(door.collection.version, found.submission, language())
    return render(request, "questionnaires/survey_thanks.html", {"door": door, "levels": levels})


def _page(request: HttpRequest, door: Door, sent: SentSheet, place: int, *, strict: bool = False) -> HttpResponse:
    page = sheet_page(door, sent.answers, place, language(), strict=strict)
    context = {"door": door, "page": page, "nonce": sent.nonce or save_token(), "strict": strict}
    return render(request, "questionnaires/survey_page.html", context, status=422 if strict else 200)


def _closed(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "questionnaires/link_closed.html", {"refusal": words}, status=410)


@require_GET
@never_cache
def list_own_sheets(request: HttpRequest) -> HttpResponse:
    """Show what the visitor has answered to confidential and identified surveys."""
    history = own_history(list(access.own_sheets(request.user)), language())
    return render(request, "questionnaires/list_own_sheets.html", {"history": history})
