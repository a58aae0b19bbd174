"""The table of surveys tells what was measured beside its goals, and a teacher carries answers from page to page."""

from __future__ import annotations

from bench.saving import Sent
from bench.surveys import Teacher, lines

FOUND = {
    "teachers": 10, "request_s": 0.4, "open_s": 1.0, "seconds": 20, "median_ms": 30.0, "p95_ms": 90.0,
    "send_p95_ms": 95.0, "lost": 0,
    "responses": 1000, "close_s": 0.1, "settle_s": 1.5, "results_ms": 80, "results_p95_ms": 99,
    "save_ms": 31.5, "save_cpu_ms": 30.0, "autosave_ms": 40.0, "autosave_cpu_ms": 39.0,
}  # fmt: skip


class TestSurveys:
    def test_each_database_has_a_column(self) -> None:
        table = list(lines({"SQLite": FOUND, "PostgreSQL": {**FOUND, "lost": 2}}))
        assert table[0] == "| surveys | goal | SQLite | PostgreSQL |"
        assert "| answers lost | 0 | 0 | 2 |" in table
        assert "| a page save of the ministry's form by its button, median, ms | ≤ 50 | 31.5 | 31.5 |" in table

    def test_what_was_answered_travels_with_the_page(self) -> None:
        text = '<input name="nonce" value="n1"><input name="kept" value="{&quot;a&quot;:1}">'
        assert Teacher.hidden(text) == {"kept": '{"a":1}', "nonce": "n1"}

    def test_a_page_sends_its_fields_as_a_browser_does(self) -> None:
        text = (
            '<input name="a" value="1"><input type="radio" name="b" value="0"><input type="radio" name="b" value="1" '
            'checked><textarea name="c">\nTwo\nlines</textarea><select name="d"><option value="x"><option value="y" '
            'selected></select><input type="file" name="e"><button name="do" value="save">'
        )
        assert Sent(text).fields == {"a": ["1"], "b": ["1"], "c": ["Two\nlines"], "d": ["y"]}
