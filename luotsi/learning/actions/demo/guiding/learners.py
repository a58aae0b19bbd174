"""What learners say of what is told of them, and how the counsellor answers: the student of the demo and classmates.

Two classmates have taken their accounts into use; nobody of the demo signs in as them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from luotsi.base import clock
from luotsi.learning.actions.demo.guiding import words
from luotsi.learning.actions.demo.guiding.people import guest, moment
from luotsi.learning.actions.looking import looked_at
from luotsi.learning.actions.sayings import answer, say
from luotsi.learning.models import Learner, Saying, ScoreView
from luotsi.learning.queries.guidance.using import score_in_use
from luotsi.learning.rules.caseload import monday_of
from luotsi.people.actions.demo import add_cast_member
from luotsi.people.models import Account, Person
from luotsi.people.queries.demo import CastMember
from luotsi.people.rules import Role

if TYPE_CHECKING:
    from luotsi.learning.engine.college.deliveries import College

Kind = Saying.Kind
# How many weeks ago somebody looked at their own page; the student of the demo does so now and then.
LOOKS = frozenset({1, 2, 5, 9, 10, 17, 26, 27, 33})


def learners_speak(college: College, ago: int) -> None:
    """Let the learners do what they did in the week that lies so many weeks back."""
    week = monday_of(college.today) - timedelta(weeks=ago)
    if (hero := _hero()) is None:
        return
    if ago in LOOKS:
        with clock.held_at(moment(week + timedelta(days=2), 18, 12)):
            _look(hero)
    match ago:
        case 27:
            _comment(hero, week)
        case 10:
            _contest(hero, week, words.CONTEST, is_upheld=True)
        case 6:
            _contest(_classmate(hero, 0), week, words.CONTEST, is_upheld=False)
        case 1:
            _say(_classmate(hero, 1), week, Kind.CONTEST, words.CONTEST_OPEN)
            _say(hero, week, Kind.COMMENT, words.COMMENT_OPEN)


def _hero() -> Learner | None:
    person, _account = guest(Role.STUDENT)
    return Learner.objects.select_related("unit", "provider", "person__account").filter(person=person).first()


def _look(learner: Learner) -> None:
    score = score_in_use(learner, clock.today()).score
    if score is not None and learner.person is not None:
        looked_at(scores=[score], person=learner.person, purpose=ScoreView.Purpose.OWN)


def _classmate(hero: Learner, place: int) -> Learner | None:
    """Return a learner of the same group with an account; it is made when it is not there."""
    told = Learner.objects.filter(unit=hero.unit, objected_on=None).exclude(pk=hero.pk).exclude(told_on=None)
    found = list(told.select_related("unit", "provider", "person__account").order_by("oid")[place : place + 1])
    if not found:
        return None
    learner = found[0]
    if learner.person is None:
        member = CastMember(learner.given_name, learner.family_name, Role.STUDENT, learner.unit.key)
        account = add_cast_member(member=member, unit=learner.unit, valid_from=learner.unit.valid_from)
        learner.person = Person.objects.select_related("account").get(account=account)
        learner.save(update_fields=["person"])
    return learner


def _account_of(learner: Learner) -> Account | None:
    return learner.person.account if learner.person else None


def _say(learner: Learner | None, week: date, kind: Kind, text: str) -> Saying | None:
    if learner is None:
        return None
    with clock.held_at(moment(week + timedelta(days=3), 17, 45)):
        return say(learner=learner, kind=kind, words=text, by=_account_of(learner))


def _comment(learner: Learner, week: date) -> None:
    said = _say(learner, week, Kind.COMMENT, words.COMMENT)
    person, account = guest(Role.COUNSELLOR)
    if said is not None:
        with clock.held_at(moment(week + timedelta(days=4), 9, 10)):
            answer(saying=said, words=words.COMMENT_ANSWERED, is_upheld=None, person=person, by=account)


def _contest(learner: Learner | None, week: date, text: str, *, is_upheld: bool) -> None:
    said = _say(learner, week, Kind.CONTEST, text)
    person, account = guest(Role.COUNSELLOR)
    told = words.CONTEST_ANSWERED if is_upheld else words.CONTEST_TURNED_DOWN
    if said is not None:
        with clock.held_at(moment(week + timedelta(days=4), 9, 30)):
            answer(saying=said, words=told, is_upheld=is_upheld, person=person, by=account)
