"""Beginning a response, saving what was typed, deciding between what two wrote, beginning anew after handing in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import AnswerRefused
from luotsi.questionnaires.models import Collection, Response
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.filling.merging import merge

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.people.models import Account, Unit
    from luotsi.questionnaires.access import Held

MOST_TOKENS = 40
MOST_PENDING = 20
MOST_KEPT = 3_000_000  # characters of all answers of a response


def save_token() -> str:
    """Return a new token: a page sends it with its save, and a save whose token was taken is not done again."""
    return secrets.token_urlsafe(12)


@transaction.atomic
def begin_response(*, collection: Collection, unit: Unit | None, by: Account) -> Response:
    """Begin to answer, for a unit or for oneself; where one response is asked, return the one there is.

    Raises:
        AnswerRefused: the collection is not open.
    """
    state = collection.state_at(clock.now())
    if state != "open":
        told = {"coming": _("The collection has not opened yet."), "closed": _("The collection has closed.")}
        raise AnswerRefused(Reason(told[state]))
    only_for = "" if collection.many else (unit or by).pk.hex
    earlier = Response.objects.filter(collection=collection, only_for=only_for).first() if only_for else None
    if earlier is not None:
        return earlier
    now = clock.now()
    response = Response(
        collection=collection,
        unit=unit,
        account=None if unit else by,
        only_for=only_for,
        begun_by=by,
        begun_at=now,
        changed_at=now,
    )
    try:
        with transaction.atomic():
            response.save(force_insert=True)
    except IntegrityError:
        return Response.objects.get(collection=collection, only_for=only_for)
    audit.record(by=by, verb="questionnaires.response.begun", target=response, unit_id=_unit_id(response))
    return response


def _unit_id(response: Response) -> Any:
    return response.unit_id or response.collection.owner_id


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a page sent: values by name, what it had shown of them, and its token.

    Attributes:
        values: Values by name, None = left empty.
        was: Digests of the values that the page showed.
        token: Told by the page; the same token is taken once.
        page: Told by the page as long as it is open: what it wrote over something newer, it may write again.
        turn: Which of the page's saves this is, rising; 0 where the page cannot tell. A later save of a page writes
            over what an earlier one wrote.
        decisions: Of names that wait for a decision: the place of the value taken, -1 = the one that is saved.
    """

    values: Mapping[str, Any]
    was: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    page: str = ""
    turn: int = 0
    decisions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Saved:
    """What became of it: names written, names that wait for a decision, True where it had been done before."""

    response: Response
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    repeated: bool = False


@transaction.atomic
def save_answers(*, held: Held, typed: Typed) -> Saved:
    """Write what was typed into the draft; what somebody else wrote meanwhile is never written over.

    Raises:
        AnswerRefused: the response has been handed in, or the answers are larger than a response may be.
    """
    response = Response.objects.select_for_update().get(pk=held.response.pk)
    response.collection, response.unit = held.response.collection, held.response.unit
    if typed.token and typed.token in response.tokens:
        return Saved(response, conflicts=tuple(response.pending), repeated=True)
    if response.state != Response.State.DRAFT:
        raise AnswerRefused(Reason(_("The response has been handed in. Begin a new draft to change it.")))
    found = merge(response.values, typed.was, typed.values, _own(response, typed))
    decided = _decided(response, typed)
    waiting = {name: value for name, value in found.changed.items() if name in response.pending}
    changed = {name: value for name, value in found.changed.items() if name not in waiting} | decided
    conflicts = {name: value for name, value in {**found.conflicts, **waiting}.items() if name not in typed.decisions}
    if changed or conflicts or typed.decisions:
        _put(response, changed, held.label, typed)
    _wait(response, conflicts, held.label, typed.page)
    if len(values.dumps(response.answers)) > MOST_KEPT:
        raise AnswerRefused(Reason(_("The answers are larger than a response may be. Shorten them before saving.")))
    if typed.token:
        response.tokens = [*response.tokens[-MOST_TOKENS + 1 :], typed.token]
    if not changed and not conflicts and not typed.decisions:
        if typed.token:
            response.save(update_fields=["tokens"])
        return Saved(response, conflicts=tuple(response.pending))
    response.save(update_fields=["answers", "pending", "tokens", "revision", "changed_at"])
    audit.record(
        by=held.account,
        verb="questionnaires.response.saved",
        target=response,
        after={"revision": response.revision, "names": sorted(changed), "to_decide": sorted(response.pending)},
        unit_id=_unit_id(response),
        reason=reason_of(held),
    )
    return Saved(response, tuple(changed), tuple(response.pending))


