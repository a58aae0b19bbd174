"""What the page of one call shows: everything it states, and what it does not state said as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.funding import access
from luotsi.funding.models import Call
from luotsi.funding.queries.applying import begin_refusal
from luotsi.funding.queries.closing import closing_words, days_left, left_words
from luotsi.funding.queries.fitting import FitRow, planned
from luotsi.funding.queries.history import History, history_of
from luotsi.funding.queries.state_words import CALL_MARKS, MARKS, call_word
from luotsi.funding.rules.rights import Right
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.ui.formatting import day, euros, language, moment, number

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class Stated:
    """One thing that a call may state; `is_stated` False where it is silent. `source` is the place in the call."""

    label: str
    words: str
    is_stated: bool = True
    source: str = ""


@dataclass(frozen=True)
class ApplicationLine:
    """An application of this unit to the call."""

    names: Names
    unit: Names
    url: str
    mark: str
    word: str


@dataclass(frozen=True)
class CallPage:
    """One call as a reader sees it from a unit."""

    names: Names
    funder: Names
    mark: str
    word: str
    left: str
    text: Names
    eligibility: Names
    url: str
    dates: tuple[Stated, ...]
    rules: tuple[Stated, ...]
    areas: tuple[Names, ...]
    cost_classes: tuple[Names, ...]
    fits: tuple[FitRow, ...]
    applications: tuple[ApplicationLine, ...]
    history: History
    form_name: str
    begin_url: str
    why_not: str
    public_url: str
    edit_url: str
    mirror_url: str


def call_page(visitor: Visitor, scope: Unit, call: Call) -> CallPage:
    """Return the page of a call."""
    state, here = call.state_at(clock.now()), [scope.key, call.owner.key, call.slug]
    keeps = access.may_do(visitor, Right.PREPARE, call.owner) and call.kind == Call.Kind.WATCHED
    begins = access.may_do(visitor, Right.PREPARE, scope) and state != "withdrawn"
    why_not = begin_refusal(call, scope) if begins and call.kind == Call.Kind.OWN else ""
    return CallPage(
        names=call.names,
        funder=call.funder.names,
        mark=CALL_MARKS[state],
        word=call_word(state),
        left=left_words(days_left(call, clock.today())) if state in {"open", "coming"} else "",
        text=call.told,
        eligibility=call.who_may_apply,
        url=call.url,
        dates=tuple(dates_of(call)),
        rules=tuple(rules_of(call)),
        areas=tuple(names_of(area) for area in call.areas),
        cost_classes=tuple(names_of(one) for one in call.cost_classes),
        fits=planned(visitor, scope).rows(call),
        applications=tuple(_lines(visitor, scope, call)),
        history=history_of(visitor, scope, call),
        form_name=call.collection.names.text if call.collection else "",
        begin_url=reverse("funding:begin-application", args=here) if begins and not why_not else "",
        why_not=why_not,
        public_url=public_url(call),
        edit_url=reverse("funding:edit-call", args=here) if keeps else "",
        mirror_url=reverse("funding:mirror-form", args=here) if keeps else "",
    )


def public_url(call: Call) -> str:
    """Return the address of the page that everybody may read; nothing where there is none."""
    is_public = call.kind == Call.Kind.OWN and call.published_at is not None
    return reverse("funding:see-public-call", args=[call.owner.key, call.slug]) if is_public else ""


def form_name(call: Call) -> str:
    """Return the title of the form that applications to the call are written on; nothing where there is none."""
    version = call.collection.version if call.collection else call.mirror or call.form
    if version is None:
        return ""
    return (
        f"{definition_of(version).title.in_language(language()).text or version.questionnaire.key} {version.version}"
    )


def _lines(visitor: Visitor, scope: Unit, call: Call) -> Iterator[ApplicationLine]:
    for one in access.applications_visible_to(visitor, scope).filter(call=call):
        url = reverse("funding:see-application", args=[scope.key, one.pk])
        yield ApplicationLine(one.names, one.unit.names, url, MARKS[one.state], one.get_state_display())


def _told(label: str, words: str, silent: str = "", source: str = "") -> Stated:
    return Stated(label, words, True, source) if words else Stated(label, silent or _("not stated"), False)


def dates_of(call: Call) -> Iterator[Stated]:
    """Yield the days that a call states."""
    yield _told(_("Opens"), moment(call.opens_at) if call.opens_at else "")
    yield Stated(_("Closes"), closing_words(call), call.last_day is not None)
    yield _told(_("Decision expected by"), day(call.decides_by) if call.decides_by else "")
    used = f"{day(call.starts_on)} – {day(call.ends_on)}" if call.starts_on or call.ends_on else ""
    yield _told(_("Time of use"), used)
    yield _told(_("Register number"), call.register_number)


def rules_of(call: Call) -> Iterator[Stated]:
    """Yield the terms that a call states."""
    yield _told(_("Sum to be granted"), _budget(call))
    yield _share(call)
    yield _told(_("Largest grant"), euros(call.grant_max) if call.grant_max is not None else "")
    cents = {True: _("Cents allowed"), False: _("Whole euros only"), None: ""}[call.in_cents]
    yield _told(_("Sums"), cents)
    percent = "" if call.transfer_percent is None else f"{number(call.transfer_percent)} %"
    yield _told(_("Transfers without a change request up to"), percent, source=call.transfer_source)
    days = "" if call.change_days is None else ngettext("%(n)s day", "%(n)s days", call.change_days)
    yield _told(_("Change requests before the end"), days % {"n": call.change_days} if days else "")


def _budget(call: Call) -> str:
    if call.budget is None:
        return ""
    words = euros(call.budget)
    return _("about %(sum)s") % {"sum": words} if call.limits.get("budget_is_about") else words


def _share(call: Call) -> Stated:
    """Return the own share that the call asks for; where it states no percentage, none is assumed."""
    label = _("Own share")
    if call.grant_percent is not None:
        words = _("at least %(own)s %% of %(base)s: the grant is at most %(grant)s %%") % {
            "own": number(100 - call.grant_percent),
            "base": call.get_share_base_display().lower(),
            "grant": number(call.grant_percent),
        }
        return Stated(label, words, True, call.share_source)
    share = call.limits.get("share")
    if isinstance(share, Mapping) and share.get("base") == "grant":
        words = _("at least %(own)s %% of the grant") % {"own": number(Decimal(str(share["percent"])))}
        return Stated(label, words, True, str(share.get("source") or ""))
    return Stated(label, _("the call states none"), False)
