"""The feed of the annual clock: a text that every calendar reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programme.rules.calendar import Event, calendar, escaped, folded
from luotsi.programme.rules.coming import coming

MADE_AT = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
EVENT = Event(
    uid="1@luotsi",
    title="Osaamiskysely",
    first=date(2026, 10, 1),
    last=date(2026, 10, 31),
    is_yearly=True,
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=120)


def lines_of(*events: Event) -> list[str]:
    """Return the lines of a feed as a reader unfolds them."""
    return calendar("Vuosikello", events, MADE_AT).replace("\r\n ", "").split("\r\n")


def unescaped(text: str) -> str:
    """Return what an escaped text says."""
    out, rest = "", iter(text)
    for letter in rest:
        out += {"n": "\n"}.get(found := next(rest), found) if letter == "\\" else letter
    return out


class TestComing:
    @given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
    def test_the_next_coming_never_lies_behind(self, today: date, day: date) -> None:
        first, last = coming((day.month, day.day), None, None, today)
        assert last >= today
        assert first <= today + timedelta(days=367)


class TestFeed:
    def test_an_event_is_of_whole_days_and_its_end_is_the_day_after(self) -> None:
        lines = lines_of(EVENT)
        assert "DTSTART;VALUE=DATE:20261001" in lines
        assert "DTEND;VALUE=DATE:20261101" in lines
        assert "RRULE:FREQ=YEARLY" in lines
        assert "DTSTAMP:20261125T123000Z" in lines
        assert "UID:1@luotsi" in lines

    @pytest.mark.parametrize(
        ("changes", "rule"),
        [
            ({"until": date(2027, 7, 31)}, "RRULE:FREQ=YEARLY;UNTIL=20270731"),
            ({"first": date(2028, 2, 29)}, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
            ({"is_yearly": False}, None),
        ],
    )
    def test_the_rule_says_how_it_comes_again(self, changes: dict[str, object], rule: str | None) -> None:
        found = [line for line in lines_of(replace(EVENT, **changes)) if line.startswith("RRULE")]  # type: ignore[arg-type]
        assert found == ([rule] if rule else [])

    def test_a_reminder_is_an_alarm(self) -> None:
        assert "TRIGGER:-P14D" in lines_of(replace(EVENT, remind_days=14))
        assert "BEGIN:VALARM" not in lines_of(EVENT)

    def test_every_part_that_begins_ends(self) -> None:
        lines = lines_of(EVENT, replace(EVENT, uid="2@luotsi", remind_days=3))
        for part in ("VCALENDAR", "VEVENT", "VALARM"):
            assert lines.count(f"BEGIN:{part}") == lines.count(f"END:{part}")

    @given(TEXTS, TEXTS)
    def test_lines_are_short_and_what_they_say_comes_back(self, title: str, note: str) -> None:
        text = calendar(title, [replace(EVENT, title=title, note=note)], MADE_AT)
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert text.endswith("END:VCALENDAR\r\n")
        told = next(line for line in lines_of(replace(EVENT, title=title)) if line.startswith("SUMMARY:"))
        assert unescaped(told.removeprefix("SUMMARY:")) == title

    @given(st.text(st.characters(codec="utf-8"), max_size=60))
    def test_no_text_breaks_out_of_its_line(self, text: str) -> None:
        assert "\n" not in escaped(text)
        assert "\r" not in escaped(text)
        assert "".join(part.removeprefix(" ") if place else part for place, part in enumerate(folded(text))) == text
