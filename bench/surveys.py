"""Measures surveys: teachers who answer in one break, over HTTP, and the results page of many responses.

Usage: python -m bench.surveys [--quick]; prints a table. In a process of its own (`load`, `count`, `large`, `save`) it
fills an empty database, counts what was kept, makes the results and saves pages of a form; the environment names
database and data folder.
"""

from __future__ import annotations

import contextlib
import dataclasses
import html
import http.client
import json
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import processes, saving
from tools import with_postgres

TEACHERS, RESPONSES, SCHOOLS, AT_ONCE = 2_162, 50_000, 150, 4
LONGEST_S = 600
GOAL_ANSWER_MS, GOAL_RESULTS_MS, BREAK_S = 300, 300, 900
ITEMS = {"teaching": 11, "safety": 11, "work": 10}


def setup() -> Any:
    """Prepare the database; return the city that asks."""
    import django

    django.setup()
    from django.core.management import call_command

    from luotsi.base import clock
    from luotsi.people.actions.units import UnitDetails, add_unit
    from luotsi.people.models import Unit
    from luotsi.people.rules import Kind

    call_command("prepare", verbosity=0)
    if found := Unit.objects.filter(kind=Kind.PROVIDER).first():
        return found
    today = clock.today()
    city = add_unit(
        kind=Kind.PROVIDER, parent=None, details=UnitDetails(name_fi="Esimerkkilä", valid_from=today), by=None
    )
    for number in range(SCHOOLS):
        details = UnitDetails(name_fi=f"Esimerkkikoulu {number}", valid_from=today)
        add_unit(kind=Kind.INSTITUTION, parent=city, details=details, by=None)
    return city


@dataclasses.dataclass(frozen=True)
class Opened:
    """A survey, the seconds of the request that opened it, and those until everybody had been invited."""

    survey: Any
    request: float
    invited: float


def opened(city: Any, count: int) -> Opened:
    """Open the self-assessment to so many addresses, spread over the schools once they have been invited."""
    from datetime import timedelta

    from luotsi.base import clock
    from luotsi.base.names import Names
    from luotsi.people.models import Unit
    from luotsi.questionnaires.actions.surveys.opening import SurveyDetails, open_survey
    from luotsi.questionnaires.actions.versions import publish_version
    from luotsi.questionnaires.models import Invitation, QuestionnaireVersion, Turnout
    from luotsi.questionnaires.queries.surveys.audience import Audience
    from luotsi.questionnaires.rules import values

    text = (processes.ROOT / "luotsi/questionnaires/data/digital-skills.json").read_text(encoding="utf-8")
    version = QuestionnaireVersion.objects.first() or publish_version(
        owner=city, definition=values.loads(text, depth=60), by=None
    )
    details = SurveyDetails(
        names=Names(fi="Itsearviointi"),
        mode="anonymous",
        audience=Audience(addresses=tuple(f"opettaja{number}@esimerkki.example" for number in range(count))),
        by_link=True,
        closes_at=clock.now() + timedelta(days=1),
    )
    began = time.perf_counter()
    survey = open_survey(version=version, owner=city, details=details, by=None)
    seconds = time.perf_counter() - began
    invited_s = seconds + worked(survey)
    schools = list(Unit.objects.filter(parent=city).order_by("key"))
    invited = list(Invitation.objects.filter(collection=survey))
    for place, one in enumerate(invited):
        one.unit = schools[place % len(schools)]
    Invitation.objects.bulk_update(invited, ["unit"], batch_size=500)
    Turnout.objects.filter(collection=survey).delete()
    Turnout.objects.bulk_create(
        [
            Turnout(collection=survey, unit=school, invited=len(invited[place :: len(schools)]))
            for place, school in enumerate(schools)
        ]
    )
    return Opened(survey, seconds, invited_s)


@contextlib.contextmanager
def a_worker() -> Iterator[None]:
    """Run the worker of the product beside; it has done something when the block begins."""
    from django_tasks_db.models import DBTaskResult

    from luotsi.base.tasks import deliver_mail

    command = [sys.executable, str(processes.ROOT / "manage.py"), "worker"]
    with subprocess.Popen(command, cwd=processes.ROOT, stdout=subprocess.DEVNULL) as worker:
        try:
            probe = deliver_mail.enqueue(str(uuid.uuid4()))
            until(lambda: DBTaskResult.objects.filter(pk=probe.id, finished_at__isnull=False).exists())
            yield
        finally:
            worker.terminate()


def until(holds: Callable[[], object]) -> None:
    """Wait for something that the worker does."""
    began = time.perf_counter()
    while not holds():
        if time.perf_counter() - began > LONGEST_S:
            raise SystemExit("The worker did not finish its work.")
        threading.Event().wait(0.02)


def worked(survey: Any) -> float:
    """Return the seconds until what a survey has given to the worker is done."""
    from luotsi.questionnaires.models import SurveyWork

    began = time.perf_counter()
    until(SurveyWork.objects.filter(pk=survey.pk, ended_at__isnull=False).exists)
    return time.perf_counter() - began


