"""Django application of the people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room; every model key is a UUIDv7 given by the code."""

    name = "luotsi.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
