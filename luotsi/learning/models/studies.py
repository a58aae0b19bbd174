"""Study data as it was known when: extracts of the registers, rights, plans and the lines of progress.

Everything here has two times: when it was so (days in the row) and when it was known: from `known_from` until before
`known_to` (None = known still). An import closes rows that have changed and adds new ones; nothing is overwritten.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.learning.models.learners import Learner
from luotsi.people.models import Account, Unit


class StudyImport(models.Model):
    """One or several files of study data that were sent in, read by the worker; all of it counts, or nothing.

    `extract_on` is the day that the files tell about: it becomes `known_from`. `data` holds the files, packed, until
    the import has come to its end. `counts` and `faults` tell how far it is and what was wrong.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being read")
        DONE = "done", _("Imported")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    filename = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(default=b"")
    extract_on = models.DateField(_("extract of"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import of study data")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.filename


class KnownQuerySet[M: models.Model](models.QuerySet[M]):
    """Adjectives of rows that have a time in which they were known."""

    def known(self, on: date | None = None) -> Self:
        """Rows known on the day; without a day, those known now."""
        if on is None:
            return self.filter(known_to=None)
        return self.filter(Q(known_to=None) | Q(known_to__gt=on), known_from__lte=on)


class RightQuerySet(KnownQuerySet["StudyRight"]):
    """Rights in the order in which they began; databases differ in where they put one without a beginning."""

    def as_begun(self) -> Self:
        """From the first on; before it those of which it is not told when they began."""
        return self.order_by(F("starts_on").asc(nulls_first=True), "oid")

    def latest_first(self) -> Self:
        """From the latest on; after all those of which it is not told when they began."""
        return self.order_by(F("starts_on").desc(nulls_last=True), "-oid")


class Known(models.Model):
    """Since when a row was known, and until when."""

    known_from = models.DateField()
    known_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Extract(Known):
    """A document as it was delivered: packed JSON without identity codes and without other people's names."""

    class Kind(models.TextChoices):
        """Which register it is from."""

        RIGHT = "right", _("Right to study")
        PLAN = "plan", _("Personal plan")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="extracts")
    kind = models.CharField(max_length=5, choices=Kind)
    right_oid = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    source = models.ForeignKey(StudyImport, models.SET_NULL, null=True, related_name="+")

    objects = KnownQuerySet["Extract"].as_manager()

    class Meta:
        verbose_name = _("document")
        ordering = ["learner", "kind", "known_from"]
        indexes = [models.Index(fields=["kind", "right_oid"], name="extract_by_right")]
        constraints = [
            models.UniqueConstraint(
                name="extract_known_only_once",
                fields=["learner", "kind", "right_oid"],
                condition=Q(known_to=None),
                violation_error_message=_("The document is known already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.right_oid}"


class StudyRight(Known):
    """A right to study: where, what, from when to when; its periods are [[day, state, funding], …] in order."""

    class Kind(models.TextChoices):
        """What is studied."""

        VOCATIONAL = "vocational", _("Vocational education")
        TUVA = "tuva", _("Preparatory education (TUVA)")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="rights")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("school"))
    extract = models.ForeignKey(Extract, models.CASCADE, related_name="+")
    oid = models.CharField(_("OID"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    study = models.CharField(_("kind of study"), max_length=80, blank=True)
    qualification = models.CharField(_("qualification"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    permit = models.CharField(_("permit"), max_length=20, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    estimated_end = models.DateField(_("estimated end"), null=True, blank=True)
    ends_on = models.DateField(_("ended"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=40, blank=True)
    periods = models.JSONField(default=list)
    within = models.CharField(max_length=60, blank=True)
    renewed = models.BooleanField(_("moved to renewed requirements"), default=False)
    recorded_at = models.DateTimeField(_("changed in the register"), null=True, blank=True)

    objects = RightQuerySet.as_manager()

    class Meta:
        verbose_name = _("right to study")
        ordering = ["learner", "starts_on"]
        indexes = [
            models.Index(fields=["unit", "kind", "starts_on"], name="right_by_unit"),
            models.Index(fields=["oid", "known_to"], name="right_by_oid"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="right_known_only_once",
                fields=["learner", "oid"],
                condition=Q(known_to=None),
                violation_error_message=_("The right is known already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.oid


class StudyPlan(Known):
    """A personal plan (HOKS) of a right to study."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="plans")
    extract = models.ForeignKey(Extract, models.CASCADE, related_name="+")
    right_oid = models.CharField(max_length=60)
    first_approved = models.DateField(_("first approved"), null=True, blank=True)
    touched_on = models.DateField(_("changed last"), null=True, blank=True)
    reached_on = models.DateField(_("competence reached"), null=True, blank=True)
    support = models.JSONField(default=list)

    objects = KnownQuerySet["StudyPlan"].as_manager()

    class Meta:
        verbose_name = _("personal plan")
        ordering = ["learner", "first_approved"]
        indexes = [models.Index(fields=["right_oid", "known_to"], name="plan_by_right")]
        constraints = [
            models.UniqueConstraint(
                name="plan_known_only_once",
                fields=["learner", "right_oid"],
                condition=Q(known_to=None),
                violation_error_message=_("The plan is known already."),
            ),
        ]

    def __str__(self) -> str:
        return self.right_oid


class StudyLine(Known):
    """One part of somebody's studies, planned and done: the fact that everybody's progress is counted from.

    `amount` is in points of competence, in preparatory studies in weeks; None = not known.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="lines")
    right_oid = models.CharField(max_length=60)
    key = models.CharField(_("code"), max_length=200)
    name = models.CharField(_("name"), max_length=300, blank=True)
    amount = models.DecimalField(_("amount"), null=True, blank=True, max_digits=8, decimal_places=3)
    planned_from = models.DateField(_("planned from"), null=True, blank=True)
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    recognised = models.BooleanField(_("recognised"), default=False)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    shown_by = models.DateField(_("demonstration planned by"), null=True, blank=True)
    shown_on = models.DateField(_("demonstrated"), null=True, blank=True)
    guidance_hours = models.DecimalField(_("hours of guidance"), null=True, blank=True, max_digits=8, decimal_places=3)

    objects = KnownQuerySet["StudyLine"].as_manager()

    class Meta:
        verbose_name = _("part of studies")
        ordering = ["learner", "right_oid", "planned_until", "key"]
        indexes = [
            models.Index(fields=["right_oid", "known_to"], name="line_by_right"),
            models.Index(fields=["learner", "known_to"], name="line_by_learner"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="line_known_only_once",
                fields=["learner", "right_oid", "key"],
                condition=Q(known_to=None),
                violation_error_message=_("The part is known already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key


ASKED_ON = Case(When(recognised=True, done_on__isnull=False, then=F("done_on")), default=F("planned_until"))
"""The day on which a part is asked for, as `rules.progress.Line.asked_on` tells it."""


class WorkPeriod(Known):
    """A time in which competence is acquired at work; nobody at the workplace is kept."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="work_periods")
    right_oid = models.CharField(max_length=60)
    way = models.CharField(_("way"), max_length=40)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    business_id = models.CharField(_("business identifier"), max_length=9, blank=True)
    in_register = models.BooleanField(_("told in the register"), default=False)
    in_plan = models.BooleanField(_("told in the plan"), default=False)

    objects = KnownQuerySet["WorkPeriod"].as_manager()

    class Meta:
        verbose_name = _("period at work")
        ordering = ["learner", "starts_on"]
        indexes = [models.Index(fields=["right_oid", "known_to"], name="work_by_right")]

    def __str__(self) -> str:
        return f"{self.way} {self.starts_on}"


class Absence(models.Model):
    """Hours away in one week, as a file of the student administration told them."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="absences")
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    hours = models.DecimalField(_("hours away"), max_digits=5, decimal_places=2)
    unexcused = models.DecimalField(_("of which unexcused"), max_digits=5, decimal_places=2, null=True, blank=True)
    lessons = models.DecimalField(_("hours of teaching"), max_digits=5, decimal_places=2, null=True, blank=True)
    known_from = models.DateField()
    source = models.ForeignKey(StudyImport, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("hours away")
        ordering = ["learner", "week"]
        constraints = [
            models.UniqueConstraint(
                name="absence_is_told_once_a_week",
                fields=["learner", "week", "known_from"],
                violation_error_message=_("The hours of this week were told already on that day."),
            ),
            models.CheckConstraint(
                name="absence_is_not_negative",
                condition=Q(hours__gte=0)
                & (Q(unexcused=None) | Q(unexcused__gte=0, unexcused__lte=models.F("hours"))),
                violation_error_message=_("Hours cannot be negative, nor unexcused hours more than all."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week}: {self.hours}"


class QualityFinding(models.Model):
    """A rule that a document breaks, from the day it was first found until the day it was gone."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="findings")
    right_oid = models.CharField(max_length=60, blank=True)
    code = models.CharField(_("rule"), max_length=4)
    severity = models.CharField(_("severity"), max_length=5)
    owner = models.CharField(_("who mends it"), max_length=10)
    at = models.CharField(_("place"), max_length=300)
    params = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=40)
    since = models.DateField(_("since"))
    gone_on = models.DateField(_("gone"), null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        ordering = ["unit", "code", "since"]
        indexes = [
            models.Index(fields=["unit", "gone_on", "code"], name="finding_by_unit"),
            models.Index(fields=["learner", "gone_on"], name="finding_by_learner"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="finding_open_only_once",
                fields=["learner", "fingerprint"],
                condition=Q(gone_on=None),
                violation_error_message=_("This is found already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.at}"
