"""What was handed in to an own call: its number, who sees and handles it, and how it is completed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import clock
from luotsi.base.models import AuditEntry, OutboxMail
from luotsi.funding import access
from luotsi.funding.actions.applications import Handing, move_application
from luotsi.funding.actions.completion import (
    answer_completion,
    ask_completion,
    open_completion,
    set_handler,
    take_back_completion,
)
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.team import MemberDetails, add_member
from luotsi.funding.models import Application, CompletionRequest, Received
from luotsi.funding.rules.completeness import Found, Whole, wholeness
from luotsi.funding.rules.interests import interests
from luotsi.funding.rules.moves import Move
from luotsi.funding.rules.received import register_number, suffix_of
from luotsi.funding.tests.making import ANSWERS, form_of, make_officer, make_principal, write
from luotsi.funding.tests.officiating import begun_on_form, close, hand_in, handed_in, stand
from luotsi.funding.waiting import tasks_for
from luotsi.people.actions.roles import give_role
from luotsi.people.rules import Role
from luotsi.people.tests.cast import LONG_AGO

if TYPE_CHECKING:
    from django.test import Client

    from luotsi.funding.tests.officiating import Stand
    from luotsi.people.models import Account
    from luotsi.people.tests.cast import Cast

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
numbers = st.text("abcÄÖ/-0123456789 ", max_size=60)
paths = st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map(lambda parts: "/".join(parts) + "/")


class TestNumbers:
    """The number of an application is that of its place in the call and of the call."""

    @pytest.mark.parametrize(
        ("call", "number"),
        [
            ("VN/48/2026", "3/48/2026"),
            ("48/2026", "3/48/2026"),
            ("HEL 2026-000123", "3/2026-000123"),
            ("OPH-2727-2023", "3/OPH-2727-2023"),
            ("7/404/2020", "3/7/404/2020"),
            ("", "3/kokeilut-2026"),
        ],
    )
    def test_a_family_in_letters_is_left_out(self, call: str, number: str) -> None:
        assert register_number(3, suffix_of(call, "kokeilut-2026")) == number

    @given(st.integers(1, 10**6), numbers)
    def test_the_place_stands_first_in_it(self, sequence: int, call: str) -> None:
        number = register_number(sequence, suffix_of(call, "osoite"))
        assert number.partition("/")[0] == str(sequence)
        assert len(number) <= 60

    @given(st.integers(1, 10**6), st.integers(1, 10**6), numbers)
    def test_no_two_places_share_one(self, one: int, other: int, call: str) -> None:
        suffix = suffix_of(call, "osoite")
        assert (register_number(one, suffix) == register_number(other, suffix)) == (one == other)

    def test_nothing_stands_before_one(self) -> None:
        with pytest.raises(ValueError, match="no register number"):
            register_number(0, "48/2026")


class TestInterests:
    """Who has an interest by rule."""

    @given(st.lists(paths, max_size=4), paths)
    def test_a_role_at_the_applicant_or_below_it_is_one(self, roles: list[str], applicant: str) -> None:
        found = interests(roles, applicant)
        assert bool(found) == any(path.startswith(applicant) for path in roles)

    def test_a_role_above_the_applicant_is_none(self) -> None:
        assert interests(["city/"], "city/school/") == ()

    def test_each_reason_is_told(self) -> None:
        found = interests(["city/school/"], "city/school/", in_team=True, has_prepared=True, has_declared=True)
        assert [one.code for one in found] == ["own_unit", "in_team", "prepared", "declared"]


class TestWholeness:
    """How complete an application is."""

    @given(st.none() | st.integers(0, 9), st.integers(-3, 3))
    def test_the_second_of_the_deadline_is_in_time(self, blocks: int | None, seconds: int) -> None:
        found = wholeness(Found(blocks=blocks), NOW, NOW + timedelta(seconds=seconds))
        assert found == (Whole.LATE if seconds > 0 else Whole.ASKED)

    def test_without_a_request_the_errors_decide(self) -> None:
        told = [wholeness(Found(blocks=blocks), None, NOW) for blocks in (None, 0, 2)]
        assert told == [Whole.UNREADABLE, Whole.COMPLETE, Whole.LACKING]


class TestHandingIn:
    """The number is given when an application is handed in."""

    def test_numbers_run_without_gaps_in_the_order_of_handing_in(self, cast: Cast) -> None:
        made = stand(cast)
        second = handed_in(made.call, cast.other_school, make_principal(cast.other_school), "Studio")
        assert (made.one.register_number, second.register_number) == ("1/48/2026", "2/48/2026")

    def test_one_that_is_not_handed_in_after_all_leaves_no_gap(self, cast: Cast) -> None:
        made = stand(cast)
        by = make_principal(cast.other_school)
        lacking = begun_on_form(made.call, cast.other_school, by, "Studio", {"costs": {}})
        with pytest.raises(FundingRefused):
            hand_in(lacking, by)
        write(lacking, ANSWERS, by)
        assert hand_in(lacking, by).register_number == "2/48/2026"

    def test_what_is_withdrawn_keeps_its_number(self, cast: Cast) -> None:
        made = stand(cast)
        move_application(application=made.one, move=Move.WITHDRAW, reason="Ei ehditä", by=cast.bilal)
        second = handed_in(made.call, cast.other_school, make_principal(cast.other_school), "Studio")
        assert second.register_number == "2/48/2026"

    def test_a_number_is_given_once(self, cast: Cast) -> None:
        made = stand(cast)
        twice = Received(application=made.one, call=made.call, sequence=1, received_at=clock.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            twice.save(force_insert=True)

    def test_the_findings_are_counted(self, cast: Cast) -> None:
        made = stand(cast)
        received = Received.objects.get(application=made.one)
        assert received.checked_at is not None
        assert received.blocks == 0


class TestSeeing:
    """Officers see what was handed in to their call, nothing before, and handle nothing of their own."""

    def test_an_officer_sees_what_was_handed_in_and_nothing_before(self, cast: Cast, client: Client) -> None:
        made = stand(cast)
        by = make_principal(cast.other_school)
        draft = begun_on_form(made.call, cast.other_school, by, "Studio")
        client.force_login(made.officer)
        page = client.get(reverse("funding:list-received", args=["tampere", made.call.slug])).content.decode()
        assert "Laboratorio" in page
        assert "Studio" not in page
        assert client.get(reverse("funding:see-received", args=["tampere", draft.pk])).status_code == 404

    def test_the_applicant_and_others_get_no_list(self, cast: Cast) -> None:
        made = stand(cast)
        for stranger in (cast.bilal, cast.eeva, cast.daniel):
            with pytest.raises((PermissionDenied, Http404)):
                access.own_call_for(stranger, cast.tampere, made.call.slug)
            with pytest.raises(Http404):
                access.received_for(stranger, cast.tampere, made.one.pk)

    def test_an_officer_of_another_unit_knows_nothing_of_it(self, cast: Cast) -> None:
        made = stand(cast)
        other = make_officer(cast.nokia, "Pirkko")
        with pytest.raises(Http404):
            access.received_for(other, cast.nokia, made.one.pk)

    def test_an_officer_never_handles_an_application_of_the_own_unit(self, cast: Cast, client: Client) -> None:
        made = stand(cast)
        give_role(person=made.officer.person, role=Role.TEACHER, unit=cast.school, valid_from=LONG_AGO, by=None)
        client.force_login(made.officer)
        page = client.get(reverse("funding:see-received", args=["tampere", made.one.pk]))
        assert "You have a role in the unit that applies." in page.content.decode()
        assert client.get(reverse("funding:ask-completion", args=["tampere", made.one.pk])).status_code == 403
        with pytest.raises(PermissionDenied):
            access.received_for(made.officer, cast.tampere, made.one.pk, to_handle=True)

    def test_nor_one_of_a_team_that_they_were_in(self, cast: Cast) -> None:
        made = stand(cast)
        over = MemberDetails(part="read", is_preparer=False, since=LONG_AGO, until=LONG_AGO)
        add_member(application=made.one, person=made.officer.person, details=over, by=cast.bilal)
        with pytest.raises(PermissionDenied):
            access.received_for(made.officer, cast.tampere, made.one.pk, to_handle=True)

    def test_the_page_shows_the_answers_as_they_were_handed_in(self, cast: Cast, client: Client) -> None:
        made = stand(cast)
        ask_completion(application=made.one, words="Liite", until=clock.now() + timedelta(days=3), by=made.officer)
        made.one.refresh_from_db()
        open_completion(application=made.one, form=form_of(made.one, cast.bilal))
        write(made.one, {"what": "Something else altogether."}, cast.bilal)
        client.force_login(made.officer)
        page = client.get(reverse("funding:see-received", args=["tampere", made.one.pk])).content.decode()
        assert "We build a lab." in page
        assert "Something else altogether." not in page

    def test_the_list_asks_the_database_no_more_for_many(
        self, cast: Cast, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        made = stand(cast)
        by = make_principal(cast.other_school)
        handed_in(made.call, cast.other_school, by, "Studio")
        client.force_login(made.officer)
        address = reverse("funding:list-received", args=["tampere", made.call.slug])
        client.get(address)
        with django_assert_max_num_queries(20):
            client.get(address)

    def test_the_list_is_narrowed_and_exported(self, cast: Cast, client: Client) -> None:
        made = stand(cast)
        set_handler(application=made.one, handler=made.officer.person, by=made.officer)
        handed_in(made.call, cast.other_school, make_principal(cast.other_school), "Studio")
        client.force_login(made.officer)
        address = reverse("funding:list-received", args=["tampere", made.call.slug])
        nobodys = client.get(address, {"handler": "nobody", "format": "csv"}).content.decode("utf-8-sig")
        assert "Studio" in nobodys
        assert "Laboratorio" not in nobodys
        whole = client.get(address, {"whole": "complete", "format": "csv"}).content.decode("utf-8-sig")
        assert "1/48/2026" in whole


def asked(made: Stand, **more: Any) -> CompletionRequest:
    given: dict[str, Any] = {"words": "Kertokaa kulut.", "until": clock.now() + timedelta(days=3), **more}
    return ask_completion(application=made.one, by=made.officer, **given)


def complete(made: Stand, by: Account, at: datetime | None = None) -> Application:
    form = form_of(made.one, by)
    handing = Handing(at=at or clock.now(), revision=form.response.revision)
    return answer_completion(application=made.one, handing=handing, form=form, by=by)


class TestCompleting:
    """The applicant is asked to complete, and hands the form in anew."""

    def test_the_form_opens_again_after_the_call_has_closed(self, cast: Cast) -> None:
        made = stand(cast)
        close(made.call)
        asked(made)
        made.one.refresh_from_db()
        open_completion(application=made.one, form=form_of(made.one, cast.bilal))
        write(made.one, {"funding": {"grant": {"amount": 80_000}, "own": {"amount": 20_000}}}, cast.bilal)
        found = complete(made, cast.bilal)
        request = CompletionRequest.objects.get()
        assert (found.applied, request.number, request.state_at(clock.now())) == (Decimal(80_000), 2, "answered")
        assert found.register_number == "1/48/2026"
        assert found.response is not None
        found.response.refresh_from_db()
        assert found.response.state_at(clock.now()) == "closed"

    def test_the_second_after_the_deadline_is_late(self, cast: Cast) -> None:
        made = stand(cast)
        until = (clock.now() + timedelta(days=1)).replace(microsecond=0)
        asked(made, until=until)
        made.one.refresh_from_db()
        open_completion(application=made.one, form=form_of(made.one, cast.bilal))
        with pytest.raises(FundingRefused, match="ended"):
            complete(made, cast.bilal, until + timedelta(seconds=1))
        assert complete(made, cast.bilal, until).state == Application.State.SUBMITTED

    def test_without_a_request_it_stays_closed(self, cast: Cast) -> None:
        made = stand(cast)
        close(made.call)
        with pytest.raises(FundingRefused, match="Nothing is asked"):
            open_completion(application=made.one, form=form_of(made.one, cast.bilal))

    def test_what_was_not_opened_answers_nothing(self, cast: Cast) -> None:
        made = stand(cast)
        asked(made)
        with pytest.raises(FundingRefused, match="Open the form"):
            complete(made, cast.bilal)

    def test_it_is_asked_once_at_a_time(self, cast: Cast) -> None:
        made = stand(cast)
        first = asked(made)
        with pytest.raises(FundingRefused, match="asked already"):
            asked(made)
        take_back_completion(request=first, by=made.officer)
        assert asked(made).pk != first.pk

    def test_taking_back_closes_the_form(self, cast: Cast) -> None:
        made = stand(cast)
        close(made.call)
        take_back_completion(request=asked(made), by=made.officer)
        made.one.refresh_from_db()
        assert made.one.response is not None
        assert made.one.response.state_at(clock.now()) == "closed"

    @pytest.mark.parametrize(
        ("change", "words"),
        [({"words": "  "}, "Tell what"), ({"until": NOW - timedelta(days=900)}, "must be in the future")],
    )
    def test_it_refuses_an_empty_request_and_a_moment_that_has_passed(
        self, cast: Cast, change: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(FundingRefused, match=words):
            asked(stand(cast), **change)

    def test_the_applicant_gets_a_mail_and_a_task(self, cast: Cast) -> None:
        made = stand(cast)
        asked(made)
        mail = OutboxMail.objects.get(key__startswith="funding.completion.")
        assert mail.to == cast.bilal.email
        assert "Kertokaa kulut." in mail.body
        tasks = [one for one in tasks_for(cast.bilal, cast.school) if one.key.startswith("funding.completion.")]
        assert len(tasks) == 1

    def test_the_officer_is_told_when_it_is_late(self, cast: Cast, client: Client) -> None:
        made = stand(cast)
        request = asked(made)
        CompletionRequest.objects.filter(pk=request.pk).update(
            asked_at=clock.now() - timedelta(days=9), until=clock.now() - timedelta(days=1)
        )
        client.force_login(made.officer)
        page = client.get(reverse("funding:list-received", args=["tampere", made.call.slug]), {"whole": "late"})
        assert "Completion late since" in page.content.decode()

    def test_the_applicant_goes_the_whole_way_on_the_pages(self, cast: Cast, client: Client) -> None:
        made = stand(cast)
        close(made.call)
        client.force_login(made.officer)
        when = clock.today() + timedelta(days=5)
        sent = client.post(
            reverse("funding:ask-completion", args=["tampere", made.one.pk]),
            {"words": "Kertokaa kulut.", "until_on": f"{when.day}.{when.month}.{when.year}", "until_time": ""},
        )
        assert sent.status_code == 302
        client.force_login(cast.bilal)
        see = reverse("funding:see-application", args=[cast.school.key, made.one.pk])
        assert "Kertokaa kulut." in client.get(see).content.decode()
        client.post(reverse("funding:open-completion", args=[cast.school.key, made.one.pk]))
        hand = reverse("funding:hand-in-completion", args=[cast.school.key, made.one.pk])
        assert "To be completed by" in client.get(hand).content.decode()
        form = form_of(made.one, cast.bilal)
        assert client.post(hand, {"revision": form.response.revision}).status_code == 302
        assert CompletionRequest.objects.get().number == 2
        verbs = list(AuditEntry.objects.filter(verb__startswith="funding.completion").values_list("verb", flat=True))
        assert sorted(verbs) == ["funding.completion.answered", "funding.completion.asked"]
