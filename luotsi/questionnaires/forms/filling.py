"""Reads what a page of a response sent: values, what the page had shown, decisions, and which button was pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import AnswerRefused
from luotsi.questionnaires.actions.responses import Typed
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.filling import names, reading, rows

LONGEST_TOKEN = 40
LONGEST_TURN = 16  # digits
MOVING = frozenset({"next", "previous", "check", "go", "all", "steps"})
DEEDS = MOVING | {"save", "auto", "update", "add", "remove", "attach", "detach"}


@dataclass(frozen=True)
class Deed:
    """The button that was pressed: its verb, and what it is about (a page, a question, a file)."""

    verb: str = "save"
    about: str = ""
    place: int = 0


@dataclass(frozen=True)
class Sent:
    """What a page sent, read."""

    typed: Typed
    deed: Deed


def read_sent(definition: d.Definition, fields: Mapping[str, Sequence[str]], before: Mapping[str, Any]) -> Sent:
    """Return what was sent, with the row that a button adds or removes already done.

    Raises:
        AnswerRefused: something in it belongs to no page of the questionnaire.
    """
    posted = reading.Posted(fields)
    try:
        deed = _deed(posted.one("do"))
        found = reading.read_page(definition, posted, before)
        if deed.verb in {"add", "remove"}:
            found = _with_rows(definition, found, before, deed)
    except reading.NotOfThisPage:
        raise AnswerRefused(
            Reason(_("The page sent something that the questionnaire does not ask for. Open the page again."))
        ) from None
    was = {name.removeprefix(names.WAS): texts[-1] for name, texts in fields.items() if name.startswith(names.WAS)}
    decisions = {
        name.removeprefix(names.DECIDE): int(texts[-1])
        for name, texts in fields.items()
        if name.startswith(names.DECIDE) and texts[-1].lstrip("-").isascii() and texts[-1].lstrip("-").isdigit()
    }
    token, page = posted.one("token")[:LONGEST_TOKEN], posted.one("page")[:LONGEST_TOKEN]
    turn = posted.one("turn")
    told = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < LONGEST_TURN else 0
    return Sent(Typed(values=found, was=was, token=token, page=page, turn=told, decisions=decisions), deed)


def _deed(word: str) -> Deed:
    verb, _colon, about = (word or "save").partition(":")
    if verb not in DEEDS:
        raise reading.NotOfThisPage(verb[:40])
    if verb == "remove":
        about, _colon, place = about.rpartition(":")
        return Deed(verb, about, int(place) if place.isascii() and place.isdigit() and len(place) < 6 else -1)
    return Deed(verb, about)


def _with_rows(
    definition: d.Definition, found: dict[str, Any], before: Mapping[str, Any], deed: Deed
) -> dict[str, Any]:
    """Return what was sent with a row more or less in the table or repetition that the button names."""
    for question in definition.questions:
        if question.name in found:
            value, done = _changed(question, question.name, found[question.name], deed)
            if done:
                return {**found, question.name: value}
    raise reading.NotOfThisPage(deed.about[:40])


def _changed(question: d.Question, path: str, value: Any, deed: Deed) -> tuple[Any, bool]:
    """Return the value with the row added or removed, and True where the button was that of this question."""
    if path == deed.about:
        return (
            rows.with_row(question, value) if deed.verb == "add" else rows.without_row(question, value, deed.place)
        ), True
    if not isinstance(question, d.RepeatQuestion) or not deed.about.startswith(f"{path}["):
        return value, False
    panels = rows.rows_of(question, value)
    for place, panel in enumerate(panels):
        for inner in reading.inner_questions(question.elements):
            one, done = _changed(inner, names.within(path, place, inner.name), panel.get(inner.name), deed)
            if done:
                return [*panels[:place], {**panel, inner.name: one}, *panels[place + 1 :]], True
    return value, False
