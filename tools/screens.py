"""Takes pictures of every page: `python -m tools.screens [--docs]`.

It starts the product at a free port with a data folder of its own, which goes away afterwards, loads the demo with a
small college and waits until that is in (or looks at a demo that runs: --at http://127.0.0.1:8000). It signs in
as several people and looks at 360, 768 and 1280 px, in light and dark. The pictures go to var/screens/; pages that are
wider than their window are named. With --docs only the few pictures of docs/screenshots/ are taken anew. Chromium cuts
the pictures; `tools.small_pictures` makes the ones for docs smaller with the standard library alone (256 colours, zlib
at its highest), so that no imaging library is needed.
"""

import argparse
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from tools.need_chromium import FLAGS, MISSING, chromium
from tools.small_pictures import smaller

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "var" / "screens"
DOCS = ROOT / "docs" / "screenshots"
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
DOCS_HEIGHT = 1400
DOCS_BYTES = 150_000
REGION, PROVIDER, SCHOOL = "tampereen-kaupunkiseutu", "tampere", "kapytikan-esimerkkikoulu"
ALL = f"/u/{REGION}"
GRANTS = "/u/helsinki/funding"
OWN_CALL = f"{GRANTS}/own-calls/koulujen-kokeiluraha-2027"
STUDIES, COLLEGE = "/u/esimerkkiopisto-keskustan-kampus/learning", "/u/esimerkkiopisto/learning"
LEARNERS, COLLEGE_IS_IN = "300", "learning.demo.delivered"
PLAN, CITY = f"{ALL}/programme/tre-seutu-digi-2024-2027", "/u/helsinki/programme/hki-digi-2016-2019"

