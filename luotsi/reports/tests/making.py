"""Reports that pages and addresses point to: one of each state, made through the actions that people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.programme.models import Programme
from luotsi.programme.tests.programmes import sound_programme
from luotsi.reports.actions.deciding import Matter, Ruling, decide_report, prepare_matter, publish_report
from luotsi.reports.actions.drafts import begin_report, write_texts
from luotsi.reports.actions.freezing import freeze_report
from luotsi.reports.queries.contents import live, wanted_of

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast
    from luotsi.reports.models import Report

KEY = "KOE-2024-2027"
MATTER = Matter(
    body=Names(fi="Esimerkkilautakunta"), officer="Opetusjohtaja", proposal=Names(fi="Raportti merkitään tiedoksi.")
)
WRITING = frozenset({"reports:write-text", "reports:freeze-report"})


@dataclass(frozen=True)
class Reported:
    """A programme of Tampere with a draft, a frozen and a published report about three school years."""

    programme: Programme
    draft: Report
    frozen: Report
    published: Report

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address of this room needs beside the unit."""
        found: dict[str, Any] = {"pk": (self.draft if name in WRITING else self.published).pk}
        if name == "reports:begin-report":
            return {"programme": self.programme.slug, "kind": "evaluation"}
        if name == "reports:list-reports":
            return {}
        if name == "reports:write-text":
            return {**found, "section": "summary"}
        if "download" in name:
            return {**found, "lang": "fi", "kind": "json"}
        return found


def make_reported(cast: Cast) -> Reported:
    """Make them; a programme of that key that is there already is taken."""
    programme = Programme.objects.select_related("owner").filter(key=KEY).first() or sound_programme()
    draft = _begun(cast, programme, "2026-27")
    write_texts(report=draft, section="summary", texts={"fi": "Ohjelma etenee."}, by=cast.aino)
    frozen = _frozen(cast, _begun(cast, programme, "2024-25"))
    published = prepare_matter(report=_frozen(cast, _begun(cast, programme, "2025-26")), matter=MATTER, by=cast.aino)
    ruling = Ruling(is_noted=True, on=clock.today(), number="§ 4", decision=Names())
    published = publish_report(report=decide_report(report=published, ruling=ruling, by=cast.aino), by=cast.aino)
    return Reported(programme, draft, prepare_matter(report=frozen, matter=MATTER, by=cast.aino), published)


def _begun(cast: Cast, programme: Programme, period: str) -> Report:
    return begin_report(kind="evaluation", programme=programme, period=period, data_on=date(2026, 7, 31), by=cast.aino)


def _frozen(cast: Cast, report: Report) -> Report:
    reasons = {blocker.key: "Sovittu." for blocker in live(wanted_of(report)).blockers}
    return freeze_report(report=report, reasons=reasons, by=cast.aino)
