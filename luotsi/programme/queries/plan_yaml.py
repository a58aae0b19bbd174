"""A plan as the text of a plan file, which reads back as an equal plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.programme.rules.documents import to_json
from luotsi.programme.rules.values import LANGUAGES, NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.programme.rules.plan import Plan

WIDTH = 119
# Words that other readers of YAML take for something else than text, and those that mean "nothing" here.
_TAKEN = frozenset({"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "none"})


def yaml_of(plan: Plan) -> str:
    """Return the text of a plan file: keys in the order of docs/plan-files.md, texts in one language without a map."""
    import yaml

    class Writer(yaml.SafeDumper):
        """Writes no anchors, indents lists, and sets texts that look like something else in quotation marks."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

    def text(writer: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        plain = (bool(NUMBER.fullmatch(value)) and not value.startswith(("0", "+"))) or value == "0"
        quoted = not plain and (value.lower() in _TAKEN or value[:1].isdigit() or value[:1] in ".+-")
        style = '"' if quoted or "\n" in value else None
        tag = "tag:yaml.org,2002:int" if plain and "." not in value else "tag:yaml.org,2002:float" if plain else None
        return writer.represent_scalar(tag or "tag:yaml.org,2002:str", value, style=style)

    Writer.add_representer(str, text)
    tree = _shortened(to_json(plan), plan.language)
    how: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": WIDTH, "default_flow_style": False}
    return str(yaml.dump(tree, Dumper=Writer, **how))


def _shortened(value: Any, language: str) -> Any:
    """Return a tree in which a text in the plan's own language alone stands without the name of the language."""
    if isinstance(value, dict):
        if list(value) == [language] and _is_text(value):
            return value[language]
        return {name: _shortened(part, language) for name, part in value.items()}
    if isinstance(value, list):
        return [_shortened(part, language) for part in value]
    return value


def _is_text(value: Mapping[str, Any]) -> bool:
    return value.keys() <= set(LANGUAGES) and all(isinstance(part, str) for part in value.values())
