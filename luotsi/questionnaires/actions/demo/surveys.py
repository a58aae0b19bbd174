"""The surveys of the demo: teachers of invented schools assess their digital skills, twice before and once now."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from random import Random
from typing import Any

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.people.models import Account, Unit
from luotsi.people.queries.demo import REGION, SCHOOL
from luotsi.questionnaires.access import Door
from luotsi.questionnaires.actions.surveys.answering import Filled, answer_survey
from luotsi.questionnaires.actions.surveys.opening import SurveyDetails, open_survey
from luotsi.questionnaires.actions.surveys.settling import settle_survey, work_out
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import (
    Collection,
    Invitation,
    OpenAnswer,
    Published,
    Questionnaire,
    QuestionnaireVersion,
    Sheet,
    Turnout,
)
from luotsi.questionnaires.queries.surveys.audience import Audience
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.surveys.items import Item, items_of

SKILLS = "digital-skills"
SCHOOLS = 24
NOW_ASKED, LATELY = 5, 30
WISHES = (
    "Aikaa kokeilla yhdessä työparin kanssa.",
    "Tutoropettajan apua omassa luokassa.",
    "Lyhyitä koulutuksia työpäivän aikana.",
    "Valmiita esimerkkejä omaan oppiaineeseen.",
    "Selkeää ohjetta siitä, mitä sovelluksia saa käyttää.",
    "Toimivia laitteita jokaiseen luokkaan.",
)
WORDS = ("Digitaitojen itsearviointi", "Självvärdering av digitala färdigheter", "Self-assessment of digital skills")


def _names(fi: str, sv: str, en: str) -> Names:
    return Names(fi=f"{WORDS[0]}, {fi}", sv=f"{WORDS[1]}, {sv}", en=f"{WORDS[2]}, {en}")


WAVES = (
    (_names("syksy 2025", "hösten 2025", "autumn 2025"), 380, 0.0),
    (_names("kevät 2026", "våren 2026", "spring 2026"), 190, 0.35),
)
NOW = _names("syksy 2026", "hösten 2026", "autumn 2026")


def load_surveys() -> bool:
    """Add the two settled waves and the one that is open; return False where they are there."""
    region, by = Unit.objects.filter(key=REGION).first(), Account.objects.filter(email="aino@luotsi.example").first()
    if region is None or Questionnaire.objects.filter(key=SKILLS).exists():
        return False
    text = (resources.files("luotsi.questionnaires") / "data" / f"{SKILLS}.json").read_text(encoding="utf-8")
    definition = values.loads(text, depth=values.DEEPEST)
    version = publish_version(owner=region, definition=definition, by=by)
    schools = list(
        Unit.objects.filter(kind="institution", path__startswith=region.path).in_force(clock.today()).order_by("key")
    )
    own = [school for school in schools if school.key == SCHOOL]
    for names, days, growth in WAVES:
        _wave(version, region, [*own, *schools[:SCHOOLS]], names, days, growth, by)
    _now(version, region, list(dict.fromkeys([*own, *schools[:NOW_ASKED]])), by)
    return True


def clear_surveys() -> None:
    """Take every survey away."""
    for model in (OpenAnswer, Published, Sheet, Turnout, Invitation):
        model.objects.all().delete()


def _wave(
    version: QuestionnaireVersion,
    region: Unit,
    schools: list[Unit],
    names: Names,
    days: int,
    growth: float,
    by: Account | None,
) -> None:
    """Have a wave answered at schools by a few of each."""
    draw, items = Random(f"luotsi demo {days}"), items_of(definition_of(version))  # noqa: S311 - invented answers
    answered, invited = {}, {}
    for school in dict.fromkeys(schools):
        answered[school] = list(invented_answers(items, draw.randint(3, 19), 2.3 + growth, draw))
        invited[school] = len(answered[school]) + draw.randint(1, 9)
    settled_wave(Wave(version, region, names, days), answered, invited, draw, by)


@dataclass(frozen=True)
class Wave:
    """A wave of a survey: what is asked, by whom, what it is called, and how many days ago it was opened."""

    version: QuestionnaireVersion
    owner: Unit
    names: Names
    days: int


def settled_wave(
    wave: Wave,
    answered: Mapping[Unit, Sequence[dict[str, Any]]],
    invited: Mapping[Unit, int],
    draw: Random,
    by: Account | None,
) -> None:
    """Open a wave without names, have it answered at its units, settle it, and set it back in time."""
    closes_at, audience = clock.now() + timedelta(1), Audience((wave.owner,))
    details = SurveyDetails(names=wave.names, mode="anonymous", audience=audience, by_link=True, closes_at=closes_at)
    survey = open_survey(version=wave.version, owner=wave.owner, details=details, by=by)
    sheets = [_sheet(survey, unit, one, draw) for unit, answers in answered.items() for one in answers]
    Sheet.objects.bulk_create(sheets, batch_size=500)
    Turnout.objects.bulk_create(
        Turnout(collection=survey, unit=unit, invited=invited[unit], answered=len(answers))
        for unit, answers in answered.items()
    )
    if settle_survey(collection=survey, by=by).settled_at is None:
        work_out(survey.pk)  # so many that the worker would be left to do it, on a day that is set back by then
    opened = clock.now() - timedelta(days=wave.days)
    closed = opened + timedelta(days=14)
    Collection.objects.filter(pk=survey.pk).update(
        opens_at=opened, closes_at=closed, closed_at=None, settled_at=closed + timedelta(hours=1)
    )


def _sheet(survey: Collection, school: Unit, answers: dict[str, Any], draw: Random) -> Sheet:
    return Sheet(
        id=secrets.randbelow(2**62) + 1,
        collection=survey,
        unit=school,
        mode=survey.mode,
        language="sv" if draw.random() < 0.12 else "fi",
        answers=answers,
    )


def invented_answers(items: tuple[Item, ...], count: int, mean: float, draw: Random) -> Iterator[dict[str, Any]]:
    """Yield answers of so many persons, on scales around a mean; some leave out some."""
    for _number in range(count):
        level_of = draw.gauss(mean, 0.6)
        found: dict[str, Any] = {}
        for place, item in enumerate(items):
            if item.kind == "text":
                if draw.random() < 0.35:
                    found[item.question] = draw.choice(WISHES)
            elif item.row and draw.random() < 0.97:
                level = min(max(round(draw.gauss(level_of + (place % 5 - 2) / 5, 0.6)), 1), len(item.options))
                found.setdefault(item.question, {})[item.row] = level
            elif not item.row:
                found[item.question] = draw.choice(item.options)[0]
        yield found


def _now(version: QuestionnaireVersion, region: Unit, schools: list[Unit], by: Account | None) -> None:
    """Open a confidential wave to the teachers of the school of the cast and of some others, of whom some answer."""
    closes = (clock.now() + timedelta(days=12)).astimezone(clock.HELSINKI)
    details = SurveyDetails(
        names=NOW,
        mode="confidential",
        audience=Audience(tuple(schools), ("teacher", "tutor_teacher", "principal"), ("vieras@luotsi.example",)),
        closes_at=closes.replace(hour=16, minute=15, second=0, microsecond=0),
    )
    survey = open_survey(version=version, owner=region, details=details, by=by)
    draw, items = Random("luotsi demo now"), items_of(definition_of(version))  # noqa: S311 - invented answers
    # Whoever can sign in answers in the demo itself.
    others = Invitation.objects.filter(collection=survey, person__account=None).exclude(person=None).order_by("email")
    for invitation, answers in zip(others[:LATELY], invented_answers(items, LATELY, 2.8, draw), strict=False):
        filled = Filled(answers=answers, language="fi", nonce=secrets.token_hex(8))
        door = Door(survey, invitation.unit_id, invitation)
        answer_survey(door=door, filled=filled, received_at=clock.now())
