"""Whatever can be read can be checked: no check raises, and every finding has words and both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from luotsi.funding.management.verbs.check import as_json, told
from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks import RULES, Document, Finding, check
from luotsi.funding.rules.reading import Read, loads, read_application, read_call, read_register
from luotsi.funding.rules.register import Register
from luotsi.funding.tests.anything import DAYS, MOMENTS, NAMES, NUMBERS, TEXTS, shaped
from luotsi.funding.tests.budgets import TODAY, a_call, found_in, packaged, put
from luotsi.questionnaires.rules import values

SHARE = {"share": {"percent": 10, "base": "total_cost", "per": "area"}, "maximum": 400_000, "vat": "included"}
RARE = settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large])


def stands(data: Any, pointer: str) -> bool:
    """Return True when a pointer leads into a file, the last key perhaps to one that was left out."""
    *steps, _last = pointer.split("/")[1:] or [""]
    for step in steps:
        try:
            data = data[int(step)] if isinstance(data, list) else data[step]
        except (KeyError, IndexError):
            return False
    return isinstance(data, dict | list)


def changed(draw: st.DataObject, data: Any, read: Callable[[object], Read[Any]]) -> Any:
    """Return a file with some values replaced by others, as far as it can still be read."""
    for _round in range(draw.draw(st.integers(0, 4))):
        at = draw.draw(st.sampled_from(list(places(data, ""))))
        other = put(data, at, draw.draw(st.none() | st.sampled_from([*NUMBERS, *DAYS, *TEXTS, *NAMES, *MOMENTS])))
        data = other if read(other).found is not None else data
    return data


def places(data: Any, at: str) -> Iterator[str]:
    """Yield the pointers of all values that are no lists and objects."""
    for key, item in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(item, dict | list):
            yield from places(item, f"{at}/{key}")
        else:
            yield f"{at}/{key}"


def sound(found: tuple[Finding, ...] | list[Finding], files: dict[Document, Any]) -> None:
    """Hold against findings what must be true of each."""
    for one in found:
        assert one.rule in RULES
        assert one.code.startswith(f"{one.rule}.")
        for field in one.where:
            assert stands(files[field.document], field.pointer), field
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            for one in found:
                told_as = as_json(one)
                assert told_as["message"]
                assert told_as["fix"]
                loads(values.dumps(told_as))
            assert "\n".join(told(tuple(found)))


class TestWhateverIsRead:
    @RARE
    @given(shaped(Application), shaped(Call), shaped(Register))
    def test_it_is_checked_and_every_finding_has_words(self, application: Any, call: Any, register: Any) -> None:
        read = read_application(application).found, read_call(call).found, read_register(register).found
        assume(read[0] is not None)
        known, of = read[2] or Register(), read[1] or read_call(a_call()).found
        assert read[0] is not None
        assert of is not None
        files = {
            Document.APPLICATION: application,
            Document.CALL: call if read[1] else a_call(),
            Document.REGISTER: register if read[2] else {},
        }
        sound(check(read[0], of, known, TODAY), files)

    @RARE
    @given(st.data(), st.sampled_from(["strategy-2021", "environments-2020", "environments-2022"]))
    def test_real_ones_with_other_values_in_some_places_are_checked_too(self, draw: st.DataObject, name: str) -> None:
        files = {
            Document.APPLICATION: changed(draw, packaged(f"{name}.application"), read_application),
            Document.CALL: changed(draw, packaged(f"{name}.call") | SHARE, read_call),
            Document.REGISTER: packaged("strategy-2021.register"),
        }
        found = found_in(files[Document.APPLICATION], files[Document.CALL], files[Document.REGISTER])
        sound(found, files)

    @pytest.mark.parametrize("name", ["strategy-2021", "environments-2020", "environments-2022"])
    def test_both_sides_of_what_is_found_in_the_real_ones_are_there(self, name: str) -> None:
        application, call, known = (
            packaged(f"{name}.application"),
            packaged(f"{name}.call"),
            packaged("strategy-2021.register"),
        )
        files = {Document.APPLICATION: application, Document.CALL: call, Document.REGISTER: known}
        sound(found_in(application, call, known), files)
