"""The lists of things to choose: the sheet choices of a form in a spreadsheet, each list once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.xlsform.form import Row, said
from luotsi.questionnaires.rules.convert.xlsform.naming import fit
from luotsi.questionnaires.rules.definition import BooleanQuestion, Choice, ChoiceQuestion
from luotsi.questionnaires.rules.texts import Localised

YES_NO = "yes_no"
OTHER = " or_other"
WORDS = {"none": "none_text", "refused": "refuse_text", "dontknow": "dont_know_text"}
YES = Localised(fi="Kyllä", sv="Ja", en="Yes")
NO = Localised(fi="Ei", sv="Nej", en="No")
Listed = tuple[tuple[str, Localised], ...]


def plain_value(value: Any) -> str:
    """Return a value as the spreadsheet names it: without blanks, which separate things chosen there."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = values.plain(value) if values.is_number(value) else str(value)
    return "_".join(text.split()) or fit(text)


class Lists:
    """Collects the lists."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.known: dict[Listed, str] = {}
        self.names: set[str] = set()

    def of(self, wanted: str, choices: Iterable[tuple[Any, Localised]]) -> str:
        """Return the name of the list with these choices."""
        content: Listed = tuple(
            (plain_value(value), text or Localised(default=plain_value(value))) for value, text in choices
        )
        if content in self.known:
            return self.known[content]
        name, number = fit(wanted), 2
        while name in self.names:
            name, number = f"{fit(wanted)}_{number}", number + 1
        self.names.add(name)
        self.known[content] = name
        self.rows += [{"list_name": name, "name": value, **said("label", text)} for value, text in content]
        return name

    def of_choices(self, wanted: str, choices: Iterable[Choice]) -> str:
        """Return the name of the list of these choices or rows."""
        return self.of(wanted, [(choice.value, choice.text) for choice in choices])

    def of_question(self, question: ChoiceQuestion, wanted: str) -> str:
        """Return the list of a question, with the special choices that it shows, `other` as the format has it."""
        special = {
            "none": question.shows_none,
            "refused": question.shows_refuse,
            "dontknow": question.shows_dont_know,
        }
        more = [(word, getattr(question, WORDS[word])) for word, shown in special.items() if shown]
        name = self.of(wanted, [*((choice.value, choice.text) for choice in question.choices), *more])
        return name + (OTHER if question.shows_other else "")

    def of_boolean(self, question: BooleanQuestion, wanted: str) -> str:
        """Return the list of a yes or no."""
        if not question.label_true and not question.label_false:
            return self.of(YES_NO, [(True, YES), (False, NO)])
        return self.of(f"{wanted}_{YES_NO}", [(True, question.label_true or YES), (False, question.label_false or NO)])
