"""The tables tell every figure with its goal."""

from __future__ import annotations

from bench.report import lines, machine, verdict

PAGE = {
    "who": "coordinator",
    "name": "home",
    "median_ms": 51.0,
    "p95_ms": 60.0,
    "cpu_ms": 40.0,
    "queries": 12,
    "kilobytes": 70.1,
}
FOUND = {
    "machine": {"cores": "2"},
    "warm_start_s": 2.5,
    "memory_rss_mb": 351.0,
    "size": "150 institutions",
    "pages": {"SQLite": [PAGE]},
}


class TestTheTables:
    def test_a_figure_stands_beside_its_goal(self) -> None:
        assert "| `make run` again to the sign-in page | 2.5 s | ≤ 5 s | met |" in list(lines(FOUND))

    def test_a_missed_goal_is_told(self) -> None:
        assert any("RSS | 351 MB | ≤ 350 MB | missed |" in line for line in lines(FOUND))
        assert any(line.endswith("| missed: time |") for line in lines(FOUND))

    def test_what_was_not_measured_is_left_out(self) -> None:
        assert not any("clone" in line for line in lines(FOUND))

    def test_a_figure_without_goal_has_no_verdict(self) -> None:
        assert verdict(3.0, None) == ""

    def test_the_machine_is_named(self) -> None:
        assert machine()["python"].startswith("3.")