# Who looks at which address, and the name of the picture; after an arrow: by the first link of the list there.
PAGES = {
    "": {
        "signin": "/account/login/",
        "signup": "/account/signup/",
        "reset": "/account/password/reset/",
        "accessibility": "/accessibility/",
        "privacy": "/privacy/",
        "invitation-unknown": "/invitation/unknown/",
        "public-programme": "/p/hki-digi-2016-2019/",
    },
    "aino": {
        "home": f"{ALL}/",
        "search": f"{ALL}/search/?q=koulu",
        "search-nothing": f"{ALL}/search/?q=zzzz",
        "mail": "/demo/mail/",
        "components": "/demo/components/",
        "unit-region": f"{ALL}/unit/",
        "unit-provider": f"/u/{PROVIDER}/unit/",
        "unit-school": f"/u/{SCHOOL}/unit/",
        "unit-edit": f"/u/{SCHOOL}/unit/edit/",
        "unit-end": f"/u/{SCHOOL}/unit/end/",
        "unit-add": f"/u/{PROVIDER}/units/add/details/",
        "unit-add-leader": f"/u/{PROVIDER}/units/add/leader/",
        "units": f"/u/{PROVIDER}/units/",
        "units-nothing": f"{ALL}/units/?q=zzzz",
        "persons": f"/u/{PROVIDER}/persons/",
        "person": f"/u/{SCHOOL}/persons/?q=celia ->",
        "role-give": f"/u/{SCHOOL}/persons/?q=celia -> give-role/",
        "role-end": f"/u/{SCHOOL}/persons/?q=celia -> a[href$='/end/']",
        "invitations": f"{ALL}/invitations/",
        "invite": f"/u/{SCHOOL}/invitations/new/",
        "import": f"/u/{PROVIDER}/import/",
        "log": f"{ALL}/log/",
        "programmes": f"{ALL}/programme/",
        "programme": f"{PLAN}/",
        "programme-member": f"/u/{PROVIDER}/programme/tre-seutu-digi-2024-2027/",
        "measures": f"{PLAN}/measures/",
        "measure": f"{PLAN}/measures/M42/",
        "milestones": f"{PLAN}/milestones/",
        "state": f"{PLAN}/milestones/M42/2025-26/",
        "members": f"{PLAN}/compare/",
        "findings": f"{PLAN}/findings/",
        "money": f"{PLAN}/money/",
        "clock": f"{PLAN}/clock/",
        "versions": f"{PLAN}/versions/",
        "versions-compared": f"{PLAN}/versions/1/2/",
        "plan-edit": f"{PLAN}/edit/",
        "plan-import": f"/u/{PROVIDER}/programme/import/",
        "indicators": f"{ALL}/indicators/",
        "indicator": f"{ALL}/indicators/tre-mfa/",
        "indicator-broken": f"{ALL}/indicators/tre-basic-level/",
        "indicator-trace": f"{ALL}/indicators/tre-mfa/trace/",
        "indicator-compare": f"{ALL}/indicators/tre-mfa/compare/",
        "observations": f"{ALL}/observations/",
        "observation-enter": f"/u/{SCHOOL}/observations/enter/",
        "facts": f"{ALL}/facts/",
        "keys": f"{ALL}/keys/",
        "reports": f"{ALL}/reports/",
        "report": f"{ALL}/reports/ ->",
        "account": "/me/",
        "sessions": "/me/sessions/",
        "not-found": "/u/nowhere/",
        "sign-out": "/account/logout/",
        "email": "/account/email/",
        "password": "/account/password/change/",
        "second-factor": "/account/2fa/",
        "passkey-add": "/account/2fa/webauthn/add/",
        "app-add": "/account/2fa/totp/activate/",
    },
    "bilal": {
        "home-principal": f"/u/{SCHOOL}/",
        "no-permission": f"/u/{SCHOOL}/unit/edit/",
        "my-unit": f"/u/{SCHOOL}/programme/my-unit/",
        "indicator-school": f"/u/{SCHOOL}/indicators/tre-mfa/",
    },
    "pihla": {
        "city-programme": f"{CITY}/",
        "city-findings": f"{CITY}/findings/",
        "city-reports": "/u/helsinki/reports/",
        "city-report": "/u/helsinki/reports/ ->",
        "portfolio": f"{GRANTS}/",
        "calls": f"{GRANTS}/calls/",
        "own-shares": f"{GRANTS}/own-shares/",
        "application": f"{GRANTS}/?q=luonnos ->",
        "application-checks": f"{GRANTS}/?q=luonnos -> checks/",
        "application-own-share": f"{GRANTS}/?q=InnoLab -> own-share/",
    },
    "eeva": {
        "spending": f"/u/{PROVIDER}/funding/?q=digiverkosto -> spending/",
        "entries": f"/u/{PROVIDER}/funding/?q=digiverkosto -> spending/ entries/",
        "changes": f"/u/{PROVIDER}/funding/?q=digiverkosto -> changes/",
        "grant-reports": f"/u/{PROVIDER}/funding/?q=digiverkosto -> reports/",
    },
    "outi": {
        "own-call": f"{OWN_CALL}/",
        "received": f"{OWN_CALL}/received/",
        "scoring": f"{OWN_CALL}/scoring/",
        "proposal": f"{OWN_CALL}/proposal/",
        "decisions": f"{OWN_CALL}/decisions/",
        "payments": f"{OWN_CALL}/payments/",
        "own-call-statistics": f"{OWN_CALL}/statistics/",
    },
    "celia": {"home-teacher": f"/u/{SCHOOL}/", "unit-teacher": f"/u/{SCHOOL}/unit/"},
    "gunilla": {"home-digital-team": f"{ALL}/"},
    "venla": {
        "my-studies": "~/learning/mine/",
        "my-guidance": "~/learning/my-guidance/",
    },
    "taavi": {
        "caseload": f"{STUDIES}/caseload/",
        "guidance-of-learner": f"{STUDIES}/caseload/ ->",
        "progress-list": f"{STUDIES}/progress/",
        "progress-of-learner": f"{STUDIES}/caseload/ -> progress/",
    },
    "yrjo": {"studies-figures": f"{STUDIES}/figures/", "studies-totals": f"{STUDIES}/totals/"},
    "zaida": {
        "studies-forecasts": f"{COLLEGE}/forecasts/",
        "groups-by-need": f"{COLLEGE}/groups-by-need/",
        "models": f"{COLLEGE}/models/",
        "effects": f"{COLLEGE}/effects/",
    },
    "werner": {"quality-of-data": f"{STUDIES}/quality/", "study-imports": f"{STUDIES}/imports/"},
}
OPENED = {
    "menu-open": (360, "button[popovertarget=menu]"),
    "units-open": (1280, "button.lu-scope"),
    "me-open": (1280, ".lu-top button[popovertarget=me]"),
}


