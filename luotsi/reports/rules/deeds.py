"""What the deeds of this room are called in the log of changes: each verb with its words."""

from luotsi.base.declarations import marked as _

DEEDS = {
    "reports.matter.prepared": _("Matter before a body prepared"),
    "reports.report.begun": _("Report begun"),
    "reports.report.decided": _("Decision about a report recorded"),
    "reports.report.frozen": _("Report frozen"),
    "reports.report.published": _("Report published"),
    "reports.report.renewed": _("New version of a report begun"),
    "reports.text.written": _("Text of a report written"),
}
