"""What the deeds of this room are called in the log of changes: each verb with its words."""

from luotsi.base.declarations import marked as _

DEEDS = {
    "indicators.definition.written": _("Definition written"),
    "indicators.demo.reset": _("Figures of the demo taken away"),
    "indicators.forecasts.kept": _("Forecasts kept"),
    "indicators.indicator.defined": _("Indicator defined"),
    "indicators.indicator.renamed": _("Indicator renamed"),
    "indicators.indicator.retired": _("Indicator retired"),
    "indicators.observation.entered": _("Figure entered"),
    "indicators.observation.changed": _("Figure changed"),
    "indicators.observation.submitted": _("Figure submitted"),
    "indicators.observation.sent-back": _("Figure sent back"),
    "indicators.observation.approved": _("Figure approved"),
    "indicators.observation.change-begun": _("Change of an approved figure begun"),
    "indicators.observation.discarded": _("Figure discarded"),
    "indicators.observations.recorded": _("Figures recorded"),
    "indicators.observations.submitted": _("Figures submitted"),
    "indicators.observations.approved": _("Figures approved"),
    "indicators.observations.discarded": _("Figures discarded"),
    "indicators.import.tried": _("Import of figures tried"),
    "indicators.import.done": _("Figures imported"),
    "indicators.import.discarded": _("Import of figures discarded"),
    "indicators.import.undone": _("Import of figures taken back"),
    "indicators.target.set": _("Target set"),
    "indicators.target.withdrawn": _("Target withdrawn"),
    "indicators.token.made": _("Key of a program made"),
    "indicators.token.withdrawn": _("Key of a program withdrawn"),
}
