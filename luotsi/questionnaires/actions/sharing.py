"""Letting somebody into one response by mail, and taking it back. Of the link's secret only a digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, outbox
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import AnswerRefused
from luotsi.questionnaires.actions.responses import reason_of
from luotsi.questionnaires.models import Response, ResponseShare, ShareUse
from luotsi.questionnaires.rules.rights import Grant

if TYPE_CHECKING:
    from luotsi.questionnaires.access import Held

LONGEST = timedelta(days=90)
MOST_SHARES = 30


@dataclass(frozen=True)
class Issued:
    """A share just made, with the link that is told only once."""

    share: ResponseShare
    link: str


def digest_of(token: str) -> str:
    """Return what is kept of the secret in the link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def share_response(*, held: Held, email: str, grant: Grant, language: str, expires_at: datetime) -> Issued:
    """Let somebody into a response; the mail with the personal link leaves after the transaction.

    Raises:
        AnswerRefused: the giver may not do what is given, the address is none or has access already, or the time is
            over or longer than 90 days.
    """
    response, now = Response.objects.select_for_update().get(pk=held.response.pk), clock.now()
    reasons = []
    if not held.may(grant):
        reasons.append(Reason(_("You cannot give more than you may do yourself."), field="grant"))
    if not now < expires_at <= now + LONGEST:
        reasons.append(Reason(_("Give a time from now on, at most 90 days ahead."), field="expires_at"))
    open_ones = ResponseShare.objects.in_force(now).filter(response=response)
    if open_ones.filter(email__iexact=email).exists():
        reasons.append(Reason(_("This address has access already. Revoke it first to change it."), field="email"))
    if open_ones.count() >= MOST_SHARES:
        reasons.append(Reason(_("At most %(most)s people can have access.") % {"most": MOST_SHARES}))
    token = secrets.token_urlsafe(32)
    share = ResponseShare(
        response=response,
        email=email,
        language=language,
        grant=grant,
        digest=digest_of(token),
        shared_by=held.account,
        shared_at=now,
        expires_at=expires_at,
    )
    try:
        share.clean_fields(exclude=["response", "shared_by"])
    except ValidationError as error:
        reasons += [Reason(words, field=name) for name, found in error.message_dict.items() for words in found]
    if reasons:
        raise AnswerRefused(*reasons)
    share.save(force_insert=True)
    link = _write(held, share, token)
    audit.record(
        by=held.account,
        verb="questionnaires.share.given",
        target=share,
        after={"email": email, "grant": str(grant), "expires_at": expires_at},
        unit_id=held.response.unit_id or held.response.collection.owner_id,
        reason=reason_of(held),
    )
    return Issued(share, link)


def _write(held: Held, share: ResponseShare, token: str) -> str:
    link = settings.SITE_URL + reverse("questionnaires:open-link", args=[token])
    with translation.override(share.language):
        name = held.response.collection.names.text
        context = {"share": share, "giver": held.label, "collection": name, "link": link}
        outbox.post(
            to=share.email,
            subject=_("Your link to a response: %(collection)s") % {"collection": name},
            body=render_to_string("questionnaires/mail/share.txt", context),
            language=share.language,
        )
    return link


@transaction.atomic
def revoke_share(*, held: Held, share: ResponseShare) -> ResponseShare:
    """Take an access back; its link stops working at once. Raises AnswerRefused where it has ended already."""
    if share.state_at(clock.now()) != "open":
        raise AnswerRefused(Reason(_("This access has ended already.")))
    share.revoked_at = clock.now()
    share.save(update_fields=["revoked_at"])
    audit.record(
        by=held.account,
        verb="questionnaires.share.revoked",
        target=share,
        before={"revoked_at": None},
        after=audit.snapshot(share, "revoked_at"),
        unit_id=held.response.unit_id or held.response.collection.owner_id,
        reason=reason_of(held),
    )
    return share


@transaction.atomic
def open_link(*, token: str) -> ResponseShare:
    """Return the share behind a personal link, and note that it was opened.

    Raises:
        AnswerRefused: the link is not known, has been revoked, or its time is over.
    """
    found = ResponseShare.objects.select_related("response__collection").filter(digest=digest_of(token)).first()
    if found is None:
        raise AnswerRefused(Reason(_("The link is not known. Check that you copied all of it.")))
    state = found.state_at(clock.now())
    if state == "revoked":
        raise AnswerRefused(Reason(_("This link has been revoked. Ask for a new one from whoever sent it.")))
    if state == "expired":
        raise AnswerRefused(Reason(_("The time of this link is over. Ask for a new one from whoever sent it.")))
    ShareUse(share=found, at=clock.now()).save(force_insert=True)
    audit.record(
        by=None,
        verb="questionnaires.share.opened",
        target=found,
        unit_id=found.response.unit_id or found.response.collection.owner_id,
    )
    return found
