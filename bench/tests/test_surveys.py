"""The table of surveys tells what was measured beside its goals, and a teacher carries answers from page to page."""

from __future__ import annotations

from bench.surveys import Teacher, lines

FOUND = {
    "teachers": 10, "request_s": 0.4, "open_s": 1.0, "seconds": 20, "median_ms": 30.0, "p95_ms": 90.0,
    "send_p95_ms": 95.0, "lost": 0,
    "responses": 1000, "close_s": 0.1, "settle_s": 1.5, "results_ms": 80, "results_p95_ms": 99,
}  # fmt: skip


class TestSurveys:
    def test_each_database_has_a_column(self) -> None:
        table = list(lines({"SQLite": FOUND, "PostgreSQL": {**FOUND, "lost": 2}}))
        assert table[0] == "| surveys | goal | SQLite | PostgreSQL |"
        assert "| answers lost | 0 | 0 | 2 |" in table

    def test_what_was_answered_travels_with_the_page(self) -> None:
        text = '<input name="nonce" value="n1"><input name="kept" value="{&quot;a&quot;:1}">'
        assert Teacher.hidden(text) == {"kept": '{"a":1}', "nonce": "n1"}
