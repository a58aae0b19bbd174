"""A page save of the ministry's form, as a browser sends it, through the whole product but the network."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

SAVES, GOAL_MS = 20, 50


@dataclass
class Spent:
    """Milliseconds of each save: by the clock, and of the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def median_of(self, kind: str) -> float:
        """Return the median without the first two, which load what all others find."""
        return round(statistics.median({"wall": self.wall, "cpu": self.cpu}[kind][2:]), 1)


class Sent(HTMLParser):
    """Reads from a page what a browser would send of it: fields as they stand, without files and buttons."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields, self.area, self.menu = dict[str, list[str]](), "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field."""
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "textarea":
            self.area = name
            self.fields[name] = [""]
        elif tag == "select":
            self.menu = name
        elif tag == "option" and "selected" in told:
            self.fields[self.menu] = [told.get("value", "")]
        elif tag == "input" and name and _is_sent(told):
            self.fields.setdefault(name, []).append(told.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Take what stands in a field of several lines."""
        if self.area:
            self.fields[self.area] = [self.fields[self.area][0] + data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        """Leave a field."""
        if tag == "textarea":
            self.area = ""


def _is_sent(field: dict[str, str]) -> bool:
    kind = field.get("type")
    return kind not in {"file", "submit"} and (kind not in {"radio", "checkbox"} or "checked" in field)


def save(city: Any) -> dict[str, float]:
    """Write the ministry's form as the coordinator of the city, with three areas open; time the saves of a page."""
    from django.test import Client
    from django.urls import reverse

    from luotsi.base import clock
    from luotsi.base.names import Names
    from luotsi.people.actions.demo.cast import add_cast_member
    from luotsi.people.queries.demo import CastMember
    from luotsi.people.rules import Role
    from luotsi.questionnaires.actions.collections import CollectionDetails, open_collection
    from luotsi.questionnaires.actions.demo.load import MINISTRY
    from luotsi.questionnaires.actions.responses import begin_response
    from luotsi.questionnaires.actions.versions import publish_version
    from luotsi.questionnaires.queries.authoring.packaged import packaged

    rule_set = packaged(f"{MINISTRY}.rules")
    version = publish_version(owner=city, definition=packaged(MINISTRY), rule_set=rule_set, by=None)
    details = CollectionDetails(names=Names(fi="Haku"), answered_by="providers", opens_at=clock.now())
    call = open_collection(version=version, owner=city, details=details, by=None)
    member = CastMember("Hakija", "Esimerkki", Role.COORDINATOR, city.key)
    account = add_cast_member(member=member, unit=city, valid_from=clock.today())
    response, client = begin_response(collection=call, unit=city, by=account), Client(SERVER_NAME="127.0.0.1")
    client.force_login(account)
    page = [reverse("questionnaires:fill-page", args=[response.pk, number]) for number in (1, 2)]
    first = Sent(client.get(page[0]).content.decode()).fields
    client.post(page[0], {**first, "a:areas": ["0", "1", "2"], "do": "save"})
    spent = {"save": Spent(), "auto": Spent()}
    for number in range(2 * SAVES):
        fields = Sent(client.get(page[1]).content.decode()).fields
        verb = ("save", "auto")[number % 2]
        sent = {**fields, "a:quality_measures": f"Words to keep, {number}. " * 60, "do": verb}
        began, cpu = time.perf_counter(), time.process_time()
        answer = client.post(page[1], sent, headers={"X-Luotsi-Part": "form"} if verb == "auto" else {})
        spent[verb].wall.append((time.perf_counter() - began) * 1000)
        spent[verb].cpu.append((time.process_time() - cpu) * 1000)
        if answer.status_code != (302 if verb == "save" else 200):
            raise SystemExit("The page was not saved.")
    response.refresh_from_db()
    if response.revision != 1 + 2 * SAVES:
        raise SystemExit("Not every save was kept.")
    return {
        "save_ms": spent["save"].median_of("wall"),
        "save_cpu_ms": spent["save"].median_of("cpu"),
        "autosave_ms": spent["auto"].median_of("wall"),
        "autosave_cpu_ms": spent["auto"].median_of("cpu"),
    }
