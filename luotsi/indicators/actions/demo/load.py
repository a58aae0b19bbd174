"""Loads the indicators of the demo with their figures, targets and earlier forecasts, or takes them away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import audit, clock, periods
from luotsi.indicators.actions.definitions import define_indicator, new_version
from luotsi.indicators.actions.demo import keys
from luotsi.indicators.actions.demo.declared import NEW_SCALE, followed
from luotsi.indicators.actions.demo.invented import Inventor, School, Timeline
from luotsi.indicators.actions.forecasts import kept_from
from luotsi.indicators.actions.observations import ObservationFigures, enter, record_many, submit
from luotsi.indicators.actions.targets import set_target
from luotsi.indicators.models import (
    ApiToken,
    Definition,
    Indicator,
    KeptForecast,
    Observation,
    ObservationImport,
    Target,
)
from luotsi.indicators.queries.outlook import points_of_values
from luotsi.indicators.rules.values import Operator, PathKind
from luotsi.people.actions.reference import rows_of
from luotsi.people.models import Account, Unit
from luotsi.people.queries.demo import CAST, REGION, SCHOOL

if TYPE_CHECKING:
    from luotsi.indicators.actions.observations import NewObservation

HELSINKI = "helsinki"
DECIDED = "Seudun digitiimi (esimerkki)"


def load_demo() -> bool:
    """Load the room's part of the demo; return False when it was there."""
    region = Unit.objects.filter(key=REGION).first()
    if region is None or Indicator.objects.filter(key=keys.MFA).exists():
        return False
    with transaction.atomic():
        timeline = Timeline(clock.today())
        indicators = _indicators(region, timeline)
        schools = list(_schools())
        told = list(_told(Inventor(indicators, schools, timeline), region))
        record_many(new=[one for one in told if not _left_open(one)], by=None)
        _targets(indicators, region, timeline)
        _foreseen(indicators, region, told, timeline)
        _in_work(indicators, timeline, told)
    return True


def clear_demo() -> None:
    """Take away all figures and every indicator that belongs to a unit; those of the program stay."""
    for model in (KeptForecast, Target, ObservationImport, ApiToken):
        model._default_manager.all().delete()
    Observation.objects.exclude(replaces=None).delete()
    Observation.objects.all().delete()
    owned = Indicator.objects.exclude(owner=None)
    Definition.objects.filter(indicator__in=owned).delete()
    gone = owned.first()
    if gone is not None:
        audit.record(by=None, verb="indicators.demo.reset", target=gone)
    owned.delete()


def _indicators(region: Unit, timeline: Timeline) -> dict[str, Indicator]:
    """Define the indicators; one gets a second version where the scale of the survey changed."""
    helsinki = Unit.objects.filter(key=HELSINKI).first()
    owners: dict[str, Unit | None] = dict.fromkeys(keys.REGION_KEYS, region)
    if helsinki is not None:
        owners[keys.HELSINKI_BASIC_LEVEL] = helsinki
    made = {}
    for key, owner in owners.items():
        one = followed(key, timeline.begins)
        made[key] = define_indicator(key=key, owner=owner, names=one.names, details=one.details, by=None)
    second = replace(followed(keys.BASIC_LEVEL, timeline.begins).details, valid_from=date(timeline.first + 1, 8, 1))
    new_version(indicator=made[keys.BASIC_LEVEL], details=second, change=NEW_SCALE, by=None)
    return made


def _schools() -> Iterator[School]:
    """Yield the invented schools with how many teach there, in the order of the file."""
    units = {unit.institution_number: unit for unit in Unit.objects.filter(kind="institution")}
    for row in rows_of("demo_schools"):
        if unit := units.get(row["number"]):
            yield School(unit, row["municipality"], int(row["teachers"]))


def _told(inventor: Inventor, region: Unit) -> Iterator[NewObservation]:
    """Yield every figure of the demo."""
    for school in inventor.schools:
        if school.unit.path.startswith(region.path):
            yield from inventor.monthly(school)
            yield from inventor.yearly(school)
    providers = Unit.objects.filter(parent=region).order_by("municipality_number")
    for place, provider in enumerate(providers):
        yield from inventor.of_provider(provider, place)
    if keys.HELSINKI_BASIC_LEVEL in inventor.indicators:
        yield from inventor.of_helsinki([one for one in inventor.schools if one.municipality == "091"])


