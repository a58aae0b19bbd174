"""Forgetting: whom a response was shared with, when that has been over for long enough."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from luotsi.base import audit, clock
from luotsi.questionnaires.models import ResponseShare

KEPT = timedelta(days=90)


@transaction.atomic
def forget_shares() -> int:
    """Delete shares that were revoked or expired more than 90 days ago, with their uses; return how many."""
    day = clock.now() - KEPT
    ended = ResponseShare.objects.filter(Q(revoked_at__lt=day) | Q(expires_at__lt=day))
    count = ended.count()
    if count:
        ended.delete()
        audit.record(by=None, verb="questionnaires.shares.forgotten", target=ResponseShare(), after={"count": count})
    return count


def forget_daily() -> None:
    """Forget what need not be kept today; the worker calls this once a day."""
    forget_shares()