@dataclass(frozen=True)
class DocsPicture:
    """A picture of the documentation: its file, who looks, at which page, how wide, in which scheme."""

    file: str
    who: str
    page: str
    width: int
    scheme: str = "light"


FOR_DOCS = (
    DocsPicture("home-1280", "aino", "home", 1280),
    DocsPicture("home-360", "aino", "home", 360),
    DocsPicture("home-dark-1280", "aino", "home", 1280, "dark"),
    DocsPicture("programme-1280", "aino", "programme", 1280),
    DocsPicture("programme-360", "aino", "programme", 360),
    DocsPicture("indicator-1280", "aino", "indicator", 1280),
    DocsPicture("report-1280", "pihla", "city-report", 1280),
    DocsPicture("checks-1280", "pihla", "application-checks", 1280),
    DocsPicture("spending-1280", "eeva", "spending", 1280),
    DocsPicture("proposal-1280", "outi", "proposal", 1280),
    DocsPicture("public-1280", "", "public-programme", 1280),
    DocsPicture("caseload-1280", "taavi", "caseload", 1280),
    DocsPicture("my-studies-360", "venla", "my-studies", 360),
    DocsPicture("studies-figures-1280", "yrjo", "studies-figures", 1280),
    DocsPicture("units-1280", "aino", "units", 1280),
    DocsPicture("person-1280", "aino", "person", 1280),
    DocsPicture("signin-1280", "", "signin", 1280),
)


@contextmanager
def running() -> Iterator[str]:
    """Run the product with its demo and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = tempfile.mkdtemp(prefix="luotsi-screens-")
    ours = {name: value for name, value in os.environ.items() if not name.startswith("LUOTSI_")}
    ours.pop("DATABASE_URL", None)
    ours |= {"LUOTSI_DATA": data, "LUOTSI_DEMO": "1", "LUOTSI_DEMO_LEARNERS": LEARNERS, "PORT": str(port)}
    program = Path(sys.executable).with_name("luotsi")
    process = subprocess.Popen([program, "run"], env=ours, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}/health/", process)
        wait_for_college(Path(data) / "luotsi.sqlite3", process)
        yield address
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(data, ignore_errors=True)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the address answers; end the program when the product has ended."""
    for _attempt in range(600):
        if process.poll() is not None:
            sys.exit("The product did not start.")
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own address
        except (urllib.error.URLError, OSError):
            Event().wait(0.2)
        else:
            return
    sys.exit("The product does not answer.")


def wait_for_college(database: Path, process: subprocess.Popen[bytes]) -> None:
    """Return when the worker has taken the demo's college in to the end: a few minutes with few learners."""
    print("The worker takes the college of the demo in …")
    found = "SELECT count(*) FROM base_auditentry WHERE verb = ?"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reader:
        while not reader.execute(found, [COLLEGE_IS_IN]).fetchone()[0]:
            if process.poll() is not None:
                sys.exit("The product has ended.")
            Event().wait(2)


