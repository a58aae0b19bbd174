"""The words of every fault that reading a definition can find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.questionnaires.rules.definition import Fault

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS: dict[str, _StrPromise] = {
    "choice.twice": _("The value “%(value)s” is given twice."),
    "choice.value": _("A choice needs a value: a text, a number, true or false."),
    "choices.missing": _("There is nothing to choose for “%(name)s”."),
    "expression.function.arguments": _("The function %(name)s takes another number of values (sign %(column)s)."),
    "expression.function.unknown": _("There is no function %(name)s (sign %(column)s)."),
    "expression.missing": _("“%(name)s” has no expression to work out."),
    "expression.property": _("Properties of questions cannot be read: %(name)s (sign %(column)s)."),
    "expression.too_deep": _("The expression is nested deeper than %(limit)s (sign %(column)s)."),
    "expression.too_long": _("The expression is longer than %(limit)s characters."),
    "expression.unreadable": _("The expression makes no sense from sign %(column)s on."),
    "faults.many": _("There are more than %(limit)s faults; the rest was not looked at."),
    "kind.unknown": _("There is no kind of question “%(kind)s”."),
    "limit.depth": _("Panels stand in more than %(limit)s panels."),
    "limit.elements": _("There are more than %(limit)s elements."),
    "limit.expressions": _("All expressions together are longer than %(limit)s characters."),
    "limit.list": _("There are more than %(limit)s under “%(key)s”."),
    "limit.text": _("The text is longer than %(limit)s characters."),
    "name.characters": _("The name “%(name)s” has braces, brackets or control characters, or is too long."),
    "name.missing": _("It needs a name."),
    "name.twice": _("The name “%(name)s” is given twice."),
    "not_json": _("The definition is no JSON that can be read."),
    "number.range": _("“%(key)s” must be a whole number from %(least)s to %(most)s."),
    "pages.missing": _("There is nothing to answer."),
    "pattern": _("The pattern “%(pattern)s” cannot be used."),
    "range.reversed": _("“%(key)s” is more than the most."),
    "rating.range": _("The scale has no steps, or too many."),
    "type": _("“%(key)s” must be of the type %(wanted)s."),
    "unknown": _("The key “%(key)s” has no meaning here; it is kept."),
    "unsupported": _("The key “%(key)s” is not supported, and leaving it out would change the questionnaire."),
    "validator.unknown": _("There is no validator “%(kind)s”."),
    "word": _("“%(key)s” cannot be “%(word)s”; it can be %(words)s."),
}


def sentence(fault: Fault) -> str:
    """Return what a fault says in the active language."""
    return str(WORDS[fault.code]) % fault.params
