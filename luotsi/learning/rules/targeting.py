"""Help for whole groups beside help for single learners: which groups need it, and which way reached whom.

Schools with many in need are sometimes found as well by their average as pupils are by a score; whether that is so
here is looked up on what has been: whom each way would have reached, of those who left within a year.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from luotsi.indicators.rules.disclosure import SMALL

CAPACITY = 0.2
LEAST_LEFT = 10
ZERO = Decimal(0)


@dataclass(frozen=True)
class Learner:
    """Somebody on a day: in which group of which school, by how much behind the plan, whether they left afterwards.

    `studies` is what they study with the year in which they began.
    """

    school: Hashable
    group: Hashable | None
    behind: Decimal
    left: bool = False
    studies: Hashable = None


@dataclass(frozen=True)
class GroupNeed:
    """A group: how many learners, how many of them late, by how much in all; hidden where that is too few to tell."""

    school: Hashable
    group: Hashable | None
    learners: int
    late: int
    behind: Decimal
    hidden: bool = False

    @property
    def share(self) -> float:
        """The share of its learners who are late."""
        return self.late / self.learners


def needs(learners: Iterable[Learner]) -> list[GroupNeed]:
    """Return the groups, those with the largest share late first; what must not be told is marked and last.

    Hidden are groups of fewer than five, those in which one to four are late or one to four are not, with them whoever
    has no group, and as many of the smallest groups beside them in their school as it takes: what is left of the
    school's own figure without its groups never is of one to four, of either kind.
    """
    found: dict[tuple[Hashable, Hashable | None], GroupNeed] = {}
    for one in learners:
        key = (one.school, one.group)
        held = found.get(key, GroupNeed(one.school, one.group, 0, 0, ZERO))
        late = one.behind > 0
        behind = held.behind + max(one.behind, ZERO)
        found[key] = replace(held, learners=held.learners + 1, late=held.late + late, behind=behind)
    marked = [replace(one, hidden=one.group is None or _is_small([one])) for one in found.values()]
    for school in {one.school for one in marked}:
        apart = [one for one in marked if one.school == school and one.hidden]
        shown = [one for one in marked if one.school == school and not one.hidden]
        shown.sort(key=lambda one: (one.learners, str(one.group)))
        while shown and _is_small(apart):
            apart.append(shown.pop(0))
            marked[marked.index(apart[-1])] = replace(apart[-1], hidden=True)
    return sorted(marked, key=_order)


def needs_by_studies(learners: Sequence[Learner]) -> tuple[list[GroupNeed], list[GroupNeed]]:
    """Return the need of studies at schools (`group` is what is studied since when), and that of the groups in each.

    Of the groups, `school` is the pair of school and studies: what is left of studies without their groups is never of
    one to four either. Groups of studies that are hidden are hidden with them.
    """
    studies = needs([replace(one, group=one.studies) for one in learners])
    hidden = {(one.school, one.group) for one in studies if one.hidden}
    groups = needs([replace(one, school=(one.school, one.studies)) for one in learners])
    marked = [replace(one, hidden=one.hidden or one.school in hidden) for one in groups]
    return studies, sorted(marked, key=_order)


def _order(one: GroupNeed) -> tuple[bool, float, int, str]:
    return one.hidden, -one.share, -one.learners, str(one.group)


def _is_small(groups: Sequence[GroupNeed]) -> bool:
    """Return True where some groups together have one to four learners, of either kind or in all."""
    learners, late = sum(one.learners for one in groups), sum(one.late for one in groups)
    return any(0 < count < SMALL for count in (learners, late, learners - late))


@dataclass(frozen=True)
class Reach:
    """Whom two ways of helping as many learners would have reached, of those who left; shares from 0 to 1.

    Attributes:
        learners: how many there were; `left`: how many of them left.
        helped: how many the whole groups hold, and so how many single learners were taken beside them.
        groups: the share of those who left that is in the groups; `single`: in the list of single learners.
    """

    learners: int
    left: int
    helped: int
    groups: float
    single: float

    @property
    def chance(self) -> float:
        """The share that as many learners taken by chance would hold."""
        return self.helped / self.learners


def reach_of(learners: Sequence[Learner]) -> Reach | None:
    """Return whom whole groups and single learners would have reached; None where fewer than ten left.

    Whole groups are taken, those with the largest share late first, until they hold a fifth of all; as many single
    learners are taken by how far they were behind. Of equals a part counts, so that no order among them matters.
    """
    left = sum(one.left for one in learners)
    ordered = [one for one in needs(learners) if one.group is not None]
    if left < LEAST_LEFT or not ordered:
        return None
    ordered.sort(key=lambda one: (-one.share, -one.learners, str(one.group)))
    taken: set[tuple[Hashable, Hashable | None]] = set()
    helped = 0
    for one in ordered:
        if helped >= len(learners) * CAPACITY:
            break
        taken.add((one.school, one.group))
        helped += one.learners
    in_groups = sum(one.left for one in learners if (one.school, one.group) in taken)
    return Reach(len(learners), left, helped, in_groups / left, _by_list(learners, helped) / left)


def _by_list(learners: Sequence[Learner], helped: int) -> float:
    """Return how many of those who left stand among the first so many by how far they are behind."""
    edge = sorted((one.behind for one in learners), reverse=True)[helped - 1]
    above = [one for one in learners if one.behind > edge]
    equal = [one for one in learners if one.behind == edge]
    part = (helped - len(above)) / len(equal)
    return sum(one.left for one in above) + part * sum(one.left for one in equal)
