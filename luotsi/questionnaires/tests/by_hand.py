"""Compares more cases with survey-core than the suite has time for, and tells which part:

python -m luotsi.questionnaires.tests.by_hand 5000000 3000
"""

from __future__ import annotations

import sys
from typing import Any

from luotsi.questionnaires.rules.definition import read
from luotsi.questionnaires.rules.evaluation import evaluate
from luotsi.questionnaires.tests.asking import NOW, TODAY, plain
from luotsi.questionnaires.tests.comparing import AT_ONCE, surveyjs, worked_out_apart
from luotsi.questionnaires.tests.generating import case


def parting(one: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Return in what a case parts: names that one side has and the other has not, values that are not close."""
    definition = read(one["definition"]).definition
    if definition is None or "fault" in told:
        return {"fault": told.get("fault", "not read")}
    ours = evaluate(definition, one["answers"], today=TODAY, now=NOW)
    sides = {
        "visible": (told["visible"], ours.visible),
        "required": (told["required"], ours.required),
        "readOnly": (told["readOnly"], ours.read_only),
        "errors": (told["errors"], [error.name for error in ours.errors]),
    }
    found: dict[str, Any] = {
        key: sorted(set(theirs) ^ set(our)) for key, (theirs, our) in sides.items() if set(theirs) != set(our)
    }
    values = worked_out_apart(told, ours)
    return found | ({"values": values} if values else {})


def main(first: int, count: int) -> None:
    """Compare the cases of some seeds, a part at a time."""
    alike = 0
    for begin in range(first, first + count, AT_ONCE):
        seeds = range(begin, min(begin + AT_ONCE, first + count))
        cases = [plain(case(seed)) for seed in seeds]
        for seed, one, told in zip(seeds, cases, surveyjs(cases), strict=True):
            found = parting(one, told)
            alike += not found
            if found:
                sys.stdout.write(f"{seed} {found}\n")
        sys.stdout.write(f"{alike} of {seeds[-1] - first + 1} agree\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