def reason_of(held: Held) -> str:
    """Return what the log says of somebody who came by a personal link."""
    return f"share {held.share.pk}" if held.share and held.account is None else ""


def _own(response: Response, typed: Typed) -> frozenset[str]:
    """Return the names whose value an earlier save of the same page wrote."""
    if not typed.page or not typed.turn:
        return frozenset()
    return frozenset(
        name
        for name, kept in response.answers.items()
        if kept.get("page") == typed.page and 0 < kept.get("turn", 0) < typed.turn
    )


def _put(response: Response, changed: Mapping[str, Any], label: str, typed: Typed) -> None:
    response.revision += 1
    response.changed_at = clock.now()
    mark: dict[str, Any] = {
        "revision": response.revision,
        "by": label,
        "at": response.changed_at.isoformat(timespec="seconds"),
    }
    if typed.page and typed.turn:
        mark |= {"page": typed.page, "turn": typed.turn}
    response.answers = response.answers | {name: {"value": value, **mark} for name, value in changed.items()}


def _wait(response: Response, conflicts: Mapping[str, Any], label: str, page: str) -> None:
    """Keep what was written over something newer beside it, once for each page that wrote."""
    at = response.changed_at.isoformat(timespec="seconds")
    pending = dict(response.pending)
    for name, value in conflicts.items():
        known = [one for one in pending.get(name, []) if not page or one["page"] != page]
        if any(values.same(one["value"], value) for one in known):
            continue
        if len(known) >= MOST_PENDING:
            raise AnswerRefused(
                Reason(_("Too many versions of the same answer wait for a decision. Decide them first."))
            )
        pending[name] = [*known, {"value": value, "by": label, "at": at, "page": page}]
    response.pending = pending


def _decided(response: Response, typed: Typed) -> dict[str, Any]:
    """Return the values taken by decisions, and take the names off what waits."""
    found, pending = {}, dict(response.pending)
    for name, place in typed.decisions.items():
        waiting = pending.get(name)
        if waiting is None or not -1 <= place < len(waiting):
            continue
        if place >= 0:
            found[name] = waiting[place]["value"]
        del pending[name]
    response.pending = pending
    return found


@transaction.atomic
def renew_response(*, held: Held) -> Response:
    """Begin a new draft from what was handed in; that stays valid until the new one is handed in.

    Raises:
        AnswerRefused: there is a draft already, or the collection is not open any more.
    """
    response = Response.objects.select_for_update().get(pk=held.response.pk)
    response.collection, response.unit = held.response.collection, held.response.unit
    if response.state != Response.State.SUBMITTED:
        raise AnswerRefused(Reason(_("There is a draft already.")))
    if response.state_at(clock.now()) != "open":
        raise AnswerRefused(Reason(_("The collection has closed. What was handed in stays valid.")))
    response.state, response.changed_at = Response.State.DRAFT, clock.now()
    response.save(update_fields=["state", "changed_at"])
    audit.record(
        by=held.account,
        verb="questionnaires.response.renewed",
        target=response,
        before={"state": "submitted"},
        after={"state": "draft"},
        unit_id=_unit_id(response),
        reason=reason_of(held),
    )
    return response


@transaction.atomic
def let_complete(*, response: Response, until: datetime | None, by: Account | None) -> Response:
    """Let a response that was handed in be written anew and handed in until a moment; None ends it.

    Its collection may have closed: whoever asked for it asks for more of this one alone.

    Raises:
        AnswerRefused: it was never handed in.
    """
    kept = Response.objects.select_for_update().get(pk=response.pk)
    if until is not None and not kept.submissions.exists():
        raise AnswerRefused(Reason(_("Only what was handed in can be completed.")))
    before = audit.snapshot(kept, "open_until")
    kept.open_until = until
    kept.save(update_fields=["open_until"])
    kept.collection, kept.unit = response.collection, response.unit
    audit.record(
        by=by,
        verb="questionnaires.response.completing",
        target=kept,
        before=before,
        after=audit.snapshot(kept, "open_until"),
        unit_id=_unit_id(kept),
    )
    return kept
