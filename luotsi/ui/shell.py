"""What stands around every working page: menu, unit switcher, own tools. Filled by the workspace, drawn here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Named(Protocol):
    """Something with a name and the language the name is in."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def lang(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class NavEntry:
    """One entry of the main menu; `count` = tasks that wait for this person there."""

    key: str
    label: str
    url: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True)
class ScopeOption:
    """One unit in the switcher; `depth` 0 is the outermost."""

    names: Named
    note: str
    url: str
    depth: int
    current: bool


@dataclass(frozen=True)
class Scope:
    """The unit that the page is about: what it belongs to, its name, and the units to change to."""

    kind: str
    name: str
    options: tuple[ScopeOption, ...]
    all_url: str


@dataclass(frozen=True)
class Shell:
    """Everything around the content of a working page."""

    nav: tuple[NavEntry, ...]
    scope: Scope | None
    user_label: str
    account_url: str
    search_url: str
    home_url: str
    sign_out_url: str
    demo_mail_url: str = ""
    query: str = ""
