"""What an application serves: measures of programmes, and indicators by which its success is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.base import audit
from luotsi.funding.actions.refusals import checked
from luotsi.funding.models import ApplicationLink

if TYPE_CHECKING:
    from luotsi.funding.models import Application
    from luotsi.indicators.models import Indicator
    from luotsi.people.models import Account
    from luotsi.programme.models import Programme


@transaction.atomic
def link_measure(
    *, application: Application, programme: Programme, measure: str, by: Account | None
) -> ApplicationLink:
    """Link a measure of a programme by its code. Raises FundingRefused when it is linked already."""
    return _linked(ApplicationLink(application=application, programme=programme, measure=measure), by)


@transaction.atomic
def link_indicator(*, application: Application, indicator: Indicator, by: Account | None) -> ApplicationLink:
    """Link an indicator. Raises FundingRefused when it is linked already."""
    return _linked(ApplicationLink(application=application, indicator=indicator), by)


def _linked(link: ApplicationLink, by: Account | None) -> ApplicationLink:
    checked(link).save(force_insert=True)
    audit.record(
        by=by,
        verb="funding.application.linked",
        target=link.application,
        after=audit.snapshot(link),
        unit_id=link.application.unit_id,
    )
    return link


@transaction.atomic
def unlink(*, link: ApplicationLink, by: Account | None) -> None:
    """Take a link away; what it was stands in the log."""
    application, before = link.application, audit.snapshot(link)
    link.delete()
    audit.record(
        by=by, verb="funding.application.unlinked", target=application, before=before, unit_id=application.unit_id
    )
