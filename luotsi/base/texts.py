"""Texts that a provider writes in one to three languages, as they are kept in a JSON column."""

from __future__ import annotations

from collections.abc import Mapping

from luotsi.base.names import ORDER, Names


def kept(names: Names) -> dict[str, str]:
    """Return what is kept: the languages that have a text."""
    return {code: text for code in ORDER if (text := str(getattr(names, code)))}


def names_of(kept: Mapping[str, str] | None) -> Names:
    """Return what was kept as names; nothing where nothing was."""
    given = kept or {}
    return Names(**{code: str(given.get(code) or "") for code in ORDER})
