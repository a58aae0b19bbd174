"""An application with everything that follows it, made through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base.names import Names
from luotsi.funding.access import feed_key
from luotsi.funding.actions.commitments import CommitmentDetails, add_commitment
from luotsi.funding.actions.decisions import DecisionDetails, InstalmentDetails, ReportDetails, record_decision
from luotsi.funding.actions.matters import MatterDetails, MatterOutcome, begin_matter, fix_matter, record_outcome
from luotsi.funding.models import Application, BoardItem, Call, Commitment, Funder, GrantDecision, Obligation

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit
    from luotsi.people.tests.cast import Cast

BOARD = Names(fi="Hyvinvointilautakunta", sv="Välfärdsnämnden")
STATE = Application.State


@dataclass(frozen=True)
class Funded:
    """An application that was handed in."""

    call: Call
    application: Application


def make_application(unit: Unit, **values: Any) -> Funded:
    """Return an application of the unit to a call of the state; `call_` values are those of the call."""
    of_call = {name[5:]: values.pop(name) for name in list(values) if name.startswith("call_")}
    number = Funder.objects.count() + 1
    funder = Funder(name={"fi": f"Esimerkkivirasto {number}", "sv": f"Exempelverket {number}"})
    funder.save(force_insert=True)
    call = Call(
        owner=unit,
        funder=funder,
        slug=f"haku-{number}",
        name={"fi": "Oppimisympäristöt 2022", "sv": "Lärmiljöer 2022", "en": "Learning environments 2022"},
        **{
            "closes_on": date(2022, 4, 14),
            "grant_percent": Decimal(90),
            "share_base": Call.Base.TOTAL,
            "share_source": "Hakuilmoitus",
            **of_call,
        },
    )
    call.save(force_insert=True)
    application = Application(
        unit=unit,
        call=call,
        begun_at=datetime(2022, 3, 1, 9, tzinfo=UTC),
        **{
            "name": {"fi": "Vihreä digimatka", "sv": "Grön digiresa", "en": "Green digital journey"},
            "applied": Decimal(30150),
            "state": STATE.SUBMITTED,
            "submitted_at": datetime(2022, 4, 13, 9, tzinfo=UTC),
            **values,
        },
    )
    application.save(force_insert=True)
    return Funded(call, application)


def fixed_matter(application: Application, by: Account | None, matter: str = "apply", **values: Any) -> BoardItem:
    """Return a matter before the board whose text is fixed."""
    details = MatterDetails(**{"matter": matter, "kind": "body", "body": BOARD, **values})
    return fix_matter(item=begin_matter(application=application, details=details, by=by), by=by)


def decided(item: BoardItem, by: Account | None, outcome: str = "decided", **values: Any) -> BoardItem:
    """Return the matter with its outcome."""
    given = {"decided_on": date(2022, 3, 29), "section": "§ 12", **values}
    return record_outcome(item=item, outcome=MatterOutcome(outcome=outcome, **given), by=by)


def details(**values: Any) -> DecisionDetails:
    """Return a decision that grants everything, with an instalment and two reports."""
    return DecisionDetails(
        **{
            "outcome": "granted",
            "granted": Decimal(30150),
            "percent": Decimal(90),
            "total": Decimal(33500),
            "own_share": Decimal(3350),
            "decided_on": date(2022, 6, 10),
            "register_number": "OPH-1234-2022",
            "starts_on": date(2022, 8, 1),
            "ends_on": date(2024, 7, 31),
            "conditions": "Hankinnat kilpailutetaan.\nTulokset julkaistaan.",
            "notice": "electronic",
            "given_on": date(2022, 6, 13),
            "instalments": (
                InstalmentDetails(amount=Decimal(20000), due_on=date(2022, 9, 1)),
                InstalmentDetails(amount=Decimal(10150)),
            ),
            "reports": (
                ReportDetails(is_final=False, due_on=date(2023, 8, 31)),
                ReportDetails(is_final=True, due_on=date(2024, 10, 31)),
            ),
            **values,
        }
    )


def granted(application: Application, by: Account | None, **values: Any) -> GrantDecision:
    """Record a decision that grants."""
    return record_decision(application=application, details=details(**values), by=by)


@dataclass(frozen=True)
class Granted:
    """An application of the school with one record of each kind, and another that waits for its decision."""

    application: Application
    waiting: Application
    matter: BoardItem
    fixed: BoardItem
    commitment: Commitment
    obligation: Obligation
    unit: Unit

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what an address with the name needs besides its unit."""
        if name in {"funding:list-own-shares", "funding:list-unit-obligations", "funding:download-obligations"}:
            return {}
        if name == "funding:subscribe-obligations":
            return {"unit": self.unit.key, "key": feed_key(self.unit)}
        is_waiting = name in {"funding:read-decision", "funding:enter-decision"}
        given: dict[str, Any] = {"pk": self.waiting.pk if is_waiting else self.application.pk}
        for kind in ("matter", "commitment", "obligation"):
            if name.endswith(f"-{kind}") and not name.endswith(("add-commitment", "begin-matter")):
                given[kind] = getattr(self, kind).pk
        if name == "funding:download-matter":
            given |= {"language": "fi", "kind": "docx"}
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the addresses of pages name."""
        return {
            "grant": self.application.pk,
            "grant_waiting": self.waiting.pk,
            "grant_matter": self.matter.pk,
            "grant_fixed": self.fixed.pk,
            "grant_entry": self.commitment.pk,
        }


def make_granted(cast: Cast) -> Granted:
    """Let finance and the principal do everything once."""
    one, other = make_application(cast.school), make_application(cast.school)
    fixed = decided(fixed_matter(one.application, cast.eeva), cast.eeva, notice="published", given_on=date(2022, 4, 1))
    granted(one.application, cast.eeva)
    matter = begin_matter(
        application=one.application,
        details=MatterDetails(matter="result", kind="officer", body=BOARD),
        by=cast.bilal,
    )
    entry = add_commitment(
        application=one.application,
        details=CommitmentDetails(deed="noted", decider="Johtokunta", amount=Decimal(100)),
        by=cast.eeva,
    )
    obligation = Obligation.objects.get(application=one.application, duty="final_report")
    return Granted(one.application, other.application, matter, fixed, entry, obligation, cast.school)
