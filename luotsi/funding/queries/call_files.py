"""Reading a file of calls: JSON in the documented format, or a table; every call with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.base import amounts, clock, sheets, uploads
from luotsi.base.errors import Refused
from luotsi.base.names import Names
from luotsi.funding.models import Call
from luotsi.funding.queries.fault_words import sentence
from luotsi.funding.rules.call_details import Told, told_by
from luotsi.funding.rules.coded import BadLine, read_lines
from luotsi.funding.rules.reading import Fault, Unreadable, loads, read_call

if TYPE_CHECKING:
    from luotsi.base.uploads import Upload
    from luotsi.people.models import Unit

MOST = 500
HEADINGS = (
    "name_fi", "name_sv", "name_en", "text_fi", "text_sv", "text_en", "funder", "register_number", "url", "opens_on",
    "closes_on", "closes_time", "decides_by", "starts_on", "ends_on", "budget", "grant_percent", "share_base",
    "share_source", "grant_max", "areas", "cost_classes",
)  # fmt: skip
NAMED = frozenset({"name_fi", "name_sv", "name_en"})


@dataclass(frozen=True)
class TriedCall:
    """One call of a file: where it stands, what it is called, what is wrong, and its fields where nothing is."""

    place: str
    name: str
    problems: tuple[str, ...]
    fields: dict[str, Any] | None
    known: bool = False

    @property
    def is_sound(self) -> bool:
        """True when it can be taken in as it is."""
        return self.fields is not None and not self.known


def tried(upload: Upload, owner: Unit) -> tuple[TriedCall, ...]:
    """Return the calls of a file; one whose register number, or name and closing, is watched already is `known`.

    Raises:
        Refused: nothing can be read, or there are too many.
    """
    found = list(_from_json(upload.data) if _is_json(upload) else _from_table(upload))
    if len(found) > MOST:
        raise Refused(_("The file has more than %(count)s calls. Send it in parts.") % {"count": MOST})
    if not found:
        raise Refused(_("There are no calls in the file."))
    seen = {_key(one.register_number, one.names.text, one.last_day) for one in Call.objects.filter(owner=owner)}
    return tuple(_marked(one, seen) for one in found)


def _marked(one: TriedCall, seen: set[tuple[str, ...]]) -> TriedCall:
    if one.fields is None:
        return one
    closes_at = one.fields.get("closes_at")
    last = clock.day_of(closes_at) if closes_at else one.fields.get("closes_on")
    key = _key(one.fields.get("register_number", ""), one.name, last)
    known = key in seen
    seen.add(key)
    return TriedCall(one.place, one.name, one.problems, one.fields, known)


def _key(number: str, name: str, last: date | None) -> tuple[str, ...]:
    return (number,) if number else (name.casefold(), str(last))


def _is_json(upload: Upload) -> bool:
    return upload.kind != uploads.XLSX and upload.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _from_json(data: bytes) -> Iterator[TriedCall]:
    try:
        documents = loads(data)
    except Unreadable:
        raise Refused(_("The file is no JSON that can be read.")) from None
    each = documents if isinstance(documents, list) else [documents]
    for number, document in enumerate(each, 1):
        read = read_call(document)
        title = document.get("name") if isinstance(document, Mapping) else None
        name = title if isinstance(title, str) else ""
        place = _("call %(n)s") % {"n": number}
        if read.found is None:
            yield TriedCall(place, name, tuple(_fault(one) for one in read.faults[:20]), None)
            continue
        told = told_by(read.found, document, _("the imported file"))
        yield TriedCall(place, name, (), _of_json(told))


def _fault(one: Fault) -> str:
    return f"{one.at}: {sentence(one)}" if one.at else sentence(one)


def fields_of(document: Any) -> dict[str, Any]:
    """Return the fields of a call that a sound document of JSON tells; raises Refused for another."""
    found = read_call(document).found
    if found is None:
        raise Refused(_("This is no call of the documented format."))
    return _of_json(told_by(found, document, _("the imported file")))


def _of_json(told: Told) -> dict[str, Any]:
    given = dict(vars(told))
    names = {name: Names(fi=str(given[name])) for name in ("name", "funder", "eligibility")}
    return {**given, **names}


def _from_table(upload: Upload) -> Iterator[TriedCall]:
    table = sheets.read_table(upload, knows=lambda heading: heading.lower() in HEADINGS, most_rows=MOST)
    headings = {heading: heading.lower() for heading in table.headers}
    if not NAMED & set(headings.values()) or "funder" not in headings.values():
        raise Refused(_("The headings name_fi (or name_sv, name_en) and funder are needed."))
    for row in table.rows:
        cells = {headings[heading]: cell for heading, cell in row.cells.items() if headings[heading] in HEADINGS}
        problems: list[str] = []
        fields = _of_row({name: cell.text for name, cell in cells.items()}, problems)
        name = fields["name"].text
        if not name:
            problems.append(_("The call has no name."))
        if not fields["funder"].text:
            problems.append(_("The call has no funder."))
        place = _("row %(number)s") % {"number": row.number}
        yield TriedCall(place, name, tuple(problems), None if problems else fields)


def _of_row(texts: dict[str, str], problems: list[str]) -> dict[str, Any]:
    closes_on = _day(texts, "closes_on", problems)
    at = _time(texts, "closes_time", problems)
    opens_on = _day(texts, "opens_on", problems)
    percent = _percent(texts, problems)
    base = texts.get("share_base", "").lower()
    if percent is not None and base not in Call.Base.values:
        problems.append(_("share_base: write total_cost or eligible_cost."))
    if percent is not None and not texts.get("share_source"):
        problems.append(_("share_source: tell where the call states the percentage."))
    timed = closes_on is not None and at is not None
    return {
        "name": _names(texts, "name"),
        "text": _names(texts, "text"),
        "funder": Names(fi=texts.get("funder", "")),
        "register_number": texts.get("register_number", "")[:60],
        "url": texts.get("url", ""),
        "opens_at": datetime.combine(opens_on, time(), tzinfo=clock.HELSINKI) if opens_on else None,
        "closes_at": datetime.combine(closes_on, at, tzinfo=clock.HELSINKI) if closes_on and at is not None else None,
        "closes_on": None if timed else closes_on,
        **{name: _day(texts, name, problems) for name in ("decides_by", "starts_on", "ends_on")},
        **{name: _money(texts, name, problems) for name in ("budget", "grant_max")},
        "grant_percent": percent,
        "share_base": base if percent is not None else "",
        "share_source": texts.get("share_source", "") if percent is not None else "",
        **{name: _coded(texts, name, problems) for name in ("areas", "cost_classes")},
    }


def _names(texts: Mapping[str, str], name: str) -> Names:
    return Names(**{code: texts.get(f"{name}_{code}", "") for code in ("fi", "sv", "en")})


def _day(texts: Mapping[str, str], name: str, problems: list[str]) -> date | None:
    text = texts.get(name, "")
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date() if text else None  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    problems.append(
        _("%(column)s: %(text)s is no day. Write 2027-01-29 or 29.1.2027.") % {"column": name, "text": text}
    )
    return None


def _time(texts: Mapping[str, str], name: str, problems: list[str]) -> time | None:
    text = texts.get(name, "").replace(".", ":")
    try:
        return time.fromisoformat(text.zfill(5) if len(text) < 6 else text) if text else None
    except ValueError:
        problems.append(_("%(column)s: %(text)s is no time. Write 16:15.") % {"column": name, "text": text})
        return None


def _money(texts: Mapping[str, str], name: str, problems: list[str]) -> Decimal | None:
    try:
        return amounts.parse(texts.get(name, ""))
    except Refused as refused:
        problems.append(f"{name}: {refused}")
        return None


def _percent(texts: Mapping[str, str], problems: list[str]) -> Decimal | None:
    text = texts.get("grant_percent", "").replace(",", ".").removesuffix("%").strip()
    if not text:
        return None
    try:
        found = Decimal(text)
    except ArithmeticError:
        found = Decimal(-1)
    if not 0 < found <= 100:
        problems.append(_("grant_percent: give a percentage above 0 and at most 100."))
        return None
    return found


def _coded(texts: Mapping[str, str], name: str, problems: list[str]) -> tuple[dict[str, str], ...]:
    """Return the coded names of a cell, in which semicolons part what a form has on lines."""
    try:
        return tuple(read_lines(texts.get(name, "").replace(";", "\n")))
    except BadLine as bad:
        problems.append(_("%(column)s: part %(n)s cannot be read.") % {"column": name, "n": bad.number})
        return ()
