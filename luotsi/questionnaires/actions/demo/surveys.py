"""The surveys of the demo: teachers of invented schools assess their digital skills, twice before and once now."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
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
from luotsi.questionnaires.actions.surveys.settling import settle_survey
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
    """Open a wave, have it answered, settle it, and set it back in time."""
    details = SurveyDetails(
        names=names, mode="anonymous", audience=Audience((region,)), by_link=True, closes_at=clock.now() + timedelta(1)
    )
    survey = open_survey(version=version, owner=region, details=details, by=by)
    draw, items = Random(f"luotsi demo {days}"), items_of(definition_of(version))  # noqa: S311 - invented answers
    sheets, turnouts = [], []
    for school in dict.fromkeys(schools):
        count = draw.randint(3, 19)
        sheets += [_sheet(survey, school, answers, draw) for answers in _answers(items, count, growth, draw)]
        turnouts.append(Turnout(collection=survey, unit=school, invited=count + draw.randint(1, 9), answered=count))
    Sheet.objects.bulk_create(sheets, batch_size=500)
    Turnout.objects.bulk_create(turnouts)
    settle_survey(collection=survey, by=by)
    opened = clock.now() - timedelta(days=days)
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


def _answers(items: tuple[Item, ...], count: int, growth: float, draw: Random) -> Iterator[dict[str, Any]]:
    for _number in range(count):
        skill = draw.gauss(2.3 + growth, 0.6)
        found: dict[str, Any] = {}
        for place, item in enumerate(items):
            if item.kind == "text":
                if draw.random() < 0.35:
                    found[item.question] = draw.choice(WISHES)
            elif item.row and draw.random() < 0.97:
                level = min(max(round(draw.gauss(skill + (place % 5 - 2) / 5, 0.6)), 1), 4)
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
    for invitation, answers in zip(others[:LATELY], _answers(items, LATELY, 0.5, draw), strict=False):
        filled = Filled(answers=answers, language="fi", nonce=secrets.token_hex(8))
        door = Door(survey, invitation.unit_id, invitation)
        answer_survey(door=door, filled=filled, received_at=clock.now())
