"""The annual clock: what happens in which part of the year, and who was reminded of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.base import ids
from luotsi.people.models import Account
from luotsi.programme.models.programmes import Programme


class ClockEvent(models.Model):
    """Something that happens once (a year is given) or every year on a day, perhaps going on until another.

    `owner` names an actor or participant of the plan by code. Reminders go out `remind_days` before the first day.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="clock_events")
    title = models.JSONField(_("what"), default=dict)
    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    until_month = models.PositiveSmallIntegerField(_("until month"), null=True, blank=True)
    until_day = models.PositiveSmallIntegerField(_("until day"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("only in the year"), null=True, blank=True)
    owner = models.CharField(_("who"), max_length=200, blank=True)
    measure = models.CharField(_("measure"), max_length=40, blank=True)
    remind_days = models.PositiveSmallIntegerField(_("remind days before"), default=14)
    note = models.TextField(_("note"), blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("event of the annual clock")
        ordering = ["programme", "month", "day", "id"]
        constraints = [
            models.CheckConstraint(
                name="clock_day_exists",
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31),
                violation_error_message=_("There is no such day."),
            ),
            models.CheckConstraint(
                name="clock_end_is_whole",
                condition=Q(until_month=None, until_day=None)
                | Q(until_month__gte=1, until_month__lte=12, until_day__gte=1, until_day__lte=31),
                violation_error_message=_("Give month and day of the end, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}.{self.month}. {self.title.get('fi') or ''}"


class ClockReminder(models.Model):
    """A reminder that went to somebody about one coming of an event: it goes out once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    event = models.ForeignKey(ClockEvent, models.CASCADE, related_name="reminders")
    on = models.DateField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        constraints = [models.UniqueConstraint(name="clock_reminds_once", fields=["event", "on", "account"])]

    def __str__(self) -> str:
        return f"{self.event_id} {self.on}"
