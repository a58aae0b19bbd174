"""What a unit is asked, what it has answered, and what came in where it asks others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.questionnaires import access
from luotsi.questionnaires.models import Collection, QuestionnaireVersion, Response, Submission
from luotsi.questionnaires.rules.rights import Right
from luotsi.ui.lists import Ask, Rows
from luotsi.ui.shell import NavEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit

LIGHT = ("version__definition", "version__rule_set")
HEAVY = ("answers", "pending", "tokens", *(f"collection__{name}" for name in LIGHT))
MOST = 100


@dataclass(frozen=True)
class ResponseLine:
    """A response in the list of its collection: its state in a mark and words, and where it is opened."""

    mark: str
    words: str
    changed_at: datetime
    label: str
    url: str


@dataclass(frozen=True)
class CollectionLine:
    """A collection that asks the unit or the visitor, with what has been answered to it."""

    names: Names
    asked_by: Names
    state: str
    closes_at: datetime | None
    responses: tuple[ResponseLine, ...]
    begin_url: str
    see_url: str

    @property
    def is_open(self) -> bool:
        """True while answers are taken."""
        return self.state == "open"


@dataclass(frozen=True)
class CollectionsPage:
    """The list of collections: open ones first, then those that come, then the closed ones."""

    lines: tuple[CollectionLine, ...]
    shared: tuple[ResponseLine, ...]
    may_define: bool
    versions: tuple[QuestionnaireVersion, ...]


def menu_entry(visitor: Visitor, scope: Unit) -> NavEntry:
    """Return the entry of this room in the main menu of a unit."""
    url = reverse("questionnaires:list-collections", args=[scope.key])
    return NavEntry(key="questionnaires", label=_("Questionnaires"), url=url)


def collections_page(visitor: Visitor, scope: Unit) -> CollectionsPage:
    """Return the collections along the unit with the visitor's responses; the number of queries stays the same."""
    now = clock.now()
    found = access.collections_visible_to(visitor, scope).select_related("owner").defer(*LIGHT)
    collections = sorted(found.order_by("-opens_at")[:MOST], key=lambda one: _order(one, now))
    responses: dict[object, list[Response]] = {}
    for response in access.responses_of(visitor, scope).defer(*HEAVY).annotate(last=Max("submissions__number")):
        responses.setdefault(response.collection_id, []).append(response)
    may_define = access.may_do(visitor, Right.DEFINE, scope)
    lines = [_line(visitor, scope, one, responses.get(one.pk, []), now) for one in collections]
    lines = [line for line in lines if line.responses or line.begin_url or line.see_url]
    versions = access.versions_of(visitor, scope).defer("definition", "rule_set") if may_define else ()
    return CollectionsPage(tuple(lines), _shared(visitor), may_define, tuple(versions[:MOST]))


def _order(collection: Collection, now: datetime) -> tuple[int, float]:
    place = ("open", "coming", "closed").index(collection.state_at(now))
    moment = collection.closes_at.timestamp() if collection.closes_at else float("inf")
    return place, moment if place < 2 else -moment


def _line(
    visitor: Visitor, scope: Unit, collection: Collection, responses: Sequence[Response], now: datetime
) -> CollectionLine:
    state = collection.state_at(now)
    begins = state == "open" and (collection.many or not responses) and access.may_begin(visitor, scope, collection)
    received = access.may_do(visitor, Right.RECEIVE, collection.owner)
    args: list[object] = [scope.key, collection.pk]
    return CollectionLine(
        names=collection.names,
        asked_by=collection.owner.names,
        state=state,
        closes_at=collection.closed_at or collection.closes_at,
        responses=tuple(_response(response, state) for response in responses),
        begin_url=reverse("questionnaires:begin-response", args=args) if begins else "",
        see_url=_see_url(collection, args, received=received, results=access.may_do(visitor, Right.RESULTS, scope)),
    )


def _see_url(collection: Collection, args: list[object], *, received: bool, results: bool) -> str:
    """Return where a collection is looked at: by whoever asked, and the results of a survey by others too."""
    if received:
        return reverse(f"questionnaires:see-{'survey' if collection.is_survey else 'collection'}", args=args)
    return reverse("questionnaires:see-results", args=args) if collection.settled_at and results else ""


def _response(response: Response, state: str, label: str = "") -> ResponseLine:
    number = getattr(response, "last", None)
    if response.state == Response.State.SUBMITTED:
        mark, words = "done", _("Handed in")
        url = reverse("questionnaires:see-receipt", args=[response.pk, number])
    else:
        mark, words = ("run", _("Draft")) if state == "open" else ("none", _("Draft, not handed in in time"))
        if number:
            words = _("New draft; the earlier submission is valid")
        url = reverse("questionnaires:fill-page", args=[response.pk, 0])
    return ResponseLine(mark, words, response.changed_at, label, url)


def _shared(visitor: Visitor) -> tuple[ResponseLine, ...]:
    """Return the responses that somebody let the visitor into."""
    shares = access.shared_with(visitor).values("response")
    found = Response.objects.filter(pk__in=shares).select_related("collection__version", "unit").defer(*HEAVY)
    now = clock.now()
    return tuple(
        _response(
            one, one.collection.state_at(now), f"{one.collection.names.text} {one.unit.names.text if one.unit else ''}"
        )
        for one in found.annotate(last=Max("submissions__number"))[:MOST]
    )


@dataclass(frozen=True)
class Counts:
    """How many responses have been begun and how many of them are handed in."""

    begun: int
    handed_in: int


def counts_of(collection: Collection) -> Counts:
    """Return how far a collection has come, in one query."""
    handed = Count("pk", filter=Q(submissions__isnull=False), distinct=True)
    found = collection.responses.aggregate(begun=Count("pk", distinct=True), handed=handed)
    return Counts(found["begun"], found["handed"])


@dataclass(frozen=True)
class ReceivedRow:
    """A response in the list of whoever asked: nothing of a draft but that it has been begun."""

    names: Names
    mark: str
    state: str
    number: int | None
    submitted_at: datetime | None
    url: str


def received(collection: Collection, ask: Ask) -> Rows:
    """Return the responses to a collection, ordered and cut as asked."""
    latest = Submission.objects.filter(response=OuterRef("pk")).order_by("-number")
    found = (
        collection.responses.select_related("unit", "account__person")
        .defer("answers", "pending", "tokens")
        .annotate(last=Subquery(latest.values("number")[:1]), handed_at=Subquery(latest.values("submitted_at")[:1]))
    )
    if state := ask.filters.get("state"):
        found = found.filter(last__isnull=state == "draft")
    fields = {"name": "unit__name_fi", "handed_in": "handed_at"}
    field = fields[ask.sort]
    total = found.count()
    cut = found.order_by(f"-{field}" if ask.descending else field, "pk")
    cut = cut[ask.offset : ask.offset + ask.limit if ask.limit else None]
    return Rows(items=[_received(response) for response in cut], total=total)


def _received(response: Response) -> ReceivedRow:
    number: int | None = getattr(response, "last", None)
    name = response.unit.names if response.unit else Names(fi=response.account.label if response.account else "")
    return ReceivedRow(
        names=name,
        mark="done" if number else "run",
        state=_("Handed in") if number else _("Being written"),
        number=number,
        submitted_at=getattr(response, "handed_at", None),
        url=reverse("questionnaires:see-receipt", args=[response.pk, number]) if number else "",
    )
