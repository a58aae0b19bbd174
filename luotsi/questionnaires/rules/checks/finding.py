"""Finds what a set of checks says about answers, with both sides of the evidence.

Names in a rule are the roles of the definition, besides the names of its questions:

* `{cost}`: what the answers of a role come to, in the section (scope area) or in all of them (scope whole);
* `{financing}`: the same for a group of roles that the set names;
* `{cost.blank}`, `{cost.given}`: how many of them are blank, and how many are not;
* `{summary.grant}`: what the summary tells of a role for the section, or in all;
* `{summary.grant.of}`: the other sections whose own figure is what the summary tells for this one;
* `{area}`, `{selected}`: key of the section, and whether it was chosen in the question with the role `area`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.checks.roles import AREA, Given, areas, given, summed
from luotsi.questionnaires.rules.checks.rule import Evidence, Finding, Rule, RuleSet, Scope
from luotsi.questionnaires.rules.definition import Definition
from luotsi.questionnaires.rules.evaluation.scopes import RowScope
from luotsi.questionnaires.rules.expressions import Budget, Exhausted, holds

STEPS = 200_000
MOST = 500  # findings
PLACE = re.compile(r"\{([^{}]{1,100})\}")


class Facts:
    """What a rule can ask about one section, or about the whole, and which answers each value is made of."""

    def __init__(self, found: tuple[Given, ...], groups: Mapping[str, tuple[str, ...]]) -> None:
        self.values: dict[str, Any] = {}
        self.fields: dict[str, tuple[str, ...]] = {}
        roles = {role: (role,) for role in dict.fromkeys(one.role for one in found)}
        summary: dict[str, Any] = {}
        for name, held in {**roles, **groups}.items():
            own = tuple(one for one in found if one.role in held and not one.summary)
            again = tuple(one for one in found if one.role in held and one.summary)
            self._tell(name, own)
            if again:
                summary[name] = self.values[f"summary.{name}"] = summed(again)
                self.fields[f"summary.{name}"] = tuple(one.name for one in again)
        self.values["summary"] = summary

    def _tell(self, name: str, found: tuple[Given, ...]) -> None:
        blank = sum(one.value is None for one in found)
        self.values[name] = summed(found)
        self.values[f"{name}.blank"], self.values[f"{name}.given"] = blank, len(found) - blank
        names = tuple(one.name for one in found)
        self.fields[name] = names
        self.fields[f"{name}.blank"] = tuple(one.name for one in found if one.value is None)
        self.fields[f"{name}.given"] = tuple(one.name for one in found if one.value is not None)


def findings(
    rule_set: RuleSet,
    definition: Definition,
    answers: Mapping[str, Any],
    *,
    now: datetime,
    language: str = "fi",
    worked_out: Mapping[str, Any] | None = None,
    budget: Budget | None = None,
) -> tuple[Finding, ...]:
    """Return the rules that hold, in the order of the set and of the sections; raises nothing.

    Args:
        rule_set: The checks.
        definition: The questionnaire.
        answers: Its answers, the hidden ones too: a section that is not chosen may still hold money.
        now: The moment, in the time of the place and without a zone.
        language: In which the words are wanted.
        worked_out: `calculated` of the evaluation, for names and roles of values worked out.
        budget: How much work it may take; a rule that is past it is told as if it held.
    """
    data = dict(answers)
    worked = worked_out or {}
    found = given(definition, data, worked)
    sections = _sections(definition, found, rule_set.groups)
    whole = Facts(found, rule_set.groups)
    spent = budget or Budget(STEPS)
    whole_scope = {"": RowScope({**data, **worked, **whole.values}, now)}
    scopes = {area: RowScope({**data, **worked, **facts.values}, now) for area, facts in sections.items()}
    told: list[Finding] = []
    for rule in rule_set.rules:
        is_area = rule.scope is Scope.AREA
        for area, scope in (scopes if is_area else whole_scope).items():
            if _holds(rule, scope, spent) and len(told) < MOST:
                told.append(_finding(rule, area, sections[area] if is_area else whole, scope.data, language))
    return tuple(told)


def _holds(rule: Rule, scope: RowScope, budget: Budget) -> bool:
    """Return True when something is wrong, or when it takes too much work to know: better told than missed."""
    try:
        return holds(rule.node, scope, budget)
    except Exhausted:
        return True


def _sections(
    definition: Definition, found: tuple[Given, ...], groups: Mapping[str, tuple[str, ...]]
) -> dict[str, Facts]:
    """Return what can be asked about each section by its area."""
    chosen = next((one for one in found if one.role == AREA), None)
    keys = areas(definition)
    made = {key: Facts(tuple(one for one in found if one.area == key), groups) for key in keys}
    for key, facts in made.items():
        value = chosen.value if chosen is not None else None
        listed = value if isinstance(value, list) else [value]
        facts.values |= {"area": key, "selected": any(values.same(one, key) for one in listed)}
        facts.fields |= {"selected": (chosen.name,) if chosen else (), "area": ()}
        for name, told in list(facts.values["summary"].items()):
            others = [other for other in keys if other != key and made[other].values.get(name) is not None]
            own = facts.values.get(name)
            swapped = told is not None and not (own is not None and values.same(told, own))
            like = [other for other in others if swapped and values.same(made[other].values[name], told)]
            facts.values[f"summary.{name}.of"] = ", ".join(like)
            facts.fields[f"summary.{name}.of"] = tuple(field for other in like for field in made[other].fields[name])
    return made


def _finding(rule: Rule, area: str, facts: Facts, data: Mapping[str, Any], language: str) -> Finding:
    evidence = tuple(Evidence(name, _value(data, name), _fields(facts, data, name)) for name in rule.evidence)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=_filled(rule.texts.in_language(language).text, data),
        evidence=evidence,
        fix=_filled(rule.fix.in_language(language).text, data),
        area=area,
        source=rule.source,
    )


def _fields(facts: Facts, data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return facts.fields.get(name, (name,) if name in data else ())


def _value(data: Mapping[str, Any], name: str) -> Any:
    if name in data:
        return data[name]
    first, _point, rest = name.partition(".")
    held = data.get(first)
    return held.get(rest) if isinstance(held, Mapping) else None


def _filled(text: str, data: Mapping[str, Any]) -> str:
    """Return a text with its {names} replaced by their values; – where there is none."""

    def value(match: re.Match[str]) -> str:
        return "".join(_written(_value(data, match[1])))

    return PLACE.sub(value, text)


def _written(value: Any) -> Iterator[str]:
    if values.is_number(value):
        yield values.plain(value)
    elif values.is_empty(value):
        yield "–"
    else:
        yield str(value)[:200] if isinstance(value, str) else values.dumps(value)[:200]
