"""Teachers' judgements of the start of studies, on one item."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.learning.actions.refusals import LearningRefused, checked
from luotsi.learning.models import Judgement, Learner
from luotsi.learning.rules.guiding import Asked, judging

if TYPE_CHECKING:
    from luotsi.people.models import Account, Person


@transaction.atomic
def judge(*, learner: Learner, begun: date | None, value: int, person: Person, by: Account | None) -> Judgement:
    """Keep how a teacher sees a start; the same day it is corrected, later another stands beside it.

    Raises LearningRefused in the first week and after the twelfth: it is the start that is judged.
    """
    today = clock.today()
    match judging(begun, today):
        case Asked.EARLY:
            raise LearningRefused(_("The start can be judged from the second week on."))
        case Asked.OVER:
            raise LearningRefused(_("Only the first twelve weeks of studies are judged here."))
    held = Judgement.objects.select_for_update().filter(learner=learner, by=person, on=today).first()
    before = {"value": held.value} if held else None
    if held is not None and held.value == value:
        return held
    if held is None:
        held = Judgement(learner=learner, by=person, on=today, value=value)
        checked(held).save(force_insert=True)
    else:
        held.value = value
        checked(held).save(update_fields=["value"])
    audit.record(
        by=by,
        verb="learning.judgement.given",
        target=held,
        before=before,
        after={"value": value},
        unit_id=learner.unit_id,
    )
    return held
