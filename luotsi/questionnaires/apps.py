"""Django application of the questionnaires room."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Registers the room."""

    name = "luotsi.questionnaires"
    label = "questionnaires"
    default_auto_field = "django.db.models.BigAutoField"
