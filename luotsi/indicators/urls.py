"""Addresses of the indicators room; names are verb-noun."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.indicators.views import (
    approving,
    definitions,
    facts,
    grid,
    imports,
    indicators,
    keys,
    observations,
    targets,
    trace,
)

app_name = "indicators"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one unit."""
    return path(f"u/<slug:scope>/{route}", view, name=name)


urlpatterns = [
    scoped("indicators/", indicators.list_indicators, "list-indicators"),
    scoped("indicators/<slug:key>/", indicators.see_indicator, "see-indicator"),
    scoped("indicators/<slug:key>/trace/", trace.see_trace, "see-trace"),
    scoped("indicators/<slug:key>/compare/", indicators.compare_units, "compare-units"),
    scoped("indicators/<slug:key>/definition/", indicators.see_definition, "see-definition"),
    scoped("indicators/<slug:key>/definition/new/", definitions.write_definition, "write-definition"),
    scoped("indicators/<slug:key>/name/", definitions.rename_indicator, "rename-indicator"),
    scoped("indicators/<slug:key>/retire/", definitions.retire_indicator, "retire-indicator"),
    scoped("indicators/<slug:key>/targets/", targets.list_targets, "list-targets"),
    scoped("indicators/<slug:key>/targets/new/", targets.set_target, "set-target"),
    scoped("indicators/<slug:key>/targets/<uuid:pk>/withdraw/", targets.withdraw_target, "withdraw-target"),
    scoped("definitions/new/", definitions.define_indicator, "define-indicator"),
    scoped("observations/", observations.list_observations, "list-observations"),
    scoped("observations/enter/", observations.enter_observation, "enter-observation"),
    scoped("observations/grid/", grid.enter_many, "enter-many"),
    scoped("observations/approve/", approving.approve_observations, "approve-observations"),
    scoped("observations/import/", imports.import_observations, "import-observations"),
    scoped("observations/import/template.<slug:kind>", imports.download_template, "download-template"),
    scoped("observations/import/<uuid:pk>/", imports.see_import, "see-import"),
    scoped("observations/import/<uuid:pk>/run/", imports.run_import, "run-import"),
    scoped("observations/import/<uuid:pk>/discard/", imports.discard_import, "discard-import"),
    scoped("observations/import/<uuid:pk>/undo/", imports.undo_import, "undo-import"),
    scoped("observations/import/<uuid:pk>/submit/", imports.submit_import, "submit-import"),
    scoped("observations/import/<uuid:pk>/errors.csv", imports.download_errors, "download-errors"),
    scoped("observations/<uuid:pk>/", observations.see_observation, "see-observation"),
    scoped("observations/<uuid:pk>/edit/", observations.edit_observation, "edit-observation"),
    scoped("observations/<uuid:pk>/change/", observations.change_observation, "change-observation"),
    scoped("observations/<uuid:pk>/discard/", observations.discard_observation, "discard-observation"),
    scoped("observations/<uuid:pk>/submit/", approving.submit_observation, "submit-observation"),
    scoped("observations/<uuid:pk>/approve/", approving.approve_observation, "approve-observation"),
    scoped("observations/<uuid:pk>/send-back/", approving.send_back_observation, "send-back-observation"),
    scoped("facts/", facts.list_facts, "list-facts"),
    scoped("facts/<slug:table>.<slug:kind>", facts.download_facts, "download-facts"),
    scoped("keys/", keys.list_keys, "list-keys"),
    scoped("keys/new/", keys.make_key, "make-key"),
    scoped("keys/<uuid:pk>/withdraw/", keys.withdraw_key, "withdraw-key"),
]
