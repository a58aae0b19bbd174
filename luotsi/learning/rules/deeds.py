"""What the deeds of this room are called in the log of changes: each verb with its words."""

from luotsi.base.declarations import marked as _

DEEDS: dict[str, str] = {
    "learning.caseload.changed": _("Caseload changed"),
    "learning.caseload.ended": _("Caseload ended"),
    "learning.caseload.taken": _("Caseload taken"),
}
