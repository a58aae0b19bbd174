"""Words of preparatory studies: parts, permits, kinds of studies, and what is said of a plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from luotsi.learning.rules.koski import State
from luotsi.learning.rules.tuva.completion import Gap, Lack
from luotsi.learning.rules.tuva.judging import Point, Remark
from luotsi.learning.rules.tuva.limits import CAPS
from luotsi.learning.rules.tuva.paths import Studies
from luotsi.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping


def part_name(code: str) -> str:
    """Return what a part is called in the national requirements; its code where it is unknown."""
    names = {
        "101": _("Study and career planning skills"),
        "102": _("Working life skills and learning at work"),
        "103": _("Everyday skills and participation in society"),
        "104": _("Optional studies"),
        "105": _("Vocational studies and preparing for them"),
        "106": _("General upper secondary studies and preparing for them"),
        "107": _("Strengthening basic skills"),
    }
    return names.get(code, code)


def part_bounds(code: str) -> str:
    """Return how many weeks a part may have, in words."""
    return _("%(least)s–%(most)s weeks") % {"least": weeks(CAPS[code].least), "most": weeks(CAPS[code].most)}


def permit_name(code: str) -> str:
    """Return what a permit is called; "" where the register tells none."""
    names = {
        "ammatillinen": _("Permit of vocational education"),
        "lukio": _("Permit of general upper secondary education"),
        "perusopetus": _("Permit of basic education"),
    }
    return names.get(code, code)


def studies_name(kind: Studies) -> str:
    """Return what an item is studies of."""
    return {
        Studies.OWN: _("preparatory studies"),
        Studies.VOCATIONAL: _("studies of a vocational qualification"),
        Studies.GENERAL: _("studies of general upper secondary education"),
        Studies.RAISED: _("raising a grade of basic education"),
    }[kind]


def weeks(amount: Decimal) -> str:
    """Return an amount of weeks as a number, with decimals only where it has any."""
    return formatting.number(amount)


def weeks_words(amount: Decimal) -> str:
    """Return an amount of weeks in words."""
    count = 1 if amount == 1 else 2
    return ngettext("%(n)s week", "%(n)s weeks", count) % {"n": weeks(amount)}


def state_words(state: State) -> str:
    """Return in which state a break is told to the register of studies."""
    return _("holiday") if state is State.HOLIDAY else _("temporarily interrupted")


def gap_words(gap: Gap) -> str:
    """Return what stands in the way of completion."""
    told = {"part": part_name(gap.part), "has": weeks(gap.has), "needs": weeks(gap.needs)}
    match gap.lack:
        case Lack.PLANNING | Lack.SHORT:
            return _("%(part)s: %(has)s of at least %(needs)s weeks.") % told
        case Lack.OTHERS:
            return _("Two other parts are needed, each of a week or more. There are %(has)s.") % told
        case Lack.OVER:
            return _("%(part)s: %(has)s weeks, and at most %(needs)s count.") % told
        case Lack.OVERALL:
            return _("All together %(has)s weeks, and at most %(needs)s fit.") % told


def addition_words(added: Mapping[str, Decimal]) -> str:
    """Return the fewest weeks that complete studies, part by part."""
    return ", ".join(f"{part_name(part)} {weeks_words(amount)}" for part, amount in added.items())


def remark_words(remark: Remark) -> str:
    """Return what is said of a plan as a full sentence."""
    told = {name: _value(value) for name, value in remark.values.items()}
    return _SENTENCES[remark.point](remark, told | {"part": part_name(remark.part)})


def _value(value: object) -> str:
    if isinstance(value, Decimal):
        return weeks(value)
    return formatting.day(value) if isinstance(value, date) else str(value)


def _home(remark: Remark, told: dict[str, Any]) -> str:
    words = {"what": studies_name(Studies(str(remark.values["studies"]))), "home": part_name(told["home"])}
    return _("%(what)s belong to the part “%(home)s”.") % words


def _permit(_remark: Remark, told: dict[str, Any]) -> str:
    words = {"permit": permit_name(told["permit"]), "told": permit_name(told["told"])}
    return _("The plan was made for: %(permit)s. The register now tells: %(told)s. A permit never changes.") % words


def _gap(remark: Remark, _told: dict[str, Any]) -> str:
    return gap_words(remark.gap) if remark.gap else ""


_SENTENCES: dict[Point, Callable[[Remark, dict[str, Any]], str]] = {
    Point.AMOUNT: lambda _r, told: _("Give more than 0 weeks."),
    Point.PART: lambda _r, told: _("Preparatory studies have no part %(part)s.") % told,
    Point.OVER: _gap,
    Point.OVERALL: _gap,
    Point.PERMIT: _permit,
    Point.HOME: _home,
    Point.TURNED: lambda _r, told: _("The last day is before the first day."),
    Point.EARLY: lambda _r, told: _("It begins %(day)s, before the studies do (%(begins)s).") % told,
    Point.UNNAMED: lambda _r, told: _("%(part)s: say what is studied.") % told,
    Point.GRADES: lambda r, told: _(
        "Raising a grade needs the present grade and a better one to aim at. Other studies have no grades."
    ),
    Point.PLANNING: _gap,
    Point.OTHERS: _gap,
    Point.SHORT: _gap,
    Point.LATE: lambda _r, told: _("%(part)s goes on until %(day)s, past the end of the right (%(last)s).") % told,
    Point.FULL: lambda _r, told: (
        _("In the week of %(week)s there are %(load)s weeks of studies, and the pace is %(most)s.") % told
    ),
    Point.LESS: lambda _r, told: _("%(part)s: %(done)s weeks are done, and only %(planned)s are in the plan.") % told,
    Point.UNDATED: lambda _r, told: _("%(part)s has no days yet.") % told,
}


def what_choices() -> list[tuple[str, str]]:
    """Return what an item can be: a part, and where it has several, of what studies; the keys are `part:studies`."""
    named = {
        ("105", Studies.OWN): _("preparing for vocational studies"),
        ("105", Studies.VOCATIONAL): studies_name(Studies.VOCATIONAL),
        ("106", Studies.OWN): _("preparing for general upper secondary studies"),
        ("106", Studies.GENERAL): studies_name(Studies.GENERAL),
        ("107", Studies.OWN): pgettext("part of TUVA", "strengthening"),
        ("107", Studies.RAISED): studies_name(Studies.RAISED),
    }
    found = []
    for code in CAPS:
        kinds = [kind for part, kind in named if part == code]
        if not kinds:
            found.append((f"{code}:{Studies.OWN}", f"{part_name(code)} ({part_bounds(code)})"))
        for kind in kinds:
            found.append((f"{code}:{kind}", f"{part_name(code)}: {named[code, kind]} ({part_bounds(code)})"))
    return found
