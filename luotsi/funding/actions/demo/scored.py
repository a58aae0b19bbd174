"""The city's call for school pilots from what was received to fixed proposals: a completion, three scorers, a ranking.

One school completes its own share after it was asked to, another lets the time pass. Of the three scorers one leads a
school that applies and declares that interest.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import audit, clock
from luotsi.funding.actions.applications import Handing
from luotsi.funding.actions.completion import answer_completion, ask_completion, open_completion, set_handler
from luotsi.funding.actions.demo.load import written
from luotsi.funding.actions.proposals import fix_proposals, make_proposal
from luotsi.funding.actions.scoring import add_scorer, close_scoring
from luotsi.funding.models import (
    Application,
    Call,
    CompletionRequest,
    Conflict,
    Proposal,
    Received,
    Round,
    Score,
    Scorer,
)
from luotsi.funding.queries.proposals import Dealing
from luotsi.funding.queries.scoring import scored_of
from luotsi.funding.rules.scoring import Way
from luotsi.people.models import Account
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.models import Response
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from collections.abc import Sequence

HELSINKI = "helsinki"
SCORERS = ("pihla", "raili", "tapani")
COMPLETED, LATE = "Poijun esimerkkikoulu", "Kobbenin esimerkkikoulu"
WORDS = {
    COMPLETED: "Omarahoituksen pitää olla vähintään 20 % kokonaiskustannuksista. Korjatkaa rahoitussuunnitelma.",
    LATE: "Käyttöaika jatkuu haun käyttöajan yli. Korjatkaa päättymispäivä tai perustelkaa se.",
}
# Points by school and scorer, in the order of the criteria; half points are given, too.
POINTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Majakan esimerkkikoulu": (("5", "4", "4", "3"), ("4", "4", "5", "4"), ("4.5", "4", "4", "4")),
    "Telakan esimerkkikoulu": (("4", "5", "3", "3"), ("4", "4", "4", "3"), ()),
    "Poijun esimerkkikoulu": (("4", "4", "4", "5"), ("3", "4", "4", "5"), ("4", "4", "4", "4")),
    "Satamakadun esimerkkikoulu": (("3", "4", "4", "4"), ("4", "3", "4", "4"), ("3", "3", "4", "4")),
    "Kobbenin esimerkkikoulu": (("2", "2", "3", "3"), ("1", "2", "3", "3"), ("2", "2", "2", "3")),
    "Kompassin esimerkkikoulu": (("3", "3", "3", "2"), ("5", "3", "3", "2"), ("1", "3", "3", "2")),
    "Luodon esimerkkikoulu": (("4", "3", "5", "5"), ("3", "3", "5", "5"), ("4", "3", "4", "5")),
}
SAID = {
    "Majakan esimerkkikoulu": "Mittaus on suunniteltu hyvin, ja aineisto sopii muillekin.",
    "Kompassin esimerkkikoulu": "Palvelun osuus kustannuksista on suuri siihen nähden, mitä oppilaat tekevät.",
    "Kobbenin esimerkkikoulu": "Vaikutusta oppimiseen ei voi arvioida, koska lähtötasoa ei kerrota.",
}
REASON = "Johdan koulua, joka hakee avustusta."


def load_demo() -> bool:
    """Run the city's call to fixed proposals; return False when it is done, or the call or its people are missing."""
    call = Call.objects.own().filter(owner__key=HELSINKI, closes_at__lt=clock.now()).order_by("closes_at").first()
    outi = Account.objects.filter(email="outi@luotsi.example").select_related("person").first()
    known = Account.objects.select_related("person")
    people = [known.filter(email=f"{name}@luotsi.example").first() for name in SCORERS]
    if call is None or outi is None or call.scorers.exists():
        return False
    found = list(Application.objects.handed_in().filter(call=call, received__isnull=False).select_related("unit"))
    scorers = [one for one in people if one is not None]
    if len(scorers) != len(SCORERS) or not found:
        return False
    with transaction.atomic():
        for place, one in enumerate(found):
            if place % 3:
                set_handler(application=one, handler=outi.person, by=outi)
        _completed(found, outi)
        named = [add_scorer(call=call, person=one.person, by=outi) for one in scorers]
        _scored(call, named, found)
        close_scoring(call=call, by=outi)
        make_proposal(call=call, dealing=Dealing(Way.RANKED, may_cut=True), by=outi)
        fix_proposals(call=call, applications=found, by=outi)
    return True


def clear_demo() -> None:
    """Take away what officers and scorers did with the city's call."""
    for model in (Proposal, Score, Conflict, Scorer, Round, CompletionRequest):
        model.objects.all().delete()
    Received.objects.update(handler=None)


def _completed(found: Sequence[Application], outi: Account) -> None:
    """Ask two schools for completion: one answers, the other lets the time pass."""
    now = clock.now()
    for one in found:
        words = WORDS.get(one.unit.name_fi)
        if words is None:
            continue
        until = now + timedelta(hours=1)
        asked = ask_completion(application=one, words=words, until=until, by=outi)
        if one.unit.name_fi == COMPLETED:
            _answered(one)
        elif one.response_id:
            Response.objects.filter(pk=one.response_id).update(open_until=now - timedelta(days=2))
        kept = CompletionRequest.objects.filter(pk=asked.pk)
        days = 3 if one.unit.name_fi == COMPLETED else -2
        # Actions take the present moment, a demo needs a past.
        kept.update(asked_at=now - timedelta(days=7), until=now + timedelta(days=days))


def _answered(one: Application) -> None:
    by = one.begun_by
    fresh = Application.objects.select_related("unit", "call", "response__collection__version", "response__unit")
    kept = fresh.get(pk=one.pk)
    if by is None or kept.response is None:
        return
    opened = open_completion(application=kept, form=Held(kept.response, Grant.SUBMIT, by))
    kept.response = opened
    funding = {"grant": {"amount": 8000}, "own": {"amount": 2000}}
    form = written(kept, {"funding": funding}, by, was=opened.values)
    if form is not None:
        handing = Handing(at=clock.now(), revision=form.response.revision)
        answer_completion(application=kept, handing=handing, form=form, by=by)


def _scored(call: Call, scorers: Sequence[Scorer], found: Sequence[Application]) -> None:
    """Keep what the three declared and gave, a day before scoring closes."""
    at, criteria = clock.now() - timedelta(days=1), list(call.criteria.all())
    ruled = scored_of(call).ruled
    declared, points = [], []
    for one in found:
        given = POINTS.get(one.unit.name_fi, ())
        for number, (scorer, values) in enumerate(zip(scorers, given, strict=False)):
            shut = (scorer.pk, one.pk) in ruled
            said = REASON if shut else "" if number else SAID.get(one.unit.name_fi, "")
            declared.append(
                Conflict(
                    scorer=scorer,
                    application=one,
                    has_conflict=shut,
                    words=said,
                    declared_at=at - timedelta(hours=2),
                    handed_in_at=None if shut else at,
                )
            )
            points += [
                Score(scorer=scorer, application=one, criterion=criterion, points=Decimal(value), changed_at=at)
                for criterion, value in zip(criteria, values, strict=False)
                if not shut
            ]
    Conflict.objects.bulk_create(declared)
    Score.objects.bulk_create(points)
    audit.record(
        by=None,
        verb="funding.demo.loaded",
        target=call,
        after={"declared": len(declared), "points": len(points)},
        unit_id=call.owner_id,
    )
