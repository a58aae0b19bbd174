"""What applications ask for, counted from their forms; a form that is being written is read once for each save."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.funding.models import Application
from luotsi.funding.queries.answers import top_of
from luotsi.funding.rules.sums import Asked, asked
from luotsi.questionnaires.models import Response
from luotsi.questionnaires.queries.versions import definition_of, outcome_of
from luotsi.questionnaires.rules.checks.roles import given

if TYPE_CHECKING:
    from luotsi.funding.models.applications import ApplicationQuerySet
    from luotsi.questionnaires.models import Submission

MOST_KEPT = 512
_kept: OrderedDict[tuple[UUID, int, str], Asked] = OrderedDict()


@dataclass(frozen=True)
class Figures:
    """What an application asks for; None is not known."""

    applied: Decimal | None
    own_share: Decimal | None
    other: Decimal | None
    total: Decimal | None
    starts_on: date | None
    ends_on: date | None


def asked_in(response: Response) -> Asked:
    """Return what the draft of a response comes to, without what is hidden in it."""
    version = response.collection.version
    key = (response.pk, response.revision, version.sha256)
    if (found := _kept.get(key)) is None:
        outcome = outcome_of(version, response.values)
        visible = frozenset(outcome.visible)
        told = given(definition_of(version), outcome.submission, outcome.calculated)
        found = _kept[key] = asked(one for one in told if top_of(one.name) in visible)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def asked_by(submission: Submission) -> Asked:
    """Return what was handed in comes to."""
    answers = submission.content["answers"]
    told = given(definition_of(submission.version), answers, answers)
    return asked(one for one in told if top_of(one.name) in answers)


def typed(application: Application) -> Figures:
    """Return the sums that are kept with the application itself."""
    names = Figures.__dataclass_fields__
    return Figures(**{name: getattr(application, name) for name in names})


def counted(found: Asked) -> Figures:
    """Return sums that were counted from answers."""
    return Figures(
        applied=found.applied.amount,
        own_share=found.own_share.amount,
        other=found.other.amount,
        total=found.total.amount,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
    )


def figures_of(application: Application) -> Figures:
    """Return what an application asks for: counted from the form while it is written, else as it is kept."""
    if application.state == Application.State.PREPARING and application.response is not None:
        return counted(asked_in(application.response))
    return typed(application)


def drafts_of(seen: ApplicationQuerySet) -> Mapping[UUID, Figures]:
    """Return what the forms that are being written come to, by application; one query for all of them."""
    found = seen.filter(state=Application.State.PREPARING).exclude(response=None)
    held = "response__collection__version"
    written = found.select_related(None).select_related(held).defer(f"{held}__definition", f"{held}__rule_set")
    return {one.pk: counted(asked_in(one.response)) for one in written if one.response is not None}
