"""What is shown before an application is handed in: its sums, what is wrong with its form, whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.funding.models import Call
from luotsi.funding.queries.application_pages import FigureRow, figure_rows
from luotsi.funding.queries.closing import closing_words
from luotsi.funding.queries.counting import figures_of
from luotsi.questionnaires.queries.handed import summary_page
from luotsi.ui.formatting import exact_moment, language

if TYPE_CHECKING:
    from luotsi.funding.access import FormHeld
    from luotsi.funding.models import Application


@dataclass(frozen=True)
class HandingPage:
    """What would be handed in; `keeps` is how many things of the form keep it from being complete."""

    own: bool
    title: str
    button: str
    intro: str
    closes: str
    clock: str
    is_over: bool
    figures: tuple[FigureRow, ...]
    keeps: int
    problems: tuple[str, ...]
    revision: int


def handing_page(one: Application, form: FormHeld | None) -> HandingPage:
    """Return what is shown before an application is handed in."""
    own = one.call.kind == Call.Kind.OWN
    summary = summary_page(form, language()) if form is not None else None
    problems = [f"{found.label}: {found.words}" for found in summary.problems] if summary else []
    problems += [found.words for found in summary.found if found.blocks] if summary else []
    return HandingPage(
        own=own,
        title=_("Hand in the application") if own else _("Tell that the application was handed in"),
        button=_("Hand in the application") if own else _("Save as handed in"),
        intro=_("The form is handed in as it is, and a copy with its hash is kept.")
        if own
        else _("The funder's own system takes the application. Tell here when it was handed in there."),
        closes=exact_moment(one.call.closes_at) if own and one.call.closes_at else closing_words(one.call),
        clock=exact_moment(clock.now()) if own else "",
        is_over=one.call.state_at(clock.now()) == "closed",
        figures=figure_rows(one, figures_of(one), form),
        keeps=summary.keeps if summary else 0,
        problems=tuple(problems[:20]),
        revision=summary.revision if summary else -1,
    )
