"""Forms of the state's system for grants, in: their JSON as a definition, with what of it was left out.

Such a form is `{"content": [node], "rules": [rule]}`. A node has a `fieldClass` (formField, wrapperElement,
infoElement, button), a `fieldType`, an `id`, texts in Finnish and Swedish, and `params`; wrappers hold `children`. A
budget is told by its structure, a condition by a rule of the type `includeIf`: the targets are there when the trigger
has one value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.convert.grantform.conditions import put_conditions
from luotsi.questionnaires.rules.convert.grantform.form import Form, localised
from luotsi.questionnaires.rules.convert.grantform.nodes import pages_of
from luotsi.questionnaires.rules.convert.loss import Loss

__all__ = ["from_grant_form", "is_grant_form"]


def is_grant_form(data: object) -> bool:
    """Return True for JSON that is a form of the state's system for grants, whatever is wrong in it."""
    if not isinstance(data, Mapping) or "pages" in data or "elements" in data:
        return False
    content = data.get("content")
    return isinstance(content, list) and any(isinstance(one, Mapping) and "fieldClass" in one for one in content)


def from_grant_form(data: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """Return a form as a definition, and what of it was left out or became something else.

    Args:
        data: The JSON of the form.

    Raises:
        NotAValue: It is no JSON, or nested too deep.
    """
    plain = values.checked(data, depth=values.DEEPEST)
    form = Form()
    for key in sorted(set(plain) - {"content", "rules", "name"}):
        form.lost(f"/{key}", "key", "", key)
    made: dict[str, Any] = {"locale": "fi"}
    if title := localised(plain.get("name")):
        made["title"] = title
    made["pages"] = pages_of(form, plain["content"])
    put_conditions(form, plain.get("rules"))
    return made, tuple(form.losses)
