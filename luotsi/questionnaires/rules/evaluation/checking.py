"""What is wrong with one answer: whether it is there, of the right kind, within its bounds, as its validators want."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.counting import characters
from luotsi.questionnaires.rules.evaluation.kinds import KINDS
from luotsi.questionnaires.rules.evaluation.outcome import Error
from luotsi.questionnaires.rules.evaluation.running import Entry
from luotsi.questionnaires.rules.evaluation.validators import VALIDATORS
from luotsi.questionnaires.rules.texts import NO_TEXT, Localised

COMMENT = "-Comment"
NOTHING: dict[str, object] = {}
LONGEST_COMMENT = 20_000


class Checks:
    """Errors of answers in a language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def of(self, entry: Entry) -> Iterator[Error]:
        """Yield the errors of one answer on view, not of what stands in its rows or panels."""
        value = entry.value
        question = entry.item.question
        if question.kind is d.Kind.EXPRESSION:
            yield from self._validators(entry, value)
        if entry.read_only or question.kind in {d.Kind.HTML, d.Kind.EXPRESSION}:
            return
        if is_blank(question, value):
            if entry.required:
                yield self.error(entry, "required", question.required_text)
            elif isinstance(question, d.ChoiceQuestion) and question.is_many and question.minimum:
                yield self.error(entry, "count.min", NO_TEXT, limit=question.minimum, count=0)
        else:
            faults = list(self._kind(entry, value))
            yield from faults
            if any(fault.code == "type" for fault in faults):
                return
        yield from self._validators(entry, value)
        yield from self._comment(entry, value)

    def error(self, entry: Entry, code: str, words: Localised, **params: object) -> Error:
        """Return an error with the words that the definition has for it."""
        return Error(entry.name, code, words.in_language(self.language).text, params)

    def _kind(self, entry: Entry, value: Any) -> Iterator[Error]:
        check = KINDS.get(entry.item.question.kind)
        for code, words, params in check(entry, value) if check else ():
            yield self.error(entry, code, words, **params)

    def _validators(self, entry: Entry, value: Any) -> Iterator[Error]:
        for validator, node in entry.item.checks:
            if validator.kind == "expression":
                failed = node is not None and not entry.run.holds(node, entry.group)
                code, params = ("expression" if failed else "", NOTHING)
            else:
                code, params = VALIDATORS[validator.kind](validator, value)
            if code:
                yield self.error(entry, code, validator.text, **params)

    def _comment(self, entry: Entry, value: Any) -> Iterator[Error]:
        question = entry.item.question
        comment = entry.group.raw.get(question.name + COMMENT)
        if comment is not None and not isinstance(comment, str):
            yield Error(entry.name + COMMENT, "type", params={"wanted": "text"})
        elif comment and characters(comment) > LONGEST_COMMENT:
            yield Error(entry.name + COMMENT, "length.max", params={"limit": LONGEST_COMMENT})
        if isinstance(question, d.ChoiceQuestion) and question.shows_other and not comment:
            chosen = value if isinstance(value, list) else [value]
            if "other" in chosen:
                yield self.error(entry, "choice.other", question.other_error_text)


def is_blank(question: d.Question, value: Any) -> bool:
    """Return True for no answer; a text of nothing but blanks is none, nor is a repetition without any answer."""
    if isinstance(value, str):
        return not value.strip()
    if question.kind is d.Kind.PANELDYNAMIC:
        return values.is_hollow(value)
    return values.is_empty(value)
