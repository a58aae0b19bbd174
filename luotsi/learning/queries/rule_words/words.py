"""What is told of a rule: in general, of one finding, why it matters, how it is mended, what funding hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Words:
    """The words of one rule; `message` has a place for each value that the rule tells, `funding` is "" for most."""

    title: _StrPromise
    message: _StrPromise
    fix: _StrPromise
    why: _StrPromise
    funding: _StrPromise | str = ""


REFUSED = _("KOSKI refuses the right to study, and what was changed in it does not reach the register.")
PLAN_REFUSED = _("eHOKS refuses the plan, and what was changed in it does not reach the service.")
LATE = _("Progress is counted against the plan: with wrong days somebody seems late, or on time, who is not.")
DONE = _("Figures of progress and completion are counted from it, and from nothing else.")
WORK = _("Figures of learning at work differ between the register and the plan, and nobody knows which is right.")
PREPARATORY = _("KOSKI does not let preparatory studies be completed with it.")

YEARS = _("Student years are counted from the days of presence that have a source of funding.")
RESULTS = _("Qualifications and competence points count for funding once they are graded and confirmed.")
