"""A questionnaire whose repetition holds a repetition and a table with added rows, and answers to it."""

from __future__ import annotations

from typing import Any

NUMBER = {"cellType": "text", "inputType": "number"}
NESTED: dict[str, Any] = {
    "x-luotsi": {"name": "nested", "version": "1.0.0"},
    "title": {"fi": "Tavoitteet", "sv": "Mål", "en": "Goals"},
    "pages": [
        {
            "name": "goals-page",
            "title": {"en": "Goals"},
            "elements": [
                {
                    "type": "paneldynamic",
                    "name": "goals",
                    "title": {"en": "Goals"},
                    "panelCount": 1,
                    "templateTitle": {"en": "Goal {panelIndex}"},
                    "templateElements": [
                        {"type": "text", "name": "goal", "title": {"en": "What is aimed at"}, "isRequired": True},
                        {
                            "type": "paneldynamic",
                            "name": "steps",
                            "title": {"en": "Steps"},
                            "maxPanelCount": 3,
                            "templateElements": [
                                {"type": "text", "name": "what", "title": {"en": "What is done"}, "isRequired": True},
                                {"type": "comment", "name": "how", "title": {"en": "How"}, "maxLength": 20},
                            ],
                        },
                        {
                            "type": "matrixdynamic",
                            "name": "costs",
                            "title": {"en": "Costs"},
                            "rowCount": 1,
                            "columns": [
                                {"name": "item", "title": {"en": "Item"}, "cellType": "text"},
                                {"name": "sum", "title": {"en": "Euros"}, "totalType": "sum", **NUMBER},
                            ],
                        },
                    ],
                }
            ],
        },
        {
            "name": "last",
            "title": {"en": "Last"},
            "elements": [{"type": "text", "name": "end", "title": {"en": "Anything else"}}],
        },
    ],
}
ANSWERS: list[dict[str, Any]] = [
    {
        "goal": "Read more",
        "steps": [{"what": "Buy books", "how": "Together"}, {"what": "Read aloud"}],
        "costs": [{"item": "Books", "sum": 120}, {"item": "Shelves", "sum": 80}],
    },
    {"goal": "Count more", "steps": [{"what": "Play with numbers"}], "costs": [{"item": "Dice", "sum": 12}]},
]
