"""Loads both programmes with everything that happened to them, or takes them away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from luotsi.base import audit, clock
from luotsi.base.names import Names
from luotsi.indicators.models import Indicator
from luotsi.people.models import Account, RoleAssignment, Unit
from luotsi.people.queries.demo import CAST, REGION
from luotsi.people.rules import Role
from luotsi.programme.access import participations_of
from luotsi.programme.actions.clock import add_event
from luotsi.programme.actions.demo.networks import load_network
from luotsi.programme.actions.demo.rounds import load_rounds
from luotsi.programme.actions.demo.states import tell_states
from luotsi.programme.actions.demo.words import AGREED_BY, CONSENTS, EVENTS, LINKS
from luotsi.programme.actions.findings import FindingDetails, add_finding, close_finding
from luotsi.programme.actions.plans import Approval, add_item, change_item, import_plan, publish
from luotsi.programme.models import (
    Adoption,
    BudgetLine,
    ClockEvent,
    ClockReminder,
    Decision,
    Finding,
    IndicatorLink,
    MilestoneState,
    Network,
    NetworkMember,
    NetworkReview,
    Participation,
    PlanVersion,
    Programme,
    Round,
)
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.queries.plan_files import read_file
from luotsi.programme.rules.plan import Plan, ReportingLine, coded
from luotsi.programme.rules.values import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

CITY_KEY, REGION_KEY = "HKI-DIGI-2016-2019", "TRE-SEUTU-DIGI-2024-2027"
HELSINKI = "helsinki"
FIRST, SECOND = date(2024, 6, 3), date(2025, 9, 15)
AFTER_THE_PLAN = 100  # positions of links that the plan itself does not make
BODY = "Seudun opetusjohtajat (esimerkki)"


def load_demo() -> bool:
    """Load the room's part of the demo; return False when it was there."""
    region = Unit.objects.filter(key=REGION).first()
    if region is None or Programme.objects.filter(key=REGION_KEY).exists():
        return False
    with transaction.atomic():
        _load_city()
        _load_region(region)
    return True


def _account(name: str) -> Account | None:
    email = next(member.email for member in CAST if member.given_name == name)
    return Account.objects.filter(email=email).first()


def _plan(key: str) -> Plan:
    plan = read_file(key).plan
    assert plan is not None, key  # noqa: S101 - the packaged plans are read in the tests
    return plan


def _load_city() -> None:
    owner = Unit.objects.filter(key=HELSINKI).first()
    if owner is None:
        return
    approval = Approval(note="Tuotu suunnitelmatiedostosta.")
    pihla = _account("Pihla")
    plan = _plan(CITY_KEY)
    programme = import_plan(plan=plan, owner=owner, by=pihla, approval=approval, is_public=True).programme
    load_network(programme, pihla)


def _load_region(region: Unit) -> None:
    aino = _account("Aino")
    approval = Approval(approved_by=BODY, approved_on=FIRST, reference="§ 12")
    programme = import_plan(plan=_plan(REGION_KEY), owner=region, by=aino, approval=approval).programme
    _back(programme, 1, FIRST)
    _revise(programme, aino)
    _back(programme, 2, SECOND)
    _consent(programme)
    tellers = _tellers(programme)
    tell_states(programme, tellers, clock.today())
    for details in EVENTS:
        add_event(programme=programme, details=details, by=aino)
    _find(programme, aino)
    _link(programme, LINKS)
    load_rounds(programme, tellers, aino)


def _back(programme: Programme, number: int, day: date) -> None:
    """Move a version into the past, as if it had been published on the day."""
    version = PlanVersion.objects.defer("document").get(programme=programme, number=number)
    version.written_at = version.published_at = datetime.combine(day, time(12, 0), clock.HELSINKI)
    version.save(update_fields=["written_at", "published_at"])


def _revise(programme: Programme, by: Account | None) -> None:
    """Publish a second version with changes that a reader can follow."""
    target = {"number": Decimal(100), "unit": "percent", "evidence": Text(fi="Tunnistuksen käyttöönoton raportti")}
    change_item(programme=programme, code="M42", period="2025-26", changes=target, by=by)
    change_item(programme=programme, code="M31", period="2026-27", changes={"due": date(2027, 5, 31)}, by=by)
    before = coded(plan_of(programme, draft=True))["R1"]
    assert isinstance(before, ReportingLine)  # noqa: S101 - a line of the packaged plan
    rhythm = replace(before.rhythm, fi="vuosittain joulukuussa")
    change_item(programme=programme, code="R1", changes={"rhythm": rhythm}, by=by)
    line = ReportingLine(
        code="R5",
        text=Text(
            fi="Virstanpylväiden tilat kunnittain",
            sv="Milstolparnas läge kommunvis",
            en="States of milestones by municipality",
        ),
        rhythm=Text(fi="keväisin", sv="på våren", en="every spring"),
    )
    add_item(programme=programme, into="", key="reporting", item=line, by=by)
    approval = Approval(
        note="Digitiimi täsmensi monivaiheisen tunnistuksen tavoitetta ja seurannan rytmiä.",
        approved_by=BODY,
        approved_on=SECOND - timedelta(days=4),
        reference="§ 21",
    )
    publish(programme=programme, approval=approval, by=by)


