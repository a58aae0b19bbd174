"""Pages of preparatory studies: what they show to whom, what is typed into them, where a fault stands."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from luotsi.learning.models import Extract, StudyLine, StudyRight, TuvaPlan
from luotsi.learning.rules.tuva.paths import Item, Path, Planned
from luotsi.learning.tests.documents import tuva_plan
from luotsi.learning.tests.tuva_staged import Prepared, client_of, good_path, proposed, saved, stage_tuva
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Prepared:
    """Return a learner in preparatory studies with those around her."""
    return stage_tuva(cast)


def url(made: Prepared, name: str, *more: object) -> str:
    return reverse(f"learning:{name}", args=[made.group.key, made.learner.pk, *more])


def fields(path: Path, **more: object) -> dict[str, object]:
    """Return what the form sends for a path."""
    data: dict[str, object] = {"starts_on": path.starts_on, "weekly": path.weekly, "aim": path.aim, "base": 0}
    for place, one in enumerate(path.items):
        told = {
            "what": f"{one.part}:{one.studies}",
            "name": one.name,
            "weeks": one.weeks,
            "starts_on": one.starts_on or "",
            "ends_on": one.ends_on or "",
            "points": "" if one.points is None else one.points,
            "grade_from": one.grade_from or "",
            "grade_to": one.grade_to or "",
        }
        data |= {f"item-{place}-{name}": value for name, value in told.items()}
    return {**data, "do": "save", **more}


class TestSeeing:
    def test_everybody_who_follows_the_learner_sees_it(self, made: Prepared) -> None:
        saved(made)
        staged = made.staged
        for account in (staged.leo, staged.sanni, staged.irma, made.nea):
            answer = client_of(account).get(url(made, "see-tuva"))
            assert answer.status_code == 200
            assert "Varastotyö" in answer.content.decode()

    def test_the_own_studies_lead_to_it_where_there_are_such(self, made: Prepared) -> None:
        answer = client_of(made.nea).get(reverse("learning:see-room", args=[made.group.key]), follow=True)
        assert url(made, "see-tuva") in answer.content.decode()
        late = made.staged.late
        there = reverse("learning:see-room", args=[late.unit.key])
        answer = client_of(made.staged.minna).get(there, follow=True)
        assert reverse("learning:see-tuva", args=[late.unit.key, late.pk]) not in answer.content.decode()

    def test_who_teaches_another_group_and_who_learns_beside_do_not(self, made: Prepared) -> None:
        for account in (made.staged.tuure, made.staged.minna):
            assert client_of(account).get(url(made, "see-tuva")).status_code in {403, 404}

    def test_without_a_plan_it_shows_what_the_registers_tell(self, made: Prepared) -> None:
        answer = client_of(made.staged.leo).get(url(made, "see-tuva"))
        page = answer.context["page"]
        assert page.plan is None
        assert page.judged.path.weeks == {"101": Decimal(3), "102": Decimal(6), "107": Decimal(8)}
        assert page.registers.done == {"101": Decimal(3)}
        assert page.judged.can_complete

    def test_plan_and_registers_stand_beside_each_other(self, made: Prepared) -> None:
        saved(made)
        page = client_of(made.staged.leo).get(url(made, "see-tuva")).context["page"]
        differing = [one.row.part for one in page.judged.parts if one.row.differs]
        assert differing == ["101", "102", "105", "106", "107"]
        assert page.judged.outlook.done == 3
        assert page.judged.least == "Working life skills and learning at work 1 week, " + (
            "Vocational studies and preparing for them 1 week"
        )

    def test_of_who_has_no_such_studies_it_says_so(self, made: Prepared) -> None:
        late = made.staged.late
        there = reverse("learning:see-tuva", args=[late.unit.key, late.pk])
        answer = client_of(made.staged.minna).get(there)
        assert answer.status_code == 200
        assert answer.context["page"] is None
        edit = reverse("learning:edit-tuva", args=[late.unit.key, late.pk])
        assert client_of(made.staged.minna).get(edit).status_code == 302

    def test_the_queries_do_not_grow_with_versions(
        self, made: Prepared, django_assert_max_num_queries: object
    ) -> None:
        client = client_of(made.staged.leo)
        for base in range(6):
            saved(made, base=base)
        client.get(url(made, "see-tuva"))
        with django_assert_max_num_queries(24):  # type: ignore[operator]
            client.get(url(made, "see-tuva"))


class TestTheList:
    def there(self, made: Prepared, unit: str = "") -> str:
        return reverse("learning:list-tuva", args=[unit or made.right.unit.key])

    def states(self, made: Prepared, query: str = "") -> list[str]:
        answer = client_of(made.staged.leo).get(self.there(made) + query)
        return [row.state for row in answer.context["listing"].rows.items]

    def test_it_tells_where_each_plan_stands(self, made: Prepared) -> None:
        assert self.states(made) == ["none"]
        path = replace(good_path(made.begun), weekly=Decimal(1))
        saved(made, replace(path, items=path.items[:1]))
        assert self.states(made) == ["lacks"]
        saved(made, path, base=1)
        assert self.states(made) == ["goes"]
        saved(made, replace(path, weekly=Decimal("0.5")), base=2)
        assert self.states(made) == ["late"]
        proposed(made, base=3)
        assert self.states(made) == ["waits"]
        assert self.states(made, "?state=waits&q=nea") == ["waits"]
        assert self.states(made, "?state=goes") == self.states(made, "?q=otso") == []

    def test_it_shows_what_may_be_completed(self, made: Prepared) -> None:
        saved(made)
        StudyLine.objects.filter(learner=made.learner, key__in=["102", "107"]).update(done_on=made.begun)
        assert self.states(made) == ["ready"]

    def test_those_that_have_ended_are_asked_for(self, made: Prepared) -> None:
        StudyRight.objects.filter(pk=made.right.pk).update(ends_on=made.begun + timedelta(days=1))
        assert self.states(made) == []
        assert self.states(made, "?ended=all") == ["none"]

    def test_who_teaches_elsewhere_and_who_learns_do_not_see_it(self, made: Prepared) -> None:
        for account in (made.staged.tuure, made.nea):
            answer = client_of(account).get(self.there(made))
            assert answer.status_code in {403, 404}
        assert client_of(made.staged.irma).get(self.there(made)).status_code == 200

    def test_its_queries_do_not_grow_with_learners(
        self, made: Prepared, django_assert_max_num_queries: object
    ) -> None:
        for number in range(5):
            twin(made, number)
        client = client_of(made.staged.leo)
        client.get(self.there(made))
        with django_assert_max_num_queries(22):  # type: ignore[operator]
            assert len(client.get(self.there(made)).context["listing"].rows.items) == 6

    def test_it_goes_out_as_a_file(self, made: Prepared) -> None:
        answer = client_of(made.staged.leo).get(self.there(made) + "?format=csv")
        assert "Näytesaari Nea" in b"".join(answer).decode("utf-8-sig")


def twin(made: Prepared, number: int) -> None:
    """Add another learner with the same right."""
    learner, right = made.learner, StudyRight.objects.get(pk=made.right.pk)
    learner.pk, learner.oid, learner.person = uuid4(), f"1.2.246.562.24.000000002{number:02d}", None
    learner.save(force_insert=True)
    right.pk, right.learner, right.oid = uuid4(), learner, f"1.2.246.562.15.000000002{number:02d}"
    right.save(force_insert=True)


class TestTheForm:
    def test_the_counsellor_saves(self, made: Prepared) -> None:
        answer = client_of(made.staged.leo).post(url(made, "edit-tuva"), fields(good_path(made.begun)))
        assert answer.status_code == 302
        assert TuvaPlan.objects.get().path == good_path(made.begun)

    def test_the_learner_proposes(self, made: Prepared) -> None:
        client_of(made.nea).post(url(made, "edit-tuva"), fields(good_path(made.begun), words="Haluan lukioon"))
        assert TuvaPlan.objects.get().is_agreed is None

    def test_it_begins_from_the_plan_and_says_the_same_when_sent_back(self, made: Prepared) -> None:
        saved(made)
        form = client_of(made.staged.leo).get(url(made, "edit-tuva")).context["form"]
        sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        client_of(made.staged.leo).post(url(made, "edit-tuva"), {**sent, "do": "save"})
        assert TuvaPlan.objects.get(version=2).path == good_path(made.begun)

    def test_trying_saves_nothing_and_tells_what_comes_of_it(self, made: Prepared) -> None:
        answer = client_of(made.nea).post(url(made, "edit-tuva"), fields(good_path(made.begun), do="try"))
        assert answer.status_code == 200
        assert answer.context["tried"].outlook.total == 22
        assert not TuvaPlan.objects.exists()

    def test_what_is_wrong_stands_at_its_field(self, made: Prepared) -> None:
        path = good_path(made.begun)
        wrong = {
            "item-0-weeks": "12",
            "item-1-ends_on": made.begun - timedelta(days=1),
            "item-2-name": "",
            "item-3-points": "3",
            "item-4-grade_to": "5",
        }
        answer = client_of(made.staged.leo).post(url(made, "edit-tuva"), fields(path, **wrong))
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {
            "item-0-weeks",
            "item-1-ends_on",
            "item-2-name",
            "item-4-grade_from",
        }

    def test_each_fault_of_what_is_typed_stands_at_its_field(self, made: Prepared) -> None:
        leo = client_of(made.staged.leo)
        for field, wrong in (
            ("item-0-what", {"item-0-what": ""}),
            ("item-0-what", {"item-0-what": "999:own"}),
            ("item-0-weeks", {"item-0-weeks": ""}),
            ("item-0-weeks", {"item-0-weeks": "kolme"}),
            ("item-0-points", {"item-0-points": "3"}),
            ("item-0-starts_on", {"item-0-starts_on": "1026-12-21"}),
            ("weekly", {"weekly": "0"}),
            ("weekly", {"weekly": "2"}),
            ("starts_on", {"starts_on": ""}),
            ("break-0-ends_on", {"break-0-starts_on": "2026-12-21"}),
        ):
            answer = leo.post(url(made, "edit-tuva"), fields(good_path(made.begun), **wrong))
            assert answer.status_code == 422, wrong
            assert field in answer.context["form"].errors, wrong
        assert not TuvaPlan.objects.exists()

    def test_the_summary_tells_which_item_and_breaks_with_a_fault_are_open(self, made: Prepared) -> None:
        wrong = {"item-1-weeks": "kolme", "break-0-starts_on": "abc"}
        page = client_of(made.staged.leo).post(url(made, "edit-tuva"), fields(good_path(made.begun), **wrong)).text
        assert '<a href="#id_item-1-weeks">Item 2, Weeks: ' in page
        breaks = page[: page.index('id="id_break-0-starts_on"')].rpartition("<details")[2]
        assert breaks.startswith(' class="lu-more" open>')

    def test_a_comma_is_read_in_finnish(self, made: Prepared) -> None:
        sent = fields(good_path(made.begun), **{"item-0-weeks": "4,5", "weekly": "0,8"})
        client_of(made.staged.leo).post(url(made, "edit-tuva"), sent, headers={"accept-language": "fi"})
        plan = TuvaPlan.objects.get()
        assert (plan.path.items[0].weeks, plan.weekly) == (Decimal("4.5"), Decimal("0.8"))

    def test_who_only_follows_may_not_change(self, made: Prepared) -> None:
        for account in (made.staged.sanni, made.staged.irma):
            assert client_of(account).get(url(made, "edit-tuva")).status_code == 403
            assert client_of(account).post(url(made, "edit-tuva"), {}).status_code == 403

    def test_the_counsellor_answers_on_the_page(self, made: Prepared) -> None:
        plan = proposed(made, words="Haluan lukioon")
        leo = client_of(made.staged.leo)
        assert "Haluan lukioon" in leo.get(url(made, "see-tuva")).content.decode()
        there = url(made, "answer-tuva", plan.version)
        assert leo.get(there).status_code == 200
        assert leo.post(there, {"agrees": "no", "answer": ""}).status_code == 422
        assert leo.post(there, {"agrees": "yes", "answer": "Hyvä"}).status_code == 302
        assert TuvaPlan.objects.agreed().get() == plan
        assert client_of(made.nea).get(there).status_code == 403
        assert leo.get(url(made, "answer-tuva", 7)).status_code == 404


class TestTheDocumentOfThePlan:
    def deliver(self, made: Prepared, data: bytes) -> None:
        Extract.objects.create(
            learner=made.learner,
            kind=Extract.Kind.PLAN,
            right_oid=made.right.oid,
            sha256="8" * 64,
            data=data,
            known_from=made.begun,
        )

    def hoks(self, made: Prepared) -> dict[str, Planned | None]:
        page = client_of(made.staged.leo).get(url(made, "see-tuva")).context["page"]
        return {one.row.part: one.row.hoks for one in page.judged.parts}

    def test_it_tells_what_was_planned_of_a_part_that_is_done(self, made: Prepared) -> None:
        assert self.hoks(made)["101"] == Planned(None, made.begun, made.begun + timedelta(weeks=6))
        plan = tuva_plan()
        plan["hankittavat-koulutuksen-osat"] = [
            {
                "koulutuksen-osa-koodi-uri": f"koulutuksenosattuva_{code}",
                "alku": first,
                "loppu": last,
                "laajuus": weeks,
            }
            for code, first, last, weeks in (
                ("101", "2026-10-01", "2026-11-12", 4),
                ("104", "2026-10-01", "2026-12-18", 1),
                ("104", "2027-01-07", "2027-03-01", 2.5),
                ("999", "2027-01-07", "2027-03-01", 2),
            )
        ]
        self.deliver(made, zlib.compress(json.dumps(plan).encode()))
        found = self.hoks(made)
        assert found["101"] == Planned(Decimal(4), date(2026, 10, 1), date(2026, 11, 12))
        assert found["104"] == Planned(Decimal("3.5"), date(2026, 10, 1), date(2027, 3, 1))
        assert found["102"] is None

    @pytest.mark.parametrize("data", [b"", b"xyz", zlib.compress(b"{"), zlib.compress(b"[1, 2]")])
    def test_one_that_cannot_be_read_breaks_nothing(self, made: Prepared, data: bytes) -> None:
        self.deliver(made, data)
        assert "102" in self.hoks(made)


class TestTheRegisterMoves:
    def test_a_part_that_is_done_beyond_the_plan_is_told(self, made: Prepared) -> None:
        saved(made)
        StudyLine.objects.filter(key="101").update(amount=Decimal(7))
        page = client_of(made.staged.leo).get(url(made, "see-tuva")).context["page"]
        assert any("7 weeks are done" in words for words in page.judged.remarks)

    def test_a_right_that_tells_another_permit_is_told(self, made: Prepared) -> None:
        saved(made)
        StudyRight.objects.filter(pk=made.right.pk).update(permit="lukio")
        page = client_of(made.staged.leo).get(url(made, "see-tuva")).context["page"]
        assert any("never changes" in words for words in page.judged.remarks)

    def test_an_item_without_days_is_kept(self, made: Prepared) -> None:
        plan = saved(made, replace(good_path(made.begun), items=(Item("101", Decimal(2)),)))
        assert TuvaPlan.objects.get(pk=plan.pk).path.items == (Item("101", Decimal(2)),)
