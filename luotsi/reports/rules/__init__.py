"""What is decided about reports, as pure functions: sections, blockers, states, hashes."""

from luotsi.base.declarations import PersonalData
from luotsi.base.declarations import marked as _

PERSONAL_DATA = (
    PersonalData(
        title=_("Reports"),
        what=_("Who made, who froze and who presents a report."),
        model="reports.Report",
        fields=(
            "frozen_by",
            "made_by",
            "overrides",
            "board",
        ),
        purpose=_("Shows who answers for a report."),
        basis=_("GDPR art. 6(1)(e); Local Government Act 410/2015 §109"),
        retention=_("Kept permanently with the report."),
    ),
    PersonalData(
        title=_("Texts of reports"),
        what=_("Who wrote a text of a draft."),
        model="reports.ReportText",
        fields=("edited_by",),
        purpose=_("Shows who wrote what."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the report is kept."),
    ),
)
