"""Database triggers that refuse to alter or remove a row of the audit log, whoever asks.

They stop mistakes and careless scripts. Somebody who owns the database can drop them; that is what the hash
chain and the heads noted elsewhere are for. SQLite loses triggers when a migration rebuilds the table, so
`luotsi prepare` puts them back each time.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "base_auditentry"
SENTENCE = "The audit log is append-only."
NAMES = {"UPDATE": "audit_refuses_update", "DELETE": "audit_refuses_delete"}

_SQLITE = "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRESQL = (
    "CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuses()"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; nothing happens to those that stand already."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(_POSTGRESQL_FUNCTION.format(sentence=SENTENCE))
        for event, name in NAMES.items():
            statement = _POSTGRESQL if postgresql else _SQLITE
            cursor.execute(statement.format(name=name, event=event, table=TABLE, sentence=SENTENCE))


def remove(connection: BaseDatabaseWrapper, *events: str) -> None:
    """Take the triggers away, or those of the named events; for migrations backwards, restores and tests."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for event in events or tuple(NAMES):
            cursor.execute(f"DROP TRIGGER IF EXISTS {NAMES[event]}{on_table}")


def standing(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """Return the events ("UPDATE", "DELETE") that a trigger refuses now."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND tgname LIKE 'audit_refuses_%%'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_refuses_%%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue, [])
        found = {row[0] for row in cursor.fetchall()}
    return frozenset(event for event, name in NAMES.items() if name in found)
