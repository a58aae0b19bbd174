"""Which indicators show the effect of what: linked to a section, a measure or the whole programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit
from luotsi.programme.actions.refusals import ProgrammeRefused
from luotsi.programme.models import IndicatorLink
from luotsi.programme.queries.documents import plan_of
from luotsi.programme.rules.plan import Measure, Section, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.indicators.models import Indicator
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme


@transaction.atomic
def link_indicator(*, programme: Programme, item: str, indicator: Indicator, by: Account | None) -> IndicatorLink:
    """Link an indicator to a section or measure, or with "" to the whole; a link that is there stays.

    Raises:
        ProgrammeRefused: the plan has no such section or measure, or the indicator is not followed at the owner.
    """
    codes = {part.code for part in walk(plan_of(programme)) if isinstance(part, Section | Measure)}
    if item and item not in codes:
        raise ProgrammeRefused(_("There is no such item in the plan."))
    path = programme.owner.path
    if indicator.owner is not None and not (
        path.startswith(indicator.owner.path) or indicator.owner.path.startswith(path)
    ):
        raise ProgrammeRefused(_("The indicator is not followed at the owner of the programme."))
    place = programme.indicator_links.count()
    link, made = IndicatorLink.objects.get_or_create(
        programme=programme, item=item, indicator=indicator, defaults={"position": place}
    )
    if made:
        audit.record(
            by=by,
            verb="programme.indicator.linked",
            target=programme,
            after={"item": item, "indicator": indicator.key},
            unit_id=programme.owner_id,
        )
    return link


@transaction.atomic
def unlink_indicator(*, link: IndicatorLink, by: Account | None) -> None:
    """Take a link away; indicator and figures stay."""
    audit.record(
        by=by,
        verb="programme.indicator.unlinked",
        target=link.programme,
        before={"item": link.item, "indicator": link.indicator.key},
        unit_id=link.programme.owner_id,
    )
    IndicatorLink.objects.filter(pk=link.pk).delete()


@transaction.atomic
def set_links(*, programme: Programme, item: str, indicators: Sequence[Indicator], by: Account | None) -> None:
    """Make these the indicators of an item: links that are there stay, others come and go, each with its audit row.

    Raises:
        ProgrammeRefused: as `link_indicator`.
    """
    wanted = {indicator.pk for indicator in indicators}
    for link in programme.indicator_links.filter(item=item).select_related("indicator", "programme"):
        if link.indicator_id not in wanted:
            unlink_indicator(link=link, by=by)
    for indicator in indicators:
        link_indicator(programme=programme, item=item, indicator=indicator, by=by)
