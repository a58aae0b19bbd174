"""The public sets of real students: the figures that the pipeline must give again, and the leak that it must show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from luotsi.learning.engine import oulad, uci
from luotsi.learning.rules.model.cohorts import Case, HasLeft, in_time, studying
from luotsi.learning.rules.model.logistic import learn
from luotsi.learning.rules.model.measures import auc

DATA = Path(__file__).parents[4] / "shared" / "data" / "learning"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="The public sets are not here.")


def ranked(cases: Sequence[Case], learnt: Sequence[str], judged: Sequence[str]) -> tuple[int, float]:
    """Learn from some cohorts and return how many of later ones were judged, and the AUC."""
    split = in_time(cases, learnt, judged)
    weights = learn(
        [one.snapshot for one in split.learn], [one.outcome or 0 for one in split.learn], [*cases[0].snapshot]
    )
    found = auc([one.outcome or 0 for one in split.judge], [weights.chance(one.snapshot) for one in split.judge])
    assert found is not None
    return len(split.judge), found


class TestUci:
    def test_the_cohorts_are_those_of_ten_years(self) -> None:
        cases = uci.cases(DATA)
        assert len(cases) == 4_424
        assert {one.cohort for one in cases} == {str(year) for year in range(2008, 2018)}
        assert not any("fee" in name.lower() or "debt" in name.lower() for name in cases[0].snapshot)

    def test_after_the_first_semester_the_figure_of_the_research_comes_again(self) -> None:
        people, found = ranked(uci.cases(DATA, 1, personal=True), uci.LEARN, uci.JUDGE)
        assert people == 1_227
        assert found == pytest.approx(0.864, abs=0.01)

    def test_what_somebody_is_adds_next_to_nothing(self) -> None:
        _people, with_it = ranked(uci.cases(DATA, 1, personal=True), uci.LEARN, uci.JUDGE)
        _people, without = ranked(uci.cases(DATA, 1), uci.LEARN, uci.JUDGE)
        assert with_it - without < 0.02
        assert without > 0.84


class TestOulad:
    def test_on_day_56_the_figure_of_the_right_population_comes_again(self) -> None:
        people, found = ranked(studying(oulad.cases(DATA, 56)), oulad.LEARN, oulad.JUDGE)
        assert people == 15_087
        assert found == pytest.approx(0.80, abs=0.01)

    def test_who_had_left_is_refused(self) -> None:
        with pytest.raises(HasLeft):
            in_time(oulad.cases(DATA, 56), oulad.LEARN, oulad.JUDGE)
