"""What the deeds of this room are called in the log of changes: each verb with its words."""

from luotsi.base.declarations import marked as _

DEEDS: dict[str, str] = {
    "questionnaires.answers.forgotten": _("Answers to a survey forgotten"),
    "questionnaires.collection.closed": _("Collection closed"),
    "questionnaires.collection.moved": _("Closing time of a collection moved"),
    "questionnaires.collection.opened": _("Collection opened"),
    "questionnaires.draft.begun": _("Draft of a questionnaire begun"),
    "questionnaires.draft.changed": _("Draft of a questionnaire changed"),
    "questionnaires.draft.discarded": _("Draft of a questionnaire discarded"),
    "questionnaires.draft.restored": _("Earlier revision of a draft restored"),
    "questionnaires.drafts.forgotten": _("Drafts that were never handed in forgotten"),
    "questionnaires.file.added": _("File added to a response"),
    "questionnaires.file.removed": _("File removed from a response"),
    "questionnaires.response.begun": _("Response begun"),
    "questionnaires.response.completing": _("Response opened for completion, or closed again"),
    "questionnaires.response.renewed": _("New draft of a response begun"),
    "questionnaires.response.saved": _("Answers saved"),
    "questionnaires.response.submitted": _("Response handed in"),
    "questionnaires.share.given": _("Response shared by mail"),
    "questionnaires.share.opened": _("Personal link opened"),
    "questionnaires.share.revoked": _("Access to a response revoked"),
    "questionnaires.shares.forgotten": _("Ended shares of responses forgotten"),
    "questionnaires.survey.closed": _("Survey closed"),
    "questionnaires.survey.moved": _("Closing time of a survey moved"),
    "questionnaires.survey.reminded": _("Reminder of a survey sent"),
    "questionnaires.survey.resumed": _("Work on a survey taken up again"),
    "questionnaires.survey.settled": _("Results of a survey worked out"),
    "questionnaires.version.published": _("Version of a questionnaire published"),
}
