"""What the deeds of this room are called in the log of changes: each verb with its words."""

from luotsi.base.declarations import marked as _

DEEDS = {
    "people.unit.added": _("Unit added"),
    "people.unit.changed": _("Unit changed"),
    "people.unit.ended": _("Unit ended"),
    "people.unit.reopened": _("Unit reopened"),
    "people.unit.moved": _("Unit moved"),
    "people.units.imported": _("Units imported"),
    "people.import.tried": _("Import tried"),
    "people.import.discarded": _("Import discarded"),
    "people.role.given": _("Role given"),
    "people.role.ended": _("Role ended"),
    "people.role.continued": _("Ending of role taken back"),
    "people.invitation.sent": _("Invitation sent"),
    "people.invitation.sent-again": _("Invitation sent again"),
    "people.invitation.withdrawn": _("Invitation withdrawn"),
    "people.invitation.accepted": _("Invitation accepted"),
    "people.person.changed": _("Person changed"),
    "people.person.data-downloaded": _("Own data downloaded"),
    "people.account.password-changed": _("Password changed"),
    "people.account.sign-in-failed": _("Sign-in failed"),
    "people.reference.loaded": _("Reference data loaded"),
    "people.demo.loaded": _("Demo loaded"),
    "people.demo.reset": _("Demo taken away"),
}
