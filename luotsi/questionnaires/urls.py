"""Addresses of the questionnaires room; names are verb-noun.

Collections are seen from a unit. A response belongs to those who hold it, some of whom have no role at any unit, and
stands beside the units under /q/.
"""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.questionnaires.views import answering, collections, filling, handing, sharing, surveys
from luotsi.questionnaires.views.authoring import drafts, files, questionnaires, whole

app_name = "questionnaires"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of questionnaires, seen from a unit."""
    return path(f"u/<slug:scope>/questionnaires/{route}", view, name=name)


def held(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of a response."""
    return path(f"q/<uuid:pk>/{route}", view, name=name)


def authored(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of a questionnaire, for its authors."""
    return scoped(f"forms/<uuid:pk>/{route}", view, name)


urlpatterns = [
    scoped("", collections.list_collections, "list-collections"),
    scoped("open/<uuid:version>/", collections.open_collection, "open-collection"),
    scoped("<uuid:pk>/", collections.see_collection, "see-collection"),
    scoped("<uuid:pk>/begin/", collections.begin, "begin-response"),
    scoped("<uuid:pk>/close/", collections.close_collection, "close-collection"),
    scoped("survey/<uuid:version>/", surveys.open_survey, "open-survey"),
    scoped("surveys/<uuid:pk>/", surveys.see_survey, "see-survey"),
    scoped("surveys/<uuid:pk>/links/<slug:unit>/", surveys.see_common_link, "see-common-link"),
    scoped("surveys/<uuid:pk>/remind/", surveys.remind, "remind-survey"),
    scoped("surveys/<uuid:pk>/closing/", surveys.move_closing, "move-closing"),
    scoped("surveys/<uuid:pk>/resume/", surveys.resume, "resume-survey"),
    scoped("surveys/<uuid:pk>/settle/", surveys.settle, "settle-survey"),
    scoped("surveys/<uuid:pk>/results/", surveys.see_results, "see-results"),
    scoped("surveys/<uuid:pk>/results/<slug:file>/", surveys.download_results, "download-results"),
    scoped("forms/", questionnaires.list_questionnaires, "list-questionnaires"),
    scoped("forms/new/", questionnaires.add_questionnaire, "add-questionnaire"),
    authored("", questionnaires.see_questionnaire, "see-questionnaire"),
    authored("begin/", questionnaires.begin_draft, "begin-draft"),
    authored("compare/", questionnaires.compare_versions, "compare-versions"),
    authored("export/", whole.see_export, "see-export"),
    authored("export/<slug:kind>/", whole.download_version, "download-version"),
    authored("file/", files.take_file, "take-file"),
    authored("draft/", drafts.edit_draft, "edit-draft"),
    authored("draft/discard/", questionnaires.discard_draft, "discard-draft"),
    authored("draft/shape/", drafts.shape_draft, "shape-draft"),
    authored("draft/add/", drafts.add_element, "add-element"),
    authored("draft/element/", drafts.edit_element, "edit-element"),
    authored("draft/element/kind/", drafts.change_kind, "change-kind"),
    authored("draft/element/check/", drafts.check_expression, "check-expression"),
    authored("draft/texts/", whole.translate_draft, "translate-draft"),
    authored("draft/rules/", whole.edit_rules, "edit-rules"),
    authored("draft/try/", whole.try_draft, "try-draft"),
    authored("draft/history/", drafts.list_revisions, "list-revisions"),
    authored("draft/history/<int:number>/", drafts.restore_draft, "restore-draft"),
    authored("draft/publish/", whole.publish_draft, "publish-draft"),
    held("<int:number>/", filling.fill_page, "fill-page"),
    held("all/", filling.fill_whole, "fill-whole"),
    held("summary/", handing.see_summary, "see-summary"),
    held("submit/", handing.submit, "submit-response"),
    held("renew/", handing.renew, "renew-response"),
    held("versions/", handing.list_versions, "list-versions"),
    held("versions/<int:number>/", handing.see_receipt, "see-receipt"),
    held("versions/<int:number>/summary-<slug:lang>.<slug:kind>", handing.download_submission, "download-submission"),
    held("people/", sharing.list_people, "list-people"),
    held("people/<uuid:share>/revoke/", sharing.revoke_share, "revoke-share"),
    held("files/<uuid:file>/", filling.download_attachment, "download-attachment"),
    path("q/link/<str:token>/", sharing.open_link, name="open-link"),
    path("s/own/", answering.list_own_sheets, name="list-own-sheets"),
    path("s/<str:token>/", answering.answer_survey, name="answer-survey"),
    path("s/<uuid:pk>/<slug:unit>/<str:token>/", answering.answer_by_common_link, name="answer-by-common-link"),
]
