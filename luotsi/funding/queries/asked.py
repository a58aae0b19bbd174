"""What the applicant sees of a request for completion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from luotsi.base import clock
from luotsi.funding.models import Application, CompletionRequest
from luotsi.funding.rules.rights import Part
from luotsi.questionnaires.models import Response

if TYPE_CHECKING:
    from luotsi.funding.access import FormHeld, Held
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class ToComplete:
    """A request that waits for the applicant; each address is "" where the reader may not do it now."""

    words: str
    until: datetime
    is_late: bool
    is_open: bool
    open_url: str
    write_url: str
    hand_in_url: str


def asked_of(held: Held, form: FormHeld | None, scope: Unit) -> ToComplete | None:
    """Return what the funder asks to be completed; None where nothing is. One query."""
    one = held.application
    found = CompletionRequest.objects.waiting().filter(application=one).first()
    if found is None or one.state != Application.State.SUBMITTED or one.response is None:
        return None
    is_late = found.state_at(clock.now()) == "overdue"
    is_open = one.response.state == Response.State.DRAFT
    writes = held.may(Part.WRITE) and form is not None and not is_late
    here = [scope.key, one.pk]
    renewed = is_open or one.response.submissions.filter(submitted_at__gt=found.asked_at).exists()
    return ToComplete(
        words=found.words,
        until=found.until,
        is_late=is_late,
        is_open=is_open,
        open_url=reverse("funding:open-completion", args=here) if writes and not is_open else "",
        write_url=reverse("questionnaires:fill-page", args=[one.response.pk, 0]) if writes and is_open else "",
        hand_in_url=reverse("funding:hand-in-completion", args=here)
        if held.may(Part.SUBMIT) and renewed and not is_late
        else "",
    )
