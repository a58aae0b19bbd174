"""Models of risk, their scores, who looked at them, and the switch."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.learning.models.learners import Learner
from luotsi.people.models import Account, Person, Unit


class RiskModel(models.Model):
    """What was learnt from closed cohorts, with how it was judged; a version is never changed after its release.

    `weights` is all that a score needs (see `rules.model.logistic.Weights`), `calibration` is [base, slope], `gate` is
    the report it was judged by, `signed` the reasons that a named person signed: [{"attribute", "reason", "person",
    "at"}].
    """

    class State(models.TextChoices):
        """Where it stands."""

        STOPPED = "stopped", _("Stopped by the gate")
        READY = "ready", _("Passed the gate")
        RELEASED = "released", _("In use")
        RETIRED = "retired", _("Out of use")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    provider = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("version"))
    kind = models.CharField(max_length=20, default="logistic")
    features = models.JSONField(default=list)
    weights = models.JSONField(default=dict)
    calibration = models.JSONField(default=list)
    cohorts = models.JSONField(default=dict)
    gate = models.JSONField(default=dict)
    signed = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=State)
    trained_at = models.DateTimeField()
    trained_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_for = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("model")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                name="risk_model_number_is_there_once",
                fields=["provider", "number"],
                violation_error_message=_("There is a model of this version."),
            ),
            models.UniqueConstraint(
                name="risk_model_released_only_once",
                fields=["provider"],
                condition=Q(state="released"),
                violation_error_message=_("Another model is in use."),
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class GuidanceSwitch(models.Model):
    """What orders caseloads from a moment on: a model, the rules, or nothing; the latest row rules."""

    class Mode(models.TextChoices):
        """What is on."""

        MODEL = "model", _("Model")
        RULES = "rules", _("Rules")
        OFF = "off", _("Nothing")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    provider = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    mode = models.CharField(_("mode"), max_length=5, choices=Mode)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("switch of guidance")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.mode} {self.at:%Y-%m-%d}"


class ScoreQuerySet(models.QuerySet["Score"]):
    """Adjectives of scores."""

    def standing(self) -> Self:
        """Scores that nobody was right to contest."""
        return self.filter(withdrawn_at=None)


class Score(models.Model):
    """A learner's place in a week, by rules or by a model, with all that it was computed from.

    `inputs` is the snapshot as known on the day, `sha256` its digest with the model's; the same inputs give the same
    value bit by bit. `value` is a chance (model) or points (rules). `reasons` are at most three. Where a model is in
    use the rules are counted beside it, so that they stand ready when it is switched off. One that a learner was right
    to contest is withdrawn: kept, used no more, and no hindrance to another of the same week.
    """

    class Band(models.TextChoices):
        """How it is told."""

        FIRST = "first", _("Meet first")
        SOON = "soon", _("Keep an eye on")
        FINE = "fine", _("Goes on")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="scores")
    right_oid = models.CharField(max_length=60)
    week = models.DateField(_("week"))
    model = models.ForeignKey(RiskModel, models.PROTECT, null=True, blank=True, related_name="scores")
    rules = models.CharField(_("version of the rules"), max_length=12, blank=True)
    inputs = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    value = models.FloatField()
    band = models.CharField(_("band"), max_length=5, choices=Band)
    reasons = models.JSONField(default=list)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        ordering = ["-week", "-value", "id"]
        indexes = [
            models.Index(fields=["learner", "-week"], name="score_by_learner"),
            models.Index(fields=["-made_at"], name="score_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="score_by_rules_is_there_once_a_week",
                fields=["learner", "week"],
                condition=Q(model=None, withdrawn_at=None),
                violation_error_message=_("The score of this week is there already."),
            ),
            models.UniqueConstraint(
                name="score_by_model_is_there_once_a_week",
                fields=["learner", "week", "model"],
                condition=Q(model__isnull=False, withdrawn_at=None),
                violation_error_message=_("The score of this week is there already."),
            ),
            models.CheckConstraint(
                name="score_is_of_a_model_or_of_rules",
                condition=Q(model__isnull=False, rules="") | (Q(model=None) & ~Q(rules="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.week}"


class ScoreView(models.Model):
    """That somebody saw a score: who, whose, by which model, when and for what."""

    class Purpose(models.TextChoices):
        """What for."""

        CASELOAD = "caseload", _("Caseload")
        LEARNER = "learner", _("Page of the learner")
        GROUP = "group", _("Starts of the group")
        OWN = "own", _("Own page")
        EXPORT = "export", _("Export")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="score_views")
    week = models.DateField()
    model = models.ForeignKey(RiskModel, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("view of a score")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["learner", "-at"], name="score_view_by_learner"),
            models.Index(fields=["-at"], name="score_view_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d}"


class DriftWatch(models.Model):
    """How a model in use stood in one month: shift of its inputs (PSI), calibration on closed cases, alarm."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    model = models.ForeignKey(RiskModel, models.CASCADE, related_name="watches")
    month = models.DateField()
    shifts = models.JSONField(default=dict)
    calibration = models.JSONField(default=dict)
    is_alarm = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("watch over a model")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                name="drift_watch_is_there_once_a_month",
                fields=["model", "month"],
                violation_error_message=_("The model was looked at in this month already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.month:%Y-%m}"
