"""Change requests: drafted from what the ledger warns of, written, sent, withdrawn, and answered part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.funding.actions.obligations import renew_obligations
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Application, BudgetRow, ChangeRequest
from luotsi.funding.queries.change_words import PARTS, refusal_words
from luotsi.funding.queries.changes import refusals_of, standing_kept, standing_of, warned_of
from luotsi.funding.queries.cost_classes import class_words
from luotsi.funding.queries.ledger import whole_budget_of
from luotsi.funding.queries.spending import spending_of
from luotsi.funding.rules.change_parts import budget_after, drafted, parts_of, request_from
from luotsi.funding.rules.change_request import Answer, Part, Request, answered, draft
from luotsi.funding.rules.spending import over_years
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.people.models import Account


@dataclass(frozen=True, kw_only=True)
class PartAnswer:
    """What the funder says of one part; `given` is what it gives instead, in the shape of the part as it is kept."""

    answer: str
    reasons: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def begin_change(*, application: Application, by: Account | None) -> ChangeRequest:
    """Draft a request from what the ledger warns of; a second time gives the one that is open.

    Raises FundingRefused when nothing was granted, or when a request waits for its answer.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    if not held.is_granted:
        raise FundingRefused(_("Nothing was granted, so that nothing can be changed."))
    there = ChangeRequest.objects.filter(application=held)
    open_ = there.filter(state__in=[ChangeRequest.State.DRAFT, ChangeRequest.State.SENT]).first()
    if open_ is not None:
        if open_.is_draft:
            return open_
        raise FundingRefused(_("A change request waits for the funder's answer."))
    now, spending = clock.now(), spending_of(held)
    warned, standing = warned_of(held, spending), standing_of(held, spending)
    found = draft(warned, standing.budget, standing.spent or {}) if warned else None
    told = [why for _part, why in found.grounds] + list(found.reasons) if found else []
    request = ChangeRequest(
        application=held,
        number=there.count() + 1,
        parts=drafted(found) if found else {},
        warned=[{"code": one.code, "about": one.about, "params": audit.safe(one.params)} for one in told],
        begun_at=now,
        changed_at=now,
        changed_by=by,
    )
    checked(request).save(force_insert=True)
    _record(request, "funding.change.begun", by, None, {"number": request.number, "parts": request.parts})
    return request


@transaction.atomic
def write_change(*, request: ChangeRequest, asked: Request, seen: datetime, by: Account | None) -> ChangeRequest:
    """Keep what is asked for. Raises FundingRefused once it is sent, or when another wrote since `seen`."""
    held = _held(request)
    _refuse_unless_draft(held)
    if held.changed_at != seen:
        told = {"when": formatting.moment(held.changed_at)}
        raise FundingRefused(_("Somebody else wrote this text %(when)s. Compare before you save yours.") % told)
    parts = parts_of(asked)
    if parts == held.parts:
        return held
    before = held.parts
    held.parts, held.changed_at, held.changed_by = parts, clock.now(), by
    checked(held).save(update_fields=["parts", "changed_at", "changed_by"])
    _record(held, "funding.change.written", by, {"parts": before}, {"parts": parts})
    return held


@transaction.atomic
def send_change(*, request: ChangeRequest, register_number: str = "", by: Account | None) -> ChangeRequest:
    """Mark a request as sent, with the grant as it stands; a second time changes nothing.

    Raises FundingRefused with everything that the rules refuse.
    """
    held = _held(request)
    if held.is_sent:
        return held
    _refuse_unless_draft(held)
    standing = standing_of(held.application)
    reasons = refusals_of(held, standing, clock.today())
    if reasons:
        keys = {**standing.budget, **dict.fromkeys(one.about for one in reasons)}
        raise FundingRefused(*refusal_words(reasons, class_words(held.application.call, keys)))
    held.before = standing_kept(standing)
    held.state, held.sent_at, held.sent_by = ChangeRequest.State.SENT, clock.now(), by
    held.register_number = register_number.strip()
    checked(held).save(update_fields=["before", "state", "sent_at", "sent_by", "register_number"])
    _record(held, "funding.change.sent", by, None, {"parts": held.parts, "register_number": held.register_number})
    return held


@transaction.atomic
def withdraw_change(*, request: ChangeRequest, by: Account | None) -> ChangeRequest:
    """Withdraw a request that was sent; a draft that nobody needs is withdrawn, too, and stays to be read."""
    held = _held(request)
    if held.state == ChangeRequest.State.WITHDRAWN:
        return held
    if held.is_answered:
        raise FundingRefused(_("The funder has answered: the request cannot be withdrawn any more."))
    before = held.state
    held.state, held.withdrawn_at = ChangeRequest.State.WITHDRAWN, clock.now()
    checked(held).save(update_fields=["state", "withdrawn_at"])
    _record(held, "funding.change.withdrawn", by, {"state": before}, {"state": held.state})
    return held


