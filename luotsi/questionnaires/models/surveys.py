"""Surveys: who is invited, how many have answered, what was answered, and the figures that may be told.

An anonymous answer has a random key and nothing else beside what was answered: no moment, no day, no order, no person.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luotsi.people.models import Person, Unit
from luotsi.people.models.accounts import LANGUAGES
from luotsi.questionnaires.models.collections import Collection
from luotsi.questionnaires.models.exact import ExactJSONField


class Invitation(models.Model):
    """Somebody asked to answer. Of the link a digest is kept; when an anonymous survey is answered, nothing is.

    `due` is the letter that is still to be written to them: it is put into the outbox and taken off here in one
    transaction, so that nobody gets it twice and nobody is left out.
    """

    class Letter(models.TextChoices):
        """What is written to somebody who is asked."""

        INVITATION = "invitation", _("Invitation")
        REMINDER = "reminder", _("Reminder")
        MOVED = "moved", _("New closing time")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(_("language of the message"), max_length=2, choices=LANGUAGES, default="fi")
    digest = models.CharField(max_length=64, unique=True)
    answered = models.BooleanField(_("answered"), default=False)
    due = models.CharField(_("letter to be written"), max_length=10, choices=Letter, blank=True)

    class Meta:
        verbose_name = _("invitation to a survey")
        constraints = [models.UniqueConstraint(name="invitation_once_each", fields=["collection", "email"])]
        indexes = [models.Index(fields=["collection"], name="invitation_due", condition=~Q(due=""))]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.pk}"

    @property
    def who(self) -> str:
        """What a pseudonym is made of: the person, or the address of somebody who is not known."""
        return f"person:{self.person_id.hex}" if self.person_id else f"mail:{self.email.lower()}"


class Turnout(models.Model):
    """How many of a unit are invited and have answered; the only thing that answering an anonymous survey leaves."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="turnouts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    invited = models.PositiveIntegerField(_("invited"), default=0)
    answered = models.PositiveIntegerField(_("answered"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="turnout_once_each", fields=["collection", "unit"])]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.unit_id} {self.answered}/{self.invited}"


class Sheet(models.Model):
    """What one person answered to a survey.

    The key is random and the place of the row in its table follows the key, so that no order is left. `pseudonym` is
    of confidential surveys, `person` and `email` of identified ones; both know the day, an anonymous one does not.
    """

    id = models.BigAutoField(primary_key=True)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=12, choices=Collection.Mode)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    answers = ExactJSONField(_("answers"))
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    pseudonym = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)

    class Meta:
        verbose_name = _("answer to a survey")
        constraints = [
            models.CheckConstraint(
                name="sheet_tells_no_more_than_its_mode",
                condition=Q(mode="anonymous", answered_on=None, pseudonym="", person=None, email="")
                | Q(mode="confidential", person=None, email="") & ~Q(pseudonym="")
                | Q(mode="identified", pseudonym=""),
            ),
            models.UniqueConstraint(
                name="sheet_once_for_a_pseudonym", fields=["collection", "pseudonym"], condition=~Q(pseudonym="")
            ),
            models.UniqueConstraint(
                name="sheet_once_for_an_address", fields=["collection", "email"], condition=~Q(email="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.pk}"


class Published(models.Model):
    """The figures of one group, written when a survey is settled. Only groups and items that may be told are here.

    `key` is that of the unit, the sector or the language; "" = everybody. `figures` is {item: {n, counts, mean, half}}
    and, of answers in words, {n, texts: True}.
    """

    class Kind(models.TextChoices):
        """What makes the group one."""

        WHOLE = "whole", _("Everybody")
        UNIT = "unit", _("Unit")
        SECTOR = "sector", _("Sector")
        LANGUAGE = "language", _("Language of the answer")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="published")
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    persons = models.PositiveIntegerField(null=True)
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["kind", F("persons").desc(nulls_last=True), "key"]
        constraints = [models.UniqueConstraint(name="published_once_each", fields=["collection", "kind", "key"])]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.kind} {self.key}"


class OpenAnswer(models.Model):
    """An answer in words that may be read, with the smallest unit that may be told of it; `id` is random."""

    id = models.BigAutoField(primary_key=True)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="open_answers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    item = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["collection", "item"], name="open_answer_by_item")]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.item}"
