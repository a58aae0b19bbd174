"""Django application of the indicators room."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the room; every model key is a UUIDv7 given by the code."""

    name = "luotsi.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
