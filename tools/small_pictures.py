"""Makes a PNG picture smaller: at most 256 colours, without alpha, by the PNG specification and nothing else."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator


def smaller(png: bytes) -> bytes:
    """Return the picture in 256 of its colours, without alpha; from Chromium's 8-bit RGB or RGBA."""
    width, height, kind, packed = 0, 0, 0, b""
    for name, body in chunks(png):
        if name == b"IHDR":
            width, height, _depth, kind = struct.unpack(">IIBB", body[:10])
        packed += body if name == b"IDAT" else b""
    size = 4 if kind == 6 else 3
    rows, above, lines = zlib.decompress(packed), bytearray(width * size), []
    step = width * size + 1
    for start in range(0, height * step, step):
        above = unfiltered(rows[start], bytearray(rows[start + 1 : start + step]), above, size)
        lines.append(bytes(above))
    pixels = [[line[i : i + 3] for i in range(0, len(line), size)] for line in lines]
    counted = Counter(pixel for line in pixels for pixel in line)
    palette = chosen_colours(counted)
    place = {colour: nearest_of(palette, colour) for colour in counted}
    data = zlib.compress(b"".join(bytes([0, *(place[pixel] for pixel in line)]) for line in pixels), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    made = [(b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", data), (b"IEND", b"")]
    return png[:8] + b"".join(chunk(name, body) for name, body in made)


def chosen_colours(counted: Counter[bytes]) -> list[bytes]:
    """Return at most 256 colours: the commonest of each hue and lightness, then the commonest of all."""
    common = [colour for colour, _count in counted.most_common()]
    kinds: dict[bytes, bytes] = {}
    for colour in common:
        kinds.setdefault(bytes(value >> 5 for value in colour), colour)
    return list(dict.fromkeys([*list(kinds.values())[:128], *common[:256]]))[:256]


def nearest_of(palette: list[bytes], colour: bytes) -> int:
    """Return the place of the colour in the palette, or of the one that is least different."""

    def distance(index: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(palette[index], colour, strict=True))

    return min(range(len(palette)), key=distance)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the parts of a PNG file: name and body."""
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a part of a PNG file with its length and checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def unfiltered(kind: int, row: bytearray, above: bytearray, size: int) -> bytearray:
    """Return a row of a PNG as it is without its filter (PNG specification, section 9)."""
    if kind == 2:
        return bytearray((value + up) & 255 for value, up in zip(row, above, strict=True))
    for i, value in enumerate(row if kind else b""):
        left, up, corner = (row[i - size], above[i], above[i - size]) if i >= size else (0, above[i], 0)
        guess = {1: left, 3: (left + up) // 2}.get(kind)
        row[i] = (value + (nearest(left, up, corner) if guess is None else guess)) & 255
    return row


def nearest(left: int, up: int, corner: int) -> int:
    """Return the neighbour that the Paeth filter takes."""
    by_left, by_up, by_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if by_left <= by_up and by_left <= by_corner:
        return left
    return up if by_up <= by_corner else corner
