"""Bands, reasons and gaps of scores in words: a sentence each, without blame, that serves learner and counsellor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luotsi.learning.models import Judgement
from luotsi.learning.rules.index import Gap, Why
from luotsi.learning.rules.using import Unused
from luotsi.ui.formatting import number

if TYPE_CHECKING:
    from luotsi.learning.models import Score

MARKS = {"first": "risk", "soon": "run", "fine": "done"}
GAPS = {
    Gap.PARTS: gettext_lazy("No parts of studies are known."),
    Gap.DAYS: gettext_lazy("Most parts of the studies have no day in the plan."),
    Gap.ABSENCES: gettext_lazy("Hours away in the last four weeks are not known."),
    Gap.JUDGEMENT: gettext_lazy("No teacher has judged the start of studies."),
}
UNUSED = {
    Unused.NOT_TOLD: gettext_lazy("The learner has not been told yet how study data are used: nothing is computed."),
    Unused.OBJECTED: gettext_lazy("The learner has objected: nothing is computed. Ordinary guidance goes on."),
    Unused.CONTESTED: gettext_lazy("The learner contests what is said: nothing is used until somebody has answered."),
    Unused.UPHELD: gettext_lazy(
        "The learner was found right: what was computed before is not used any more. It is computed anew each day, "
        "and used again once the records that were wrong have been mended."
    ),
    Unused.NOT_BEGUN: gettext_lazy(
        "The turn of this group has not come in the staggered start: nothing is computed, guidance goes on as before."
    ),
    Unused.OFF: gettext_lazy("Scores are switched off at this provider."),
    Unused.NONE: gettext_lazy("Nothing has been computed for this week."),
}
RECORDS = {
    "line": gettext_lazy("part of studies"),
    "plan": gettext_lazy("personal plan"),
    "right": gettext_lazy("right to study"),
    "absence": gettext_lazy("hours away"),
    "judgement": gettext_lazy("judgement"),
}


@dataclass(frozen=True)
class ReasonWords:
    """A reason in words, with the day of its record, what kind that is, and its anchor on the page of the learner."""

    words: str
    on: date
    record: str
    anchor: str


def reason_words(reasons: Sequence[Mapping[str, Any]]) -> tuple[ReasonWords, ...]:
    """Return reasons, as they are kept beside a score, in words."""
    return tuple(
        ReasonWords(
            words=_sentence(Why(one["why"]), one["params"]),
            on=date.fromisoformat(one["record"]["on"]),
            record=str(RECORDS[one["record"]["kind"]]),
            anchor=f"{one['record']['kind']}-{one['record']['ref']}",
        )
        for one in reasons
    )


def source_words(score: Score) -> str:
    """Return what counted a score: rules are called rules."""
    if score.model_id is None:
        return _("By rules (version %(version)s), without a model") % {"version": score.rules}
    return _("By a model (version %(version)s)") % {"version": score.model.number if score.model else ""}


def _sentence(why: Why, params: Mapping[str, str]) -> str:
    match why:
        case Why.LATE:
            return _late(params)
        case Why.AWAY:
            told = {"hours": number(Decimal(params["hours"])), "lessons": number(Decimal(params["lessons"]))}
            return _("Away %(hours)s of %(lessons)s hours of teaching in four weeks.") % told
        case Why.NO_PLAN:
            return _counted(params, _no_plan)
        case Why.STALE_PLAN:
            return _counted(params, _stale)
        case Why.SHOWING:
            return _showing(params)
        case Why.JUDGEMENT:
            label = str(Judgement.Value(int(params["value"])).label).lower()
            return _("A teacher judged whether studies go on by the plan: %(judgement)s.") % {"judgement": label}
        case Why.IDLE:
            return _counted(params, _idle)
        case Why.PAUSED:
            return _("Studies are interrupted.")


def _late(params: Mapping[str, str]) -> str:
    count = int(params["n"])
    told = {"weeks": number(Decimal(params["weeks"])), "name": params["name"], "n": count - 1}
    if count < 2:
        return _("%(weeks)s weeks late by the plan: %(name)s.") % told
    return (
        ngettext(
            "%(weeks)s weeks late by the plan: %(name)s and %(n)s other part.",
            "%(weeks)s weeks late by the plan: %(name)s and %(n)s other parts.",
            count - 1,
        )
        % told
    )


def _showing(params: Mapping[str, str]) -> str:
    count = int(params["n"])
    return ngettext(
        "The planned day of %(n)s demonstration has passed: %(name)s.",
        "The planned days of %(n)s demonstrations have passed, first %(name)s.",
        count,
    ) % {"n": count, "name": params["name"]}


def _counted(params: Mapping[str, str], sentence: Any) -> str:
    count = int(params["days"])
    return str(sentence(count)) % {"n": number(count)}


def _no_plan(count: int) -> str:
    return ngettext(
        "No personal plan %(n)s day after studies began.", "No personal plan %(n)s days after studies began.", count
    )


def _stale(count: int) -> str:
    return ngettext(
        "The personal plan was last changed %(n)s day ago.",
        "The personal plan was last changed %(n)s days ago.",
        count,
    )


def _idle(count: int) -> str:
    return ngettext("No part was passed in %(n)s day.", "No part was passed in %(n)s days.", count)
