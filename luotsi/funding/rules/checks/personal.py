"""T8: data about persons in texts that anybody may read; what was found is never repeated whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from luotsi.funding.rules.application import Application
from luotsi.funding.rules.call import Call
from luotsi.funding.rules.checks.finding import Finding, Severity, Value, of
from luotsi.funding.rules.checks.lengths import text_names
from luotsi.funding.rules.register import Register

KINDS = {
    # The sign between is the century: + before 1900, - and others of the 1900s, A to F from 2000.
    "identity": re.compile(r"(?<![\w-])\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?!\w)", re.ASCII),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    "phone": re.compile(r"(?<![\w-])(?:\+358[ -]?\d{1,3}|0(?:4\d|50))(?:[ -]?\d){5,8}(?![\w-])", re.ASCII),
}
SEVERITIES = {"identity": Severity.BLOCK, "email": Severity.WARN, "phone": Severity.WARN}


def texts_hold_no_personal_data(
    application: Application, call: Call, register: Register, today: date
) -> Iterator[Finding]:
    """T8: no personal identity code, e-mail address or telephone number in a public text."""
    for answer in application.texts:
        for kind, pattern in KINDS.items() if answer.public else ():
            found = pattern.search(answer.text) if kind != "email" or "@" in answer.text else None
            if found is None:
                continue
            field = of(answer, "text", *text_names(answer))
            where = (field, of(answer, "public", *text_names(answer), "@public"))
            masked = found[0][:2] + "…"
            params: dict[str, Value] = {"question": text_names(answer), "start": masked, "place": found.start() + 1}
            yield Finding("T8", f"T8.{kind}", SEVERITIES[kind], where, masked, None, params)
