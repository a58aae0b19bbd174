"""Django application of the funding room."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Registers the room."""

    name = "luotsi.funding"
    label = "funding"
    default_auto_field = "django.db.models.BigAutoField"
