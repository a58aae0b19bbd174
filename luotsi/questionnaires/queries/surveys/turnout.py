"""How many have answered, live, by unit; units of fewer than five invited are not told apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.people.models import Unit
from luotsi.questionnaires.models import Collection, SurveyWork, Turnout
from luotsi.questionnaires.queries.surveys.work import WorkTold, work_told
from luotsi.questionnaires.rules.surveys import secrets
from luotsi.questionnaires.rules.surveys.counting import LEAST
from luotsi.questionnaires.rules.surveys.protecting import told_apart

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.base.names import Names

MOST_LINKS = 200


@dataclass(frozen=True)
class TurnoutRow:
    """One unit, or several together where `names` is None."""

    names: Names | None
    invited: int
    answered: int

    @property
    def share(self) -> Decimal | None:
        """Answered of the invited, from 0 to 1; None where nobody was invited."""
        return Decimal(self.answered) / self.invited if self.invited else None


@dataclass(frozen=True)
class CommonLink:
    """The common link of a unit."""

    names: Names
    url: str
    page: str


@dataclass(frozen=True)
class Poster:
    """The common link of a unit to be hung on a wall: the code as a path of squares, and how many are on a side."""

    link: CommonLink
    path: str
    side: int


@dataclass(frozen=True)
class SurveyPage:
    """A survey for whoever asked: how far it has come, its links."""

    state: str
    whole: TurnoutRow
    rows: tuple[TurnoutRow, ...]
    links: tuple[CommonLink, ...]
    closes_at: datetime | None
    may_remind: bool
    may_move: bool
    is_settling: bool
    work: WorkTold | None


def survey_page(collection: Collection, scope: Unit) -> SurveyPage:
    """Return how far a survey has come; four queries at most."""
    found = list(
        Turnout.objects.filter(collection=collection).select_related("unit").order_by("unit__name_fi", "unit__key")
    )
    sizes = [one.invited for one in found]
    groups = [(place, frozenset({place})) for place in sorted(range(len(found)), key=lambda place: -sizes[place])]
    told = set(told_apart([(-1, frozenset(range(len(found)))), *groups], sizes, least=LEAST).groups)
    rows = [TurnoutRow(one.unit.names, one.invited, one.answered) for place, one in enumerate(found) if place in told]
    rest = [one for place, one in enumerate(found) if place not in told]
    if rest and rows:
        rows.append(TurnoutRow(None, sum(one.invited for one in rest), sum(one.answered for one in rest)))
    whole = TurnoutRow(None, sum(sizes), sum(one.answered for one in found))
    state, work = collection.state_at(clock.now()), work_told(collection)
    return SurveyPage(
        state=state,
        whole=whole,
        rows=tuple(rows),
        links=tuple(_links(collection, scope)) if collection.by_link and state == "open" else (),
        closes_at=collection.closed_at or collection.closes_at,
        may_remind=state == "open" and work is None and whole.answered < whole.invited,
        may_move=state == "open",
        is_settling=work is not None and collection.work.kind == SurveyWork.Kind.SETTLING,
        work=work,
    )


def _links(collection: Collection, scope: Unit) -> list[CommonLink]:
    units = Unit.objects.under(collection.owner).in_force(clock.today()).exclude(kind="group")
    if keys := collection.audience.get("units"):
        chosen = Unit.objects.filter(key__in=keys)
        below = [unit.path for unit in chosen]
        units = units.filter(pk__in=[unit.pk for unit in units if unit.path.startswith(tuple(below))])
    return [_link(collection, unit, scope) for unit in units.order_by("path")[:MOST_LINKS]]


def _link(collection: Collection, unit: Unit, scope: Unit) -> CommonLink:
    page = reverse("questionnaires:see-common-link", args=[scope.key, collection.pk, unit.key])
    return CommonLink(unit.names, common_link(collection, unit), page)


def poster(collection: Collection, unit: Unit, scope: Unit) -> Poster:
    """Return the common link of a unit with its QR code (ISO/IEC 18004, error correction M)."""
    import segno

    link = _link(collection, unit, scope)
    matrix = segno.make(link.url, error="m", micro=False).matrix
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark]
    return Poster(link, "".join(squares), len(matrix))


def common_link(collection: Collection, unit: Unit) -> str:
    """Return the common link of a unit; its secret is made anew each time and kept nowhere."""
    token = secrets.common_token(settings.SECRET_KEY, collection.pk.hex, unit.pk.hex)
    return settings.SITE_URL + reverse("questionnaires:answer-by-common-link", args=[collection.pk, unit.key, token])


def mode_words(mode: str) -> str:
    """Return what a mode means, in plain words."""
    return {
        "anonymous": _("Anonymous: links are destroyed by answering, and nobody can find out who answered what."),
        "confidential": _("Confidential: answers are kept under pseudonyms, and groups of at least five are shown."),
        "identified": _("With names: whoever asks sees who answered what."),
    }[mode]
