"""Pages of data quality: figures without persons, what is to be mended with them, and files of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from luotsi.learning.models import QualityFinding
from luotsi.learning.queries.quality import quality_of
from luotsi.learning.tests.found import make_finding
from luotsi.learning.tests.staged import Staged, make_learner, stage
from luotsi.people.models import Account
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def staged(cast: Cast) -> Staged:
    """Three learners of a group, one of them with findings."""
    return stage(cast)


def page(client: Client, who: Account, name: str, scope: str, *more: str, **asked: str) -> str:
    """Return a page as somebody sees it, in English."""
    client.force_login(who)
    with translation.override("en"):
        answer = client.get(reverse(f"learning:{name}", args=[scope, *more]), asked, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def fill(cast: Cast, staged: Staged, count: int) -> None:
    """Add so many learners without fault to the group."""
    for number in range(10, 10 + count):
        make_learner(cast, staged.group, f"Muu{number}", number=number, done=3)


class TestFigures:
    def test_the_steward_sees_shares_by_unit_and_rule(self, cast: Cast, staged: Staged) -> None:
        found = quality_of(staged.irma, cast.school)
        assert (found.figures.rights, found.figures.sound) == (3, 2)
        assert (found.figures.blocks, found.figures.warnings, found.figures.remarks) == (1, 1, 1)
        assert (found.new, found.gone) == (0, 1)
        assert [(row.names.text, row.figures.rights) for row in found.units] == [("Esimerkkiryhmä", 3)]
        assert [(row.code, row.count, row.learners) for row in found.rules] == [
            ("K05", 1, 1),
            ("X06", 1, 1),
            ("H16", 1, 1),
        ]
        assert found.findings_url

    def test_of_few_persons_others_see_nothing(self, cast: Cast, staged: Staged) -> None:
        found = quality_of(cast.bilal, cast.school)
        assert (found.figures.rights, found.units, found.rules, found.chart, found.new) == (None, (), (), None, None)

    def test_of_many_persons_others_see_figures_and_no_names(self, client: Client, cast: Cast, staged: Staged) -> None:
        fill(cast, staged, 9)
        other = make_unit(Kind.GROUP, cast.school, "Toinen ryhmä")
        make_learner(cast, other, "Yksin", number=40, done=3)
        found = quality_of(cast.bilal, cast.school)
        assert (found.figures.rights, found.figures.sound) == (13, 12)
        assert [row.figures.rights for row in found.units] == [None, None]
        assert [(row.code, row.count) for row in found.rules] == [("K05", None), ("X06", None), ("H16", None)]
        text = page(client, cast.bilal, "see-quality", cast.school.key)
        assert "Näytesaari" not in text
        assert "92%" in text
        assert "Toinen ryhmä" in text
        for unit in (other, staged.group):
            assert quality_of(cast.bilal, unit).figures.rights is None
            told = page(client, cast.bilal, "see-quality", unit.key)
            assert "figures would tell of single persons" in told
        assert quality_of(staged.irma, staged.group).figures.rights == 12
        assert "To be mended" not in text

    def test_a_remark_is_no_serious_fault(self, cast: Cast, staged: Staged) -> None:
        QualityFinding.objects.exclude(severity="info").delete()
        found = quality_of(staged.irma, cast.school)
        assert (found.figures.rights, found.figures.sound) == (3, 3)

    def test_a_year_is_drawn_from_what_was_known_when(self, cast: Cast, staged: Staged) -> None:
        chart = quality_of(staged.irma, cast.school).chart
        assert chart is not None
        assert chart.rows[0][1:] == (3, 3, "100%")
        assert chart.rows[-1][1:3] == (3, 2)

    def test_before_the_first_import_it_says_so(self, client: Client, cast: Cast) -> None:
        assert "No study data have been taken in yet." in page(client, cast.bilal, "see-quality", cast.school.key)

    def test_it_asks_no_more_for_many_learners(
        self, cast: Cast, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        fill(cast, staged, 12)
        for number in range(5):
            unit = make_unit(Kind.GROUP, cast.school, f"Ryhmä {number}")
            make_finding(make_learner(cast, unit, "Muu", number=60 + number, done=1), "K05", state="lasna")
        with django_assert_max_num_queries(10):
            quality_of(staged.irma, cast.school)


class TestARule:
    def test_it_tells_why_and_how_and_how_often(self, client: Client, cast: Cast, staged: Staged) -> None:
        text = page(client, staged.irma, "see-rule", cast.school.key, "K05")
        for words in ("K05 No source of funding", "Student years", "Add the source of funding", "of 1 learner"):
            assert words in text
        assert f"{reverse('learning:list-findings', args=[cast.school.key])}?rule=K05" in text

    def test_others_see_no_small_counts(self, client: Client, cast: Cast, staged: Staged) -> None:
        text = page(client, cast.bilal, "see-rule", cast.school.key, "K05")
        assert "of 1 learner" not in text
        assert "list-findings" not in text

    def test_its_days_are_told(self, client: Client, cast: Cast, staged: Staged) -> None:
        assert "It holds from 1 Jan 2026 on" in page(client, staged.irma, "see-rule", cast.school.key, "K18")

    def test_there_is_no_other(self, client: Client, cast: Cast, staged: Staged) -> None:
        client.force_login(staged.irma)
        assert client.get(reverse("learning:see-rule", args=[cast.school.key, "K99"])).status_code == 404


class TestToBeMended:
    def test_each_finding_with_its_learner_what_is_wrong_and_how_it_is_mended(
        self, client: Client, cast: Cast, staged: Staged
    ) -> None:
        text = page(client, staged.irma, "list-findings", cast.school.key)
        for words in ("Minna Näytesaari", "Esimerkkiryhmä", "has no source of funding"):
            assert words in text
        rows = text.split("<tbody")[1]
        assert rows.index("K05") < rows.index("X06") < rows.index("H16 ")
        assert "No estimated end" not in rows

    @pytest.mark.parametrize(
        ("asked", "wanted"),
        [
            ({"owner": "register"}, {"K05"}),
            ({"severity": "info"}, {"H16"}),
            ({"rule": "X06"}, {"X06"}),
            ({"funding": "yes"}, {"K05", "X06"}),
            ({"state": "gone"}, {"K11"}),
            ({"q": "näytesaari"}, {"K05", "X06", "H16"}),
            ({"q": "1.2.246.562.15.00000000001"}, {"K05", "X06", "H16"}),
            ({"q": "Minna Näytesaari"}, {"K05", "X06", "H16"}),
            ({"q": "näytesaari minna"}, {"K05", "X06", "H16"}),
            ({"q": "Minna nobody"}, set()),
            ({"q": "nobody"}, set()),
        ],
    )
    def test_it_is_narrowed(
        self, client: Client, cast: Cast, staged: Staged, asked: dict[str, str], wanted: set[str]
    ) -> None:
        text = page(client, staged.irma, "list-findings", cast.school.key, format="csv", **asked)
        assert {code for code in ("K05", "X06", "H16", "K11") if code in text} == wanted

    def test_a_row_leads_to_the_studies_it_is_about(self, client: Client, cast: Cast, staged: Staged) -> None:
        text = page(client, staged.irma, "list-findings", cast.school.key, rule="K05")
        address = reverse("learning:see-progress", args=[cast.school.key, staged.late.pk])
        assert f'href="{address}?right=1.2.246.562.15.00000000001"' in text
        client.force_login(staged.irma)
        assert client.get(address, {"right": "1.2.246.562.15.00000000001"}).status_code == 200

    def test_what_is_mended_tells_since_when(self, client: Client, cast: Cast, staged: Staged) -> None:
        open_, mended = (
            page(client, staged.irma, "list-findings", cast.school.key, **asked) for asked in ({}, {"state": "gone"})
        )
        assert ("Mended on" in open_.split("<tbody")[0], "Mended on" in mended.split("<tbody")[0]) == (False, True)

    def test_a_group_is_chosen(self, client: Client, cast: Cast, staged: Staged) -> None:
        other = make_unit(Kind.GROUP, cast.school, "Toinen ryhmä")
        make_finding(make_learner(cast, other, "Toinen", number=40, done=3), "K11")
        text = page(client, staged.irma, "list-findings", cast.school.key, format="csv", unit=other.path)
        assert ("K11" in text, "K05" in text) == (True, False)

    @pytest.mark.parametrize("column", ["learner", "unit", "severity", "rule", "owner", "since"])
    def test_it_is_sorted(self, client: Client, cast: Cast, staged: Staged, column: str) -> None:
        for order in (column, f"-{column}"):
            assert "K05" in page(client, staged.irma, "list-findings", cast.school.key, sort=order)

    def test_the_file_leads_to_the_place_in_the_register(self, client: Client, cast: Cast, staged: Staged) -> None:
        text = page(client, staged.irma, "list-findings", cast.school.key, format="csv", owner="register")
        head, row = text.strip().splitlines()
        assert "Place in the document" in head
        for words in (
            "1.2.246.562.24.00000000001",
            "1.2.246.562.15.00000000001",
            "right/tila/",
            "yes",
            "Add the source",
        ):
            assert words in row

    def test_a_value_that_looks_like_a_formula_is_none(self, client: Client, cast: Cast, staged: Staged) -> None:
        make_finding(staged.fine, "K04", at="=1+1", state="=cmd()")
        text = page(client, staged.irma, "list-findings", cast.school.key, format="csv", rule="K04")
        assert ",=" not in text
        assert ";=" not in text

    def test_it_asks_no_more_for_many(
        self, client: Client, cast: Cast, staged: Staged, django_assert_max_num_queries: Any
    ) -> None:
        for place in range(60):
            make_finding(staged.fine, "K05", at=f"right/{place}", state="lasna")
        client.force_login(staged.irma)
        with django_assert_max_num_queries(30):
            client.get(reverse("learning:list-findings", args=[cast.school.key]))
