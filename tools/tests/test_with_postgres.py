"""The throw-away cluster: it answers while the command runs and leaves nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITH_POSTGRES = (sys.executable, "-m", "tools.with_postgres", sys.executable, "-c")
FOLDER = (
    "import os, urllib.parse as u; folder = u.unquote(u.urlsplit(os.environ['DATABASE_URL']).netloc.split('@')[1])\n"
)
pytestmark = pytest.mark.postgres


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*WITH_POSTGRES, FOLDER + script], cwd=ROOT, check=False, capture_output=True, text=True, timeout=60
    )


class TestACluster:
    def test_it_answers_and_then_is_gone_and_hands_on_the_exit_code(self) -> None:
        ask = (
            "import psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).execute('select 6 * 7').fetchone()[0])"
        )
        done = run(f"{ask}\nprint(folder); raise SystemExit(3)")
        answer, folder = done.stdout.split()
        assert (answer, done.returncode) == ("42", 3)
        assert not Path(folder).parent.exists()

    def test_it_goes_away_when_it_is_told_to_stop(self) -> None:
        script = "import signal; print(folder, flush=True); signal.pause()"
        with subprocess.Popen(
            [*WITH_POSTGRES, FOLDER + script], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as running:
            assert running.stdout
            folder = Path(running.stdout.readline().strip())
            assert (folder / "data/postmaster.pid").exists()
            os.killpg(running.pid, signal.SIGTERM)
            assert running.wait(timeout=30) == 128 + signal.SIGTERM
        assert not folder.parent.exists()
