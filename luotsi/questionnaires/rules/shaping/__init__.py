"""Shaping a definition: adding, moving, changing, renaming, translating, and telling two of them apart."""

from luotsi.questionnaires.rules.shaping.changing import changed, in_place_of, with_texts
from luotsi.questionnaires.rules.shaping.differences import Change, Weight, differences, proposed
from luotsi.questionnaires.rules.shaping.moving import added, copied, moved, moved_to, removed
from luotsi.questionnaires.rules.shaping.places import Shaped, ShapingRefused, Spot, begun, found_at, spots
from luotsi.questionnaires.rules.shaping.renaming import renamed, renamed_rules
from luotsi.questionnaires.rules.shaping.turning import Turned, turned, turns
from luotsi.questionnaires.rules.shaping.words import Text, texts_in, texts_of

__all__ = [
    "Change",
    "Shaped",
    "ShapingRefused",
    "Spot",
    "Text",
    "Turned",
    "Weight",
    "added",
    "begun",
    "changed",
    "copied",
    "differences",
    "found_at",
    "in_place_of",
    "moved",
    "moved_to",
    "proposed",
    "removed",
    "renamed",
    "renamed_rules",
    "spots",
    "texts_in",
    "texts_of",
    "turned",
    "turns",
    "with_texts",
]
