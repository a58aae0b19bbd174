"""Loads the reports of the demo through the actions that people use."""

from __future__ import annotations

from django.db import transaction

from luotsi.base import clock, periods
from luotsi.base.names import Names
from luotsi.people.models import Account
from luotsi.programme.models import Programme
from luotsi.reports.actions.deciding import Matter, Ruling, decide_report, prepare_matter, publish_report
from luotsi.reports.actions.demo.texts import Told, told
from luotsi.reports.actions.drafts import begin_report, write_texts
from luotsi.reports.actions.freezing import freeze_report
from luotsi.reports.models import Report, ReportText
from luotsi.reports.queries.contents import live, wanted_of
from luotsi.reports.queries.material import latest_version

EVALUATED = ("HKI-DIGI-2016-2019", "2017", "pihla@luotsi.example")
COMPARED = ("TRE-SEUTU-DIGI-2024-2027", "2025-26", "aino@luotsi.example")


def load_demo() -> bool:
    """Add a draft evaluation and a published comparison; return False when they are there or have no programme."""
    with transaction.atomic():
        texts = told()
        return any([_evaluation(texts), _comparison(texts)])


def clear_demo() -> None:
    """Take every report away."""
    ReportText.objects.all().delete()
    Report.objects.all().delete()


def _begun(kind: str, key: str, period: str, who: str, texts: dict[str, dict[str, str]]) -> Report | None:
    programme = Programme.objects.select_related("owner").filter(key=key).first()
    if programme is None or latest_version(programme) is None:
        return None
    if Report.objects.filter(programme=programme, kind=kind, period=period).exists():
        return None
    by = _account(who)
    day = min(periods.parse(period).end, clock.today())
    report = begin_report(kind=kind, programme=programme, period=period, data_on=day, by=by)
    for section, written in texts.items():
        write_texts(report=report, section=section, texts=written, by=by)
    return report


def _evaluation(texts: Told) -> bool:
    return _begun("evaluation", *EVALUATED, texts.evaluation) is not None


def _comparison(texts: Told) -> bool:
    report = _begun("comparison", *COMPARED, texts.comparison)
    if report is None:
        return False
    by = _account(COMPARED[2])
    blockers = live(wanted_of(report)).blockers
    report = freeze_report(report=report, reasons={one.key: texts.reason for one in blockers}, by=by)
    matter = Matter(body=texts.body, officer=texts.officer, proposal=texts.proposal)
    report = prepare_matter(report=report, matter=matter, by=by)
    ruling = Ruling(is_noted=True, on=clock.today(), number="§ 4", decision=Names())
    publish_report(report=decide_report(report=report, ruling=ruling, by=by), by=by)
    return True


def _account(address: str) -> Account | None:
    return Account.objects.filter(email=address).first()
