"""A collection that closes at another moment, and one whose responses belong to something of a room above."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.questionnaires.actions.collections import close_collection, move_collection
from luotsi.questionnaires.actions.refusals import QuestionnaireRefused
from luotsi.questionnaires.tests.answered import make_collection, make_version

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.people.tests.cast import Cast


class TestMoving:
    def test_it_is_moved_to_the_second_and_audited(self, cast: Cast) -> None:
        collection = make_collection(make_version(cast.tampere), cast.tampere)
        to = clock.now() + timedelta(days=40)
        moved = move_collection(collection=collection, closes_at=to, by=cast.aino)
        assert moved.closes_at == to.replace(microsecond=0)
        assert AuditEntry.objects.get(verb="questionnaires.collection.moved").after["closes_at"]

    def test_neither_into_the_past_nor_once_it_is_closed(self, cast: Cast) -> None:
        collection = make_collection(make_version(cast.tampere), cast.tampere)
        with pytest.raises(QuestionnaireRefused, match="passed"):
            move_collection(collection=collection, closes_at=clock.now(), by=None)
        close_collection(collection=collection, by=None)
        with pytest.raises(QuestionnaireRefused, match="closed already"):
            move_collection(collection=collection, closes_at=clock.now() + timedelta(days=1), by=None)


class TestBelongingElsewhere:
    def test_it_is_not_begun_from_this_room(self, client: Client, cast: Cast) -> None:
        collection = make_collection(make_version(cast.tampere), cast.tampere)
        listed = reverse("questionnaires:list-collections", args=[cast.school.key])
        begin = reverse("questionnaires:begin-response", args=[cast.school.key, collection.pk])
        client.force_login(cast.bilal)
        assert begin in client.get(listed).content.decode()
        collection.audience = {"through": "/elsewhere/"}
        collection.save(update_fields=["audience"])
        assert begin not in client.get(listed).content.decode()
        assert client.post(begin).status_code == 403
