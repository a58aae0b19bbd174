"""The words of every gap that taking a plan in can leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from luotsi.programme.rules.observed import Gap

WORDS: dict[str, _StrPromise] = {
    "participant.unit": _("There is no education provider with the municipality number %(number)s at the owner."),
    "observation.unit": _(
        "Told in “%(unit)s”, but indicator %(indicator)s is told in “%(wanted)s”: kept in the plan only."
    ),
    "observation.number": _("There is no single number for indicator %(indicator)s: kept in the plan only."),
    "observation.period": _(
        "The time “%(period)s” is no single period of indicator %(indicator)s: kept in the plan only."
    ),
    "derived.share": _("The formula is no share A / B * 100 of indicator %(indicator)s: kept in the plan only."),
    "target.incomplete": _("A target of %(indicator)s lacks its value or its period: kept in the plan only."),
    "figure.differs": _("An approved figure of %(indicator)s in %(period)s differs. Change it there, with a reason."),
}


def sentence(gap: Gap) -> str:
    """Return what a gap says in the active language."""
    return str(WORDS[gap.code]) % gap.params
