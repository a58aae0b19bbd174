"""Own grades beside the evidence in a report: summed up by consent, made again from its rows, open to the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.people.rules import Kind
from luotsi.people.tests.cast import Cast, make_unit
from luotsi.programme.actions.rounds import RoundDetails, open_round
from luotsi.programme.models import Participation, Programme, Round
from luotsi.programme.tests.making import hand_in
from luotsi.programme.tests.programmes import region_programme
from luotsi.reports.queries.links import to_records
from luotsi.reports.queries.material import Wanted, material_of
from luotsi.reports.queries.writing.compose import compose
from luotsi.reports.rules import canonical
from luotsi.reports.rules.content import Content, Table
from luotsi.reports.rules.recompute import check


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return region_programme(cast)


@pytest.fixture
def opened(cast: Cast, programme: Programme) -> Round:
    """A round that five schools of Nokia and one of Tampere have answered."""
    details = RoundDetails(
        names=Names(fi="Itsearviointi", sv="Självvärdering", en="Self-evaluation"),
        school_year="2025-26",
        answered_by="institutions",
        sections=("PP1",),
        closes_at=clock.now() + timedelta(days=3),
    )
    found = open_round(programme=programme, details=details, by=cast.aino)
    for number in range(5):
        unit = make_unit(Kind.INSTITUTION, cast.nokia, f"Kivi {number} esimerkkikoulu")
        hand_in(found, unit, cast.aino, grade=5)
    hand_in(found, cast.school, cast.bilal, grade=2)
    return found


def written(programme: Programme, kind: str = "evaluation", period: str = "2025-26", **given: object) -> Content:
    wanted = Wanted(kind=kind, programme=programme, unit=programme.owner, period=period, data_on=clock.today())
    return compose(material_of(replace(wanted, **given)))  # type: ignore[arg-type]


def tables(content: Content) -> dict[str, Table]:
    return {block.key: block for section in content.sections for block in section.blocks if isinstance(block, Table)}


def value(content: Content, key: str) -> Decimal | None:
    figure = content.figure(key)
    return figure.value if figure else None


class TestTheBlock:
    @pytest.mark.parametrize(("kind", "section"), [("evaluation", "method"), ("comparison", "observations")])
    def test_it_stands_in_the_section_that_tells_how_it_was_evaluated(
        self, programme: Programme, opened: Round, kind: str, section: str
    ) -> None:
        content = written(programme, kind)
        found = next(one for one in content.sections if one.key == section)
        assert "grades" in {block.key for block in found.blocks if isinstance(block, Table)}
        assert len(tables(content)["grades"].rows) == 4

    def test_every_figure_is_made_again_from_the_rows_that_the_report_keeps(
        self, programme: Programme, opened: Round
    ) -> None:
        content = written(programme)
        assert value(content, "graded_M11") == 6
        assert value(content, "graded_M11_mean") == Decimal("4.5")
        assert (value(content, "graded_handed"), value(content, "graded_asked")) == (Decimal(6), Decimal(7))
        assert [one.key for one in check(content) if not one.is_equal] == []
        assert canonical.from_json(canonical.to_json(content)) == content

    def test_its_figures_open_to_the_answers_of_the_measure(
        self, cast: Cast, programme: Programme, opened: Round
    ) -> None:
        content = written(programme)
        figure = content.figure("graded_M11_mean")
        assert figure is not None
        url = to_records(cast.aino, content)(figure)
        assert url.endswith(f"/rounds/{opened.pk}/?measure=M11")
        assert to_records(cast.farid, content)(figure) == ""

    def test_it_is_told_in_every_language(self, programme: Programme, opened: Round) -> None:
        caption = tables(written(programme))["grades"].caption
        assert len({caption.fi, caption.sv, caption.en}) == 3


class TestWhoIsInIt:
    def test_nobodys_grades_can_be_picked_out(self, programme: Programme, opened: Round) -> None:
        told = canonical.canonical(canonical.to_json(written(programme).inputs.sheets))
        assert "esimerkkikoulu" not in told
        rows = next(one for one in written(programme).inputs.sheets if one.name == "grades").rows
        keys = [(row.values["measure"], row.amount) for row in rows]
        assert keys == sorted(keys)

    def test_schools_of_a_member_that_shows_nothing_are_left_out(
        self, cast: Cast, programme: Programme, opened: Round
    ) -> None:
        Participation.objects.filter(unit=cast.tampere).update(consent="none")
        assert value(written(programme), "graded_M11_mean") == Decimal(5)

    def test_of_fewer_than_five_no_mean_is_told(self, cast: Cast, programme: Programme, opened: Round) -> None:
        Participation.objects.filter(unit=cast.nokia).update(consent="none")
        content = written(programme)
        assert "grades" not in tables(content)
        assert value(content, "graded_handed") == 6

    def test_a_report_of_another_time_has_no_block(self, programme: Programme, opened: Round) -> None:
        assert "grades" not in tables(written(programme, period="2023-24"))

    def test_a_report_frozen_before_an_answer_does_not_know_of_it(
        self, cast: Cast, programme: Programme, opened: Round
    ) -> None:
        moment = clock.now()
        hand_in(opened, cast.other_school, cast.aino, grade=1)
        assert value(written(programme, at=moment), "graded_M11") == 6
        assert value(written(programme), "graded_M11") == 7
