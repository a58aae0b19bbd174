"""What is decided about grants, as pure functions."""

from luotsi.base.declarations import PersonalData
from luotsi.base.declarations import marked as _

PERSONAL_DATA = (
    PersonalData(
        title=_("Calls"),
        what=_("Who began to watch a call."),
        model="funding.Call",
        fields=("kept_by",),
        purpose=_("Shows who answers for what is told of a call."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the call is kept."),
    ),
    PersonalData(
        title=_("Applications"),
        what=_("Who began an application."),
        model="funding.Application",
        fields=("begun_by",),
        purpose=_("Shows who answers for an application."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the application is kept."),
    ),
    PersonalData(
        title=_("Teams of applications"),
        what=_(
            "Who may read, write or hand in an application, and who is authorised to prepare it, from when until when."
        ),
        model="funding.ApplicationMember",
        fields=("person", "part", "is_preparer", "since", "until"),
        purpose=_("Lets those work on an application who are authorised to, and shows later who was."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the application is kept."),
    ),
)
