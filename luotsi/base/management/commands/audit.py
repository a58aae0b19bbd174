"""`luotsi audit verify` proves the audit log; `luotsi audit head` prints what to note elsewhere."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from luotsi.base import chain, guards
from luotsi.base.models import AuditHead


class Command(BaseCommand):
    """Two verbs: verify and head."""

    help = "Proves that no row of the audit log was altered or removed (verify), or prints its head (head)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb and whether to answer in JSON."""
        parser.add_argument("verb", choices=["verify", "head"])
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer; exit code 1 when the log does not hold."""
        if options["verb"] == "head":
            self._head(as_json=options["json"])
        else:
            self._verify(as_json=options["json"])

    def _head(self, *, as_json: bool) -> None:
        head = AuditHead.objects.first() or AuditHead(seq=0, hash="")
        told = json.dumps({"seq": head.seq, "hash": head.hash}) if as_json else f"{head.seq} {head.hash}"
        self.stdout.write(told)

    def _verify(self, *, as_json: bool) -> None:
        file = chain.heads_file()
        try:
            noted = chain.noted_heads(file)
        except ValueError as error:
            raise CommandError(f"{file} has a line that is not a moment, a number and a hash ({error}).") from None
        verdict = chain.verify(noted)
        if missing := sorted({"UPDATE", "DELETE"} - guards.standing(connection)):
            self.stderr.write(
                f"The database does not refuse {' and '.join(missing)} on the audit log. Run: luotsi prepare"
            )
        if as_json:
            self.stdout.write(json.dumps(verdict.as_dict()))
        if not verdict.sound:
            raise CommandError(
                f"The audit log does not hold at row {verdict.broken_at}. {verdict.why}"
                f"\nProved heads are noted in {file}; if this is another database, move that file away."
            )
        chain.note_head(file, verdict)
        if not as_json:
            self.stdout.write(f"The audit log holds: {verdict.rows} rows, head {verdict.hash or '-'}")
