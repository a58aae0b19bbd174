"""Texts that are missing in a language which the definition claims to have."""

from __future__ import annotations

from collections.abc import Iterator

from luotsi.questionnaires.rules.definition import Definition
from luotsi.questionnaires.rules.lint.defect import Defect, Severity
from luotsi.questionnaires.rules.lint.outline import Outline


def missing(outline: Outline) -> Iterator[Defect]:
    """Yield each text and language in which it is not there; what has no letters needs no translation."""
    languages = claimed(outline.definition)
    for at, name, text in outline.texts:
        if not any(sign.isalpha() for said in text.texts.values() for sign in said[:2_000]):
            continue
        for language in languages:
            if not text.has(language):
                said = text.in_language(language)
                params = {"language": language, "text": said.text[:80]}
                yield Defect(
                    f"translation.{language}" if language in HOUSE else "translation.other",
                    Severity.WARN,
                    at,
                    (name,) if name else (),
                    params,
                )


HOUSE = {"fi", "sv", "en"}


def claimed(definition: Definition) -> tuple[str, ...]:
    """Return the languages a definition claims: those it lists under `x-luotsi`, else those it has texts in."""
    listed = definition.x.get("languages")
    if isinstance(listed, list) and all(isinstance(code, str) for code in listed):
        return tuple(dict.fromkeys(code for code in listed if code))[:20]
    return definition.languages


CHECKS = (missing,)
