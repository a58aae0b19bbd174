"""Opening a self-evaluation round: a questionnaire made of the plan, opened to those who grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.people.models import Unit
from luotsi.people.rules import Kind
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.models import Programme, Round
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.rounds import Wanted, chosen, definition_of, is_school_year
from luotsi.programme.rules.values import Text
from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Collection

if TYPE_CHECKING:
    from luotsi.people.models import Account

LONGEST_KEY = 80
ANSWERERS = {
    Collection.Answerer.INSTITUTIONS.value: Kind.INSTITUTION,
    Collection.Answerer.PROVIDERS.value: Kind.PROVIDER,
}


@dataclass(frozen=True, kw_only=True)
class RoundDetails:
    """What is decided of a round: name, school year, who grades, which sections of the plan, until when."""

    names: Names
    school_year: str
    answered_by: str
    sections: tuple[str, ...]
    closes_at: datetime


@transaction.atomic
def open_round(*, programme: Programme, details: RoundDetails, by: Account | None) -> Round:
    """Make a questionnaire of the measures of the sections, and open it to those who grade.

    Raises:
        ProgrammeRefused: the school year is none, the sections have no measures, nobody is asked, or the round would
            close before it opens.
    """
    plan = plan_of(programme)
    measures = chosen(plan, details.sections)
    _refuse(programme, details, measures)
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    number = (locked.rounds.aggregate(last=Max("number"))["last"] or 0) + 1
    names = Text(**{code: str(getattr(details.names, code)) for code in ("fi", "sv", "en")})
    wanted = Wanted(key=_key(programme, number), names=names, measures=measures)
    try:
        version = publish_version(owner=programme.owner, definition=definition_of(plan, wanted), by=by)
        collection = open_collection(
            version=version,
            owner=programme.owner,
            details=CollectionDetails(
                names=details.names,
                answered_by=details.answered_by,
                opens_at=clock.now(),
                closes_at=details.closes_at,
            ),
            by=by,
        )
    except QuestionnaireRefused as refused:
        raise ProgrammeRefused(*(Reason(one.message) for one in refused.reasons)) from refused
    made = Round(
        programme=programme,
        collection=collection,
        number=number,
        school_year=details.school_year,
        measures=list(measures),
    )
    made.save(force_insert=True)
    after = {"number": number, "school_year": details.school_year, "measures": list(measures)}
    audit.record(by=by, verb="programme.round.opened", target=made, after=after, unit_id=programme.owner_id)
    return made


def _key(programme: Programme, number: int) -> str:
    """Return the key of the questionnaire: of small letters, digits and hyphens."""
    ending = f"-self-evaluation-{number}"
    return slugify(programme.slug.replace("_", "-"))[: LONGEST_KEY - len(ending)].strip("-") + ending


def _refuse(programme: Programme, details: RoundDetails, measures: tuple[str, ...]) -> None:
    reasons = []
    if not details.names.text:
        reasons.append(Reason(_("Give the round a name in at least one language."), field="name_fi"))
    if not is_school_year(details.school_year):
        reasons.append(Reason(_("Give a school year, such as 2025-26."), field="school_year"))
    if not measures:
        reasons.append(Reason(_("Choose a section that has measures."), field="sections"))
    if details.closes_at <= clock.now():
        reasons.append(Reason(_("The round must close in the future."), field="closes_on"))
    if not _asked(programme, details.answered_by):
        reasons.append(Reason(_("Nobody of this kind takes part in the programme."), field="answered_by"))
    if reasons:
        raise ProgrammeRefused(*reasons)


def _asked(programme: Programme, answered_by: str) -> bool:
    kind = ANSWERERS.get(answered_by)
    under = Unit.objects.filter(path__startswith=programme.owner.path, kind=kind)
    return kind is not None and under.in_force(clock.today()).exists()
