"""What a rule says about a figure: a code and its numbers; the words stand with those who write pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Remark:
    """One reason. `code` is stable, `params` are what a sentence needs, `field` is the input it is about, if any."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    field: str = ""


def remark(code: str, about: str = "", /, **params: object) -> Remark:
    """Return a remark about an input with the parameters of its sentence."""
    return Remark(code, params, about)
