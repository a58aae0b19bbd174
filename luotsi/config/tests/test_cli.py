"""The console script where a setting is missing: it says what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.processes
class TestWithoutASecret:
    def test_it_tells_what_to_set_and_shows_no_trace(self, tmp_path: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOTSI_", "DJANGO_"))}
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, str(ROOT / "manage.py"), "check"],
            env=kept | {"LUOTSI_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "LUOTSI_DEMO=1" in done.stderr
        assert "Traceback" not in done.stderr