def load(count: int) -> dict[str, Any]:
    """Open the survey; return the links, and how long the request and then the worker took to open it."""
    city = setup()
    from luotsi.questionnaires.actions.surveys.letters import link_of
    from luotsi.questionnaires.models import Invitation

    with a_worker():
        found = opened(city, count)
    links = ["/s/" + link_of(one).split("/s/")[1] for one in Invitation.objects.filter(collection=found.survey)]
    return {"links": links, "request_s": round(found.request, 2), "open_s": round(found.invited, 1)}


def count() -> dict[str, int]:
    """Return how many answers are kept, and how many the counts of the units say."""
    setup()
    from django.db.models import Sum

    from luotsi.questionnaires.models import Sheet, Turnout

    return {"kept": Sheet.objects.count(), "counted": Turnout.objects.aggregate(n=Sum("answered"))["n"] or 0}


def made_up(rng: random.Random) -> dict[str, Any]:
    """Return the answers of somebody."""
    from luotsi.questionnaires.models import QuestionnaireVersion
    from luotsi.questionnaires.queries.versions import definition_of

    definition = definition_of(QuestionnaireVersion.objects.get())
    found: dict[str, Any] = {}
    for question in definition.questions:
        if question.name.endswith("_items"):
            found[question.name] = {str(row.value): rng.randint(1, 4) for row in question.rows}  # type: ignore[attr-defined]
    found["training"] = rng.choice(["none", "few", "some", "many"])
    if rng.random() < 0.2:
        found["help"] = "Aikaa kokeilla yhdessä."
    return found


