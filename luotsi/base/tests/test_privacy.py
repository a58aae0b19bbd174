"""Declarations of personal data, and the log of who has looked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import EmailField, Field, Model

from luotsi.base import clock, ids, privacy, requests
from luotsi.base.models import PersonalDataView

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

PERSON_WORDS = {"given_name", "family_name", "full_name", "actor_label", "actor_id", "person_id"}


def own_models() -> list[type[Model]]:
    """Return the models of all rooms of the product."""
    return [model for model in apps.get_models() if model.__module__.startswith("luotsi.")]


def tells_of_a_person(field: Field[object, object]) -> bool:
    """Return True for an address, a name, or a relation to a person or an account."""
    related = getattr(field.remote_field, "model", None)
    persons = {apps.get_model("people", "Person"), get_user_model()}
    return isinstance(field, EmailField) or field.name in PERSON_WORDS or related in persons


class TestDeclarations:
    def test_every_one_names_a_model_and_fields_that_exist(self) -> None:
        for declared in privacy.declared():
            fields = {field.name for field in apps.get_model(declared.model)._meta.concrete_fields}
            assert set(declared.fields) <= fields, declared.model
            assert all((declared.purpose, declared.basis, declared.retention)), declared.model

    @pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
    def test_every_field_that_tells_of_a_person_is_declared(self, model: type[Model]) -> None:
        declared = {name for data in privacy.declared() if data.model == model._meta.label for name in data.fields}
        telling = {field.name for field in model._meta.concrete_fields if tells_of_a_person(field)}
        assert telling <= declared


class TestLookingAtAPerson:
    def test_it_is_written_down(self, account: AbstractBaseUser) -> None:
        person = ids.new_id()
        with requests.within("abc"):
            privacy.log_view(by=account, person_id=person, what="roles")
        seen = PersonalDataView.objects.get()
        assert (seen.actor_id, seen.actor_label, seen.person_id) == (account.pk, str(account), person)
        assert (seen.what, seen.request_id) == ("roles", "abc")

    def test_it_is_forgotten_after_five_years(self, account: AbstractBaseUser) -> None:
        with time_machine.travel(clock.now() - privacy.KEEP_VIEWS - timedelta(days=1)):
            privacy.log_view(by=account, person_id=ids.new_id(), what="roles")
        kept = privacy.log_view(by=account, person_id=ids.new_id(), what="roles")
        assert privacy.forget_old_views() == 1
        assert PersonalDataView.objects.get() == kept
