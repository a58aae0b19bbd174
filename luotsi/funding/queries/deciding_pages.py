"""Pages of the decisions of an own call: what waits with its sums and findings, and what was decided."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding import access
from luotsi.funding.models import DecisionBatch, GrantDecision, Proposal
from luotsi.funding.queries.deciding import Table, Waiting, waiting_in
from luotsi.funding.queries.deciding_words import said
from luotsi.funding.queries.decision_pages import OUTCOME_MARKS
from luotsi.funding.rules.decision_text import Outcome
from luotsi.funding.rules.letters import Law
from luotsi.people.access import person_of
from luotsi.people.rules import Kind
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models import Call
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

NOTHING = Decimal("0.00")
WORKS = {"printing", "sending"}


@dataclass(frozen=True)
class WaitingRow:
    """An application that waits for its decision, with what speaks against it."""

    number: str
    names: Names
    unit: Names
    applied: Decimal | None
    granted: Decimal | None
    mark: str
    word: str
    findings: str
    has_errors: bool
    against: tuple[str, ...]
    is_aside: bool


@dataclass(frozen=True)
class DecidingPage:
    """All that waits: rows and their sums in euros; `blocked` counts rows that cannot be decided as they are."""

    rows: tuple[WaitingRow, ...]
    applied: Decimal
    granted: Decimal
    budget: Decimal | None
    left: Decimal | None
    is_over: bool
    mine: int
    aside: int
    blocked: int
    unproposed: int
    outcomes: tuple[tuple[str, str, int], ...]
    seal: str


@dataclass(frozen=True)
class BatchBox:
    """A batch of decisions with the state of its letters; `moves` = the page asks again by itself."""

    pk: Any
    decided_on: Any
    decided_by: str
    mark: str
    word: str
    count: str
    done: int
    total: int
    granted: Decimal
    moves: bool
    may_send: bool
    may_take_back: bool
    may_retry: bool
    zip_url: str


@dataclass(frozen=True)
class DecidedRow:
    """A decision that was made."""

    number: str
    names: Names
    unit: Names
    applied: Decimal | None
    granted: Decimal | None
    mark: str
    word: str
    told: str
    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DecisionsPage:
    """The decisions of a call."""

    batches: tuple[BatchBox, ...]
    rows: tuple[DecidedRow, ...]
    waits: int
    may_decide: bool
    applied: Decimal
    granted: Decimal


def deciding_page(call: Call, visitor: Visitor) -> DecidingPage:
    """Return what waits for the officer."""
    table = waiting_in(call, visitor)
    return DecidingPage(
        rows=tuple(_waiting(one) for one in table.rows),
        applied=table.applied,
        granted=table.granted,
        budget=table.budget,
        left=table.left,
        is_over=table.left is not None and table.granted > table.left,
        mine=len(table.mine),
        aside=len(table.rows) - len(table.mine),
        blocked=sum(1 for one in table.mine if one.refusals),
        unproposed=table.unproposed,
        outcomes=tuple(_outcomes(table)),
        seal=table.seal,
    )


def _outcomes(table: Table) -> Iterator[tuple[str, str, int]]:
    for code, label in Proposal.OUTCOMES:
        count = sum(1 for one in table.mine if one.proposal.outcome == code)
        if count:
            yield OUTCOME_MARKS[Outcome(code)], str(label), count


def _waiting(one: Waiting) -> WaitingRow:
    application, received = one.application, one.received
    blocks = (received.blocks or 0) if received else 0
    return WaitingRow(
        number=_number(application.register_number, received.sequence if received else None),
        names=application.names,
        unit=application.unit.names,
        applied=application.applied,
        granted=one.granted,
        mark=OUTCOME_MARKS[Outcome(one.proposal.outcome)],
        word=one.proposal.get_outcome_display(),
        findings=_findings(blocks, (received.warns or 0) if received else 0, received is not None),
        has_errors=blocks > 0,
        against=said(one.refusals),
        is_aside=one.is_aside,
    )


def _number(register: str, sequence: int | None) -> str:
    return register or (str(sequence) if sequence else formatting.MISSING)


def _findings(blocks: int, warns: int, is_checked: bool) -> str:
    if not is_checked:
        return _("not checked")
    parts = []
    if blocks:
        parts.append(ngettext("%(n)s error", "%(n)s errors", blocks) % {"n": blocks})
    if warns:
        parts.append(ngettext("%(n)s to be looked at", "%(n)s to be looked at", warns) % {"n": warns})
    return ", ".join(parts) or _("nothing found")


def initial_terms(call: Call, visitor: Visitor, seal: str) -> dict[str, Any]:
    """Return what the form of a batch begins with; what the last batch of the call said is said again."""
    last = call.batches.order_by("-decided_at").first()
    person = person_of(visitor)
    name = str(person) if person else ""
    ends = call.ends_on
    is_ours = call.owner.kind in {Kind.PROVIDER, Kind.REGION}
    return {
        "decided_on": clock.today(),
        "law": last.law if last else (Law.MUNICIPAL if is_ours else Law.STATE),
        "signer_fi": last.signers.fi if last else name,
        "signer_sv": last.signers.sv if last else name,
        "conditions_fi": last.terms.fi if last else "",
        "conditions_sv": last.terms.sv if last else "",
        "final_on": ends + timedelta(days=60) if ends else None,
        "percent_1": Decimal(100),
        "seen": seal,
        "key": secrets.token_hex(16),
    }


def decisions_page(call: Call, visitor: Visitor, scope: Unit) -> DecisionsPage:
    """Return the decisions of a call, batch by batch."""
    now, may_decide = clock.now(), access.may_decide(visitor, call)
    batches = call.batches.select_related("decided_by__person").annotate(
        granted=Sum("letters__decision__granted"), count=Count("letters")
    )
    waits = waiting_in(call, visitor)
    decisions = (
        GrantDecision.objects.filter(letter__batch__call=call)
        .select_related("application__unit", "application__received", "letter")
        .defer("letter__pdf_fi", "letter__pdf_sv", "letter__content")
        .order_by("application__received__sequence", "pk")
    )
    rows = tuple(_decided(one, call, scope) for one in decisions)
    return DecisionsPage(
        batches=tuple(_box(one, call, scope, now, may_decide=may_decide) for one in batches),
        rows=rows,
        waits=len(waits.mine),
        may_decide=may_decide,
        applied=sum((one.applied or NOTHING for one in rows), NOTHING),
        granted=sum((one.granted or NOTHING for one in rows), NOTHING),
    )


STATES = {
    "printing": ("run", gettext_lazy("Letters are being printed")),
    "printed": ("risk", gettext_lazy("Letters are ready, not sent")),
    "sending": ("run", gettext_lazy("Letters are being sent")),
    "sent": ("done", gettext_lazy("Letters sent")),
    "failed": ("late", gettext_lazy("Stopped for a moment, tried again by itself")),
    "stopped": ("late", gettext_lazy("Stopped: try again")),
}


def _box(batch: DecisionBatch, call: Call, scope: Unit, now: datetime, *, may_decide: bool) -> BatchBox:
    state = batch.state_at(now)
    mark, word = STATES[state][0], str(STATES[state][1])
    told = {"done": formatting.number(batch.done), "total": formatting.number(batch.total)}
    return BatchBox(
        pk=batch.pk,
        decided_on=batch.decided_on,
        decided_by=str(getattr(batch.decided_by, "person", None) or ""),
        mark=mark,
        word=word,
        count=_("%(done)s of %(total)s letters") % told,
        done=batch.done,
        total=batch.total,
        granted=getattr(batch, "granted", None) or NOTHING,
        moves=state in WORKS or state == "failed",
        may_send=may_decide and state == "printed",
        may_take_back=may_decide and batch.sent_at is None,
        may_retry=may_decide and state == "stopped",
        zip_url=reverse("funding:download-letters", args=[scope.key, call.slug, batch.pk])
        if state in {"printed", "sending", "sent"}
        else "",
    )


def _decided(one: GrantDecision, call: Call, scope: Unit) -> DecidedRow:
    letter, application = one.letter, one.application
    received = getattr(application, "received", None)
    links: tuple[tuple[str, str], ...] = ()
    if letter.printed_at:
        links = tuple(
            (language, reverse("funding:download-letter", args=[scope.key, call.slug, letter.pk, language]))
            for language in ("fi", "sv")
        )
    return DecidedRow(
        number=_number(application.register_number, received.sequence if received else None),
        names=application.names,
        unit=application.unit.names,
        applied=application.applied,
        granted=one.granted,
        mark=OUTCOME_MARKS[Outcome(one.outcome)],
        word=one.get_outcome_display(),
        told=formatting.moment(letter.sent_at) if letter.sent_at else "",
        letters=links,
    )
