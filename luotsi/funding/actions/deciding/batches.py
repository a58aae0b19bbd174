"""Decisions of a call made in one go; taken back while nobody was told; sent for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, background, clock, texts
from luotsi.base.errors import Reason
from luotsi.base.names import Names
from luotsi.funding.actions.decisions import DecisionDetails, ReportDetails, fields_of
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Call, DecisionBatch, DecisionLetter, GrantDecision, Instalment
from luotsi.funding.models.letters import QUIET
from luotsi.funding.queries.deciding import Table, Waiting, waiting_in
from luotsi.funding.queries.deciding_words import said
from luotsi.funding.queries.own_shares import rule_of
from luotsi.funding.rules.letters import accepted
from luotsi.funding.rules.scoring import batch_refusals
from luotsi.funding.rules.shares import parted

if TYPE_CHECKING:
    from luotsi.people.models import Account

GO_ON = "luotsi.funding.actions.deciding.going_on.go_on"
WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class BatchTerms:
    """What goes for all decisions of a batch.

    Args:
        law: by which the grants are given.
        signer: the officer who decides, as the letters name them.
        conditions: of every grant, one on a line.
        instalments: (per cent of the grant, day or None); per cents make 100, or there are none.
        interim_on, final_on: days of the reports; no day = no such report is asked for.
    """

    law: str
    decided_on: date
    signer: Names
    conditions: Names = Names()  # noqa: RUF009 - frozen
    instalments: tuple[tuple[Decimal, date | None], ...] = ()
    interim_on: date | None = None
    final_on: date | None = None


@transaction.atomic
def decide_batch(*, call: Call, terms: BatchTerms, seen: str, key: str, by: Account) -> DecisionBatch:
    """Decide all fixed proposals of a call that this officer may decide, and let their letters be printed.

    Applicants learn of it when the letters are sent; until then it can be taken back.

    Args:
        call: of this installation, whose officer it is.
        terms: what goes for all of them.
        seen: the seal of the table that the officer confirmed.
        key: of the page, so that a double click decides once.
        by: the officer.

    Raises:
        FundingRefused: with every reason: another page decided first, a sum is over its bound, a proposal changed.
    """
    held = Call.objects.select_for_update(of=("self",)).select_related("funder", "owner").get(pk=call.pk)
    if there := DecisionBatch.objects.filter(call=held, key=key).first():
        return there
    table = waiting_in(held, by)
    _refuse(held, table, terms, seen)
    now = clock.now()
    batch = DecisionBatch(
        call=held,
        key=key,
        law=terms.law,
        decided_on=terms.decided_on,
        signer=texts.kept(terms.signer),
        conditions=texts.kept(terms.conditions),
        decided_at=now,
        decided_by=by,
        total=len(table.mine),
        not_before=now + QUIET,
    )
    checked(batch).save(force_insert=True)
    decisions = [_decision(held, one, terms, by) for one in table.mine]
    GrantDecision.objects.bulk_create(decisions)
    Instalment.objects.bulk_create(
        [part for one in decisions if one.granted for part in _instalments(held, one, terms)]
    )
    DecisionLetter.objects.bulk_create(
        [
            DecisionLetter(batch=batch, decision=decision, reasons=one.proposal.reasons)
            for one, decision in zip(table.mine, decisions, strict=True)
        ]
    )
    _record(batch, "funding.decisions.made", by, _told(table.mine))
    background.later(GO_ON, batch.pk)
    return batch


def _refuse(call: Call, table: Table, terms: BatchTerms, seen: str) -> None:
    whole = batch_refusals(count=len(table.mine), granted=table.granted, left=table.left, seen=seen, stands=table.seal)
    reasons = [Reason(words) for words in said(whole)]
    for one in table.mine:
        reasons += [Reason(f"{one.application.names.text}: {words}") for words in said(one.refusals)]
    if terms.decided_on > clock.today():
        reasons.append(Reason(_("The day has not come yet."), field="decided_on"))
    if not terms.signer.text.strip():
        reasons.append(Reason(_("Tell who decides, by title and name."), field="signer_fi"))
    percents = [percent for percent, _on in terms.instalments]
    if percents and (sum(percents) != WHOLE or min(percents) <= 0):
        reasons.append(Reason(_("The instalments must make 100 per cent together."), field="percent_1"))
    reasons += _days(call, table, terms)
    if reasons:
        raise FundingRefused(*reasons)


def _days(call: Call, table: Table, terms: BatchTerms) -> list[Reason]:
    """Return what is wrong with the days of reports (rule D5: a final report is due after the period of use)."""
    ends = [one.application.ends_on or call.ends_on for one in table.mine if one.granted]
    if not ends:
        return []
    if terms.final_on is None:
        return [Reason(_("Tell by when the final report is due."), field="final_on")]
    if any(end is not None and terms.final_on < end for end in ends):
        return [Reason(_("The final report would be due before a period of use ends."), field="final_on")]
    if terms.interim_on is not None and terms.interim_on >= terms.final_on:
        return [Reason(_("The interim report is due before the final one."), field="interim_on")]
    return []


def _decision(call: Call, one: Waiting, terms: BatchTerms, by: Account) -> GrantDecision:
    application, granted = one.application, one.granted
    given: dict[str, object] = {}
    if granted is not None:
        rule = rule_of(call)
        left = accepted(
            granted,
            applied=application.applied or granted,
            total=application.total,
            other=application.other,
            percent=call.grant_percent,
            rounding=rule.rounding,
        )
        reports = ((False, terms.interim_on), (True, terms.final_on))
        given = {
            "percent": call.grant_percent,
            "total": left.total,
            "own_share": left.own_share,
            "starts_on": application.starts_on or call.starts_on,
            "ends_on": application.ends_on or call.ends_on,
            "conditions": terms.conditions.text,
            "reports": tuple(ReportDetails(is_final=final, due_on=day) for final, day in reports if day),
        }
    details = DecisionDetails(
        outcome=one.proposal.outcome,
        granted=granted,
        decided_on=terms.decided_on,
        register_number=application.register_number,
        reasons=one.proposal.grounds.text,
        **given,  # type: ignore[arg-type]
    )
    now = clock.now()
    fields = fields_of(details)
    return GrantDecision(
        application=application, law=terms.law, recorded_at=now, changed_at=now, recorded_by=by, **fields
    )


def _instalments(call: Call, decision: GrantDecision, terms: BatchTerms) -> list[Instalment]:
    """Return the instalments of a grant: the whole at once where none are told, and none of nothing."""
    plan = terms.instalments or ((WHOLE, None),)
    sums = parted(decision.granted or Decimal(0), [percent for percent, _on in plan], rule_of(call).rounding)
    above = [(amount, due_on) for amount, (_percent, due_on) in zip(sums, plan, strict=True) if amount]
    return [
        Instalment(decision=decision, number=number, amount=amount, due_on=due_on)
        for number, (amount, due_on) in enumerate(above, start=1)
    ]


@transaction.atomic
def take_back_batch(*, batch: DecisionBatch, by: Account) -> None:
    """Take decisions back of which nobody was told: the proposals wait again. Raises FundingRefused once sent."""
    held = DecisionBatch.objects.select_for_update(of=("self",)).filter(pk=batch.pk).first()
    if held is None:
        return
    if held.sent_at is not None:
        raise FundingRefused(_("The letters have been sent: these decisions cannot be taken back."))
    letters = DecisionLetter.objects.filter(batch=held)
    gone = GrantDecision.objects.filter(letter__in=letters)
    told = [{"application": str(pk), "outcome": outcome} for pk, outcome in gone.values_list("application", "outcome")]
    _record(held, "funding.decisions.taken-back", by, {"decisions": told})
    GrantDecision.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
    held.delete()


@transaction.atomic
def send_batch(*, batch: DecisionBatch, by: Account) -> DecisionBatch:
    """Begin to send the letters: from now on the decisions stand. A second time changes nothing.

    Raises:
        FundingRefused: the letters are being printed still, or were taken back.
    """
    held = DecisionBatch.objects.select_for_update(of=("self",)).filter(pk=batch.pk).first()
    if held is None:
        raise FundingRefused(_("These decisions have been taken back."))
    if held.sent_at is not None:
        return held
    if held.ended_at is None:
        raise FundingRefused(_("The letters are being printed. Send them when all of them are there."))
    now = clock.now()
    held.sent_at, held.sent_by = now, by
    held.done, held.ended_at, held.attempts, held.not_before = 0, None, 0, now + QUIET
    held.save(update_fields=["sent_at", "sent_by", "done", "ended_at", "attempts", "not_before"])
    _record(held, "funding.decisions.sent", by, {"letters": held.total})
    background.later(GO_ON, held.pk)
    return held


@transaction.atomic
def try_again(*, batch: DecisionBatch, by: Account) -> None:
    """Take up work that was given up. Raises FundingRefused when it is done, or is being done."""
    held = DecisionBatch.objects.going_on().select_for_update(of=("self",)).filter(pk=batch.pk).first()
    if held is None or (not held.attempts and held.not_before > clock.now()):
        raise FundingRefused(_("Nothing has stopped: it is done, or it is being done now."))
    held.attempts, held.not_before = 0, clock.now() + QUIET
    held.save(update_fields=["attempts", "not_before"])
    _record(held, "funding.decisions.resumed", by, {"done": held.done, "total": held.total})
    background.later(GO_ON, held.pk)


def _told(rows: Sequence[Waiting]) -> dict[str, object]:
    return {
        "granted": sum((one.granted or Decimal(0) for one in rows), Decimal(0)),
        "decisions": [
            {"application": str(one.application.pk), "outcome": one.proposal.outcome, "granted": one.granted}
            for one in rows
        ],
    }


def _record(batch: DecisionBatch, verb: str, by: Account, after: dict[str, object]) -> None:
    audit.record(by=by, verb=verb, target=batch, after=after, unit_id=batch.call.owner_id)