def _left_open(one: NewObservation) -> bool:
    """Return True for a figure of the cast's school that is not told yet in the demo, so that something waits."""
    present = Timeline(clock.today()).school_years[2]
    return (one.indicator.key, one.unit.key, one.period) == (keys.SPACES, SCHOOL, present)


def _targets(indicators: dict[str, Indicator], region: Unit, timeline: Timeline) -> None:
    """Set the targets of the region, and those of two municipalities that do not quite add up to it."""
    ends = [f"{timeline.first + n}-07" for n in (1, 2, 3)]
    on, last = timeline.begins, timeline.school_years[2]
    decided = {"decided_by": DECIDED, "decided_on": on, "reference": "Esimerkki 1/§ 4", "by": None}

    def aim(key: str, unit: Unit, period: str, value: str, start: str = "", **others: object) -> Target:
        given = {"baseline_value": Decimal(start), "baseline_on": on} if start else {}
        return set_target(
            indicator=indicators[key],
            unit=unit,
            period=period,
            value=Decimal(value),
            **(given | decided | others),  # type: ignore[arg-type]
        )

    aim(keys.MFA, region, ends[0], "50", "20")
    aim(keys.MFA, region, ends[1], "90", "20")
    points = ((ends[0], Decimal(50)), (ends[1], Decimal(90)))
    aim(keys.MFA, region, ends[2], "100", "20", path=PathKind.POINTS, points=points)
    aim(keys.ONE_ACCOUNT, region, ends[2], "100", "18")
    aim(keys.DEVICES, region, ends[2], "1.2", "1.62", operator=Operator.LTE)
    aim(keys.PRINTING, region, ends[2], "100", "31")
    aim(keys.APPS, region, ends[2], "100", "22")
    aim(keys.RESPONSES, region, last, "70")
    aim(keys.BASIC_LEVEL, region, last, "85")
    aim(keys.TRAININGS, region, last, "1500")
    aim(keys.SPACES, region, last, "1")
    aim(keys.TEAM, region, last, "100")
    members = {unit.municipality_number: unit for unit in Unit.objects.filter(parent=region)}
    for number, value in (("837", "100"), ("536", "95"), ("211", "90")):
        if number in members:
            aim(keys.MFA, members[number], ends[2], value)


def _foreseen(
    indicators: dict[str, Indicator], region: Unit, told: Sequence[NewObservation], timeline: Timeline
) -> None:
    """Keep what was foreseen on four days of the past, made of what the region had then."""
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for one in told:
        if one.indicator.key == keys.MFA and one.figures.numerator is not None and one.figures.denominator is not None:
            sums[one.period][0] += one.figures.numerator
            sums[one.period][1] += one.figures.denominator
    values = {periods.parse(period).end: part * 100 / whole for period, (part, whole) in sums.items()}
    targets = list(Target.objects.in_force().filter(indicator=indicators[keys.MFA], unit=region))
    definition = Definition.objects.get(indicator=indicators[keys.MFA])
    made = []
    for months in (6, 9, 15, 18, 21, 24):
        period = periods.containing(timeline.begins, periods.PeriodKind.MONTH)
        for _number in range(months):
            period = period.next()
        known = points_of_values({day: value for day, value in values.items() if day < period.start})
        coming = [target for target in targets if target.due_on >= period.start]
        made += [
            kept_from(target, definition, known, period.start)
            for target in coming[:1]
            if period.start <= timeline.today
        ]
    KeptForecast.objects.bulk_create(made)


def _in_work(indicators: dict[str, Indicator], timeline: Timeline, told: Sequence[NewObservation]) -> None:
    """Leave something to do: a draft of the principal, and one that was handed over and waits for approval."""
    people = {member.given_name: member.email for member in CAST}
    accounts = {account.email: account for account in Account.objects.filter(email__in=people.values())}
    bilal, irma = accounts.get(people["Bilal"]), accounts.get(people["Irma"])
    open_one = next((one for one in told if _left_open(one)), None)
    if open_one is None:
        return
    draft = enter(
        indicator=open_one.indicator,
        unit=open_one.unit,
        period=open_one.period,
        figures=ObservationFigures(**(vars(open_one.figures) | {"note": "Lisätään vielä uusi kirjastotila?"})),
        by=irma,
    )
    submit(observation=draft, by=bilal)
    enter(
        indicator=indicators[keys.SPACES],
        unit=open_one.unit,
        period=f"{timeline.first + 2}-09-20",
        figures=ObservationFigures(**(vars(open_one.figures) | {"note": "Laskettu tilastopäivänä."})),
        by=bilal,
    )
