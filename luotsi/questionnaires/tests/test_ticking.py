"""The list of differences is ticked off against its tests one by one."""

from __future__ import annotations

from luotsi.questionnaires.tests import test_differences, test_differences_in_surveyjs, ticking

PAGE = ticking.PAGE.read_text(encoding="utf-8")
ROWS = "| id | here | there |\n|---|---|---|\n| `one` | a | b |\n| `two` | c | d |\n"
TABLE = f"{ticking.HEADING}\n\n{ROWS}\n## Next\n\n| `three` | e | f |\n"


class TestTheListOfDifferences:
    def test_each_line_has_an_id_and_a_test_on_either_side(self) -> None:
        assert ticking.faults_of(test_differences, PAGE) == []
        assert ticking.faults_of(test_differences_in_surveyjs, PAGE) == []
        assert len(ticking.listed(PAGE)) == ticking.lines(PAGE) > 15

    def test_a_line_more_is_told(self) -> None:
        more = PAGE.replace("| `iso-days`", "| `new-one` | x | y |\n| `iso-days`")
        assert ticking.faults_of(test_differences, more) == ["new-one is listed and has no test in test_differences"]

    def test_a_line_less_is_told(self) -> None:
        less = "\n".join(line for line in PAGE.split("\n") if not line.startswith("| `iso-days`"))
        assert ticking.faults_of(test_differences, less) == [
            "iso-days is shown by a test of test_differences and not listed"
        ]

    def test_a_line_without_an_id_is_told(self) -> None:
        bare = PAGE.replace("| `iso-days` |", "| days |")
        assert "a line of the list has no id" in ticking.faults_of(test_differences, bare)


class TestTicking:
    def test_only_the_section_of_differences_is_read(self) -> None:
        assert (ticking.listed(TABLE), ticking.lines(TABLE)) == (["one", "two"], 2)

    def test_an_id_without_a_test_and_a_test_without_an_id_are_told(self) -> None:
        tests = [("here.test_one", ("one",)), ("here.test_more", ()), ("here.test_four", ("four",))]
        assert ticking.unticked(["one", "two", "two"], tests, "here") == [
            "two is listed twice",
            "two is listed and has no test in here",
            "four is shown by a test of here and not listed",
            "here.test_more shows no difference that is listed",
        ]
