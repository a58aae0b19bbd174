"""What the list of what is to be mended shows: findings with their learners, for who keeps the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Case, F, Value, When
from django.urls import reverse

from luotsi.base.addresses import STAND_IN
from luotsi.base.names import Names
from luotsi.base.wording import with_words
from luotsi.learning.queries import rule_words
from luotsi.learning.queries.owner_words import OWNERS, SEVERITIES
from luotsi.learning.queries.quality import MARKS
from luotsi.learning.queries.rule_words import WORDS
from luotsi.learning.rules.checks import RULES, Severity
from luotsi.learning.rules.naming import called
from luotsi.people.models import Unit
from luotsi.ui.lists import Rows

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.learning.models import QualityFinding
    from luotsi.ui.lists import Ask

ORDER = {
    "learner": ("learner__family_name", "learner__given_name"),
    "unit": ("learner__unit__name_fi", "learner__unit__name_sv"),
    "rule": ("code",),
    "severity": ("rank", "code"),
    "owner": ("owner",),
    "since": ("since",),
}
SHOWN = (
    *("code", "severity", "owner", "at", "params", "since", "gone_on", "right_oid", "learner_id"),
    *("learner__given_name", "learner__family_name", "learner__oid"),
    *("learner__unit__name_fi", "learner__unit__name_sv", "learner__unit__name_en"),
)
WORDS_IN = ("learner__given_name", "learner__family_name", "learner__oid", "right_oid")
FUNDED = tuple(code for code, words in WORDS.items() if words.funding)


@dataclass(frozen=True)
class FindingRow:
    """One finding; `fix` tells how it is mended, `at` where it stands in the document.

    `learner_url` opens the studies that it is about; "" for who may not follow them.
    """

    learner: str
    learner_url: str
    oid: str
    unit: Names
    code: str
    title: str
    rule_url: str
    mark: str
    severity: str
    message: str
    fix: str
    owner: str
    since: date
    gone_on: date | None
    right_oid: str
    at: str
    has_funding: bool


def findings_of(seen: QuerySet[QualityFinding], scope: Unit, ask: Ask, *, follows: bool) -> Rows:
    """Return the findings that were asked for; two queries, however many there are.

    Args:
        seen: the findings that the visitor may see.
        scope: the unit that they are seen from.
        ask: which of them are asked for.
        follows: whether the visitor may open the studies of the learners.
    """
    found = _narrowed(seen, ask.filters)
    ranks = [When(severity=severity.value, then=Value(place)) for place, severity in enumerate(Severity)]
    keyed = found.annotate(rank=Case(*ranks, default=Value(len(ranks))))
    order = [F(name).desc() if ask.descending else F(name).asc() for name in ORDER[ask.sort]]
    end = None if ask.limit is None else ask.offset + ask.limit
    rows = keyed.order_by(*order, "learner__family_name", "learner__given_name", "code", "pk").values(*SHOWN)
    url = cache(partial(_rule_url, scope.key))
    address = reverse("learning:see-progress", args=[scope.key, STAND_IN]) if follows else ""
    return Rows([_row(one, url(one["code"]), address) for one in rows[ask.offset : end]], found.count())


def _rule_url(key: str, code: str) -> str:
    return reverse("learning:see-rule", args=[key, code]) if code in RULES else ""


def _narrowed(seen: QuerySet[QualityFinding], asked: Mapping[str, Any]) -> QuerySet[QualityFinding]:
    found = seen.exclude(gone_on=None) if asked.get("state") == "gone" else seen.filter(gone_on=None)
    if text := asked.get("q"):
        found = found.filter(with_words(text, *WORDS_IN))
    for name, field in (("rule", "code"), ("severity", "severity"), ("owner", "owner")):
        if value := asked.get(name):
            found = found.filter(**{field: value})
    if asked.get("funding"):
        found = found.filter(code__in=FUNDED)
    if path := asked.get("unit"):
        found = found.filter(learner__unit__path__startswith=path)
    return found


def _row(one: Mapping[str, Any], url: str, address: str) -> FindingRow:
    code, params = one["code"], one["params"]
    words = WORDS.get(code)
    return FindingRow(
        learner=called(one["learner__given_name"], one["learner__family_name"], one["learner__oid"]),
        learner_url=_studies_url(one, address),
        oid=one["learner__oid"],
        unit=Names(
            fi=one["learner__unit__name_fi"], sv=one["learner__unit__name_sv"], en=one["learner__unit__name_en"]
        ),
        code=code,
        title=str(words.title) if words else code,
        rule_url=url,
        mark=MARKS.get(one["severity"], "none"),
        severity=str(SEVERITIES.get(one["severity"], one["severity"])),
        message=rule_words.message(code, params) if words else code,
        fix=rule_words.fix(code) if words else "",
        owner=str(OWNERS.get(one["owner"], one["owner"])),
        since=one["since"],
        gone_on=one["gone_on"],
        right_oid=one["right_oid"],
        at=one["at"],
        has_funding=bool(words and words.funding),
    )


def _studies_url(one: Mapping[str, Any], address: str) -> str:
    """Return the address of the studies that a finding is about; of one of a learner alone, of the latest."""
    url = address.replace(STAND_IN, str(one["learner_id"]))
    return f"{url}?{urlencode({'right': one['right_oid']})}" if url and one["right_oid"] else url


def units_with_findings(seen: QuerySet[QualityFinding]) -> list[tuple[str, str]]:
    """Return the groups and schools of the findings, as choices by name; one query."""
    found = Unit.objects.filter(pk__in=seen.order_by().values("learner__unit"))
    return sorted(((one.path, one.names.text) for one in found), key=lambda choice: choice[1])
