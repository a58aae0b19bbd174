"""Django application of the reports room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the room; every model key is a UUIDv7 given by the code."""

    name = "luotsi.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
