"""A programme with one record of each kind, made through the real actions: for the pages and for who may open them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from luotsi.base import clock, uploads
from luotsi.base.names import Names
from luotsi.programme.actions.clock import EventDetails, add_event
from luotsi.programme.actions.findings import FindingDetails, add_finding
from luotsi.programme.actions.milestones import Evidence, tell_state
from luotsi.programme.actions.money import BudgetDetails, DecisionDetails, add_budget_line, add_decision
from luotsi.programme.actions.networks import NetworkDetails, found_network, publish_concept
from luotsi.programme.actions.participations import consent
from luotsi.programme.actions.plans import change_item
from luotsi.programme.actions.publicity import open_to_public
from luotsi.programme.actions.rounds import RoundDetails, open_round
from luotsi.programme.models import Participation
from luotsi.programme.queries.icalendar import feed_key
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.programmes import region_programme
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions.responses import Typed, begin_response, save_answers
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast
    from luotsi.programme.models import (
        BudgetLine,
        ClockEvent,
        Decision,
        Finding,
        MilestoneState,
        Network,
        Programme,
        Round,
    )
    from luotsi.questionnaires.models import Collection

MEASURE, PERIOD, DRAFTED = "M11", "2024-25", "2026-27"


@dataclass(frozen=True)
class Staged:
    """The region's programme, published and open to everybody, with a draft and a record of each kind."""

    programme: Programme
    finding: Finding
    line: BudgetLine
    decision: Decision
    event: ClockEvent
    told: MilestoneState
    round: Round
    network: Network

    def code_for(self, name: str) -> str:
        """Return the code that an address with the name needs."""
        kinds = {"add-measure": "PP1", "budget": self.line.code, "decision": self.decision.code}
        kinds["finding"] = self.finding.code
        return next((code for kind, code in kinds.items() if kind in name), MEASURE)

    def pk_for(self, name: str) -> UUID:
        """Return the key that an address with the name needs."""
        if "round" in name:
            return self.round.pk
        return self.told.pk if "evidence" in name else self.event.pk

    @property
    def values(self) -> dict[str, Any]:
        """What the addresses of pages name."""
        return {
            "programme": self.programme.slug,
            "finding": self.finding.code,
            "line": self.line.code,
            "decision": self.decision.code,
            "event": self.event.pk,
            "round": self.round.pk,
            "network": self.network.slug,
            "applied": self.applied,
            "plan_draft": "draft",
        }

    @property
    def applied(self) -> str:
        """The key of the school that has applied to the network."""
        unit = self.network.call.responses.get().unit
        return unit.key if unit else ""

    @property
    def feed(self) -> str:
        """The part of the feed's address that nobody guesses."""
        return feed_key(self.programme)


def make_staged(cast: Cast) -> Staged:
    """Let Aino import the region's plan, tell states with evidence, and write down everything else once."""
    programme = region_programme(cast)
    told = tell_done(cast, programme)
    taking = Participation.objects.get(programme=programme, unit=cast.tampere)
    consent(participation=taking, to="figures", agreed_by="Sivistyslautakunta", by=cast.aino)
    finding = add_finding(
        programme=programme, details=FindingDetails(text=Names(fi="Tunnuksia on liikaa"), section="PP1"), by=cast.aino
    )
    line = add_budget_line(
        programme=programme,
        details=BudgetDetails(kind="need", text=Names(fi="Koulutukset"), period="2026", amount=Decimal(1000)),
        by=cast.aino,
    )
    decision = add_decision(
        programme=programme,
        details=DecisionDetails(body=Names(fi="Lautakunta"), matter=Names(fi="Hyväksyi"), day=date(2024, 5, 20)),
        by=cast.aino,
    )
    event = add_event(
        programme=programme, details=EventDetails(title=Names(fi="Osaamiskysely"), month=11, day=2), by=cast.aino
    )
    change_item(
        programme=programme, code=MEASURE, period=DRAFTED, changes={"text": Text(fi="Uusi teksti")}, by=cast.aino
    )
    open_to_public(programme=programme, is_public=True, by=cast.aino)
    return Staged(
        programme,
        finding,
        line,
        decision,
        event,
        told,
        make_round(cast, programme),
        make_network(cast, programme),
    )


def make_round(cast: Cast, programme: Programme) -> Round:
    """Let Aino open a round to the schools about the first focus area; Saukko's school has graded everything."""
    found = open_round(
        programme=programme,
        details=RoundDetails(
            names=Names(fi="Itsearviointi", sv="Självvärdering", en="Self-evaluation 2026"),
            school_year="2025-26",
            answered_by="institutions",
            sections=("PP1",),
            closes_at=clock.now() + timedelta(days=60),
        ),
        by=cast.aino,
    )
    hand_in(found, cast.other_school, cast.aino)
    return found


def make_network(cast: Cast, programme: Programme) -> Network:
    """Let Aino found a network; Bilal's school has applied, and the concept is published to everybody."""
    network = found_network(
        programme=programme,
        details=NetworkDetails(
            names=Names(fi="Kokeilukoulut", sv="Försöksskolorna", en="Pilot schools"),
            purpose=Names(fi="Kokeillaan", sv="Vi prövar", en="We try things out"),
            areas=(("portfolio", Names(fi="Portfolio", sv="Portfolio", en="Portfolio")),),
            closes_at=clock.now() + timedelta(days=60),
        ),
        by=cast.aino,
    )
    apply_to(network, cast.school, cast.bilal)
    concept = Names(fi="Näin se tehdään.", sv="Så här görs det.", en="This is how it is done.")
    return publish_concept(network=network, concept=concept, is_public=True, by=cast.aino)


def apply_to(network: Network, unit: Unit, by: Account) -> None:
    """Let a school hand in its project plan."""
    answers: dict[str, Any] = {
        "title": "Portfolio",
        "area": network.areas[0]["code"],
        "goals": "Osataan.",
        "measures": [{"what": "Sovitaan"}],
        "evaluation": "Kysely",
    }
    _hand_in(network.call, unit, by, answers)


def hand_in(found: Round, unit: Unit, by: Account, grade: int = 4) -> None:
    """Let a unit grade every measure of a round alike, and hand it in."""
    answers: dict[str, Any] = {f"grade_{code}": grade for code in found.measures}
    answers |= {f"words_{code}": f"Perustelu {code}" for code in found.measures}
    _hand_in(found.collection, unit, by, answers)


def _hand_in(collection: Collection, unit: Unit, by: Account, answers: dict[str, Any]) -> None:
    response = begin_response(collection=collection, unit=unit, by=by)
    held = Held(response, Grant.SUBMIT, by)
    saved = save_answers(held=held, typed=Typed(values=answers, was=dict.fromkeys(answers, digest(None))))
    submit_response(held=held, received_at=clock.now(), language="fi", revision=saved.response.revision)


def tell_done(cast: Cast, programme: Programme) -> MilestoneState:
    """Let Aino tell that Tampere has reached the first milestone, with a file as evidence."""
    page = uploads.read(SimpleUploadedFile("muistio.pdf", b"%PDF-1.7 muistio"), kinds=frozenset({uploads.PDF}))
    return tell_state(
        programme=programme,
        measure=MEASURE,
        period=PERIOD,
        unit=cast.tampere,
        state="done",
        done_on=date(2025, 5, 30),
        evidence=Evidence(words="Selvitys hyväksyttiin.", file=page),
        by=cast.aino,
    )
