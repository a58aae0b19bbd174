"""Matters of an application: how their sums stand to the records, and what their pages show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.base import audit
from luotsi.base.money import cents
from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.funding.models import BoardItem
from luotsi.funding.queries.appeals import AppealRow, appeal_rows
from luotsi.funding.queries.counting import figures_of
from luotsi.funding.queries.matter_checks import fault_words, gap_words, result_words
from luotsi.funding.queries.own_shares import decision_of, need_of
from luotsi.funding.rules.board import sums_told
from luotsi.funding.rules.rights import Part, Right
from luotsi.funding.rules.shares import Deed
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.funding.access import Held
    from luotsi.funding.models import Application
    from luotsi.people.models import Unit

OUTCOME_MARKS = {Deed.DECIDED: "done", Deed.CHANGED: "done", Deed.NOTED: "none", Deed.REFUSED: "late"}
LANGUAGE_WORDS = {"fi": gettext_lazy("Finnish"), "sv": gettext_lazy("Swedish")}


def sums_now(application: Application) -> dict[str, object]:
    """Return the sums of the records from which words are made, as they are kept with them."""
    figures = figures_of(application)
    sums = {
        "applied": figures.applied,
        "own": need_of(application, figures).amount,
        "other": figures.other,
        "total": figures.total,
    }
    return {name: None if sum_ is None else audit.safe(cents(sum_)) for name, sum_ in sums.items()}


def sums_stand(item: BoardItem) -> list[str]:
    """Return why the sums of a text are not those of the application; such a text cannot be fixed."""
    found = []
    if item.sums != sums_now(item.application):
        found.append(_("The sums of the application have changed since the text was made. Make it anew or mend it."))
    if not item.intent.decides:
        return found
    sums = [_asked(item), item.proposed]
    for code, words in _texts(item):
        told = sums_told(words["proposal"], needed=sums)
        for sum_ in told.lacking:
            given = {"language": LANGUAGE_WORDS[code], "sum": formatting.euros(sum_)}
            found.append(_("The proposed decision does not tell %(sum)s (%(language)s).") % given)
    wanted = need_of(item.application).amount
    if item.proposed is not None and wanted is not None and item.proposed != wanted:
        given = {"proposed": formatting.euros(item.proposed), "needed": formatting.euros(wanted)}
        found.append(_("The own share proposed is %(proposed)s, the application needs %(needed)s.") % given)
    return found


def _asked(item: BoardItem) -> Decimal | None:
    """Return the sum that is applied for or accepted by a matter; None where it does neither."""
    decision = decision_of(item.application)
    if item.matter == BoardItem.Matter.ACCEPT:
        return decision.granted if decision else None
    return figures_of(item.application).applied if item.matter == BoardItem.Matter.APPLY else None


def sums_strange(item: BoardItem) -> list[str]:
    """Return sums of a text that the records do not know; a person says whether they are right."""
    application, call = item.application, item.application.call
    decision, figures = decision_of(application), figures_of(application)
    known: list[Decimal | None] = [
        figures.applied, figures.own_share, figures.other, figures.total, item.proposed,
        need_of(application).amount, call.budget, call.grant_max,
    ]  # fmt: skip
    if decision is not None:
        known += [decision.granted, decision.total, decision.own_share]
    found = []
    for code, words in _texts(item):
        for sum_ in sums_told("\n\n".join(words.values()), needed=(), known=known).strange:
            given = {"language": LANGUAGE_WORDS[code], "sum": formatting.euros(sum_)}
            found.append(_("The text tells %(sum)s, which the application does not know (%(language)s).") % given)
    return found


def _texts(item: BoardItem) -> Iterator[tuple[str, dict[str, str]]]:
    for code in LANGUAGE_WORDS:
        yield code, {name: (getattr(item, name) or {}).get(code, "") for name in ("background", "proposal")}


@dataclass(frozen=True)
class MatterRow:
    """One matter of the list."""

    names: Names
    body: Names
    meeting_on: date | None
    mark: str
    word: str
    decided_on: date | None
    section: str
    url: str


@dataclass(frozen=True)
class Version:
    """The words of a matter in one language."""

    language: str
    title: str
    background: tuple[str, ...]
    proposal: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """Something that was decided otherwise than proposed."""

    label: str
    proposed: str
    decided: str


@dataclass(frozen=True)
class MatterPage:
    """What the page of a matter shows."""

    item: BoardItem
    versions: tuple[Version, ...]
    mark: str
    word: str
    stops: tuple[str, ...]
    remarks: tuple[str, ...]
    gaps: tuple[str, ...]
    differences: tuple[Difference, ...]
    readings: tuple[str, ...]
    appeals: tuple[AppealRow, ...]
    makes_entry: bool
    may_write: bool
    may_commit: bool


def state_of(item: BoardItem) -> tuple[str, str]:
    """Return mark and word of how far a matter has come."""
    if item.outcome:
        return OUTCOME_MARKS[Deed(item.outcome)], str(item.get_outcome_display())
    if item.is_fixed:
        return "use", _("Fixed, waits for the decision")
    return "run", _("Being written")


def matter_rows(application: Application, scope: Unit) -> list[MatterRow]:
    """Return the matters of an application in the order of their days."""
    found = []
    for item in application.board_items.all():
        mark, word = state_of(item)
        url = reverse("funding:see-matter", args=[scope.key, application.pk, item.pk])
        found.append(
            MatterRow(item.titles, item.bodies, item.meeting_on, mark, word, item.decided_on, item.section, url)
        )
    return found


def paragraphs(text: str) -> tuple[str, ...]:
    """Return a text cut at its empty lines; blanks that do not break stay."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return tuple(re.sub(r"[ \t\n]+", " ", part).strip(" ") for part in parts if part.strip())


