"""A grant that runs: with a budget by class, a ledger, a payment and what it serves, made for reports and changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.changes import begin_change, send_change, write_change
from luotsi.funding.actions.grant_reports import begin_report, send_report, write_report
from luotsi.funding.actions.links import link_indicator, link_measure
from luotsi.funding.models import BudgetRow, LedgerEntry, LedgerImport, Payment
from luotsi.funding.rules.change_request import ContentChange, Request
from luotsi.funding.tests.granting import granted, make_application
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator
from luotsi.programme.tests.making import MEASURE, tell_done
from luotsi.programme.tests.programmes import region_programme

if TYPE_CHECKING:
    from luotsi.funding.models import Application, ChangeRequest, GrantReport
    from luotsi.people.models import Unit
    from luotsi.people.tests.cast import Cast

CLASSES = [
    {"code": "personnel", "fi": "Henkilöstö", "sv": "Personal", "en": "Personnel"},
    {"code": "services", "fi": "Palvelut", "sv": "Tjänster", "en": "Services"},
    {"code": "travel", "fi": "Matkat", "sv": "Resor", "en": "Travel"},
]
BUDGET = {"personnel": Decimal(20000), "services": Decimal(10000), "travel": Decimal(3500)}
BOOKED = datetime(2023, 6, 1, 9, tzinfo=UTC)


def make_running(
    cast: Cast, unit: Unit | None = None, ends_on: date = date(2024, 7, 31), **values: Any
) -> Application:
    """Return a grant of 30,150 € for a cost of 33,500 €, from August 2022, with its budget by class."""
    given = {"call_cost_classes": CLASSES, "call_transfer_percent": Decimal(10), "call_change_days": 30, **values}
    application = make_application(unit or cast.tampere, **given).application
    granted(application, cast.eeva, ends_on=ends_on)
    application.refresh_from_db()
    for key, amount in BUDGET.items():
        row = BudgetRow(application=application, cost_class=key, amount=amount)
        row.save(force_insert=True)
    return application


def book(application: Application, rows: Iterable[tuple[str, date, object]]) -> None:
    """Book entries of a class, a day and a sum."""
    source = LedgerImport.objects.filter(application=application).first()
    if source is None:
        source = LedgerImport(
            application=application,
            filename="kirjanpito.csv",
            sha256="0" * 64,
            state=LedgerImport.State.DONE,
            uploaded_at=BOOKED,
        )
        source.save(force_insert=True)
    begin = application.ledger_entries.count()
    for number, (cost_class, day, amount) in enumerate(rows, begin + 1):
        entry = LedgerEntry(
            application=application,
            source=source,
            number=number,
            row=number,
            fingerprint=f"{number:040}",
            voucher=f"T{number}",
            booked_on=day,
            amount=Decimal(str(amount)),
            cost_class=cost_class,
        )
        entry.save(force_insert=True)


def pay(application: Application, amount: int, day: date) -> None:
    """Write down money that came from the funder."""
    payment = Payment(
        decision=application.decision, number=1, amount=Decimal(amount), received_on=day, written_at=BOOKED
    )
    payment.save(force_insert=True)


def serve(cast: Cast, application: Application) -> None:
    """Link a measure of the region's programme, whose first milestone is reached, and an indicator without figures."""
    programme = region_programme(cast)
    tell_done(cast, programme)
    link_measure(application=application, programme=programme, measure=MEASURE, by=cast.aino)
    indicator = define_indicator(
        key="lent-devices",
        owner=application.unit,
        names=Names(fi="Lainattuja laitteita"),
        details=DefinitionDetails(valid_from=date(2020, 1, 1)),
        by=None,
    )
    link_indicator(application=application, indicator=indicator, by=cast.aino)


@dataclass(frozen=True)
class Running:
    """A grant of the school with a draft and a sent one of a change request and of a report."""

    application: Application
    change: ChangeRequest
    sent: ChangeRequest
    report: GrantReport
    frozen: GrantReport

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address with the name needs besides its unit."""
        given: dict[str, Any] = {"pk": self.application.pk}
        if name.endswith("-change") and not name.endswith("begin-change"):
            is_answered = name.endswith(("answer-change", "withdraw-change"))
            given = {"pk": self.sent.application_id, "change": self.sent.pk} if is_answered else given
            given.setdefault("change", self.change.pk)
        if name.endswith("-grant-report") and not name.endswith("begin-grant-report"):
            is_sent = name.endswith(("complete-grant-report", "download-grant-report"))
            given["report"] = self.frozen.pk if is_sent else self.report.pk
        if name.endswith(("download-grant-report", "download-change")):
            given |= {"language": "fi", "kind": "txt"}
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the addresses of pages name."""
        return {
            "running": self.application.pk,
            "running_change": self.change.pk,
            "running_other": self.sent.application_id,
            "running_sent": self.sent.pk,
            "running_report": self.report.pk,
            "running_frozen": self.frozen.pk,
        }


def stage_running(cast: Cast) -> Running:
    """Let finance do everything once: a grant whose requests are drafts, and one whose request is sent."""
    last = clock.today() + timedelta(days=200)
    application, other = (make_running(cast, cast.school, last) for _twice in range(2))
    for one in (application, other):
        book(one, [(key, date(2023, 3, 31), amount) for key, amount in BUDGET.items()])
    pay(application, 20000, date(2022, 9, 5))
    change = begin_change(application=application, by=cast.eeva)
    words = Request(content=ContentChange(words="Kokeillaan yhdessä.", grounds="Koulut yhdistyivät."))
    drafted = begin_change(application=other, by=cast.eeva)
    written = write_change(request=drafted, asked=words, seen=drafted.changed_at, by=cast.eeva)
    sent = send_change(request=written, by=cast.eeva)
    report = begin_report(application=application, kind="final_report", key="final-1", by=cast.eeva)
    interim = begin_report(application=application, kind="interim_report", key="interim-1", by=cast.eeva)
    told = dict.fromkeys(("done", *(f"cost:{name}" for name in BUDGET)), "Näin kävi.")
    kept = write_report(report=interim, words=told, until_on=date(2023, 7, 31), seen=interim.changed_at, by=cast.eeva)
    return Running(application, change, sent, report, send_report(report=kept, by=cast.eeva))
