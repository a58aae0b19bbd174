"""The lock files hold what pyproject.toml asks for, with hashes and without addresses."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = {name: (ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")}


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()  # type: ignore[index]


def pins(lock: str) -> dict[str, str]:
    return {name_of(line): line for line in lock.splitlines() if "==" in line.split(";")[0]}


def asked_for(group: str) -> set[str]:
    return {name_of(asked) for asked in PROJECT["dependency-groups"][group] if isinstance(asked, str)}


class TestALockFile:
    @pytest.mark.parametrize("lock", LOCKS)
    def test_it_names_no_address(self, lock: str) -> None:
        assert not re.search(r"https?:|file:|^-|@ ", LOCKS[lock], re.MULTILINE)

    @pytest.mark.parametrize("lock", LOCKS)
    def test_every_version_has_a_hash(self, lock: str) -> None:
        lines = LOCKS[lock].splitlines()
        assert all(after.strip().startswith("--hash=sha256:") for line, after in pairwise(lines) if "==" in line)

    def test_the_runtime_lock_holds_every_dependency(self) -> None:
        asked = {name_of(asked) for asked in PROJECT["project"]["dependencies"]} | asked_for("build")
        assert asked <= set(pins(LOCKS["requirements.lock"]))

    def test_the_development_lock_holds_every_tool_and_the_same_versions(self) -> None:
        run, dev = pins(LOCKS["requirements.lock"]), pins(LOCKS["requirements-dev.lock"])
        assert asked_for("dev") <= set(dev)
        assert {name: dev.get(name) for name in run} == run
