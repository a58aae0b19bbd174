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
    PersonalData(
        title=_("Own shares"),
        what=_("Who wrote an entry of the ledger of own shares, and the officer or body that decided."),
        model="funding.Commitment",
        fields=("written_by", "decider"),
        purpose=_("Shows where a commitment comes from."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the application is kept."),
    ),
    PersonalData(
        title=_("Matters before a body"),
        what=_("Who wrote and fixed the text of a matter and recorded its outcome, and who presents it, by title."),
        model="funding.BoardItem",
        fields=("changed_by", "fixed_by", "recorded_by", "presenter"),
        purpose=_("Shows who answers for a proposal."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the application is kept."),
    ),
    PersonalData(
        title=_("Decisions of funders"),
        what=_("Who recorded a decision, and its text, in which persons may be named."),
        model="funding.GrantDecision",
        fields=("recorded_by", "text"),
        purpose=_("Proves what was decided and where each value stands."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the application is kept."),
    ),
    PersonalData(
        title=_("Obligations"),
        what=_("Who marked an obligation as done."),
        model="funding.Obligation",
        fields=("done_by",),
        purpose=_("Shows who answers for a deed."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the application is kept."),
    ),
    PersonalData(
        title=_("Reminders of obligations"),
        what=_("Who was reminded of an obligation."),
        model="funding.ObligationReminder",
        fields=("account",),
        purpose=_("Keeps a reminder from going out twice."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("Two years."),
    ),
)
