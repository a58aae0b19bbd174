"""Reference data: complete, loaded once, renewed when a file changes."""

import pytest

from luotsi.base.models import AuditEntry
from luotsi.people.actions.reference import load_reference, rows_of
from luotsi.people.models import InstitutionType, Municipality

pytestmark = pytest.mark.django_db


class TestLoadingReferenceData:
    def test_it_brings_every_municipality_region_and_institution_type(self) -> None:
        assert load_reference() == 308 + 27
        assert Municipality.objects.count() == 308
        assert Municipality.objects.values("region_code").distinct().count() == 19
        assert InstitutionType.objects.count() == 27

    def test_it_keeps_leading_zeros_names_and_language_status(self) -> None:
        load_reference()
        helsinki = Municipality.objects.get(pk="091")
        assert (helsinki.name_fi, helsinki.name_sv, helsinki.region_fi) == ("Helsinki", "Helsingfors", "Uusimaa")
        assert (helsinki.language_status, helsinki.population) == (1, 664028)

    def test_it_never_fakes_a_missing_name(self) -> None:
        load_reference()
        assert InstitutionType.objects.get(pk="93").names.missing == ("en",)

    def test_it_writes_nothing_the_second_time(self) -> None:
        load_reference()
        before = AuditEntry.objects.count()
        assert load_reference() == 0
        assert AuditEntry.objects.count() == before

    def test_it_mends_what_differs_and_says_so_in_the_log(self) -> None:
        load_reference()
        Municipality.objects.filter(pk="837").update(name_sv="Elsewhere")
        assert load_reference() == 1
        assert Municipality.objects.get(pk="837").name_sv == "Tammerfors"
        entry = AuditEntry.objects.latest("seq")
        assert (entry.verb, entry.after) == ("people.reference.loaded", {"codes": ["837"]})

    def test_it_keeps_a_municipality_that_has_left_the_files(self) -> None:
        merged = Municipality(
            number="999", name_fi="Entinen", name_sv="", region_code="06", region_fi="Pirkanmaa",
            region_sv="Birkaland", language_status=0,
        )  # fmt: skip
        merged.save(force_insert=True)
        load_reference()
        assert Municipality.objects.filter(pk="999").exists()


class TestTheFiles:
    def test_every_municipality_has_both_names_a_region_and_residents(self) -> None:
        regions = {row["code"] for row in rows_of("regions")}
        for row in rows_of("municipalities"):
            assert row["name_fi"], row
            assert row["name_sv"], row
            assert row["region_code"] in regions
            assert int(row["population"]) > 0

    def test_every_school_of_the_demo_says_that_it_is_invented(self) -> None:
        rows = rows_of("demo_schools")
        assert len(rows) == 120
        assert all("esimerkki" in row["name_fi"] for row in rows)
        assert all("exempel" in row["name_sv"] for row in rows if row["name_sv"])
        assert all("Example" in row["name_en"] for row in rows if row["name_en"])
        assert len({row["name_fi"] for row in rows}) == len({row["number"] for row in rows}) == len(rows)
