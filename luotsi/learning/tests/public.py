"""Public sets for tests: where they are, and a made-up one in the shape of the polytechnic's."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from luotsi.learning.engine import uci


def public_sets() -> Path:
    """Return the folder of the public sets beside the checkout; it need not be there."""
    wanted = Path("shared") / "data" / "learning"
    folders = [folder / wanted for folder in Path(__file__).parents]
    return next((folder for folder in folders if folder.is_dir()), wanted)


def write_polytechnic(folder: Path, *, students: int = 1_500, seed: int = 4, steady: bool = True) -> Path:
    """Write a made-up set: who passes little leaves more often, in the last years too unless not `steady`."""
    rng = Random(seed)  # noqa: S311  made up the same way every time
    years = list(uci.YEARS)
    rows = []
    for _student in range(students):
        year, passed, gender = rng.choice(years), rng.randint(0, 6), rng.randint(0, 1)
        late = years.index(year) >= len(years) - 3
        chance = 0.97 - passed * 0.16
        leaves = rng.random() < (chance if steady or not late else 1 - chance)
        row: dict[str, object] = dict.fromkeys((*uci.LISTS, *uci.NUMBERS, *uci.PERSONAL_LISTS, *uci.PERSONAL), 1)
        row |= {"Gender": gender, "Unemployment rate": year, "Target": "Dropout" if leaves else "Graduate"}
        for semester in ("1st", "2nd"):
            row |= {f"Curricular units {semester} sem ({name})": 0 for name in uci.UNITS}
            row |= {
                f"Curricular units {semester} sem (enrolled)": 6,
                f"Curricular units {semester} sem (approved)": passed,
                f"Curricular units {semester} sem (grade)": 10 + passed,
            }
        rows.append(row)
    path = folder / uci.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return folder
