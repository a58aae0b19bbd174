"""A matter that goes before a body or an officer: what is wrong with it, and what it does not tell.

Source: handbook §5, board item; noting is not a decision to fund. Here are codes and figures with every sum checked;
the words are made where pages and documents are. Source 000 shows what goes wrong: the board noted an application that
was sent already, and nobody decided on the own share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.shares import Parts, ShareRule, from_total


class Intent(StrEnum):
    """What the body or officer is asked to do."""

    APPLY = "apply"  # decide to apply, and on the own share
    COMMIT = "commit"  # the application is sent: decide on the own share
    ACCEPT = "accept"  # accept a grant, and decide on the own share
    FILED = "filed"  # note an application that was sent
    RESULT = "result"  # note the decision of the funder

    @property
    def decides(self) -> bool:
        """True when money is decided on rather than noted."""
        return self in {Intent.APPLY, Intent.COMMIT, Intent.ACCEPT}


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What the matter is about. None and empty = not known.

    Args:
        intent: what is asked.
        register_number: that of the call.
        parts: total, grant and own share; the sums applied for, or granted when `outcome` tells so.
        rule: what the call says of the own share.
        period_start, period_end: of use.
        deadline_on: last day for the application.
        meeting_on: the day of the body or of the officer.
        is_officer: an officer decides, to whom nobody presents.
        presenter: title of the presenting officer.
        is_filed: the application has been sent.
        outcome: granted, partly or refused; empty when the funder has not decided.
        committed: what of the own share is decided already.
    """

    intent: Intent
    register_number: str = ""
    parts: Parts | None = None
    rule: ShareRule | None = None
    period_start: date | None = None
    period_end: date | None = None
    deadline_on: date | None = None
    meeting_on: date | None = None
    is_officer: bool = False
    presenter: str = ""
    is_filed: bool = False
    outcome: str = ""
    committed: Decimal | None = None


def faults_of(matter: Matter) -> tuple[Because, ...]:
    """Return what must be answered before the matter goes to the body.

    Codes: `parts_not_total` (total, sum); `own_share_short` (own, needed); `ends_before_start` (start, end, days);
    `after_deadline` (meeting, deadline); `nothing_to_apply` when the application is sent already or decided;
    `not_filed` when the application is told to be sent and is not;
    `noting_commits_nothing` (own, committed) when the own share is not decided and the body would only note;
    `not_granted` when a grant is to be accepted that is none; `no_money`.
    """
    return tuple(_faults(matter))


def gaps_of(matter: Matter) -> tuple[Because, ...]:
    """Return what the matter does not tell and should.

    Codes: `no_presenter`, `no_meeting`, `no_register_number`, and where money is decided on `no_period`,
    `no_percentage`.
    """
    return tuple(_gaps(matter))


def _faults(matter: Matter) -> Iterator[Because]:
    parts = matter.parts
    if parts is None:
        if matter.intent.decides:
            yield because("no_money")
    else:
        yield from _of_parts(parts, matter)
    if matter.period_start and matter.period_end and matter.period_end < matter.period_start:
        days = (matter.period_start - matter.period_end).days
        yield because("ends_before_start", start=matter.period_start, end=matter.period_end, days=days)
    if matter.intent == Intent.APPLY:
        if matter.meeting_on and matter.deadline_on and matter.meeting_on > matter.deadline_on:
            yield because("after_deadline", meeting=matter.meeting_on, deadline=matter.deadline_on)
        if matter.is_filed or matter.outcome:
            yield because("nothing_to_apply")
    if matter.intent in {Intent.COMMIT, Intent.FILED} and not matter.is_filed:
        yield because("not_filed")
    if matter.intent == Intent.ACCEPT and matter.outcome not in {"granted", "partly"}:
        yield because("not_granted", outcome=matter.outcome)


def _of_parts(parts: Parts, matter: Matter) -> Iterator[Because]:
    whole = parts.grant + parts.own + parts.other
    if whole != parts.total:
        yield because("parts_not_total", total=parts.total, sum=whole)
    needed = from_total(matter.rule, parts.total, outside=parts.outside, other=parts.other) if matter.rule else None
    if needed and parts.own < needed.own and matter.outcome != "refused":
        yield because("own_share_short", own=parts.own, needed=needed.own)
    left = parts.own - (matter.committed or 0)
    if not matter.intent.decides and matter.outcome != "refused" and left > 0:
        yield because("noting_commits_nothing", own=parts.own, committed=matter.committed or Decimal(0))


def _gaps(matter: Matter) -> Iterator[Because]:
    if not matter.presenter and not matter.is_officer:
        yield because("no_presenter")
    if not matter.meeting_on:
        yield because("no_meeting")
    if not matter.register_number:
        yield because("no_register_number")
    if not matter.intent.decides:
        return
    if not (matter.period_start and matter.period_end):
        yield because("no_period")
    if matter.rule is None or matter.rule.percent is None:
        yield because("no_percentage")
