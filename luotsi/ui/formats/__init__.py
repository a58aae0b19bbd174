"""How days, moments and numbers are read and shown in each language; the same ways of writing a day in all three."""

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%y", "%d. %m. %Y", "%d,%m,%Y", "%Y-%m-%d"]
"""23.11.2026, 23.11.26, 23. 11. 2026, 23,11,2026 and 2026-11-23; the first is the one shown in a field.

Phones whose keyboard of numbers has a comma in place of a point write the fourth.
"""

TIME_INPUT_FORMATS = ["%H.%M", "%H:%M", "%H.%M.%S", "%H:%M:%S"]

DATETIME_INPUT_FORMATS = [
    *(f"{day} {time}" for day in DATE_INPUT_FORMATS for time in TIME_INPUT_FORMATS),
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
]
