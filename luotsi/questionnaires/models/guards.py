"""Database triggers that refuse to alter what was handed in or published, whoever asks.

They stop mistakes and careless scripts, as those of the log do. A migration that rebuilds one of the tables on SQLite
must call `install` again.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

SUBMISSION = ("response_id", "version_id", "number", "content", "sha256", "submitted_at", "replaces_id")
VERSION = ("questionnaire_id", "version", "definition", "rule_set", "sha256", "state", "published_at")

# Name of the trigger, its table, the columns that stand still, and since when.
TRIGGERS = (
    ("submission_refuses_update", "questionnaires_submission", SUBMISSION, ""),
    ("published_refuses_update", "questionnaires_questionnaireversion", VERSION, "WHEN (OLD.state = 'published')"),
)
SENTENCE = "What was handed in or published does not change."

_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE OF {columns} ON {table} {when} "
    "BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION questionnaires_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRESQL = (
    "CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} "
    "FOR EACH ROW {when} EXECUTE FUNCTION questionnaires_refuse()"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; nothing happens to those that stand already."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(_FUNCTION.format(sentence=SENTENCE))
        for name, table, columns, when in TRIGGERS:
            words = {"name": name, "table": table, "columns": ", ".join(f'"{column}"' for column in columns)}
            statement = _POSTGRESQL if postgresql else _SQLITE
            cursor.execute(statement.format(**words, when=when, sentence=SENTENCE))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for migrations backwards."""
    with connection.cursor() as cursor:
        for name, table, _columns, _when in TRIGGERS:
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
