"""The content of a report: live while it is a draft, as it was frozen afterwards; blockers, and what changed since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from luotsi.indicators.rules.values import Mark
from luotsi.programme.rules.values import Text
from luotsi.reports.models import Report, ReportText
from luotsi.reports.queries.material import Wanted, material_of
from luotsi.reports.queries.writing.changes import BEFORE
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules import canonical
from luotsi.reports.rules.blockers import Blocker, Deviation, Seen, blockers
from luotsi.reports.rules.content import Content, Figure

if TYPE_CHECKING:
    from luotsi.reports.rules.material import Material


@dataclass(frozen=True)
class Live:
    """A report as it would be today: its material, content and blockers."""

    material: Material
    content: Content
    blockers: list[Blocker]


@dataclass(frozen=True)
class Drift:
    """A figure that is not what it was: None where one of the two reports has no such figure."""

    key: str
    was: Figure | None
    now: Figure | None


def own_texts(report: Report) -> dict[str, Text]:
    """Return what was written for each section, in the languages that it was written in; one query."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in ReportText.objects.filter(report=report).order_by("section", "language"):
        found[row.section][row.language] = row.text
    return {section: Text(**texts) for section, texts in found.items()}


def wanted_of(report: Report, at: datetime | None = None, plan_sha256: str = "") -> Wanted:
    """Return which report it is, to be written anew: as of today, or as of a moment."""
    return Wanted(
        kind=report.kind,
        programme=report.programme,
        unit=report.unit,
        period=report.period,
        data_on=report.data_on,
        version=report.version,
        own=own_texts(report),
        at=at,
        plan_sha256=plan_sha256,
        earlier=_earlier(report),
    )


def _earlier(report: Report) -> dict[str, Figure] | None:
    previous = before(report) if report.version > 1 else None
    if previous is None:
        return None
    return {figure.key: figure for figure in frozen_content(previous).figures if not figure.key.startswith(BEFORE)}


def live(wanted: Wanted) -> Live:
    """Return the report as it would be today."""
    material = material_of(wanted)
    content = compose(material)
    return Live(material, content, blockers_of(material, content))


def blockers_of(material: Material, content: Content) -> list[Blocker]:
    """Return what keeps a report from being frozen."""
    findings = [
        Deviation(
            code=item.code,
            label=item.text,
            has_action=bool(item.action),
            has_owner=bool(item.owner),
            has_due_day=item.due_on is not None,
        )
        for item in material.findings
        if item.is_negative and item.closed_on is None
    ]
    appendices = [
        Seen(code=item.code, label=item.names, is_there=item.code in material.appendices_there)
        for item in material.plan.appendices
        if item.required
    ]
    return blockers(findings, appendices, content)


def frozen_content(report: Report) -> Content:
    """Return the content of a frozen report, as it was kept.

    Raises:
        NotAReport: what is kept has another form, so somebody changed it.
    """
    return canonical.from_json(report.frozen)


def content_of(report: Report) -> Content:
    """Return the content of a report: frozen, or live while it is a draft."""
    return frozen_content(report) if report.state != Report.State.DRAFT else live(wanted_of(report)).content


def drift(old: Content, new: Content) -> list[Drift]:
    """Return the figures whose value, mark or existence differs, in the order of the newer report."""
    was = {figure.key: figure for figure in old.figures if not figure.key.startswith(BEFORE)}
    now = {figure.key: figure for figure in new.figures if not figure.key.startswith(BEFORE)}
    found = [
        Drift(key, was.get(key), figure)
        for key, figure in now.items()
        if key not in was or _seen(was[key]) != _seen(figure)
    ]
    return found + [Drift(key, figure, None) for key, figure in was.items() if key not in now]


def _seen(figure: Figure) -> tuple[object, Mark]:
    return figure.value, figure.mark


def before(report: Report) -> Report | None:
    """Return the version before this one that was frozen, None where there is none."""
    same = Report.objects.filter(
        kind=report.kind, programme=report.programme_id, unit=report.unit_id, period=report.period
    )
    return same.settled().filter(version__lt=report.version).order_by("-version").first()
