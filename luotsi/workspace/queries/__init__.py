"""What joins the rooms: the shell, the tasks, search, the way in and the indicators of the home page."""

from luotsi.workspace.queries.joining import (
    Mail,
    declared_data,
    demo_mails,
    found,
    home_entry,
    own_unit,
    roles_in_words,
    shell_for,
)
from luotsi.workspace.queries.key_indicators import key_indicators
from luotsi.workspace.queries.waiting import tasks_waiting

__all__ = [
    "Mail",
    "declared_data",
    "demo_mails",
    "found",
    "home_entry",
    "key_indicators",
    "own_unit",
    "roles_in_words",
    "shell_for",
    "tasks_waiting",
]
