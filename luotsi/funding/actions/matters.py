"""Matters before a body or an officer: made, written further, fixed, and what was decided of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, texts
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.funding.actions.obligations import renew_obligations
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import BoardItem, Commitment
from luotsi.funding.queries.matter_words import LANGUAGES, words_of
from luotsi.funding.queries.matters import sums_now, sums_stand
from luotsi.funding.queries.own_shares import need_of
from luotsi.funding.rules.board import only_notes
from luotsi.funding.rules.shares import Deed
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.people.models import Account


@dataclass(frozen=True, kw_only=True)
class MatterDetails:
    """Who decides what, and when."""

    matter: str
    kind: str
    body: Names
    presenter: Names = Names()  # noqa: RUF009 - frozen
    meeting_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MatterText:
    """The words of a matter, and the own share that is proposed; None where none is."""

    body: Names
    presenter: Names
    meeting_on: date | None
    title: Names
    background: Names
    proposal: Names
    proposed: Decimal | None


@dataclass(frozen=True, kw_only=True)
class MatterOutcome:
    """What was decided: `decided` is the own share when it is another than proposed."""

    outcome: str
    decided: Decimal | None = None
    decided_on: date | None = None
    section: str = ""
    decision: str = ""
    notice: str = ""
    given_on: date | None = None


@transaction.atomic
def begin_matter(*, application: Application, details: MatterDetails, by: Account | None) -> BoardItem:
    """Make a matter with words from the records. Raises FundingRefused when nobody is named to decide."""
    if not texts.kept(details.body):
        raise FundingRefused(Reason(_("Tell who decides."), field="body_fi"))
    words = words_of(application, details.matter)
    is_of_share = details.matter != BoardItem.Matter.RESULT
    item = BoardItem(
        application=application,
        matter=details.matter,
        kind=details.kind,
        body=texts.kept(details.body),
        presenter=texts.kept(details.presenter),
        meeting_on=details.meeting_on,
        title=texts.kept(words.title),
        background=texts.kept(words.background),
        proposal=texts.kept(words.proposal),
        proposed=need_of(application).amount if is_of_share else None,
        sums=sums_now(application),
        changed_at=clock.now(),
        changed_by=by,
    )
    checked(item).save(force_insert=True)
    _record(item, "funding.matter.begun", by, None, audit.snapshot(item))
    return item


@transaction.atomic
def write_matter(*, item: BoardItem, text: MatterText, seen: datetime, by: Account | None) -> BoardItem:
    """Write the words of a matter. Raises FundingRefused once they are fixed, or when another wrote since `seen`."""
    held = _held(item)
    if held.is_fixed:
        raise FundingRefused(_("The text is fixed. Open it again before you write."))
    if held.changed_at != seen:
        told = {"when": formatting.moment(held.changed_at)}
        raise FundingRefused(_("Somebody else wrote this text %(when)s. Compare before you save yours.") % told)
    if not texts.kept(text.body):
        raise FundingRefused(Reason(_("Tell who decides."), field="body_fi"))
    fields = {name: texts.kept(value) if isinstance(value, Names) else value for name, value in vars(text).items()}
    before = audit.snapshot(held, *fields)
    for name, value in fields.items():
        setattr(held, name, value)
    after = audit.snapshot(checked(held), *fields)
    if changed := [name for name in fields if before[name] != after[name]]:
        held.changed_at, held.changed_by, held.sums = clock.now(), by, sums_now(held.application)
        held.save(update_fields=[*changed, "changed_at", "changed_by", "sums"])
        old, new = ({name: state[name] for name in changed} for state in (before, after))
        _record(held, "funding.matter.written", by, old, new)
    return held


@transaction.atomic
def renew_matter(*, item: BoardItem, by: Account | None) -> BoardItem:
    """Make the words anew from the records; the log keeps what was written. Raises FundingRefused when fixed."""
    held = _held(item)
    if held.is_fixed:
        raise FundingRefused(_("The text is fixed. Open it again before you write."))
    words = words_of(held.application, held.matter)
    names = ["title", "background", "proposal", "proposed"]
    before = audit.snapshot(held, *names)
    held.title, held.background = texts.kept(words.title), texts.kept(words.background)
    held.proposal = texts.kept(words.proposal)
    held.proposed = None if held.matter == BoardItem.Matter.RESULT else need_of(held.application).amount
    held.sums, held.changed_at, held.changed_by = sums_now(held.application), clock.now(), by
    held.save(update_fields=[*names, "sums", "changed_at", "changed_by"])
    _record(held, "funding.matter.renewed", by, before, audit.snapshot(held, *names))
    return held


@transaction.atomic
def fix_matter(*, item: BoardItem, by: Account | None) -> BoardItem:
    """Fix the words: they do not change any more. A second time changes nothing.

    Raises FundingRefused when a language is missing, or when a sum in them is not that of the application.
    """
    held = _held(item)
    if held.is_fixed:
        return held
    reasons = [
        Reason(
            _("The text is not complete in this language: %(language)s.") % {"language": code}, field=f"{name}_{code}"
        )
        for name in ("title", "background", "proposal")
        for code in LANGUAGES
        if not (getattr(held, name) or {}).get(code)
    ]
    reasons += [Reason(words) for words in sums_stand(held)]
    if reasons:
        raise FundingRefused(*reasons)
    held.fixed_at, held.fixed_by = clock.now(), by
    held.save(update_fields=["fixed_at", "fixed_by"])
    _record(held, "funding.matter.fixed", by, None, {"fixed_at": held.fixed_at, "proposed": held.proposed})
    return held


@transaction.atomic
def reopen_matter(*, item: BoardItem, by: Account | None) -> BoardItem:
    """Open a fixed text again. Raises FundingRefused once its outcome is recorded."""
    held = _held(item)
    if held.outcome:
        raise FundingRefused(_("The outcome is recorded: what was proposed must not change afterwards."))
    if held.is_fixed:
        held.fixed_at, held.fixed_by = None, None
        held.save(update_fields=["fixed_at", "fixed_by"])
        _record(held, "funding.matter.reopened", by, None, {"fixed_at": None})
    return held


@transaction.atomic
def record_outcome(*, item: BoardItem, outcome: MatterOutcome, by: Account | None) -> BoardItem:
    """Record what was decided; a decided or changed own share becomes an entry of the ledger, a noted one does not.

    The same outcome sent twice is recorded once. Raises FundingRefused when another one is recorded already, when the
    text is not fixed, when a changed decision gives no sum, or when the words of a decision only note the matter.
    """
    held = _held(item)
    given = _outcome_fields(held, outcome)
    if held.outcome:
        if all(getattr(held, name) == value for name, value in given.items()):
            return held
        told = {"when": formatting.moment(held.recorded_at)}
        raise FundingRefused(_("Another outcome was recorded %(when)s. Take it back first, if it is wrong.") % told)
    _refuse(held, outcome)
    for name, value in given.items():
        setattr(held, name, value)
    held.recorded_at, held.recorded_by = clock.now(), by
    checked(held).save(update_fields=[*given, "recorded_at", "recorded_by"])
    _commit(held, by)
    renew_obligations(application=held.application)
    _record(held, "funding.matter.decided", by, None, audit.snapshot(held, *given))
    return held


@transaction.atomic
def take_back_outcome(*, item: BoardItem, by: Account | None) -> BoardItem:
    """Take back an outcome that was recorded by mistake, and its entry of the ledger; the log keeps both."""
    held = _held(item)
    if not held.outcome:
        raise FundingRefused(_("No outcome has been recorded."))
    names = ["outcome", "decided", "decided_on", "section", "decision", "notice", "given_on"]
    before = audit.snapshot(held, *names)
    Commitment.objects.filter(item=held).delete()
    held.outcome = held.section = held.decision = held.notice = ""
    held.decided = held.decided_on = held.given_on = held.recorded_at = held.recorded_by = None
    held.save(update_fields=[*names, "recorded_at", "recorded_by"])
    renew_obligations(application=held.application)
    _record(held, "funding.matter.undecided", by, before, audit.snapshot(held, *names))
    return held


@transaction.atomic
def discard_matter(*, item: BoardItem, by: Account | None) -> None:
    """Take away a matter that was not brought forward. Raises FundingRefused once its text is fixed."""
    held = _held(item)
    if held.is_fixed:
        raise FundingRefused(_("The text is fixed, so that the matter stays."))
    _record(held, "funding.matter.discarded", by, audit.snapshot(held), None)
    held.delete()


def _held(item: BoardItem) -> BoardItem:
    """Return the matter, locked until the transaction ends."""
    found = BoardItem.objects.select_for_update(of=("self",))
    return found.select_related("application__unit", "application__call__funder").get(pk=item.pk)


def _outcome_fields(item: BoardItem, outcome: MatterOutcome) -> dict[str, object]:
    """Return what is kept: the own share as proposed where it was decided so, none where nothing was decided."""
    share = {Deed.DECIDED: item.proposed, Deed.CHANGED: outcome.decided}.get(Deed(outcome.outcome))
    return {**vars(outcome), "decided": share if item.intent.decides else None}


def _refuse(item: BoardItem, outcome: MatterOutcome) -> None:
    reasons = []
    if not item.is_fixed:
        reasons.append(Reason(_("Fix the text first: what was proposed must not change afterwards.")))
    if item.intent.decides and outcome.outcome == Deed.CHANGED and outcome.decided is None:
        reasons.append(Reason(_("Tell the own share that was decided; write 0 for nothing."), field="decided"))
    if item.intent.decides and Deed(outcome.outcome).binds and only_notes(outcome.decision):
        words = _("The decision in its own words only notes the matter. Choose “Only noted”, or mend the words.")
        reasons.append(Reason(words, field="outcome"))
    for name in ("decided_on", "given_on"):
        if (day := getattr(outcome, name)) and day > clock.today():
            reasons.append(Reason(_("The day has not come yet."), field=name))
    if outcome.decided_on and outcome.given_on and outcome.given_on < outcome.decided_on:
        reasons.append(Reason(_("A decision is not made known before it is made."), field="given_on"))
    if bool(outcome.notice) != (outcome.given_on is not None):
        words = _("Give both how and when the decision was made known, or neither.")
        reasons.append(Reason(words, field="given_on" if outcome.notice else "notice"))
    if reasons:
        raise FundingRefused(*reasons)


def _commit(item: BoardItem, by: Account | None) -> None:
    if not Deed(item.outcome).binds or not item.intent.decides:
        return
    entry = Commitment(
        application=item.application,
        item=item,
        deed=item.outcome,
        amount=item.decided,
        decider=item.bodies.text[:200],
        decided_on=item.decided_on,
        section=item.section,
        written_by=by,
        written_at=clock.now(),
    )
    checked(entry).save(force_insert=True)


def _record(
    item: BoardItem,
    verb: str,
    by: Account | None,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    unit_id = item.application.unit_id
    audit.record(by=by, verb=verb, target=item, before=before, after=after, unit_id=unit_id)
