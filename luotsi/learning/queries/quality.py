"""What the page of data quality shows: shares without fault by unit and over time, findings by rule; no persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.learning import access
from luotsi.learning.models import QualityFinding, StudyRight
from luotsi.learning.queries.owner_words import OWNERS, SEVERITIES
from luotsi.learning.queries.quality_sight import STEP, is_hidden
from luotsi.learning.queries.rule_words import WORDS
from luotsi.learning.rules.checks import RULES, Severity
from luotsi.learning.rules.quality import Fault, Known, Share, counted_by, hidden_of, trend
from luotsi.learning.rules.rights import Right
from luotsi.people.models import Unit
from luotsi.ui.charts import Chart, draw
from luotsi.ui.formatting import day as written
from luotsi.ui.formatting import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from luotsi.people.access import Visitor

SERIOUS = (Severity.BLOCK.value, Severity.WARN.value)
MARKS: dict[str, str] = {Severity.BLOCK: "bad", Severity.WARN: "risk", Severity.INFO: "none"}
RECENT = timedelta(days=30)
NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Figures:
    """Rights to study of a unit, those without a serious fault, and open findings; None = hidden, for few persons."""

    rights: int | None = None
    sound: int | None = None
    blocks: int | None = None
    warnings: int | None = None
    remarks: int | None = None

    @property
    def part(self) -> str:
        """The share without a serious fault, in words."""
        known = self.rights is not None and self.sound is not None
        return percent(Share(self.rights or 0, self.sound or 0).part) if known else percent(None)


@dataclass(frozen=True)
class UnitRow:
    """A unit below with its figures; `url` is "" for learners of the unit itself."""

    names: Names
    url: str
    figures: Figures
    part: Decimal


@dataclass(frozen=True)
class RuleRow:
    """A rule that is broken: how often, and by how many learners; None = by few persons."""

    code: str
    title: str
    url: str
    mark: str
    severity: str
    owner: str
    has_funding: bool
    count: int | None
    learners: int | None


@dataclass(frozen=True)
class QualityPage:
    """The page of data quality of a unit; `has_data` is False before the first import."""

    has_data: bool
    figures: Figures
    new: int | None
    gone: int | None
    units: tuple[UnitRow, ...]
    rules: tuple[RuleRow, ...]
    chart: Chart | None
    findings_url: str


def quality_of(visitor: Visitor, scope: Unit) -> QualityPage:
    """Return the page of a unit; at most ten queries, however many learners there are."""
    sees_all = access.may_do(visitor, Right.STEWARD, scope)
    units = _Units(scope, sees_all=sees_all)
    few = not sees_all and is_hidden(scope)
    today = clock.today()
    new, gone = (None, None) if few else changes_of(findings_in(scope), today)
    figures = Figures() if few else units.total
    return QualityPage(
        has_data=units.persons > 0,
        figures=figures,
        new=new,
        gone=gone,
        units=() if few else tuple(units.rows()),
        rules=() if few else tuple(rules_of(scope, sees_all=sees_all)),
        chart=None if few else trend_of(scope, today),
        findings_url=reverse("learning:list-findings", args=[scope.key]) if sees_all else "",
    )


def findings_in(scope: Unit) -> QuerySet[QualityFinding]:
    """Return the findings of all learners of a unit and below it, for figures without persons."""
    return QualityFinding.objects.filter(learner__unit__path__startswith=scope.path).order_by()


def changes_of(findings: QuerySet[QualityFinding], today: date) -> tuple[int, int]:
    """Return how many findings are new, and how many are gone, within thirty days; one query."""
    since = today - RECENT
    told = findings.aggregate(
        new=Count("pk", filter=Q(since__gt=since, gone_on=None)), gone=Count("pk", filter=Q(gone_on__gt=since))
    )
    return told["new"], told["gone"]


class _Units:
    """Figures of a unit and of those directly below it; three queries."""

    def __init__(self, scope: Unit, *, sees_all: bool) -> None:
        self.scope = scope
        self.rights: Counter[str] = Counter()
        self.sound: Counter[str] = Counter()
        self.found: dict[str, Counter[str]] = defaultdict(Counter)
        child = Substr("learner__unit__path", 1, len(scope.path) + STEP)
        whose: list[tuple[str, Any]] = []
        for path, learner, is_bad in self._rights(child):
            whose.append((path, learner))
            self.rights[path] += 1
            self.sound[path] += not is_bad
        open_ = findings_in(scope).filter(gone_on=None).annotate(child=child).values_list("child", "severity")
        for path, severity, count in open_.annotate(count=Count("pk")):
            self.found[path][severity] += count
        by_path = counted_by(whose)
        self.persons = sum(by_path.values())
        self.hidden = frozenset() if sees_all else hidden_of(by_path)

    def _rights(self, child: Substr) -> Iterator[tuple[str, Any, bool]]:
        bad = QualityFinding.objects.filter(
            Q(right_oid=OuterRef("oid")) | Q(right_oid=""),
            learner=OuterRef("learner"),
            gone_on=None,
            severity__in=SERIOUS,
        )
        known = StudyRight.objects.known().filter(learner__unit__path__startswith=self.scope.path).order_by()
        yield from known.annotate(child=child, bad=Exists(bad)).values_list("child", "learner", "bad")

    @property
    def total(self) -> Figures:
        """Figures of the unit and all below it."""
        found: Counter[str] = sum(self.found.values(), Counter())
        return _figures(self.rights.total(), self.sound.total(), found)

    def rows(self) -> Iterator[UnitRow]:
        """Yield the units below that have learners, the worst first, then learners of the unit itself."""
        named = {one.path: one for one in Unit.objects.filter(parent=self.scope)}
        rows = []
        for path in self.rights:
            unit = named.get(path)
            url = reverse("learning:see-quality", args=[unit.key]) if unit else ""
            names = unit.names if unit else Names(fi=_("Directly here"), sv=_("Directly here"), en=_("Directly here"))
            part = Share(self.rights[path], self.sound[path]).part or Decimal(0)
            rows.append(UnitRow(names, url, self._figures(path), Decimal(1) if path in self.hidden else part))
        yield from sorted(rows, key=lambda one: (one.part, one.names.text))

    def _figures(self, path: str) -> Figures:
        if path in self.hidden:
            return Figures()
        return _figures(self.rights[path], self.sound[path], self.found[path])


def _figures(rights: int, sound: int, found: Counter[str]) -> Figures:
    return Figures(rights, sound, found[Severity.BLOCK], found[Severity.WARN], found[Severity.INFO])


def rules_of(scope: Unit, *, sees_all: bool) -> Iterator[RuleRow]:
    """Yield the rules that are broken, the gravest and most frequent first; one query."""
    counted = findings_in(scope).filter(gone_on=None).values_list("code")
    told = counted.annotate(count=Count("pk"), learners=Count("learner", distinct=True))
    grave = list(Severity)
    known = [one for one in told if one[0] in RULES]
    few = frozenset[str]() if sees_all else _few({code: learners for code, _count, learners in known})
    for code, count, learners in sorted(known, key=lambda one: (grave.index(RULES[one[0]].severity), -one[1], one[0])):
        rule, is_few = RULES[code], code in few
        yield RuleRow(
            code=code,
            title=str(WORDS[code].title),
            url=reverse("learning:see-rule", args=[scope.key, code]),
            mark=MARKS[rule.severity],
            severity=str(SEVERITIES[rule.severity]),
            owner=str(OWNERS[rule.owner]),
            has_funding=bool(WORDS[code].funding),
            count=None if is_few else count,
            learners=None if is_few else learners,
        )


def _few(learners: dict[str, int]) -> frozenset[str]:
    """Return the rules whose counts are hidden; sums stand by severity, so what they leave must not tell of a few."""
    parts = [{code: n for code, n in learners.items() if RULES[code].severity is each} for each in Severity]
    return frozenset[str]().union(*(hidden_of(part) for part in parts))


def trend_of(scope: Unit, today: date) -> Chart | None:
    """Return how the share without a serious fault went in a year; None of fewer than two days. Two queries."""
    rights = StudyRight.objects.filter(learner__unit__path__startswith=scope.path).order_by()
    # As text: making thousands of keys and hashing them on every day is most of what the page would take.
    who = Cast("learner_id", TextField())
    spans = (
        rights.annotate(who=who)
        .values_list("who", "oid")
        .annotate(since=Min("known_from"), until=Max(Coalesce("known_to", Value(NEVER))))
    )
    known = [Known(key, oid, since, None if until == NEVER else until) for key, oid, since, until in spans]
    told = findings_in(scope).filter(severity__in=SERIOUS)
    faults = [Fault(*one) for one in told.annotate(who=who).values_list("who", "right_oid", "since", "gone_on")]
    points = trend(today, known, faults)
    return _chart(points) if len(points) > 1 else None


def _chart(points: list[tuple[date, Share]]) -> Chart:
    first, last = points[0][1], points[-1][1]
    values = [{"day": day.isoformat(), "share": float(share.part or 0)} for day, share in points]
    axis = {"title": None, "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]}
    spec: dict[str, Any] = {
        "data": {"values": values},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "axis": {"title": None, "format": "%-m/%Y", "tickCount": 4}},
            "y": {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis},
        },
        "layer": [{"mark": {"type": "line"}}, {"mark": {"type": "point", "filled": True, "size": 40}}],
    }
    message = _("The share without serious faults went from %(first)s to %(last)s.") % {
        "first": percent(first.part),
        "last": percent(last.part),
    }
    return draw(
        spec,
        title=_("Rights to study without serious faults"),
        message=message,
        headers=(_("Day"), _("Rights to study"), _("Without serious faults"), _("Share")),
        rows=[(written(day), share.rights, share.sound, percent(share.part)) for day, share in points],
    )