@transaction.atomic
def answer_change(
    *,
    request: ChangeRequest,
    answers: Mapping[Part, PartAnswer],
    answered_on: date | None = None,
    by: Account | None,
) -> ChangeRequest:
    """Record what the funder says of each part; what it accepts is in force at once.

    A new last day moves the obligations, a new budget becomes that of the grant. The same answers sent twice are
    recorded once. Raises FundingRefused when others are recorded already, when a part has no answer, when a part that
    is not accepted as asked has no reasons, or when what is given instead does not hold.
    """
    held = _held(request)
    kept = {
        part.value: {"answer": str(one.answer), "reasons": one.reasons.strip(), "given": audit.safe(one.given)}
        for part, one in answers.items()
    }
    if held.is_answered:
        if held.answers == kept and held.answered_on == answered_on:
            return held
        raise FundingRefused(_("This request has been answered otherwise. The first answer stands."))
    if not held.is_sent:
        raise FundingRefused(_("Only a request that was sent can be answered."))
    _refuse_answers(held, answers, answered_on)
    held.answers, held.answered_on = kept, answered_on
    held.state, held.answered_at, held.answered_by = ChangeRequest.State.ANSWERED, clock.now(), by
    checked(held).save(update_fields=["answers", "answered_on", "state", "answered_at", "answered_by"])
    _rebudget(held)
    renew_obligations(application=held.application)
    _record(held, "funding.change.answered", by, None, {"answers": kept, "answered_on": answered_on})
    return held


def _refuse_answers(request: ChangeRequest, answers: Mapping[Part, PartAnswer], answered_on: date | None) -> None:
    asked = request_from(request.parts)
    told = answered(asked, {part: Answer(one.answer) for part, one in answers.items()})
    reasons = [Reason(words) for words in refusal_words(told, {})]
    for part, one in answers.items():
        name = str(PARTS[part])
        if one.answer != Answer.ACCEPTED and not one.reasons.strip():
            reasons.append(Reason(_("Give the funder's reasons: %(part)s.") % {"part": name}, f"{part}_reasons"))
        if one.answer == Answer.WITH_CHANGES and not one.given:
            reasons.append(Reason(_("Tell what was given instead: %(part)s.") % {"part": name}, f"{part}_answer"))
    budget = answers.get(Part.BUDGET)
    if budget and budget.answer == Answer.WITH_CHANGES and budget.given:
        new = sum(budget_after({}, {"budget": budget.given}, {"budget": {"answer": Answer.ACCEPTED}}).values())
        old = sum(Decimal(one) for one in request.before["budget"].values())
        if new != old:
            sums = {"new": formatting.euros(Decimal(new)), "old": formatting.euros(Decimal(old))}
            reasons.append(
                Reason(_("The new budget comes to %(new)s, the present one to %(old)s. The total must stay.") % sums)
            )
    if answered_on and answered_on > clock.today():
        reasons.append(Reason(_("The day has not come yet."), field="answered_on"))
    if reasons:
        raise FundingRefused(*reasons)


def _rebudget(request: ChangeRequest) -> None:
    """Write the budget that the funder accepted: a class that was parted by years stays so, see `over_years`."""
    application = request.application
    budget = whole_budget_of(application)
    new = budget_after(budget.by_class, request.parts, request.answers)
    if new == dict(budget.by_class):
        return
    for key in sorted({*new, *budget.by_class}):
        amount = new.get(key, Decimal(0))
        if budget.is_kept and budget.by_class.get(key) == amount:
            continue
        BudgetRow.objects.filter(application=application, cost_class=key).delete()
        old = {year: sum_ for (of, year), sum_ in budget.by_class_and_year.items() if of == key}
        parts: list[tuple[int | None, Decimal]] = [*over_years(amount, old, clock.today().year).items()]
        for year, part in parts or [(None, amount)]:
            if part:
                row = BudgetRow(application=application, cost_class=key, year=year, amount=part)
                checked(row).save(force_insert=True)


def _held(request: ChangeRequest) -> ChangeRequest:
    """Return the request, locked until the transaction ends."""
    found = ChangeRequest.objects.select_for_update(of=("self",))
    return found.select_related("application__unit", "application__call__funder").get(pk=request.pk)


def _refuse_unless_draft(request: ChangeRequest) -> None:
    if not request.is_draft:
        raise FundingRefused(_("The request has been sent and does not change any more."))


def _record(
    request: ChangeRequest,
    verb: str,
    by: Account | None,
    before: dict[str, object] | None,
    after: dict[str, object],
) -> None:
    unit_id = request.application.unit_id
    audit.record(by=by, verb=verb, target=request, before=before, after=after, unit_id=unit_id)
