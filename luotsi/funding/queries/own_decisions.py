"""What the applicant's own bodies and officers did about an application, as its document tells it to the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.funding.queries.own_shares import entries_of
from luotsi.funding.rules.shares import Deed

if TYPE_CHECKING:
    from luotsi.funding.models import Application

TOLD = (Deed.DECIDED, Deed.CHANGED, Deed.NOTED)


def own_decisions(application: Application) -> list[dict[str, Any]] | None:
    """Return what the applicant's own bodies did, by the ledger; None where nothing is known of any."""
    entries = entries_of(application.commitments.all(), application.board_items.all())
    gone = {key for one in entries for key in one.replaces}
    told = [
        {
            "body": one.body[:300],
            "decided_on": one.decided_on.isoformat() if one.decided_on else None,
            "section": one.section,
            "kind": one.deed.value,
            **({"committed": str(one.amount)} if one.amount is not None and one.deed != Deed.NOTED else {}),
        }
        for one in entries
        if one.key not in gone and one.body and one.deed in TOLD
    ]
    return told or None
