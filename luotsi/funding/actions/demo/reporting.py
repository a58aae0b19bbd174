"""The room's fourth part of the demo: what the grant that runs serves, and its half-filled final report.

The change that its ledger warns of is not asked for yet: that is left to whoever tries the demo.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import clock
from luotsi.funding.actions.demo.grants import NETWORK
from luotsi.funding.actions.grant_reports import begin_report, write_report
from luotsi.funding.actions.links import link_indicator, link_measure
from luotsi.funding.models import Application, ChangeRequest, GrantReport
from luotsi.indicators.models import Target
from luotsi.people.models import Account
from luotsi.programme.models import Programme
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import measures_of

if TYPE_CHECKING:
    from luotsi.programme.rules.plan import Measure

MEASURES, INDICATORS = 2, 2
DONE = (
    "Verkoston koulut kokeilivat lainattavia laitteita kahdeksassa opetusryhmässä. Opetusmallit koottiin yhteiseen "
    "kirjastoon, ja jokaisesta kokeilusta kirjoitettiin lyhyt arvio.\n\n"
    "Toisena vuonna kokeiltuja malleja siirrettiin kouluihin, jotka eivät olleet mukana ensimmäisessä."
)


def load_demo() -> bool:
    """Add links and a draft of the final report; return False when it is there, or the grant of the demo is not."""
    application = Application.objects.granted().filter(name__fi=NETWORK.fi).select_related("unit", "decision").first()
    if application is None or GrantReport.objects.exists():
        return False
    by = Account.objects.filter(email="eeva@luotsi.example").first()
    with transaction.atomic():
        _serve(application, by)
        report = begin_report(application=application, kind="final_report", key="final-1", by=by)
        write_report(report=report, words={"done": DONE}, until_on=None, seen=report.changed_at, by=by)
    return True


@transaction.atomic
def clear_demo() -> None:
    """Take away every report and change request."""
    for model in (GrantReport, ChangeRequest):
        model._default_manager.all().delete()


def _serve(application: Application, by: Account | None) -> None:
    """Link the first measures with milestones in the time of use, and indicators that have a target."""
    first = application.decision.starts_on or clock.today()
    last = application.decision.ends_on or clock.today()
    for programme in Programme.objects.along(application.unit).filter(versions__number__isnull=False).distinct():
        fitting = [one for one in measures_of(plan_of(programme)) if _falls(one, first, last)]
        for measure in fitting[:MEASURES]:
            link_measure(application=application, programme=programme, measure=measure.code, by=by)
        if fitting:
            break
    units = [*application.unit.ancestor_ids, application.unit.pk]
    targets = Target.objects.in_force().filter(unit__in=units, due_on__gte=first).select_related("indicator")
    for indicator in list({one.indicator_id: one.indicator for one in targets}.values())[:INDICATORS]:
        link_indicator(application=application, indicator=indicator, by=by)


def _falls(measure: Measure, first: date, last: date) -> bool:
    days = [item.due or item.period.end for item in measure.milestones]
    return any(day is not None and first <= day <= last for day in days)
