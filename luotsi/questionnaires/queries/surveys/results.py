"""Results of a settled survey: figures that were written once, of groups that may be told; no answer is read here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luotsi.people.models import InstitutionType
from luotsi.people.models.accounts import LANGUAGES
from luotsi.questionnaires import access
from luotsi.questionnaires.models import Collection, OpenAnswer, Published
from luotsi.questionnaires.queries.parts import Words
from luotsi.questionnaires.queries.told import told
from luotsi.questionnaires.queries.versions import definition_of
from luotsi.questionnaires.rules.rights import Right
from luotsi.questionnaires.rules.surveys.items import Item, items_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.people.access import Visitor
    from luotsi.people.models import Unit
    from luotsi.questionnaires.rules.texts import Localised

MOST_TEXTS = 50


@dataclass(frozen=True)
class GroupChoice:
    """A group that may be asked for."""

    pk: int
    words: str
    persons: int | None
    chosen: bool


@dataclass(frozen=True)
class OptionRow:
    """How many chose one option: its words, the count, and the share of those who answered, from 0 to 1."""

    words: Words
    count: int
    share: Decimal

    @property
    def width(self) -> str:
        """How wide its bar is drawn."""
        return f"{100 * self.share:.1f}%"


@dataclass(frozen=True)
class Compared:
    """A mean beside: of the reference group or of a wave. `changed` where the item was another one."""

    words: str
    mean: Decimal | None
    half: Decimal | None
    n: int | None
    changed: bool = False


@dataclass(frozen=True)
class ItemRow:
    """One item of the chosen group; n None where it may not be told."""

    title: Words
    kind: str
    n: int | None
    options: tuple[OptionRow, ...]
    mean: Decimal | None
    half: Decimal | None
    reference: Compared | None
    waves: tuple[Compared, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """The items of one page of the questionnaire."""

    title: Words
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True)
class WaveChoice:
    """Another wave to compare with."""

    pk: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class ResultsPage:
    """The results of one group beside a reference."""

    group: str
    persons: int | None
    groups: tuple[GroupChoice, ...]
    against: tuple[WaveChoice, ...]
    parts: tuple[Part, ...]
    reference: str
    may_read_texts: bool


def results_page(
    visitor: Visitor, scope: Unit, collection: Collection, *, group: str, against: str, language: str
) -> ResultsPage | None:
    """Return the results of a group; None where nothing may be told, as of fewer than five who answered.

    Args:
        visitor: who asks; only groups that the visitor may see are there.
        scope: the unit from which it is looked at.
        collection: a settled survey.
        group: key of the group; what is unknown is the unit itself, or everybody.
        against: key of the wave to compare with; "" = everybody in the same survey.
        language: of the page.
    """
    groups = list(access.published_for(visitor, scope, collection).defer("figures"))
    chosen = _chosen(groups, group, scope)
    if chosen is None:
        return None
    waves = list(access.waves_of(visitor, scope, collection))
    other = next((wave for wave in waves if str(wave.pk) == against and wave.pk != collection.pk), None)
    names = _names(groups)
    reference = _reference(collection, chosen, other)
    beside = _beside(chosen, waves)
    reads = access.may_do(visitor, Right.RECEIVE, collection.owner)
    making = _Making(collection, chosen, language, reads=reads, reference=reference, other=other, beside=beside)
    return ResultsPage(
        group=names[chosen.pk],
        persons=chosen.persons,
        groups=tuple(GroupChoice(one.pk, names[one.pk], one.persons, one.pk == chosen.pk) for one in groups),
        against=tuple(
            WaveChoice(str(wave.pk), wave.names.text, wave == other) for wave in waves if wave.pk != collection.pk
        ),
        parts=making.parts(),
        reference=other.names.text if other else _("Everybody") if reference else "",
        may_read_texts=reads,
    )


def _chosen(groups: list[Published], group: str, scope: Unit) -> Published | None:
    by_key = {str(one.pk): one for one in groups}
    own = next((one for one in groups if one.unit_id == scope.pk), None)
    whole = next((one for one in groups if one.kind == Published.Kind.WHOLE), None)
    return by_key.get(group) or own or whole


def _names(groups: list[Published]) -> dict[int, str]:
    sectors = {one.key for one in groups if one.kind == Published.Kind.SECTOR}
    types = InstitutionType.objects.in_bulk(sectors) if sectors else {}
    languages = dict(LANGUAGES)
    found = {}
    for one in groups:
        match one.kind:
            case Published.Kind.UNIT:
                found[one.pk] = one.unit.names.text if one.unit else one.key
            case Published.Kind.SECTOR:
                found[one.pk] = types[one.key].names.text if one.key in types else one.key
            case Published.Kind.LANGUAGE:
                found[one.pk] = languages.get(one.key, one.key)
            case _:
                found[one.pk] = _("Everybody")
    return found


def _reference(collection: Collection, chosen: Published, other: Collection | None) -> Published | None:
    if other is not None:
        return Published.objects.filter(collection=other, kind=chosen.kind, key=chosen.key).first()
    if chosen.kind == Published.Kind.WHOLE:
        return None
    return Published.objects.filter(collection=collection, kind=Published.Kind.WHOLE).first()


def _beside(chosen: Published, waves: list[Collection]) -> list[tuple[Collection, dict[str, Any]]]:
    """Return the figures of the same group in every wave, in order of time."""
    if len(waves) < 2:
        return []
    found = Published.objects.filter(collection__in=waves, kind=chosen.kind, key=chosen.key)
    figures = {one.collection_id: one.figures for one in found}
    return [(wave, figures.get(wave.pk, {})) for wave in waves]


class _Making:
    """Makes the rows of a page of results."""

    def __init__(
        self,
        collection: Collection,
        chosen: Published,
        language: str,
        *,
        reads: bool,
        reference: Published | None,
        other: Collection | None,
        beside: list[tuple[Collection, dict[str, Any]]],
    ) -> None:
        self.collection, self.chosen, self.language, self.reads = collection, chosen, language, reads
        self.figures: Mapping[str, Any] = Published.objects.values_list("figures", flat=True).get(pk=chosen.pk)
        self.definition = definition_of(collection.version)
        self.reference = (other or collection, reference.figures) if reference else None
        self.beside = beside
        self.signatures = {collection.version_id: {one.name: one.signature for one in items_of(self.definition)}}

    def parts(self) -> tuple[Part, ...]:
        """Return the items page by page."""
        items = items_of(self.definition)
        return tuple(
            Part(self.words(page.title, page.name), rows)
            for page in self.definition.pages
            if (rows := tuple(self.row(item) for item in items if item.page == page.name))
        )

    def words(self, text: Localised, otherwise: str = "") -> Words:
        """Return a text in the language of the page, or in the one it has."""
        said = text.in_language(self.language)
        return Words(said.text, said.language) if said.text else Words(otherwise)

    def row(self, item: Item) -> ItemRow:
        """Return one item."""
        found = self.figures.get(item.name, {})
        n = found.get("n")
        counts = found.get("counts", ())
        options = tuple(
            OptionRow(self.words(text, told(value)), count, Decimal(count) / n)
            for (value, text), count in zip(item.options, counts, strict=False)
        )
        return ItemRow(
            title=self.words(item.title, item.name),
            kind=item.kind,
            n=n,
            options=options,
            mean=_number(found.get("mean")),
            half=_number(found.get("half")),
            reference=self.compared(item, *self.reference) if self.reference else None,
            waves=tuple(self.compared(item, wave, figures) for wave, figures in self.beside) if item.has_mean else (),
            texts=self.texts(item) if found.get("texts") and self.reads else (),
        )

    def compared(self, item: Item, wave: Collection, figures: Mapping[str, Any]) -> Compared:
        """Return the mean of a wave or group beside; none where the item was worded or versioned otherwise."""
        if self.signature(wave, item.name) != item.signature:
            return Compared(wave.names.text, None, None, None, changed=True)
        found = figures.get(item.name, {})
        return Compared(wave.names.text, _number(found.get("mean")), _number(found.get("half")), found.get("n"))

    def signature(self, wave: Collection, name: str) -> str:
        """Return the signature of an item in a wave, "" where it was not asked."""
        if wave.version_id not in self.signatures:
            self.signatures[wave.version_id] = {
                one.name: one.signature for one in items_of(definition_of(wave.version))
            }
        return self.signatures[wave.version_id].get(name, "")

    def texts(self, item: Item) -> tuple[str, ...]:
        """Return answers in words that may be read, in no order."""
        found = OpenAnswer.objects.filter(collection=self.collection, item=item.name)
        if self.chosen.unit:
            found = found.filter(unit__path__startswith=self.chosen.unit.path)
        return tuple(found.values_list("text", flat=True)[:MOST_TEXTS])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
