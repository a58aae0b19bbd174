"""Pages of the check of reports: the list of a call with its samples, and one report with its checklist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.funding import access
from luotsi.funding.models import ReportCheck
from luotsi.funding.queries.checking import Received, points_of, received, reports_of, why_closely
from luotsi.funding.queries.checking_words import HOW, POINTS, risk_words
from luotsi.funding.rules.because import Because
from luotsi.funding.rules.reports import How, Sampled, Step, Verdict, lateness, sample
from luotsi.funding.rules.reports.content import judged_lines
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.models import Call, GrantReport, ReportSample
    from luotsi.people.access import Visitor

VERDICT_MARKS = {Verdict.ACCEPTED: "done", Verdict.COMPLETION: "risk", Verdict.REJECTED: "late"}
POINT_MARKS = {True: "ok", False: "bad", None: "none"}


@dataclass(frozen=True)
class ReportRow:
    """A report in the list."""

    pk: Any
    number: str
    names: Names
    unit: Names
    kind: str
    version: int
    sent_at: datetime | None
    late: int
    mark: str
    word: str
    sampled: str


@dataclass(frozen=True)
class SampleRow:
    """A sample that was drawn, with all that proves it."""

    seed: str
    percent: str
    of: int
    picked: int
    by_lot: int
    drawn_at: datetime
    drawn_from: str
    proof: str


@dataclass(frozen=True)
class ChecksPage:
    """The reports of a call."""

    rows: tuple[ReportRow, ...]
    samples: tuple[SampleRow, ...]
    finals: int
    may_decide: bool
    seed: str


@dataclass(frozen=True)
class StepRow:
    """A step that was taken."""

    step: str
    mark: str
    word: str
    reasons: str
    payable: Decimal | None
    by: str
    at: datetime


@dataclass(frozen=True)
class PlanRow:
    """A line of the report beside its plan."""

    names: Names
    planned: str
    actual: str
    is_off: bool
    words: str


@dataclass(frozen=True)
class CheckPage:
    """A report with what an officer looks at before taking the next step."""

    names: Names
    unit: Names
    kind: str
    version: int
    digest: str
    sent_at: datetime | None
    due_on: date | None
    late: int
    mark: str
    word: str
    steps: tuple[StepRow, ...]
    next: str
    next_word: str
    is_anothers: bool
    is_final: bool
    payable: Decimal | None
    points: tuple[tuple[str, str], ...]
    closely: tuple[str, ...]
    lines: tuple[PlanRow, ...]
    chapters: tuple[tuple[str, str], ...]
    sums: tuple[tuple[str, Decimal], ...]


def checks_page(call: Call, visitor: Visitor) -> ChecksPage:
    """Return the reports of a call with where their checks stand."""
    reports, samples = reports_of(call), list(call.samples.all())
    last = samples[0] if samples else None
    finals = [one.key for one in reports if one.report.is_final]
    return ChecksPage(
        rows=tuple(_row(one, _sampled(one, last)) for one in reports),
        samples=tuple(_sample(one, finals) for one in samples),
        finals=len(finals),
        may_decide=access.may_decide(visitor, call),
        seed=f"{call.register_number or call.slug} {clock.today().isoformat()}",
    )


def _sample(one: ReportSample, finals: list[str]) -> SampleRow:
    by_lot = sum(1 for picked in one.picked if picked["how"] == How.RANDOM)
    return SampleRow(
        seed=one.seed,
        percent=formatting.percent(one.percent / 100, 0 if one.percent % 1 == 0 else 2),
        of=one.of,
        picked=len(one.picked),
        by_lot=by_lot,
        drawn_at=one.drawn_at,
        drawn_from=one.drawn_from,
        proof=_("Drawn again, it is the same.") if is_proved(one, finals) else _("Reports have come since."),
    )


def is_proved(drawn: ReportSample, keys: list[str]) -> bool:
    """Return True when the lots of a sample come out the same once more, from the same keys and seed."""
    again = sample(keys, seed=drawn.seed, percent=drawn.percent)
    by_lot = {one.key for one in again.sampled}
    told = {one["key"] for one in drawn.picked if one["how"] == How.RANDOM}
    return again.drawn_from == drawn.drawn_from and by_lot == told


def _sampled(one: Received, drawn: ReportSample | None) -> Sampled | None:
    for picked in drawn.picked if drawn else ():
        if picked["key"] == one.key:
            risks = tuple(Because(risk["code"], risk["about"], risk["params"]) for risk in picked["risks"])
            return Sampled(key=one.key, how=How(picked["how"]), lot=picked["lot"], risks=risks)
    return None


def _row(one: Received, sampled: Sampled | None) -> ReportRow:
    report, application = one.report, one.application
    mark, word = state_of(one)
    return ReportRow(
        pk=report.pk,
        number=application.register_number or formatting.MISSING,
        names=application.names,
        unit=application.unit.names,
        kind=report.get_kind_display(),
        version=report.version,
        sent_at=report.sent_at,
        late=_late(report),
        mark=mark,
        word=word,
        sampled=str(HOW[sampled.how.value]) if sampled else "",
    )


def _late(report: GrantReport) -> int:
    sent = clock.day_of(report.sent_at) if report.sent_at else None
    return lateness(report.due_on, today=clock.today(), sent_on=sent)


def state_of(one: Received) -> tuple[str, str]:
    """Return where the check of a report stands, as a mark and a word."""
    standing = one.standing
    if standing.is_accepted:
        return "done", _("Accepted")
    if standing.waits_for_grantee:
        return "risk", _("To be completed")
    if standing.next is None:
        return "late", _("Rejected")
    return ("run", _("Money to be checked")) if standing.next == Step.MONEY else ("none", _("To be checked"))


def check_page(report: GrantReport, visitor: Visitor) -> CheckPage:
    """Return a report for its check; `is_anothers` when the visitor took a step, so that another takes the next."""
    one = received(report)
    content, application = one.content, one.application
    last = application.call.samples.first()
    mark, word = state_of(one)
    return CheckPage(
        names=application.names,
        unit=application.unit.names,
        kind=report.get_kind_display(),
        version=report.version,
        digest=report.digest,
        sent_at=report.sent_at,
        due_on=report.due_on,
        late=_late(report),
        mark=mark,
        word=word,
        steps=step_rows(one.checks),
        next=one.standing.next or "",
        next_word=str(dict(ReportCheck.STEPS)[one.standing.next]) if one.standing.next else "",
        is_anothers=any(check.checked_by_id == visitor.pk for check in one.checks),
        is_final=report.is_final,
        payable=one.sum_of("payable"),
        points=tuple((POINT_MARKS[point.holds], str(POINTS[point.code])) for point in points_of(one)),
        closely=tuple(_closely(one, _sampled(one, last))),
        lines=tuple(_lines(one)),
        chapters=tuple((label, content.word(key)) for key, label in _chapters() if content.word(key)),
        sums=tuple((label, amount) for key, label in _sums() if (amount := one.sum_of(key)) is not None),
    )


def step_rows(checks: tuple[ReportCheck, ...]) -> tuple[StepRow, ...]:
    """Return the steps that were taken."""
    return tuple(
        StepRow(
            step=one.get_step_display(),
            mark=VERDICT_MARKS[Verdict(one.verdict)],
            word=one.get_verdict_display(),
            reasons=one.reasons,
            payable=one.payable,
            by=str(getattr(one.checked_by, "person", None) or ""),
            at=one.checked_at,
        )
        for one in checks
    )


def _closely(one: Received, sampled: Sampled | None) -> Iterator[str]:
    for why in why_closely(one, sampled):
        if why.code == "sampled" and sampled is not None:
            yield str(HOW[sampled.how.value])
            yield from risk_words(sampled.risks)
        elif why.params.get("holds") is False:
            yield _("Does not hold: %(point)s") % {"point": POINTS[why.about]}
        else:
            yield _("Cannot be told: %(point)s") % {"point": POINTS[why.about]}


def _lines(one: Received) -> Iterator[PlanRow]:
    told = {line.key: line for line in one.content.lines}
    for judged in judged_lines(one.content):
        line = told[judged.line.key]
        yield PlanRow(
            names=names_of(line.names),
            planned=_figure(line.planned, line.unit, line.decimals),
            actual=_figure(line.actual, line.unit, line.decimals),
            is_off=bool(judged.why),
            words=judged.line.words,
        )


def _figure(value: Decimal | None, unit: str, decimals: int) -> str:
    if value is None:
        return formatting.MISSING
    return formatting.euros(value) if unit == "€" else formatting.number(value, decimals)


def _chapters() -> Iterator[tuple[str, str]]:
    yield "done", _("What was done")
    yield "results", _("Results")
    yield "use", _("Use of the grant")


def _sums() -> Iterator[tuple[str, str]]:
    yield "granted", _("Granted")
    yield "received", _("Received by the day of the report")
    yield "booked", _("Booked costs")
    yield "eligible", _("Eligible costs")
    yield "own", _("Own share")
    yield "payable", _("Payable")
    yield "to_return", _("To be returned")
