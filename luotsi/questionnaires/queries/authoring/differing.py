"""How two versions of a questionnaire differ, item by item and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.questionnaires.queries.authoring.labels import label_of
from luotsi.questionnaires.queries.authoring.outline import title_of
from luotsi.questionnaires.queries.parts import Words
from luotsi.questionnaires.rules import shaping
from luotsi.questionnaires.rules.shaping import Change, Weight
from luotsi.questionnaires.rules.shaping.places import ShapingRefused, value_at
from luotsi.questionnaires.rules.shaping.words import home_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from luotsi.questionnaires.models import Questionnaire, QuestionnaireVersion

WEIGHTS: dict[Weight, tuple[str, _StrPromise]] = {
    Weight.MAJOR: ("risk", gettext_lazy("Earlier answers do not fit")),
    Weight.MINOR: ("run", gettext_lazy("More or otherwise asked")),
    Weight.PATCH: ("none", gettext_lazy("Wording and order")),
}
SENTENCES: dict[str, _StrPromise] = {
    "added": gettext_lazy("Added."),
    "removed": gettext_lazy("Removed."),
    "moved": gettext_lazy("Moved to another place."),
    "renamed": gettext_lazy("Has another name."),
    "words": gettext_lazy("%(key)s reads differently."),
    "condition": gettext_lazy("%(key)s is another expression."),
    "choice.added": gettext_lazy("%(key)s: one more."),
    "choice.removed": gettext_lazy("%(key)s: one less."),
    "choice.words": gettext_lazy("%(key)s: one reads or behaves differently."),
    "limit": gettext_lazy("%(key)s has changed."),
    "kind": gettext_lazy("%(key)s has changed."),
    "key": gettext_lazy("%(key)s has changed."),
    "marks": gettext_lazy("What it means to Luotsi, or its marks of personal data, have changed."),
    "rules": gettext_lazy("The rule set has changed."),
    "calculated": gettext_lazy("The calculated value %(key)s has changed."),
}


@dataclass(frozen=True)
class ChangeLine:
    """One difference in words, with both sides where there are any."""

    words: str
    mark: str
    weight: str
    before: str
    after: str
    language: str


@dataclass(frozen=True)
class ChangedItem:
    """An element with everything that differs in it."""

    title: Words
    name: str
    lines: tuple[ChangeLine, ...]


def newest_published(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """Return the version that was published last."""
    return questionnaire.versions.published().order_by("-published_at", "-pk").first()


def changes_since(before: QuestionnaireVersion, after: QuestionnaireVersion) -> tuple[Change, ...]:
    """Return what differs between two versions, or a version and a draft."""
    old, new = shaping.begun(before.definition), shaping.begun(after.definition)
    return shaping.differences(old, new, before.rule_set, after.rule_set)


def items_of(
    changes: tuple[Change, ...], before: QuestionnaireVersion, after: QuestionnaireVersion, language: str
) -> tuple[ChangedItem, ...]:
    """Return differences gathered by element, in their order."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        name = change.name if change.level != "whole" else ""
        found.setdefault((change.level, name), []).append(change)
    return tuple(
        ChangedItem(_title(held[0], before, after, language), name, tuple(_line(one) for one in held))
        for (_level, name), held in found.items()
    )


def _title(change: Change, before: QuestionnaireVersion, after: QuestionnaireVersion, language: str) -> Words:
    if change.level == "whole":
        return Words(_("The questionnaire as a whole"))
    version = before if change.what == "removed" else after
    data = shaping.begun(version.definition)
    try:
        return title_of(value_at(data, change.at), home_language(data), language)
    except ShapingRefused:
        return Words(change.name)


def _line(change: Change) -> ChangeLine:
    mark, weight = WEIGHTS[change.weight]
    key, _space, code = change.detail.partition(" ")
    words = str(SENTENCES[change.what]) % {"key": label_of(key, code) if change.what != "calculated" else change.name}
    return ChangeLine(words, mark, str(weight), change.before, change.after, code)


def told_shortly(changes: tuple[Change, ...], most: int = 3) -> tuple[str, ...]:
    """Return the first differences as short sentences with their names, and how many more there are."""
    found = [f"{change.name}: {_line(change).words}" if change.name else _line(change).words for change in changes]
    more = len(found) - most
    return tuple(found) if more <= 0 else (*found[:most], _("and %(count)s more") % {"count": more})