def large(responses: int) -> dict[str, float]:
    """Keep so many responses, settle the survey, and open the results page as the one who asked."""
    city = setup()
    from django.test import Client
    from django.urls import reverse

    from luotsi.base import clock
    from luotsi.people.actions.demo.cast import add_cast_member
    from luotsi.people.models import Unit
    from luotsi.people.queries.demo import CastMember
    from luotsi.people.rules import Role
    from luotsi.questionnaires.actions.surveys.settling import settle_survey
    from luotsi.questionnaires.models import Sheet

    survey, rng = opened(city, 1).survey, random.Random(7)  # noqa: S311 - made-up answers
    schools = list(Unit.objects.filter(parent=city))
    kinds = [made_up(rng) for _number in range(500)]
    for _batch in range(responses // 1_000):
        Sheet.objects.bulk_create(
            Sheet(
                id=secrets.randbelow(2**62) + 1, collection=survey, unit=rng.choice(schools), mode="anonymous",
                language=rng.choice(["fi", "fi", "fi", "sv"]), answers=rng.choice(kinds),
            )
            for _number in range(1_000)
        )  # fmt: skip
    with a_worker():
        began = time.perf_counter()
        settle_survey(collection=survey, by=None)
        closed = time.perf_counter() - began
        settled = closed + worked(survey)
    member = CastMember("Koordinaattori", "Esimerkki", Role.COORDINATOR, city.key)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(add_cast_member(member=member, unit=city, valid_from=clock.today()))
    path, spent = reverse("questionnaires:see-results", args=[city.key, survey.pk]), []
    for _number in range(12):
        began = time.perf_counter()
        if client.get(path).status_code != 200:
            raise SystemExit("The results page did not answer.")
        spent.append((time.perf_counter() - began) * 1000)
    spent = sorted(spent[2:])
    return {
        "close_s": round(closed, 2),
        "settle_s": round(settled, 1),
        "results_ms": round(statistics.median(spent)),
        "results_p95_ms": round(spent[-1]),
    }


class Teacher:
    """Somebody who answers in a browser: five requests, each timed."""

    def __init__(self, port: int, link: str, seed: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.link, self.rng, self.spent, self.cookie = link, random.Random(seed), list[float](), ""  # noqa: S311

    def ask(self, fields: Mapping[str, str] | None = None) -> str:
        """Send a page, or open the first one; return what came back."""
        began = time.perf_counter()
        headers = {"Cookie": f"csrftoken={self.cookie}"} if self.cookie else {}
        if fields is None:
            self.connection.request("GET", self.link, headers=headers)
        else:
            body = urlencode({**fields, "csrfmiddlewaretoken": self.cookie})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.connection.request("POST", self.link, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        self.spent.append((time.perf_counter() - began) * 1000)
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {text[:300]}")
        if found := re.search(r"csrftoken=(\w+)", response.headers.get("Set-Cookie") or ""):
            self.cookie = found[1]
        return text

    def answer(self) -> list[float]:
        """Answer everything; return the milliseconds of each request."""
        self.ask()
        text = self.ask({"do": "begin"})
        for place, (area, count) in enumerate(ITEMS.items(), 1):
            items = {f"a:{area}_items[{row}]": str(self.rng.randrange(4)) for row in range(count)}
            text = self.ask(
                {**self.hidden(text), f"was:{area}_items": "-", "place": str(place), **items, "do": "next"}
            )
        last = {"was:training": "-", "a:training": "1", "was:help": "-", "a:help": "Aikaa", "place": "4", "do": "send"}
        self.ask({**self.hidden(text), **last})
        self.connection.close()
        return self.spent

    @staticmethod
    def hidden(text: str) -> dict[str, str]:
        """Return what the page carries from page to page."""
        return {
            name: html.unescape(found[1])
            for name in ("kept", "nonce")
            if (found := re.search(rf'name="{name}" value="([^"]*)"', text))
        }


def asked(env: Mapping[str, str], *arguments: str) -> Any:
    """Run a part of this file in a process of its own and return the JSON it prints."""
    command = [sys.executable, "-m", "bench.surveys", *arguments]
    done = subprocess.run(command, cwd=processes.ROOT, env=env, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[1:])} failed.")
    return json.loads(done.stdout.strip().splitlines()[-1])


def in_a_break(data: Path, url: str, *, teachers: int, responses: int) -> dict[str, Any]:
    """Let everybody answer against the running product, then make the large results."""
    env = processes.clean(
        {
            "LUOTSI_DATA": str(data),
            "LUOTSI_SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "luotsi.config.settings",
            "DATABASE_URL": url,
        }
    )
    loaded = asked(env, "load", str(teachers))
    command = [sys.executable, str(processes.ROOT / "manage.py"), "run"]
    began = time.perf_counter()
    with processes.started(command, data, env) as (_pid, port, _seconds), ThreadPoolExecutor(AT_ONCE) as pool:
        began = time.perf_counter()
        told = list(pool.map(lambda one: Teacher(port, one[1], one[0]).answer(), enumerate(loaded["links"])))
        seconds = time.perf_counter() - began
    spent, sent = sorted(one for each in told for one in each), sorted(each[-1] for each in told)
    kept = asked(env, "count")
    return {
        "teachers": teachers,
        "request_s": loaded["request_s"],
        "open_s": loaded["open_s"],
        "seconds": round(seconds),
        "median_ms": round(statistics.median(spent), 1),
        "p95_ms": round(spent[int(len(spent) * 0.95)], 1),
        "send_p95_ms": round(sent[int(len(sent) * 0.95)], 1),
        "lost": teachers - min(kept["kept"], kept["counted"]),
        "responses": responses,
        **asked(env, "large", str(responses)),
        **asked(env, "save"),
    }


def measure(*, quick: bool) -> dict[str, Any]:
    """Measure on SQLite and, where there is one, on a throw-away PostgreSQL."""
    size = {"teachers": TEACHERS // 20 if quick else TEACHERS, "responses": RESPONSES // 10 if quick else RESPONSES}
    found = {}
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as data:
        found["SQLite"] = in_a_break(Path(data), "", **size)
    if bin_folder := with_postgres.programs():
        with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as data, with_postgres.cluster(bin_folder) as url:
            found["PostgreSQL"] = in_a_break(Path(data), url, **size)
    return found


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table, with the goals."""
    yield "| surveys | goal | " + " | ".join(found) + " |"
    yield "|---|---|" + "---|" * len(found)
    rows = {
        "teachers who answer 32 items": ("teachers", ""),
        "opening it, the request, s": ("request_s", ""),
        "until the worker has invited everybody, s": ("open_s", ""),
        f"all of them, {AT_ONCE} at a time without a pause, s": ("seconds", f"≤ {BREAK_S}"),
        "a request, median, ms": ("median_ms", ""),
        "a request, p95, ms": ("p95_ms", f"≤ {GOAL_ANSWER_MS}"),
        "sending the answers, p95, ms": ("send_p95_ms", f"≤ {GOAL_ANSWER_MS}"),
        "answers lost": ("lost", "0"),
        "responses of the large survey": ("responses", ""),
        "closing it, the request, s": ("close_s", ""),
        "until the worker has worked its results out, s": ("settle_s", ""),
        "its results page, median, ms": ("results_ms", f"≤ {GOAL_RESULTS_MS}"),
        "its results page, slowest of ten, ms": ("results_p95_ms", f"≤ {GOAL_RESULTS_MS}"),
        "a page save of the ministry's form by its button, median, ms": ("save_ms", f"≤ {saving.GOAL_MS}"),
        "the same, time of the processor, ms": ("save_cpu_ms", f"≤ {saving.GOAL_MS}"),
        "a save by itself, the form drawn anew, median, ms": ("autosave_ms", f"≤ {saving.GOAL_MS}"),
        "that one, time of the processor, ms": ("autosave_cpu_ms", f"≤ {saving.GOAL_MS}"),
    }
    for words, (key, goal) in rows.items():
        yield f"| {words} | {goal} | " + " | ".join(str(one[key]) for one in found.values()) + " |"


def main(arguments: Sequence[str]) -> None:
    """Run a part, or measure everything."""
    parts = {"load": load, "large": large}
    if arguments and arguments[0] in parts:
        print(json.dumps(parts[arguments[0]](int(arguments[1]))))
    elif arguments and arguments[0] in {"count", "save"}:
        print(json.dumps(count() if arguments[0] == "count" else saving.save(setup())))
    else:
        print("\n".join(lines(measure(quick="--quick" in arguments))))


if __name__ == "__main__":
    main(sys.argv[1:])
