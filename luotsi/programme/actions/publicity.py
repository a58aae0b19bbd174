"""Opening a programme's page to everybody, and closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.queries.documents import published_of

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme


@transaction.atomic
def open_to_public(*, programme: Programme, is_public: bool, by: Account | None) -> Programme:
    """Open the public page of a programme, or close it.

    Raises:
        ProgrammeRefused: it is so already, or no version has been published that the page could show.
    """
    if programme.is_public == is_public:
        raise ProgrammeRefused(_("The public page is open already.") if is_public else _("The public page is closed."))
    if is_public and published_of(programme) is None:
        raise ProgrammeRefused(_("Publish a version first: the public page shows nothing else."))
    programme.is_public = is_public
    programme.save(update_fields=["is_public"])
    audit.record(
        by=by,
        verb="programme.programme.opened" if is_public else "programme.programme.closed",
        target=programme,
        before={"is_public": not is_public},
        after={"is_public": is_public},
        unit_id=programme.owner_id,
    )
    return programme
