"""Without a Node.js that is new enough, one line says what to install."""

import shutil
import subprocess
from pathlib import Path

import pytest

NEED = Path(__file__).resolve().parents[1] / "need-node"


def need(path: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(path)}
    return subprocess.run(["/bin/sh", NEED], env=env, check=False, capture_output=True, text=True, timeout=60)


class TestNeedingNode:
    @pytest.mark.parametrize("names", [[], ["node"], ["npm"]])
    def test_it_says_in_one_line_what_is_missing(self, tmp_path: Path, names: list[str]) -> None:
        for name in names:
            (tmp_path / name).symlink_to(shutil.which(name) or "")
        done = need(tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert done.stderr.startswith("Node.js 20 or newer with npm is missing")

    def test_it_is_content_with_both(self, tmp_path: Path) -> None:
        for name in ("node", "npm"):
            (tmp_path / name).symlink_to(shutil.which(name) or "")
        assert need(tmp_path).returncode == 0
