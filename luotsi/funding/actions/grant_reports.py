"""Reports to the funder: begun, written, sent (and frozen), written anew as the next version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.funding.actions.obligations import do_obligation
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.models import Application, GrantReport, Obligation
from luotsi.funding.queries.reports.content import content_of
from luotsi.funding.queries.reports.words import stops_of
from luotsi.funding.rules.reports import digest_of, plain
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.people.models import Account

MOST = 20_000


@transaction.atomic
def begin_report(*, application: Application, kind: str, key: str = "", by: Account | None) -> GrantReport:
    """Begin the report that an obligation asks for, or one without a day; a second time gives the one there is.

    Raises FundingRefused when nothing was granted, or when the report has been sent already.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    if not held.is_granted:
        raise FundingRefused(_("Nothing was granted, so that nothing is reported."))
    there = GrantReport.objects.filter(application=held, kind=kind, key=key).order_by("-version").first()
    if there is not None:
        if not there.is_sent:
            return there
        raise FundingRefused(_("This report has been sent. Open it to complete it."))
    return _begun(held, kind, key, 1, {}, by)


def _begun(
    application: Application, kind: str, key: str, version: int, words: Mapping[str, str], by: Account | None
) -> GrantReport:
    obligation = Obligation.objects.filter(application=application, duty=kind, key=key).first()
    now = clock.now()
    report = GrantReport(
        application=application,
        obligation=obligation,
        kind=kind,
        key=key,
        version=version,
        due_on=obligation.due_on if obligation else None,
        words=dict(words),
        begun_at=now,
        changed_at=now,
        changed_by=by,
    )
    checked(report).save(force_insert=True)
    _record(report, "funding.report.begun", by, None, {"kind": kind, "key": key, "version": version})
    return report


@transaction.atomic
def write_report(
    *, report: GrantReport, words: Mapping[str, str], until_on: date | None, seen: datetime, by: Account | None
) -> GrantReport:
    """Keep what was typed; words of lines that are not in `words` stay as they are.

    Raises FundingRefused once it is sent, when another wrote since `seen`, or when a text is too long.
    """
    held = _held(report)
    _refuse_sent(held)
    if held.changed_at != seen:
        told = {"when": formatting.moment(held.changed_at)}
        raise FundingRefused(_("Somebody else wrote this text %(when)s. Compare before you save yours.") % told)
    if any(len(one) > MOST for one in words.values()):
        raise FundingRefused(_("A text has more than %(most)s characters.") % {"most": formatting.number(MOST)})
    typed = {key: text.strip() for key, text in words.items()}
    kept = {key: text for key, text in {**held.words, **typed}.items() if text}
    if kept == held.words and until_on == held.until_on:
        return held
    changed = sorted(key for key in {*kept, *held.words} if kept.get(key) != held.words.get(key))
    before = {"until_on": held.until_on, **{key: held.words.get(key, "") for key in changed}}
    held.words, held.until_on, held.changed_at, held.changed_by = kept, until_on, clock.now(), by
    checked(held).save(update_fields=["words", "until_on", "changed_at", "changed_by"])
    after = {"until_on": until_on, **{key: kept.get(key, "") for key in changed}}
    _record(held, "funding.report.written", by, before, after)
    return held


@transaction.atomic
def send_report(*, report: GrantReport, register_number: str = "", by: Account) -> GrantReport:
    """Freeze a report as it stands for whoever sends it, and mark its obligation as done; once.

    Raises FundingRefused with everything that is missing: chapters, records, and words of differences from the plan.
    """
    held = _held(report)
    if held.is_sent:
        return held
    content = content_of(by, held)
    if reasons := stops_of(content):
        raise FundingRefused(*reasons)
    held.until_on = content.head.until_on
    held.figures = plain(replace(content, words={key: text for key, text in content.words.items() if text}))
    held.digest = digest_of(held.figures)
    held.state, held.sent_at, held.sent_by = GrantReport.State.SENT, clock.now(), by
    held.register_number = register_number.strip()
    names = ["until_on", "figures", "digest", "state", "sent_at", "sent_by", "register_number"]
    checked(held).save(update_fields=names)
    after = {"digest": held.digest, "version": held.version, "register_number": held.register_number}
    _record(held, "funding.report.sent", by, None, after)
    due = Obligation.objects.undone().filter(application=held.application, duty=held.kind, key=held.key).first()
    if due is not None:
        do_obligation(obligation=due, note=_("The report was sent, version %(n)s.") % {"n": held.version}, by=by)
    return held


@transaction.atomic
def complete_report(*, report: GrantReport, by: Account | None) -> GrantReport:
    """Begin the next version of a sent report, with its words; the sent one stays as it is."""
    held = _held(report)
    if not held.is_sent:
        return held
    last = GrantReport.objects.filter(application=held.application, kind=held.kind, key=held.key)
    newest = last.order_by("-version").first()
    if newest is not None and not newest.is_sent:
        return newest
    if newest is not None and newest.pk != held.pk:
        raise FundingRefused(_("A newer version has been sent. Open it to complete it."))
    return _begun(held.application, held.kind, held.key, held.version + 1, held.words, by)


@transaction.atomic
def discard_report(*, report: GrantReport, by: Account | None) -> None:
    """Take away a draft; the log keeps its words. Raises FundingRefused once it is sent."""
    held = _held(report)
    _refuse_sent(held)
    _record(held, "funding.report.discarded", by, {"words": held.words, "version": held.version}, None)
    held.delete()


def _held(report: GrantReport) -> GrantReport:
    """Return the report, locked until the transaction ends."""
    found = GrantReport.objects.select_for_update(of=("self",))
    return found.select_related("application__unit", "application__call__funder", "application__decision").get(
        pk=report.pk
    )


def _refuse_sent(report: GrantReport) -> None:
    if report.is_sent:
        raise FundingRefused(_("The report has been sent and does not change any more."))


def _record(
    report: GrantReport,
    verb: str,
    by: Account | None,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    unit_id = report.application.unit_id
    audit.record(by=by, verb=verb, target=report, before=before, after=after, unit_id=unit_id)
