"""Words with marks, as `html` questions have them: a few tags pass, everything else is plain text."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

TAGS = frozenset({"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "h3", "h4", "a"})
VOID = frozenset({"br"})
SILENT = frozenset({"script", "style", "template", "iframe", "object", "svg", "math", "title", "head", "noscript"})
SCHEMES = ("https://", "http://", "mailto:")
RENAMED = {"h1": "h3", "h2": "h3", "div": "p"}


class _Sieve(HTMLParser):
    """Writes what passes; tags that are opened are closed in order, others do not come through."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Let an allowed tag through, a link with a safe address only."""
        if tag in SILENT:
            self.silent += 1
        tag = RENAMED.get(tag, tag)
        if self.silent or tag not in TAGS:
            return
        address = (dict(attrs).get("href") or "").strip() if tag == "a" else ""
        if tag == "a" and not address.lower().startswith(SCHEMES):
            return
        self.out.append(f'<a href="{escape(address)}" rel="noopener noreferrer">' if tag == "a" else f"<{tag}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag that is open, and those inside it."""
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        tag = RENAMED.get(tag, tag)
        if tag in self.open:
            while self.open:
                last = self.open.pop()
                self.out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Let words through as words."""
        if not self.silent:
            self.out.append(escape(data))


def sieved(html: str) -> str:
    """Return markup that is safe to show: allowed tags without attributes, links to the web and mail only."""
    sieve = _Sieve()
    sieve.feed(html)
    sieve.close()
    return "".join(sieve.out) + "".join(f"</{tag}>" for tag in reversed(sieve.open))