def _consent(programme: Programme) -> None:
    """Write what every member lets the others see, with one audit row."""
    taking = participations_of(programme)
    for one in taking:
        one.consent = CONSENTS.get(one.unit.municipality_number, Participation.Consent.SUMS)
        one.consented_by, one.consented_on = AGREED_BY, FIRST
    Participation.objects.bulk_update(taking, ["consent", "consented_by", "consented_on"])
    audit.record(
        by=None,
        verb="programme.demo.consented",
        target=programme,
        after={one.code: one.consent for one in taking},
        unit_id=programme.owner_id,
    )


def _tellers(programme: Programme) -> dict[UUID, Account]:
    """Return somebody who coordinates each member; Aino where nobody with an account does."""
    units = [one.unit_id for one in participations_of(programme)]
    held = RoleAssignment.objects.in_force(clock.today()).filter(unit__in=units, role=Role.COORDINATOR)
    aino = _account("Aino")
    found = {unit: aino for unit in units if aino is not None}
    for role in held.exclude(person__account=None).select_related("person__account"):
        if role.person.account is not None:
            found[role.unit_id] = role.person.account
    return found


def _find(programme: Programme, by: Account | None) -> None:
    today = clock.today()
    add_finding(
        programme=programme,
        details=FindingDetails(
            text=Names(
                fi="Monivaiheinen tunnistus etenee pienissä kunnissa hitaammin kuin suunniteltiin",
                sv="Flerfaktorsautentiseringen går långsammare än planerat i små kommuner",
                en="Multi-factor authentication advances more slowly than planned in small municipalities",
            ),
            section="PP4",
            period="2025-26",
            cause="Tietohallinnon tuki on yhteinen usean kunnan kanssa.",
            action=Names(fi="Seudun yhteinen käyttöönottotuki syyslukukaudelle"),
            owner="TH",
            due_on=date(today.year + 1, 1, 31),
            state="ongoing",
            indicator=Indicator.objects.filter(key="tre-mfa").first(),
        ),
        by=by,
    )
    add_finding(
        programme=programme,
        details=FindingDetails(
            text=Names(
                fi="Tekijänoikeuksien tukimateriaalista puuttuu ruotsinkielinen versio",
                sv="Stödmaterialet om upphovsrätt saknas på svenska",
                en="The material on copyright is missing in Swedish",
            ),
            section="PP4",
            period="2025-26",
        ),
        by=by,
    )
    closed = add_finding(
        programme=programme,
        details=FindingDetails(
            text=Names(
                fi="Osaamiskyselyyn vastattiin vain osassa kouluista",
                sv="Kompetensenkäten besvarades bara i en del av skolorna",
                en="The survey of skills was answered in some schools only",
            ),
            section="PP2",
            period="2024-25",
            action=Names(fi="Kysely siirrettiin lokakuulle ja rehtorit varaavat siihen kokousajan"),
            owner="OJ",
            due_on=date(2025, 10, 1),
            state="ongoing",
        ),
        by=by,
    )
    close_finding(finding=closed, effect="Vastauksia saatiin seuraavana syksynä kaikista kunnista.", by=by)


def _link(programme: Programme, links: Mapping[str, tuple[str, ...]]) -> None:
    """Link indicators of the demo to sections and measures; those that are not there are left out."""
    keys = {key for found in links.values() for key in found}
    there = {indicator.key: indicator for indicator in Indicator.objects.filter(key__in=keys)}
    linked = [(item, there[key]) for item, found in links.items() for key in found if key in there]
    IndicatorLink.objects.bulk_create(
        IndicatorLink(programme=programme, item=item, indicator=indicator, position=place)
        for place, (item, indicator) in enumerate(linked, AFTER_THE_PLAN)
    )
    audit.record(
        by=None,
        verb="programme.indicators.linked",
        target=programme,
        after={item: indicator.key for item, indicator in linked},
        unit_id=programme.owner_id,
    )


@transaction.atomic
def clear_demo() -> None:
    """Take away every programme and what belongs to it; indicators and figures are their own room's."""
    gone = Programme.objects.first()
    if gone is None:
        return
    audit.record(by=None, verb="programme.demo.reset", target=gone)
    belonging = (
        ClockReminder, ClockEvent, IndicatorLink, Finding, BudgetLine, Decision, Round, Adoption, NetworkReview,
        NetworkMember, Network, Participation, PlanVersion,
    )  # fmt: skip
    for model in belonging:
        model._default_manager.all().delete()
    while MilestoneState.objects.current().delete()[0]:
        pass
    Programme.objects.all().delete()
