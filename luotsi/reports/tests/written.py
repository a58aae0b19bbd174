"""Reports for tests: written from plans that come with Luotsi, without the database or with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luotsi.base import periods
from luotsi.indicators.rules.values import Policy
from luotsi.people.models import Account
from luotsi.programme.models import Programme
from luotsi.programme.queries.plan_files import read_file
from luotsi.programme.rules.consent import Consent
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.programmes import city_programme
from luotsi.reports.actions.drafts import begin_report
from luotsi.reports.actions.freezing import freeze_report
from luotsi.reports.models import Report
from luotsi.reports.queries.contents import live, wanted_of
from luotsi.reports.queries.material_of_plan import material_of_plan
from luotsi.reports.rules import inputs
from luotsi.reports.rules.material import Followed, Material, Taker

CITY, REGION = "HKI-DIGI-2016-2019", "TRE-SEUTU-DIGI-2024-2027"
REASON = "Valmistellaan keväällä."


def evaluation_material() -> Material:
    """Return what the plan of the city tells of 2017."""
    plan = read_file(CITY).plan
    assert plan
    return material_of_plan(plan, kind="evaluation", period=periods.parse("2017"))


def comparison_material(*shows: Consent) -> Material:
    """Return a comparison of members with ten pupils a device more each; `shows` is what each lets the others see."""
    plan = read_file(REGION).plan
    assert plan
    made = material_of_plan(plan, kind="comparison", period=periods.parse("2025-26"))
    takers = tuple(
        Taker(key=f"member-{place}", names=every(f"Jäsen {place}"), shows=consent)
        for place, consent in enumerate(shows, start=1)
    )
    followed = devices({taker.key: (Decimal(10 * place), Decimal(10)) for place, taker in enumerate(takers, start=1)})
    return Material(**{**vars(made), "takers": takers, "followed": (followed,)})


def devices(told: dict[str, tuple[Decimal, Decimal]]) -> Followed:
    """Return an indicator of pupils by devices, told by some units for 2025-26."""
    definition = inputs.Definition(indicator="devices", version=1, names=every("Laitteet"), policy=Policy.OPEN)
    cells: dict[str, tuple[inputs.Cell, ...]] = {
        unit: (
            inputs.Cell(
                indicator="devices",
                version=1,
                unit=unit,
                period="2025-26",
                numerator=top,
                denominator=bottom,
                value=top / bottom,
            ),
        )
        for unit, (top, bottom) in told.items()
    }
    return Followed(
        code="DEV",
        key="devices",
        names=every("Laitteet"),
        section="PP1",
        definition=definition,
        others=cells,
        ends={"2025-26": date(2026, 7, 31)},
    )


def every(text: str) -> Text:
    """Return a text that is the same in every language."""
    return Text(fi=text, sv=text, en=text)


def draft(by: Account | None = None, programme: Programme | None = None) -> Report:
    """Return a draft of the city's evaluation of 2017, of figures of its last day."""
    found = programme or city_programme()
    return begin_report(kind="evaluation", programme=found, period="2017", data_on=date(2017, 12, 31), by=by)


def reasons_for(report: Report) -> dict[str, str]:
    """Return a reason for everything that is missing from a draft."""
    return {blocker.key: REASON for blocker in live(wanted_of(report)).blockers}


def frozen(by: Account | None = None) -> Report:
    """Return the city's evaluation, frozen with reasons."""
    report = draft(by)
    return freeze_report(report=report, reasons=reasons_for(report), by=by, name="Pihla Mielikuvala")
