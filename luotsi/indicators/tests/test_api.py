"""What programs read: with a key only, under its unit only, protected as on the pages."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from luotsi.base import clock
from luotsi.indicators.actions.reference import load_reference
from luotsi.indicators.actions.tokens import TokenRefused, make_token, withdraw_token
from luotsi.indicators.api import keys
from luotsi.indicators.models import ApiToken
from luotsi.indicators.rules.tokens import TokenScope
from luotsi.indicators.tests.telling import OPEN, make_indicator, tell
from luotsi.people.models import RoleAssignment, Unit
from luotsi.people.tests.cast import Cast

pytestmark = pytest.mark.django_db
BOTH = (TokenScope.FACTS, TokenScope.FIGURES)


@pytest.fixture(autouse=True)
def no_questions_before() -> None:
    """Nobody has asked yet."""
    cache.clear()


def header_of(unit: Unit, *scopes: TokenScope) -> dict[str, str]:
    """Return the header of a program with a key of the unit."""
    _token, secret = make_token(unit=unit, name="Power BI", scopes=scopes or BOTH, by=None)
    return {"authorization": f"Bearer {secret}"}


class TestKeys:
    def test_the_secret_is_kept_nowhere(self, cast: Cast) -> None:
        token, secret = make_token(unit=cast.tampere, name="Power BI", scopes=BOTH, by=cast.daniel)
        assert secret not in str(ApiToken.objects.values().get())
        assert token.hash != secret

    def test_nothing_opens_without_a_key(self, client: Client, cast: Cast) -> None:
        assert client.get("/api/v1/tables").status_code == 401
        client.force_login(cast.aino)
        assert client.get("/api/v1/tables").status_code == 401
        assert client.get("/api/v1/tables", headers={"authorization": "Bearer luotsi_guess"}).status_code == 401

    def test_it_opens_only_what_it_is_for(self, client: Client, cast: Cast) -> None:
        headers = header_of(cast.tampere, TokenScope.FIGURES)
        assert client.get("/api/v1/tables", headers=headers).status_code == 403
        assert client.get("/api/v1/indicators", headers=headers).status_code == 200

    def test_a_withdrawn_key_and_one_that_has_run_out_open_nothing(self, client: Client, cast: Cast) -> None:
        token, secret = make_token(unit=cast.tampere, name="Power BI", scopes=BOTH, by=None)
        withdraw_token(token=token, by=None)
        headers = {"authorization": f"Bearer {secret}"}
        assert client.get("/api/v1/indicators", headers=headers).status_code == 401
        ApiToken.objects.update(withdrawn_at=None, expires_on=clock.today() - timedelta(days=1))
        assert client.get("/api/v1/indicators", headers=headers).status_code == 401

    def test_a_key_that_opens_nothing_is_not_made(self, cast: Cast) -> None:
        with pytest.raises(TokenRefused):
            make_token(unit=cast.tampere, name="Power BI", scopes=(), by=None)
        with pytest.raises(TokenRefused):
            make_token(unit=cast.tampere, name=" ", scopes=BOTH, by=None)

    def test_it_notes_the_day_of_its_last_use(self, client: Client, cast: Cast) -> None:
        client.get("/api/v1/indicators", headers=header_of(cast.tampere))
        assert ApiToken.objects.get().last_used_on == clock.today()

    def test_it_may_ask_so_often_and_no_more(
        self, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        headers = header_of(cast.tampere)
        monkeypatch.setattr(keys.ByKey, "throttle_success", lambda throttle: False)
        assert client.get("/api/v1/indicators", headers=headers).status_code == 429


class TestFigures:
    def test_a_program_reads_what_the_pages_show(self, client: Client, cast: Cast) -> None:
        share = make_indicator("share", cast.region, policy=OPEN)
        tell(share, cast.school, "2023", 10, 40)
        tell(share, cast.school, "2024", 30, 40)
        answer = client.get("/api/v1/indicators/share/figures?from=2024", headers=header_of(cast.tampere)).json()
        assert [one["period"] for one in answer["figures"]] == ["2024"]
        assert answer["figures"][0]["value"] == 75
        assert answer["figures"][0]["unit"] == "tampere"

    def test_it_reads_nothing_outside_its_unit(self, client: Client, cast: Cast) -> None:
        make_indicator("share", None, policy=OPEN)
        headers = header_of(cast.tampere)
        for unit in ("tampereen-kaupunkiseutu", "nokia", "kuopio", "no-such-unit"):
            assert client.get(f"/api/v1/indicators/share/figures?unit={unit}", headers=headers).status_code == 404

    def test_an_indicator_of_a_stranger_is_not_there(self, client: Client, cast: Cast) -> None:
        make_indicator("theirs", cast.elsewhere)
        headers = header_of(cast.tampere)
        assert client.get("/api/v1/indicators/theirs/figures", headers=headers).status_code == 404
        assert client.get("/api/v1/indicators", headers=headers).json() == []

    def test_small_groups_stay_hidden(self, client: Client, cast: Cast) -> None:
        share = make_indicator("share", cast.region)
        tell(share, cast.school, "2024", 2, 40)
        tell(share, cast.other_school, "2024", 30, 60)
        url = "/api/v1/indicators/share/figures?below=true&split=all"
        answer = client.get(url, headers=header_of(cast.region)).json()
        by_unit = {one["unit"]: one for one in answer["figures"]}
        for school in (cast.school, cast.other_school):
            told = by_unit[school.key]
            assert (told["mark"], told["value"], told["numerator"]) == ("protected", None, None)

    def test_a_key_that_names_no_period_is_told_so(self, client: Client, cast: Cast) -> None:
        make_indicator("share", cast.region)
        headers = header_of(cast.tampere)
        assert client.get("/api/v1/indicators/share/figures?from=soon", headers=headers).status_code == 400


class TestTables:
    def test_the_list_tells_every_column(self, client: Client, cast: Cast) -> None:
        tables = {one["key"]: one for one in client.get("/api/v1/tables", headers=header_of(cast.tampere)).json()}
        assert tables["institutions"]["counts"] is False
        assert tables["roles"]["counts"] is True
        assert all(column["about"] for one in tables.values() for column in one["columns"])

    def test_an_open_table_leaves_row_by_row_under_the_unit_only(self, client: Client, cast: Cast) -> None:
        response = client.get("/api/v1/tables/institutions.csv", headers=header_of(cast.school))
        rows = list(csv.DictReader(io.StringIO(response.content.decode())))
        assert {row["unit_key"] for row in rows} == {cast.school.key}

    def test_persons_leave_as_protected_counts_only(self, client: Client, cast: Cast) -> None:
        content = client.get("/api/v1/tables/roles.json", headers=header_of(cast.region)).json()
        persons = {str(pk) for pk in RoleAssignment.objects.values_list("person", flat=True)}
        assert not any(pk.replace("-", "") in str(content) for pk in persons)
        assert "person" not in {column["name"] for column in content["columns"]}
        told = [row for row in content["rows"] if row["count"] is not None]
        assert all(row["count"] == 0 or row["count"] >= 5 for row in told)
        assert any(row["mark"] == "protected" for row in content["rows"])

    @pytest.mark.parametrize("kind", ["csv", "json", "parquet", "xlsx"])
    def test_every_kind_of_file_opens(self, client: Client, cast: Cast, kind: str) -> None:
        for key in ("institutions", "roles"):
            response = client.get(f"/api/v1/tables/{key}.{kind}", headers=header_of(cast.tampere))
            assert response.status_code == 200
            assert len(response.content) > 40

    def test_parquet_keeps_days_as_days(self, client: Client, cast: Cast) -> None:
        import pyarrow.parquet as pq

        response = client.get("/api/v1/tables/institutions.parquet", headers=header_of(cast.tampere))
        table = pq.read_table(io.BytesIO(response.content))
        assert str(table.schema.field("valid_from").type) == "date32[day]"
        assert table.num_rows == 2

    def test_what_has_not_changed_is_not_sent_again(self, client: Client, cast: Cast) -> None:
        headers = header_of(cast.tampere)
        first = client.get("/api/v1/tables/institutions.csv", headers=headers)
        again = client.get("/api/v1/tables/institutions.csv", headers=headers | {"if-none-match": first["ETag"]})
        assert again.status_code == 304

    def test_an_unknown_table_or_kind_is_not_there(self, client: Client, cast: Cast) -> None:
        headers = header_of(cast.tampere)
        for name in ("people.csv", "roles.exe"):
            assert client.get(f"/api/v1/tables/{name}", headers=headers).status_code == 404


class TestDescribing:
    def test_the_description_is_served_and_no_page_with_foreign_scripts(self, client: Client) -> None:
        described = client.get("/api/v1/openapi.json").json()
        assert "/api/v1/indicators/{key}/figures" in described["paths"]
        assert client.get("/api/v1/docs").status_code == 404


def test_it_asks_the_database_the_same_for_few_figures_and_for_many(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    load_reference()
    share = make_indicator("share", cast.region, policy=OPEN)
    for year in range(2020, 2025):
        tell(share, cast.school, str(year), Decimal(year - 2019), 40)
    headers = header_of(cast.region)
    client.get("/api/v1/indicators/share/figures", headers=headers)
    with django_assert_max_num_queries(16):
        client.get("/api/v1/indicators/share/figures?below=true&split=all", headers=headers)
