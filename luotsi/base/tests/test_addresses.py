"""Addresses made from one that was reversed are those that reversing each would give."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from luotsi.base import ids
from luotsi.base.addresses import addresses


class TestAddresses:
    @pytest.mark.parametrize("key", ["tampere", "a-1", "esimerkkikoulu-7"])
    def test_a_key_at_the_end_or_within(self, key: str) -> None:
        assert addresses("workspace:see-home")(key) == reverse("workspace:see-home", args=[key])

    def test_a_key_of_a_record_behind_others(self) -> None:
        name, pk = "funding:see-application", ids.new_id()
        assert addresses(name, "tampere")(pk) == reverse(name, args=["tampere", pk])

    def test_an_address_that_is_none(self) -> None:
        with pytest.raises(NoReverseMatch):
            addresses("funding:see-nothing", "tampere")
