"""What the funder writes down when an application is handed in: its number, and what the checks count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.funding.models import Application, Call, Received
from luotsi.funding.queries.check_pages import funder_knows, handed_in_findings
from luotsi.funding.rules.checks import Severity
from luotsi.funding.rules.received import register_number, suffix_of

if TYPE_CHECKING:
    from datetime import datetime


def receive(application: Application, at: datetime) -> Received:
    """Write down that an own call has an application; give it the next number, or keep the one it has.

    Numbers are given under a lock of the call, inside the transaction of handing in: no two get the same, and one that
    is not handed in after all leaves no gap.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=application.call_id)
    found = Received.objects.filter(application=application).first()
    if found is None:
        last = Received.objects.filter(call=call).order_by("-sequence").values_list("sequence", flat=True).first()
        found = Received(application=application, call=call, sequence=(last or 0) + 1, received_at=at)
        found.save(force_insert=True)
    application.register_number = register_number(found.sequence, suffix_of(call.register_number, call.slug))
    return found


def count_findings(application: Application) -> Received | None:
    """Count what the checks find in what was handed in last, and keep it with what was received."""
    found = Received.objects.filter(application=application).first()
    if found is None:
        return None
    findings, _made, unreadable, _grants = handed_in_findings(application, funder_knows(application))
    counts = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    told = (counts[Severity.BLOCK], counts[Severity.WARN], counts[Severity.INFO])
    found.blocks, found.warns, found.infos = (None, None, None) if unreadable else told
    found.checked_at = clock.now()
    found.save(update_fields=["blocks", "warns", "infos", "checked_at"])
    return found
