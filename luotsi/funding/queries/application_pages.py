"""What the overview of an application shows: its figures with where they come from, its team, what it serves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.funding import access
from luotsi.funding.models import Application, Call
from luotsi.funding.queries.asked import ToComplete, asked_of
from luotsi.funding.queries.closing import closing_words
from luotsi.funding.queries.counting import Figures, asked_by, asked_in, figures_of
from luotsi.funding.queries.history import history_of
from luotsi.funding.queries.serving import LinkRow, links_of
from luotsi.funding.queries.state_words import MARKS, next_words
from luotsi.funding.rules.moves import Move, moves_from
from luotsi.funding.rules.next_step import next_of
from luotsi.funding.rules.portfolio import Standing
from luotsi.funding.rules.rights import Part
from luotsi.questionnaires.models import Response
from luotsi.questionnaires.queries.places import Places
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.ui.formatting import language

if TYPE_CHECKING:
    from luotsi.funding.access import FormHeld, Held
    from luotsi.funding.rules.portfolio import Totals
    from luotsi.funding.rules.sums import Asked, Counted
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.questionnaires.models import Submission


@dataclass(frozen=True)
class Source:
    """One answer that a sum was counted from; `url` "" for those who may not open the form."""

    label: str
    amount: Decimal | None
    url: str


@dataclass(frozen=True)
class FigureRow:
    """A sum of an application; `sources` are the answers it was counted from, none where it was typed."""

    key: str
    label: str
    amount: Decimal | None
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class MemberRow:
    """A member of the team."""

    name: str
    part: str
    is_preparer: bool
    since: date
    until: date | None
    over: bool
    coming: bool
    edit_url: str
    end_url: str


@dataclass(frozen=True)
class FormPart:
    """The form of an application: how far it is, and its copy that was handed in."""

    title: str
    state: str
    url: str
    changed_at: datetime
    sha256: str
    receipt_url: str


@dataclass(frozen=True)
class ApplicationPage:
    """One application as a reader sees it from a unit."""

    mark: str
    word: str
    next: str
    call: Names
    call_url: str
    funder: Names
    closes: str
    purpose: Names
    chance: int | None
    past: Totals
    past_url: str
    register_number: str
    submitted_at: datetime | None
    decided_on: date | None
    granted: Decimal | None
    figures: tuple[FigureRow, ...]
    starts_on: date | None
    ends_on: date | None
    form: FormPart | None
    has_form: bool
    team: tuple[MemberRow, ...]
    links: tuple[LinkRow, ...]
    moves: tuple[tuple[str, str, str], ...]
    submit_url: str
    edit_url: str
    add_member_url: str
    add_link_url: str
    asked: ToComplete | None


def application_page(visitor: Visitor, held: Held, scope: Unit) -> ApplicationPage:
    """Return the overview of an application; the number of queries grows with nothing but its programmes."""
    one, form = held.application, access.form_for(visitor, held.application)
    figures = figures_of(one)
    moves = moves_from(Standing(one.state), own=one.call.kind == Call.Kind.OWN) if held.may(Part.SUBMIT) else {}
    here, past = [scope.key, one.pk], history_of(visitor, scope, one.call)
    found = next_of(Standing(one.state), one.call.last_day, one.call.decides_by, figures.ends_on, clock.today())
    return ApplicationPage(
        mark=MARKS[one.state],
        word=one.get_state_display(),
        next=next_words(found),
        call=one.call.names,
        call_url=reverse("funding:see-call", args=[scope.key, one.call.owner.key, one.call.slug]),
        funder=one.call.funder.names,
        closes=closing_words(one.call),
        purpose=one.purposes,
        chance=one.chance,
        past=past.totals,
        past_url=past.url,
        register_number=one.register_number,
        submitted_at=one.submitted_at,
        decided_on=one.decided_on,
        granted=one.granted,
        figures=figure_rows(one, figures, form),
        starts_on=figures.starts_on,
        ends_on=figures.ends_on,
        form=_form(one, form),
        has_form=one.response_id is not None,
        team=tuple(_team(held, scope)),
        links=links_of(visitor, held, scope),
        moves=tuple(_moves(moves, here)),
        submit_url=reverse("funding:submit-application", args=here) if Move.SUBMIT in moves else "",
        edit_url=reverse("funding:edit-application", args=here) if held.may(Part.WRITE) else "",
        add_member_url=reverse("funding:add-member", args=here) if held.may(Part.SUBMIT) else "",
        add_link_url=reverse("funding:add-link", args=here) if held.may(Part.WRITE) else "",
        asked=asked_of(held, form, scope),
    )


def _moves(moves: dict[Move, Standing], here: list[object]) -> Iterator[tuple[str, str, str]]:
    words = {
        Move.DROP: _("Give up: not applied for"),
        Move.WITHDRAW: _("Withdraw"),
        Move.RESUME: _("Undo: take up again"),
    }
    for move in moves:
        if move in words:
            yield move.value, words[move], reverse("funding:move-application", args=[*here, move.value])


def figure_rows(
    one: Application, figures: Figures, form: FormHeld | None, *, as_draft: bool = False
) -> tuple[FigureRow, ...]:
    """Return the sums of an application, each with the answers of its form that it was counted from."""
    labels = {
        "applied": _("Applied for"),
        "own_share": _("Own share"),
        "other": _("Other funding"),
        "total": _("Total cost"),
    }
    found, submission = _asked(one, as_draft=as_draft)
    places = Places(definition_of(one.response.collection.version), language()) if one.response else None
    rows = []
    for key, label in labels.items():
        parts: Counted | None = getattr(found, key) if found else None
        told = parts.parts if parts else ()
        sources = tuple(_source(one, places, name, amount, form, submission) for name, amount in told if places)
        rows.append(FigureRow(key, label, getattr(figures, key), sources))
    return tuple(rows)


def _asked(one: Application, *, as_draft: bool = False) -> tuple[Asked | None, Submission | None]:
    if one.response is None:
        return None, None
    drafted = one.response.state == Response.State.DRAFT
    if drafted and (as_draft or one.state == Application.State.PREPARING):
        return asked_in(one.response), None
    submission = one.response.submissions.select_related("version__questionnaire").first()
    if submission is not None:
        return asked_by(submission), submission
    return (asked_in(one.response), None) if drafted else (None, None)


def _source(
    one: Application,
    places: Places | None,
    name: str,
    amount: Decimal | None,
    form: FormHeld | None,
    submission: Submission | None,
) -> Source:
    place = places.of(name) if places else None
    if place is None:
        return Source(name, amount, "")
    if form is None:
        return Source(place.label, amount, "")
    if submission is not None:
        url = reverse("questionnaires:see-receipt", args=[one.response_id, submission.number])
    else:
        url = reverse("questionnaires:fill-page", args=[one.response_id, place.page])
    return Source(place.label, amount, f"{url}#{place.anchor}")


def _form(one: Application, form: FormHeld | None) -> FormPart | None:
    response = one.response
    if response is None:
        return None
    version = response.collection.version
    submission = response.submissions.first()
    drafted = response.state == Response.State.DRAFT
    return FormPart(
        title=f"{definition_of(version).title.in_language(language()).text} {version.version}".strip(),
        state="draft" if drafted else "submitted",
        url=reverse("questionnaires:fill-page", args=[response.pk, 0])
        if form and drafted and one.state == Application.State.PREPARING
        else "",
        changed_at=response.changed_at,
        sha256=submission.sha256 if submission else "",
        receipt_url=reverse("questionnaires:see-receipt", args=[response.pk, submission.number])
        if form and submission
        else "",
    )


def _team(held: Held, scope: Unit) -> Iterator[MemberRow]:
    today = clock.today()
    for member in held.application.members.select_related("person"):
        here = [scope.key, held.application.pk, member.pk]
        over = member.until is not None and member.until < today
        changes = held.may(Part.SUBMIT) and not over
        yield MemberRow(
            name=member.person.full_name,
            part=member.get_part_display(),
            is_preparer=member.is_preparer,
            since=member.since,
            until=member.until,
            over=over,
            coming=member.since > today,
            edit_url=reverse("funding:edit-member", args=here) if changes else "",
            end_url=reverse("funding:end-member", args=here) if changes else "",
        )
