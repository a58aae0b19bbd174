"""What a conversion could not carry over, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.questionnaires.rules.convert import Loss

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS: dict[str, _StrPromise] = {
    "element": _("There is no such kind of question there (%(detail)s): it is left out or becomes several questions."),
    "key": _("“%(detail)s” has no counterpart and is left out."),
    "changed": _("“%(detail)s” comes out in another form, or with fewer languages."),
    "semantics": _("Our own semantics are left out: %(detail)s."),
    "expression": _("An expression cannot be said there: %(detail)s."),
    "condition": _("“%(detail)s” cannot be said in a schema; the evaluation checks it."),
    "column": _("The column or its content has no counterpart: %(detail)s."),
    "type": _("The type of the row has no counterpart: %(detail)s."),
}


def sentence(loss: Loss) -> str:
    """Return what a loss says in the active language."""
    return str(WORDS[loss.what]) % {"detail": loss.detail}
