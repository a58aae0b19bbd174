"""Freezing: the content is kept as it is, with its hash, and never changes again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.reports.actions.drafts import locked
from luotsi.reports.actions.refusals import ReportRefused, moved
from luotsi.reports.queries.blocker_words import sentence
from luotsi.reports.queries.contents import blockers_of, wanted_of
from luotsi.reports.queries.material import material_of
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules import canonical
from luotsi.reports.rules.blockers import Blocker, unanswered
from luotsi.reports.rules.content import Override
from luotsi.reports.rules.states import Move

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.reports.models import Report


@transaction.atomic
def freeze_report(*, report: Report, reasons: Mapping[str, str], by: Account | None, name: str = "") -> Report:
    """Freeze a draft: its data, definitions and texts, and the hash over them.

    Args:
        report: the draft.
        reasons: why it is frozen although something is missing, by `Blocker.key`; printed with the name.
        by: who freezes it.
        name: whose name is printed; by default that of the account.

    Raises:
        ReportRefused: it is frozen already, or a blocker has no reason.
    """
    report = locked(report)
    state = moved(report, Move.FREEZE)
    now = clock.now()
    material = material_of(wanted_of(report))
    found = blockers_of(material, compose(material))
    if open_ones := unanswered(found, reasons):
        raise ReportRefused(*(_reason(blocker) for blocker in open_ones))
    printed = name or (str(getattr(by, "label", "")) if by else "")
    overrides = tuple(
        Override(
            code=str(blocker.why),
            about=blocker.about,
            label=blocker.label,
            reason=reasons[blocker.key].strip(),
            by=printed,
            on=clock.day_of(now),
        )
        for blocker in found
    )
    content = compose(material, overrides=overrides, frozen_at=now, frozen_by=printed)
    report.frozen, report.sha256 = canonical.to_json(content), canonical.hash_of(content)
    report.frozen_at, report.frozen_by, report.state = now, by, state
    report.overrides = [
        {"code": item.code, "about": item.about, "reason": item.reason, "by": item.by, "on": item.on.isoformat()}
        for item in overrides
    ]
    report.save(update_fields=["frozen", "sha256", "frozen_at", "frozen_by", "state", "overrides"])
    audit.record(
        by=by,
        verb="reports.report.frozen",
        target=report,
        before={"state": "draft"},
        after={"state": state, "sha256": report.sha256, "overrides": report.overrides},
        unit_id=report.unit_id,
        reason="; ".join(item.reason for item in overrides),
    )
    return report


def _reason(blocker: Blocker) -> Reason:
    if not blocker.may_be_answered:
        return Reason(_("Mend the text of a section first: it names a figure that is not there."), blocker.key)
    asked = _("%(missing)s. Tell why the report is frozen all the same.")
    return Reason(asked % {"missing": sentence(blocker)}, blocker.key)
