"""The funder checks reports in two steps by two persons, and draws a sample that anyone can draw again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, outbox
from luotsi.base.errors import Reason
from luotsi.funding import access
from luotsi.funding.actions.refusals import FundingRefused, checked
from luotsi.funding.actions.reminders import people_of
from luotsi.funding.models import Call, GrantReport, ReportCheck, ReportSample
from luotsi.funding.queries.checking import kept, received, reports_of, risks_in, steps_of
from luotsi.funding.queries.checking_words import refused
from luotsi.funding.rules.reports import Check, Step, Verdict, check_refusals, sample

if TYPE_CHECKING:
    from luotsi.people.models import Account


@dataclass(frozen=True, kw_only=True)
class CheckDetails:
    """A step of the check: what it ended in, why, and of the money of a final report what is payable."""

    step: str
    verdict: str
    reasons: str = ""
    payable: Decimal | None = None


@transaction.atomic
def check_report(*, report: GrantReport, details: CheckDetails, by: Account) -> ReportCheck:
    """Take a step of the check of a sent report: substance first, then money, by another person.

    Raises:
        FundingRefused: it is not the next step, the officer took the other one or has an interest, a newer version
            has come, or reasons or the payable sum are missing.
    """
    held = GrantReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    newest = GrantReport.objects.sent().filter(application=held.application, kind=held.kind, key=held.key)
    version = max(newest.values_list("version", flat=True), default=0)
    application = held.application
    against = access.interests_in(by, [application])[application.pk]
    new = Check(step=Step(details.step), verdict=Verdict(details.verdict), officer=str(by.pk), version=held.version)
    reasons = check_refusals(
        steps_of(held.checks.all(), held),
        new,
        version=version,
        officer_units=frozenset({str(application.unit_id)} if against else ()),
        unit=str(application.unit_id),
        two_officers=True,
    )
    told = [Reason(words) for words in refused(reasons)]
    told += _missing(held, details)
    if told:
        raise FundingRefused(*told)
    made = ReportCheck(
        report=held,
        step=details.step,
        verdict=details.verdict,
        reasons=details.reasons.strip(),
        payable=details.payable,
        checked_at=clock.now(),
        checked_by=by,
    )
    checked(made).save(force_insert=True)
    audit.record(
        by=by,
        verb="funding.report.checked",
        target=made,
        after=audit.snapshot(made, "step", "verdict", "reasons", "payable") | {"version": held.version},
        unit_id=application.unit_id,
    )
    if received(held).standing.next is None:
        _tell(held)
    return made


def _missing(report: GrantReport, details: CheckDetails) -> list[Reason]:
    found = []
    if details.verdict != Verdict.ACCEPTED and not details.reasons.strip():
        found.append(Reason(_("Tell what is to be completed, or why it is rejected."), field="reasons"))
    is_money = details.step == Step.MONEY and details.verdict == Verdict.ACCEPTED and report.is_final
    granted = report.application.decision.granted or Decimal(0)
    if is_money and details.payable is None:
        found.append(Reason(_("Tell what is payable of the grant."), field="payable"))
    if details.payable is not None and details.payable > granted:
        found.append(Reason(_("No more is payable than was granted."), field="payable"))
    return found


def _tell(report: GrantReport) -> None:
    """Write to those who prepare that the check of a report is over or waits for them; its words are on the page."""
    application = report.application
    for person in people_of(application):
        with translation.override(person.language):
            path = reverse("funding:see-decision", args=[application.unit.key, application.pk])
            context = {"project": application.names.text, "url": f"{settings.SITE_URL}{path}"}
            outbox.post(
                to=person.account.email if person.account else person.email,
                subject=_("The funder has checked a report: %(project)s") % context,
                body=render_to_string("funding/mail/checked.txt", context),
                language=person.language,
                key=f"funding.report.{report.pk}.{person.pk}",
            )


@transaction.atomic
def draw_sample(*, call: Call, seed: str, percent: Decimal, by: Account) -> ReportSample:
    """Draw a sample of the final reports of a call, and beside it all with a risk; once with each seed.

    Raises:
        FundingRefused: there are no final reports, the seed is empty or used, or the percentage is none.
    """
    held = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    reports = [one for one in reports_of(held) if one.report.is_final]
    if not reports:
        raise FundingRefused(_("No final report has come yet."))
    if not seed.strip() or not 0 <= percent <= 100:
        raise FundingRefused(_("A sample needs a seed and a percentage from 0 to 100."))
    drawn = sample([one.key for one in reports], seed=seed.strip(), percent=percent, risks=risks_in(reports))
    made = ReportSample(
        call=held,
        seed=drawn.seed,
        percent=drawn.percent,
        drawn_from=drawn.drawn_from,
        of=drawn.of,
        picked=[
            {"key": one.key, "how": one.how.value, "lot": one.lot, "risks": kept(one.risks)} for one in drawn.sampled
        ],
        drawn_at=clock.now(),
        drawn_by=by,
    )
    checked(made).save(force_insert=True)
    audit.record(
        by=by,
        verb="funding.sample.drawn",
        target=made,
        after=audit.snapshot(made, "seed", "percent", "drawn_from", "of"),
        unit_id=held.owner_id,
    )
    return made
