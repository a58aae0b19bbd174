"""Reads a set of checks; whatever does not fit is a fault with its place, and the rule is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.checks.rule import ReadRules, Rule, RuleSet, Scope, Severity
from luotsi.questionnaires.rules.definition import Fault
from luotsi.questionnaires.rules.definition import Severity as Bad
from luotsi.questionnaires.rules.expressions import ExpressionError, parse
from luotsi.questionnaires.rules.texts import Localised, localised

MOST = 500  # rules of a set
LONGEST = 2_000  # characters of one text
ALL_LONGEST = 100_000  # characters of all expressions of a set
DEPTH = 8
NAMES = 20  # of the evidence of one rule
KNOWN = {"id", "severity", "scope", "when", "texts", "fix", "source", "evidence"}


class _Wrong(Exception):
    """One key of a rule does not fit."""

    def __init__(self, key: str, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.key, self.code, self.params = key, code, params


def read_rules(data: object) -> ReadRules:
    """Return the set of checks that a JSON object is; raises nothing."""
    try:
        plain = values.checked(data, depth=DEPTH)
    except (values.NotAValue, RecursionError) as fault:
        return ReadRules(None, (Fault("", "not_json", Bad.ERROR, {"why": str(fault)}),))
    if not isinstance(plain, Mapping) or not isinstance(plain.get("rules"), list):
        return ReadRules(None, (Fault("/rules", "type", Bad.ERROR, {"key": "rules", "wanted": "list"}),))
    faults: list[Fault] = []
    found: dict[str, Rule] = {}
    if len(plain["rules"]) > MOST:
        faults.append(Fault("/rules", "limit.list", Bad.ERROR, {"key": "rules", "limit": MOST}))
    left = ALL_LONGEST
    for place, item in enumerate(plain["rules"][:MOST]):
        at = f"/rules/{place}"
        left -= len(str(item.get("when", ""))) if isinstance(item, Mapping) else 0
        if left < 0:
            faults.append(Fault(f"{at}/when", "limit.text", Bad.ERROR, {"limit": ALL_LONGEST}))
            break
        try:
            rule = _rule(item)
        except _Wrong as wrong:
            faults.append(Fault(f"{at}/{wrong.key}".rstrip("/"), wrong.code, Bad.ERROR, wrong.params))
            continue
        if rule.id in found:
            faults.append(Fault(f"{at}/id", "name.twice", Bad.ERROR, {"name": rule.id}))
            continue
        found[rule.id] = rule
        faults += [Fault(f"{at}/{key}", "unknown", Bad.ERROR, {"key": key}) for key in item if key not in KNOWN]
    groups, wrong_groups = _groups(plain.get("groups"))
    key, version = str(plain.get("id") or ""), str(plain.get("version") or "")
    return ReadRules(RuleSet(key, version, tuple(found.values()), groups), (*faults, *wrong_groups))


def _rule(item: Any) -> Rule:
    if not isinstance(item, Mapping):
        raise _Wrong("", "type", key="", wanted="object")
    when = _text(item, "when")
    try:
        node = parse(when)
    except ExpressionError as fault:
        raise _Wrong("when", f"expression.{fault.code}", column=fault.column, **fault.params) from None
    evidence = item.get("evidence") or []
    if not isinstance(evidence, list) or len(evidence) > NAMES or not all(isinstance(name, str) for name in evidence):
        raise _Wrong("evidence", "type", key="evidence", wanted="list")
    return Rule(
        id=_text(item, "id"),
        severity=Severity(_word(item, "severity", tuple(Severity))),
        scope=Scope(_word(item, "scope", tuple(Scope))),
        when=when,
        node=node,
        texts=_localised(item, "texts", needed=True),
        fix=_localised(item, "fix"),
        source=_text(item, "source", needed=False),
        evidence=tuple(evidence),
    )


def _text(item: Mapping[str, Any], key: str, *, needed: bool = True) -> str:
    value = item.get(key)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(key, "type", key=key, wanted="text")
    return value.strip()


def _word(item: Mapping[str, Any], key: str, words: tuple[str, ...]) -> str:
    value = item.get(key)
    if not isinstance(value, str) or value not in words:
        raise _Wrong(key, "word", key=key, word=str(value)[:40], words=", ".join(words))
    return value


def _localised(item: Mapping[str, Any], key: str, *, needed: bool = False) -> Localised:
    try:
        text = localised(item.get(key))
    except ValueError:
        raise _Wrong(key, "type", key=key, wanted="localised") from None
    if needed and not text:
        raise _Wrong(key, "type", key=key, wanted="localised")
    if any(len(said) > LONGEST for said in text.texts.values()):
        raise _Wrong(key, "limit.text", limit=LONGEST)
    return text


def _groups(data: Any) -> tuple[dict[str, tuple[str, ...]], list[Fault]]:
    if data is None:
        return {}, []
    found = dict(_pairs(data))
    if not isinstance(data, Mapping) or len(found) != len(data):
        return found, [Fault("/groups", "type", Bad.ERROR, {"key": "groups", "wanted": "object"})]
    return found, []


def _pairs(data: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, roles in data.items() if isinstance(data, Mapping) else ():
        if isinstance(roles, list) and all(isinstance(role, str) for role in roles):
            yield name, tuple(roles)
