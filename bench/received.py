"""The pages of the funder of an own call with 1,000 applications, each scored by three people on four criteria.

`python -m bench.received` fills an empty SQLite database and opens the pages; `python -m bench.funding` tells it, too.
`fill` and `open` do one of both, for a database that the environment names. The scores are drawn; everything is
handed in, scoring is closed, the budget is dealt out and fixed.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bench import apart, pages

if TYPE_CHECKING:
    from luotsi.funding.models import Application, Call, Criterion, Scorer
    from luotsi.people.models import Account, Unit

APPLICATIONS, SCHOOLS, SCORERS, WEIGHTS = 1_000, 40, 3, (40, 30, 20, 10)
CLOSED = datetime(2026, 10, 30, 14, 15, tzinfo=UTC)
BUDGET = Decimal(20_000_000)
REPEAT = 15
PAGES = {
    "received": "received/",
    "received_found": "received/?q=hanke",
    "scored": "scoring/",
    "proposed": "proposal/",
    "decide": "decisions/decide/",
}
GOALS = (
    ("received_ms", "the list of an own call with {received:,} applications", "ms", 100.0),
    ("received_found_ms", "the same list, searched", "ms", 100.0),
    ("scored_ms", "their ranking by {scores:,} points of {scorers} scorers", "ms", None),
    ("proposed_ms", "the proposal: applied and granted side by side", "ms", None),
    ("decide_ms", "all of them on one page, each looked at before the decision", "ms", None),
)


def officer_of(owner: Unit) -> Account:
    """Add who decides for the funder."""
    from luotsi.base import clock
    from luotsi.people.actions.demo.cast import add_cast_member
    from luotsi.people.queries.demo import CastMember
    from luotsi.people.rules import Role

    member = CastMember("Outi", "Mallinen", Role.FUNDER, owner.key)
    return add_cast_member(member=member, unit=owner, valid_from=clock.today())


def call_of(owner: Unit, officer: Account) -> Call:
    """Add a call that has closed, with its criteria, its officer and its scorers."""
    from luotsi.funding.models import Call, CallOfficer, Criterion, Funder, Round, Scorer
    from luotsi.people.models import Person

    call = Call(
        kind=Call.Kind.OWN,
        owner=owner,
        funder=Funder.objects.create(name={"fi": "Esimerkkilä"}, unit=owner),
        slug="kokeilut",
        name={"fi": "Kokeilut", "sv": "Försök"},
        register_number="EX/1/2026",
        budget=BUDGET,
        opens_at=CLOSED - timedelta(days=30),
        closes_at=CLOSED,
    )
    call.save(force_insert=True)
    for place, weight in enumerate(WEIGHTS):
        Criterion(call=call, place=place, name={"fi": f"Peruste {place}"}, weight=Decimal(weight)).save(
            force_insert=True
        )
    CallOfficer(call=call, person=officer.person, since=CLOSED.date()).save(force_insert=True)
    named = [Person(given_name=f"Pisteyttäjä {number}", family_name="Mallinen") for number in range(SCORERS)]
    for person in Person.objects.bulk_create(named):
        Scorer(call=call, person=person, named_at=CLOSED).save(force_insert=True)
    Round(call=call, scoring_closed_at=CLOSED + timedelta(days=14)).save(force_insert=True)
    return call


def applications_of(call: Call, units: list[Unit], count: int, rng: random.Random) -> list[Application]:
    """Add what was handed in, in the order of its numbers."""
    from luotsi.funding.models import Application, Received

    made = []
    for number in range(1, count + 1):
        total, at = Decimal(rng.randrange(5_000, 60_000)), CLOSED - timedelta(minutes=count - number)
        made.append(
            Application(
                unit=rng.choice(units),
                call=call,
                name={"fi": f"Hanke {number}", "sv": f"Projekt {number}"},
                state=Application.State.SUBMITTED,
                register_number=f"EX/1-{number}/2026",
                applied=total * 9 / 10,
                own_share=total / 10,
                total=total,
                submitted_at=at,
                begun_at=at,
            )
        )
    found = Application.objects.bulk_create(made, batch_size=200)
    Received.objects.bulk_create(
        [
            Received(
                application=one, call=call, sequence=number, received_at=one.submitted_at or CLOSED, blocks=0, warns=0
            )
            for number, one in enumerate(found, 1)
        ],
        batch_size=200,
    )
    return found


def points_of(scorer: Scorer, applications: list[Application], criteria: list[Criterion], rng: random.Random) -> None:
    """Add what a scorer declared and gave."""
    from luotsi.funding.models import Conflict, Score

    at = CLOSED + timedelta(days=7)
    Conflict.objects.bulk_create(
        [
            Conflict(scorer=scorer, application=one, has_conflict=False, declared_at=at, handed_in_at=at)
            for one in applications
        ],
        batch_size=200,
    )
    Score.objects.bulk_create(
        [
            Score(scorer=scorer, application=one, criterion=criterion, points=rng.randrange(6), changed_at=at)
            for one in applications
            for criterion in criteria
        ],
        batch_size=200,
    )


def fill(count: int) -> dict[str, Any]:
    """Fill an empty database up to proposals that are fixed; return how much it holds."""
    from luotsi.funding.actions import proposals
    from luotsi.funding.models import Proposal, Score
    from luotsi.funding.queries.proposals import Dealing
    from luotsi.funding.rules.scoring import Way
    from luotsi.people.models import Unit

    rng, owner = random.Random(20_261_126), apart.city(SCHOOLS)  # noqa: S311  the same database every time
    officer = officer_of(owner)
    call = call_of(owner, officer)
    made = applications_of(call, list(Unit.objects.filter(parent=owner).order_by("key")), count, rng)
    for scorer in call.scorers.all():
        points_of(scorer, made, list(call.criteria.all()), rng)
    proposals.make_proposal(call=call, dealing=Dealing(Way.PRO_RATA), by=officer)
    Proposal.objects.update(reasons={"fi": "Perusteet.", "sv": "Grunder."})
    proposals.fix_proposals(call=call, applications=made, by=officer)
    return {"received": count, "scores": Score.objects.count(), "scorers": SCORERS}


def opened(repeat: int) -> dict[str, Any]:
    """Open each page; return milliseconds, by the clock and of the processor, and queries."""
    from luotsi.funding.models import Call
    from luotsi.people.models import Account
    from luotsi.people.rules import Role

    call = Call.objects.select_related("owner").get()
    account = Account.objects.filter(person__roles__role=Role.FUNDER).get()
    client, found = pages.client_of(account), dict[str, Any]()
    for name, path in PAGES.items():
        address = f"/u/{call.owner.key}/funding/own-calls/{call.slug}/{path}"
        told = pages.measured(client, "officer", name, address, repeat)
        found |= {f"{name}_ms": told.median_ms, f"{name}_cpu_ms": told.cpu_ms, f"{name}_queries": told.queries}
    return found


def measure(*, repeat: int = REPEAT, count: int = APPLICATIONS) -> dict[str, Any]:
    """Measure on SQLite; return the figures."""
    with apart.database() as env:
        return apart.asked(env, __spec__.name, "fill", count) | apart.asked(env, __spec__.name, "open", repeat)


if __name__ == "__main__":
    apart.run({"fill": fill, "open": opened}, sys.argv[1:], measure)
