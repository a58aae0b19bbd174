"""What waits for a person in this room: milestones to tell, findings without an answer, plans to decide on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import clock
from luotsi.base.texts import names_of
from luotsi.people.access import reach_of
from luotsi.programme import access
from luotsi.programme.models import ClockEvent, Finding, Network, PlanVersion, Round
from luotsi.programme.queries.networks.undecided import undecided_plans
from luotsi.programme.queries.rounds.closing import closing_rounds
from luotsi.programme.queries.standing import Standing
from luotsi.programme.queries.standings import stands_of
from luotsi.programme.rules.coming import coming
from luotsi.programme.rules.plan import measures_of
from luotsi.programme.rules.rights import Right, may
from luotsi.programme.rules.states import State
from luotsi.ui.waiting import Task

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.programme.models import Programme

ROOM = "programme"
SOON = timedelta(days=30)
MOST = 3  # more of a kind than this become one task that opens the list


def tasks_for(visitor: Visitor, scope: Unit) -> list[Task]:
    """Return what waits for the visitor in this room at the unit and below; queries do not grow with programmes."""
    reach, today = reach_of(visitor), clock.today()
    stands = stands_of(visitor, access.programmes_visible_to(visitor, scope), scope, today)
    kept = Kept.of([stand.programme for stand in stands])
    tasks: list[Task] = []
    for stand in stands:
        programme, runs = stand.programme, stand.programme.runs_on(today)
        at_owner = programme.owner.path.startswith(scope.path)
        if runs:
            tells = [unit for unit in access.recording_units(visitor, programme) if unit.path.startswith(scope.path)]
            tasks += _milestones(stand.standing, scope, tells, today)
        if at_owner and may(reach, Right.RECORD, programme.owner.path):
            tasks += _findings(programme, scope, kept.findings[programme.pk])
        if at_owner and may(reach, Right.PLAN, programme.owner.path):
            tasks += [*_draft(programme, scope, kept), *_ownerless(stand.standing, scope)]
        if at_owner and may(reach, Right.EVALUATE, programme.owner.path):
            tasks += _rounds(programme, scope, today, kept.rounds[programme.pk])
        if at_owner and may(reach, Right.NETWORK, programme.owner.path):
            tasks += _undecided(programme, scope, kept.networks[programme.pk])
        if at_owner and runs:
            tasks += _events(programme, scope, today, kept.events[programme.pk])
    return tasks


@dataclass(frozen=True)
class Kept:
    """What is kept beside the states of several programmes: findings without an answer, drafts, events, rounds.

    `networks` are those with project plans that wait for a decision, and how many.
    """

    findings: dict[UUID, list[Finding]]
    drafts: frozenset[UUID]
    events: dict[UUID, list[ClockEvent]]
    rounds: dict[UUID, list[Round]]
    networks: dict[UUID, list[tuple[Network, int]]]

    @classmethod
    def of(cls, programmes: Sequence[Programme]) -> Kept:
        """Fetch it for all of them at once; five queries."""
        findings: dict[UUID, list[Finding]] = {one.pk: [] for one in programmes}
        for finding in Finding.objects.open().unanswered().filter(programme__in=programmes):
            findings[finding.programme_id].append(finding)
        events: dict[UUID, list[ClockEvent]] = {one.pk: [] for one in programmes}
        for event in ClockEvent.objects.filter(programme__in=programmes, ended_on=None):
            events[event.programme_id].append(event)
        rounds: dict[UUID, list[Round]] = {one.pk: [] for one in programmes}
        for one in closing_rounds(programmes):
            rounds[one.programme_id].append(one)
        networks: dict[UUID, list[tuple[Network, int]]] = {one.pk: [] for one in programmes}
        for network, count in undecided_plans(programmes):
            networks[network.programme_id].append((network, count))
        drafts = PlanVersion.objects.filter(programme__in=programmes, number=None)
        return cls(findings, frozenset(drafts.values_list("programme", flat=True)), events, rounds, networks)


def _milestones(standing: Standing, scope: Unit, units: list[Unit], today: date) -> Iterator[Task]:
    """Yield milestones that are late or soon due and of which nothing final was told: by unit, or of many in one."""
    programme = standing.programme
    lacking = {unit: found for unit in units if (found := list(_unfinished(standing, unit, today)))}
    if len(lacking) > MOST:
        yield _together(programme, scope, lacking)
        return
    for unit, found in lacking.items():
        url = reverse("programme:see-programme", args=[unit.key, programme.slug])
        if len(found) > MOST or (found and len(units) > 1):
            title = ngettext(
                "Tell how far %(count)s milestone is", "Tell how far %(count)s milestones are", len(found)
            )
            yield Task(
                key=f"programme.milestones.{programme.pk}.{unit.key}",
                title=title % {"count": len(found)},
                context=f"{unit} · {programme}",
                url=url,
                action=_("Show"),
                due=min(due for _code, _period, due in found),
                room=ROOM,
            )
            continue
        for code, period, due in found:
            yield Task(
                key=f"programme.milestone.{programme.pk}.{unit.key}.{code}.{period}",
                title=_("Tell how far milestone %(code)s of %(period)s is") % {"code": code, "period": period},
                context=f"{unit} · {programme}",
                url=reverse("programme:tell-state", args=[unit.key, programme.slug, code, period]),
                action=_("Tell"),
                due=due,
                room=ROOM,
            )


def _together(programme: Programme, scope: Unit, lacking: dict[Unit, list[tuple[str, str, date]]]) -> Task:
    """Return one task for many units: whoever coordinates them asks them, and does not tell in their place."""
    title = ngettext(
        "Ask %(count)s unit how far its milestones are",
        "Ask %(count)s units how far their milestones are",
        len(lacking),
    )
    milestones = sum(map(len, lacking.values()))
    words = ngettext("%(count)s milestone", "%(count)s milestones", milestones) % {"count": milestones}
    return Task(
        key=f"programme.milestones.{programme.pk}",
        title=title % {"count": len(lacking)},
        context=f"{words} · {programme}",
        url=reverse("programme:compare-members", args=[scope.key, programme.slug]),
        action=_("Show"),
        due=min(due for found in lacking.values() for _code, _period, due in found),
        room=ROOM,
    )


def _unfinished(standing: Standing, unit: Unit, today: date) -> Iterator[tuple[str, str, date]]:
    for measure in measures_of(standing.plan):
        for item in measure.milestones:
            due = item.due or item.period.end
            if due is None or due > today + SOON:
                continue
            if standing.milestone(measure, item, unit.pk).state not in (State.DONE, State.CANCELLED):
                yield measure.code, item.period.key, due


def _findings(programme: Programme, scope: Unit, found: list[Finding]) -> list[Task]:
    url = reverse("programme:list-findings", args=[scope.key, programme.slug])
    if len(found) > MOST:
        title = ngettext(
            "Name action, owner and due day for %(count)s finding",
            "Name action, owner and due day for %(count)s findings",
            len(found),
        ) % {"count": len(found)}
        key = f"programme.findings.{programme.pk}"
        return [Task(key=key, title=title, context=str(programme), url=url, action=_("Show"), room=ROOM)]
    return [
        Task(
            key=f"programme.finding.{finding.pk}",
            title=_("Name action, owner and due day: %(text)s") % {"text": finding.texts.text},
            context=str(programme),
            url=reverse("programme:see-finding", args=[scope.key, programme.slug, finding.code]),
            action=_("Answer"),
            room=ROOM,
        )
        for finding in found
    ]


def _draft(programme: Programme, scope: Unit, kept: Kept) -> list[Task]:
    if programme.pk not in kept.drafts:
        return []
    return [
        Task(
            key=f"programme.draft.{programme.pk}",
            title=_("Publish the draft of the plan, or go on writing it"),
            context=str(programme),
            url=reverse("programme:list-versions", args=[scope.key, programme.slug]),
            action=_("Show"),
            room=ROOM,
        )
    ]


def _ownerless(standing: Standing, scope: Unit) -> list[Task]:
    """Return the measures that nobody is named for: neither a responsibility nor an owner of every milestone."""
    programme = standing.programme
    found = [
        measure.code
        for measure in measures_of(standing.plan)
        if not measure.responsibility and not all(item.owner for item in measure.milestones)
    ]
    if not found:
        return []
    title = ngettext("Name somebody for %(count)s measure", "Name somebody for %(count)s measures", len(found))
    return [
        Task(
            key=f"programme.ownerless.{programme.pk}",
            title=title % {"count": len(found)},
            context=f"{programme} · {', '.join(found[:MOST])}",
            url=reverse("programme:edit-plan", args=[scope.key, programme.slug]),
            action=_("Name"),
            room=ROOM,
        )
    ]


def _rounds(programme: Programme, scope: Unit, today: date, found: list[Round]) -> Iterator[Task]:
    """Yield the open rounds that soon close, for those who see who has not answered."""
    for one in found:
        closes = clock.day_of(one.collection.closes_at) if one.collection.closes_at else None
        if closes is None or closes > today + SOON:
            continue
        handed: int = getattr(one, "handed_in", 0)
        told = ngettext("%(n)s answer handed in", "%(n)s answers handed in", handed) % {"n": handed}
        yield Task(
            key=f"programme.round.{one.pk}",
            title=_("See who has not answered yet: %(name)s") % {"name": one.names.text},
            context=f"{told} · {programme}",
            url=reverse("programme:see-round", args=[scope.key, programme.slug, one.pk]),
            action=_("Show"),
            due=closes,
            room=ROOM,
        )


def _undecided(programme: Programme, scope: Unit, found: list[tuple[Network, int]]) -> Iterator[Task]:
    """Yield the networks with project plans that wait for a decision, for those who decide."""
    for network, count in found:
        title = ngettext("Decide on %(count)s project plan", "Decide on %(count)s project plans", count)
        yield Task(
            key=f"programme.network.{network.pk}",
            title=title % {"count": count},
            context=f"{network} · {programme}",
            url=reverse("programme:see-network", args=[scope.key, programme.slug, network.slug]),
            action=_("Decide"),
            room=ROOM,
        )


def _events(programme: Programme, scope: Unit, today: date, events: list[ClockEvent]) -> Iterator[Task]:
    for event in events:
        until = (event.until_month, event.until_day) if event.until_month and event.until_day else None
        first, last = coming((event.month, event.day), until, event.year, today)
        if first - timedelta(days=event.remind_days) <= today <= last:
            yield Task(
                key=f"programme.event.{event.pk}.{first}",
                title=names_of(event.title).text,
                context=_("Annual clock · %(programme)s") % {"programme": programme},
                url=reverse("programme:see-clock", args=[scope.key, programme.slug]),
                action=_("Show"),
                due=last,
                room=ROOM,
            )
