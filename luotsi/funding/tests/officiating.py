"""An own call of the cast: its form, its officers, what two schools handed in, who scores it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding.actions.applications import ApplicationDetails, Handing, begin_application, submit_application
from luotsi.funding.actions.completion import ask_completion
from luotsi.funding.actions.scoring import Given, add_scorer, declare, hand_in_points, save_points
from luotsi.funding.models import Application, Call, CallOfficer, Criterion, Funder, Scorer
from luotsi.funding.tests.making import ANSWERS, FORM, form_of, make_officer, write
from luotsi.people.rules import Role
from luotsi.people.tests.cast import LONG_AGO, make_member
from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
from luotsi.questionnaires.actions.versions import publish_version

if TYPE_CHECKING:
    from luotsi.funding.models import CompletionRequest
    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast


def make_own_call(owner: Unit, by: Account, slug: str = "kokeilut", **more: Any) -> Call:
    """Publish an own call of 150,000 € that closes in twenty days, with two criteria."""
    now = clock.now()
    opens, closes = now - timedelta(days=10), now + timedelta(days=20)
    version = publish_version(
        owner=owner, definition={**FORM, "x-luotsi": {"name": f"form-{slug}", "version": "1.0.0"}}, by=by
    )
    details = CollectionDetails(
        names=Names(fi="Kokeilut"), answered_by="institutions", opens_at=opens, closes_at=closes
    )
    funder = Funder(name={"fi": "Esimerkkikaupunki"}, unit=None)
    funder.save(force_insert=True)
    given: dict[str, Any] = {
        "register_number": "TRE/48/2026",
        "budget": Decimal(150_000),
        "grant_max": Decimal(100_000),
        **more,
    }
    call = Call(
        kind=Call.Kind.OWN,
        owner=owner,
        funder=funder,
        slug=slug,
        name={"fi": "Koulujen kokeilut", "sv": "Skolornas försök"},
        opens_at=opens,
        closes_at=closes,
        collection=open_collection(version=version, owner=owner, details=details, by=by),
        published_at=opens,
        kept_by=by,
        **given,
    )
    call.save(force_insert=True)
    for place, (name, weight) in enumerate((("Tarve", 60), ("Leviäminen", 40))):
        Criterion(call=call, place=place, name={"fi": name}, weight=Decimal(weight)).save(force_insert=True)
    CallOfficer(call=call, person=by.person, since=LONG_AGO).save(force_insert=True)
    return call


def close(call: Call, at: datetime | None = None) -> Call:
    """Let the call and its collection have closed an hour ago."""
    call.closes_at = at or clock.now().replace(microsecond=0) - timedelta(hours=1)
    call.save(update_fields=["closes_at"])
    assert call.collection is not None
    call.collection.closes_at = call.closes_at
    call.collection.save(update_fields=["closes_at"])
    return call


def begun_on_form(
    call: Call, unit: Unit, by: Account, name: str, answers: dict[str, Any] | None = None
) -> Application:
    """Begin an application on the form of the call."""
    made = begin_application(call=call, unit=unit, details=ApplicationDetails(name=Names(fi=name)), by=by)
    write(made, ANSWERS if answers is None else answers, by)
    return made


def handed_in(call: Call, unit: Unit, by: Account, name: str, grant: int = 90_000) -> Application:
    """Hand an application in to the call."""
    answers = {**ANSWERS, "funding": {"grant": {"amount": grant}, "own": {"amount": 100_000 - grant}}}
    made = begun_on_form(call, unit, by, name, answers)
    return hand_in(made, by)


def hand_in(made: Application, by: Account) -> Application:
    """Hand in what was written."""
    form = form_of(made, by)
    handing = Handing(at=clock.now(), revision=form.response.revision)
    return submit_application(application=made, handing=handing, form=form, by=by)


@dataclass(frozen=True)
class Stand:
    """A call of Tampere with an officer and an application of Bilal's school."""

    officer: Account
    call: Call
    one: Application


def stand(cast: Cast) -> Stand:
    """Publish a call and hand one application in."""
    officer = make_officer(cast.tampere, "Orvokki")
    call = make_own_call(cast.tampere, officer)
    return Stand(officer, call, handed_in(call, cast.school, cast.bilal, "Laboratorio"))


def make_scorer(call: Call, name: str, by: Account, unit: Unit | None = None) -> Scorer:
    """Name somebody of the keeper's staff to score the call."""
    account = make_member(unit or call.owner, Role.BOARD, name, "Pisteikkö")
    return add_scorer(call=call, person=account.person, by=by)


def account_of(scorer: Scorer) -> Account:
    """Return the account of a scorer."""
    assert scorer.person.account is not None
    return scorer.person.account


def scores(scorer: Scorer, application: Application, *points: int | None, hands_in: bool = True) -> None:
    """Declare no interest, give points by each criterion in their order, and hand them in."""
    by = account_of(scorer)
    if not scorer.conflicts.filter(application=application).exists():
        declare(scorer=scorer, application=application, has_conflict=False, by=by)
    criteria = list(scorer.call.criteria.all())
    given = {
        one.pk: Given(None if value is None else Decimal(value), f"Sanat {value}")
        for one, value in zip(criteria, points, strict=True)
    }
    save_points(scorer=scorer, application=application, given=given, words="Kaikkiaan", by=by)
    if hands_in:
        hand_in_points(scorer=scorer, application=application, by=by)


OF_CALLS = frozenset(
    {
        "list-received",
        "see-scoring",
        "add-scorer",
        "remove-scorer",
        "close-scoring",
        "reopen-scoring",
        "see-proposal",
        "make-proposal",
        "fix-proposals",
    }
)


@dataclass(frozen=True)
class Received:
    """A call of Tampere with an application that is asked to be completed, and Daniel who scores it."""

    stand: Stand
    asked: CompletionRequest
    scorer: Scorer

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address of the funder's side needs beside the unit."""
        verb = name.partition(":")[2]
        if verb == "list-scoring":
            return {}
        if verb in OF_CALLS:
            more = {"scorer": self.scorer.pk} if verb == "remove-scorer" else {}
            return {"slug": self.stand.call.slug, **more}
        more = {"asked": self.asked.pk} if verb == "take-back-completion" else {}
        return {"pk": self.stand.one.pk, **more}


def make_received(cast: Cast) -> Received:
    """Make one record of each kind of the funder's side."""
    made = stand(cast)
    until = clock.now() + timedelta(days=7)
    asked = ask_completion(application=made.one, words="Kertokaa kulut.", until=until, by=made.officer)
    made.one.refresh_from_db()
    return Received(made, asked, add_scorer(call=made.call, person=cast.daniel.person, by=made.officer))
