"""Addresses of the people room; names are verb-noun."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.people.views import adding, audit, demo, imports, invitations, me, persons, units

app_name = "people"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one unit."""
    return path(f"u/<slug:scope>/{route}", view, name=name)


urlpatterns = [
    scoped("unit/", units.see_unit, "see-unit"),
    scoped("unit/edit/", units.edit_unit, "edit-unit"),
    scoped("unit/end/", units.end_unit, "end-unit"),
    scoped("unit/reopen/", units.reopen_unit, "reopen-unit"),
    scoped("units/", units.list_units, "list-units"),
    scoped("units/add/<slug:step>/", adding.add_unit, "add-unit"),
    scoped("persons/", persons.list_persons, "list-persons"),
    scoped("persons/<uuid:pk>/", persons.see_person, "see-person"),
    scoped("persons/<uuid:pk>/give-role/", persons.give_role, "give-role"),
    scoped("roles/<uuid:pk>/end/", persons.end_role, "end-role"),
    scoped("roles/<uuid:pk>/continue/", persons.continue_role, "continue-role"),
    scoped("invitations/", invitations.list_invitations, "list-invitations"),
    scoped("invitations/new/", invitations.invite_person, "invite-person"),
    scoped("invitations/<uuid:pk>/again/", invitations.send_again, "send-again"),
    scoped("invitations/<uuid:pk>/withdraw/", invitations.withdraw_invitation, "withdraw-invitation"),
    scoped("import/", imports.import_units, "import-units"),
    scoped("import/template.<slug:kind>", imports.download_template, "download-template"),
    scoped("import/<uuid:pk>/", imports.see_import, "see-import"),
    scoped("import/<uuid:pk>/run/", imports.run_import, "run-import"),
    scoped("import/<uuid:pk>/discard/", imports.discard_import, "discard-import"),
    scoped("import/<uuid:pk>/errors.csv", imports.download_errors, "download-errors"),
    scoped("log/", audit.list_audit, "list-audit"),
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept-invitation"),
    path("me/", me.see_my_account, name="see-my-account"),
    path("me/language/", me.choose_language, name="choose-language"),
    path("me/sessions/", me.list_my_sessions, name="list-my-sessions"),
    path("me/sessions/end-others/", me.end_other_sessions, name="end-other-sessions"),
    path("me/sessions/<int:pk>/end/", me.end_session, name="end-session"),
    path("me/data/", me.download_my_data, name="download-my-data"),
    path("demo/sign-in/", demo.sign_in_as, name="sign-in-as"),
]
