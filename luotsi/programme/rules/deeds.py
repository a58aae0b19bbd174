"""What the deeds of this room are called in the log of changes: each verb with its words."""

from luotsi.base.declarations import marked as _

DEEDS = {
    "programme.budget.added": _("Line of money added"),
    "programme.budget.changed": _("Line of money changed"),
    "programme.clock.added": _("Event of the annual clock added"),
    "programme.clock.changed": _("Event of the annual clock changed"),
    "programme.clock.ended": _("Event of the annual clock ended"),
    "programme.clock.reminded": _("Reminders of the annual clock sent"),
    "programme.decision.added": _("Decision added"),
    "programme.decision.changed": _("Decision changed"),
    "programme.demo.consented": _("Agreements of the demo written"),
    "programme.demo.loaded": _("States of the demo told"),
    "programme.demo.reset": _("Programmes of the demo taken away"),
    "programme.finding.added": _("Finding added"),
    "programme.finding.changed": _("Finding changed"),
    "programme.finding.closed": _("Finding closed"),
    "programme.finding.reopened": _("Finding reopened"),
    "programme.indicator.linked": _("Indicator joined to a plan"),
    "programme.indicator.unlinked": _("Indicator taken off a plan"),
    "programme.indicators.linked": _("Indicators joined to a plan"),
    "programme.milestone.told": _("State of a milestone told"),
    "programme.participation.consented": _("Agreement to show figures changed"),
    "programme.plan.imported": _("Plan imported"),
    "programme.plan.item-added": _("Item of a plan added"),
    "programme.plan.item-changed": _("Item of a plan changed"),
    "programme.plan.item-removed": _("Item of a plan removed"),
    "programme.plan.published": _("Plan published"),
    "programme.programme.closed": _("Public page of a programme closed"),
    "programme.programme.founded": _("Programme founded"),
    "programme.programme.opened": _("Public page of a programme opened"),
}
