"""What a call for applications says, as it is read from a file (docs/funding-files.md).

Whatever a rule needs of a funder stands here and nowhere in the code: percentages, bases, limits, ways of counting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luotsi.funding.rules import shares
from luotsi.funding.rules.fields import Form, Shape, needed, optional
from luotsi.funding.rules.shares import Base


class Rounding(StrEnum):
    """How a sum worked out of a percentage is rounded; up never asks for less than the percentage."""

    UP_TO_EURO = "up_to_euro"
    UP_TO_CENT = "up_to_cent"
    HALF_UP_TO_EURO = "half_up_to_euro"
    HALF_UP_TO_CENT = "half_up_to_cent"


class Per(StrEnum):
    """What the share must hold for: each area by itself, or the application as a whole."""

    AREA = "area"
    WHOLE = "whole"


class Cents(StrEnum):
    """Whether sums may have cents."""

    WHOLE_EUROS = "whole_euros"
    CENTS = "cents"


class Vat(StrEnum):
    """Whether costs are told with value added tax."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class Counting(StrEnum):
    """How characters are counted.

    `characters`: code points of the text in NFC, a line break is one. `crlf`: the same, a line break is two.
    `utf16`: units of UTF-16 as typed, a line break is one.
    """

    CHARACTERS = "characters"
    CRLF = "crlf"
    UTF16 = "utf16"


class CostKind(StrEnum):
    """What a class of costs is, whatever the funder calls it."""

    PERSONNEL = "personnel"
    PREMISES = "premises"
    SERVICES = "services"
    EQUIPMENT = "equipment"
    TRAVEL = "travel"
    OTHER = "other"


class ReportKind(StrEnum):
    """Which report is owed or given."""

    INTERIM = "interim"
    FINAL = "final"


@dataclass(frozen=True, kw_only=True)
class Period(Shape):
    """A time of use, first and last day both counted in; a day that is null was not told."""

    start_on: date | None = needed("First day.")
    end_on: date | None = needed("Last day.")
    explanation: str = optional("Why it differs from that of other areas.", Form.TEXT, default="")


@dataclass(frozen=True, kw_only=True)
class Clock(Shape):
    """A day and the time of it. An application at exactly this moment is in time, one a second later is not."""

    on: date = needed("The day.")
    time: str | None = needed("Time of the day; null says that the call does not tell it.", Form.TIME)
    zone: str | None = needed("Time zone of it; null says that the call does not tell it.", Form.ZONE)


@dataclass(frozen=True, kw_only=True)
class ShareRule(Shape):
    """How much must come from the applicant."""

    percent: Decimal = needed("The least own share, per cent of the base.", Form.PERCENT)
    base: Base = needed("What it is a share of.")
    rounding: Rounding = optional("How the least sum is rounded.", default=Rounding.UP_TO_EURO)
    per: Per = optional("What it must hold for.", default=Per.WHOLE)
    source: str = optional("Where the call says so.", Form.NAME, default="")

    @property
    def counted(self) -> shares.ShareRule | None:
        """The rule as own shares are counted with it; None where it asks for the whole cost and leaves no grant."""
        if self.percent >= shares.HUNDRED and self.base is not Base.GRANT:
            return None
        is_of_cents = self.rounding in {Rounding.UP_TO_CENT, Rounding.HALF_UP_TO_CENT}
        return shares.ShareRule(
            percent=self.percent,
            base=self.base,
            rounding=shares.Rounding.CENTS if is_of_cents else shares.Rounding.EUROS,
            half_up=self.rounding in {Rounding.HALF_UP_TO_EURO, Rounding.HALF_UP_TO_CENT},
            source=self.source,
        )


@dataclass(frozen=True, kw_only=True)
class CostClass(Shape):
    """A class of costs of this call."""

    key: str = needed("Key that rows of costs point to.", Form.KEY)
    label: str = optional("What the call calls it.", Form.NAME, default="")
    kind: CostKind = needed("What it is.")
    eligible: bool = optional("Whether such costs count.", default=True)


