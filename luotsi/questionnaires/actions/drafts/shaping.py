"""Changes to a draft, element by element; each is one revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.drafts.keeping import Written, save_draft
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.queries.authoring.refusal_words import sentence
from luotsi.questionnaires.rules import shaping
from luotsi.questionnaires.rules.shaping import Shaped, ShapingRefused

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.questionnaires.models import QuestionnaireVersion

SHAPES: Mapping[str, Callable[[Mapping[str, Any], str], Shaped]] = {
    "up": lambda data, at: shaping.moved(data, at, -1),
    "down": lambda data, at: shaping.moved(data, at, 1),
    "copy": shaping.copied,
    "remove": shaping.removed,
}


def shape_draft(
    *, draft: QuestionnaireVersion, revision: int, deed: str, at: str, by: Account | None
) -> tuple[QuestionnaireVersion, str]:
    """Move, copy or remove an element; return the draft and where the element, or the one beside it, stands now.

    Args:
        draft: The draft.
        revision: Number of the revision that was on view.
        deed: up, down, copy or remove.
        at: JSON pointer of the element.
        by: Who changed it.

    Raises:
        QuestionnaireRefused: it cannot be done, or somebody else has changed the draft since.
    """
    made = _shaped(lambda: SHAPES[deed](draft.definition, at))
    return _saved(draft, revision, made, f"{deed} {at}", by), made.at


def add_element(
    *,
    draft: QuestionnaireVersion,
    revision: int,
    holder: str,
    kind: str,
    name: str,
    title: Mapping[str, str],
    by: Account | None,
) -> tuple[QuestionnaireVersion, str]:
    """Add an element at the end of another, "" = the whole; return the draft and where the new element stands.

    Raises:
        QuestionnaireRefused: it cannot stand there, its name is taken, or somebody else has changed the draft since.
    """
    made = _shaped(lambda: shaping.added(draft.definition, holder, kind, name, title))
    return _saved(draft, revision, made, f"add {kind} {made.at}", by), made.at


def change_element(
    *,
    draft: QuestionnaireVersion,
    revision: int,
    at: str,
    values: Mapping[str, Any],
    name: str = "",
    holder: str = "",
    by: Account | None,
) -> tuple[QuestionnaireVersion, str]:
    """Change what an element says, perhaps its name and where it stands; return the draft and its place.

    Args:
        draft: The draft.
        revision: Number of the revision that was on view.
        at: JSON pointer of the element; "" is the questionnaire as a whole.
        values: New values by key; None takes a key away.
        name: Another name; every expression and rule that names the element follows.
        holder: Pointer of the page or panel to which it moves, "" = it stays.
        by: Who changed it.

    Raises:
        QuestionnaireRefused: the result could not be read, the name is taken, or somebody else has changed the draft.
    """
    rules = draft.rule_set

    def shape() -> Shaped:
        nonlocal rules
        made = shaping.changed(draft.definition, at, values)
        if name and at:
            rules = shaping.renamed_rules(rules, made.data, at, name)
            made = shaping.renamed(made.data, at, name)
        return shaping.moved_to(made.data, at, holder) if holder else made

    made = _shaped(shape)
    return _saved(draft, revision, made, f"change {at or '/'}", by, rules=rules), made.at


def change_kind(
    *, draft: QuestionnaireVersion, revision: int, at: str, kind: str, by: Account | None
) -> QuestionnaireVersion:
    """Give a question another kind; what both kinds know stays, what is lost was told before. Returns the draft.

    Args:
        draft: The draft.
        revision: Number of the revision that was on view.
        at: JSON pointer of the question.
        kind: One of the kinds that its own can become.
        by: Who changed it.

    Raises:
        QuestionnaireRefused: it cannot have that kind, or somebody else has changed the draft since.
    """
    made = _shaped(lambda: Shaped(shaping.turned(draft.definition, at, kind).data, at))
    return _saved(draft, revision, made, f"kind {kind} {at}", by)


def save_texts(
    *, draft: QuestionnaireVersion, revision: int, texts: Mapping[str, Mapping[str, str]], by: Account | None
) -> QuestionnaireVersion:
    """Keep translations by the pointers of texts. Raises QuestionnaireRefused as the others do."""
    made = _shaped(lambda: shaping.with_texts(draft.definition, texts))
    return _saved(draft, revision, made, f"translate {len(texts)}", by)


def save_rules(
    *, draft: QuestionnaireVersion, revision: int, rule_set: Any, by: Account | None
) -> QuestionnaireVersion:
    """Keep another rule set, None for none. Raises QuestionnaireRefused with every fault of it."""
    written = Written(draft.definition, rule_set, "rules")
    return save_draft(draft=draft, revision=revision, written=written, by=by)


def _shaped(shape: Callable[[], Shaped]) -> Shaped:
    try:
        return shape()
    except ShapingRefused as refusal:
        field = "name" if refusal.code.startswith("name.") else ""
        if refusal.fault is not None:
            field = refusal.fault.at.rpartition("/")[2]
        raise QuestionnaireRefused(Reason(sentence(refusal), field=field)) from None


def _saved(
    draft: QuestionnaireVersion, revision: int, made: Shaped, deed: str, by: Account | None, **more: Any
) -> QuestionnaireVersion:
    rules = more.get("rules", draft.rule_set)
    return save_draft(draft=draft, revision=revision, written=Written(made.data, rules, deed[:200]), by=by)
