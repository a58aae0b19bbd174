"""Guidance: caseloads, teachers' judgements, needs with what was done about them, and what learners say."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luotsi.base import ids
from luotsi.learning.models.learners import Learner
from luotsi.people.models import Account, Person, Unit


class CaseloadQuerySet(models.QuerySet["Caseload"]):
    """Adjectives of caseloads."""

    def on(self, day: date) -> Self:
        """Caseloads in force on the day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Caseload(models.Model):
    """Whom a counsellor guides: the learners of a unit, with so many meetings a week."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    counsellor = models.ForeignKey(Person, models.PROTECT, related_name="caseloads", verbose_name=_("counsellor"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="caseloads", verbose_name=_("school or group"))
    slots = models.PositiveSmallIntegerField(_("meetings in a week"), default=5)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = CaseloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("caseload")
        ordering = ["counsellor", "unit", "since"]
        constraints = [
            models.UniqueConstraint(
                name="caseload_open_only_once",
                fields=["counsellor", "unit"],
                condition=Q(until=None),
                violation_error_message=_("The counsellor guides here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counsellor} · {self.unit}"


class Judgement(models.Model):
    """How a teacher sees a learner's start, on one item; an input of guidance, never a grade."""

    class Value(models.IntegerChoices):
        """The item: will studies go on by the plan without added guidance?"""

        SURELY = 4, _("Surely")
        PROBABLY = 3, _("Probably")
        UNSURE = 2, _("Not sure")
        HARDLY = 1, _("Hardly")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="judgements")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("by"))
    on = models.DateField(_("day"))
    value = models.PositiveSmallIntegerField(_("judgement"), choices=Value)

    class Meta:
        verbose_name = _("teacher's judgement")
        ordering = ["learner", "-on"]
        constraints = [
            models.UniqueConstraint(
                name="judgement_is_given_once_a_day",
                fields=["learner", "by", "on"],
                violation_error_message=_("A judgement of today is there already."),
            ),
            models.CheckConstraint(name="judgement_is_known", condition=Q(value__in=[1, 2, 3, 4])),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.on}"


class NeedQuerySet(models.QuerySet["Need"]):
    """Adjectives of needs."""

    def unsolved(self) -> Self:
        """Needs that have not ended."""
        return self.filter(closed_on=None)


class Need(models.Model):
    """A need for guidance: why it was opened, who has it, by when, how it ended and what became of it."""

    class Source(models.TextChoices):
        """What opened it."""

        RULES = "rules", _("Rules")
        MODEL = "model", _("Model")
        TEACHER = "teacher", _("Teacher")
        COUNSELLOR = "counsellor", _("Counsellor")
        LEARNER = "learner", _("Learner")

    class Ending(models.TextChoices):
        """How it ended."""

        MET = "met", _("Met")
        NO_NEED = "no_need", _("No need")
        LEFT = "left", _("Left studies")

    class Outcome(models.TextChoices):
        """How studies go on after a while."""

        ON_PLAN = "on_plan", _("Goes on by the plan")
        LATE = "late", _("Goes on, late")
        LEFT = "left", _("Has left")
        MOVED = "moved", _("Has moved to other studies")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="needs")
    source = models.CharField(_("opened by"), max_length=10, choices=Source)
    reasons = models.JSONField(default=list, blank=True)
    opened_on = models.DateField(_("opened"))
    opened_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("in charge"))
    due_on = models.DateField(_("by"))
    closed_on = models.DateField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=8, choices=Ending, blank=True)
    ending_reason = models.CharField(_("reason"), max_length=300, blank=True)
    outcome_4 = models.CharField(_("after four weeks"), max_length=8, choices=Outcome, blank=True)
    outcome_12 = models.CharField(_("after twelve weeks"), max_length=8, choices=Outcome, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need for guidance")
        ordering = ["-opened_on", "id"]
        indexes = [models.Index(fields=["owner", "closed_on", "due_on"], name="need_by_owner")]
        constraints = [
            models.UniqueConstraint(
                name="need_open_only_once",
                fields=["learner"],
                condition=Q(closed_on=None),
                violation_error_message=_("A need of this learner is open already."),
            ),
            models.CheckConstraint(
                name="need_ends_in_a_way",
                condition=Q(closed_on=None, ending="") | (Q(closed_on__isnull=False) & ~Q(ending="")),
                violation_error_message=_("Say how it ended."),
            ),
            models.CheckConstraint(
                name="need_that_was_none_has_a_reason",
                condition=~Q(ending="no_need") | ~Q(ending_reason=""),
                violation_error_message=_("Say why there is no need."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.opened_on}"


class GuidanceDeed(models.Model):
    """What was done for a learner: an entry of the guidance log. Health and welfare are not written here."""

    class Kind(models.TextChoices):
        """What was done."""

        CONTACT = "contact", _("Contact")
        MEETING = "meeting", _("Meeting")
        PLAN = "plan", _("Plan updated")
        REFERRAL = "referral", _("Referral")
        NO_NEED = "no_need", _("No need")
        NOTE = "note", pgettext_lazy("in the log of guidance", "Note")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="deeds")
    need = models.ForeignKey(Need, models.CASCADE, null=True, blank=True, related_name="deeds")
    kind = models.CharField(_("what was done"), max_length=8, choices=Kind)
    on = models.DateField(_("day"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("by"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    words = models.CharField(_("in words"), max_length=500, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("entry of the guidance log")
        ordering = ["-on", "-written_at"]

    def __str__(self) -> str:
        return f"{self.learner} {self.on}"


class SayingQuerySet(models.QuerySet["Saying"]):
    """Adjectives of what learners say."""

    def waiting(self) -> Self:
        """What nobody has answered."""
        return self.filter(answered_at=None)

    def contests(self) -> Self:
        """What learners contest."""
        return self.filter(kind="contest")


class Saying(models.Model):
    """What a learner says about what is told of them; what is contested is not used until somebody has answered.

    `refuted` are the reasons that a contest was right about, as [why, kind of record, key of record]: while one of
    them still rests on that very record, nothing is computed.
    """

    class Kind(models.TextChoices):
        """Comment or contest."""

        COMMENT = "comment", pgettext_lazy("what a learner says", "Comment")
        CONTEST = "contest", _("Contested")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="sayings")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    words = models.CharField(_("in your own words"), max_length=1000)
    said_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)
    refuted = models.JSONField(default=list, blank=True)

    objects = SayingQuerySet.as_manager()

    class Meta:
        verbose_name = _("what a learner says")
        ordering = ["-said_at"]
        indexes = [
            models.Index(fields=["learner", "kind"], name="saying_open", condition=Q(answered_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.said_at:%Y-%m-%d}"
