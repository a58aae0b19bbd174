"""Addresses of the workspace."""

from django.urls import path

from luotsi.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("u/<slug:scope>/", views.see_home, name="see-home"),
    path("u/<slug:scope>/search/", views.search, name="search"),
    path("scheme/", views.set_scheme, name="set-scheme"),
    path("accessibility/", views.see_accessibility, name="see-accessibility"),
    path("privacy/", views.see_privacy, name="see-privacy"),
    path("demo/mail/", views.list_mail, name="list-mail"),
    path("demo/components/", views.see_components, name="see-components"),
    path("health/", views.see_health, name="see-health"),
]
