"""Letters of a survey: invitations, reminders and new closing times, put into the outbox batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.base import background, clock, outbox
from luotsi.questionnaires.actions.surveys import works
from luotsi.questionnaires.models import Collection, Invitation, SurveyWork
from luotsi.questionnaires.rules.surveys import secrets

if TYPE_CHECKING:
    from collections.abc import Mapping

AT_ONCE = 200  # so many are written to within the request
BATCH = 200
HERE = "\ue000"  # stands for the link in a letter that is rendered once for many


def link_of(invitation: Invitation) -> str:
    """Return the personal link of an invitation; it is the same in every letter."""
    return settings.SITE_URL + _path(secrets.personal_token(settings.SECRET_KEY, invitation.pk.hex))


def _path(token: str) -> str:
    return reverse("questionnaires:answer-survey", args=[token])


def send_out(work: SurveyWork) -> None:
    """Write the letters that are due: few of them now, in the transaction of the act, and many in the background."""
    if work.total > AT_ONCE:
        background.later(works.GO_ON, work.collection_id)
        return
    _write(work, work.collection)


@transaction.atomic
def write_some(pk: UUID) -> bool:
    """Write the next letters, one transaction; return whether there are more.

    Whoever has answered in the meantime, or is asked by a survey that has closed, is not written to.
    """
    work = works.going_on(pk)
    if work is None or work.kind == SurveyWork.Kind.SETTLING:
        return False
    return _write(work, Collection.objects.select_related("owner").get(pk=pk))


def _write(work: SurveyWork, collection: Collection) -> bool:
    due = Invitation.objects.filter(collection=collection).exclude(due="")
    if collection.state_at(clock.now()) == "closed":
        due.update(due="")
    chosen = list(due.filter(answered=False).select_for_update(of=("self",)).order_by("pk")[:BATCH])
    _renew(chosen)
    outbox.post_many(_letters(collection, chosen))
    Invitation.objects.filter(pk__in=[one.pk for one in chosen]).update(due="")
    works.move_on(work, done=work.done + len(chosen))
    if len(chosen) == BATCH and due.filter(answered=False).exists():
        return True
    due.update(due="")  # those who have answered in the meantime
    works.end(work)
    return False


def _renew(invitations: Iterable[Invitation]) -> None:
    """Let links follow the secret of the installation, where that has been changed since they were made."""
    changed = []
    for one in invitations:
        digest = secrets.digest_of(secrets.personal_token(settings.SECRET_KEY, one.pk.hex))
        if digest != one.digest:
            one.digest = digest
            changed.append(one)
    if changed:
        Invitation.objects.bulk_update(changed, ["digest"])


def _letters(collection: Collection, invitations: Iterable[Invitation]) -> Iterator[outbox.Letter]:
    kinds: dict[tuple[str, str], tuple[str, str]] = {}
    before, after = link_parts()
    for one in invitations:
        if (one.due, one.language) not in kinds:
            kinds[one.due, one.language] = _rendered(collection, one.due, one.language)
        subject, body = kinds[one.due, one.language]
        link = f"{before}{secrets.personal_token(settings.SECRET_KEY, one.pk.hex)}{after}"
        yield outbox.Letter(to=one.email, subject=subject, body=body.replace(HERE, link), language=one.language)


def link_parts() -> tuple[str, str]:
    """Return what stands before and after the secret in a personal link: addresses are worked out once for many."""
    before, _mark, after = (settings.SITE_URL + _path("-x-")).rpartition("-x-")
    return before, after


def _rendered(collection: Collection, due: str, language: str) -> tuple[str, str]:
    """Return subject and body of a letter, with a mark in place of the link."""
    with translation.override(language):
        name = collection.names.text.replace(HERE, "")
        subjects: Mapping[str, str] = {
            "reminder": _("Reminder: %(survey)s"),
            "moved": _("New closing time: %(survey)s"),
        }
        subject = subjects.get(due) or _("You are asked to answer: %(survey)s")
        context = {
            "collection": collection,
            "name": name,
            "asked_by": collection.owner.names.text.replace(HERE, ""),
            "due": due,
            "link": HERE,
        }
        return subject % {"survey": name}, render_to_string("questionnaires/mail/survey.txt", context)
