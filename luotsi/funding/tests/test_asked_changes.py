"""The funder's side of change requests: seen once they are sent, answered by officers who are not of the applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from luotsi.funding.actions.changes import send_change
from luotsi.funding.models import Application, Call, CallOfficer, ChangeRequest, Funder
from luotsi.funding.queries.ledger import budget_of
from luotsi.funding.tests.making import make_officer
from luotsi.funding.tests.test_changes import SHIFTED, client_of, complete, sent
from luotsi.funding.tests.test_changes import running as running
from luotsi.funding.tests.test_changes import spring as spring
from luotsi.funding.tests.test_grant_reports import begun
from luotsi.funding.waiting import changes
from luotsi.people.actions.roles import give_role
from luotsi.people.rules import Role
from luotsi.people.tests.cast import LONG_AGO

if TYPE_CHECKING:
    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast


@pytest.fixture
def officer(cast: Cast) -> Account:
    """Outi, an officer of the region that funds its schools."""
    return make_officer(cast.region, "Outi")


@pytest.mark.django_db
class TestTheFunder:
    """A funder that is here answers itself, and sees nothing before it was sent."""

    @pytest.fixture
    def own(self, cast: Cast, running: Application, officer: Account) -> Application:
        Funder.objects.filter(pk=running.call.funder_id).update(unit=cast.region)
        Call.objects.filter(pk=running.call_id).update(kind=Call.Kind.OWN, owner=cast.region)
        CallOfficer(call=running.call, person=officer.person, since=LONG_AGO).save(force_insert=True)
        return Application.objects.select_related("call__owner", "call__funder").get(pk=running.pk)

    @staticmethod
    def url(name: str, cast: Cast, application: Application, *more: Any) -> str:
        return reverse(f"funding:{name}", args=[cast.region.key, application.call.slug, *more])

    def test_it_sees_a_request_once_it_is_sent(self, cast: Cast, own: Application, officer: Account) -> None:
        client, request = client_of(officer), complete(own, cast.eeva)
        listed = self.url("list-asked-changes", cast, own)
        assert "No change has been asked for." in client.get(listed).content.decode()
        assert client.get(self.url("see-asked-change", cast, own, request.pk)).status_code == 404
        assert changes.tasks_for(officer, cast.region) == []
        send_change(request=request, by=cast.eeva)
        assert "Green digital journey" in client.get(listed).content.decode()
        (task,) = changes.tasks_for(officer, cast.region)
        assert task.url == self.url("see-asked-change", cast, own, request.pk)
        assert "Kouluilla käytiin useammin." in client.get(task.url).content.decode()

    def test_it_is_sent_to_without_words_of_another_system_or_a_number_to_type(
        self, cast: Cast, own: Application
    ) -> None:
        client, request = client_of(cast.eeva), complete(own, cast.eeva)
        where = [own.unit.key, own.pk, request.pk]
        page = client.get(reverse("funding:see-change", args=where)).content.decode()
        assert "Send to the funder" in page
        assert "Mark as sent" not in page
        form = client.get(reverse("funding:send-change", args=where)).content.decode()
        assert "The funder sees it at once." in form
        assert "register_number" not in form
        assert client.post(reverse("funding:send-change", args=where)).status_code == 302
        assert ChangeRequest.objects.get().is_sent

    def test_a_report_is_sent_to_it_likewise(self, cast: Cast, own: Application) -> None:
        client, report = client_of(cast.eeva), begun(own, cast.eeva)
        form = client.get(reverse("funding:send-grant-report", args=[own.unit.key, own.pk, report.pk]))
        words = form.content.decode()
        assert "The funder sees it at once." in words
        assert "own system" not in words
        assert "register_number" not in words

    def test_it_reads_what_was_asked_for_beside_the_fields_of_its_answer(
        self, cast: Cast, own: Application, officer: Account
    ) -> None:
        path = self.url("answer-asked-change", cast, own, sent(own, cast.eeva).pk)
        page = client_of(officer).get(path).content.decode()
        asked, field, later = (page.index(words) for words in ("Kouluilla käytiin", "budget_reasons", "time_answer"))
        assert min(asked, field, later) > 0
        sections = page.split('<section class="lu-section"')[1:]
        assert [("_reasons" in one, "Asked for" in one, "_answer" in one) for one in sections] == [(True,) * 3] * 2
        refused = client_of(officer).post(path, {}).content.decode()
        assert "Kouluilla käytiin" in refused

    def test_its_answer_is_in_force_at_once(self, cast: Cast, own: Application, officer: Account) -> None:
        request = sent(own, cast.eeva)
        answers = {"time_answer": "rejected", "time_reasons": "Aika riittää.", "budget_answer": "accepted"}
        path = self.url("answer-asked-change", cast, own, request.pk)
        assert client_of(officer).get(path).status_code == 200
        assert client_of(officer).post(path, {**answers, "answered_on": ""}).status_code == 302
        assert budget_of(own) == SHIFTED
        assert ChangeRequest.objects.get().answered_by == officer
        assert changes.tasks_for(officer, cast.region) == []

    def test_only_officers_that_the_call_names_answer(self, cast: Cast, own: Application, officer: Account) -> None:
        request = sent(own, cast.eeva)
        own.call.officers.update(until=LONG_AGO)
        client = client_of(officer)
        assert client.get(self.url("see-asked-change", cast, own, request.pk)).status_code == 200
        assert client.get(self.url("answer-asked-change", cast, own, request.pk)).status_code == 403

    def test_nobody_answers_the_own_unit(self, cast: Cast, own: Application, officer: Account) -> None:
        request = sent(own, cast.eeva)
        give_role(
            person=officer.person,
            role=Role.COORDINATOR,
            unit=cast.tampere,
            valid_from=LONG_AGO,
            valid_to=None,
            by=None,
        )
        path = self.url("answer-asked-change", cast, own, request.pk)
        assert client_of(officer).get(path).status_code == 403

    def test_nobody_answers_what_they_began(self, cast: Cast, own: Application, officer: Account) -> None:
        request = sent(own, cast.eeva)
        path = self.url("answer-asked-change", cast, own, request.pk)
        assert client_of(officer).get(path).status_code == 200
        Application.objects.filter(pk=own.pk).update(begun_by=officer)
        assert client_of(officer).get(path).status_code == 403

    def test_a_foreign_call_is_asked_nothing(self, cast: Cast, running: Application, officer: Account) -> None:
        path = reverse("funding:list-asked-changes", args=[cast.region.key, running.call.slug])
        assert client_of(officer).get(path).status_code == 404
