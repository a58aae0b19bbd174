"""What an application says, by the role of each value and never by its wording (docs/funding-files.md).

An amount that is null was left blank, which is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from luotsi.funding.rules.call import Period, ReportDue, ReportKind
from luotsi.funding.rules.fields import Form, Shape, needed, optional


class Language(StrEnum):
    """Language of an application."""

    FI = "fi"
    SV = "sv"
    EN = "en"


class FinancingKind(StrEnum):
    """Where money comes from."""

    GRANT = "grant"
    OWN_SHARE = "own_share"
    OTHER_PUBLIC = "other_public"
    PRIVATE = "private"
    INCOME = "income"


class What(StrEnum):
    """What a summary or a total tells: a kind of financing, all costs, all financing, all summaries, or one row."""

    GRANT = "grant"
    OWN_SHARE = "own_share"
    OTHER_PUBLIC = "other_public"
    PRIVATE = "private"
    INCOME = "income"
    COSTS = "costs"
    FINANCING = "financing"
    SUMMARIES = "summaries"
    ROW = "row"


class TextRole(StrEnum):
    """What a text is for."""

    MEASURES = "measures"
    INDICATORS = "indicators"
    EARLIER_FUNDING = "earlier_funding"
    NEED = "need"
    COOPERATION = "cooperation"
    SUMMARY = "summary"
    OTHER = "other"


class DecisionKind(StrEnum):
    """What a body did: decided, noted (which commits to nothing), or decided otherwise than proposed."""

    DECIDED = "decided"
    NOTED = "noted"
    CHANGED = "changed"


class Result(StrEnum):
    """What the funder decided."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class YearPart(Shape):
    """The part of a row that falls in one year."""

    year: int = needed("Calendar year.", least=1990, most=2100)
    amount: Decimal | None = needed("Euros; null was left blank.", Form.MONEY)


@dataclass(frozen=True, kw_only=True)
class CostRow(Shape):
    """A row of the budget."""

    id: str = optional("Key that summaries and totals may point to.", Form.KEY, default="")
    cost_class: str = needed("Key of the class of costs.", Form.KEY)
    label: str = optional("What the form calls the row.", Form.NAME, default="")
    year: int | None = optional("Year in which the whole row falls.", least=1990, most=2100)
    amount: Decimal | None = needed("Euros; null was left blank.", Form.MONEY)
    by_year: tuple[YearPart, ...] = optional("Its parts by year, which add up to it.", default=(), most=30)
    description: str = optional("What the money is for.", Form.TEXT, default="")
    vat_included: bool | None = optional("Whether value added tax is in it; null where it is as in the whole.")


@dataclass(frozen=True, kw_only=True)
class FinancingRow(Shape):
    """A row of the financing plan."""

    id: str = optional("Key that summaries and totals may point to.", Form.KEY, default="")
    kind: FinancingKind = needed("Where the money comes from.")
    label: str = optional("What the form calls the row.", Form.NAME, default="")
    year: int | None = optional("Year in which the whole row falls.", least=1990, most=2100)
    amount: Decimal | None = needed("Euros; null was left blank.", Form.MONEY)
    by_year: tuple[YearPart, ...] = optional("Its parts by year, which add up to it.", default=(), most=30)
    stated_percent: Decimal | None = optional("The percentage that the applicant tells with it.", Form.PERCENT)


@dataclass(frozen=True, kw_only=True)
class Measure(Shape):
    """Something that will be done."""

    id: str = needed("Key that indicators point to.", Form.KEY)
    title: str = needed("What will be done.", Form.NAME)


@dataclass(frozen=True, kw_only=True)
class Indicator(Shape):
    """How the outcome will be seen."""

    title: str = needed("What is followed.", Form.NAME)
    measures: tuple[str, ...] = optional("Keys of the measures that it follows.", Form.KEY, default=(), most=100)
    baseline: Decimal | None = optional("Value at the start.", Form.NUMBER)
    target: Decimal | None = optional("Value to reach.", Form.NUMBER)
    due_on: date | None = optional("By when.")
    source: str = optional("Where the value comes from.", Form.NAME, default="")


@dataclass(frozen=True, kw_only=True)
class Partner(Shape):
    """An organisation that takes part."""

    name: str = needed("Its name.", Form.NAME)
    other_names: tuple[str, ...] = optional("Other ways of writing it.", Form.NAME, default=(), most=20)
    members: tuple[str, ...] = optional("Names of its members, of a network.", Form.NAME, default=(), most=200)


