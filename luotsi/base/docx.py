"""Writes a plain document as WordprocessingML (Office Open XML, ISO/IEC 29500): headings, paragraphs, a table.

Built for accessibility: a title in the properties, the language of the document and of each paragraph, headings as
styles with outline levels, the first row of a table marked as its head. The same content gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
LEVELS = 3
_WIDTH = 9638  # the text column of A4 with margins of 2 cm, in twentieths of a point
_STAMP = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; line ends in it become breaks. `language` empty = that of the document."""

    text: str
    language: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a head; every row has as many cells as the head. `numeric` are columns set to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()


type Block = Heading | Paragraph | Table


@dataclass(frozen=True, kw_only=True)
class Document:
    """What becomes a file: its title, author and language (fi, sv or en), when it was made, and its blocks."""

    title: str
    language: str
    blocks: Sequence[Block]
    author: str = ""
    made_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


def written(document: Document) -> bytes:
    """Return the file.

    Raises:
        ValueError: a heading of another level, a row that is not as wide as its head, or an unknown language.
    """
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(document),
        "word/document.xml": _body(document),
        "word/styles.xml": _styles(_language(document.language)),
        "word/settings.xml": _settings(_language(document.language)),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_OFFICE}/styles", "styles.xml"), ("settings", f"{_OFFICE}/settings", "settings.xml")
        ),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text.encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"A document cannot be in {code!r}.")
    return LANGUAGES[code]


def _plain(text: str) -> str:
    """Return a text without the signs that XML 1.0 cannot hold."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n\r" or 0x20 <= ord(sign) < 0xD800 or 0xE000 <= ord(sign) < 0xFFFE or ord(sign) > 0xFFFF
    )


def _body(document: Document) -> str:
    blocks = "".join(_block(block) for block in document.blocks)
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="709" w:footer="709"'
        ' w:gutter="0"/></w:sectPr>'
    )
    title = _paragraph(document.title, style="Title")
    return f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{title}{blocks}{page}</w:body></w:document>'


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            if not 1 <= level <= LEVELS:
                raise ValueError(f"There is no heading of level {level}.")
            return _paragraph(text, style=f"Heading{level}")
        case Paragraph(text, language, is_strong):
            return _paragraph(text, language=language, is_strong=is_strong)
        case Table():
            return _table(block)


def _paragraph(text: str, *, style: str = "", language: str = "", is_strong: bool = False, align: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    mark = "<w:b/>" if is_strong else ""
    mark += f'<w:lang w:val="{_language(language)}"/>' if language else ""
    lines = _plain(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    run = f"<w:r>{f'<w:rPr>{mark}</w:rPr>' if mark else ''}{inside}</w:r>"
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}</w:p>"


def _table(table: Table) -> str:
    count = len(table.head)
    if not count or any(len(row) != count for row in table.rows):
        raise ValueError("Every row of a table is as wide as its head.")
    grid = "".join(f'<w:gridCol w:w="{_WIDTH // count}"/>' for _name in table.head)
    rows = "".join(_rows(table, count))
    properties = (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        ' w:noVBand="1"/></w:tblPr>'
    )
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"


def _rows(table: Table, count: int) -> Iterator[str]:
    for place, row in enumerate([table.head, *table.rows]):
        head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if place == 0 else "<w:trPr><w:cantSplit/></w:trPr>"
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{_WIDTH // count}" w:type="dxa"/></w:tcPr>'
            + _paragraph(text, is_strong=place == 0, align="right" if column in table.numeric else "")
            + "</w:tc>"
            for column, text in enumerate(row)
        )
        yield f"<w:tr>{head}{cells}</w:tr>"


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_TYPE}.styles+xml",
        "/word/settings.xml": f"{_TYPE}.settings+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    told = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, kind, to in relations)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _properties(document: Document) -> str:
    moment = document.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_plain(document.title))}</dc:title><dc:creator>{escape(_plain(document.author))}</dc:creator>"
        f"<dc:language>{_language(document.language)}</dc:language>{made}</cp:coreProperties>"
    )


def _settings(language: str) -> str:
    return (
        f'{_HEAD}<w:settings xmlns:w="{_MAIN}"><w:defaultTabStop w:val="709"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="15"/></w:compat><w:themeFontLang w:val={quoteattr(language)}/></w:settings>'
    )


def _style(key: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


def _styles(language: str) -> str:
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    sizes = {1: 28, 2: 24, 3: 22}
    headings = "".join(
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:keepLines/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
        )
        for level, size in sizes.items()
    )
    title = _style("Title", "Title", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="36"/><w:szCs w:val="36"/>')
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}'
        f'<w:lang w:val="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="160" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        f'{title}{headings}<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>'
        "</w:styles>"
    )
