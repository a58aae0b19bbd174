"""Taking in a file of calls that was tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.funding.actions.calls import CallDetails, add_call
from luotsi.funding.actions.refusals import FundingRefused

if TYPE_CHECKING:
    from luotsi.funding.models import Call
    from luotsi.funding.queries.call_files import TriedCall
    from luotsi.people.models import Account, Unit


@transaction.atomic
def import_calls(*, owner: Unit, rows: Sequence[TriedCall], by: Account | None) -> list[Call]:
    """Watch every sound call of a file: all of them or none; each has its own row in the log.

    Raises:
        FundingRefused: there is no sound call, or one of them contradicts itself.
    """
    made = []
    for row in rows:
        if not row.is_sound or row.fields is None:
            continue
        try:
            made.append(add_call(owner=owner, details=CallDetails(**row.fields), by=by))
        except FundingRefused as refused:
            words = {"place": row.place, "name": row.name, "why": str(refused)}
            raise FundingRefused(_("%(place)s, %(name)s: %(why)s") % words) from refused
    if not made:
        raise FundingRefused(_("There is no call to take in."))
    return made