@dataclass(frozen=True, kw_only=True)
class CallArea(Shape):
    """A part that can be applied for."""

    key: str = needed("Key that areas of applications use.", Form.KEY)
    label: str = optional("What the call calls it.", Form.NAME, default="")


@dataclass(frozen=True, kw_only=True)
class Question(Shape):
    """A question that is answered with a text."""

    number: str = needed("Its number on the form, as a text.", Form.NAME, most=20)
    label: str = optional("What it asks.", Form.NAME, default="")
    limit: int | None = needed(
        "Most characters of the answer; null says that the call tells none.", least=1, most=100_000
    )
    counting: Counting | None = optional("How they are counted; null where the call does not tell it.")


@dataclass(frozen=True, kw_only=True)
class TransferLimit(Shape):
    """How much may move between classes of costs without asking the funder."""

    percent: Decimal = needed("At most so many per cent of the total cost.", Form.PERCENT)
    source: str = optional("Where the call says so.", Form.NAME, default="")


@dataclass(frozen=True, kw_only=True)
class MonthlyCost(Shape):
    """Between which sums a month of one full-time person lies, euros."""

    least: Decimal = needed("Less than this a month is doubtful.", Form.MONEY)
    most: Decimal = needed("More than this a month is doubtful.", Form.MONEY)


@dataclass(frozen=True, kw_only=True)
class Eligibility(Shape):
    """Who may apply."""

    licence_needed: bool | None = needed("Whether only holders of a licence may; null where the call is silent.")
    text: str = optional("Who may apply, in the words of the call.", Form.TEXT, default="")
    source: str = optional("Where the call says so.", Form.NAME, default="")


@dataclass(frozen=True, kw_only=True)
class ReportDue(Shape):
    """A report that is owed."""

    kind: ReportKind = needed("Which one.")
    due_on: date = needed("Last day to give it.")


@dataclass(frozen=True, kw_only=True)
class Call(Shape):
    """A call for applications."""

    format: int = optional("Version of this format.", default=1, least=1, most=1)
    id: str = needed("Key of the call.", Form.KEY)
    name: str = needed("What the call is called.", Form.NAME)
    funder: str = needed("Who grants.", Form.NAME)
    register_number: str = optional("Number of the call in the funder's register.", Form.NAME, default="")
    letter_on: date | None = optional("Day of the letter that opened it.")
    opens: Clock | None = optional("From when it is open.")
    closes: Clock | None = needed("Until when; null says that the call has no end.")
    period: Period | None = optional("In which time the grant may be used.")
    budget: Decimal | None = needed("What is granted in all, euros; null says that it is not told.", Form.MONEY)
    budget_is_about: bool = optional("The budget is only about.", default=False)
    share: ShareRule | None = needed("The own share; null says that the call states no percentage.")
    maximum: Decimal | None = optional("Largest grant of one application, euros.", Form.MONEY)
    cents: Cents | None = optional("Whether sums may have cents; null where the call is silent.")
    largest_amount: Decimal | None = optional("Largest sum that one field may hold, euros.", Form.MONEY)
    vat: Vat | None = optional("How costs are told; null where the call is silent.")
    cost_classes: tuple[CostClass, ...] = optional("Classes of costs.", default=(), most=100)
    descriptions_needed: bool = optional("Each cost above zero needs a description.", default=False)
    areas: tuple[CallArea, ...] = optional("Parts that can be applied for.", default=(), most=100)
    questions: tuple[Question, ...] = optional("Questions that are answered with a text.", default=(), most=500)
    eligibility: Eligibility | None = optional("Who may apply.")
    reports: tuple[ReportDue, ...] = optional("Reports that are owed.", default=(), most=50)
    change_days: int | None = optional(
        "A change is asked for at least so many days before the end of use.", least=0, most=1000
    )
    transfers: TransferLimit | None = optional("How much may move between classes of costs without asking.")
    monthly_cost: MonthlyCost | None = optional("Between which sums a month of one full-time person lies.")
