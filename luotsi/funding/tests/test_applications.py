"""Applications: begun from a call, counted from their form, handed in, taken back, with a team and what they serve."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.base.names import ORDER, Names
from luotsi.funding.actions.applications import (
    Handing,
    change_application,
    details_of,
    move_application,
    submit_application,
)
from luotsi.funding.actions.calls import mirror_form
from luotsi.funding.actions.commitments import CommitmentDetails, add_commitment
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.team import MemberDetails, add_member, end_member
from luotsi.funding.models import Application, ApplicationLink, ApplicationMember
from luotsi.funding.queries.check_pages import findings_of
from luotsi.funding.queries.counting import figures_of
from luotsi.funding.queries.documents import application_document, call_document
from luotsi.funding.queries.exports import document, export_page
from luotsi.funding.queries.ledger import whole_budget_of
from luotsi.funding.rules.moves import FOREIGN, OWN, Move, moves_from
from luotsi.funding.rules.portfolio import Standing
from luotsi.funding.rules.reading import loads, read_application
from luotsi.funding.rules.sums import asked
from luotsi.funding.tests.making import (
    AMOUNT,
    ANSWERS,
    FORM,
    form_of,
    make_application,
    make_call,
    make_form_application,
    stage,
    write,
)
from luotsi.questionnaires.actions.forgetting import forget
from luotsi.questionnaires.actions.versions import publish_version
from luotsi.questionnaires.models import Collection, ResponseShare
from luotsi.questionnaires.rules import values
from luotsi.questionnaires.rules.checks.roles import Given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.test import Client

    from luotsi.people.tests.cast import Cast

LONG_AGO = datetime(2026, 1, 2, 12, tzinfo=UTC)
roles = st.sampled_from(["grant", "own_share", "other_funding", "cost", "measures"])
amounts = st.none() | st.decimals(0, 10**8, places=2) | st.integers(0, 10**8)
answers = st.lists(
    st.builds(Given, role=roles, name=st.text(min_size=1, max_size=4), value=amounts, summary=st.booleans()),
    max_size=30,
)


class TestCounting:
    """A number that can be counted is never typed."""

    @given(answers)
    def test_a_summary_never_counts_twice(self, found: Sequence[Given]) -> None:
        own = [one for one in found if one.role == "grant" and not one.summary]
        if own:
            without = asked([one for one in found if not one.summary])
            assert asked(found).applied == without.applied

    @given(answers)
    def test_the_sum_is_that_of_its_parts(self, found: Sequence[Given]) -> None:
        for counted in (asked(found).applied, asked(found).own_share, asked(found).other, asked(found).total):
            told = [amount for _name, amount in counted.parts if amount is not None]
            assert counted.amount == (sum(told, Decimal("0.00")) if told else None)

    def test_it_is_counted_from_the_form_and_opens_its_fields(self, client: Client, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        figures = figures_of(made)
        assert (figures.applied, figures.own_share, figures.total) == (Decimal(90000), Decimal(10000), Decimal(100000))
        assert (figures.starts_on, figures.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
        client.force_login(cast.bilal)
        page = client.get(reverse("funding:see-application", args=[cast.school.key, made.pk])).content.decode()
        assert reverse("questionnaires:fill-page", args=[made.response_id, 1]) + "#q-funding" in page

    def test_those_who_may_not_open_the_form_see_no_links_to_it(self, client: Client, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        client.force_login(cast.eeva)
        page = client.get(reverse("funding:see-application", args=[cast.tampere.key, made.pk])).content.decode()
        assert "/q/" not in page

    def test_typed_sums_are_not_asked_where_a_form_tells_them(self, client: Client, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        client.force_login(cast.bilal)
        page = client.get(reverse("funding:edit-application", args=[cast.school.key, made.pk]))
        assert "applied" not in page.context["form"].fields


class TestMoves:
    """Where it may go from where it stands."""

    @pytest.mark.parametrize("own", [False, True])
    @pytest.mark.parametrize("standing", list(Standing))
    def test_no_move_leads_to_where_it_stands(self, standing: Standing, *, own: bool) -> None:
        assert standing not in moves_from(standing, own=own).values()

    def test_what_was_handed_in_here_stays_with_its_officers(self) -> None:
        assert Move.RESUME in FOREIGN[Standing.SUBMITTED]
        assert Move.RESUME not in OWN[Standing.SUBMITTED]

    def test_handing_in_keeps_the_sums_and_a_copy_with_its_hash(self, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        done = submit_application(
            application=made, handing=Handing(at=LONG_AGO), form=form_of(made, cast.bilal), by=cast.bilal
        )
        assert (done.state, done.applied, done.total) == ("submitted", Decimal(90000), Decimal(100000))
        assert done.response is not None
        entry = AuditEntry.objects.get(verb="funding.application.submitted")
        assert entry.after["sha256"] == done.response.submissions.get().sha256

    def test_a_form_that_is_not_complete_went_to_the_funder_all_the_same(self, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal, {**ANSWERS, "what": ""})
        done = submit_application(
            application=made, handing=Handing(at=LONG_AGO), form=form_of(made, cast.bilal), by=cast.bilal
        )
        assert (done.state, done.applied) == ("submitted", Decimal(90000))
        assert done.response is not None
        assert not done.response.submissions.exists()

    def test_it_is_not_handed_in_in_the_future_or_twice(self, cast: Cast) -> None:
        made = make_application(make_call(cast.tampere), cast.tampere, cast.eeva)
        later = Handing(at=clock.now() + timedelta(minutes=1))
        with pytest.raises(FundingRefused):
            submit_application(application=made, handing=later, form=None, by=cast.eeva)
        submit_application(application=made, handing=Handing(at=LONG_AGO), form=None, by=cast.eeva)
        with pytest.raises(FundingRefused):
            submit_application(application=made, handing=Handing(at=LONG_AGO), form=None, by=cast.eeva)

    def test_a_mistake_in_the_telling_is_undone_with_its_reason(self, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        form = form_of(made, cast.bilal)
        submit_application(application=made, handing=Handing(at=LONG_AGO), form=form, by=cast.bilal)
        with pytest.raises(FundingRefused):
            move_application(application=made, move=Move.RESUME, reason=" ", form=form, by=cast.bilal)
        back = move_application(application=made, move=Move.RESUME, reason="Liian aikaisin", form=form, by=cast.bilal)
        assert (back.state, back.submitted_at) == ("preparing", None)
        write(back, {"what": "We build two labs."}, cast.bilal)
        assert AuditEntry.objects.get(verb="funding.application.resumed").reason == "Liian aikaisin"

    def test_sums_do_not_change_after_handing_in(self, cast: Cast) -> None:
        made = make_application(make_call(cast.tampere), cast.tampere, cast.eeva)
        done = submit_application(application=made, handing=Handing(at=LONG_AGO), form=None, by=cast.eeva)
        details = details_of(done)
        change_application(
            application=done, details=type(details)(**{**vars(details), "applied": Decimal(1), "chance": 40}), by=None
        )
        done.refresh_from_db()
        assert (done.applied, done.chance) == (Decimal(90000), 40)


class TestTeam:
    """Who may do what in it, and from when until when."""

    def test_a_member_writes_while_authorised(self, client: Client, cast: Cast) -> None:
        made = make_application(make_call(cast.tampere), cast.school, cast.bilal)
        address = reverse("funding:edit-application", args=[cast.school.key, made.pk])
        client.force_login(cast.celia)
        assert client.get(address).status_code == 404
        details = MemberDetails(part="write", is_preparer=True, since=clock.today())
        member = add_member(application=made, person=cast.celia.person, details=details, by=cast.bilal)
        assert client.get(address).status_code == 200
        submit = reverse("funding:submit-application", args=[cast.school.key, made.pk])
        assert client.get(submit).status_code == 403
        end_member(member=member, by=cast.bilal)
        assert client.get(address).status_code == 404
        assert ApplicationMember.objects.filter(pk=member.pk).exists()

    def test_a_member_gets_the_form_by_mail_and_loses_it(self, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        form = form_of(made, cast.bilal)
        details = MemberDetails(part="write", is_preparer=False, since=clock.today())
        member = add_member(application=made, person=cast.celia.person, details=details, form=form, by=cast.bilal)
        share = ResponseShare.objects.get(response=made.response)
        assert (share.email, share.grant) == (cast.celia.email, "write")
        end_member(member=member, form=form, by=cast.bilal)
        share.refresh_from_db()
        assert share.revoked_at is not None

    def test_nobody_is_in_it_twice(self, cast: Cast) -> None:
        found = stage(cast)
        details = MemberDetails(part="read", is_preparer=False, since=clock.today())
        with pytest.raises(FundingRefused):
            add_member(application=found.application, person=cast.bilal.person, details=details, by=None)


class TestPages:
    """Walked as a preparer, with wrong input too."""

    def test_from_a_call_to_handing_in(self, client: Client, cast: Cast) -> None:
        call = make_call(cast.tampere)
        client.force_login(cast.eeva)
        begin = reverse("funding:begin-application", args=[cast.tampere.key, call.owner.key, call.slug])
        assert client.post(begin, {"name_fi": ""}).status_code == 422
        assert client.post(begin, {"name_fi": "Paja", "applied": "-1"}).status_code == 422
        answer = client.post(begin, {"name_fi": "Paja", "applied": "1000", "own_share": "100"})
        made = Application.objects.get()
        assert answer["Location"] == reverse("funding:see-application", args=[cast.tampere.key, made.pk])
        assert client.post(begin, {"name_fi": "Paja"}).status_code == 422
        submit = reverse("funding:submit-application", args=[cast.tampere.key, made.pk])
        assert client.post(submit, {"submitted_on": "2026-01-02"}).status_code == 422
        assert client.post(submit, {"submitted_on": "2026-01-02", "submitted_time": "14.00"}).status_code == 302
        made.refresh_from_db()
        assert made.submitted_at == LONG_AGO

    def test_links_are_found_by_words(self, client: Client, cast: Cast) -> None:
        found = stage(cast)
        client.force_login(cast.bilal)
        address = reverse("funding:add-link", args=[cast.school.key, found.application.pk])
        ApplicationLink.objects.all().delete()
        page = client.get(address, {"q": "asioi"})
        assert page.context["form"].fields["what"].choices == [("i:school-things", "Asioita")]
        assert client.post(f"{address}?q=asioi", {"what": "i:school-things"}).status_code == 302
        assert client.post(f"{address}?q=asioi", {"what": "i:other"}).status_code == 422
        assert ApplicationLink.objects.get().indicator.key == "school-things"  # type: ignore[union-attr]

    def test_the_overview_asks_no_more_for_many_members(
        self, client: Client, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        found = stage(cast)
        client.force_login(cast.bilal)
        address = reverse("funding:see-application", args=[cast.school.key, found.application.pk])
        client.get(address)
        with django_assert_max_num_queries(45):
            client.get(address)


class TestDocuments:
    """The documents that the checks look at are made of the records."""

    def test_the_form_becomes_a_document_of_the_format(self, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        found = application_document(made)
        read = read_application(loads(values.dumps(found.data)))
        assert read.faults == ()
        assert read.found is not None
        (area,) = read.found.areas
        assert [row.amount for row in area.costs] == [80000, 20000]
        assert [row.amount for row in area.financing] == [90000, 10000, None]
        assert found.places["/areas/0/costs/1"] == "costs.services.amount"

    def test_columns_of_years_make_a_budget_by_class_and_year(self, cast: Cast) -> None:
        form = deepcopy(FORM)
        costs = next(one for one in form["pages"][0]["elements"] if one["name"] == "costs")
        costs["columns"] = [
            {**AMOUNT[0], "name": f"y{year}", "title": {"en": str(year)}, "x-luotsi": {"year": year}}
            for year in (2027, 2028)
        ]
        call = make_call(cast.school)
        mirror_form(call=call, version=publish_version(owner=cast.school, definition=form, by=None), by=cast.bilal)
        parts = {"staff": {"y2027": 50000, "y2028": 30000}, "services": {"y2027": 20000}}
        made = make_form_application(call, cast.school, cast.bilal, {**ANSWERS, "costs": parts})
        found = whole_budget_of(made)
        assert found.by_class == {"staff": 80000, "services": 20000}
        assert found.by_year == {2027: 70000, 2028: 30000}
        outside = [one for one in findings_of(made)[0] if one.code == "M10.outside"]
        assert len(outside) == 1, "its time of use ends in 2027"

    def test_findings_open_the_fields_they_stand_in(self, client: Client, cast: Cast) -> None:
        wrong = {**ANSWERS, "starts": "2027-12-31", "ends": "2027-01-01"}
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal, wrong)
        found, _made, unreadable, _grants = findings_of(made)
        assert unreadable == ()
        assert "D1" in {one.rule for one in found}
        client.force_login(cast.bilal)
        page = client.get(reverse("funding:list-findings", args=[cast.school.key, made.pk])).content.decode()
        address = reverse("questionnaires:fill-page", args=[made.response_id, 1])
        assert f"{address}#q-starts" in page
        assert f"{address}#q-ends" in page

    def test_a_claim_of_no_other_funding_is_held_against_the_portfolio(self, cast: Cast) -> None:
        made = make_application(make_call(cast.tampere), cast.tampere, cast.eeva)
        other = make_application(
            make_call(cast.tampere), cast.tampere, cast.eeva, "Aiempi", starts_on=date(2026, 1, 1)
        )
        other.state, other.granted = Application.State.GRANTED, Decimal(5000)
        other.save(update_fields=["state", "granted"])
        assert findings_of(made)[3] == 1
        assert findings_of(other)[3] == 0

    def test_the_ledger_tells_who_decided_on_the_own_share(self, cast: Cast) -> None:
        made = make_application(make_call(cast.tampere), cast.tampere, cast.eeva)

        def told() -> list[str]:
            return [one.code for one in findings_of(made)[0] if one.rule == "D8"]

        assert told() == ["D8.not_told"]
        noted = CommitmentDetails(deed="noted", decider="Lautakunta", decided_on=clock.today())
        entry = add_commitment(application=made, details=noted, by=cast.eeva)
        assert told() == ["D8.only_noted"]
        decided = replace(noted, deed="decided", amount=Decimal(10000), section="12", replaces=entry)
        add_commitment(application=made, details=decided, by=cast.eeva)
        assert told() == []


def _in_all_languages(told: Any) -> Any:
    """Return a form in which each English text is told in every language, by its code."""
    if isinstance(told, list):
        return [_in_all_languages(one) for one in told]
    if not isinstance(told, dict):
        return told
    if set(told) == {"en"}:
        return {code: f"{told['en']}, {code}" for code in ORDER}
    return {name: _in_all_languages(one) for name, one in told.items()}


class TestCopying:
    """Question by question, with counted characters and a hash."""

    def test_characters_are_counted_against_the_limit(self, cast: Cast) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        (part,) = export_page(made).parts
        item = next(one for one in part.items if one.number == "1")
        assert (item.text, item.count, item.limit, item.is_over) == ("We build a lab.", 15, 100, False)

    @pytest.mark.parametrize("kind", ["text", "pdf", "json"])
    def test_the_same_application_gives_the_same_bytes(self, cast: Cast, kind: str) -> None:
        made = make_form_application(make_call(cast.school), cast.school, cast.bilal)
        first, second = document(made, kind, "en"), document(made, kind, "en")
        assert first == second
        page = export_page(made)
        assert page.sha256[:8] in first.filename
        if kind == "text":
            assert page.sha256 in first.data.decode()

    def test_answers_are_for_those_who_write_them(self, client: Client, cast: Cast) -> None:
        made = make_form_application(make_call(cast.region), cast.region, cast.aino)
        places = [cast.region.key, made.pk]
        copying = reverse("funding:see-export", args=places)
        client.force_login(cast.gunilla)
        page = client.get(reverse("funding:see-application", args=places))
        assert (page.status_code, copying in page.content.decode()) == (200, False)
        assert client.get(copying).status_code == 403
        assert client.get(reverse("funding:download-application", args=[*places, "json"])).status_code == 403
        client.force_login(cast.aino)
        assert client.get(copying).status_code == 200

    def test_hash_and_json_are_the_same_in_every_language(self, cast: Cast) -> None:
        areas = [{"code": "a", "fi": "Laatu", "sv": "Kvalitet", "en": "Quality"}]
        call = make_call(cast.school, areas=areas)
        form = publish_version(owner=cast.school, definition=_in_all_languages(FORM), by=cast.bilal)
        mirror_form(call=call, version=form, by=cast.bilal)
        made = make_form_application(call, cast.school, cast.bilal)
        kept, read = set(), set()
        for code in ORDER:
            with translation.override(code):
                kept.add((export_page(made).sha256, document(made, "json", code).data))
                read.add(application_document(made).data["texts"][0]["label"])
                assert call_document(call)["areas"][0]["label"] == areas[0][code]
        assert len(kept) == 1
        assert read == {f"What is done, {code}" for code in ORDER}

    def test_the_json_is_read_by_the_checks(self, cast: Cast) -> None:
        made = make_application(make_call(cast.tampere), cast.tampere, cast.eeva, name="Nimi")
        read = read_application(loads(document(made, "json", "en").data))
        assert read.found is not None
        assert read.found.title == Names(fi="Nimi").text


class TestForgettingItsForm:
    pytestmark = pytest.mark.django_db

    def test_an_application_outlives_a_draft_that_is_forgotten(self, client: Client, cast: Cast) -> None:
        made = make_form_application(make_call(cast.tampere), cast.tampere, cast.eeva)
        assert made.response is not None
        ended = clock.now() - timedelta(days=3650)
        closed = {"opens_at": ended - timedelta(days=30), "closes_at": ended}
        Collection.objects.filter(pk=made.response.collection_id).update(**closed)
        assert forget()["drafts"] == 1
        assert Application.objects.get(pk=made.pk).response is None
        client.force_login(cast.eeva)
        page = client.get(reverse("funding:see-application", args=[cast.tampere.key, made.pk]))
        assert page.status_code == 200
