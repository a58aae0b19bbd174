"""How far each unit has come with each milestone: state by state, with evidence, person and day."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.people.models import Account, Unit
from luotsi.programme.models.programmes import Programme
from luotsi.programme.rules.states import Told, Word


class MilestoneStateQuerySet(models.QuerySet["MilestoneState"]):
    """Adjectives of states."""

    def current(self) -> Self:
        """The last state of each milestone in each unit; the earlier ones are its history."""
        return self.filter(followed_by=None)


class MilestoneState(models.Model):
    """One state of a milestone (measure and period) in a unit; a later one names it in `follows`.

    Evidence is words, an address, a file, or a figure of an indicator; a finished milestone without any is a gap.
    An empty period means the measure as a whole: what is said of it comes before what follows from its milestones,
    always has a reason, and is taken back by the state "by_rules".
    """

    class State(models.TextChoices):
        """What somebody says of a milestone; late and at risk follow from rules, unless somebody says so."""

        NOT_STARTED = "not_started", _("Not started")
        ONGOING = "ongoing", _("Ongoing")
        AT_RISK = "at_risk", _("At risk")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    BY_RULES = "by_rules"
    STATES = [*State.choices, (BY_RULES, _("As its milestones say"))]

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="milestone_states")
    measure = models.CharField(_("measure"), max_length=40)
    period = models.CharField(_("period"), max_length=12, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    state = models.CharField(_("state"), max_length=12, choices=STATES)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    reason = models.TextField(_("reason"), blank=True)
    words = models.TextField(_("evidence in words"), blank=True)
    link = models.URLField(_("address of the evidence"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="programme/evidence/", blank=True)
    filename = models.CharField(max_length=200, blank=True)
    indicator_key = models.CharField(_("indicator as evidence"), max_length=80, blank=True)
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    told_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+", verbose_name=_("told by"))
    told_at = models.DateTimeField(_("told"))

    objects = MilestoneStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of a milestone")
        ordering = ["programme", "measure", "period", "unit", "-told_at"]
        indexes = [models.Index(fields=["programme", "measure", "period", "unit"], name="milestone_state_by_item")]
        constraints = [
            models.UniqueConstraint(
                name="milestone_state_begins_once",
                fields=["programme", "measure", "period", "unit"],
                condition=Q(follows=None),
            ),
            models.CheckConstraint(
                name="milestone_done_has_its_day",
                condition=~Q(state="done") | Q(period="") | Q(done_on__isnull=False),
                violation_error_message=_("Tell on which day the milestone was reached."),
            ),
            models.CheckConstraint(
                name="milestone_cancelled_has_a_reason",
                condition=~Q(state__in=["cancelled", "at_risk"]) | ~Q(reason=""),
                violation_error_message=_("Tell why."),
            ),
            models.CheckConstraint(
                name="milestone_whole_measure_has_a_reason",
                condition=~Q(period="") | ~Q(reason=""),
                violation_error_message=_("Tell why the measure is in another state than its milestones say."),
            ),
            models.CheckConstraint(
                name="milestone_by_rules_is_of_a_measure", condition=~Q(state="by_rules") | Q(period="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.period} {self.state}"

    @property
    def audit_label(self) -> str:
        """What the log of changes calls it."""
        return f"{self.measure} {self.period}, {self.unit}"

    @property
    def has_evidence(self) -> bool:
        """Whether anything shows it: words, an address, a file or an indicator."""
        return any((self.words, self.link, self.file, self.indicator_key))

    @property
    def told(self) -> Told:
        """What was told, as the rules judge it."""
        return Told(word=Word(self.state), reason=self.reason, done_on=self.done_on, has_evidence=self.has_evidence)
