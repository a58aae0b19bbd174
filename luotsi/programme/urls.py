"""Addresses of the programme room; names are verb-noun. Pages of a unit need a sign-in, those under p/ do not."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.programme.views import (
    clock,
    editing,
    events,
    findings,
    imports,
    indicators,
    measures,
    members,
    milestones,
    money,
    networks,
    overview,
    public,
    rounds,
    shaping,
    versions,
)

app_name = "programme"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one unit."""
    return path(f"u/<slug:scope>/programme/{route}", view, name=name)


def of_programme(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one programme, seen from a unit."""
    return scoped(f"<slug:programme>/{route}", view, name)


urlpatterns = [
    scoped("", overview.list_programmes, "list-programmes"),
    scoped("my-unit/", members.see_my_unit, "see-my-unit"),
    scoped("import/", imports.import_plan, "import-plan"),
    scoped("import/template.<slug:kind>", imports.download_template, "download-template"),
    of_programme("", overview.see_programme, "see-programme"),
    of_programme("grid.<slug:kind>", overview.download_grid, "download-grid"),
    of_programme("plan.<slug:kind>", versions.download_plan, "download-plan"),
    of_programme("measures/", measures.list_measures, "list-measures"),
    of_programme("measures/<slug:code>/", measures.see_measure, "see-measure"),
    of_programme("measures/<slug:code>/state/", milestones.tell_measure, "tell-measure"),
    of_programme("milestones/", milestones.list_milestones, "list-milestones"),
    of_programme("milestones/<slug:code>/<path:period>/", milestones.tell_state, "tell-state"),
    of_programme("evidence/<uuid:pk>/", milestones.download_evidence, "download-evidence"),
    of_programme("indicators/", indicators.list_programme_indicators, "list-programme-indicators"),
    of_programme("findings/", findings.list_findings, "list-findings"),
    of_programme("findings/add/", findings.add_finding, "add-finding"),
    of_programme("findings/<slug:code>/", findings.see_finding, "see-finding"),
    of_programme("findings/<slug:code>/edit/", findings.edit_finding, "edit-finding"),
    of_programme("findings/<slug:code>/close/", findings.close_finding, "close-finding"),
    of_programme("money/", money.see_money, "see-money"),
    of_programme("money/add/", money.add_budget_line, "add-budget-line"),
    of_programme("money/<slug:code>/edit/", money.edit_budget_line, "edit-budget-line"),
    of_programme("decisions/add/", money.add_decision, "add-decision"),
    of_programme("decisions/<slug:code>/edit/", money.edit_decision, "edit-decision"),
    of_programme("versions/", versions.list_versions, "list-versions"),
    of_programme("versions/discard/", versions.discard_draft, "discard-draft"),
    of_programme("versions/publish/", versions.publish_draft, "publish-draft"),
    of_programme("versions/<slug:old>/<slug:new>/", versions.compare_versions, "compare-versions"),
    of_programme("edit/", editing.edit_plan, "edit-plan"),
    of_programme("edit/<slug:code>/", editing.edit_item, "edit-item"),
    of_programme("edit/<slug:code>/add-measure/", shaping.add_measure, "add-measure"),
    of_programme("edit/<slug:code>/indicators/", shaping.link_indicators, "link-indicators"),
    of_programme("edit/<slug:code>/remove/", shaping.remove_item, "remove-item"),
    of_programme("edit/<slug:code>/add/<path:period>/", shaping.add_milestone, "add-milestone"),
    of_programme("edit/<slug:code>/<path:period>/", editing.edit_milestone, "edit-milestone"),
    of_programme("clock/", clock.see_clock, "see-clock"),
    of_programme("clock/add/", events.add_event, "add-event"),
    of_programme("clock/<uuid:pk>/edit/", events.edit_event, "edit-event"),
    of_programme("clock/<uuid:pk>/end/", events.end_event, "end-event"),
    of_programme("clock.ics", clock.download_clock, "download-clock"),
    of_programme("compare/", members.compare_members, "compare-members"),
    of_programme("consent/", members.edit_consent, "edit-consent"),
    of_programme("rounds/", rounds.list_rounds, "list-rounds"),
    of_programme("rounds/open/", rounds.open_round, "open-round"),
    of_programme("rounds/<uuid:pk>/", rounds.see_round, "see-round"),
    of_programme("networks/", networks.list_networks, "list-networks"),
    of_programme("networks/found/", networks.found_network, "found-network"),
    of_programme("networks/<slug:network>/", networks.see_network, "see-network"),
    of_programme("networks/<slug:network>/ask/", networks.ask_members, "ask-members"),
    of_programme("networks/<slug:network>/concept/", networks.publish_concept, "publish-concept"),
    of_programme("networks/<slug:network>/adopt/", networks.adopt_concept, "adopt-concept"),
    of_programme("networks/<slug:network>/schools/<slug:unit>/", networks.decide_member, "decide-member"),
    of_programme("public/", public.open_page, "open-page"),
    path("p/<slug:programme>/", public.see_public_programme, name="see-public-programme"),
    path("p/<slug:programme>/clock.ics", public.download_public_clock, name="download-public-clock"),
    path("p/<slug:programme>/plan.<slug:kind>", public.download_public_plan, name="download-public-plan"),
    path("p/<slug:programme>/data.<slug:kind>", public.download_public_data, name="download-public-data"),
    path("p/<slug:programme>/networks/<slug:network>/", public.see_public_network, name="see-public-network"),
    path("calendar/<slug:programme>/<str:key>.ics", public.subscribe_clock, name="subscribe-clock"),
]
