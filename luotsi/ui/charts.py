"""Charts: a Vega-Lite specification becomes an SVG drawn on the server, with its numbers beside it.

The picture follows the page's colours and scheme (`vega-config.json` speaks in CSS variables), holds nothing that
a strict content security policy refuses, and is kept by its content, so that the same chart is drawn once.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree

from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe

from luotsi.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    type Size = Literal["wide", "narrow"]

DRAWING = 1
"""Goes up when the drawing below changes, so that charts kept from before are drawn anew."""
WIDTHS = {"wide": 720, "narrow": 312}
HEIGHTS = {"wide": 300, "narrow": 260}
SMALLEST_TEXT = 12.0
COMPOSED = {"facet", "repeat", "concat", "hconcat", "vconcat"}
ELEMENTS = {"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath", "linearGradient",
            "radialGradient", "stop"}  # fmt: skip
ATTRIBUTES = {"clip-path", "cx", "cy", "d", "dominant-baseline", "dx", "dy", "fill", "fill-opacity", "font-family",
              "font-size", "font-style", "font-weight", "fx", "fy", "gradientUnits", "height", "id", "offset",
              "opacity", "points", "r", "rx", "ry", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
              "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
              "stroke-width", "text-anchor", "transform", "width", "x", "x1", "x2", "y", "y1", "y2"}  # fmt: skip
TEXT_CLASSES = {"var(--ink)": "c-ink", "var(--paper)": "c-on"}
REFERENCE = re.compile(r"url\(\s*['\"]?#([\w-]+)['\"]?\s*\)")


@dataclass(frozen=True)
class Chart:
    """A drawn chart: the wide and the narrow picture (SVG), what it is, and its numbers as a table."""

    wide: SafeString
    narrow: SafeString
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def draw(
    spec: dict[str, Any],
    *,
    title: str,
    message: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    narrow: dict[str, Any] | None = None,
) -> Chart:
    """Return the chart of a Vega-Lite specification; its width is set here, its height unless the chart says.

    Args:
        spec: a Vega-Lite 6 specification with its data inside (`altair.Chart.to_dict()` gives one).
        title: what the chart shows, for those who hear it.
        message: what the chart says, in one sentence.
        headers: headings of the data table; the first is that of the row headings.
        rows: the numbers, as they are (None = missing) or in words.
        narrow: another specification for narrow places; by default the same one is drawn narrow.

    Raises:
        ValueError: the specification cannot be drawn, or reads its data from somewhere else.
    """
    specs: dict[Size, dict[str, Any]] = {"wide": spec, "narrow": narrow or spec}
    pictures = {size: _picture(size, given, title, message) for size, given in specs.items()}
    return Chart(
        wide=pictures["wide"],
        narrow=pictures["narrow"],
        title=title,
        headers=tuple(headers),
        rows=tuple(tuple(row) for row in rows),
    )


def _picture(size: Size, spec: dict[str, Any], title: str, message: str) -> SafeString:
    locale = formatting.language()
    content = [DRAWING, version("vl-convert-python"), _config(), locale, size, spec, str(title), str(message)]
    key = sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
    kept: str | None = caches["charts"].get(key)
    if kept is None:
        kept = _clean(_render(size, spec, locale), size, f"chart-{key[:12]}", str(title), str(message))
        caches["charts"].set(key, kept)
    return mark_safe(kept)  # noqa: S308 - written element by element in _clean


@cache
def _config() -> dict[str, Any]:
    config: dict[str, Any] = json.loads((Path(__file__).parent / "vega-config.json").read_text(encoding="utf-8"))
    return config


def _render(size: Size, spec: dict[str, Any], locale: str) -> str:
    import vl_convert

    if any("url" in source for source in _sources(spec)):
        raise ValueError("A chart carries its own data; it does not fetch them.")
    sized = dict(spec)
    if not COMPOSED & spec.keys():
        sized["width"] = WIDTHS[size]
        sized.setdefault("height", HEIGHTS[size])
        sized["autosize"] = {"type": "fit-x", "contains": "padding"}
    numbers = _numbers(locale)
    return vl_convert.vegalite_to_svg(sized, config=_config(), allowed_base_urls=[], format_locale=numbers)


def _sources(part: object) -> Iterator[dict[str, Any]]:
    """Yield every data source in a specification, however deep."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "data" and isinstance(value, dict):
                yield value
            elif name not in {"values", "datasets"}:
                yield from _sources(value)
    elif isinstance(part, list):
        for value in part:
            yield from _sources(value)


def _numbers(locale: str) -> dict[str, Any]:
    """Return the number format of a language (d3-format locale), the same as `formatting` writes."""
    english = locale == "en"
    return {
        "decimal": "." if english else ",",
        "thousands": "," if english else formatting.NBSP,
        "grouping": [3],
        "currency": ["€", ""] if english else ["", f"{formatting.NBSP}€"],
        "percent": "%" if english else f"{formatting.NBSP}%",
        "minus": formatting.MINUS,
        "nan": formatting.MISSING,
    }


def _clean(svg: str, size: Size, prefix: str, title: str, message: str) -> str:
    """Return the drawing with known elements and presentation attributes only, under our own root and names."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by vl-convert a moment ago
    marked = (element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    names = {old: f"{prefix}-{place}" for place, old in enumerate(marked)}
    inside = "".join(_written(child, names) for child in root)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{size}" role="img" aria-labelledby="{prefix}-t {prefix}-d"'
        f' width="{escape(root.get("width", ""))}" height="{escape(root.get("height", ""))}"'
        f' viewBox="{escape(root.get("viewBox", ""))}">'
        f'<title id="{prefix}-t">{escape(title)}</title><desc id="{prefix}-d">{escape(message)}</desc>{inside}</svg>'
    )


def _written(element: ElementTree.Element, names: dict[str, str]) -> str:
    name = element.tag.rpartition("}")[2]
    inside = escape(element.text or "") + "".join(
        _written(child, names) + escape(child.tail or "") for child in element
    )
    if name == "a":
        return inside
    if name not in ELEMENTS or element.get("display") == "none":
        return ""
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in _attributes(element, name, names).items())
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _attributes(element: ElementTree.Element, name: str, names: dict[str, str]) -> dict[str, str]:
    """Return the attributes that stay: styles as presentation attributes, references within this drawing only."""
    declared = (part.partition(":") for part in element.get("style", "").split(";") if ":" in part)
    given = dict(element.attrib) | {key.strip(): value.strip() for key, _colon, value in declared}
    kept = {key: value for key, value in given.items() if key in ATTRIBUTES}
    if "id" in kept:
        kept["id"] = names[kept["id"]]
    for key, value in list(kept.items()):
        if "url(" in value:
            found = REFERENCE.fullmatch(value)
            kept[key] = f"url(#{names[found[1]]})" if found and found[1] in names else "none"
    if name in {"text", "tspan"}:
        kept |= _text(kept)
    return kept


def _text(given: dict[str, str]) -> dict[str, str]:
    """Return what a text needs: never too small, and the class by which the stylesheet gives it its colour."""
    found: dict[str, str] = {}
    if size := re.match(r"[\d.]+", given.get("font-size", "")):
        found["font-size"] = f"{max(float(size[0]), SMALLEST_TEXT):g}px"
    if words := TEXT_CLASSES.get(given.get("fill", "")):
        heavy = given.get("font-weight") in {"600", "650", "700", "bold"}
        found["class"] = "c-strong" if words == "c-ink" and heavy else words
    return found
