"""Surveys that tests point to, made through the actions that people use."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.base.models import OutboxMail
from luotsi.base.names import Names
from luotsi.questionnaires import access
from luotsi.questionnaires.actions.surveys.answering import Filled, answer_survey
from luotsi.questionnaires.actions.surveys.opening import SurveyDetails, open_survey
from luotsi.questionnaires.actions.surveys.settling import settle_survey
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Collection
from luotsi.questionnaires.queries.surveys.audience import Audience
from luotsi.questionnaires.queries.surveys.turnout import common_link

if TYPE_CHECKING:
    from luotsi.people.models import Unit
    from luotsi.people.tests.cast import Cast
    from luotsi.questionnaires.access import Door
    from luotsi.questionnaires.models import QuestionnaireVersion

LEVELS = [{"value": value, "text": {"fi": f"Taso {value}", "en": f"Level {value}"}} for value in (1, 2, 3, 4)]
SURVEY: dict[str, Any] = {
    "x-luotsi": {"name": "skills", "version": "1.0.0"},
    "title": {"fi": "Taidot", "en": "Skills"},
    "pages": [
        {
            "name": "use",
            "title": {"fi": "Käyttö", "en": "Use"},
            "elements": [
                {
                    "type": "matrix",
                    "name": "m",
                    "title": {"fi": "Väitteet", "en": "Statements"},
                    "columns": LEVELS,
                    "rows": [
                        {"value": "a", "text": {"fi": "Väite A", "en": "Statement A"}, "x-luotsi": {"role": "skill"}},
                        {"value": "b", "text": {"fi": "Väite B", "en": "Statement B"}},
                    ],
                }
            ],
        },
        {
            "name": "words",
            "title": {"fi": "Omin sanoin", "en": "In words"},
            "elements": [
                {
                    "type": "radiogroup",
                    "name": "wish",
                    "title": {"en": "What do you want?"},
                    "choices": [{"value": "x", "text": {"en": "Training"}}, {"value": "y", "text": {"en": "Peers"}}],
                    "isRequired": True,
                },
                {"type": "comment", "name": "why", "title": {"en": "Why?"}, "maxLength": 200},
            ],
        },
    ],
}


def answers(level: int = 3, wish: str = "x", why: str = "") -> dict[str, Any]:
    """Return answers to the survey."""
    return {"m": {"a": level, "b": 2}, "wish": wish, **({"why": why} if why else {})}


def make_survey(
    cast: Cast, mode: str = "anonymous", *, version: QuestionnaireVersion | None = None, **more: Any
) -> Collection:
    """Open a survey of Tampere to the teachers of its schools and to three addresses, or as told."""
    audience = more.pop("audience", None) or Audience(
        (cast.tampere,), ("teacher", "principal"), ("a@luotsi.example", "b@luotsi.example", "c@luotsi.example")
    )
    given = {"names": Names(fi="Kysely", en="Survey"), "mode": mode, "audience": audience, "language": "en", **more}
    given.setdefault("closes_at", clock.now() + timedelta(days=7))
    version = version or publish_version(owner=cast.tampere, definition=SURVEY, by=cast.aino)
    return open_survey(version=version, owner=cast.tampere, details=SurveyDetails(**given), by=cast.aino)


MANY = 23
ADDRESSES = tuple(f"teacher{number:02}@luotsi.example" for number in range(MANY))


def make_large_survey(cast: Cast, mode: str = "anonymous", **more: Any) -> Collection:
    """Open a survey to many addresses."""
    return make_survey(cast, mode, audience=Audience(addresses=ADDRESSES), **more)


def written() -> list[str]:
    """Return to whom letters of surveys have been written, in order."""
    return sorted(OutboxMail.objects.filter(body__contains="/s/").values_list("to", flat=True))


def token_to(email: str) -> str:
    """Return the secret in the last mail to an address."""
    body = OutboxMail.objects.filter(to=email).order_by("-created_at", "-pk")[0].body
    return next(word for word in body.split() if "/s/" in word).rstrip("/").rsplit("/", 1)[1]


def door_of(email: str) -> Door:
    """Return the way in of somebody who was invited."""
    found = access.door_by_token(token_to(email))
    assert found is not None
    return found


def answer(door: Door, language: str = "fi", nonce: str = "", **given: Any) -> bool:
    """Answer through a way in."""
    filled = Filled(answers=answers(**given), language=language, nonce=nonce or secrets.token_hex(8))
    return answer_survey(door=door, filled=filled, received_at=clock.now())


def answer_many(collection: Collection, unit: Unit, count: int, **given: Any) -> None:
    """Answer as many times at a unit, as by its common link."""
    door = access.Door(collection, unit.pk)
    for _number in range(count):
        answer(door, **given)


@dataclass(frozen=True)
class Surveyed:
    """Everything that an address of a survey needs: one that is open, and one that is settled."""

    open: Collection
    settled: Collection
    token: str
    common: str

    def arguments(self, short: str, unit: str) -> dict[str, Any]:
        """Return what an address needs beside the unit that is looked from."""
        match short:
            case "open-survey":
                return {"version": self.open.version_id}
            case "see-results":
                return {"pk": self.settled.pk}
            case "download-results":
                return {"pk": self.settled.pk, "file": "figures-csv"}
            case "see-common-link":
                return {"pk": self.open.pk, "unit": unit}
            case "answer-survey":
                return {"token": self.token}
            case "answer-by-common-link":
                return {"pk": self.open.pk, "unit": unit, "token": self.common}
            case "list-own-sheets":
                return {}
        return {"pk": self.open.pk}


OF_SURVEYS = frozenset(
    {
        "open-survey",
        "see-survey",
        "see-common-link",
        "remind-survey",
        "move-closing",
        "resume-survey",
        "settle-survey",
        "see-results",
        "download-results",
    }
)
BY_LINK = frozenset({"answer-survey", "answer-by-common-link", "list-own-sheets"})


def make_surveyed(cast: Cast, version: QuestionnaireVersion | None = None) -> Surveyed:
    """Make them."""
    done = make_survey(cast, version=version)
    answer_many(done, cast.school, 11, level=3, why="Aikaa")
    answer_many(done, cast.other_school, 7, level=2)
    done = settle_survey(collection=done, by=cast.aino)
    going = make_survey(cast, by_link=True, version=done.version)
    answer(access.Door(going, cast.other_school.pk))
    common = common_link(going, cast.school).rstrip("/").rsplit("/", 1)[1]
    return Surveyed(going, done, token_to(cast.celia.email), common)
