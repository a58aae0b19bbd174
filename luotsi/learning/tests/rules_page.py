"""The rules as docs/study-rules.md must list them, made of the rules and their words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from luotsi.learning.queries.owner_words import OWNERS, SEVERITIES
from luotsi.learning.queries.rule_words import WORDS
from luotsi.learning.rules.checks import PLANS, RIGHTS, TOGETHER, TUVA, Rule

FAMILIES = (
    ("Rights to study (K)", RIGHTS),
    ("Preparatory studies (T)", TUVA),
    ("Personal plans (H)", PLANS),
    ("Right and plan together (X)", TOGETHER),
)


def lines() -> Iterator[str]:
    """Yield the lines of the list in English, family by family."""
    with translation.override("en"):
        for head, rules in FAMILIES:
            yield f"## {head}"
            for rule in rules:
                yield ""
                yield from _rule(rule)
            yield ""


def _rule(rule: Rule) -> Iterator[str]:  # type: ignore[type-arg]  # of any document
    words = WORDS[rule.code]
    days = [
        *([f"from {rule.since.isoformat()}"] if rule.since else []),
        *([f"until {rule.until.isoformat()}"] if rule.until else []),
    ]
    told = [str(SEVERITIES[rule.severity]), str(OWNERS[rule.owner]), *days, *([rule.source] if rule.source else [])]
    yield f"### {rule.code} {words.title}"
    yield ""
    yield f"- {'; '.join(told)}."
    yield f"- Why: {words.why}"
    yield f"- Mend: {words.fix}"
    if words.funding:
        yield f"- Funding: {words.funding}"
