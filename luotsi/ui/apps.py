"""Django application of the ui room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the room; every model key is a UUIDv7 given by the code."""

    name = "luotsi.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
