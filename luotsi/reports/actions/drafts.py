"""Beginning reports and new versions, and writing their texts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, periods
from luotsi.base.errors import Reason
from luotsi.reports.actions.refusals import ReportRefused, moved
from luotsi.reports.models import Report, ReportText
from luotsi.reports.queries.material import latest_version
from luotsi.reports.rules.sections import SECTIONS
from luotsi.reports.rules.states import Move

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme
    from luotsi.reports.models import ReportQuerySet

LANGUAGES = ("fi", "sv", "en")
LONGEST = 8_000


@transaction.atomic
def begin_report(*, kind: str, programme: Programme, period: str, data_on: date, by: Account | None) -> Report:
    """Begin a report about a period of a programme, as a draft of its owner.

    Raises:
        ReportRefused: the period is none, there is such a report already, or the programme has no plan.
    """
    report = Report(
        kind=kind,
        programme=programme,
        unit=programme.owner,
        period=_period(period),
        data_on=data_on,
        made_by=by,
        made_at=clock.now(),
    )
    if latest_version(programme) is None:
        raise ReportRefused(_("The programme has no plan yet, so there is nothing to report."))
    if same_of(report).exists():
        raise ReportRefused(
            Reason(_("There is a report of this kind and period already. Make a new version of it."), "period")
        )
    return _added(report, "reports.report.begun", by)


@transaction.atomic
def begin_version(*, report: Report, data_on: date, by: Account | None) -> Report:
    """Begin a new version of a frozen report: its texts are taken over, its figures are of today.

    Raises:
        ReportRefused: the report is a draft, or a draft of a new version is there already.
    """
    moved(report, Move.RENEW)
    latest = same_of(report).order_by("-version").first()
    if latest is not None and latest.state == Report.State.DRAFT:
        raise ReportRefused(_("There is a draft of this report already."))
    renewed = Report(
        kind=report.kind,
        programme=report.programme,
        unit=report.unit,
        period=report.period,
        version=(latest or report).version + 1,
        data_on=data_on,
        made_by=by,
        made_at=clock.now(),
    )
    _added(renewed, "reports.report.renewed", by)
    for text in report.texts.all():
        copied = ReportText(
            report=renewed,
            section=text.section,
            language=text.language,
            text=text.text,
            edited_by=text.edited_by,
            edited_at=text.edited_at,
        )
        copied.save(force_insert=True)
    return renewed


@transaction.atomic
def write_texts(*, report: Report, section: str, texts: dict[str, str], by: Account | None) -> list[ReportText]:
    """Keep what somebody wrote for a section, by language; no row in the log when nothing changed.

    Raises:
        ReportRefused: the report is frozen, or has no such section.
    """
    report = locked(report)
    moved(report, Move.WRITE)
    if section not in SECTIONS[report.kind] or not set(texts) <= set(LANGUAGES):
        raise ReportRefused(_("The report has no such section."))
    there = {row.language: row for row in report.texts.filter(section=section)}
    before = {language: there[language].text if language in there else "" for language in texts}
    changed = {language: text.strip() for language, text in texts.items() if text.strip() != before[language]}
    for language, text in changed.items():
        row = there.get(language) or ReportText(report=report, section=section, language=language)
        is_new = row.language not in there
        row.text, row.edited_by, row.edited_at = text, by, clock.now()
        if is_new:
            row.save(force_insert=True)
        else:
            row.save(update_fields=["text", "edited_by", "edited_at"])
        there[language] = row
    if changed:
        audit.record(
            by=by,
            verb="reports.text.written",
            target=report,
            before={f"{section}.{language}": before[language] for language in changed},
            after={f"{section}.{language}": text for language, text in changed.items()},
            unit_id=report.unit_id,
        )
    return [there[language] for language in texts if language in there]


def locked(report: Report) -> Report:
    """Return the report as it stands now, held until the transaction ends."""
    return Report.objects.select_for_update(of=("self",)).select_related("unit", "programme__owner").get(pk=report.pk)


def same_of(report: Report) -> ReportQuerySet:
    """Return every version of the same report."""
    return Report.objects.filter(kind=report.kind, programme=report.programme, unit=report.unit, period=report.period)


def _period(key: str) -> str:
    try:
        return periods.parse(key).key
    except periods.NotAPeriod:
        raise ReportRefused(
            Reason(_("Write the period as a year or a school year, for example 2017 or 2025-26."), "period")
        ) from None


def _added(report: Report, verb: str, by: Account | None) -> Report:
    try:
        report.full_clean(exclude=["programme", "unit", "made_by", "frozen_by"])
    except ValidationError as error:
        raise ReportRefused(*(Reason(message) for message in error.messages)) from None
    report.save(force_insert=True)
    names = ("kind", "period", "version", "data_on")
    audit.record(by=by, verb=verb, target=report, after=audit.snapshot(report, *names), unit_id=report.unit_id)
    return report
