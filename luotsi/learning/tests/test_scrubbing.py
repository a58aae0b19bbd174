"""At the door: whatever a document looks like, nobody but the learner is in what is kept, and no welfare gets in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.learning.rules.scrubbing import DROPPED, PEOPLE, WelfareFound, is_welfare, scrubbed, welfare_in
from luotsi.learning.rules.traits import traits_of

SECRET = "Salainen Sana"
names = st.sampled_from([*sorted(DROPPED), *sorted(PEOPLE), "tila", "arviointi", "nimi", "kuvaus"])
values = st.recursive(
    st.none() | st.integers() | st.just("kuvaus"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=15,
)


class TestScrubbing:
    @given(values, st.sampled_from([*sorted(DROPPED), *sorted(PEOPLE)]))
    def test_what_stands_below_a_person_is_gone_wherever_it_is(self, value: Any, name: str) -> None:
        document = {"a": [{"b": value, name: [{"nimi": SECRET, "osat": [SECRET]}]}]}
        assert SECRET not in json.dumps(scrubbed(document))

    @given(values)
    def test_it_leaves_the_document_as_it_was_and_is_done_once(self, value: Any) -> None:
        before = json.dumps(value)
        once = scrubbed(value)
        assert json.dumps(value) == before
        assert scrubbed(once) == once

    def test_how_many_people_there_are_is_kept(self) -> None:
        assert scrubbed({"arvioitsijat": [{"nimi": "A"}, {"nimi": "B"}]}) == {"arvioitsijat": [{}, {}]}

    @pytest.mark.parametrize("name", ["opiskeluhuolto", "Terveydenhoito", "kuraattorinKäynnit", "healthStatus"])
    def test_welfare_is_found_wherever_it_is(self, name: str) -> None:
        document = {"a/b": [{}, {name: 1}]}
        assert list(welfare_in(document)) == [f"/a~1b/1/{name}"]
        with pytest.raises(WelfareFound):
            scrubbed(document)

    @pytest.mark.parametrize("name", ["erityinenTuki", "vaikeastiVammainen", "oppimisen-tuki", "opintojenRahoitus"])
    def test_what_the_registers_have_by_law_is_no_welfare(self, name: str) -> None:
        assert not is_welfare(name)


class TestTraits:
    def test_gender_and_age_follow_from_the_identity_code(self) -> None:
        found = traits_of(
            identity="010106A9610", language="SV", birth=None, begun=date(2023, 12, 31), has_support=True
        )
        assert (found.gender, found.language, found.age, found.support) == ("male", "sv", "under_18", "support")

    def test_what_is_not_known_stays_unknown(self) -> None:
        found = traits_of(identity="", language="", birth=None, begun=None, has_support=None)
        assert (found.gender, found.language, found.age, found.support) == ("", "", "", "")
