"""Rules of a form as conditions of what they show: the target is there when the trigger has one value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules.convert.grantform.form import Form, Known
from luotsi.questionnaires.rules.convert.printing import Untranslatable, printed
from luotsi.questionnaires.rules.expressions.nodes import Literal

INCLUDE = "includeIf"
type Told = dict[str, dict[str, list[str]]]  # conditions by target and trigger


def put_conditions(form: Form, rules: object) -> None:
    """Put the conditions of a form on its elements. Of one trigger any of its values is enough; triggers add up."""
    told: Told = {}
    for place, rule in enumerate(rules if isinstance(rules, list) else []):
        at = f"/rules/{place}"
        if not isinstance(rule, Mapping) or rule.get("type") != INCLUDE:
            form.lost(at, "expression", "", rule.get("type") if isinstance(rule, Mapping) else type(rule).__name__)
            continue
        _rule(form, rule, at, told)
    for target, triggers in told.items():
        parts = [_any(conditions) for conditions in triggers.values()]
        alone = len(parts) == 1
        text = parts[0] if alone else " and ".join(f"({part})" if " or " in part else part for part in parts)
        form.known[target].data["visibleIf"] = text
        if not alone:
            form.lost("/rules", "changed", form.known[target].name, f"{INCLUDE}: {text}")


def _any(conditions: list[str]) -> str:
    return " or ".join(dict.fromkeys(conditions))


def _rule(form: Form, rule: Mapping[str, Any], at: str, told: Told) -> None:
    trigger, targets, params = rule.get("triggerId"), rule.get("targetIds"), rule.get("params")
    known = form.known.get(trigger) if isinstance(trigger, str) else None
    value = params.get("triggerValue") if isinstance(params, Mapping) else None
    if known is None or not known.name or isinstance(value, list | Mapping) or value is None:
        form.lost(at, "expression", "", f"{trigger} = {value}")
        return
    for target in targets if isinstance(targets, list) else [targets]:
        there = form.known.get(target) if isinstance(target, str) else None
        if there is None or not {"name", "value"} & set(there.data) or there.data is known.data:
            form.lost(at, "expression", "", f"{target}: {trigger} = {value}")
            continue
        try:
            condition = _condition(known, there, value)
        except Untranslatable as fault:
            form.lost(at, "expression", there.name, f"{trigger} = {fault}")
        else:
            told.setdefault(str(target), {}).setdefault(str(trigger), []).append(condition)


def _condition(trigger: Known, target: Known, value: object) -> str:
    """Return a condition in the words of the target's place. Raises Untranslatable where it cannot see the trigger."""
    if trigger.around and trigger.around != target.around:
        raise Untranslatable(trigger.name)
    name = f"{trigger.prefix}.{trigger.name}" if trigger.around else trigger.name
    return f"{{{name}}} {'contains' if trigger.is_many else '='} {printed(Literal(value))}"
