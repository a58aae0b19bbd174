"""Pages of learning, in the form of the list of every page; `NO_LEARNING_PAGES` names addresses without a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.learning.tests.staged import stage

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

LEARNING = """
learning:see-figures
"""
NO_LEARNING_PAGES = """
learning:see-room
"""


def learning(cast: Cast) -> dict[str, Any]:
    """Add learners and those who guide, teach and register them; return what the addresses take."""
    return stage(cast).values
