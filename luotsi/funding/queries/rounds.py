"""What the forms of a round begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.funding.models import Round

if TYPE_CHECKING:
    from luotsi.funding.models import Call


def dealing_initial(call: Call) -> dict[str, Any]:
    """Return by what the budget was dealt out last; nothing before the first time."""
    found = Round.objects.filter(call=call, made_at__isnull=False).first()
    return {} if found is None else {"way": found.way, "least": found.least, "may_cut": found.may_cut}
