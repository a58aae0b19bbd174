"""Each house rule is proved by its own examples."""

from pathlib import Path

import pytest

from tools.house_rules import RULES, Rule, check, place_of


def named(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


class TestARule:
    @pytest.mark.parametrize("rule", [rule for rule in RULES if rule.bad], ids=lambda rule: rule.name)
    def test_it_passes_its_good_example_and_refuses_its_bad_one(self, rule: Rule) -> None:
        place = place_of(Path(rule.example))
        assert not list(rule.breaches(rule.good, place))
        assert list(rule.breaches(rule.bad, place))

    @pytest.mark.parametrize("path", ["people/utils.py", "people/views/helpers.py", "base/common/money.py"])
    def test_warehouses_are_refused_by_name(self, path: str) -> None:
        assert list(named("no-warehouses").breaches("", place_of(Path(path))))
        assert not list(named("no-warehouses").breaches("", place_of(Path("base/money.py"))))

    def test_tests_may_write_and_fetch(self) -> None:
        place = place_of(Path("people/tests/views/test_units.py"))
        assert not list(named("readers-do-not-write").breaches("unit.save()", place))

    def test_a_folder_of_views_is_held_to_the_same_as_a_file(self) -> None:
        rule = named("readers-do-not-write")
        for path in ("people/views.py", "people/views/units.py", "people/views/units/edit.py"):
            assert list(rule.breaches("unit.delete()", place_of(Path(path))))


class TestChecking:
    def test_it_names_file_and_line(self, tmp_path: Path) -> None:
        views = tmp_path / "luotsi/people/views.py"
        views.parent.mkdir(parents=True)
        views.write_text('"""Views."""\n\nunit.save(update_fields=["name"])\n')
        [line] = check(tmp_path / "luotsi")
        assert line.startswith("luotsi/people/views.py:3: readers-do-not-write.")
