"""How the names of a definition are called in a spreadsheet: every name once, and fit for XML."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from luotsi.questionnaires.rules.convert.printing import Untranslatable
from luotsi.questionnaires.rules.definition import (
    ChoiceQuestion,
    Definition,
    Element,
    MatrixQuestion,
    Panel,
    Question,
    RepeatQuestion,
    TableQuestion,
)
from luotsi.questionnaires.rules.expressions import Name

LONGEST = 100


def fit(name: str) -> str:
    """Return a name with nothing in it that XML does not take."""
    signs = [sign if _is_fit(sign) else "_" for sign in name[:LONGEST]]
    text = "".join(signs) or "_"
    return text if text[0] == "_" or unicodedata.category(text[0])[0] == "L" else f"_{text}"


def _is_fit(sign: str) -> bool:
    return sign in "_-." or (sign.isascii() and sign.isalnum()) or unicodedata.category(sign) in {"Lu", "Ll", "Lo"}


class Names:
    """The names of a whole definition: `by_key` from the key of an element to its name in the spreadsheet.

    The key of what stands in rows has that of the table before it: "costs.staff.amount", "partners.name".
    """

    def __init__(self, definition: Definition) -> None:
        self.by_key: dict[str, str] = {}
        self.questions: dict[str, Question] = {}
        self.taken: set[str] = set()
        for value in definition.calculated:
            self._take(value.name, value.name)
        self._all(definition.pages, "")

    def _take(self, key: str, wanted: str) -> None:
        name, number = fit(wanted), 2
        while name.lower() in self.taken:
            name, number = f"{fit(wanted)}_{number}", number + 1
        self.taken.add(name.lower())
        self.by_key[key] = name

    def _all(self, elements: tuple[Element, ...], holder: str) -> None:
        for element in elements:
            key = f"{holder}.{element.name}" if holder else element.name
            self._take(key, element.name)
            if isinstance(element, Panel):
                self._all(element.elements, holder)
            if isinstance(element, Question):
                self.questions[key] = element
                self._inside(element, key)

    def _inside(self, question: Question, key: str) -> None:
        if isinstance(question, RepeatQuestion):
            self._all(question.elements, key)
        elif isinstance(question, MatrixQuestion):
            for row in question.rows:
                self._take(f"{key}.{row.value}", f"{question.name}_{row.value}")
        elif isinstance(question, TableQuestion):
            for row in question.rows:
                self._take(f"{key}.{row.value}", f"{question.name}_{row.value}")
            for column in question.columns:
                for row_key in [str(row.value) for row in question.rows] or [""]:
                    inner = f"{key}.{row_key}.{column.name}" if row_key else f"{key}.{column.name}"
                    self._take(inner, f"{question.name}_{row_key}_{column.name}".replace("__", "_"))
                    self.questions[inner] = column.cell
                if column.has_total:
                    self._take(f"{key}-total.{column.name}", f"{question.name}_{column.name}_total")
        if question.has_comment:
            self._take(f"{key}-Comment", f"{question.name}_comment")


@dataclass(frozen=True)
class Place:
    """Where an expression stands: the key of its question, the repetition around it, in a filter of choices or not."""

    names: Names
    own: str = ""
    around: str = ""
    in_filter: bool = False

    def path(self, name: Name) -> str:
        """Return the XPath of a name.

        Raises:
            Untranslatable: It names nothing that the spreadsheet has.
        """
        if self.in_filter and name.text == "item":
            return "name"
        if name.path and name.path[-1] == "length" and len(name.path) > 1:
            return self._length(name)
        key = self._key(name)
        return "." if key == self.own else f"${{{self.names.by_key[key]}}}"

    def is_many(self, name: Name) -> bool:
        """Return True where the answer is a list of things chosen."""
        question = self.names.questions.get(self._key(name)) if self._known(name) else None
        return isinstance(question, ChoiceQuestion) and question.is_many

    def column(self, table: Name, column: str) -> str:
        """Return the XPath of a column of a table or repetition.

        Raises:
            Untranslatable: There is none, or its rows are fixed and each cell has a name of its own.
        """
        key = f"{table.text}.{column}"
        if key not in self.names.by_key:
            raise Untranslatable(f"{{{key}}}")
        return f"${{{self.names.by_key[key]}}}"

    def _length(self, name: Name) -> str:
        short = Name(".".join(str(step) for step in name.path[:-1]), path=name.path[:-1])
        question = self.names.questions.get(self._key(short))
        if isinstance(question, RepeatQuestion | TableQuestion):
            return f"count({self.path(short)})"
        function = "count-selected" if self.is_many(short) else "string-length"
        return f"{function}({self.path(short)})"

    def _known(self, name: Name) -> bool:
        try:
            return bool(self._key(name))
        except Untranslatable:
            return False

    def _key(self, name: Name) -> str:
        steps = [str(step) for step in name.path] or [name.text]
        if steps[0] in {"panel", "row"} and self.around:
            key = ".".join([self.around, *steps[1:]])
            if key in self.names.by_key:
                return key
        if any(isinstance(step, int) for step in name.path) or name.as_is:
            raise Untranslatable(f"{{{name.text}}}")
        for key in (name.text, ".".join(steps)):
            if key in self.names.by_key:
                return key
        raise Untranslatable(f"{{{name.text}}}")
