"""The words of a matter before a body or an officer, made from the records: heading, background, proposed decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base.names import Names
from luotsi.funding.models import BoardItem, Call
from luotsi.funding.queries.counting import Figures, figures_of
from luotsi.funding.queries.own_shares import decision_of, need_of
from luotsi.funding.rules.decision_text import Outcome
from luotsi.ui import formatting

if TYPE_CHECKING:
    from decimal import Decimal

    from luotsi.funding.models import Application, GrantDecision
    from luotsi.funding.rules.shares import Need

LANGUAGES = ("fi", "sv")


@dataclass(frozen=True)
class MatterWords:
    """What is proposed, in Finnish and Swedish."""

    title: Names
    background: Names
    proposal: Names


def words_of(application: Application, matter: str) -> MatterWords:
    """Return the words of a matter of an application; what the records do not know is told as not known."""
    figures = figures_of(application)
    wanted = need_of(application, figures)

    def both(make: Callable[[_Told], str]) -> Names:
        made = {}
        for code in LANGUAGES:
            with translation.override(code):
                made[code] = make(_Told(application, figures, wanted, matter, code))
        return Names(**made)

    return MatterWords(both(_title), both(_background), both(_proposal))


@dataclass(frozen=True)
class _Told:
    """An application and the language in which it is told."""

    application: Application
    figures: Figures
    need: Need
    matter: str
    language: str

    @property
    def decision(self) -> GrantDecision | None:
        """The decision of the funder, None while it is not known."""
        return decision_of(self.application)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the sentences."""
        one = self.application
        call = one.call
        return {
            "project": one.names.best(self.language)[0],
            "purpose": one.purposes.best(self.language)[0],
            "unit": one.unit.names.best(self.language)[0],
            "call": call.names.best(self.language)[0],
            "funder": call.funder.names.best(self.language)[0],
            "register": call.register_number,
            "applied": formatting.euros(self.figures.applied),
            "own": formatting.euros(self.need.amount),
            "total": formatting.euros(self.figures.total),
            "granted": formatting.euros(self.decision.granted if self.decision else None),
        }


def _title(told: _Told) -> str:
    words = {
        BoardItem.Matter.APPLY: _("Applying for a grant: %(project)s"),
        BoardItem.Matter.COMMIT: _("Own share of a grant that has been applied for: %(project)s"),
        BoardItem.Matter.ACCEPT: _("Accepting a grant: %(project)s"),
        BoardItem.Matter.FILED: _("Application for a grant, for information: %(project)s"),
        BoardItem.Matter.RESULT: _("Decision on a grant, for information: %(project)s"),
    }
    return words[BoardItem.Matter(told.matter)] % told.values


def _background(told: _Told) -> str:
    make = _of_result if told.matter in {BoardItem.Matter.RESULT, BoardItem.Matter.ACCEPT} else _of_application
    return "\n\n".join(make(told))


def _of_application(told: _Told) -> Iterator[str]:
    one, call, values = told.application, told.application.call, told.values
    words = _("Funder: %(funder)s. Call: %(call)s.") % values
    if call.register_number:
        words += " " + _("Register number: %(register)s.") % values
    yield words + _closing(told)
    if values["purpose"]:
        yield _("The project “%(project)s”: %(purpose)s") % values
    else:
        yield _("The project is “%(project)s”.") % values
    yield " ".join(_sums(told))
    starts, ends = told.figures.starts_on, told.figures.ends_on
    if starts and ends:
        days = {"start": formatting.day(starts), "end": formatting.day(ends)}
        yield _("The period of use is %(start)s–%(end)s.") % days
        if ends < starts:
            yield _("The period ends before it begins: it is told as it is in the records.")
    else:
        yield _("The period of use is not stated.")
    if one.submitted_at:
        yield _("The application was handed in on %(day)s.") % {"day": formatting.day(one.submitted_at)}


