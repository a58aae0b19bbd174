"""A report as it is shown in one language: plain texts and figures, for the page, the PDF and the workbook alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import translation

from luotsi.indicators.rules.values import Mark
from luotsi.programme.rules.values import Text
from luotsi.reports.queries.figure_words import recipe_words, value_words
from luotsi.reports.queries.writing.words import best
from luotsi.reports.rules.content import (
    KEY,
    Bars,
    Block,
    Content,
    Entry,
    Figure,
    Highlights,
    Items,
    Paragraph,
    Section,
    Subheading,
    Table,
)

type Link = Callable[[Figure], str]
WIDE = 7
DRAWN = frozenset({"done", "run", "risk", "late", "none"})


@dataclass(frozen=True)
class Span:
    """A piece of text; `number` is the reference of a figure, 0 for words. `lang` is the language that it is in."""

    text: str
    lang: str = ""
    number: int = 0
    url: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table: spans, perhaps a state before them; `value` is the number for a workbook."""

    spans: tuple[Span, ...] = ()
    state: str = ""
    numeric: bool = False
    value: Decimal | None = None

    @property
    def mark(self) -> str:
        """The sign of the state, as the pages draw it."""
        return self.state if self.state in DRAWN else "none"


@dataclass(frozen=True)
class Row:
    """A labelled length in a picture, as shares of its top."""

    label: Span
    value: Span
    target: Span | None
    share: str
    goal: str


