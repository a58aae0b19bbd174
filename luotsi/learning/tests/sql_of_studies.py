"""SQL written by hand for the indicators of studies: numerator and denominator of a unit on a day."""
# ruff: noqa: S608 - only fixed pieces are put together; what varies is given as parameters

from __future__ import annotations

from django.db import connection

from luotsi.learning.rules import figures as keys

# A right counts when it began, was not cancelled and is not told by another right already.
COUNTS = (
    "r.known_to IS NULL AND r.starts_on IS NOT NULL AND r.state NOT IN ('peruutettu', 'mitatoity') AND r.within = ''"
)
UNDER = "r.unit_id IN (SELECT id FROM people_unit WHERE path LIKE %(path)s)"
RUNS = f"{COUNTS} AND {UNDER} AND r.starts_on <= %(day)s AND (r.ends_on IS NULL OR r.ends_on > %(day)s)"


def days(later: str, earlier: str) -> str:
    """Return SQL for the days between two columns."""
    if connection.vendor == "postgresql":
        return f"({later} - {earlier})"
    return f"(julianday({later}) - julianday({earlier}))"


MOVED = f"""EXISTS (
    SELECT 1 FROM learning_studyright o
    WHERE o.learner_id = r.learner_id AND o.oid <> r.oid AND o.known_to IS NULL AND o.within = ''
      AND o.state NOT IN ('peruutettu', 'mitatoity')
      AND {{only}} ABS({days("o.starts_on", "r.ends_on")}) <= 60)"""

LEFT = f"""
    SELECT COUNT(DISTINCT CASE WHEN r.ends_on <= %(day)s AND r.state IN ('eronnut', 'katsotaaneronneeksi')
                                AND NOT r.renewed AND NOT {MOVED.format(only="")} THEN r.learner_id END),
           COUNT(DISTINCT r.learner_id)
    FROM learning_studyright r
    WHERE {COUNTS} AND {UNDER} AND r.kind = 'vocational' AND r.starts_on <= %(day)s
      AND (r.ends_on IS NULL OR r.ends_on >= %(year_before)s)"""

FRESH = f"""
    SELECT COUNT(DISTINCT CASE WHEN EXISTS (
             SELECT 1 FROM learning_studyplan p WHERE p.learner_id = r.learner_id AND p.right_oid = r.oid
               AND (p.touched_on BETWEEN %(fresh)s AND %(day)s OR p.first_approved BETWEEN %(fresh)s AND %(day)s))
           THEN r.learner_id END), COUNT(DISTINCT r.learner_id)
    FROM learning_studyright r WHERE {RUNS}"""

# What is known now to have been recognised by the day is asked for, and no earlier version of its part.
ASKED = """COALESCE((SELECT SUM(l.amount) FROM learning_studyline l
    WHERE l.learner_id = r.learner_id AND l.right_oid = r.oid
      AND CASE WHEN l.recognised AND l.done_on IS NOT NULL THEN l.done_on ELSE l.planned_until END <= %(day)s
      AND (l.known_to IS NULL OR l.known_to > %(day)s) AND l.known_from <= %(day)s
      AND NOT EXISTS (SELECT 1 FROM learning_studyline n
        WHERE n.learner_id = l.learner_id AND n.right_oid = l.right_oid AND n.key = l.key
          AND n.known_to IS NULL AND n.recognised AND n.done_on <= %(day)s)), 0)
  + COALESCE((SELECT SUM(c.amount) FROM learning_studyline c
    WHERE c.learner_id = r.learner_id AND c.right_oid = r.oid
      AND c.known_to IS NULL AND c.recognised AND c.done_on <= %(day)s), 0)"""
DONE = """COALESCE((SELECT SUM(l.amount) FROM learning_studyline l
    WHERE l.learner_id = r.learner_id AND l.right_oid = r.oid AND l.known_to IS NULL AND l.done_on <= %(day)s), 0)"""
HAS_DAYS = """EXISTS (SELECT 1 FROM learning_studyline l
    WHERE l.learner_id = r.learner_id AND l.right_oid = r.oid AND l.planned_until IS NOT NULL)"""
LATE = f"""
    SELECT COUNT(DISTINCT CASE WHEN {ASKED} > {DONE} THEN r.learner_id END), COUNT(DISTINCT r.learner_id)
    FROM learning_studyright r WHERE {RUNS} AND r.kind = 'vocational' AND {HAS_DAYS}"""
BEHIND = f"""
    SELECT SUM(CASE WHEN {ASKED} > {DONE} THEN ({ASKED}) - {DONE} ELSE 0 END), COUNT(DISTINCT r.learner_id)
    FROM learning_studyright r WHERE {RUNS} AND r.kind = 'vocational' AND {HAS_DAYS}"""

SHOWN = f"""
    SELECT COUNT(CASE WHEN (SELECT MAX(n.shown_on) FROM learning_studyline n
             WHERE n.learner_id = l.learner_id AND n.right_oid = l.right_oid AND n.key = l.key
               AND n.known_to IS NULL) <= l.shown_by THEN 1 END), COUNT(*)
    FROM learning_studyline l JOIN learning_studyright r ON r.learner_id = l.learner_id AND r.oid = l.right_oid
    WHERE {COUNTS} AND {UNDER} AND l.shown_by BETWEEN %(year_before)s AND %(day)s
      AND (r.ends_on IS NULL OR l.shown_by < r.ends_on)
      AND (l.known_to IS NULL OR l.known_to > l.shown_by) AND l.known_from <= l.shown_by"""

