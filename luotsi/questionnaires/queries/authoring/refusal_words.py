"""Why a draft cannot be shaped as asked, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.questionnaires.queries import fault_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from luotsi.questionnaires.rules.shaping import ShapingRefused

WORDS: dict[str, _StrPromise] = {
    "place": _("The element is no longer there. Open the draft again."),
    "edge": _("It cannot be moved further in this direction."),
    "inside": _("Nothing can be moved into itself."),
    "kind": _("Such an element cannot stand here."),
    "name.characters": _("A name has at most 200 signs and no braces or brackets."),
    "name.taken": _("The name “%(name)s” is taken already."),
    "reference": _("Not every expression that names “%(name)s” can be written anew. Change them first."),
    "expression": _("This expression cannot be written anew by itself: %(text)s"),
}


def sentence(refusal: ShapingRefused) -> str:
    """Return the sentence in the active language."""
    if refusal.fault is not None:
        return fault_words.sentence(refusal.fault)
    return str(WORDS[refusal.code]) % refusal.params
