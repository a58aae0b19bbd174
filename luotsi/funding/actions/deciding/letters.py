"""Letters of decisions, some at a time: printed first, and sent once an officer says so."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, outbox
from luotsi.base.delivery import pause_after
from luotsi.funding.actions.decisions import follow
from luotsi.funding.actions.reminders import people_of
from luotsi.funding.models import Application, BudgetRow, DecisionBatch, DecisionLetter, GrantDecision
from luotsi.funding.models.letters import QUIET
from luotsi.funding.queries.ledger import budget_of
from luotsi.funding.queries.letter_files import printed
from luotsi.funding.queries.letters import content_of
from luotsi.funding.rules.letters import seal
from luotsi.funding.rules.obligations import Notice
from luotsi.funding.rules.shares import parted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.people.models import Person

AT_ONCE = 20
ALONG = ("decision__application__unit", "decision__application__response__collection__version")


@transaction.atomic
def work_on(pk: UUID) -> bool:
    """Print or send the next letters of a batch, one transaction; return whether there are more."""
    batch = DecisionBatch.objects.going_on().select_for_update(of=("self",)).filter(pk=pk).first()
    if batch is None:
        return False
    chosen = _chosen(batch)
    for letter in chosen:
        if batch.sent_at is None:
            _print(letter)
        else:
            _send(letter, batch)
    now = clock.now()
    batch.done = min(batch.done + len(chosen), batch.total)
    batch.attempts, batch.not_before = 0, now + QUIET
    batch.ended_at = now if len(chosen) < AT_ONCE else None
    batch.save(update_fields=["done", "attempts", "not_before", "ended_at"])
    return batch.ended_at is None


@transaction.atomic
def note_failure(pk: UUID) -> None:
    """Note that a try has failed; it is tried again after a pause that grows, and given up in the end."""
    batch = DecisionBatch.objects.going_on().select_for_update(of=("self",)).filter(pk=pk).first()
    if batch is not None:
        batch.attempts += 1
        batch.not_before = clock.now() + pause_after(batch.attempts)
        batch.save(update_fields=["attempts", "not_before"])


def _chosen(batch: DecisionBatch) -> list[DecisionLetter]:
    rows = DecisionLetter.objects.filter(batch=batch, **{_mark(batch): None}).order_by("pk")
    rows = rows.select_related(*ALONG, "decision__application__call__funder").defer(
        "pdf_fi", "pdf_sv", "decision__application__response__collection__version__rule_set"
    )
    found = list(rows.prefetch_related("decision__instalments")[:AT_ONCE])
    for letter in found:
        letter.batch = batch
    return found


def _mark(batch: DecisionBatch) -> str:
    return "printed_at" if batch.sent_at is None else "sent_at"


def _print(letter: DecisionLetter) -> None:
    """Fix what a letter says, with its hash, and print it in both languages."""
    content, at = content_of(letter), letter.batch.decided_at
    letter.content, letter.sha256, letter.printed_at = content, seal(content), clock.now()
    letter.pdf_fi = printed(content["fi"], letter.sha256, at)
    letter.pdf_sv = printed(content["sv"], letter.sha256, at)
    letter.save(update_fields=["content", "sha256", "printed_at", "pdf_fi", "pdf_sv"])


def _send(letter: DecisionLetter, batch: DecisionBatch) -> None:
    """Tell one applicant: the application follows its decision. One that was withdrawn before it was told lapses."""
    decision = letter.decision
    application = Application.objects.select_for_update(of=("self",)).get(pk=decision.application_id)
    if application.state != Application.State.SUBMITTED:
        _lapse(decision, application, batch)
        return
    now = clock.now()
    decision.notice, decision.given_on, decision.changed_at = Notice.ELECTRONIC, clock.day_of(now), now
    decision.save(update_fields=["notice", "given_on", "changed_at"])
    letter.sent_at = now
    letter.save(update_fields=["sent_at"])
    _write_budget(decision)
    follow(application, decision)
    audit.record(
        by=batch.sent_by,
        verb="funding.decision.told",
        target=decision,
        after={"outcome": decision.outcome, "granted": decision.granted, "sha256": letter.sha256},
        unit_id=application.unit_id,
    )
    _write_to(people_of(decision.application), decision, letter)


def _lapse(decision: GrantDecision, application: Application, batch: DecisionBatch) -> None:
    audit.record(
        by=batch.sent_by,
        verb="funding.decision.lapsed",
        target=decision,
        before={"outcome": decision.outcome, "granted": decision.granted},
        after={"state": application.state},
        unit_id=batch.call.owner_id,
    )
    decision.delete()


def _write_budget(decision: GrantDecision) -> None:
    """Give the grant the budget of its application, cut in proportion where less cost is accepted."""
    application = decision.application
    if not decision.is_granted or application.budget_rows.exists():
        return
    applied = {key: amount for key, amount in budget_of(application).items() if amount > 0}
    if not applied or decision.total is None:
        return
    is_whole = decision.total >= sum(applied.values(), Decimal(0))
    sums = tuple(applied.values()) if is_whole else parted(decision.total, tuple(applied.values()))
    BudgetRow.objects.bulk_create(
        [
            BudgetRow(application=application, cost_class=key, amount=amount)
            for key, amount in zip(applied, sums, strict=True)
        ]
    )


def _write_to(people: Iterable[Person], decision: GrantDecision, letter: DecisionLetter) -> None:
    """Write that a decision is there; what was decided is told on its page, to those who may see it."""
    application = decision.application
    for person in people:
        with translation.override(person.language):
            path = reverse("funding:see-decision", args=[application.unit.key, application.pk])
            context = {
                "project": application.names.text,
                "call": application.call.names.text,
                "url": f"{settings.SITE_URL}{path}",
            }
            outbox.post(
                to=person.account.email if person.account else person.email,
                subject=_("A decision has come: %(project)s") % context,
                body=render_to_string("funding/mail/decision.txt", context),
                language=person.language,
                key=f"funding.letter.{letter.pk}.{person.pk}",
            )
