"""Makes up definitions and answers from a seed: every kind of question, every operator and function, in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from luotsi.questionnaires.tests.excluding import unlooked

CHOICES = ["a", "b", "c", 1, 2]
WORDS = ["yes", "no", "abc", "Abc", "12", "7.5", "2025-03-01", "x y", "äö"]
DAYS = ["2024-02-29", "2025-01-31", "2025-12-01", "2026-11-25", "2027-06-30"]
COMPARING = ["=", "<>", "!=", "==", ">", ">=", "<", "<=", "greater", "lessorequal", "notequal"]
SEARCHING = ["contains", "notcontains", "anyof", "allof", "noneof", "*="]
COUNTING = ["+", "-", "*", "/"]
KINDS = """
number word day comment radiogroup checkbox dropdown tagbox boolean rating matrix matrixdropdown matrixdynamic
paneldynamic file expression html panel
"""
# Luotsi works values out also where nothing can be changed, survey-core does not: a test of its own.
WORKED_OUT = {"expression", "matrixdropdown", "matrixdynamic", "paneldynamic"}
Case = dict[str, Any]


@dataclass
class Made:
    """A case while it is made: which names there are of what kind, the elements and the answers so far."""

    random: Random
    names: dict[str, list[str]] = field(default_factory=dict)
    elements: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    def one(self, *of: Any) -> Any:
        """Return one of some things."""
        return self.random.choice(of)

    def chance(self, share: float) -> bool:
        """Return True in a share of the times."""
        return self.random.random() < share

    def name(self, *kinds: str) -> str:
        """Return the name of a question of one of the kinds, in braces; of none where there is none yet."""
        known = [name for kind in kinds for name in self.names.get(kind, [])]
        return f"{{{self.random.choice(known)}}}" if known else "{nothing}"

    def number(self) -> Any:
        """Return a number for an answer."""
        return self.one(0, 1, 2, 3, 4, 5, 7, 10, 12.5, 0.1, 0.2, -3, 1000)


def number_expression(made: Made, depth: int = 0) -> str:
    """Return an expression that comes to a number."""
    pick = made.random.randrange(9)
    if depth > 2 or pick == 0:
        return str(made.one("1", "2", "0.5", "10", "-3"))
    if pick in {1, 2, 3}:
        return made.name("number", "rating", "expression", "calculated")
    if pick in {4, 5}:
        left, right = number_expression(made, depth + 1), number_expression(made, depth + 1)
        return f"({left} {made.one(*COUNTING)} {right})"
    if pick == 6:
        function = made.one("sum", "avg", "count", "round", "trunc", "min", "max")
        if function in {"round", "trunc"}:
            return f"{function}(sum({number_expression(made, depth + 1)}), {made.one(1, 2)})"
        return f"{function}({number_expression(made, depth + 1)}, {made.name('number')})"
    if pick == 7:
        function = made.one("sumInArray", "countInArray", "avgInArray", "minInArray", "maxInArray")
        condition = made.one("", ", {x} > 2", ", {w} notempty and {x} <> 3")
        return f"{function}({made.name('matrixdynamic')}, 'x'{condition})"
    return made.random.choice(
        [
            f"iif({condition_expression(made, depth + 1)}, 1, {made.name('number')})",
            f"dateDiff({made.name('day')}, '2026-01-15', '{made.one('days', 'months', 'years')}')",
            f"{made.one('year', 'month', 'day', 'weekday', 'getYear')}({made.name('day')})",
            f"diffDays({made.name('day')}, '2026-03-01')",
            f"age({made.name('day')})",
            f"{made.name('number')} ^ 2",
            f"{made.name('number')} % 4",
            f"{made.name('matrixdynamic')[:-1]}-total.x}}",
            f"{made.name('matrixdynamic')[:-1]}[0].x}}",
            f"{made.name('paneldynamic')[:-1]}[0].n}}",
            f"{made.name('matrixdropdown')[:-1]}.r1.x}}",
        ]
    )


def condition_expression(made: Made, depth: int = 0) -> str:
    """Return an expression that is true or false."""
    pick = made.random.randrange(10)
    if pick < 3 or depth > 2:
        return f"{number_expression(made, depth + 1)} {made.one(*COMPARING)} {number_expression(made, depth + 1)}"
    if pick == 3:
        anything = made.name("number", "word", "checkbox", "radiogroup", "boolean", "matrix", "matrixdynamic", "file")
        return f"{anything} {made.one('empty', 'notempty')}"
    if pick == 4:
        want = made.one("['a', 'b']", "[1]", "'a'", "1", "['c', 2]")
        return f"{made.name('checkbox', 'tagbox', 'radiogroup', 'dropdown')} {made.one(*SEARCHING)} {want}"
    if pick == 5:
        return f"{made.name('word', 'comment')} {made.one('=', '<>', 'contains', 'notcontains')} '{made.one(*WORDS)}'"
    if pick == 6:
        boolean = made.name("boolean")
        return made.random.choice([f"{boolean} = true", f"!{boolean}", boolean])
    if pick == 7:
        return made.random.choice(
            [
                f"{made.name('day')} {made.one('<', '>', '<=', '>=', '=')} {made.one('today()', 'today(-30)')}",
                f"{made.name('day')} > '2025-01-31'",
                f"{made.name('matrix')[:-1]}.r1}} = 'c1'",
                f"dateAdd({made.name('day')}, 1, 'months') > getDate('2025-06-01')",
            ]
        )
    left, right = condition_expression(made, depth + 1), condition_expression(made, depth + 1)
    return f"({left}) {made.one('and', 'or', '&&', '||')} ({right})"


def shared(made: Made, question: dict[str, Any]) -> None:
    """Give a question some of what every question may have."""
    if made.chance(0.35):
        question["visibleIf"] = condition_expression(made)
    if made.chance(0.25):
        question["isRequired"] = True
    elif made.chance(0.15):
        question["requiredIf"] = condition_expression(made)
    if made.chance(0.1) and question["type"] not in WORKED_OUT:
        question["enableIf"] = f"{number_expression(made)} {made.one(*COMPARING)} {number_expression(made)}"
    if made.chance(0.08):
        question["validators"] = [
            {"type": "expression", "expression": condition_expression(made), "text": {"default": "No", "fi": "Ei"}}
        ]


def number(made: Made) -> Any:
    """A number, with bounds or a validator."""
    question = made.elements[-1]
    question |= {"type": "text", "inputType": "number"}
    if made.chance(0.3):
        question |= {"min": 1, "max": 10}
    elif made.chance(0.3):
        question["validators"] = [{"type": "numeric", "minValue": 2, "maxValue": 8}]
    elif made.chance(0.2):
        question["maxValueExpression"] = number_expression(made)
    elif made.chance(0.2):
        question["defaultValue"] = 5
    return made.number()


def word(made: Made) -> Any:
    """A line of text, with a validator."""
    question = made.elements[-1]
    question["type"] = "text"
    validators: list[dict[str, Any]] = [
        {"type": "text", "minLength": 2, "maxLength": 3},
        {"type": "text", "allowDigits": False},
        {"type": "regex", "regex": "^[a-z]+$"},
        {"type": "regex", "regex": "^[A-Z]", "caseInsensitive": True},
        {"type": "email"},
    ]
    if made.chance(0.5):
        question["validators"] = [made.one(*validators)]
    if made.chance(0.1):
        question["inputType"] = "email"
    return made.one(*WORDS, "some@school.example")


def day(made: Made) -> Any:
    """A day, with bounds."""
    question = made.elements[-1]
    question |= {"type": "text", "inputType": "date"}
    if made.chance(0.4):
        question |= {"min": "2025-01-01", "max": "2026-12-31"}
    elif made.chance(0.3):
        question["minValueExpression"] = "today(-100)"
    return made.one(*DAYS)


def chosen(made: Made) -> Any:
    """Something to choose, with choices that come and go."""
    question = made.elements[-1]
    many = question["type"] in {"checkbox", "tagbox"}
    question["choices"] = list(CHOICES)
    if made.chance(0.2):
        question["choicesVisibleIf"] = "{item} <> 'zz'"
    if made.chance(0.2):
        question["choices"][0] = {"value": "a", "text": "A", "visibleIf": condition_expression(made)}
    if made.chance(0.3):
        question["showOtherItem"] = True
        if made.chance(0.5):
            made.answers[f"{question['name']}-Comment"] = "something else"
    words = [*CHOICES[1:], "other"] if question.get("showOtherItem") else CHOICES[1:]
    if many and made.chance(0.3):
        question |= made.one({"minSelectedChoices": 2}, {"maxSelectedChoices": 3})
        question["validators"] = [{"type": "answercount", "minCount": 1, "maxCount": 3}]
    return made.random.sample(words, made.random.randint(1, 3)) if many else made.one(*words)


def boolean(made: Made) -> Any:
    """Yes or no."""
    return made.one(True, False)


def rating(made: Made) -> Any:
    """A step."""
    return made.random.randint(1, 5)


def matrix(made: Made) -> Any:
    """Rows that take a column."""
    question = made.elements[-1]
    question |= {"columns": ["c1", "c2"], "rows": ["r1", "r2", "r3"]}
    question["eachRowRequired"] = made.chance(0.4)
    question["eachRowUnique"] = made.chance(0.2)
    rows = made.random.sample(question["rows"], made.random.randint(1, 3))
    return {row: made.one("c1", "c2") for row in rows}


def columns(made: Made) -> list[dict[str, Any]]:
    """Columns of a table: a number with a total, a word, a product."""
    total = made.one("sum", "max", "min", "avg", "count")
    found: list[dict[str, Any]] = [
        {"name": "x", "cellType": "text", "inputType": "number", "totalType": total},
        {"name": "w", "cellType": "text"},
        {"name": "p", "cellType": "expression", "expression": made.one("{row.x} * 2", "{row.x} + {rowIndex}")},
        {"name": "c", "cellType": "dropdown", "choices": ["k", "l"]},
        {"name": "t", "cellType": "checkbox", "choices": ["k", "l"]},
    ]
    found[1] |= made.one({}, {"isRequired": True}, {"visibleIf": "{row.x} > 2"}, {"requiredIf": "{row.x} > 2"})
    found[2] |= made.one({}, {"totalType": "sum"})
    found[3] |= made.one({}, {"enableIf": "{row.w} notempty"}, {"visibleIf": condition_expression(made)})
    return found


def cells(made: Made) -> dict[str, Any]:
    """A row of a table."""
    row: dict[str, Any] = {}
    if made.chance(0.8):
        row["x"] = made.number()
    if made.chance(0.6):
        row["w"] = made.one("k", "l", "m")
    if made.chance(0.4):
        row["c"] = made.one("k", "l")
    return row


def fixed_table(made: Made) -> Any:
    """A table with fixed rows."""
    made.elements[-1] |= {"columns": columns(made), "rows": ["r1", "r2"]}
    return {row: told for row in ("r1", "r2") if (told := cells(made))}


def growing_table(made: Made) -> Any:
    """A table with added rows."""
    question = made.elements[-1]
    question |= {"columns": columns(made), "rowCount": made.random.randint(0, 2)}
    if made.chance(0.3) and "visibleIf" not in question["columns"][1]:
        question["keyName"] = "w"
    if made.chance(0.3):
        question |= {"minRowCount": 2, "rowCount": 2}
    return [cells(made) for _number in range(made.random.randint(1, 4))]


def repetition(made: Made) -> Any:
    """Elements asked again and again."""
    question = made.elements[-1]
    question["panelCount"] = made.random.randint(0, 2)
    question["templateElements"] = [
        {"type": "text", "name": "n", "inputType": "number"},
        {"type": "text", "name": "s", **made.one({}, {"isRequired": True}, {"visibleIf": "{panel.n} > 2"})},
        {"type": "expression", "name": "e", "expression": "{panel.n} + {panelIndex}"},
    ]
    if made.chance(0.3) and "visibleIf" not in question["templateElements"][1]:
        question["keyName"] = "s"
    if made.chance(0.3):
        question["minPanelCount"] = 1
    made_up = [{"n": made.number()}, {"s": "k"}, {"n": made.number(), "s": made.one("k", "l")}]
    found: list[dict[str, Any]] = [dict(made.one(*made_up)) for _number in range(made.random.randint(1, 3))]
    if made.chance(0.5):
        inner = made.one(rows_inside, panels_inside)(made)
        question["templateElements"].append(inner)
        for panel_ in found:
            if made.chance(0.7):
                panel_["i"] = [{"x": made.number()} for _number in range(made.random.randint(1, 3))]
    return found


def rows_inside(made: Made) -> dict[str, Any]:
    """A table with added rows inside a repetition; one with rows to begin with works nothing out in them."""
    cells_: list[dict[str, Any]] = [
        {"name": "x", "cellType": "text", "inputType": "number", "totalType": made.one("sum", "max", "count")},
        {"name": "w", "cellType": "text"},
    ]
    cells_[1] |= made.one({}, {"visibleIf": "{row.x} > 2"}, {"visibleIf": "{panel.n} > 2"})
    count = made.random.randint(0, 1)
    if not count:
        expression_ = made.one("{row.x} * 2", "{row.x} + {panel.n}")
        cells_.append({"name": "p", "cellType": "expression", "expression": expression_})
    shown = made.one({}, {"visibleIf": "{panel.n} > 2"}, {"isRequired": True})
    return {"type": "matrixdynamic", "name": "i", "rowCount": count, "columns": cells_, **shown}


def panels_inside(made: Made) -> dict[str, Any]:
    """A repetition inside a repetition."""
    fields: list[dict[str, Any]] = [
        {"type": "text", "name": "x", "inputType": "number"},
        {"type": "text", "name": "w", **made.one({}, {"visibleIf": "{panel.x} > 2"}, {"isRequired": True})},
        {"type": "expression", "name": "p", "expression": made.one("{panel.x} * 2", "{parentPanel.n} + {panelIndex}")},
    ]
    shown = made.one({}, {"visibleIf": "{panel.n} > 2"}, {"isRequired": True})
    count = made.random.randint(0, 1)
    return {"type": "paneldynamic", "name": "i", "panelCount": count, "templateElements": fields, **shown}


def file(made: Made) -> Any:
    """A file."""
    return [{"name": "plan.pdf", "type": "application/pdf", "content": "reference-1"}]


def expression(made: Made) -> Any:
    """A value worked out."""
    made.elements[-1]["expression"] = made.one(number_expression, condition_expression)(made)
    return None


def html(made: Made) -> Any:
    """Words to read."""
    made.elements[-1]["html"] = "<p>Read this.</p>"
    return None


def panel(made: Made) -> Any:
    """A panel with two questions."""
    question = made.elements[-1]
    name = question["name"]
    inner: list[dict[str, Any]] = [
        {"type": "text", "name": f"{name}in", "inputType": "number"},
        {"type": "text", "name": f"{name}is"},
    ]
    question["elements"] = inner
    question.pop("validators", None)
    for part, kind in zip(inner, ("number", "word"), strict=True):
        made.names.setdefault(kind, []).append(part["name"])
        if made.chance(0.3):
            part["visibleIf"] = condition_expression(made)
        if made.chance(0.6):
            made.answers[part["name"]] = made.number() if kind == "number" else made.one(*WORDS)
    return None


MAKERS: dict[str, Callable[[Made], Any]] = {
    "number": number,
    "word": word,
    "day": day,
    "comment": lambda made: made.one(*WORDS),
    "radiogroup": chosen,
    "checkbox": chosen,
    "dropdown": chosen,
    "tagbox": chosen,
    "boolean": boolean,
    "rating": rating,
    "matrix": matrix,
    "matrixdropdown": fixed_table,
    "matrixdynamic": growing_table,
    "paneldynamic": repetition,
    "file": file,
    "expression": expression,
    "html": html,
    "panel": panel,
}


def case(seed: int) -> Case:
    """Return a definition with answers; the same for the same seed."""
    made = Made(Random(seed))  # noqa: S311 - nothing secret
    listed = KINDS.split()
    kinds = made.random.sample(listed, made.random.randint(6, 14)) + made.random.choices(listed, k=4)
    calculated = []
    for number_, kind in enumerate(kinds):
        name = f"q{number_}"
        made.elements.append({"name": name, "type": kind})
        shared(made, made.elements[-1])
        answer = MAKERS[kind](made)
        made.names.setdefault(kind, []).append(name)
        if answer is not None and made.chance(0.75):
            made.answers[name] = answer
        if made.chance(0.15):
            calculated.append({"name": f"k{number_}", "expression": number_expression(made)})
            made.names.setdefault("calculated", []).append(f"k{number_}")
    half = len(made.elements) // 2
    pages: list[dict[str, Any]] = [
        {"name": "one", "elements": made.elements[:half]},
        {"name": "two", "elements": made.elements[half:]},
    ]
    if made.chance(0.3):
        pages[1]["visibleIf"] = condition_expression(made)
    definition = {"pages": pages, "calculatedValues": calculated}
    unlooked(definition, made.answers)
    return {"definition": definition, "answers": made.answers}
