"""Reads a definition: never half of it, never with a surprise; whatever does not fit is a fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luotsi.questionnaires.rules import patterns, values
from luotsi.questionnaires.rules.definition.elements import Calculated, Definition, Element, Page, Panel
from luotsi.questionnaires.rules.definition.faults import LIMITS, Fault, Limits, Severity, TooMany
from luotsi.questionnaires.rules.definition.questions import CLEARING, question, shown
from luotsi.questionnaires.rules.definition.source import Book, Source
from luotsi.questionnaires.rules.expressions import ExpressionError, parse
from luotsi.questionnaires.rules.texts import LANGUAGES


@dataclass(frozen=True)
class Read:
    """What reading gives.

    Attributes:
        definition: The questionnaire as far as it could be read; None when it is none, or past all limits.
        faults: What was noticed, in the order of the definition.
    """

    definition: Definition | None
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Return True when the definition may be used: it is there and no fault is an error."""
        return self.definition is not None and not any(fault.severity is Severity.ERROR for fault in self.faults)


def read(data: object, limits: Limits = LIMITS) -> Read:
    """Return the questionnaire that a JSON object defines, with everything that is wrong with it; raises nothing."""
    try:
        plain = values.checked(data, depth=values.DEEPEST)
    except (values.NotAValue, RecursionError) as fault:
        return Read(None, (Fault("", "not_json", Severity.ERROR, {"why": str(fault)}),))
    if not isinstance(plain, Mapping):
        return Read(None, (Fault("", "type", Severity.ERROR, {"key": "", "wanted": "object"}),))
    book = Book(limits, inside=lambda source, key: elements_of(source, key, set()))
    try:
        definition = _definition(Source(plain, "", book))
        _check_expressions(book)
        return Read(definition, tuple(book.faults))
    except TooMany:
        return Read(None, tuple(book.faults))


def _check_expressions(book: Book) -> None:
    """Note the expressions and patterns that cannot be read."""
    left = book.limits.expressions
    for at, text in book.expressions:
        left -= len(text)
        if left < 0:
            book.note(at, "limit.expressions", limit=book.limits.expressions)
            break
        try:
            parse(text)
        except ExpressionError as fault:
            book.note(at, f"expression.{fault.code}", column=fault.column, **fault.params)
    for at, text in book.patterns:
        if not patterns.is_sound(text):
            book.note(at, "pattern", pattern=text[:80])


def _definition(source: Source) -> Definition:
    book = source.book
    book.locale = source.text("locale")
    pages = _pages(source)
    calculated = tuple(_calculated(source))
    title, description = source.localised("title"), source.localised("description")
    ours = source.data.get("x-luotsi")
    ours = ours if isinstance(ours, Mapping) else {}
    clearing = source.choice_of("clearInvisibleValues", CLEARING, "onComplete")
    order = [book.locale, *LANGUAGES]
    languages = [code for code in order if code and (code in book.languages or code == book.locale)]
    if not pages or not any(page.elements for page in pages):
        book.note("", "pages.missing", Severity.WARNING)
    return Definition(
        name=str(ours.get("name", "")),
        version=str(ours.get("version", "")),
        title=title,
        description=description,
        pages=pages,
        calculated=calculated,
        languages=tuple(dict.fromkeys(languages)),
        locale=book.locale,
        clearing="onComplete" if clearing == "default" else clearing,
        **source.marks(),
    )


def _pages(source: Source) -> tuple[Page, ...]:
    names: set[str] = set()
    if "pages" not in source.data:
        return (Page(name="page1", at="", elements=elements_of(source, "elements", names)),)
    pages: list[Page] = []
    for part in source.sources("pages", source.book.limits.elements):
        source.book.count(part.at)
        name = part.name() if "name" in part.data else f"page{len(pages) + 1}"
        held = elements_of(part, "elements", names)
        pages.append(Page(name=name, elements=held, **shown(part), **part.marks()))
    return tuple(pages)


def elements_of(source: Source, key: str, names: set[str], depth: int = 0) -> tuple[Element, ...]:
    """Return the elements of a list, panels with what they hold; a name may be given once in `names`."""
    if depth > source.book.limits.depth:
        source.book.note(source.at, "limit.depth", limit=source.book.limits.depth)
        return ()
    found = []
    for part in source.sources(key, source.book.limits.elements):
        element = _panel(part, names, depth) if part.data.get("type") == "panel" else question(part)
        if element is None:
            continue
        if element.name and element.name in names:
            source.book.note(part.place("name"), "name.twice", name=element.name)
            continue
        names.add(element.name)
        found.append(element)
    return tuple(found)


def _panel(source: Source, names: set[str], depth: int) -> Panel:
    source.book.count(source.at)
    source.take("type")
    name = source.name()
    held = elements_of(source, "elements", names, depth + 1)
    return Panel(name=name, elements=held, **shown(source), **source.marks())


def _calculated(source: Source) -> list[Calculated]:
    found: dict[str, Calculated] = {}
    for part in source.sources("calculatedValues", source.book.limits.calculated):
        name = part.name()
        if name in found:
            source.book.note(part.place("name"), "name.twice", name=name)
            continue
        expression, in_result = part.expression("expression"), part.flag("includeIntoResult")
        found[name] = Calculated(name=name, expression=expression, in_result=in_result, **part.marks())
    return list(found.values())