AT_WORK = f"""
    SELECT COUNT(DISTINCT CASE WHEN w.id IS NOT NULL THEN r.learner_id END), COUNT(DISTINCT r.learner_id)
    FROM learning_studyright r
    LEFT JOIN learning_workperiod w ON w.learner_id = r.learner_id AND w.right_oid = r.oid AND w.known_to IS NULL
      AND w.starts_on <= %(day)s AND (w.ends_on IS NULL OR w.ends_on >= %(day)s)
    WHERE {RUNS} AND r.kind = 'vocational'"""

HOURS = f"""
    SELECT SUM(h.hours), COUNT(DISTINCT h.learner_id) FROM (
      SELECT r.learner_id AS learner_id, (SELECT SUM(l.guidance_hours) FROM learning_studyline l
        WHERE l.learner_id = r.learner_id AND l.right_oid = r.oid AND l.known_to IS NULL) AS hours
      FROM learning_studyright r WHERE {RUNS}) h"""

WENT_ON = f"""
    SELECT COUNT(DISTINCT CASE WHEN {MOVED.format(only="o.kind = 'vocational' AND")} THEN r.learner_id END),
           COUNT(DISTINCT r.learner_id)
    FROM learning_studyright r
    WHERE {COUNTS} AND {UNDER} AND r.kind = 'tuva' AND r.ends_on BETWEEN %(settled_before)s AND %(settled)s"""

GONE = f"""
    SELECT COUNT(CASE WHEN b.done = 0 AND b.there = 0 THEN 1 END), COUNT(*) FROM (
      SELECT r.learner_id,
        MAX(CASE WHEN r.state IN ('valmistunut', 'hyvaksytystisuoritettu')
                  AND r.ends_on > %(first)s AND r.ends_on <= %(last)s THEN 1 ELSE 0 END) AS done,
        MAX(CASE WHEN r.starts_on <= %(last)s AND (r.ends_on IS NULL OR r.ends_on > %(last)s)
            THEN 1 ELSE 0 END) AS there,
        MAX(CASE WHEN r.starts_on <= %(first)s AND (r.ends_on IS NULL OR r.ends_on > %(first)s)
            THEN 1 ELSE 0 END) AS was
      FROM learning_studyright r
      WHERE {COUNTS} AND {UNDER} AND r.study = 'ammatillinentutkinto' GROUP BY r.learner_id) b
    WHERE b.was = 1"""

GIVEN = f"""
    SELECT (SELECT SUM(COALESCE(g.minutes, 0)) / 60.0 FROM learning_guidancedeed g
            WHERE g."on" BETWEEN %(year_before)s AND %(day)s
              AND EXISTS (SELECT 1 FROM learning_studyright r WHERE {COUNTS} AND r.learner_id = g.learner_id)),
           (SELECT COUNT(DISTINCT r.learner_id) FROM learning_studyright r WHERE {RUNS})"""

WHOLE = f"""
    SELECT r.learner_id, r.oid, r.starts_on, r.ends_on, r.state, r.renewed
    FROM learning_studyright r WHERE {COUNTS} AND {UNDER} AND r.study = 'ammatillinentutkinto'
    ORDER BY r.starts_on"""

# A week counts as told last, at the school of the latest right that ran on its Monday or began in it.
THERE = f"""(SELECT x.id FROM learning_studyright x
    WHERE x.learner_id = a.learner_id AND x.known_to IS NULL AND x.starts_on IS NOT NULL AND x.within = ''
      AND x.state NOT IN ('peruutettu', 'mitatoity') AND {days("x.starts_on", "a.week")} < 7
      AND (x.ends_on IS NULL OR x.ends_on > a.week)
    ORDER BY x.starts_on DESC, x.id DESC LIMIT 1)"""
PRESENT = f"""
    SELECT SUM(CASE WHEN a.hours < a.lessons THEN a.lessons - a.hours ELSE 0 END), SUM(a.lessons)
    FROM learning_absence a JOIN learning_studyright r ON r.id = {THERE}
    WHERE {UNDER} AND a.lessons > 0 AND a.week BETWEEN %(year_before)s AND %(day)s
      AND NOT EXISTS (SELECT 1 FROM learning_absence b
        WHERE b.learner_id = a.learner_id AND b.week = a.week AND b.known_from > a.known_from)"""

BY_HAND = {
    keys.PRESENT: PRESENT,
    keys.LEFT: LEFT,
    keys.FRESH: FRESH,
    keys.LATE: LATE,
    keys.BEHIND: BEHIND,
    keys.SHOWN: SHOWN,
    keys.AT_WORK: AT_WORK,
    keys.GUIDANCE_PLANNED: HOURS,
    keys.WENT_ON: WENT_ON,
    keys.GONE: GONE,
}
