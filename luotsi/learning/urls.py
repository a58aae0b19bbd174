"""Addresses of the learning room; names are verb-noun. Everything needs a sign-in."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.learning.views import figures, imports, mine, models, notices, progress, quality, room, totals, tuva
from luotsi.learning.views.guidance import caseload, effects, learner, log, own, staggered, starts

app_name = "learning"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one unit."""
    return path(f"u/<slug:scope>/learning/{route}", view, name=name)


def of_learner(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one learner, seen from a unit."""
    return scoped(f"learners/<uuid:pk>/{route}", view, name)


urlpatterns = [
    scoped("", room.see_room, "see-room"),
    scoped("figures/", figures.see_figures, "see-figures"),
    scoped("mine/", mine.see_mine, "see-mine"),
    scoped("progress/", progress.list_progress, "list-progress"),
    scoped("totals/", totals.list_totals, "list-totals"),
    of_learner("progress/", progress.see_progress, "see-progress"),
    scoped("tuva/", tuva.list_tuva, "list-tuva"),
    of_learner("tuva/", tuva.see_tuva, "see-tuva"),
    of_learner("tuva/edit/", tuva.edit_tuva, "edit-tuva"),
    of_learner("tuva/<int:version>/answer/", tuva.answer_tuva, "answer-tuva"),
    scoped("caseload/", caseload.see_caseload, "see-caseload"),
    scoped("caseload/take/", caseload.take_caseload, "take-caseload"),
    scoped("caseload/<uuid:caseload>/", caseload.change_caseload, "change-caseload"),
    scoped("caseload/<uuid:caseload>/end/", caseload.end_caseload, "end-caseload"),
    of_learner("guidance/", learner.see_guidance, "see-guidance"),
    of_learner("guidance/write/<slug:kind>/", learner.write_deed, "write-deed"),
    of_learner("guidance/needs/<uuid:need>/", learner.move_need, "move-need"),
    of_learner("guidance/needs/<uuid:need>/close/", learner.close_need, "close-need"),
    of_learner("guidance/needs/<uuid:need>/outcome/<int:weeks>/", learner.tell_outcome, "tell-outcome"),
    of_learner("guidance/sayings/<uuid:saying>/", learner.answer_saying, "answer-saying"),
    scoped("my-guidance/", own.see_own_guidance, "see-own-guidance"),
    scoped("my-guidance/say/<slug:kind>/", own.say_own, "say-own"),
    scoped("my-guidance/object/", own.object_to_scoring, "object-to-scoring"),
    scoped("my-guidance/take-back/", own.take_back_objection, "take-back-objection"),
    scoped("starts/", starts.list_starts, "list-starts"),
    scoped("effects/", effects.see_effects, "see-effects"),
    scoped("effects/staggered/new/", staggered.plan_staggered, "plan-staggered"),
    scoped("effects/staggered/<uuid:pk>/", staggered.see_staggered, "see-staggered"),
    scoped("effects/staggered/<uuid:pk>/lock/", staggered.lock_staggered, "lock-staggered"),
    scoped("effects/staggered/<uuid:pk>/stop/", staggered.stop_staggered, "stop-staggered"),
    scoped("views-log/", log.list_views, "list-views"),
    of_learner("start/", starts.judge_start, "judge-start"),
    scoped("forecasts/", figures.see_forecasts, "see-forecasts"),
    scoped("groups-by-need/", figures.see_targeting, "see-targeting"),
    scoped("quality/", quality.see_quality, "see-quality"),
    scoped("quality/findings/", quality.list_findings, "list-findings"),
    scoped("quality/rules/<slug:code>/", quality.see_rule, "see-rule"),
    scoped("imports/", imports.list_imports, "list-imports"),
    scoped("imports/new/", imports.begin_import, "begin-import"),
    scoped("imports/<uuid:pk>/", imports.see_import, "see-import"),
    scoped("imports/<uuid:pk>/faults/", imports.download_import_faults, "download-import-faults"),
    scoped("models/", models.list_models, "list-models"),
    scoped("models/ask/", models.ask_for_model, "ask-for-model"),
    scoped("models/switch/", models.move_switch, "move-switch"),
    scoped("models/<uuid:pk>/", models.see_model, "see-model"),
    scoped("models/<uuid:pk>/evidence/", models.download_evidence, "download-evidence"),
    scoped("models/<uuid:pk>/gaps/<slug:attribute>/", models.sign_gap, "sign-gap"),
    scoped("models/<uuid:pk>/release/", models.release_model, "release-model"),
    scoped("models/<uuid:pk>/retire/", models.retire_model, "retire-model"),
    scoped("notices/", notices.list_notices, "list-notices"),
    scoped("notices/new/", notices.add_notice, "add-notice"),
    scoped("notices/told/", notices.tell_learners, "tell-learners"),
]
