"""Django application of the base room."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Registers the room; every model key is a UUIDv7 given by the code."""

    name = "luotsi.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from luotsi.base import checks  # noqa: F401
