"""Reading plan files: a whole plan, or every problem with its line, its column and words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.queries.lint import lint
from luotsi.programme.queries.plan_files import NoSuchPlan, packaged_keys, read, read_file
from luotsi.programme.queries.tree import LARGEST
from luotsi.programme.rules.values import Text
from luotsi.programme.tests.sound import SOUND, damaged, file_of, plan_of


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def problems(text: str) -> list[tuple[int, int, str]]:
    """Return line, column and words of all that is wrong."""
    file = file_of(text)
    assert (file.plan is None) == bool(file.problems)
    return [(problem.line, problem.column, problem.message) for problem in file.problems]


class TestReading:
    def test_numbers_keep_every_digit_and_nothing_is_not_zero(self) -> None:
        budget = plan_of(damaged('"600.00"', "null")).budget
        assert [line.amount for line in budget] == [Decimal("1000.00"), Decimal("400.00"), None]
        assert str(budget[0].amount) == "1000.00"

    def test_a_text_alone_is_in_the_language_of_the_plan(self) -> None:
        assert plan_of(f"{SOUND}aim: Uusi\n").aim == Text(fi="Uusi")
        assert plan_of(f"{SOUND}aim: Nytt\nlanguage: sv\n").aim == Text(sv="Nytt")

    def test_words_that_yaml_takes_for_something_else_stay_words(self) -> None:
        plan = plan_of(damaged("unit: school", "unit: no"))
        assert plan.sections[0].measures[0].milestones[0].unit == "no"
        assert plan_of(damaged('"999"', "091")).owner.municipality == "091"

    def test_items_know_their_lines(self) -> None:
        plan = plan_of(SOUND)
        line = plan.indicators[0].place.at("version").line
        assert "version" in SOUND.splitlines()[line - 1]
        assert plan.sections[0].measures[0].milestones[1].place.path == "sections.PP1.measures.M1.milestones[2]"

    def test_a_file_may_begin_with_a_byte_order_mark_and_have_windows_line_ends(self) -> None:
        assert read(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode()).plan


class TestRefusing:
    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("    version:", "    versoin:", "The key “versoin” is not known. Did you mean “version”?"),
            ("    version:", "    zzz:", "Known are: code, source"),
            ("count: 200", "count: about 200", "This is not a number."),
            ("count: 200", "count: 1 200", "This is not a number."),
            ("count: 200", 'count: "12,5"', "This is not a number."),
            ("count: 200", "count: .inf", "This is not a number."),
            ("count: 200", "count: [200]", "Here stands one value"),
            ("due: 2025-05-31", "due: 31.5.2025", "This is not a day."),
            ("due: 2025-05-31", "due: 2025-02-30", "This is not a day."),
            ("period: 2024/2027,", "period: 2024-2027,", "This is not a period."),
            ("state: ongoing", "state: going", "Write one of these: planned, ongoing, done."),
            ("code: M1\n", "code: M-1\n", "A code begins with a letter"),
            ("implementers: [OJ]", "implementers: OJ", "Here stands a list"),
            ("implementers: [OJ]", "implementers: [OJ, null]", "A line of the list is empty."),
            ("direction: rising", "direction: {up: 1}", "Here stands one value"),
            ("source: S1:10-12", "source: page ten", "Write the code of a document"),
            ("numerator: F1\n", "numerator: F 1\n", "Write a number or the code"),
            ("kind: focus_area", "kind: null", "The key “kind” needs a value."),
            ("    kind: focus_area\n", "", "The key “kind” is missing."),
            ('sv: "Ohjelma sv"', 'se: "Ohjelma sv"', "The key “se” is not known"),
            ("key: KOE-2024-2027\n", "key: KOE\nkey: KOE\n", "The key “key” stands here already, on line 1."),
            ("rule: {fi", "rule: &a {fi", "Anchors"),
            ("rule: {fi", "rule: !!python/none {fi", "Anchors"),
            ("rule: {fi", "rule: }fi", "This is not YAML"),
            ("sections:\n", "sections: 5\nsection:\n", "Here stands a list"),
        ],
    )
    def test_each_mistake_is_told_in_words_at_its_line(self, old: str, new: str, words: str) -> None:
        text = damaged(old, new)
        found = [message for line, column, message in problems(text) if words in message and line and column]
        assert found, problems(text)

    def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(self) -> None:
        text = (
            damaged("count: 200", "count: many")
            .replace("due: 2025-05-31", "due: later")
            .replace("kind: need", "kind: x")
        )
        found = problems(text)
        assert len(found) == 3
        assert [line for line, _column, _words in found] == sorted(line for line, _column, _words in found)

    def test_the_column_is_that_of_the_value(self) -> None:
        [(line, column, _words)] = problems(damaged("count: 200", "count: many"))
        assert damaged("count: 200", "count: many").splitlines()[line - 1][column - 1 :].startswith("many")

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "empty"),
            (b"# nothing\n", "empty"),
            (b"- a\n- b\n", "list of keys"),
            (b"a: 1\n---\nb: 2\n", "more than one document"),
            ("key: Jyv\u00e4".encode("cp1252"), "not UTF-8"),
            (b"key: a\x00b", "letters"),
            (b"[" * 1000, "too deep"),
            (b"a" * (LARGEST + 1), "larger"),
            (b"? [a]\n: b\n", "A key is a word"),
        ],
    )
    def test_a_file_that_is_no_plan_is_refused_with_a_reason(self, data: bytes, words: str) -> None:
        file = read(data)
        assert file.plan is None
        assert words in file.problems[0].message

    @given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
    def test_no_bytes_do_harm(self, data: bytes) -> None:
        file = read(data)
        assert file.plan is None
        assert file.problems

    @given(st.integers(0, len(SOUND)), st.integers(0, 40))
    def test_a_torn_file_is_read_whole_or_not_at_all(self, start: int, length: int) -> None:
        file = file_of(SOUND[:start] + SOUND[start + length :])
        assert (file.plan is None) == bool(file.problems)
        assert all(fault.place.line for fault in lint(file).faults)


class TestFinding:
    def test_a_key_finds_a_plan_that_comes_with_luotsi(self) -> None:
        for key in packaged_keys():
            plan = read_file(key).plan
            assert plan
            assert plan.key == key

    def test_a_file_of_that_name_comes_first(self, tmp_path: Path) -> None:
        path = tmp_path / "plan.yaml"
        path.write_text(SOUND, encoding="utf-8")
        assert read_file(str(path)).plan == plan_of(SOUND)

    @pytest.mark.parametrize("name", ["NOTHING", "../data/HKI-DIGI-2016-2019", "nothing.yaml"])
    def test_anything_else_is_refused(self, name: str) -> None:
        with pytest.raises(NoSuchPlan):
            read_file(name)
