"""Makes up walks from a seed: a questionnaire that is answered question by question while others come and go."""

from __future__ import annotations

from random import Random
from typing import Any

from luotsi.questionnaires.tests.excluding import shortened, steady, straight, unlooked
from luotsi.questionnaires.tests.generating import CHOICES, Case, Made, case


def walk(seed: int) -> Case:
    """Return a definition whose hidden answers are cleared in one of the four ways, and answers one after the other.

    Each step is the name of a question and its answer, null = emptied; what makes others come and go is answered anew
    time and again.
    """
    made, found = Made(Random(seed)), case(seed)  # noqa: S311 - nothing secret
    definition, answers = found["definition"], found["answers"]
    definition["clearInvisibleValues"] = ("none", "onComplete", "onHidden", "onHiddenContainer")[seed % 4]
    asked = [one for page in definition["pages"] for one in page["elements"]]
    asked += [inner for one in asked for inner in one.get("elements", ())]
    for question in asked:
        question.pop("enableIf", None)
        if made.chance(0.15) and question["type"] not in {"panel", "html"}:
            question["clearIfInvisible"] = made.one("none", "onComplete", "onHidden", "onHiddenContainer")
        steady(question, clears=seed % 4 > 1 or "onHidden" in question.get("clearIfInvisible", ""))
        shortened(question)
    straight(definition)
    unlooked(definition, {})
    known = {question["name"]: question for question in asked}
    begun = [name for name in answers if name in known]
    made.random.shuffle(begun)
    steps: list[list[Any]] = [[name, answers[name]] for name in begun]
    for name, answer in steps:
        for panel_ in answer if known[name]["type"] == "paneldynamic" else ():
            panel_.pop("i", None)
    moving = [name for name in begun if known[name]["type"] in {"text", "boolean", "checkbox", "radiogroup", "rating"}]
    for _number in range(14 if moving else 0):
        name = made.random.choice(moving)
        steps.append([name, other(made, known[name], answers[name])])
    return {"definition": definition, "steps": steps}


def other(made: Made, question: dict[str, Any], answer: Any) -> Any:
    """Return another answer to a question, null for none."""
    if made.chance(0.2):
        return None
    if question["type"] == "boolean":
        return made.one(True, False)
    if question["type"] == "rating":
        return made.random.randint(1, 5)
    if question["type"] == "checkbox":
        return made.random.sample(CHOICES[1:], made.random.randint(1, 3))
    if question["type"] == "radiogroup":
        return made.one(*CHOICES[1:])
    return made.number() if question.get("inputType") == "number" else answer
