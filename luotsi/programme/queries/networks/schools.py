"""The schools of a network: what they handed in, what was decided, how they evaluated themselves, who adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.names import Names
from luotsi.base.texts import names_of
from luotsi.programme.models import Adoption, NetworkMember, NetworkReview
from luotsi.questionnaires.models import Response, Submission

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.models import Unit
    from luotsi.programme.models import Network

HEAVY = ("response__answers", "response__pending", "response__tokens")


@dataclass(frozen=True)
class SchoolRow:
    """A school that answered the call: its plan in short, and what was decided of it."""

    names: Names
    key: str
    title: str
    area: Names
    mark: str
    word: str
    decided_on: date | None
    reason: str
    plan_url: str
    decide_url: str


@dataclass(frozen=True)
class ReviewRow:
    """A self-evaluation of a member in a term: its grade once it has been handed in."""

    names: Names
    when: str
    mark: str
    word: str
    grade: int | None
    url: str


@dataclass(frozen=True)
class AdoptionRow:
    """A school outside the network that uses the concept."""

    names: Names
    adopted_on: date
    note: str


def last_submissions(collections: Sequence[UUID]) -> dict[tuple[UUID, UUID], Submission]:
    """Return what was handed in last, by collection and unit; one query."""
    found: dict[tuple[UUID, UUID], Submission] = {}
    rows = Submission.objects.filter(response__collection__in=collections, response__unit__isnull=False)
    for row in rows.select_related("response__unit").defer(*HEAVY).order_by("number"):
        if row.response.unit_id is not None:
            found[row.response.collection_id, row.response.unit_id] = row
    return found


def school_rows(network: Network, scope: Unit, *, manages: bool) -> tuple[SchoolRow, ...]:
    """Return the schools as a reader sees them: whoever manages all of them, others the members and the own one."""
    decided = {one.unit_id: one for one in network.members.select_related("unit")}
    handed = {unit: row for (_call, unit), row in last_submissions([network.call_id]).items()}
    areas = {area["code"]: names_of(area) for area in network.areas}
    units = {pk: row.response.unit for pk, row in handed.items()} | {pk: one.unit for pk, one in decided.items()}
    rows = []
    for pk, unit in units.items():
        decision, plan = decided.get(pk), handed.get(pk)
        own = unit is not None and unit.pk == scope.pk
        if unit is None or not (manages or own or (decision and decision.is_chosen)):
            continue
        answers = plan.content["answers"] if plan else {}
        mark, word = _decision(decision)
        rows.append(
            SchoolRow(
                names=unit.names,
                key=unit.key,
                title=str(answers.get("title") or ""),
                area=areas.get(str(answers.get("area") or ""), Names()),
                mark=mark,
                word=word,
                decided_on=decision.decided_on if decision else None,
                reason=decision.reason if decision and (manages or own) else "",
                plan_url=_receipt(plan) if plan and (manages or own) else "",
                decide_url=_decide(network, scope, unit) if manages and decision is None else "",
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.mark != "run", row.mark == "cancelled", row.names.text)))


def _decision(decision: NetworkMember | None) -> tuple[str, str]:
    if decision is None:
        return "run", _("Waits for a decision")
    return ("done", _("Chosen")) if decision.is_chosen else ("cancelled", _("Not chosen"))


def _receipt(row: Submission) -> str:
    return reverse("questionnaires:see-receipt", args=[row.response_id, row.number])


def _decide(network: Network, scope: Unit, unit: Unit) -> str:
    arguments = [scope.key, network.programme.slug, network.slug, unit.key]
    return reverse("programme:decide-member", args=arguments)


def review_rows(network: Network, scope: Unit, *, manages: bool) -> tuple[ReviewRow, ...]:
    """Return the self-evaluations, the latest term first: all of them to whoever manages, else those of the unit."""
    found = network.reviews.select_related("unit", "collection").order_by("-school_year", "term", "unit__name_fi")
    if not manages:
        found = found.filter(unit=scope)
    reviews = list(found)
    handed = last_submissions([one.collection_id for one in reviews])
    begun = {} if manages else _drafts(reviews, scope)
    return tuple(
        _review(one, handed.get((one.collection_id, one.unit_id)), begun.get(one.collection_id), scope)
        for one in reviews
    )


def _drafts(reviews: list[NetworkReview], scope: Unit) -> dict[UUID, UUID]:
    mine = Response.objects.filter(collection__in=[one.collection_id for one in reviews], unit=scope)
    return dict(mine.values_list("collection", "pk"))


def _review(review: NetworkReview, handed: Submission | None, draft: UUID | None, scope: Unit) -> ReviewRow:
    answers: dict[str, Any] = handed.content["answers"] if handed else {}
    if handed is not None:
        mark, word, url = "done", _("Handed in"), _receipt(handed)
    else:
        mark, word, url = "none", _("Not yet"), ""
        if review.unit_id == scope.pk:
            url = reverse("questionnaires:list-collections", args=[scope.key])
            if draft is not None:
                mark, word, url = "run", _("Draft"), reverse("questionnaires:fill-page", args=[draft, 0])
    grade = answers.get("progress")
    return ReviewRow(
        names=review.unit.names,
        when=f"{review.get_term_display()} {review.school_year}",
        mark=mark,
        word=word,
        grade=int(grade) if grade is not None else None,
        url=url,
    )


def adoption_rows(network: Network) -> tuple[AdoptionRow, ...]:
    """Return the schools outside the network that told that they use the concept, the latest first."""
    members = network.members.chosen().values("unit")
    found = Adoption.objects.filter(network=network).exclude(unit__in=members).select_related("unit")
    return tuple(
        AdoptionRow(one.unit.names, one.adopted_on, one.note) for one in found.order_by("-adopted_on", "unit__name_fi")
    )
