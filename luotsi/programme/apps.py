"""Django application of the programme room."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers the room."""

    name = "luotsi.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
