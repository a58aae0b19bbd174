"""What this room can count: which share of the milestones that fall due in a period has been reached."""

from __future__ import annotations

from typing import Any

from luotsi.programme.rules.values import Text

TABLE = "milestones"

NAMES = Text(
    fi="Saavutettujen virstanpylväiden osuus", sv="Andel uppnådda milstolpar", en="Share of milestones reached"
)
NUMERATOR = Text(fi="saavutetut virstanpylväät", sv="uppnådda milstolpar", en="milestones reached")
DENOMINATOR = Text(
    fi="virstanpylväät, joita ei ole peruttu",
    sv="milstolpar som inte har ställts in",
    en="milestones that were not cancelled",
)
RULE = Text(
    fi="Virstanpylväs kuuluu jaksoon, jossa sen määräpäivä on; saavutettu on se, jonka yksikkö on merkinnyt tehdyksi.",
    sv="En milstolpe hör till den period där dess sista dag ligger; uppnådd är den som enheten har markerat som klar.",
    en="A milestone belongs to the period in which it falls due; it is reached when its unit has told so.",
)


def key_of(slug: str) -> str:
    """Return the address of the indicator of a programme."""
    return f"{slug}-milestones"[:80]


def counting(programme: str) -> dict[str, Any]:
    """Return how it is counted from the table `milestones`, as a definition keeps it."""
    own = ["programme", "=", programme]
    return {
        "table": TABLE,
        "semantics": "during",
        "numerator": {"where": [own, ["is_done", "=", True]]},
        "denominator": {"where": [own, ["state", "!=", "cancelled"]]},
    }
