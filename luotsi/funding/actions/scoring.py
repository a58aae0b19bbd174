"""Scoring: naming who scores, declaring interests, giving points and handing them in, closing the round."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Application, Call, Conflict, Proposal, Round, Score, Scorer
from luotsi.funding.queries.scoring import scored_of
from luotsi.funding.rules.scoring import Mark, mark_refusals
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.funding.queries.scoring import Scored
    from luotsi.funding.rules.because import Because
    from luotsi.people.models import Account, Person


@dataclass(frozen=True)
class Given:
    """Points by one criterion with words; None = not given yet, which is not zero."""

    points: Decimal | None
    words: str = ""


def round_of(call: Call) -> Round:
    """Return the round of a call, locked until the transaction ends; it is made where there is none."""
    Call.objects.select_for_update(of=("self",)).filter(pk=call.pk).first()
    found = Round.objects.filter(call=call).first()
    if found is None:
        found = Round(call=call)
        found.save(force_insert=True)
    return found


def _open(call: Call) -> Round:
    found = round_of(call)
    if found.scoring_closed_at:
        raise FundingRefused(_("Scoring is closed."))
    return found


@transaction.atomic
def add_scorer(*, call: Call, person: Person | None, by: Account | None) -> Scorer:
    """Name somebody to score the applications to a call.

    Raises:
        FundingRefused: they are named already, cannot sign in, the call has no criteria, or scoring is closed.
    """
    _open(call)
    if not call.criteria.exists():
        raise FundingRefused(_("The call has no criteria to score by."))
    if person is None or person.account_id is None:
        raise FundingRefused(Reason(_("Only somebody who can sign in can score."), field="person"))
    scorer = Scorer(call=call, person=person, named_at=clock.now(), named_by=by)
    checked(scorer).save(force_insert=True)
    audit.record(
        by=by,
        verb="funding.scorer.added",
        target=call,
        after={"person": str(person.pk)},
        unit_id=call.owner_id,
    )
    return scorer


@transaction.atomic
def remove_scorer(*, scorer: Scorer, by: Account | None) -> None:
    """Take back that somebody scores.

    Raises:
        FundingRefused: they have declared or scored something: that stays told.
    """
    if scorer.conflicts.exists() or scorer.scores.exists():
        raise FundingRefused(_("This scorer has declared or scored something already, which stays."))
    audit.record(
        by=by,
        verb="funding.scorer.removed",
        target=scorer.call,
        before={"person": str(scorer.person_id)},
        unit_id=scorer.call.owner_id,
    )
    scorer.delete()


@transaction.atomic
def declare(
    *, scorer: Scorer, application: Application, has_conflict: bool, words: str = "", by: Account | None
) -> Conflict:
    """Declare an interest in an application with its reason, or none; only then its scoring page opens.

    Who finds out later may still declare an interest: their points count no more. An interest is never taken back.

    Raises:
        FundingRefused: an interest without its reason, none against the rule, one was declared, scoring is closed.
    """
    _open(scorer.call)
    found = Conflict.objects.filter(scorer=scorer, application=application).first()
    if found is not None and (found.has_conflict or not has_conflict):
        raise FundingRefused(_("You have declared this already."))
    if has_conflict and not words.strip():
        raise FundingRefused(Reason(_("Tell the interest that you have."), field="words"))
    if not has_conflict and scored_of(scorer.call, only=application).ruled.get((scorer.pk, application.pk)):
        raise FundingRefused(_("By rule you have an interest in this application: declare it."))
    now = clock.now()
    if found is None:
        found = Conflict(
            scorer=scorer,
            application=application,
            has_conflict=has_conflict,
            words=words.strip() if has_conflict else "",
            declared_at=now,
        )
        checked(found).save(force_insert=True)
    else:
        found.has_conflict, found.words, found.declared_at, found.handed_in_at = True, words.strip(), now, None
        checked(found).save(update_fields=["has_conflict", "words", "declared_at", "handed_in_at"])
    audit.record(
        by=by,
        verb="funding.interest.declared",
        target=application,
        after={"has_interest": has_conflict},
        unit_id=scorer.call.owner_id,
        reason=found.words if has_conflict else "",
    )
    return found


@transaction.atomic
def save_points(
    *, scorer: Scorer, application: Application, given: Mapping[UUID, Given], words: str = "", by: Account | None
) -> Conflict:
    """Keep points and words as they are written; nobody else sees them before they are handed in.

    The log tells that points were kept, not which: it is read by others.

    Raises:
        FundingRefused: nothing was declared, an interest was, they were handed in, or points are off the scale.
    """
    declared, scored = _writable(scorer, application)
    for criterion, one in given.items():
        mark = Mark(scorer=str(scorer.pk), application=str(application.pk), criterion=str(criterion), score=one.points)
        if found := mark_refusals(scored.scoring, mark):
            raise FundingRefused(*(_told(each, f"points_{criterion.hex}") for each in found))
    kept = {one.criterion_id: one for one in Score.objects.filter(scorer=scorer, application=application)}
    now, changed = clock.now(), 0
    for criterion, one in given.items():
        score = kept.get(criterion)
        if score is not None and (score.points, score.words) == (one.points, one.words.strip()):
            continue
        if score is None:
            score = Score(
                scorer=scorer,
                application=application,
                criterion_id=criterion,
                points=one.points,
                words=one.words.strip(),
                changed_at=now,
            )
            score.save(force_insert=True)
        else:
            score.points, score.words, score.changed_at = one.points, one.words.strip(), now
            score.save(update_fields=["points", "words", "changed_at"])
        changed += 1
    if changed or words.strip() != declared.words:
        declared.words = words.strip()
        declared.save(update_fields=["words"])
        _record("funding.points.saved", scorer, application, by, {"criteria": changed})
    return declared


def _record(verb: str, scorer: Scorer, application: Application, by: Account | None, after: dict[str, object]) -> None:
    audit.record(by=by, verb=verb, target=application, after=after, unit_id=scorer.call.owner_id)


def _writable(scorer: Scorer, application: Application) -> tuple[Conflict, Scored]:
    """Return the declaration of a scorer who may write points now, locked, and the round."""
    _open(scorer.call)
    declared = Conflict.objects.select_for_update().filter(scorer=scorer, application=application).first()
    if declared is None:
        raise FundingRefused(_("Declare first whether you have an interest in the application."))
    if declared.has_conflict:
        raise FundingRefused(_("You have declared an interest in this application."))
    if declared.handed_in_at:
        raise FundingRefused(_("Your points have been handed in."))
    scored = scored_of(scorer.call, only=application)
    if not scored.applications:
        raise FundingRefused(_("This application is not scored any more."))
    return declared, scored


def _told(reason: Because, field: str) -> Reason:
    if reason.code == "off_scale":
        low, high = (number(value) for value in (reason.params["low"], reason.params["high"]))  # type: ignore[arg-type]
        return Reason(_("Give points from %(low)s to %(high)s.") % {"low": low, "high": high}, field=field)
    words = {
        "closed": _("Scoring is closed."),
        "not_a_scorer": _("You are not named to score this call."),
        "conflict": _("You have an interest in this application."),
        "unknown_criterion": _("The call has no such criterion."),
    }
    return Reason(words[reason.code])


@transaction.atomic
def hand_in_points(*, scorer: Scorer, application: Application, by: Account | None) -> Conflict:
    """Hand points in: they count from now on, and the scorer sees those of others.

    Raises:
        FundingRefused: points by some criterion are missing, or they cannot be written any more.
    """
    declared, scored = _writable(scorer, application)
    kept = scored.points.get((scorer.pk, application.pk), {})
    missing = [one for one in scored.criteria if one.pk not in kept or kept[one.pk].points is None]
    if missing:
        raise FundingRefused(
            *(Reason(_("Give points by every criterion."), field=f"points_{one.pk.hex}") for one in missing)
        )
    declared.handed_in_at = clock.now()
    declared.save(update_fields=["handed_in_at"])
    _record("funding.points.given", scorer, application, by, {"criteria": len(scored.criteria)})
    return declared


@transaction.atomic
def close_scoring(*, call: Call, by: Account | None) -> Round:
    """End scoring: nobody gives points any more, every scorer sees all points, and the proposal can be made.

    Raises:
        FundingRefused: it is closed already, or the call has not closed yet.
    """
    found = _open(call)
    if call.state_at(clock.now()) != "closed":
        raise FundingRefused(_("Scoring ends after the call has closed."))
    found.scoring_closed_at, found.scoring_closed_by = clock.now(), by
    found.save(update_fields=["scoring_closed_at", "scoring_closed_by"])
    audit.record(by=by, verb="funding.scoring.closed", target=call, unit_id=call.owner_id)
    return found


@transaction.atomic
def reopen_scoring(*, call: Call, by: Account | None) -> Round:
    """Let scorers go on.

    Raises:
        FundingRefused: it is open, or a proposal has been fixed upon it.
    """
    found = round_of(call)
    if found.scoring_closed_at is None:
        raise FundingRefused(_("Scoring is open."))
    if Proposal.objects.filter(application__call=call, state=Proposal.State.FIXED).exists():
        raise FundingRefused(_("A proposal has been fixed: scoring stays closed."))
    found.scoring_closed_at, found.scoring_closed_by = None, None
    found.save(update_fields=["scoring_closed_at", "scoring_closed_by"])
    audit.record(by=by, verb="funding.scoring.reopened", target=call, unit_id=call.owner_id)
    return found
