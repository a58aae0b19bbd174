"""Django application of the learning room."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Registers the room."""

    name = "luotsi.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"
