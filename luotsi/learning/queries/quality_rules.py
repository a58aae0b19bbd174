"""What the page of one rule shows: what it is about, where it stands, and how often it is broken; no persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.learning import access
from luotsi.learning.queries.owner_words import OWNERS, SEVERITIES
from luotsi.learning.queries.quality import MARKS, changes_of, findings_in, rules_of
from luotsi.learning.queries.quality_sight import is_hidden
from luotsi.learning.queries.rule_words import WORDS, Words
from luotsi.learning.rules.checks import RULES
from luotsi.learning.rules.rights import Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit


@dataclass(frozen=True)
class RulePage:
    """A rule; counts are None where few persons stand behind them. `findings_url` is "" for who sees no persons."""

    code: str
    words: Words
    mark: str
    severity: str
    owner: str
    since: date | None
    until: date | None
    source: str
    count: int | None
    learners: int | None
    new: int | None
    gone: int | None
    findings_url: str

    @property
    def title(self) -> str:
        """Code and name."""
        return f"{self.code} {self.words.title}"


def rule_of(visitor: Visitor, scope: Unit, code: str) -> RulePage:
    """Return the page of a rule at a unit. Raises Http404 where there is none of the code."""
    rule = RULES.get(code)
    if rule is None:
        raise Http404(_("There is no such rule."))
    sees_all = access.may_do(visitor, Right.STEWARD, scope)
    told = findings_in(scope).filter(code=code)
    row = next((one for one in rules_of(scope, sees_all=sees_all) if one.code == code), None)
    few = not sees_all and is_hidden(scope)
    new, gone = (None, None) if not sees_all else changes_of(told, clock.today())
    listed = reverse("learning:list-findings", args=[scope.key])
    return RulePage(
        code=code,
        words=WORDS[code],
        mark=MARKS[rule.severity],
        severity=str(SEVERITIES[rule.severity]),
        owner=str(OWNERS[rule.owner]),
        since=rule.since,
        until=rule.until,
        source=rule.source,
        count=None if few else row.count if row else 0,
        learners=None if few else row.learners if row else 0,
        new=new,
        gone=gone,
        findings_url=f"{listed}?rule={code}" if sees_all else "",
    )
