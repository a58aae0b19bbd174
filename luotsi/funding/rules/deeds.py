"""What the deeds of this room are called in the log of changes: each verb with its words."""

from luotsi.base.declarations import marked as _

DEEDS: dict[str, str] = {
    "funding.application.begun": _("Application begun"),
    "funding.application.changed": _("Application changed"),
    "funding.application.dropped": _("Application given up"),
    "funding.application.linked": _("Link of an application added"),
    "funding.application.resumed": _("Application taken up again"),
    "funding.application.submitted": _("Application handed in"),
    "funding.application.unlinked": _("Link of an application removed"),
    "funding.application.withdrawn": _("Application withdrawn"),
    "funding.call.added": _("Call added"),
    "funding.call.changed": _("Call changed"),
    "funding.call.mirrored": _("Form of a call chosen"),
    "funding.demo.loaded": _("Calls and applications of the demo written"),
    "funding.member.added": _("Member of the team of an application added"),
    "funding.member.changed": _("Member of the team of an application changed"),
    "funding.member.ended": _("Membership in the team of an application ended"),
}
