"""What a decision obliges to, with days: reports, period of use, change request, payments, vouchers, appeals.

Sources: handbook §5 (change request before the end and, with some funders, at least 30 days before it; reports by the
days of the decision; vouchers at least six years; a funder's reminder two weeks before) and §4, rules D5 and D6.
Two appeals never share a clock: the correction of a municipal decision takes 14 days (local government act 410/2015,
134–138 §) and that of a state grant 30 days (act on discretionary government transfers 688/2001, 34 §). When a party
counts as notified (local government act 139–140 §, administrative procedure act 434/2003, 59 §) is a parameter. These
lengths and sections are to be checked against Finlex before they are shown: such an obligation says `is_settled`
False, and a page must not show its day as certain. Days are calendar days in Europe/Helsinki.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from luotsi.funding.rules.because import Because, because
from luotsi.funding.rules.workdays import Shift, shifted

KEEP_YEARS = 6
REMIND_DAYS = (30, 14, 3)


class Duty(StrEnum):
    """What is to be done."""

    INTERIM_REPORT = "interim_report"
    FINAL_REPORT = "final_report"
    PERIOD_ENDS = "period_ends"
    CHANGE_REQUEST = "change_request"
    PAYMENT_REQUEST = "payment_request"
    KEEP_VOUCHERS = "keep_vouchers"
    MUNICIPAL_CORRECTION = "municipal_correction"
    STATE_CORRECTION = "state_correction"


class Notice(StrEnum):
    """How a decision reached the party, which decides from when the time runs."""

    HANDED_OVER = "handed_over"  # from that day
    LETTER = "letter"  # so many days after it was sent
    ELECTRONIC = "electronic"  # so many days after it was sent
    PUBLISHED = "published"  # minutes in the net, so many days after they were put there


@dataclass(frozen=True, kw_only=True)
class NoticeRule:
    """After how many days a party counts as notified, by the way of notice."""

    days: tuple[tuple[Notice, int], ...] = (
        (Notice.HANDED_OVER, 0),
        (Notice.LETTER, 7),
        (Notice.ELECTRONIC, 3),
        (Notice.PUBLISHED, 7),
    )

    def notified_on(self, notice: Notice, on: date) -> date:
        """Return the day from which the time runs.

        Raises:
            KeyError: the rule says nothing of this way of notice.
        """
        return on + timedelta(days=dict(self.days)[notice])


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """One right of appeal: its duty, its length in days, and how and when the decision was given."""

    duty: Duty
    days: int
    notice: Notice
    given_on: date
    rule: NoticeRule = field(default_factory=NoticeRule)
    shift: Shift = Shift.NEXT
    source: str = ""


def municipal_correction(notice: Notice, given_on: date, *, days: int = 14, shift: Shift = Shift.NEXT) -> Appeal:
    """Return the right to ask a municipality to correct its decision."""
    return Appeal(duty=Duty.MUNICIPAL_CORRECTION, days=days, notice=notice, given_on=given_on, shift=shift)


def state_correction(notice: Notice, given_on: date, *, days: int = 30, shift: Shift = Shift.NEXT) -> Appeal:
    """Return the right to ask a state authority to correct its decision on a grant."""
    return Appeal(duty=Duty.STATE_CORRECTION, days=days, notice=notice, given_on=given_on, shift=shift)


@dataclass(frozen=True, kw_only=True)
class ReportDue:
    """A report that a decision asks for; `due_on` None when it gives no day."""

    key: str
    is_final: bool
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request for payment that must be sent by a day."""

    key: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a decision says. Nothing is made up: what it does not say is None or empty.

    Args:
        period_start, period_end: first and last day of use.
        change_days: days before the end by which a change request must be in; None when the funder gives none, and
            then it is due on the last day of use.
        keep_years: how many years vouchers are kept, from the end of the year in which the last of the period of use
            and the final report falls.
        source: the decision's register number or name.
    """

    period_start: date | None = None
    period_end: date | None = None
    reports: tuple[ReportDue, ...] = ()
    payment_requests: tuple[Asked, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    change_days: int | None = None
    keep_years: int = KEEP_YEARS
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """One thing to do.

    Args:
        duty: what.
        key: the report, request or appeal it is about; unique with the duty.
        due_on: the last day; in Europe/Helsinki, to its end unless the funder says a time of day.
        moved_from: the day before a shift to a working day; None when it did not move.
        reminders: days on which to remind, in order; none that is past at the making.
        made_of: how the day was counted, for the page.
        is_settled: False when the length rests on a section that has not been checked against the statute book.
    """

    duty: Duty
    key: str
    due_on: date
    moved_from: date | None = None
    reminders: tuple[date, ...] = ()
    made_of: Because
    is_settled: bool = True
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Obligations:
    """The obligations in the order of their days, and reasons: gaps and contradictions of the decision."""

    listed: tuple[Obligation, ...]
    reasons: tuple[Because, ...]


def obligations(
    terms: Terms, *, today: date, shift: Shift = Shift.NONE, remind: Iterable[int] = REMIND_DAYS
) -> Obligations:
    """Return what a decision obliges to.

    Args:
        terms: what the decision says.
        today: obligations of the past are kept, but nobody is reminded of them.
        shift: what becomes of days of reports, requests and change requests that fall on days off. The last day of
            use never moves; appeals have a shift of their own.
        remind: days before the due day on which to remind.

    Reasons: `no_period_end`; `ends_before_start` (start, end, days); `report_undated` and `request_undated` about the
    key; `report_before_end` about the key (due, end) for a final report (rule D5); `no_final_report`.
    """
    before = sorted(set(remind), reverse=True)
    made = [*_of_period(terms, shift), *_of_reports(terms, shift), *_of_payments(terms, shift), *_of_appeals(terms)]
    reminded = [_reminded(one, before, today) for one in made]
    return Obligations(
        listed=tuple(sorted(reminded, key=lambda one: (one.due_on, one.duty, one.key))), reasons=tuple(_gaps(terms))
    )


def _of_period(terms: Terms, shift: Shift) -> Iterator[Obligation]:
    end = terms.period_end
    if end is None:
        return
    yield Obligation(duty=Duty.PERIOD_ENDS, key="", due_on=end, made_of=because("period_end"), source=terms.source)
    days = terms.change_days or 0
    made_of = because("days_before_end", days=days, end=end) if days else because("before_end", end=end)
    yield _due(Duty.CHANGE_REQUEST, "", end - timedelta(days=days), _earlier(shift), made_of, terms.source)
    last = max([end, *(one.due_on for one in terms.reports if one.is_final and one.due_on)])
    yield Obligation(
        duty=Duty.KEEP_VOUCHERS,
        key="",
        due_on=date(last.year + terms.keep_years, 12, 31),
        made_of=because("years_from_year_end", years=terms.keep_years, year=last.year),
        is_settled=False,
        source=terms.source,
    )


def _earlier(shift: Shift) -> Shift:
    """Return no shift for one forward: what must be in before a day is not late only by falling on a day off."""
    return Shift.NONE if shift == Shift.NEXT else shift


def _of_reports(terms: Terms, shift: Shift) -> Iterator[Obligation]:
    for one in terms.reports:
        if one.due_on:
            duty = Duty.FINAL_REPORT if one.is_final else Duty.INTERIM_REPORT
            yield _due(duty, one.key, one.due_on, shift, because("day_of_decision"), terms.source)


def _of_payments(terms: Terms, shift: Shift) -> Iterator[Obligation]:
    for one in terms.payment_requests:
        if one.due_on:
            yield _due(Duty.PAYMENT_REQUEST, one.key, one.due_on, shift, because("day_of_decision"), terms.source)


def _of_appeals(terms: Terms) -> Iterator[Obligation]:
    for number, one in enumerate(terms.appeals, 1):
        notified = one.rule.notified_on(one.notice, one.given_on)
        made_of = because("days_from_notice", days=one.days, notified=notified, given=one.given_on, notice=one.notice)
        last = notified + timedelta(days=one.days)
        due = shifted(last, one.shift)
        yield Obligation(
            duty=one.duty,
            key=str(number),
            due_on=due,
            moved_from=last if due != last else None,
            made_of=made_of,
            is_settled=False,
            source=one.source or terms.source,
        )


def _due(duty: Duty, key: str, day: date, shift: Shift, made_of: Because, source: str) -> Obligation:
    due = shifted(day, shift)
    return Obligation(
        duty=duty, key=key, due_on=due, moved_from=day if due != day else None, made_of=made_of, source=source
    )


def _reminded(one: Obligation, before: list[int], today: date) -> Obligation:
    if one.duty == Duty.KEEP_VOUCHERS:  # the end of keeping is a permission, nobody is reminded of it
        return one
    days = tuple(day for day in (one.due_on - timedelta(days=days) for days in before) if day >= today)
    return replace(one, reminders=days)


def _gaps(terms: Terms) -> Iterator[Because]:
    start, end = terms.period_start, terms.period_end
    if end is None:
        yield because("no_period_end")
    elif start and end < start:
        yield because("ends_before_start", start=start, end=end, days=(start - end).days)
    for one in terms.reports:
        if one.due_on is None:
            yield because("report_undated", one.key)
        elif one.is_final and end and one.due_on < end:
            yield because("report_before_end", one.key, due=one.due_on, end=end)
    if not any(one.is_final for one in terms.reports):
        yield because("no_final_report")
    yield from (because("request_undated", one.key) for one in terms.payment_requests if one.due_on is None)