def versions_of(item: BoardItem) -> tuple[Version, ...]:
    """Return the words of a matter, language by language."""
    return tuple(
        Version(
            code,
            (item.title or {}).get(code, ""),
            paragraphs((item.background or {}).get(code, "")),
            paragraphs((item.proposal or {}).get(code, "")),
        )
        for code in LANGUAGE_WORDS
    )


def matter_page(item: BoardItem, held: Held) -> MatterPage:
    """Return what the page of a matter shows."""
    mark, word = state_of(item)
    return MatterPage(
        item=item,
        versions=versions_of(item),
        mark=mark,
        word=word,
        stops=() if item.outcome else tuple(sums_stand(item)),
        remarks=() if item.outcome else (*fault_words(item), *sums_strange(item)),
        gaps=() if item.outcome else gap_words(item),
        differences=tuple(_differences(item)),
        readings=result_words(item),
        appeals=tuple(appeal_rows(item.application)),
        makes_entry=bool(item.outcome) and Deed(item.outcome).binds and item.intent.decides,
        may_write=held.may(Part.WRITE),
        may_commit=held.may(Right.COMMIT),
    )


def _differences(item: BoardItem) -> Iterator[Difference]:
    """Yield what of the outcome is not what was proposed."""
    if not item.outcome or item.outcome == Deed.DECIDED:
        return
    if item.intent.decides and item.decided != item.proposed:
        nothing = _("nothing committed")
        decided = nothing if item.decided is None else formatting.euros(item.decided)
        yield Difference(_("Own share"), formatting.euros(item.proposed), decided)
    if item.outcome == Deed.NOTED and not item.intent.decides:
        return
    proposed = names_of(item.proposal).text
    if item.decision and " ".join(item.decision.split()) != " ".join(proposed.split()):
        yield Difference(_("Decision"), proposed, item.decision)


def initial_of(item: BoardItem) -> dict[str, object]:
    """Return what the form of a matter's words begins with."""
    found: dict[str, object] = {"meeting_on": item.meeting_on, "proposed": item.proposed}
    for name in ("body", "presenter", "title", "background", "proposal"):
        for code in LANGUAGE_WORDS:
            found[f"{name}_{code}"] = (getattr(item, name) or {}).get(code, "")
    return found | {"seen": item.changed_at.isoformat()}
