"""Pages of definitions, targets, tables and keys: what they write, what they refuse, and what they show once."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest

from luotsi.indicators.actions.targets import set_target
from luotsi.indicators.models import ApiToken, Definition, Indicator, Target
from luotsi.indicators.tests.making import Followed, make_followed
from luotsi.indicators.tests.telling import tell
from luotsi.indicators.tests.test_observation_pages import Browser
from luotsi.people.tests.cast import Cast

DEFINITION = {
    "key": "devices",
    "name_fi": "Laitteet",
    "valid_from": "2024-01-01",
    "unit_of_measure": "percent",
    "rollup": "ratio",
    "factor": "100",
    "decimals": "1",
    "direction": "rising",
    "policy": "threshold",
    "period_kind": "year",
    "dimensions": "language, grade",
    "numerator_fi": "Käytössä olevat",
    "table": "",
}
COUNTED = {
    "key": "led",
    "policy": "open",
    "dimensions": "",
    "table": "institutions",
    "semantics": "as_of",
    "top_where": "led = yes",
    "has_bottom": "on",
}


@pytest.fixture
def followed(cast: Cast) -> Followed:
    return make_followed(cast)


class TestDefining:
    def test_it_makes_an_indicator_owned_by_the_unit(self, cast: Cast) -> None:
        answer = Browser(cast.aino, cast.tampere).post("define-indicator", DEFINITION)
        assert answer.status_code == 302, answer.content.decode()
        made = Indicator.objects.get(key="devices")
        definition = Definition.objects.get(indicator=made)
        assert made.owner == cast.tampere
        assert definition.dimensions == ["language", "grade"]
        assert definition.numerator == {"fi": "Käytössä olevat"}

    def test_it_counts_from_a_table_with_conditions(self, cast: Cast) -> None:
        answer = Browser(cast.aino, cast.tampere).post("define-indicator", DEFINITION | COUNTED)
        assert answer.status_code == 302, answer.content.decode()
        counting = Definition.objects.get(indicator__key="led").counting
        assert counting
        assert counting["numerator"]["where"] == [["led", "=", True]]
        assert counting["denominator"]["where"] == []
        assert "0%" in Browser(cast.aino, cast.tampere).text("see-indicator", key="led")

    def test_a_condition_that_is_none_is_refused_at_its_field(self, cast: Cast) -> None:
        data = DEFINITION | COUNTED | {"top_where": "led yes"}
        answer = Browser(cast.aino, cast.tampere).post("define-indicator", data)
        assert answer.status_code == 422
        assert "“led yes” is no condition." in answer.content.decode()

    def test_it_asks_for_a_name_and_keeps_what_was_typed(self, cast: Cast) -> None:
        answer = Browser(cast.aino, cast.tampere).post("define-indicator", DEFINITION | {"name_fi": ""})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Give the name in at least one language." in page
        assert "language, grade" in page


class TestANewVersion:
    def test_it_needs_to_say_what_changes(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.region)
        data = DEFINITION | {"valid_from": "2026-06-01", "dimensions": "language"}
        assert browser.post("write-definition", data, key="signing-in").status_code == 422
        assert browser.post("write-definition", data | {"change": "Uusi rajaus"}, key="signing-in").status_code == 302
        page = browser.text("see-definition", key="signing-in")
        assert "Uusi rajaus" in page
        assert "Version 2" in page

    def test_a_line_breaks_where_it_begins(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.region)
        data = DEFINITION | {"valid_from": "2026-06-01", "dimensions": "language", "change": "Uusi rajaus"}
        browser.post("write-definition", data, key="signing-in")
        tell(followed.indicator, cast.nokia, "2026", 50, 100)
        page = browser.text("see-indicator", key="signing-in")
        assert "definition 2" in page

    def test_it_begins_with_what_the_present_one_says(self, cast: Cast, followed: Followed) -> None:
        page = Browser(cast.aino, cast.region).text("write-definition", key="signing-in")
        assert 'value="percent"' in page
        assert 'value="language"' in page

    def test_the_owner_decides_not_the_school(self, cast: Cast, followed: Followed) -> None:
        assert Browser(cast.bilal, cast.school).get("write-definition", key="signing-in").status_code == 403


class TestRetiring:
    def test_it_needs_a_reason_and_leaves_figures_readable(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.region)
        data = {"last_day": "2026-01-31", "reason": ""}
        assert browser.post("retire-indicator", data, key="signing-in").status_code == 422
        browser.post("retire-indicator", data | {"reason": "Korvattu toisella"}, key="signing-in")
        assert "75%" in browser.text("see-indicator", key="signing-in")


class TestRenaming:
    def test_the_name_changes_and_the_address_and_the_figures_stay(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.region)
        data = {"name_fi": "Kirjautuminen", "name_sv": "Inloggning", "name_en": "", "code": "K-9"}
        assert browser.post("rename-indicator", data, key="signing-in").status_code == 302
        page = browser.text("see-indicator", key="signing-in")
        assert "Kirjautuminen" in page
        assert "75%" in page
        assert "K-9" in browser.text("see-definition", key="signing-in")

    def test_a_name_is_asked_for(self, cast: Cast, followed: Followed) -> None:
        data = {"name_fi": "", "name_sv": "", "name_en": "", "code": ""}
        answer = Browser(cast.aino, cast.region).post("rename-indicator", data, key="signing-in")
        assert answer.status_code == 422
        assert 'id="id_name_fi-error"' in answer.content.decode()


class TestTargets:
    def test_it_sets_a_target_with_points_of_its_own(self, cast: Cast, followed: Followed) -> None:
        data = {"period": "2030", "operator": "gte", "value": "98,5", "path": "points", "points": "2027 80\n2028 90,5"}
        answer = Browser(cast.aino, cast.region).post("set-target", data, key="signing-in")
        assert answer.status_code == 302, answer.content.decode()
        made = Target.objects.get(unit=cast.region)
        assert (made.value, made.points) == (Decimal("98.5"), [["2027", "80"], ["2028", "90.5"]])

    @pytest.mark.parametrize(("field", "value"), [("period", "soon"), ("points", "2027"), ("value", "many")])
    def test_it_refuses_at_the_field(self, cast: Cast, followed: Followed, field: str, value: str) -> None:
        data = {"period": "2030", "operator": "gte", "value": "98", "path": "points", "points": "2027 80"}
        answer = Browser(cast.aino, cast.region).post("set-target", data | {field: value}, key="signing-in")
        assert answer.status_code == 422
        assert f'id="id_{field}-error"' in answer.content.decode()

    def test_units_and_the_whole_are_told_both_ways(self, cast: Cast, followed: Followed) -> None:
        given = {"indicator": followed.indicator, "period": "2028", "by": cast.aino}
        set_target(unit=cast.tampere, value=Decimal(90), **given)  # type: ignore[arg-type]
        page = Browser(cast.aino, cast.tampere).text("list-targets", key="signing-in")
        assert "Units below and the whole" in page
        assert "They do not fit together" in page
        school = Browser(cast.aino, cast.school).text("list-targets", key="signing-in")
        assert "This unit among its neighbours" in school

    def test_a_principal_does_not_see_the_targets_of_neighbours(self, cast: Cast, followed: Followed) -> None:
        given = {"indicator": followed.indicator, "period": "2028", "by": cast.aino}
        set_target(unit=cast.tampere, value=Decimal(90), **given)  # type: ignore[arg-type]
        page = Browser(cast.bilal, cast.school).text("list-targets", key="signing-in")
        assert "This unit among its neighbours" not in page

    def test_taking_back_needs_a_reason_and_stays_in_the_history(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.school)
        given: dict[str, Any] = {"key": "signing-in", "pk": followed.target.pk}
        assert browser.post("withdraw-target", {"reason": ""}, **given).status_code == 422
        browser.post("withdraw-target", {"reason": "Uusi päätös"}, **given)
        assert "Taken back or replaced" in browser.text("list-targets", key="signing-in")


class TestTables:
    def test_they_come_with_what_each_column_means(self, cast: Cast) -> None:
        page = Browser(cast.celia, cast.school).text("list-facts")
        assert "Whether somebody was its principal." in page
        assert "does not let you download it" in page

    def test_a_file_holds_the_unit_and_those_below_only(self, cast: Cast) -> None:
        text = Browser(cast.daniel, cast.school).text("download-facts", table="institutions", kind="csv")
        assert cast.school.key in text
        assert cast.other_school.key not in text

    def test_persons_leave_as_counts(self, cast: Cast) -> None:
        text = Browser(cast.aino, cast.region).text("download-facts", table="roles", kind="csv")
        assert text.splitlines()[0].startswith("unit,unit_key,unit_kind,as_of,dimension,value,count,mark")
        assert cast.celia.person.pk.hex not in text

    def test_parquet_can_be_read(self, cast: Cast) -> None:
        import pyarrow.parquet as pq

        answer = Browser(cast.aino, cast.region).get("download-facts", table="institutions", kind="parquet")
        assert len(pq.read_table(io.BytesIO(answer.content))) >= 2

    @pytest.mark.parametrize(("table", "kind"), [("nothing", "csv"), ("institutions", "exe")])
    def test_there_is_no_other_table_or_kind(self, cast: Cast, table: str, kind: str) -> None:
        assert Browser(cast.aino, cast.region).get("download-facts", table=table, kind=kind).status_code == 404


class TestKeys:
    def test_the_secret_is_shown_once_and_kept_nowhere(self, cast: Cast) -> None:
        browser = Browser(cast.aino, cast.region)
        page = browser.post("make-key", {"name": "Raportti", "scopes": ["figures"]}).content.decode()
        secret = page.partition('data-copy="')[2].partition('"')[0]
        made = ApiToken.objects.get()
        assert secret.startswith("luotsi_")
        assert secret not in f"{made.hash}{browser.text('list-keys')}"

    def test_it_asks_what_the_key_opens(self, cast: Cast) -> None:
        answer = Browser(cast.aino, cast.region).post("make-key", {"name": "Raportti"})
        assert answer.status_code == 422
        assert "Choose what the key opens." in answer.content.decode()

    def test_a_key_is_taken_away(self, cast: Cast, followed: Followed) -> None:
        browser = Browser(cast.aino, cast.school)
        browser.post("withdraw-key", pk=followed.token.pk)
        assert "Taken away" in browser.text("list-keys")
