"""What keeps a report from being frozen, as reasons with the thing each is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from luotsi.programme.rules.values import Text
from luotsi.reports.rules.content import Content, unknown_keys


class Why(StrEnum):
    """Kinds of blockers: a named person may answer all but the last with a printed reason, the last is mended."""

    NO_ACTION = "no_action"
    NO_OWNER = "no_owner"
    NO_DUE_DAY = "no_due_day"
    NO_APPENDIX = "no_appendix"
    NO_SUCH_FIGURE = "no_such_figure"


MUST_BE_MENDED = frozenset({Why.NO_SUCH_FIGURE})


@dataclass(frozen=True, kw_only=True)
class Blocker:
    """One blocker: what is wrong, and about which finding, appendix or section, or which findings together."""

    why: Why
    about: str
    label: Text

    @property
    def key(self) -> str:
        """Its name in forms and in the kept reasons; of another set of findings it is another."""
        return f"{self.why}-{self.about.replace(', ', '+')}"

    @property
    def may_be_answered(self) -> bool:
        """Whether a reason is enough."""
        return self.why not in MUST_BE_MENDED


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """What is asked of a negative finding that is still open: whether its action is told, who owns it, until when."""

    code: str
    label: Text
    has_action: bool
    has_owner: bool
    has_due_day: bool


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What is asked of a required appendix: whether the document is there."""

    code: str
    label: Text
    is_there: bool


def blockers(findings: Iterable[Deviation], appendices: Iterable[Seen], content: Content) -> list[Blocker]:
    """Return what keeps a report from being frozen: each finding without an action; actions without owner or due day.

    Actions that lack the same are one blocker, because one reason answers them: a source that names no owners names
    none at all. A finding without an action is told once and not blamed for the owner of an action it has not.

    Args:
        findings: the negative findings that are still open.
        appendices: the required appendices; `is_there` tells whether the document is.
        content: the report, whose written texts may name figures.
    """
    asked = list(findings)
    found = [
        Blocker(why=Why.NO_ACTION, about=finding.code, label=finding.label)
        for finding in asked
        if not finding.has_action
    ]
    lacking = {
        Why.NO_OWNER: [finding.code for finding in asked if finding.has_action and not finding.has_owner],
        Why.NO_DUE_DAY: [finding.code for finding in asked if finding.has_action and not finding.has_due_day],
    }
    for why, codes in lacking.items():
        if about := ", ".join(codes):
            found.append(Blocker(why=why, about=about, label=Text(fi=about, sv=about, en=about)))
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
