"""What keeps a report from being frozen, as reasons with the thing each is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from luotsi.programme.rules.values import Text
from luotsi.reports.rules.content import Content, unknown_keys


class Why(StrEnum):
    """Kinds of blockers: a named person may answer the first two with a printed reason, the last is mended."""

    NO_ACTION = "no_action"
    NO_APPENDIX = "no_appendix"
    NO_SUCH_FIGURE = "no_such_figure"


MUST_BE_MENDED = frozenset({Why.NO_SUCH_FIGURE})


@dataclass(frozen=True, kw_only=True)
class Blocker:
    """One blocker: what is wrong, and about which finding, appendix or section."""

    why: Why
    about: str
    label: Text

    @property
    def key(self) -> str:
        """Its name in forms and in the kept reasons."""
        return f"{self.why}-{self.about}"

    @property
    def may_be_answered(self) -> bool:
        """Whether a reason is enough."""
        return self.why not in MUST_BE_MENDED


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What is asked of a negative finding or a required appendix: whether what it needs is there."""

    code: str
    label: Text
    is_there: bool


def blockers(findings: Iterable[Seen], appendices: Iterable[Seen], content: Content) -> list[Blocker]:
    """Return what keeps a report from being frozen.

    Args:
        findings: the negative findings that are still open; `is_there` tells whether an action is.
        appendices: the required appendices; `is_there` tells whether the document is.
        content: the report, whose written texts may name figures.
    """
    found = [
        Blocker(why=Why.NO_ACTION, about=finding.code, label=finding.label)
        for finding in findings
        if not finding.is_there
    ]
    found += [
        Blocker(why=Why.NO_APPENDIX, about=appendix.code, label=appendix.label)
        for appendix in appendices
        if not appendix.is_there
    ]
    for section in content.sections:
        if wrong := unknown_keys(section.own, content.figures):
            named = ", ".join(f"{{{key}}}" for key in wrong)
            label = Text(fi=named, sv=named, en=named)
            found.append(Blocker(why=Why.NO_SUCH_FIGURE, about=section.key, label=label))
    return found


def unanswered(found: Iterable[Blocker], reasons: Mapping[str, str]) -> list[Blocker]:
    """Return the blockers that no reason answers, those that must be mended always."""
    return [blocker for blocker in found if not blocker.may_be_answered or not reasons.get(blocker.key, "").strip()]
