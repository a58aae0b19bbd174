"""What everybody may read of the calls of this installation: the list, one call, a feed and open data. No persons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.texts import kept, names_of
from luotsi.funding.access import public_calls
from luotsi.funding.queries.applying import eligible_words
from luotsi.funding.queries.call_pages import Stated, dates_of, form_name, rules_of
from luotsi.funding.queries.closing import days_left, left_words
from luotsi.funding.queries.documents import call_document
from luotsi.funding.queries.own_call_pages import CriterionRow, MovedRow, criterion_rows, moved_rows
from luotsi.funding.queries.state_words import CALL_MARKS, call_word
from luotsi.ui.formatting import exact_moment

if TYPE_CHECKING:
    from decimal import Decimal

    from luotsi.funding.models import Call

FORMAT = 1
LANGUAGES = ("fi", "sv", "en")
GROUPS = ("open", "coming", "closed", "withdrawn")
MOST = 200


@dataclass(frozen=True)
class PublicRow:
    """A call of the public list."""

    names: Names
    url: str
    funder: Names
    text: Names
    mark: str
    word: str
    opens: datetime | None
    closes: datetime | None
    left: str
    budget: Decimal | None


@dataclass(frozen=True)
class PublicGroup:
    """The calls of one state, with its word as the heading."""

    key: str
    title: str
    rows: tuple[PublicRow, ...]


@dataclass(frozen=True)
class PublicCall:
    """A call as everybody reads it."""

    names: Names
    funder: Names
    text: Names
    eligibility: Names
    eligible: str
    state: str
    mark: str
    word: str
    left: str
    closes: str
    clock: str
    dates: tuple[Stated, ...]
    rules: tuple[Stated, ...]
    areas: tuple[Names, ...]
    cost_classes: tuple[Names, ...]
    criteria: tuple[CriterionRow, ...]
    form: str
    moved: tuple[MovedRow, ...]
    withdrawn_at: datetime | None
    withdrawn_because: Names


def address_of(call: Call) -> str:
    """Return the address of the public page of a call."""
    return reverse("funding:see-public-call", args=[call.owner.key, call.slug])


def public_list() -> tuple[PublicGroup, ...]:
    """Return the published calls by state, open ones first; those that close soonest stand first among the open."""
    now = clock.now()
    found: dict[str, list[PublicRow]] = {key: [] for key in GROUPS}
    for call in public_calls()[:MOST]:
        found[call.state_at(now)].append(_row(call, now))
    for key in ("open", "coming"):
        found[key].reverse()
    titles = {
        "open": _("Open calls"),
        "coming": _("Coming calls"),
        "closed": _("Closed calls"),
        "withdrawn": _("Withdrawn calls"),
    }
    return tuple(PublicGroup(key, titles[key], tuple(rows)) for key, rows in found.items() if rows)


def _row(call: Call, now: datetime) -> PublicRow:
    state = call.state_at(now)
    return PublicRow(
        names=call.names,
        url=address_of(call),
        funder=call.funder.names,
        text=call.told,
        mark=CALL_MARKS[state],
        word=call_word(state),
        opens=call.opens_at,
        closes=call.closes_at,
        left=left_words(days_left(call, clock.today())) if state == "open" else "",
        budget=call.budget,
    )


def public_page(call: Call) -> PublicCall:
    """Return a call as everybody reads it, or will read it once it is published."""
    state = call.state_at(clock.now())
    return PublicCall(
        names=call.names,
        funder=call.funder.names,
        text=call.told,
        eligibility=call.who_may_apply,
        eligible=eligible_words(call),
        state=state,
        mark=CALL_MARKS[state],
        word=call_word(state),
        left=left_words(days_left(call, clock.today())) if state == "open" else "",
        closes=exact_moment(call.closes_at) if call.closes_at else "",
        clock=exact_moment(clock.now()),
        dates=tuple(dates_of(call)),
        rules=tuple(rules_of(call)),
        areas=tuple(names_of(area) for area in call.areas),
        cost_classes=tuple(names_of(one) for one in call.cost_classes),
        criteria=tuple(criterion_rows(call, edits=False)),
        form=form_name(call),
        moved=moved_rows(call),
        withdrawn_at=call.withdrawn_at,
        withdrawn_because=names_of(call.withdrawn_because),
    )


def changed_at(call: Call) -> datetime:
    """Return when what everybody reads of a published call changed last."""
    moved = [datetime.fromisoformat(one["at"]) for one in call.postponed]
    return max(found for found in (call.published_at, call.withdrawn_at, *moved) if found is not None)


def feed(language: str, root: str) -> str:
    """Return the newest published calls as an Atom feed (RFC 4287) in one of `LANGUAGES`.

    Args:
        language: of the titles; a call that lacks it stands in the first language it has.
        root: scheme and host in front of addresses, without a slash at the end.
    """
    with translation.override(language):
        made = Atom1Feed(
            title=_("Calls for applications"),
            link=f"{root}{reverse('funding:list-public-calls')}",
            description=_("Calls that are open, coming and closed"),
            language=language,
            feed_url=f"{root}{reverse('funding:follow-calls', args=[language])}",
            feed_guid=f"{root}{reverse('funding:list-public-calls')}",
        )
        newest = sorted(public_calls()[:MOST], key=changed_at, reverse=True)
        for call in newest:
            made.add_item(
                title=call.names.text,
                link=f"{root}{address_of(call)}",
                description=_summary(call),
                unique_id=f"urn:uuid:{call.pk}",
                pubdate=call.published_at,
                updateddate=changed_at(call),
                categories=(call.state_at(clock.now()),),
                author_name=call.funder.names.text,
            )
        return made.writeString("utf-8")


def _summary(call: Call) -> str:
    state = call.state_at(clock.now())
    parts = [f"{call_word(state)}."]
    if call.opens_at and state == "coming":
        parts.append(_("Opens %(when)s.") % {"when": exact_moment(call.opens_at)})
    if call.closes_at:
        parts.append(_("Closes %(when)s.") % {"when": exact_moment(call.closes_at)})
    for words in (names_of(call.withdrawn_because).text, call.told.text):
        if words:
            parts.append(words)
    return " ".join(parts)


def open_data(root: str) -> dict[str, Any]:
    """Return every published call as open data (docs/open-calls.md). No person is in it."""
    return {
        "format": FORMAT,
        "as_of": clock.now().astimezone(clock.HELSINKI).isoformat(timespec="seconds"),
        "calls": [call_data(call, root) for call in public_calls().prefetch_related("criteria")[:MOST]],
    }


def call_data(call: Call, root: str) -> dict[str, Any]:
    """Return one published call as open data: its state and texts, and its terms in the format of calls."""
    return {
        "id": str(call.pk),
        "url": f"{root}{address_of(call)}",
        "state": call.state_at(clock.now()),
        "name": dict(call.name),
        "funder": kept(call.funder.names),
        "text": dict(call.text),
        "eligibility": dict(call.eligibility),
        "applicants": call.applicants or None,
        "eligible_units": list(call.eligible),
        "published_at": _iso(call.published_at),
        "opens_at": _iso(call.opens_at),
        "closes_at": _iso(call.closes_at),
        "closing_moved": [
            {name: _iso(datetime.fromisoformat(one[name])) for name in ("at", "closed_at", "closes_at")}
            | {"reason": one["reason"]}
            for one in call.postponed
        ],
        "withdrawn_at": _iso(call.withdrawn_at),
        "withdrawn_because": dict(call.withdrawn_because),
        "criteria": [
            {
                "name": dict(one.name),
                "told": dict(one.told),
                "weight": str(one.weight),
                "lowest": str(one.lowest),
                "highest": str(one.highest),
                "threshold": None if one.threshold is None else str(one.threshold),
            }
            for one in call.criteria.all()
        ],
        "terms": {"format": FORMAT, **call_document(call)},
    }


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(clock.HELSINKI).isoformat(timespec="seconds") if at else None


def as_json(found: dict[str, Any]) -> str:
    """Return open data as text."""
    return json.dumps(found, ensure_ascii=False, indent=1)