def _closing(told: _Told) -> str:
    call = told.application.call
    if call.closes_at:
        return " " + _("The call closes on %(moment)s.") % {"moment": formatting.moment(call.closes_at)}
    if call.closes_on:
        return " " + _("The call closes on %(day)s; it does not state a time.") % {
            "day": formatting.day(call.closes_on)
        }
    return ""


def _sums(told: _Told) -> Iterator[str]:
    call, values = told.application.call, told.values
    if told.figures.applied is None:
        yield _("The grant to be applied for is not known.")
    else:
        yield _("The grant applied for is %(applied)s.") % values
    yield _own_share(told)
    if told.figures.total is None:
        yield _("The total cost is not stated.")
    else:
        yield _("The total cost is %(total)s.") % values
    if call.grant_percent is None:
        yield _("The call states no percentage of the grant.")
    else:
        yield _most(call.share_base) % {"percent": _percent(call.grant_percent)}


def _most(base: str) -> str:
    """Return the sentence that tells how large a part the grant may be, and of what: each base in its own case."""
    return {
        Call.Base.TOTAL.value: _("The grant is at most %(percent)s of the total cost."),
        Call.Base.ELIGIBLE.value: _("The grant is at most %(percent)s of the eligible costs."),
    }.get(base) or _("The grant is at most %(percent)s; of what, the call does not state.")


def _percent(percent: Decimal) -> str:
    """Return a percentage with the decimals that it has."""
    exponent = percent.normalize().as_tuple().exponent
    return formatting.percent(percent / 100, max(0, -exponent) if isinstance(exponent, int) else 0)


def _own_share(told: _Told) -> str:
    if told.need.amount is None:
        return _("The own share is not known.")
    if told.need.origin == "call":
        return _("The smallest own share by the terms of the call is %(own)s.") % told.values
    return _("The own share is %(own)s.") % told.values


def _of_result(told: _Told) -> Iterator[str]:
    decision, values = told.decision, told.values
    yield _("Funder: %(funder)s. Call: %(call)s.") % values
    yield _("The project is “%(project)s”.") % values + " " + _("The grant applied for was %(applied)s.") % values
    if decision is None:
        yield _("The decision of the funder is not known.")
        return
    if decision.outcome == Outcome.REFUSED:
        words = _("The funder has decided not to grant the money.")
    else:
        words = _("The funder has granted %(granted)s.") % {"granted": formatting.euros(decision.granted)}
    if decision.decided_on:
        words += " " + _("The decision is dated %(day)s.") % {"day": formatting.day(decision.decided_on)}
    else:
        words += " " + _("The day of the decision is not known.")
    yield words
    if told.matter == BoardItem.Matter.ACCEPT:
        yield _own_share(told)
    if decision.reasons:
        yield _("Reasons: %(reasons)s") % {"reasons": decision.reasons}
    elif decision.outcome == Outcome.REFUSED:
        yield _("The reasons of the decision are not known.")


def _proposal(told: _Told) -> str:
    values = told.values
    match told.matter:
        case BoardItem.Matter.APPLY:
            words = _("A grant of %(applied)s is applied for the project “%(project)s”. Funder: %(funder)s.") % values
            return f"{words} {_paying(told)}"
        case BoardItem.Matter.COMMIT:
            words = _("A grant has been applied for the project “%(project)s”. Funder: %(funder)s.") % values
            return f"{words} {_paying(told)}"
        case BoardItem.Matter.ACCEPT:
            words = _("The grant of %(granted)s for the project “%(project)s” is accepted with its terms.") % values
            return f"{words} {_paying(told)}"
        case BoardItem.Matter.FILED:
            words = _("The application that was handed in for the project “%(project)s” is noted.") % values
            return words + " " + _("Noting commits no money.")
        case _:
            return _("The decision of the funder on the project “%(project)s” is noted.") % values


def _paying(told: _Told) -> str:
    if told.need.amount is None:
        return _("The own share is not known, so that nothing is committed.")
    return _("The own share of %(own)s is paid from the budget of the unit: %(unit)s.") % told.values
