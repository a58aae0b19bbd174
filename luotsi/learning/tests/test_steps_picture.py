"""The picture of planned and done: where it ends, and where the name of a line stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luotsi.learning.queries.steps_picture import NEARLY_ALL, Frame, _labels, picture_of_steps
from luotsi.learning.rules.steps import Step, nearly_all_by

DAY = date(2026, 11, 27)
PLANNED = [(date(2026, 1, 1), Decimal(400)), (date(2027, 6, 1), Decimal(995)), (date(2037, 1, 28), Decimal(1000))]


def labelled(done: list[Step]) -> tuple[float, str]:
    """Return where the name of what is done stands on a frame with today in its middle, and on which side."""
    frame = Frame(720, 260, 40, 90, date(2025, 11, 27), date(2027, 11, 27), Decimal(1000))
    found = next(one for one in _labels(frame, PLANNED, done, DAY) if one.words == "Done")
    return found.x - frame.x(DAY), found.anchor


class TestWhereItEnds:
    def test_sums_end_when_nearly_all_is_planned(self) -> None:
        assert nearly_all_by(PLANNED, NEARLY_ALL) == date(2027, 6, 1)
        assert nearly_all_by([], NEARLY_ALL) is None

    def test_a_day_mistyped_far_ahead_does_not_squeeze_the_rest(self) -> None:
        whole = picture_of_steps(PLANNED, [], DAY, None, "vocational")
        short = picture_of_steps(PLANNED, [], DAY, None, "vocational", part=NEARLY_ALL)
        assert whole
        assert whole.rows[-1][0] == "28 Jan 2037"
        assert short
        assert short.rows[-1][0] == "1 Jun 2027"

    def test_it_never_ends_before_the_day(self) -> None:
        past = [(date(2024, 1, 1), Decimal(99)), (date(2025, 1, 1), Decimal(100))]
        found = picture_of_steps(past, [], DAY, None, "vocational", part=NEARLY_ALL)
        assert found
        assert found.rows[-1][:2] == ("27 Nov 2026", Decimal(100))


class TestTheNameOfWhatIsDone:
    def test_it_stands_before_today_when_more_is_done_than_planned(self) -> None:
        gap, anchor = labelled([(date(2026, 3, 1), Decimal(450))])
        assert gap < 0
        assert anchor == "end"

    def test_it_stands_after_today_when_less_is_done(self) -> None:
        gap, anchor = labelled([(date(2026, 3, 1), Decimal(300))])
        assert gap > 0
        assert anchor == "start"
