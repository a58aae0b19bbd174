"""Loads two self-evaluation rounds of the demo: one of the members, closed, and one of the schools that goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base import clock, periods
from luotsi.base.names import Names
from luotsi.people.models import RoleAssignment, Unit
from luotsi.people.queries.demo import SCHOOL
from luotsi.people.rules import Role
from luotsi.programme.access.plans import plan_of
from luotsi.programme.actions.demo.words import GRADED
from luotsi.programme.actions.rounds import RoundDetails, open_round
from luotsi.programme.queries.rounds.answers import asked_units
from luotsi.programme.queries.rounds.evidence import Evidences, evidences
from luotsi.programme.queries.standing import standing_of
from luotsi.programme.rules.parting import HIGHEST, LOWEST
from luotsi.programme.rules.plan import sections_of
from luotsi.programme.rules.rounds import GRADE, WORDS
from luotsi.questionnaires.access import Held
from luotsi.questionnaires.actions.collections import close_collection
from luotsi.questionnaires.actions.responses import Typed, begin_response, save_answers
from luotsi.questionnaires.actions.submitting import submit_response
from luotsi.questionnaires.rules.filling.names import digest
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from luotsi.people.models import Account
    from luotsi.programme.models import Programme, Round

SCHOOLS = 24
# How far an own grade is from the evidence, unit by unit and measure by measure: mostly not at all.
OFFSETS = (0, 0, 1, 0, -1, 0, 2, 0, 0, -2, 1, 0, 3)


def load_rounds(programme: Programme, tellers: Mapping[UUID, Account], by: Account | None) -> None:
    """Open both rounds through the actions that people use, and hand in what the units say."""
    year = periods.containing(clock.today(), periods.PeriodKind.SCHOOL_YEAR)
    members = _opened(programme, year.previous(), "providers", _MEMBERS, by)
    answering = [(unit, tellers[unit.pk]) for unit in asked_units(members, clock.today()) if unit.pk in tellers]
    _answer(members, answering)
    close_collection(collection=members.collection, by=by)
    schools = _opened(programme, year, "institutions", _SCHOOLS, by)
    _answer(schools, list(_principals(schools, tellers))[:SCHOOLS])


_MEMBERS = Names(
    fi="Kuntien itsearviointi", sv="Kommunernas självvärdering", en="Self-evaluation of the municipalities"
)
_SCHOOLS = Names(fi="Koulujen itsearviointi", sv="Skolornas självvärdering", en="Self-evaluation of the schools")


def _opened(programme: Programme, year: periods.Period, answered_by: str, names: Names, by: Account | None) -> Round:
    details = RoundDetails(
        names=Names(fi=f"{names.fi} {year.key}", sv=f"{names.sv} {year.key}", en=f"{names.en} {year.key}"),
        school_year=year.key,
        answered_by=answered_by,
        sections=tuple(section.code for section in sections_of(plan_of(programme)) if section.measures),
        closes_at=(clock.now() + timedelta(days=20)).astimezone(clock.HELSINKI).replace(hour=16, minute=0, second=0),
    )
    return open_round(programme=programme, details=details, by=by)


def _principals(found: Round, tellers: Mapping[UUID, Account]) -> Iterator[tuple[Unit, Account]]:
    """Yield schools with whoever hands in: the principal with an account, or the coordinator of the municipality.

    Every third school has not answered, and that of Bilal has not begun.
    """
    held = RoleAssignment.objects.in_force(clock.today()).filter(role=Role.PRINCIPAL).exclude(person__account=None)
    leading = {one.unit_id: one.person.account for one in held.select_related("person__account")}
    for place, unit in enumerate(sorted(asked_units(found, clock.today()), key=lambda one: one.key)):
        account = leading.get(unit.pk) or next((tellers[pk] for pk in unit.ancestor_ids if pk in tellers), None)
        if account is not None and unit.key != SCHOOL and place % 3:
            yield unit, account


def _answer(found: Round, answering: Iterable[tuple[Unit, Account]]) -> None:
    programme = found.programme
    standing = standing_of(None, programme, plan_of(programme), clock.today())
    beside = evidences(programme, standing, found.measures)
    for place, (unit, account) in enumerate(answering):
        answers = _said(found, beside, unit, place)
        response = begin_response(collection=found.collection, unit=unit, by=account)
        held = Held(response, Grant.SUBMIT, account)
        saved = save_answers(held=held, typed=Typed(values=answers, was=dict.fromkeys(answers, digest(None))))
        submit_response(held=held, received_at=clock.now(), language="fi", revision=saved.response.revision)


def _said(found: Round, beside: Evidences, unit: Unit, place: int) -> dict[str, Any]:
    """Return grades near the evidence, some of them above and some below, each with words of its grade."""
    answers: dict[str, Any] = {}
    for row, code in enumerate(found.measures):
        level = beside.of(unit, code).evidence.level or Decimal(3)
        offset = OFFSETS[(place * 5 + row * 3) % len(OFFSETS)]
        grade = min(HIGHEST, max(LOWEST, int(level.quantize(Decimal(1), ROUND_HALF_UP)) + offset))
        texts = GRADED[grade]
        answers[f"{GRADE}{code}"] = grade
        answers[f"{WORDS}{code}"] = texts[(place + row) % len(texts)]
    return answers
