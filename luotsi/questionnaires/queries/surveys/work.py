"""How far long work on a survey is, in words: what is done of how much, and what has gone wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.ui import formatting

if TYPE_CHECKING:
    from luotsi.questionnaires.models import Collection, SurveyWork


@dataclass(frozen=True)
class WorkTold:
    """Work that is going on; `look` is "info" while it goes, "alert" where it does not, "error" where it has stopped.

    `moves` is True while the page should look again by itself.
    """

    title: str
    count: str
    words: str
    look: str
    done: int
    total: int
    moves: bool
    may_resume: bool


def work_told(collection: Collection) -> WorkTold | None:
    """Return what is going on with a survey whose work was fetched with it; None where nothing is."""
    work: SurveyWork | None = getattr(collection, "work", None)
    state = work.state_at(clock.now()) if work else "done"
    if work is None or state == "done":
        return None
    title, count = _words(work.kind)
    if state == "stopped":
        title = _("%(what)s: this has stopped") % {"what": title}
    numbers = {"done": formatting.number(work.done), "total": formatting.number(work.total)}
    return WorkTold(
        title=title,
        count=count % numbers,
        words=_state_words(work, state),
        look={"going": "info", "stopped": "error"}.get(state, "alert"),
        done=work.done,
        total=work.total,
        moves=state != "stopped",
        may_resume=state in {"failed", "stopped", "quiet"},
    )


def _words(kind: str) -> tuple[str, str]:
    return {
        "inviting": (
            _("The survey is being opened"),
            _("%(done)s of %(total)s invited. Whoever has been invited can answer already."),
        ),
        "reminding": (_("Reminders are being written"), _("%(done)s of %(total)s reminded.")),
        "telling": (_("The new closing time is being told"), _("%(done)s of %(total)s written to.")),
        "settling": (
            _("The results are being worked out"),
            _("The survey has closed. %(done)s of %(total)s answers counted."),
        ),
    }[kind]


def _state_words(work: SurveyWork, state: str) -> str:
    if state == "going":
        return _("This goes on by itself; you may leave the page.")
    if state == "quiet":
        words = _("Nothing has moved since %(when)s: background work seems to stand still. It goes on where it is.")
        return words % {"when": formatting.moment(work.not_before)}
    when = formatting.moment(work.failed_at)
    if state == "failed":
        words = _("The last try failed %(when)s. It is tried again by itself; nothing is lost, nothing is done twice.")
        return words % {"when": when}
    words = _(
        "It has failed %(count)s times, last %(when)s, and is not tried again by itself. Nothing is lost, and nothing "
        "is done twice when you try again. If it fails again, whoever runs the installation finds the reason in the "
        "log of the worker."
    )
    return words % {"count": work.attempts, "when": when}
