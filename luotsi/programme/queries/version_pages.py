"""What the pages of versions show: who published and approved what, and how far the draft has gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.programme import access
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.differences import difference
from luotsi.programme.rules.rights import Right

if TYPE_CHECKING:
    from luotsi.people.access import Visitor
    from luotsi.programme.models import PlanVersion, Programme


@dataclass(frozen=True)
class VersionRow:
    """A published version; `before` is the number of the one before it, None for the first."""

    number: int
    published_at: datetime | None
    approved_by: str
    approved_on: date | None
    reference: str
    note: str
    sha256: str
    before: int | None


@dataclass(frozen=True)
class DraftRow:
    """The draft, and in how many ways it differs from the published version."""

    written_at: datetime
    changes: int


@dataclass(frozen=True)
class VersionsPage:
    """The versions of a plan, the latest first."""

    draft: DraftRow | None
    latest: int | None
    versions: tuple[VersionRow, ...]
    choices: tuple[tuple[str, str], ...]
    may_plan: bool

    @property
    def may_publish_page(self) -> bool:
        """Who plans also opens and closes the public page."""
        return self.may_plan


def versions_page(visitor: Visitor, programme: Programme) -> VersionsPage:
    """Return the versions; the draft is shown to those who plan."""
    may_plan = access.may_do(visitor, programme, Right.PLAN)
    found = {version.number: version for version in programme.versions.defer("document")}
    numbers = sorted((number for number in found if number is not None), reverse=True)
    latest = numbers[0] if numbers else None
    draft = found.get(None) if may_plan else None
    choices = [(str(number), _("Version %(number)s") % {"number": number}) for number in numbers]
    if draft:
        choices.insert(0, ("draft", _("Draft")))
    return VersionsPage(
        draft=_draft(programme, draft, found[latest] if latest else None) if draft else None,
        latest=latest,
        versions=tuple(
            _row(found[number], numbers[place + 1] if place + 1 < len(numbers) else None)
            for place, number in enumerate(numbers)
        ),
        choices=tuple(choices),
        may_plan=may_plan,
    )


def _draft(programme: Programme, draft: PlanVersion, latest: PlanVersion | None) -> DraftRow:
    if latest is None:
        return DraftRow(draft.written_at, 1)
    changes = difference(plan_of(programme, latest), plan_of(programme, draft))
    return DraftRow(draft.written_at, len(changes))


def _row(version: PlanVersion, before: int | None) -> VersionRow:
    return VersionRow(
        number=version.number or 0,
        published_at=version.published_at,
        approved_by=version.approved_by,
        approved_on=version.approved_on,
        reference=version.reference,
        note=version.note,
        sha256=version.sha256,
        before=before,
    )


def draft_words(programme: Programme) -> str:
    """Return what publishing would change, for the form that does it."""
    found = {version.number: version for version in programme.versions.defer("document")}
    numbers = [number for number in found if number is not None]
    if None not in found:
        return _("There is no draft to publish.")
    if not numbers:
        return _("This is the first version. Members see the plan from now on.")
    count = len(difference(plan_of(programme, found[max(numbers)]), plan_of(programme, found[None])))
    words = ngettext("The draft has %(n)s change.", "The draft has %(n)s changes.", count) % {"n": count}
    return f"{words} {_('A published version never changes.')}"
