"""SurveyJS JSON in and out.

A definition is SurveyJS JSON already; what comes in is brought to the profile that is understood here, and what is
refused is taken out and told. What goes out has its keys in one order, and our own semantics beside it if wanted.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.loss import Loss
from luotsi.questionnaires.rules.definition import Fault, read
from luotsi.questionnaires.rules.definition.keys import ALIASES

OURS = "x-luotsi"
FIRST = ("type", "value", "name", "title", "text", "description", "locale", "cellType", "inputType")
LAST = ("elements", "templateElements", "columns", "rows", "choices", "validators", "pages", "calculatedValues", OURS)
WHOLE = {"defaultValue", "defaultRowValue", "defaultPanelValue", "correctAnswer", OURS}
ROUNDS = 20
# Faults that are mended by taking out what they are about; those of an element take the whole element.
BY_KEY = {"unsupported", "pattern", "expression.unreadable", "expression.too_long", "expression.too_deep"}
BY_ELEMENT = {"kind.unknown", "validator.unknown", "name.twice", "choice.twice", "choice.value"}


@dataclass(frozen=True)
class Converted:
    """A definition in another form, what was lost on the way, and our semantics by place where they stand apart."""

    result: dict[str, Any]
    losses: tuple[Loss, ...] = ()
    side_car: Mapping[str, Any] = field(default_factory=dict)


def from_surveyjs(data: Mapping[str, Any], side_car: Mapping[str, Any] | None = None) -> Converted:
    """Return a definition of SurveyJS brought to the profile; what is not understood is told and left out.

    Args:
        data: The JSON of a survey.
        side_car: Our semantics by JSON pointer, as `to_surveyjs` gives them.

    Raises:
        NotAValue: It is no JSON, or nested too deep.
    """
    plain = values.checked(data, depth=values.DEEPEST)
    result = _renamed(plain)
    for at, ours in (side_car or {}).items():
        holder = _found(result, _steps(at))
        if isinstance(holder, dict):
            holder[OURS] = values.checked(ours)
    losses: list[Loss] = []
    for _round in range(ROUNDS):
        wrong = [fault for fault in read(result).faults if _mendable(fault)]
        if not wrong:
            break
        # From the end, so that the places of what comes before stay as they are.
        for place in sorted({_place(fault) for fault in wrong}, key=_order, reverse=True):
            fault = next(fault for fault in wrong if _place(fault) == place)
            if _take_out(result, place):
                losses.append(_loss(fault, place))
    return Converted(result, tuple(losses))


def to_surveyjs(data: Mapping[str, Any], *, apart: bool = False) -> Converted:
    """Return a definition with its keys in order; with `apart` our semantics stand beside it, by JSON pointer.

    Raises:
        NotAValue: It is no JSON, or nested too deep.
    """
    result = _ordered(values.checked(data, depth=values.DEEPEST))
    side_car = dict(_taken(result, "")) if apart else {}
    return Converted(result, (), side_car)


def _mendable(fault: Fault) -> bool:
    return fault.code in BY_KEY | BY_ELEMENT or fault.code.startswith("expression.function")


def _place(fault: Fault) -> str:
    """Return what is taken out to mend a fault: the key, or the element that it is the name of."""
    if fault.code in BY_ELEMENT and fault.at.endswith("/name"):
        return fault.at.removesuffix("/name")
    return fault.at


def _loss(fault: Fault, place: str) -> Loss:
    what = "element" if fault.code in BY_ELEMENT else "expression" if fault.code.startswith("expression") else "key"
    detail = (
        fault.params.get("kind") or fault.params.get("key") or fault.params.get("name") or place.rpartition("/")[2]
    )
    return Loss(place, what, detail=str(detail))


def _steps(at: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in at.split("/")[1:]]


def _order(at: str) -> list[tuple[int, str]]:
    return [(int(step), "") if step.isdigit() else (-1, step) for step in _steps(at)]


def _found(data: Any, steps: list[str]) -> Any:
    here = data
    for step in steps:
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        else:
            return None
    return here


def _take_out(data: Any, at: str) -> bool:
    """Take out what stands at a place; False where nothing does."""
    *steps, last = _steps(at) or [""]
    holder = _found(data, steps)
    if isinstance(holder, dict) and last in holder:
        del holder[last]
        return True
    if isinstance(holder, list) and last.isdigit() and int(last) < len(holder):
        del holder[int(last)]
        return True
    return False


def _renamed(value: Any) -> Any:
    """Return a definition with the names that SurveyJS gives its keys now."""
    return _through(value, lambda held: {ALIASES.get(key, key): item for key, item in held.items()})


def _ordered(value: Any) -> Any:
    """Return a definition with its keys in one order: what it is called first, what it holds last."""
    return _through(value, lambda held: {key: held[key] for key in sorted(held, key=_rank)})


def _rank(key: str) -> tuple[int, int, str]:
    if key in FIRST:
        return 0, FIRST.index(key), ""
    return (2, LAST.index(key), "") if key in LAST else (1, 0, key)


def _through(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_through(item, change) for item in value]
    if isinstance(value, dict):
        return {
            key: copy.deepcopy(item) if key in WHOLE else _through(item, change) for key, item in change(value).items()
        }
    return value


def _taken(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Take our semantics out of a definition, and yield them with the place of what they are about."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _taken(item, f"{at}/{place}")
    elif isinstance(value, dict):
        if OURS in value:
            yield at, value.pop(OURS)
        for key, item in value.items():
            if key not in WHOLE:
                yield from _taken(item, f"{at}/{key.replace('~', '~0').replace('/', '~1')}")
