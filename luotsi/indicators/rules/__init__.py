"""What is decided about figures, as pure functions: targets, forecasts, disclosure, states of observations."""

from luotsi.base.declarations import PersonalData
from luotsi.base.declarations import marked as _

PERSONAL_DATA = (
    PersonalData(
        title=_("Observations"),
        what=_("Who entered and who approved a figure."),
        model="indicators.Observation",
        fields=(
            "entered_by",
            "approved_by",
        ),
        purpose=_("Shows where a figure comes from."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the figures are kept."),
    ),
    PersonalData(
        title=_("Imports of observations"),
        what=_("Who sent which file and when."),
        model="indicators.ObservationImport",
        fields=("uploaded_by",),
        purpose=_("Shows who imported figures."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the figures are kept."),
    ),
    PersonalData(
        title=_("Keys of programs"),
        what=_("Who made a key by which a program reads."),
        model="indicators.ApiToken",
        fields=("made_by",),
        purpose=_("Shows who let a program in."),
        basis=_("GDPR art. 6(1)(e), 32"),
        retention=_("Until the key is deleted."),
    ),
)
