"""Runs a part of the benches in a process of its own, on an empty SQLite database that the part fills."""

from __future__ import annotations

import json
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import processes

if TYPE_CHECKING:
    from luotsi.people.models import Unit

type Part = Callable[[int], dict[str, Any]]


def city(schools: int) -> Unit:
    """Prepare an empty database and add a city, its schools and who looks after its money; return the city."""
    from django.core.management import call_command

    from luotsi.base import clock
    from luotsi.people.actions.demo.cast import add_cast_member
    from luotsi.people.actions.units import UnitDetails, add_unit
    from luotsi.people.queries.demo import CastMember
    from luotsi.people.rules import Kind, Role

    call_command("prepare", verbosity=0)
    details = UnitDetails(name_fi="Esimerkkilä", valid_from=clock.today())
    found = add_unit(kind=Kind.PROVIDER, parent=None, details=details, by=None)
    for number in range(schools):
        details = UnitDetails(name_fi=f"Esimerkkikoulu {number}", valid_from=clock.today())
        add_unit(kind=Kind.INSTITUTION, parent=found, details=details, by=None)
    member = CastMember("Money", "Mallinen", Role.COORDINATOR, found.key)
    add_cast_member(member=member, unit=found, valid_from=clock.today())
    return found


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Yield an environment whose data folder is empty and goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as data:
        yield processes.clean(
            {
                "LUOTSI_DATA": str(Path(data)),
                "LUOTSI_SECRET_KEY": secrets.token_urlsafe(50),
                "DJANGO_SETTINGS_MODULE": "luotsi.config.settings",
                "DATABASE_URL": "",
            }
        )


def processor() -> float:
    """Return the seconds of the processors that this process has used, with those that have ended beside it."""
    beside = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + beside.ru_utime + beside.ru_stime


def asked(env: Mapping[str, str], module: str, part: str, size: int) -> dict[str, Any]:
    """Run a part of a module of the benches in a process of its own and return the JSON it prints."""
    command = [sys.executable, "-m", module, part, str(size)]
    done = subprocess.run(command, cwd=processes.ROOT, env=env, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[1:])} failed.")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def run(parts: Mapping[str, Part], arguments: Sequence[str], measure: Callable[[], dict[str, Any]]) -> None:
    """Run the part that the arguments name, or measure everything; print JSON."""
    import django

    if arguments and arguments[0] in parts:
        django.setup()
        print(json.dumps(parts[arguments[0]](int(arguments[1]))))
    else:
        print(json.dumps(measure(), indent=2))
