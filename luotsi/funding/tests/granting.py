"""An application with everything that follows it, made through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.base.names import Names
from luotsi.funding.actions.decisions import DecisionDetails, InstalmentDetails, ReportDetails, record_decision
from luotsi.funding.actions.matters import MatterDetails, MatterOutcome, begin_matter, fix_matter, record_outcome
from luotsi.funding.models import Application, BoardItem, Call, Funder, GrantDecision

if TYPE_CHECKING:
    from luotsi.people.models import Account, Unit

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
