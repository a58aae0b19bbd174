"""Letting a program in with a key, and taking the key away."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import audit, clock
from luotsi.base.errors import Reason, Refused
from luotsi.indicators.actions.definitions import reasons_of
from luotsi.indicators.models import ApiToken
from luotsi.indicators.rules.tokens import PREFIX, TokenScope, hash_of

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit


class TokenRefused(Refused):
    """A key that cannot be made or taken away."""


@transaction.atomic
def make_token(
    *, unit: Unit, name: str, scopes: Sequence[TokenScope], expires_on: date | None = None, by: Account | None
) -> tuple[ApiToken, str]:
    """Make a key for a program that reads at the unit; return it with its secret, which is kept nowhere.

    Raises:
        TokenRefused: it opens nothing, has no name, or has run out before it begins.
    """
    reasons = []
    if not scopes:
        reasons.append(Reason(_("Choose what the key opens."), field="scopes"))
    if expires_on is not None and expires_on < clock.today():
        reasons.append(Reason(_("The last day has passed."), field="expires_on"))
    if reasons:
        raise TokenRefused(*reasons)
    secret = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken(
        unit=unit,
        name=name.strip(),
        scopes=sorted({str(scope) for scope in scopes}),
        hash=hash_of(secret),
        made_by=by,
        made_at=clock.now(),
        expires_on=expires_on,
    )
    try:
        made.full_clean(exclude=["unit", "made_by"])
    except ValidationError as error:
        raise TokenRefused(*reasons_of(error)) from None
    made.save(force_insert=True)
    audit.record(
        by=by,
        verb="indicators.token.made",
        target=made,
        after=audit.snapshot(made, "name", "scopes", "expires_on"),
        unit_id=unit.pk,
    )
    return made, secret


@transaction.atomic
def withdraw_token(*, token: ApiToken, by: Account | None) -> ApiToken:
    """Take a key away: from this moment it opens nothing."""
    kept = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if kept.withdrawn_at is not None:
        raise TokenRefused(_("The key has been taken away already."))
    kept.withdrawn_at = clock.now()
    kept.save(update_fields=["withdrawn_at"])
    audit.record(by=by, verb="indicators.token.withdrawn", target=kept, unit_id=kept.unit_id)
    return kept


def note_use(*, token: ApiToken) -> None:
    """Note the day on which a key was last used; once a day, and no row in the log: nothing changes by reading."""
    today = clock.today()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
