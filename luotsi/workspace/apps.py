"""Django application of the workspace room."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Registers the room; every model key is a UUIDv7 given by the code."""

    name = "luotsi.workspace"
    label = "workspace"
    default_auto_field = "django.db.models.BigAutoField"
