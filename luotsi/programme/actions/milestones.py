"""Telling how far a unit has come with a milestone, with evidence; and what is said of a whole measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.programme.access import units_of
from luotsi.programme.actions.refusals import ProgrammeRefused, checked
from luotsi.programme.models import MilestoneState
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.states import Word, reasons_to_refuse

if TYPE_CHECKING:
    from luotsi.base.uploads import Upload
    from luotsi.people.models import Account, Unit
    from luotsi.programme.models import Programme

REASONS = {
    "only_of_measures": Reason(_("Only a whole measure can be left to its milestones."), field="state"),
    "needs_a_reason": Reason(_("Tell why."), field="reason"),
    "needs_its_day": Reason(_("Tell on which day the milestone was reached."), field="done_on"),
    "day_is_coming": Reason(_("The day has not come yet."), field="done_on"),
}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What shows that a milestone was reached: words, an address, a file, a record or figure of an indicator."""

    words: str = ""
    link: str = ""
    file: Upload | None = None
    indicator_key: str = ""


NOTHING = Evidence()


@transaction.atomic
def tell_state(
    *,
    programme: Programme,
    measure: str,
    period: str,
    unit: Unit,
    state: str,
    reason: str = "",
    evidence: Evidence = NOTHING,
    done_on: date | None = None,
    by: Account | None,
) -> MilestoneState:
    """Tell the state of a milestone in a unit; with an empty period, of the measure as a whole.

    The states before it stay as its history. `state` is one of `MilestoneState.STATES`.

    Raises:
        ProgrammeRefused: there is no such milestone, the unit does not take part, or a reason or a day is missing.
    """
    word = Word(state)
    reasons = _reasons_of_place(programme, measure, period, unit)
    codes = reasons_to_refuse(word, reason=reason.strip(), done_on=done_on, today=clock.today(), whole=not period)
    reasons += [REASONS[code] for code in codes]
    if reasons:
        raise ProgrammeRefused(*reasons)
    last = (
        MilestoneState.objects.current()
        .select_for_update(of=("self",))
        .filter(programme=programme, measure=measure, period=period, unit=unit)
        .first()
    )
    told = MilestoneState(
        programme=programme,
        measure=measure,
        period=period,
        unit=unit,
        state=word,
        follows=last,
        reason=reason.strip(),
        words=evidence.words.strip(),
        link=evidence.link,
        indicator_key=evidence.indicator_key,
        done_on=done_on if word == Word.DONE else None,
        told_by=by,
        told_at=clock.now(),
    )
    _keep_file(told, evidence.file)
    checked(told).save(force_insert=True)
    audit.record(
        by=by,
        verb="programme.milestone.told",
        target=told,
        before={"state": last.state} if last else None,
        after=audit.snapshot(told),
        unit_id=unit.pk,
        reason=told.reason,
    )
    return told


def _keep_file(told: MilestoneState, file: Upload | None) -> None:
    """Keep a file under a name that tells nothing; it is written with the record."""
    if file is not None:
        told.filename = file.filename
        told.file = ContentFile(file.data, name=f"{told.pk}.{file.kind}")


def _reasons_of_place(programme: Programme, code: str, period: str, unit: Unit) -> list[Reason]:
    found = []
    measure = next((item for item in measures_of(plan_of(programme)) if item.code == code), None)
    if measure is None or (period and period not in {item.period.key for item in measure.milestones}):
        found.append(Reason(_("The plan in effect has no such milestone.")))
    if unit.pk not in {one.pk for one in units_of(programme)}:
        found.append(Reason(_("This unit does not take part in the programme."), field="unit"))
    return found