@dataclass(frozen=True, kw_only=True)
class Personnel(Shape):
    """Work that the costs of personnel pay for."""

    title: str = optional("What the work is.", Form.NAME, default="")
    person_years: Decimal | None = needed("Full-time years of work in all; null was left blank.", Form.NUMBER)


@dataclass(frozen=True, kw_only=True)
class Area(Shape):
    """A part of the application with a budget of its own; an application that is not divided has one."""

    key: str = needed("Key of the area, that of the call where it has areas.", Form.KEY)
    label: str = optional("What the form calls it.", Form.NAME, default="")
    period: Period | None = optional("Time of use of this area; null where the form does not ask or has no answer.")
    costs: tuple[CostRow, ...] = optional("The budget.", default=(), most=500)
    financing: tuple[FinancingRow, ...] = optional("The financing plan.", default=(), most=500)
    measures: tuple[Measure, ...] = optional("What will be done.", default=(), most=200)
    indicators: tuple[Indicator, ...] = optional("How the outcome will be seen.", default=(), most=200)
    partners: tuple[Partner, ...] | None = optional("Who takes part; null where nobody asked.", most=200)
    personnel: tuple[Personnel, ...] = optional("Work that is paid for.", default=(), most=200)

    @property
    def rows(self) -> tuple[CostRow | FinancingRow, ...]:
        """Return all rows of money, costs first."""
        return (*self.costs, *self.financing)


@dataclass(frozen=True, kw_only=True)
class Reference(Shape):
    """What a summary or a total tells once more."""

    what: What = needed("What it tells.")
    area: str = optional(
        "Key of the area; left out where it is the whole. A summary may name areas that are not applied for.",
        Form.KEY,
        default="",
    )
    row: str = optional("Key of the row, of `row`.", Form.KEY, default="")


@dataclass(frozen=True, kw_only=True)
class SummaryRow(Shape):
    """A row that claims to repeat another row, or the total of one part."""

    label: str = optional("What the form calls the row.", Form.NAME, default="")
    repeats: Reference = needed("What it repeats.")
    amount: Decimal | None = needed("Euros; null was left blank.", Form.MONEY)


@dataclass(frozen=True, kw_only=True)
class StatedTotal(Shape):
    """A sum that the applicant added up."""

    label: str = optional("What the form calls it.", Form.NAME, default="")
    of: Reference = needed("What was added up.")
    amount: Decimal | None = needed("Euros; null was left blank.", Form.MONEY)


@dataclass(frozen=True, kw_only=True)
class TextAnswer(Shape):
    """An answer in words."""

    question: str = needed("Number of the question on the form, as a text.", Form.NAME, most=20)
    label: str = optional("What the question asks.", Form.NAME, default="")
    area: str = optional("Key of the area it belongs to.", Form.KEY, default="")
    role: TextRole = needed("What the text is for.")
    text: str = needed("The answer.", Form.TEXT)
    limit: int | None = optional("Most characters, where the call does not list the question.", least=1, most=100_000)
    public: bool = optional("Whether anybody may read it.", default=True)
    claims_none: bool | None = optional(
        "Of `earlier_funding`: it says that there is none; null leaves it to the words.", default=None
    )
    mentions: tuple[str, ...] = optional("Partners that the text names.", Form.NAME, default=(), most=100)


@dataclass(frozen=True, kw_only=True)
class Population(Shape):
    """Whom figures are about."""

    key: str = needed("Key that figures point to.", Form.KEY)
    label: str = needed("Who they are.", Form.NAME)
    subset_of: str = optional("Key of the population that all of them belong to.", Form.KEY, default="")


@dataclass(frozen=True, kw_only=True)
class Figure(Shape):
    """A share of a population and the number that the text gives for it, or the number of the whole population."""

    question: str = optional("Number of the question whose text says it.", Form.NAME, default="", most=20)
    label: str = needed("What the figure says.", Form.NAME)
    population: str = needed("Key of the population.", Form.KEY)
    percent: Decimal | None = needed("Share of the population; null: the number is that of all of it.", Form.PERCENT)
    number: Decimal = needed("How many.", Form.NUMBER)
    is_about: bool = optional("The number is only about.", default=False)


@dataclass(frozen=True, kw_only=True)
class BodyDecision(Shape):
    """What a body of the applicant, or an officer, did about the application."""

    body: str = needed("Which body or officer.", Form.NAME)
    decided_on: date | None = needed("Day; null where it is not told.")
    section: str = optional("Number of the section of the minutes.", Form.NAME, default="", most=40)
    kind: DecisionKind = needed("What it did.")
    committed: Decimal | None = optional("Own share that it commits, euros.", Form.MONEY)


