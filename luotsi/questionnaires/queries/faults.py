"""Faults of a definition and of a rule set in sentences, for those who publish them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from luotsi.questionnaires.rules.checks import read_rules
from luotsi.questionnaires.rules.definition import Fault, Severity


def sentences(faults: Iterable[Fault]) -> list[str]:
    """Return a sentence for each fault that keeps a definition from being used."""
    return [_sentence(fault) for fault in faults if fault.severity is Severity.ERROR]


def _sentence(fault: Fault) -> str:
    told = ", ".join(f"{key} {value}" for key, value in fault.params.items())
    words = {"at": fault.at or "/", "code": fault.code, "told": told}
    return (_("%(at)s: %(code)s (%(told)s)") if told else _("%(at)s: %(code)s")) % words


def rule_faults(rule_set: object) -> list[str]:
    """Return a sentence for each fault of a rule set."""
    return [_sentence(fault) for fault in read_rules(rule_set).faults]
