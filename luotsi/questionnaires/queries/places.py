"""Where an answer is asked: which page and question a whole name belongs to, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.filling.names import COMMENT, anchor

if TYPE_CHECKING:
    from luotsi.questionnaires.rules.texts import Localised


@dataclass(frozen=True)
class Place:
    """A question in the questionnaire: its page (from 1, 0 = none), the top question, a label, its element's id."""

    page: int
    question: d.Question | None
    label: str
    anchor: str


class Places:
    """Finds places by name; made once for a definition and a language."""

    def __init__(self, definition: d.Definition, language: str) -> None:
        self.language = language
        self.pages: dict[str, int] = {}
        self.known: dict[str, d.Question] = {}
        for number, page in enumerate(definition.pages, 1):
            for element in d.walk((page,)):
                self.pages.setdefault(element.name, number)
                if isinstance(element, d.Question):
                    self.known[element.name] = element

    def of(self, name: str) -> Place:
        """Return the place of a whole name, as `panel[0].name` or `table.row.column`."""
        top = self._top(name)
        question = self.known.get(top)
        page = self.pages.get(top, self.pages.get(name, 0))
        if question is None:
            return Place(page, None, name, anchor(name))
        parts = [self._said(question.title, question.name), *self._rest(question, name[len(top) :])]
        return Place(page, question, ", ".join(part for part in parts if part), anchor(name))

    def _top(self, name: str) -> str:
        for end in (name, name.removesuffix(COMMENT)):
            if end in self.known:
                return end
        for place in range(len(name) - 1, 0, -1):
            if name[place] in "[." and name[:place] in self.known:
                return name[:place]
        return name

    def _said(self, text: Localised, otherwise: str) -> str:
        return text.in_language(self.language).text or otherwise

    def _rest(self, question: d.Question, rest: str) -> list[str]:
        """Return the words for what stands after the name of a table or repetition."""
        found = []
        if rest.startswith("["):
            number, _bracket, rest = rest[1:].partition("]")
            found.append(_("row %(number)s") % {"number": int(number) + 1 if number.isdigit() else number})
            rest = rest.removeprefix(".")
        elif rest.startswith(".") and isinstance(question, d.TableQuestion | d.MatrixQuestion):
            for row in question.rows:
                key = str(row.value)
                if rest[1:] == key or rest[1:].startswith(f"{key}."):
                    found.append(self._said(row.text, key))
                    rest = rest[len(key) + 2 :]
                    break
        return [*found, *self._inside(question, rest)]

    def _inside(self, question: d.Question, rest: str) -> list[str]:
        """Return the words for what stands in a row or panel, however deep."""
        if isinstance(question, d.TableQuestion):
            titles = {column.name: column.title for column in question.columns}
            asked = rest.removesuffix(COMMENT)
            return [self._said(titles[asked], rest)] if asked in titles else []
        if not isinstance(question, d.RepeatQuestion):
            return []
        for one in d.walk(question.elements):
            if rest.removesuffix(COMMENT) == one.name:
                return [self._said(one.title, one.name)]
            if isinstance(one, d.Question) and rest.startswith((f"{one.name}[", f"{one.name}.")):
                return [self._said(one.title, one.name), *self._rest(one, rest[len(one.name) :])]
        return []