@dataclass(frozen=True)
class Shown:
    """A block: `kind` is paragraph, lead, note, heading, items, table, highlights or bars; the rest as it needs."""

    kind: str
    spans: tuple[Span, ...] = ()
    items: tuple[tuple[Span, ...], ...] = ()
    key: str = ""
    columns: tuple[tuple[str, bool], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    note: str = ""
    wide: bool = False
    bars: tuple[Row, ...] = ()
    message: str = ""
    title: str = ""

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """The cells of each row with the heading of their column."""
        return [[(self.columns[place][0], cell) for place, cell in enumerate(row)] for row in self.rows]


@dataclass(frozen=True)
class ShownSection:
    """A section with its number, what somebody wrote, and what the data say."""

    key: str
    number: int
    heading: str
    own: tuple[Shown, ...] = ()
    own_missing: bool = False
    blocks: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class ShownFigure:
    """A row of the list of figures and sources."""

    number: int
    key: str
    label: Span
    value: str
    made: str
    place: Span
    period: str
    definition: str
    source: str
    url: str
    amount: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    unit: str
    mark: str

    @property
    def braced(self) -> str:
        """Its name as texts write it."""
        return f"{{{self.key}}}"


@dataclass(frozen=True)
class ShownReport:
    """The whole report in one language."""

    language: str
    title: str
    content: Content
    sections: tuple[ShownSection, ...]
    figures: tuple[ShownFigure, ...]


def shown(content: Content, language: str, link: Link | None = None) -> ShownReport:
    """Return the report in a language; `link` gives the page of a figure's records, by default there is none."""
    with translation.override(language):
        book = _Book(content, language, link or (lambda figure: ""))
        return ShownReport(
            language=language,
            title=best(content.title, language)[0],
            content=content,
            sections=tuple(book.section(section, place) for place, section in enumerate(content.sections, start=1)),
            figures=tuple(book.figure(figure) for figure in content.figures),
        )


@dataclass
class _Book:
    content: Content
    language: str
    link: Link
    known: dict[str, Figure] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = {figure.key: figure for figure in self.content.figures}
        self.numbers = self.content.numbers

    def section(self, section: Section, number: int) -> ShownSection:
        own, lang = best(section.own, self.language)
        return ShownSection(
            key=section.key,
            number=number,
            heading=self.plain(section.heading),
            own=tuple(self.written(own, lang)),
            own_missing=bool(own) and lang != self.language,
            blocks=tuple(self.block(block) for block in section.blocks),
        )

    def written(self, text: str, lang: str) -> Iterator[Shown]:
        """Yield what somebody wrote: paragraphs between empty lines, lists of lines that begin with a dash."""
        for part in text.replace("\r\n", "\n").split("\n\n"):
            lines = [line.strip() for line in part.strip().split("\n") if line.strip()]
            if lines and all(line.startswith("- ") for line in lines):
                yield Shown("items", items=tuple(tuple(self.pieces(line[2:], lang)) for line in lines))
            elif lines:
                yield Shown("paragraph", spans=tuple(self.pieces(" ".join(lines), lang)))

    def block(self, block: Block) -> Shown:
        match block:
            case Paragraph():
                return Shown(block.kind or "paragraph", spans=self.spans(block.text))
            case Subheading():
                return Shown("heading", spans=self.spans(block.text))
            case Items():
                return Shown("items", items=tuple(self.spans(text) for text in block.texts))
            case Highlights():
                return Shown("highlights", rows=tuple((self.label(key), self.cell(key)) for key in block.figures))
            case Table():
                return self.table(block)
            case Bars():
                return self.bars(block)

    def label(self, key: str) -> Cell:
        figure = self.known.get(key)
        return Cell(spans=self.spans(figure.label) if figure else ())

    def cell(self, key: str) -> Cell:
        figure = self.known.get(key)
        if figure is None:
            return Cell(numeric=True)
        return Cell(spans=(self.number(figure),), numeric=True, value=figure.value)

    def table(self, table: Table) -> Shown:
        return Shown(
            "table",
            key=table.key,
            title=self.plain(table.caption),
            columns=tuple((self.plain(column.label), column.numeric) for column in table.columns),
            rows=tuple(
                tuple(
                    self.entry(entry, numeric=column.numeric) for entry, column in zip(row, table.columns, strict=True)
                )
                for row in table.rows
            ),
            note=self.plain(table.note),
            wide=len(table.columns) > WIDE,
            spans=self.spans(table.note),
        )

    def entry(self, entry: Entry, *, numeric: bool) -> Cell:
        if entry.figure:
            return self.cell(entry.figure)
        return Cell(spans=self.spans(entry.text), state=entry.state, numeric=numeric)

    def bars(self, bars: Bars) -> Shown:
        rows = []
        for bar in bars.bars:
            figure, target = self.known[bar.figure], self.known.get(bar.target)
            label, lang = best(bar.label, self.language)
            rows.append(
                Row(
                    label=Span(label, lang),
                    value=self.number(figure),
                    target=self.number(target) if target else None,
                    share=_share(figure.value, bars.top),
                    goal=_share(target.value, bars.top) if target else "",
                )
            )
        return Shown("bars", title=self.plain(bars.title), message=self.plain(bars.message), bars=tuple(rows))

    def plain(self, text: Text) -> str:
        return best(text, self.language)[0]

    def spans(self, text: Text) -> tuple[Span, ...]:
        words, lang = best(text, self.language)
        return tuple(self.pieces(words, lang))

    def pieces(self, words: str, lang: str) -> Iterator[Span]:
        """Yield words and figures in their order; a key that no figure has stays visible and is marked."""
        end = 0
        for found in KEY.finditer(words):
            if found.start() > end:
                yield Span(words[end : found.start()], lang)
            figure = self.known.get(found[1])
            yield self.number(figure) if figure else Span(found[0], lang, wrong=True)
            end = found.end()
        if words[end:]:
            yield Span(words[end:], lang)

    def number(self, figure: Figure) -> Span:
        return Span(value_words(figure), self.language, self.numbers[figure.key], self.link(figure))

    def figure(self, figure: Figure) -> ShownFigure:
        label, lang = best(figure.label, self.language)
        place, place_lang = best(figure.place, self.language)
        return ShownFigure(
            number=self.numbers[figure.key],
            key=figure.key,
            label=Span(f"{label}, {place}" if place and figure.place != self.content.unit_names else label, lang),
            value=value_words(figure),
            made=recipe_words(figure, self.numbers),
            place=Span(place, place_lang),
            period=figure.period,
            definition=figure.definition,
            source=figure.source,
            url=self.link(figure),
            amount=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            unit=figure.unit,
            mark=str(figure.mark) if figure.mark != Mark.FIGURE else "",
        )


def _share(value: Decimal | None, top: Decimal) -> str:
    """Return how far a value reaches of the top, in per cent with a point, as drawings take it."""
    if value is None or top <= 0:
        return "0"
    return f"{min(max(value / top * 100, Decimal(0)), Decimal(100)):.2f}"
