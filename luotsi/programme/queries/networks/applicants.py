"""A school that answered the call of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.models import Unit
from luotsi.questionnaires.models import Submission

if TYPE_CHECKING:
    from luotsi.programme.models import Network


def applicant(network: Network, key: str) -> Unit | None:
    """Return the school of that key when it has handed in a project plan, else None."""
    handed = Submission.objects.filter(response__collection=network.call_id).values("response__unit")
    return Unit.objects.filter(key=key, pk__in=handed).first()
