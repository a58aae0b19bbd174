"""The item of a board on a grant, and what became of the proposal.

Source: handbook §5, board item: heading, background, presenting officer, proposed decision, decision; noting is not a
decision to fund. Here are codes and figures with every sum checked; the words are made where pages and documents are.
Source 000 shows what goes wrong: the board noted an application that was sent already, and nobody decided on the own
share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.shares import Deed, Parts, ShareRule, from_total


class Intent(StrEnum):
    """What the board is asked to do."""

    APPLY = "apply"  # decide to apply, and on the own share
    COMMIT = "commit"  # the application is sent: decide on the own share
    ACCEPT = "accept"  # accept a grant and its terms
    NOTE = "note"  # note a decision or an application

    @property
    def decides(self) -> bool:
        """True when the board decides rather than notes."""
        return self != Intent.NOTE


class Place(StrEnum):
    """A part of an item, in its order."""

    HEADING = "heading"
    BACKGROUND = "background"
    PRESENTER = "presenter"
    PROPOSAL = "proposal"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What the item is about. None and empty = not known, and then nothing is said of it.

    Args:
        intent: what the board is asked.
        funder, call, project, register_number: names.
        parts: total, grant and own share; the sums applied for, or granted when `outcome` tells so.
        rule: what the call says of the own share.
        period_start, period_end: of use.
        deadline_on: last day for the application.
        meeting_on: the day of the board.
        presenter: title of the presenting officer.
        preparer: title of the one authorised to send the application.
        budget_line: where the own share stands.
        filed_on: the day on which the application was sent.
        outcome: granted, partly or refused; empty when the funder has not decided.
        applied: the sum that was applied for, beside the one granted.
        committed: what of the own share is decided already.
    """

    intent: Intent
    funder: str
    call: str
    project: str
    register_number: str = ""
    parts: Parts | None = None
    rule: ShareRule | None = None
    period_start: date | None = None
    period_end: date | None = None
    deadline_on: date | None = None
    meeting_on: date | None = None
    presenter: str = ""
    preparer: str = ""
    budget_line: str = ""
    filed_on: date | None = None
    outcome: str = ""
    applied: Decimal | None = None
    committed: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph of the item: where it stands, the code of its words and what they are filled with."""

    place: Place
    words: Because


@dataclass(frozen=True, kw_only=True)
class BoardItem:
    """The item, and what is wrong with it; `faults` must be answered before it goes to the board, `gaps` should be."""

    paragraphs: tuple[Paragraph, ...]
    faults: tuple[Because, ...]
    gaps: tuple[Because, ...]

    def at(self, place: Place) -> tuple[Because, ...]:
        """Return the paragraphs of a part."""
        return tuple(one.words for one in self.paragraphs if one.place == place)


def board_item(matter: Matter) -> BoardItem:
    """Return the item of a matter.

    Words: heading `heading_<intent>`; background `call`, `project`, `filed`, `outcome`, `money` (total, grant, own,
    other, own_of_total, own_of_grant), `own_rule` (percent, base, source), `period`, `deadline`; presenter
    `presenter`; proposal `apply`, `own_share` (own, budget_line), `authorise`, `accept`, `note_application`,
    `note_decision`.

    Faults: `parts_not_total` (total, sum); `own_share_short` (own, needed); `ends_before_start` (start, end, days);
    `after_deadline` (meeting, deadline); `nothing_to_apply` when the application is sent already or decided;
    `noting_commits_nothing` (own, committed) when the own share is not decided and the board would only note;
    `not_granted` when a grant is to be accepted that is none; `no_money`.
    Gaps: `no_presenter`, `no_budget_line`, `no_period`, `no_register_number`, `no_percentage`, `no_meeting`.
    """
    paragraphs = (
        Paragraph(
            place=Place.HEADING,
            words=because(f"heading_{matter.intent}", call=matter.call, funder=matter.funder, project=matter.project),
        ),
        *(Paragraph(place=Place.BACKGROUND, words=one) for one in _background(matter)),
        *(Paragraph(place=Place.PRESENTER, words=one) for one in _presenter(matter)),
        *(Paragraph(place=Place.PROPOSAL, words=one) for one in _proposal(matter)),
    )
    return BoardItem(paragraphs=paragraphs, faults=tuple(_faults(matter)), gaps=tuple(_gaps(matter)))


def _background(matter: Matter) -> Iterator[Because]:
    yield because("call", funder=matter.funder, call=matter.call, register_number=matter.register_number)
    yield because("project", project=matter.project)
    if matter.filed_on:
        yield because("filed", on=matter.filed_on, applied=matter.applied)
    if matter.outcome:
        granted = matter.parts.grant if matter.parts else None
        yield because("outcome", outcome=matter.outcome, granted=granted, applied=matter.applied)
    if parts := matter.parts:
        yield because(
            "money",
            total=parts.total,
            grant=parts.grant,
            own=parts.own,
            other=parts.other,
            own_of_total=parts.own_of_total,
            own_of_grant=parts.own_of_grant,
        )
    if matter.rule and matter.rule.percent is not None:
        yield because("own_rule", percent=matter.rule.percent, base=matter.rule.base, source=matter.rule.source)
    if matter.period_start and matter.period_end:
        yield because("period", start=matter.period_start, end=matter.period_end)
    if matter.deadline_on and matter.intent == Intent.APPLY:
        yield because("deadline", on=matter.deadline_on)


def _presenter(matter: Matter) -> Iterator[Because]:
    if matter.presenter:
        yield because("presenter", title=matter.presenter)


def _proposal(matter: Matter) -> Iterator[Because]:
    match matter.intent:
        case Intent.APPLY:
            yield because("apply", grant=matter.parts.grant if matter.parts else None, funder=matter.funder)
            yield from _own_share(matter)
            if matter.preparer:
                yield because("authorise", title=matter.preparer)
        case Intent.COMMIT:
            yield from _own_share(matter)
        case Intent.ACCEPT:
            yield because("accept", grant=matter.parts.grant if matter.parts else None, funder=matter.funder)
            yield from _own_share(matter)
        case Intent.NOTE:
            yield because("note_decision" if matter.outcome else "note_application", funder=matter.funder)


def _own_share(matter: Matter) -> Iterator[Because]:
    """Yield the proposal on the own share, when there is one that is not decided yet."""
    if matter.parts and matter.parts.own > (matter.committed or 0):
        yield because("own_share", own=matter.parts.own, budget_line=matter.budget_line)


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
        if matter.filed_on or matter.outcome:
            yield because("nothing_to_apply")
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
    if not matter.presenter:
        yield because("no_presenter")
    if not matter.meeting_on:
        yield because("no_meeting")
    if not matter.register_number:
        yield because("no_register_number")
    if not matter.intent.decides:
        return
    if matter.parts and matter.parts.own > 0 and not matter.budget_line:
        yield because("no_budget_line")
    if not (matter.period_start and matter.period_end):
        yield because("no_period")
    if matter.rule is None or matter.rule.percent is None:
        yield because("no_percentage")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a proposal or a decision says. None and empty = nothing said, and in a decision: as proposed."""

    grant: Decimal | None = None
    own: Decimal | None = None
    budget_line: str = ""
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """What was decided otherwise than proposed."""

    what: str
    proposed: object
    decided: object


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of a proposal.

    Args:
        commits: euros of own share that are now decided; 0 when nothing is.
        said: the decision with what it is silent of taken from the proposal.
        changes: what differs.
        reasons: `noted_not_decided` (own) when a decision was proposed and the board noted; `refused`; `postponed`;
            `changed_without_figures` when it is told to be changed and nothing differs;
            `differs_untold` about each thing that differs although it is told to be as proposed.
    """

    commits: Decimal
    said: Said
    changes: tuple[Change, ...]
    reasons: tuple[Because, ...]


def result_of(intent: Intent, proposed: Said, decided: Said, deed: Deed) -> Result:
    """Return what came of a proposal when the board did `deed` and its decision says `decided`."""
    nothing = Decimal("0.00")
    said = Said(
        grant=proposed.grant if decided.grant is None else decided.grant,
        own=proposed.own if decided.own is None else decided.own,
        budget_line=decided.budget_line or proposed.budget_line,
        period_start=decided.period_start or proposed.period_start,
        period_end=decided.period_end or proposed.period_end,
    )
    if not deed.binds:
        return Result(commits=nothing, said=said, changes=(), reasons=tuple(_unbound(intent, proposed, deed)))
    changes = tuple(
        Change(what=what, proposed=getattr(proposed, what), decided=getattr(said, what))
        for what in ("grant", "own", "budget_line", "period_start", "period_end")
        if getattr(proposed, what) != getattr(said, what)
    )
    reasons = []
    if deed == Deed.CHANGED and not changes:
        reasons.append(because("changed_without_figures"))
    if deed == Deed.DECIDED:
        reasons += [because("differs_untold", one.what, proposed=one.proposed, decided=one.decided) for one in changes]
    commits = said.own if intent.decides and said.own is not None else nothing
    return Result(commits=commits, said=said, changes=changes, reasons=tuple(reasons))


def _unbound(intent: Intent, proposed: Said, deed: Deed) -> Iterator[Because]:
    if deed == Deed.NOTED and intent.decides:
        yield because("noted_not_decided", own=proposed.own)
    elif deed == Deed.REFUSED:
        yield because("refused")
    elif deed == Deed.PROPOSED:
        yield because("postponed")
