"""What a plan is and what is wrong with one, as pure decisions: shapes, checks, derived values."""

from luotsi.base.declarations import PersonalData
from luotsi.base.declarations import marked as _

PERSONAL_DATA = (
    PersonalData(
        title=_("Versions of plans"),
        what=_("Who wrote and who published a version of a plan."),
        model="programme.PlanVersion",
        fields=(
            "written_by",
            "published_by",
        ),
        purpose=_("Shows who answers for a plan."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the programme is kept."),
    ),
    PersonalData(
        title=_("States of milestones"),
        what=_("Who told how far a milestone has come."),
        model="programme.MilestoneState",
        fields=("told_by",),
        purpose=_("Shows where a state comes from."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the programme is kept."),
    ),
    PersonalData(
        title=_("Members of pilot networks"),
        what=_("Who recorded a decision on a school."),
        model="programme.NetworkMember",
        fields=("decided_by",),
        purpose=_("Shows where a decision comes from."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the programme is kept."),
    ),
    PersonalData(
        title=_("Adoptions of concepts"),
        what=_("Who told that a school took a concept into use."),
        model="programme.Adoption",
        fields=("told_by",),
        purpose=_("Shows where a figure comes from."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the programme is kept."),
    ),
    PersonalData(
        title=_("Findings"),
        what=_("Who recorded the effect of a corrective action."),
        model="programme.Finding",
        fields=("closed_by",),
        purpose=_("Shows where an effect comes from."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the programme is kept."),
    ),
    PersonalData(
        title=_("Reminders"),
        what=_("Who was reminded of an event of the annual clock."),
        model="programme.ClockReminder",
        fields=("account",),
        purpose=_("Keeps a reminder from going out twice."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("Two years."),
    ),
)
