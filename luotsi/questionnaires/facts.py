"""What this room offers to be counted: answers to survey items with a role, as far as they may be told.

The rows are made of the figures that were published when a survey was settled, never of the answers themselves: what
may not be told of a unit stands with the unit above it. So whatever is counted of them tells no more than the results.
Beside them stands how many were asked and have answered.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F

from luotsi.base import clock
from luotsi.base.declarations import marked as _
from luotsi.base.facts import ColumnKind, FactColumn, FactTable
from luotsi.people.models import Unit
from luotsi.questionnaires.models import Collection, Published, Turnout
from luotsi.questionnaires.rules import definition as d
from luotsi.questionnaires.rules.filling.reading import key_of
from luotsi.questionnaires.rules.surveys.items import Item, items_of

_SPACE = uuid.UUID("b9ad3c8e-7f0d-4a55-9a0c-1f2be06c9d11")
ONE = frozenset({d.Kind.RADIOGROUP, d.Kind.DROPDOWN, d.Kind.BOOLEAN, d.Kind.RATING, d.Kind.MATRIX})


def answer_rows() -> Iterator[tuple[object, ...]]:
    """Yield a row for each answer to an item with a role, of every settled survey; three queries a survey."""
    surveys = Collection.objects.surveys().filter(settled_at__isnull=False)
    for survey in surveys.select_related("version__questionnaire", "owner").order_by("settled_at", "pk"):
        definition = d.read(survey.version.definition).definition
        if definition is None:
            continue
        kinds = {question.name: question.kind for question in definition.questions}
        groups = _groups(survey)
        for item in items_of(definition):
            if item.role and kinds[item.question] in ONE:
                yield from _of_item(survey, item, groups)


def _groups(survey: Collection) -> list[tuple[Unit, dict[str, list[int]]]]:
    """Return the units that are told of with the counts of their items, the lowest first."""
    found = Published.objects.filter(collection=survey, kind__in=[Published.Kind.WHOLE, Published.Kind.UNIT])
    groups = [
        (group.unit or survey.owner, {name: one["counts"] for name, one in group.figures.items() if "counts" in one})
        for group in found.select_related("unit")
    ]
    return sorted(groups, key=lambda group: -len(group[0].path))


def _of_item(
    survey: Collection, item: Item, groups: list[tuple[Unit, dict[str, list[int]]]]
) -> Iterator[tuple[object, ...]]:
    told_of = [(unit, counts[item.name]) for unit, counts in groups if item.name in counts]
    day = clock.day_of(survey.settled_at) if survey.settled_at else None
    taken: list[tuple[str, list[int]]] = []
    for unit, counts in told_of:
        below = [rest for path, rest in taken if path.startswith(unit.path) and path != unit.path]
        rest = [count - sum(one[place] for one in below) for place, count in enumerate(counts)]
        taken.append((unit.path, rest))
        for place, count in enumerate(rest):
            value = item.numbers[place] if item.numbers else None
            for number in range(count):
                record = uuid.uuid5(_SPACE, f"{survey.pk} {item.name} {unit.pk} {place} {number}")
                questionnaire = survey.version.questionnaire.key
                option = key_of(item.options[place][0])
                yield record, unit.pk, day, questionnaire, item.name, item.role, item.signature, option, value


def turnout_rows() -> Iterator[tuple[object, ...]]:
    """Yield for each settled survey, role of its items and unit how many were asked and have answered; two queries.

    Where more have answered than were asked, by a common link, nobody knows of how many they are: that is left out.
    """
    known = Turnout.objects.filter(collection__settled_at__isnull=False, invited__gte=F("answered"), invited__gt=0)
    roles: dict[uuid.UUID, tuple[str, ...]] = {}
    fields = "collection__version", "collection__version__questionnaire"
    for one in known.select_related(*fields).order_by("collection__settled_at", "collection", "unit"):
        survey = one.collection
        if survey.version_id not in roles:
            definition = d.read(survey.version.definition).definition
            items = items_of(definition) if definition else ()
            roles[survey.version_id] = tuple(sorted({item.role for item in items if item.role}))
        day = clock.day_of(survey.settled_at) if survey.settled_at else None
        for role in roles[survey.version_id]:
            record = uuid.uuid5(_SPACE, f"{survey.pk} {role} {one.unit_id} turnout")
            questionnaire = survey.version.questionnaire.key
            yield record, one.unit_id, day, questionnaire, role, Decimal(one.invited), Decimal(one.answered)


def fact_tables() -> tuple[FactTable, ...]:
    """Return the tables of this room."""
    return (
        FactTable(
            key="survey_answers",
            title=_("Answers to surveys"),
            about=_("One answer of one person to one item with a role, at the smallest unit that may be told of it."),
            columns=(
                FactColumn("record", ColumnKind.RECORD, _("Key of the row; it joins nothing.")),
                FactColumn("unit", ColumnKind.UNIT, _("The smallest unit that may be told.")),
                FactColumn("day", ColumnKind.DAY, _("Day on which the results were worked out.")),
                FactColumn("questionnaire", ColumnKind.DIMENSION, _("Key of the questionnaire.")),
                FactColumn("item", ColumnKind.DIMENSION, _("Name of the item.")),
                FactColumn("role", ColumnKind.DIMENSION, _("What the item means.")),
                FactColumn("item_version", ColumnKind.DIMENSION, _("Equal where version and wording are equal.")),
                FactColumn("option", ColumnKind.DIMENSION, _("What was chosen.")),
                FactColumn("value", ColumnKind.NUMBER, _("Its number; empty where options are no numbers.")),
            ),
            rows=answer_rows,
            written_by=("questionnaires.collection",),
            policy="survey",
        ),
        FactTable(
            key="survey_turnouts",
            title=_("Who was asked in surveys"),
            about=_("One row for each settled survey, role of its items and unit."),
            columns=(
                FactColumn("record", ColumnKind.RECORD, _("Key of the row; it joins nothing.")),
                FactColumn("unit", ColumnKind.UNIT, _("The unit of those who were asked.")),
                FactColumn("day", ColumnKind.DAY, _("Day on which the results were worked out.")),
                FactColumn("questionnaire", ColumnKind.DIMENSION, _("Key of the questionnaire.")),
                FactColumn("role", ColumnKind.DIMENSION, _("What items of it mean.")),
                FactColumn("invited", ColumnKind.NUMBER, _("How many were asked.")),
                FactColumn("answered", ColumnKind.NUMBER, _("How many of them have answered.")),
            ),
            rows=turnout_rows,
            written_by=("questionnaires.collection",),
            policy="survey",
        ),
    )
