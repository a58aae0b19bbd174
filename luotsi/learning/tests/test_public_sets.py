"""The public sets of real students: the figures that the pipeline must give again, and the leak that it must show."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from luotsi.learning.engine import uci
from luotsi.learning.rules.model.cohorts import Case, in_time
from luotsi.learning.rules.model.logistic import learn
from luotsi.learning.rules.model.measures import auc
from luotsi.learning.tests.public import public_sets

DATA = public_sets()
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

    def test_what_somebody_is_adds_next_to_nothing(self) -> None:
        _people, with_it = ranked(uci.cases(DATA, 1, personal=True), uci.LEARN, uci.JUDGE)
        _people, without = ranked(uci.cases(DATA, 1), uci.LEARN, uci.JUDGE)
        assert with_it - without < 0.02
        assert without > 0.84
