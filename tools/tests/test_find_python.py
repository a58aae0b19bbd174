"""The search for an interpreter believes only those that run."""

import subprocess
import sys
from pathlib import Path

FIND = Path(__file__).resolve().parents[1] / "find-python"


def find(path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(path), "HOME": str(path), **more}
    return subprocess.run(["/bin/sh", FIND], env=env, check=False, capture_output=True, text=True, timeout=60)


def program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


class TestFindingAnInterpreter:
    def test_a_shim_that_does_not_run_is_passed_over(self, tmp_path: Path) -> None:
        program(tmp_path, "python3.13", "echo 'command not found' >&2; exit 127")
        good = program(tmp_path, "python3.12", f'exec "{sys.executable}" "$@"')
        assert find(tmp_path).stdout.strip() == str(good)

    def test_one_named_by_hand_comes_first(self, tmp_path: Path) -> None:
        program(tmp_path, "python3.13", f'exec "{sys.executable}" "$@"')
        assert find(tmp_path, LUOTSI_PYTHON=sys.executable).stdout.strip() == sys.executable

    def test_versions_kept_by_pyenv_are_found_without_their_shims(self, tmp_path: Path) -> None:
        folder = tmp_path / ".pyenv/versions/3.12.1/bin"
        folder.mkdir(parents=True)
        good = program(folder, "python", f'exec "{sys.executable}" "$@"')
        assert find(tmp_path).stdout.strip() == str(good)

    def test_one_line_says_what_is_missing(self, tmp_path: Path) -> None:
        program(tmp_path, "python3", "exit 1")
        done = find(tmp_path)
        assert done.returncode == 1
        assert done.stderr.startswith("Python 3.12 or newer")
        assert done.stderr.count("\n") == 1