def context_of(browser: "Browser", address: str, who: str, language: str) -> "BrowserContext":
    """Return the browser of a person, signed in and reading the language."""
    context = browser.new_context(base_url=address, locale=language, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/account/login/")
    if who:
        page.click(f"button[value='{who}@luotsi.example']")
        page.wait_for_url("**/u/**")
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page.close()
    return context


def go(page: "Page", way: str) -> None:
    """Open an address, ~ being one's own home; what follows an arrow is the link to take, by its end or a selector."""
    address, *links = [part.strip() for part in way.split("->")]
    if address.startswith("~"):
        page.goto("/")
        address = page.url.rstrip("/") + address[1:]
    page.goto(address)
    if links:
        page.goto(page.get_attribute("tbody a", "href") or "")
    for link in filter(None, links):
        selector = link if "[" in link else f"a[href$='{link}']"
        page.goto(page.locator(selector).first.get_attribute("href") or "")


def overflow(page: "Page") -> int:
    """Return by how many pixels the page is wider than its window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found


def take_all(browser: "Browser", address: str, language: str, only: str) -> int:
    """Take every picture; return how many pages are too wide."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    wide = 0
    for who, pages in PAGES.items():
        context = context_of(browser, address, who, language)
        page = context.new_page()
        for name, way in pages.items():
            if only not in name:
                continue
            go(page, way)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if (over := overflow(page)) > 0:
                    wide += 1
                    print(f"{name} at {width} px is {over} px too wide")
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                    page.screenshot(path=SCREENS / f"{name}-{language}-{width}-{scheme}.png", full_page=True)
        if who == "aino" and not only:
            take_opened(page, language)
        context.close()
    return wide


def take_opened(page: "Page", language: str) -> None:
    """Take the menus, opened."""
    for name, (width, button) in OPENED.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{ALL}/")
        page.click(button)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.screenshot(path=SCREENS / f"{name}-{language}-{width}-{scheme}.png")


def take_docs(browser: "Browser", address: str, language: str, only: str) -> None:
    """Take the pictures of the documentation, cut at 1400 px and small."""
    DOCS.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in FOR_DOCS if only in picture.file]
    for who in sorted({picture.who for picture in wanted}):
        context = context_of(browser, address, who, language)
        page = context.new_page()
        for picture in wanted:
            if picture.who != who:
                continue
            page.emulate_media(color_scheme="dark" if picture.scheme == "dark" else "light")
            page.set_viewport_size({"width": picture.width, "height": 900})
            go(page, PAGES[who][picture.page])
            height = min(DOCS_HEIGHT, int(page.evaluate("document.documentElement.scrollHeight")))
            clip = {"x": 0, "y": 0, "width": picture.width, "height": height}
            taken = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
            small = smaller(taken)
            (DOCS / f"{picture.file}.png").write_bytes(small)
            print(f"docs/screenshots/{picture.file}.png {len(small) // 1000} kB")
        context.close()


def main() -> int:
    """Take the pictures; 1 when a page is wider than its window or a picture of docs is too heavy."""
    parser = argparse.ArgumentParser(prog="tools.screens", description="Takes pictures of every page.")
    parser.add_argument("--docs", action="store_true", help="only those of docs/screenshots")
    parser.add_argument("--language", default="en", choices=("fi", "sv", "en"))
    parser.add_argument("--only", default="", help="only pages whose name has this in it")
    parser.add_argument("--at", default="", metavar="ADDRESS", help="a demo that runs already, with all that is in it")
    chosen = parser.parse_args()
    if not (path := chromium()):
        sys.exit(MISSING)
    from playwright.sync_api import sync_playwright

    with nullcontext(chosen.at) if chosen.at else running() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        if chosen.docs:
            take_docs(browser, address, chosen.language, chosen.only)
            heavy = [p.name for p in DOCS.glob("*.png") if p.stat().st_size >= DOCS_BYTES]
            print(f"Too heavy: {', '.join(heavy)}" if heavy else "The pictures of docs are new.")
            return bool(heavy)
        wide = take_all(browser, address, chosen.language, chosen.only)
        print(f"{len(list(SCREENS.glob('*.png')))} pictures in var/screens, {wide} too wide.")
        return bool(wide)


if __name__ == "__main__":
    sys.exit(main())
