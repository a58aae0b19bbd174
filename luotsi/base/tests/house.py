"""A house of its own: data folder and database for tests that start real commands; their fixtures."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[3]
SETUP = "import django; django.setup()\n"


@dataclass(frozen=True)
class House:
    """Starts commands of the product with their own data; `url` is the DATABASE_URL."""

    data: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the commands, without what the tests' own settings left there."""
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("LUOTSI_", "DJANGO_"))}
        return bare | {
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "luotsi.config.settings",
            "LUOTSI_DEMO": "1",
            "LUOTSI_DATA": str(self.data),
            "DATABASE_URL": self.url,
        }

    def run(self, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a management command to its end."""
        return self._start([sys.executable, "-m", "django", *map(str, arguments)], check=check)

    def python(self, script: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a script after Django's setup."""
        return self._start([sys.executable, "-c", SETUP + script], check=check)

    def start_python(self, script: str) -> subprocess.Popen[str]:
        """Start a script after Django's setup, and do not wait for it."""
        return self._opened([sys.executable, "-c", SETUP + script])

    def open(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command that goes on until it is stopped."""
        return self._opened([sys.executable, "-m", "django", *arguments])

    def _opened(self, command: Sequence[str]) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(  # noqa: S603  (our own commands)
            command, env=self.environment, stdout=pipe, stderr=pipe, text=True
        )

    def _start(self, command: Sequence[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(  # noqa: S603  (our own commands)
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or not check, done.stderr
        return done


class Builder:
    """Builds houses as copies of one that was prepared once."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.given_url = os.environ.get("DATABASE_URL", "")
        self.count = 0
        self.model = self._empty()
        self.model.run("migrate", "--verbosity=0")

    def build(self, *, empty: bool = False) -> House:
        """Return a new house; an empty one has a database without tables."""
        house = self._empty(template="" if empty else _name(self.model.url))
        if not empty and not self.given_url:
            shutil.copy(self.model.data / "db.sqlite3", house.data)
        return house

    def _empty(self, template: str = "") -> House:
        self.count += 1
        data = self.place / f"house{self.count}"
        data.mkdir(parents=True)
        if not self.given_url:
            return House(data, f"sqlite:///{data / 'db.sqlite3'}")
        name = f"house_{os.getpid()}_{self.count}"
        self._on_server(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")
        return House(data, urlsplit(self.given_url)._replace(path=f"/{name}").geturl())

    def tear_down(self) -> None:
        """Remove the databases; the folders go with pytest's own."""
        for number in range(1, self.count + 1 if self.given_url else 1):
            self._on_server(f"DROP DATABASE IF EXISTS house_{os.getpid()}_{number} WITH (FORCE)")

    def _on_server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.given_url, autocommit=True) as server:
            server.execute(statement.encode())


def _name(url: str) -> str:
    return urlsplit(url).path.rsplit("/", 1)[-1]


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Yield the builder of houses."""
    built = Builder(tmp_path_factory.mktemp("houses"))
    yield built
    built.tear_down()


@pytest.fixture
def house(builder: Builder) -> House:
    """Return a house with an empty, migrated database of its own."""
    return builder.build()
