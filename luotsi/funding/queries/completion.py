"""What stands on the page before an application is handed in anew, as the funder asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding.models import Application, CompletionRequest
from luotsi.funding.queries.application_pages import figure_rows
from luotsi.funding.queries.counting import asked_in, counted
from luotsi.funding.queries.handing import HandingPage, handing_page
from luotsi.questionnaires.models import Response
from luotsi.ui.formatting import moment

if TYPE_CHECKING:
    from luotsi.funding.access import FormHeld


def completing_page(one: Application, form: FormHeld | None) -> HandingPage:
    """Return what is shown before an application is handed in anew: the sums are those of the new draft."""
    page = handing_page(one, form)
    found = CompletionRequest.objects.waiting().filter(application=one).first()
    figures = page.figures
    if one.response is not None and one.response.state == Response.State.DRAFT:
        figures = figure_rows(one, counted(asked_in(one.response)), form, as_draft=True)
    return replace(
        page,
        title=_("Hand in the completed application"),
        button=_("Hand in the completed application"),
        intro=_("The form is handed in as it is now and takes the place of the earlier one, which is kept."),
        closes=moment(found.until) if found else _("nothing is asked"),
        is_over=found is None or found.state_at(clock.now()) == "overdue",
        figures=figures,
    )