@dataclass(frozen=True, kw_only=True)
class Outcome(Shape):
    """The funder's decision as it was received."""

    result: Result = needed("What was decided.")
    decided_on: date | None = needed("Day of the decision; null where it is not told.")
    reasons: str = optional("Why.", Form.TEXT, default="")
    sum: Decimal | None = optional("Granted euros.", Form.MONEY)
    percent: Decimal | None = optional("Largest share of costs that the grant may be.", Form.PERCENT)
    total_cost: Decimal | None = optional("Total cost that the decision accepts, euros.", Form.MONEY)
    project_name: str = optional("What the decision calls the project.", Form.NAME, default="")
    period: Period | None = optional("Time of use by the decision.")
    reports: tuple[ReportDue, ...] = optional("Reports that it asks for.", default=(), most=50)


@dataclass(frozen=True, kw_only=True)
class ChangeRequest(Shape):
    """A request to change what was granted."""

    made_on: date = needed("Day it was made.")
    about: str = optional("What is to change.", Form.NAME, default="")


@dataclass(frozen=True, kw_only=True)
class GivenReport(Shape):
    """A report that was given."""

    kind: ReportKind = needed("Which one.")
    project_name: str = optional("What it calls the project.", Form.NAME, default="")
    given_on: date | None = optional("Day it was given.")


@dataclass(frozen=True, kw_only=True)
class Applicant(Shape):
    """Who applies: an organisation, never a person."""

    name: str = needed("Name of the organisation.", Form.NAME)
    other_names: tuple[str, ...] = optional("Other ways of writing it.", Form.NAME, default=(), most=20)
    business_id: str = optional("Its business id.", Form.NAME, default="", most=40)
    iban: str = optional("Account to which the grant is paid.", Form.NAME, default="", most=60)
    bic: str = optional("Bank of the account.", Form.NAME, default="", most=20)
    has_licence: bool | None = optional("Whether it says that it holds the licence that the call asks for.")


@dataclass(frozen=True, kw_only=True)
class Application(Shape):
    """An application for a grant."""

    format: int = optional("Version of this format.", default=1, least=1, most=1)
    id: str = needed("Key of the application.", Form.KEY)
    title: str = optional("Name of the project.", Form.NAME, default="")
    language: Language = optional("Language of its texts.", default=Language.FI)
    applicant: Applicant = needed("Who applies.")
    call_number: str = optional("Register number of the call, as the application tells it.", Form.NAME, default="")
    register_number: str = optional("Register number of the application.", Form.NAME, default="")
    handed_in_at: datetime | None = optional("When it was handed in; null where it was not yet.")
    selected: tuple[str, ...] | None = optional(
        "Keys of the areas that are applied for; null where there is no choice.", Form.KEY, most=100
    )
    period: Period | None = optional("Time of use of the whole.")
    areas: tuple[Area, ...] = needed("Its parts, at least one.", least=1, most=100)
    summaries: tuple[SummaryRow, ...] = optional("Rows that repeat others.", default=(), most=500)
    totals: tuple[StatedTotal, ...] = optional("Sums that the applicant added up.", default=(), most=500)
    texts: tuple[TextAnswer, ...] = optional("Answers in words.", default=(), most=300)
    populations: tuple[Population, ...] = optional("Whom figures are about.", default=(), most=200)
    figures: tuple[Figure, ...] = optional("Figures that texts tell.", default=(), most=500)
    decisions: tuple[BodyDecision, ...] | None = optional(
        "Decisions of the applicant; null where they are not known, an empty list says that there are none.", most=100
    )
    outcome: Outcome | None = optional("The funder's decision.")
    reports: tuple[GivenReport, ...] = optional("Reports that were given.", default=(), most=50)
    change_requests: tuple[ChangeRequest, ...] = optional("Requests for changes.", default=(), most=100)
    vat_included: bool | None = optional("Whether costs are told with value added tax; null where it is not told.")

    @cached_property
    def areas_by_key(self) -> dict[str, Area]:
        """Return the areas by their keys."""
        return {area.key: area for area in self.areas}

    @cached_property
    def rows_by_id(self) -> dict[str, tuple[Area, CostRow | FinancingRow]]:
        """Return the rows of money that have a key, each with its area."""
        return {row.id: (area, row) for area in self.areas for row in area.rows if row.id}
