"""Walks a page with the Tab key as somebody does who has no mouse, and tells what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_INSIDE = 8  # stops inside one field, such as the parts of a date

# Every element that Tab should reach, in the order of the document: marks them and remembers how they look at rest.
MARK = """() => {
  const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.closest("[inert]");
  const usual = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]";
  const scrolls = e => {
    const style = getComputedStyle(e);
    const over = (way, more) => /auto|scroll/.test(style["overflow" + way]) && more > 1;
    return over("X", e.scrollWidth - e.clientWidth) || over("Y", e.scrollHeight - e.clientHeight);
  };
  const tabbable = e => e.tabIndex >= 0 && !e.matches(":disabled") && seen(e)
    && !(e.localName === "summary" && e.parentElement?.localName !== "details");
  const all = [...document.body.querySelectorAll("*")];
  let found = all.filter(e => e.matches(usual) && tabbable(e));
  const inside = new Set(found);
  const boxes = all.filter(e => !inside.has(e) && seen(e) && e.tabIndex < 0 && !e.hasAttribute("tabindex")
    && !e.matches("textarea, select, html, body") && scrolls(e) && !found.some(one => e.contains(one)));
  found = all.filter(e => inside.has(e) || boxes.includes(e));
  // Radio buttons of one name are one stop: the chosen one, or whichever the browser comes to first.
  const groups = new Map();
  found = found.filter(e => {
    if (e.type !== "radio" || !e.name) return true;
    const key = (e.form ? [...document.forms].indexOf(e.form) : "") + " " + e.name;
    const chosen = [...document.getElementsByName(e.name)].find(one => one.form === e.form && one.checked);
    if (chosen ? chosen !== e : groups.has(key)) return false;
    groups.set(key, e);
    return true;
  });
  found.forEach((e, place) => { e.walked = {place, rest: null}; });
  const look = e => ["", "::before", "::after"].map(part => {
    const s = getComputedStyle(e, part || null);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor,
      s.textDecorationLine, s.color].join(" ");
  }).join("|");
  const around = e => [e, e.parentElement, e.nextElementSibling, ...(e.labels ?? [])];
  window.lookOf = e => around(e).filter(Boolean).map(look).join("\\n");
  for (const e of found) e.walked.rest = lookOf(e);
  window.told = e => e.localName + (e.id ? "#" + e.id : "") + (e.name ? `[name=${e.name}]` : "") + " “" +
    (e.innerText ?? "").trim().slice(0, 40) + "”";
  document.activeElement?.blur?.();
  getSelection().removeAllRanges();
  return found.map(told);
}"""
# What has the keyboard now, and what is wrong with it.
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return {place: -1, name: "", wrong: []};
  const wrong = [];
  const labelled = (e.getAttribute("aria-labelledby") ?? "").split(/\\s+/).filter(Boolean)
    .map(id => document.getElementById(id)?.textContent ?? "").join(" ");
  const shown = e.matches("input, select, textarea") ? "" : (e.textContent ?? "");
  const pictures = [...e.querySelectorAll("img[alt], svg[aria-label], [aria-label]")].map(
    one => one.getAttribute("alt") ?? one.getAttribute("aria-label")).join(" ");
  const name = [e.getAttribute("aria-label"), labelled, ...[...(e.labels ?? [])].map(one => one.textContent), shown,
    pictures, e.title].join(" ").trim();
  if (!name) wrong.push("has no name");
  const box = e.getBoundingClientRect();
  const wide = document.documentElement.clientWidth, high = document.documentElement.clientHeight;
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, wide)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, high)];
  if (right - left < 1 || bottom - top < 1) wrong.push("is outside of the window");
  else {
    const points = [[.5, .5], [.1, .1], [.9, .9], [.1, .9], [.9, .1]].map(([x, y]) =>
      document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)).filter(Boolean);
    const near = hit => hit.contains(e) || e.contains(hit) || [...(e.labels ?? [])].some(one => one.contains(hit))
      || hit.closest("label, .hds-checkbox, .hds-radio-button") === e.parentElement;
    if (points.length && !points.some(near)) wrong.push("is hidden behind " + told(points[0]));
  }
  if (e.walked && !e.matches(":focus-visible")) wrong.push("does not show that it has the keyboard");
  else if (e.walked && e.walked.rest === lookOf(e)) wrong.push("looks the same with the keyboard as without");
  return {place: e.walked ? e.walked.place : -2, name: told(e), wrong};
}"""

HAS_IT = """([target, words]) => {
  const e = document.activeElement;
  return e.matches(target) && e.textContent.includes(words);
}"""


def tab_to(page: Page, target: str, words: str = "") -> None:
    """Press Tab until an element, one with the words, has the keyboard."""
    for _turn in range(120):
        if page.evaluate(HAS_IT, [target, words]):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target} {words}")


def walked(page: Page) -> list[str]:
    """Press Tab from the beginning of the page to its end and return what is wrong, in words; empty = nothing.

    Every stop must have a name, stand in the window with nothing over it, and show that it has the keyboard. The
    stops must be the elements that Tab should reach, all of them, in the order of the document, and Tab must come out
    at the end.
    """
    expected: list[str] = page.evaluate(MARK)
    wrong: list[str] = []
    reached: list[int] = []
    stays = 0
    for _press in range(len(expected) * 2 + MOST_INSIDE):
        page.keyboard.press("Tab")
        here: dict[str, Any] = page.evaluate(HERE)
        place = here["place"]
        if place == -1 or (reached and place == reached[0] and len(reached) > 1):
            break
        stays = stays + 1 if reached and place == reached[-1] else 0
        if stays > MOST_INSIDE:
            wrong.append(f"{here['name']} does not let the keyboard go")
            break
        if stays:
            continue
        wrong += [f"{here['name']} {what}" for what in here["wrong"]]
        if place == -2:
            wrong.append(f"{here['name']} is reached though it should not be")
            continue
        if reached and place < reached[-1]:
            wrong.append(f"{here['name']} comes after {expected[reached[-1]]}")
        reached.append(place)
    missed = [name for place, name in enumerate(expected) if place not in reached]
    return wrong + [f"{name} is not reached" for name in missed[:5]]
