"""Mails of a survey: the invitation, and the reminder to those who have not answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import audit, clock, outbox
from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.models import Collection, Invitation
from luotsi.questionnaires.rules.surveys import secrets

if TYPE_CHECKING:
    from luotsi.people.models import Account

BETWEEN = timedelta(hours=20)


def link_of(invitation: Invitation) -> str:
    """Return the personal link of an invitation; it is the same in every mail."""
    token = secrets.personal_token(settings.SECRET_KEY, invitation.pk.hex)
    return settings.SITE_URL + reverse("questionnaires:answer-survey", args=[token])


def write_to(collection: Collection, invitations: Iterable[Invitation], *, again: bool = False) -> int:
    """Put a mail to each of the invited into the outbox, in their language; return how many."""
    return outbox.post_many(_letters(collection, invitations, again=again))


def _letters(collection: Collection, invitations: Iterable[Invitation], *, again: bool) -> Iterator[outbox.Letter]:
    for language, group in _by_language(invitations).items():
        with translation.override(language):
            name = collection.names.text
            subject = _("Reminder: %(survey)s") if again else _("You are asked to answer: %(survey)s")
            context = {"collection": collection, "name": name, "asked_by": collection.owner.names.text, "again": again}
            for invitation in group:
                body = render_to_string("questionnaires/mail/survey.txt", {**context, "link": link_of(invitation)})
                yield outbox.Letter(
                    to=invitation.email, subject=subject % {"survey": name}, body=body, language=language
                )


def _by_language(invitations: Iterable[Invitation]) -> dict[str, list[Invitation]]:
    found: dict[str, list[Invitation]] = {}
    for invitation in invitations:
        found.setdefault(invitation.language, []).append(invitation)
    return found


@transaction.atomic
def remind(*, collection: Collection, by: Account | None) -> int:
    """Write again to those who have not answered; return how many.

    Raises:
        QuestionnaireRefused: the survey is not open, everybody has answered, or a reminder left within 20 hours.
    """
    kept, now = Collection.objects.select_for_update().get(pk=collection.pk), clock.now()
    if kept.state_at(now) != "open":
        raise QuestionnaireRefused(Reason(_("The survey is not open.")))
    if kept.reminded_at and kept.reminded_at > now - BETWEEN:
        raise QuestionnaireRefused(Reason(_("A reminder has been sent today already.")))
    waiting = list(Invitation.objects.filter(collection=collection, answered=False))
    if not waiting:
        raise QuestionnaireRefused(Reason(_("Everybody who was invited has answered.")))
    _renew(waiting)
    kept.reminded_at = now
    kept.save(update_fields=["reminded_at"])
    count = write_to(collection, waiting, again=True)
    audit.record(
        by=by,
        verb="questionnaires.survey.reminded",
        target=collection,
        after={"mails": count},
        unit_id=collection.owner_id,
    )
    return count


def _renew(invitations: list[Invitation]) -> None:
    """Let links follow the secret of the installation, where that has been changed since they were made."""
    changed = []
    for one in invitations:
        digest = secrets.digest_of(secrets.personal_token(settings.SECRET_KEY, one.pk.hex))
        if digest != one.digest:
            one.digest = digest
            changed.append(one)
    Invitation.objects.bulk_update(changed, ["digest"], batch_size=500)
