"""Findings of the validator, for the tests of pages that show them."""

from __future__ import annotations

from datetime import date, timedelta

from luotsi.base import clock
from luotsi.learning.models import Learner, QualityFinding
from luotsi.learning.rules.checks import RULES

AGO = timedelta(days=40)


def make_finding(
    learner: Learner,
    code: str,
    *,
    at: str = "plan",
    since: date | None = None,
    gone: date | None = None,
    **params: str,
) -> QualityFinding:
    """Add a finding of a rule in the only right of a learner."""
    rule = RULES[code]
    return QualityFinding.objects.create(
        unit=learner.unit,
        learner=learner,
        right_oid=learner.rights.known().get().oid,
        code=code,
        severity=rule.severity.value,
        owner=rule.owner.value,
        at=at,
        params=params,
        fingerprint=f"{code}-{at}"[:40],
        since=since or clock.today() - AGO,
        gone_on=gone,
    )


def make_findings(learner: Learner) -> None:
    """Add one finding of each severity and one that is gone."""
    make_finding(learner, "K05", at="right/tila/opiskeluoikeusjaksot/0/opintojenRahoitus", state="lasna")
    make_finding(learner, "X06", at="plan/hankittavat-ammat-tutkinnon-osat/1", part="999901", day="2026-10-01")
    make_finding(learner, "H16", at="plan/hankittavat-ammat-tutkinnon-osat/1/osaamisen-osoittaminen/0")
    make_finding(learner, "K11", at="right/arvioituPäättymispäivä", gone=clock.today() - timedelta(days=5))
