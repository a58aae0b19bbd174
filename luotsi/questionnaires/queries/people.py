"""Who has access to a response."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from luotsi.base import clock

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.questionnaires.models import Response

WORDS = {"open": "run", "revoked": "none", "expired": "none"}


@dataclass(frozen=True)
class PersonLine:
    """Somebody let in by mail, with when the link was opened last and how often."""

    pk: UUID
    email: str
    grant: str
    state: str
    mark: str
    words: str
    expires_at: datetime
    opened: int
    opened_at: datetime | None

    @property
    def is_open(self) -> bool:
        """True while the access works."""
        return self.state == "open"


def people_with_access(response: Response) -> list[PersonLine]:
    """Return everybody who was let in, those with access first, in one query."""
    now = clock.now()
    told = {"open": _("Has access"), "revoked": _("Revoked"), "expired": _("Time is over")}
    found = response.shares.annotate(opened=Count("uses"), opened_at=Max("uses__at"))
    lines = []
    for share in found:
        state = share.state_at(now)
        lines.append(
            PersonLine(
                share.pk,
                share.email,
                share.get_grant_display(),
                state,
                WORDS[state],
                told[state],
                share.expires_at,
                getattr(share, "opened", 0),
                getattr(share, "opened_at", None),
            )
        )
    return sorted(lines, key=lambda line: not line.is_open)
