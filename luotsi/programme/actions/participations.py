"""What a member lets the others see of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.models import Participation

if TYPE_CHECKING:
    from luotsi.people.models import Account


@transaction.atomic
def consent(
    *,
    participation: Participation,
    to: str,
    agreed_by: str,
    agreed_on: date | None = None,
    by: Account | None,
) -> Participation:
    """Set what the others see of a member: `Participation.Consent`. It can be widened and narrowed at any time.

    Raises:
        ProgrammeRefused: nothing would change, nobody agreed, or the day has not come.
    """
    day = agreed_on or clock.today()
    reasons = []
    if to == participation.consent:
        reasons.append(Reason(_("Nothing would change."), field="consent"))
    if not agreed_by.strip():
        reasons.append(Reason(_("Tell who agreed to it."), field="consented_by"))
    if day > clock.today():
        reasons.append(Reason(_("The day has not come yet."), field="consented_on"))
    if reasons:
        raise ProgrammeRefused(*reasons)
    before = audit.snapshot(participation, "consent", "consented_by", "consented_on")
    participation.consent, participation.consented_by, participation.consented_on = to, agreed_by.strip(), day
    fields = ["consent", "consented_by", "consented_on"]
    checked(participation).save(update_fields=fields)
    audit.record(
        by=by,
        verb="programme.participation.consented",
        target=participation,
        before=before,
        after=audit.snapshot(participation, *fields),
        unit_id=participation.unit_id,
    )
    return participation
