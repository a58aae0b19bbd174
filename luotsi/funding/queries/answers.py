"""The answers of the form of an application by their roles: as it is written now, or as it was handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from luotsi.funding.models import Application
from luotsi.questionnaires.models import Response
from luotsi.questionnaires.queries.places import Places
from luotsi.questionnaires.queries.versions import definition_of, outcome_of
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.checks.roles import Given, given
from luotsi.ui.formatting import language

if TYPE_CHECKING:
    from luotsi.questionnaires.models import QuestionnaireVersion

LONG_TEXTS = frozenset({"measures", "results", "earlier_funding", "need", "cooperation", "summary_text"})


@dataclass(frozen=True)
class TextTold:
    """An answer in words."""

    name: str
    number: str
    label: str
    role: str
    area: str
    text: str
    limit: int | None


@dataclass(frozen=True)
class Answers:
    """What a form tells: figures with roles, partners by area ("" = of the whole), texts; only what is on view."""

    given: tuple[Given, ...]
    partners: dict[str, tuple[str, ...]]
    texts: tuple[TextTold, ...]
    places: Places

    def first(self, role: str) -> Any:
        """Return the value of the first answer of a role; None where there is none."""
        return next((one.value for one in self.given if one.role == role), None)

    def name_of(self, role: str) -> str:
        """Return the name of the first answer of a role; "" where there is none."""
        return next((one.name for one in self.given if one.role == role), "")

    def label(self, name: str) -> str:
        """Return what an answer is called on the form; of a table with one column without the column."""
        place = self.places.of(name)
        one_column = isinstance(place.question, d.TableQuestion) and len(place.question.columns) == 1
        return (place.label.rpartition(", ")[0] or place.label if one_column else place.label)[:300]


def answers_of(application: Application, *, as_received: bool = False) -> Answers | None:
    """Return what the form of an application tells; None where it has none.

    `as_received` tells what the funder has, also while the applicant writes a completion of it.
    """
    response = application.response
    if response is None:
        return None
    submission = None
    if as_received or response.state == Response.State.SUBMITTED:
        submission = response.submissions.select_related("version__questionnaire").first()
    if submission is not None:
        answers = submission.content["answers"]
        return _read(submission.version, answers, answers, frozenset(answers))
    version = response.collection.version
    outcome = outcome_of(version, response.values)
    return _read(version, outcome.submission, outcome.calculated, frozenset(outcome.visible))


def _read(
    version: QuestionnaireVersion, answers: Mapping[str, Any], worked_out: Mapping[str, Any], on_view: frozenset[str]
) -> Answers:
    definition = definition_of(version)
    places = Places(definition, language())
    areas = dict(_areas(definition.pages, ""))
    found = tuple(one for one in given(definition, answers, worked_out) if top_of(one.name) in on_view)
    asked = [one for one in definition.questions if one.name in on_view]
    return Answers(
        given=found,
        partners={areas[one.name]: _names(answers.get(one.name)) for one in asked if one.x.get("role") == "partners"},
        texts=tuple(_texts(asked, answers, areas, places)),
        places=places,
    )


def top_of(name: str) -> str:
    """Return the question that an answer belongs to: of "table.row.amount" and "table[2].amount" the table."""
    return name.split(".", 1)[0].split("[", 1)[0]


def _areas(elements: tuple[d.Element, ...], area: str) -> Iterator[tuple[str, str]]:
    for element in elements:
        if isinstance(element, d.Panel):
            own = element.x.get("area")
            yield from _areas(element.elements, own if isinstance(own, str) else area)
        elif isinstance(element, d.Question):
            yield element.name, area


def _names(answer: Any) -> tuple[str, ...]:
    rows = list(answer.values()) if isinstance(answer, Mapping) else answer if isinstance(answer, list) else []
    found = (next((str(cell) for cell in row.values() if cell), "") for row in rows if isinstance(row, Mapping))
    return tuple(name.strip() for name in found if name.strip())


def _texts(
    asked: list[d.Question], answers: Mapping[str, Any], areas: Mapping[str, str], places: Places
) -> Iterator[TextTold]:
    for one in asked:
        role, text = one.x.get("role"), answers.get(one.name)
        is_long = one.kind == d.Kind.COMMENT
        if not (is_long or role in LONG_TEXTS) or not isinstance(text, str) or not text.strip():
            continue
        yield TextTold(
            name=one.name,
            number=str(one.x.get("number", "")),
            label=places.of(one.name).label,
            role=role if isinstance(role, str) else "",
            area=areas.get(one.name, ""),
            text=text,
            limit=getattr(one, "max_length", None),
        )
