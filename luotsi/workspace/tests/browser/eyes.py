"""What the browser tests look for on a page: rules of accessibility, width, headings, complaints of the browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

AXE = Path(__file__).resolve().parents[4] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What depends on the colour scheme; everything else is the same in light and dark.
COLOURS = ("color-contrast", "link-in-text-block")
NARROW = 320

RUN_AXE = """async ([kind, values]) => {
  const found = await axe.run({runOnly: {type: kind, values}, resultTypes: ["violations"]});
  const place = node => node.target.join(" ") + " " + node.html.slice(0, 120);
  return found.violations.map(v => `${v.id}: ` + v.nodes.slice(0, 3).map(place).join(" | "));
}"""
TOO_WIDE = """() => {
  const page = document.documentElement, most = page.clientWidth;
  if (page.scrollWidth <= most) return "";
  const over = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > most + 1);
  return over.slice(0, 3).map(e => e.tagName + "." + e.className).join(", ") || "something";
}"""
SHAPE = """() => ({
  lang: document.documentElement.lang, title: document.title, mains: document.querySelectorAll("main").length,
  h1: [...document.querySelectorAll("h1")].map(h => h.textContent.trim()),
})"""


@cache
def _axe() -> str:
    if not AXE.exists():
        pytest.fail("axe-core is missing: run make setup-dev.")
    return AXE.read_text(encoding="utf-8")


def faults(page: Page, rules: tuple[str, ...] = RULES) -> list[str]:
    """Return what axe-core finds wrong on the page as it is drawn now, one line a rule."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found: list[str] = page.evaluate(RUN_AXE, ["rule" if rules == COLOURS else "tag", list(rules)])
    return found


def too_wide(page: Page) -> list[str]:
    """Return what sticks out sideways at the narrowest width."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 800})
    over: str = page.evaluate(TOO_WIDE)
    if before:
        page.set_viewport_size(before)
    return [f"wider than {NARROW} px: {over}"] if over else []


def misshapen(page: Page, language: str) -> list[str]:
    """Return what is wrong with the page's language, title, main part and first heading."""
    shape: dict[str, Any] = page.evaluate(SHAPE)
    wrong = []
    if shape["lang"] != language:
        wrong.append(f"lang is {shape['lang']}")
    if len(shape["h1"]) != 1 or not shape["h1"][0]:
        wrong.append(f"h1 are {shape['h1']}")
    if shape["mains"] != 1 or not shape["title"].removesuffix("– Luotsi").strip():
        wrong.append(f"{shape['mains']} main, title {shape['title']!r}")
    return wrong


def is_complaint(said: ConsoleMessage) -> bool:
    """Return whether the browser complains; an answer of 4xx is not a complaint, nor is a net taken away."""
    if said.type != "error":
        return False
    if "ERR_INTERNET_DISCONNECTED" in said.text:
        return False
    answered = said.text.startswith("Failed to load resource") and " 4" in said.text
    return not answered or "/static/" in said.location.get("url", "")
