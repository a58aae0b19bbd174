"""Files of applications, calls and registers: read exactly or not at all, each fault with its place, no surprise."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.funding.queries import fault_words
from luotsi.funding.rules.reading import (
    SHAPES,
    Unreadable,
    loads,
    read_application,
    read_call,
    read_register,
    schema_of,
)
from luotsi.funding.rules.reading.faults import DEPTH, FAULTS
from luotsi.funding.tests.budgets import Json, a_call, an_application, an_area, packaged, put

FILES = [
    (f"{name}.{kind}", "call" if kind == "call" else "application")
    for name in ("strategy-2021", "environments-2020", "environments-2022")
    for kind in ("application", "mended", "call")
]
READERS = {"application": read_application, "call": read_call, "register": read_register}


def app() -> Json:
    """Return a sound application."""
    return an_application([an_area("a", [1_000], 900), an_area("b", [2_000], 1_800)])


def faults(data: Any) -> list[tuple[str, str]]:
    """Return place and code of each fault of an application, each of which has words."""
    found = read_application(data).faults
    assert all(fault_words.sentence(fault) for fault in found)
    return [(fault.at, fault.code) for fault in found]


class TestValues:
    @given(st.decimals(min_value=-(10**11), max_value=10**11, places=6))
    def test_money_is_exact_as_number_and_as_text(self, amount: Decimal) -> None:
        for written in (f'"{amount:f}"', f"{amount:f}"):
            text = json.dumps(put(app(), "/areas/0/costs/0/amount", "HERE")).replace('"HERE"', written)
            found = read_application(loads(text)).found
            assert found is not None
            assert found.areas[0].costs[0].amount == amount

    @pytest.mark.parametrize(
        "written",
        [
            "NaN",
            "Infinity",
            "-Infinity",
            "1e400",
            "1e12",
            '"1 000"',
            '"1,5"',
            '"٣"',
            '"1e3"',
            "1.0000001",
            "true",
            '""',
            "[]",
        ],
    )
    def test_what_is_no_sum_is_told_at_its_place(self, written: str) -> None:
        text = json.dumps(put(app(), "/areas/0/costs/0/amount", "HERE")).replace('"HERE"', written)
        found = faults(loads(text))
        assert [at for at, _code in found] == ["/areas/0/costs/0/amount"]
        assert found[0][1] in {"number", "type"}

    def test_null_zero_and_left_out_are_three_things(self) -> None:
        null, zero = (put(app(), "/areas/0/costs/0/amount", value) for value in (None, 0))
        read = [read_application(data).found for data in (null, zero)]
        assert [one.areas[0].costs[0].amount for one in read if one] == [None, Decimal(0)]
        left_out = app()
        del left_out["areas"][0]["costs"][0]["amount"]
        assert faults(left_out) == [("/areas/0/costs/0/amount", "missing")]

    @pytest.mark.parametrize(
        ("at", "value", "code"),
        [
            ("/id", "Isot Kirjaimet", "key"),
            ("/id", "", "empty"),
            ("/language", "de", "word"),
            ("/handed_in_at", "2026-11-26T16:15:00", "moment"),
            ("/handed_in_at", "eilen", "moment"),
            ("/areas/0/period/start_on", "26.11.2026", "day"),
            ("/areas/0/period/start_on", "2026-02-30", "day"),
            ("/areas/0/costs/0/year", 1, "range"),
            ("/areas/0/costs/0/year", "2027", "type"),
            ("/areas", [], "least"),
            ("/areas", {}, "type"),
            ("/title", "a\u0000b", "control"),
            ("/title", "a\nb", "control"),
            ("/title", "a\u202eb", "control"),
            ("/title", "\ud800", "control"),
            ("/title", "a" * 301, "limit.text"),
            ("/summaries", [{}] * 501, "limit.list"),
            ("/texts", None, "null"),
            ("/applicant", "Esimerkki", "type"),
        ],
    )
    def test_a_value_that_does_not_fit_is_told_at_its_place(self, at: str, value: Any, code: str) -> None:
        assert (at, code) in faults(put(app(), at, value))

    def test_texts_keep_their_breaks(self) -> None:
        data = app() | {"texts": [{"question": "1", "role": "other", "text": "a\r\nb\tc"}]}
        read = read_application(data).found
        assert read is not None
        assert read.texts[0].text == "a\r\nb\tc"

    @pytest.mark.parametrize(
        ("closes", "at"),
        [
            ({"on": "2026-11-26", "time": "24:00", "zone": None}, "/closes/time"),
            ({"on": "2026-11-26", "time": None, "zone": "Europe/Nowhere"}, "/closes/zone"),
            ({"on": "2026-11-26", "time": None, "zone": "../etc/passwd"}, "/closes/zone"),
            ({"on": "2026-11-26", "time": None}, "/closes/zone"),
        ],
    )
    def test_a_clock_is_a_time_and_a_zone(self, closes: Json, at: str) -> None:
        assert [fault.at for fault in read_call(a_call(closes=closes)).faults] == [at]

    def test_what_a_call_does_not_state_is_null_and_not_left_out(self) -> None:
        without = a_call()
        del without["share"]
        assert [(fault.at, fault.code) for fault in read_call(without).faults] == [("/share", "missing")]
        assert read_call(a_call(share=None)).found is not None


class TestKeys:
    def test_an_unknown_key_is_told_with_the_nearest(self) -> None:
        found = read_application(app() | {"titel": "x"}).faults
        assert [(fault.at, fault.code, fault.params["near"]) for fault in found] == [("/titel", "unknown", "title")]

    def test_a_key_that_stands_twice_is_told(self) -> None:
        text = json.dumps(app()).replace('"id": "application"', '"id": "x", "id": "application"')
        assert faults(loads(text)) == [("/id", "key.twice")]

    def test_keys_point_to_something_and_are_given_once(self) -> None:
        data = app()
        data["areas"][1]["key"] = "a"
        data["areas"][1]["costs"][0]["id"] = "a-c0"
        data["totals"] = []
        data["summaries"] = [{"repeats": {"what": "row", "row": "none"}, "amount": 1}]
        assert faults(data) == [
            ("/areas/1/key", "id.twice"),
            ("/areas/1/costs/0/id", "id.twice"),
            ("/summaries/0/repeats/row", "reference"),
        ]

    def test_a_population_does_not_belong_to_itself(self) -> None:
        populations = [{"key": "x", "label": "X", "subset_of": "y"}, {"key": "y", "label": "Y", "subset_of": "x"}]
        assert [code for _at, code in faults(app() | {"populations": populations})] == ["circular", "circular"]


class TestHostileInput:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (b"\xff\xfe", "not_json"),
            (b"", "not_json"),
            (b"{", "not_json"),
            (b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1), "too_deep"),
            (b"[" * 100_000, "too_deep"),
            (b" " * 4_000_001, "too_large"),
        ],
    )
    def test_it_is_refused_as_a_whole(self, text: bytes, code: str) -> None:
        with pytest.raises(Unreadable) as refused:
            loads(text)
        assert refused.value.code in {code, "not_json"}
        assert fault_words.FAULTS[refused.value.code]

    def test_very_many_faults_are_counted_to_an_end(self) -> None:
        found = faults({f"k{number}": 1 for number in range(5_000)})
        assert (len(found), found[-1][1]) == (FAULTS + 1, "faults.many")

    def test_very_many_equal_keys_take_no_time(self) -> None:
        began = time.perf_counter()
        assert faults(loads("{" + ",".join(['"a":1'] * 500_000) + "}"))
        assert time.perf_counter() - began < 5

    def test_texts_together_have_a_limit(self) -> None:
        text = {"question": "1", "role": "other", "text": "x" * 20_000}
        assert [code for _at, code in faults(app() | {"texts": [text] * 51})] == ["limit.texts"]

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(allow_nan=True),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["id", "areas", "applicant", "name", "key", "costs", "amount", "repeats", "texts"]
                    ),
                    inner,
                )
            ),
            max_leaves=20,
        )
    )
    def test_whatever_it_is_nothing_is_raised(self, data: Any) -> None:
        for read in READERS.values():
            found = read(data)
            assert (found.found is None) == bool(found.faults)

    @given(st.data())
    def test_a_sound_file_with_one_value_replaced_is_read_or_refused_with_places(self, draw: st.DataObject) -> None:
        data = packaged("environments-2022.mended")
        places: list[str] = []

        def walk(value: Any, at: str) -> None:
            places.append(at)
            items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for key, item in items:
                walk(item, f"{at}/{key}")

        walk(data, "")
        at = draw.draw(st.sampled_from(places[1:]))
        value: Any = draw.draw(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just([]) | st.just({})
        )
        found = read_application(put(data, at, value))
        assert found.found is not None or all(fault.at.startswith(at.rsplit("/", 1)[0]) for fault in found.faults)

    @given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
    def test_any_bytes_are_read_or_refused(self, text: bytes) -> None:
        try:
            found = loads(text)
        except Unreadable:
            return
        assert read_application(found).found is None


class TestSchema:
    @pytest.mark.parametrize(("name", "kind"), [*FILES, ("strategy-2021.register", "register")])
    def test_what_comes_with_luotsi_fits_it_and_is_read(self, name: str, kind: str) -> None:
        import jsonschema

        schema = schema_of(SHAPES[kind])
        jsonschema.Draft202012Validator.check_schema(schema)
        data = json.loads(json.dumps(packaged(name), default=float))
        jsonschema.Draft202012Validator(schema).validate(data)
        assert READERS[kind](packaged(name)).faults == ()

    @given(st.data())
    def test_what_does_not_fit_it_is_not_read_either(self, draw: st.DataObject) -> None:
        import jsonschema

        data = json.loads(json.dumps(app(), default=float))
        at = draw.draw(
            st.sampled_from(["/id", "/areas/0/key", "/areas/0/costs/0/amount", "/language", "/summaries", "/title"])
        )
        value: Any = draw.draw(
            st.none() | st.booleans() | st.text(max_size=4) | st.integers(-5, 5) | st.just([]) | st.just({})
        )
        changed = put(data, at, value)
        if not jsonschema.Draft202012Validator(schema_of(SHAPES["application"])).is_valid(changed):
            assert read_application(changed).found is None
