"""The indicators that come with the program: counted from records, everybody's, at every unit from the first start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from luotsi.base import clock
from luotsi.base.names import Names
from luotsi.base.periods import PeriodKind
from luotsi.indicators.actions.definitions import DefinitionDetails, define_indicator, definition_of, new_version
from luotsi.indicators.models import Definition, Indicator
from luotsi.indicators.rules.values import PERCENT, Policy, Rollup
from luotsi.people.rules import STAFF

if TYPE_CHECKING:
    from luotsi.people.models import Account

BEGAN = date(2020, 1, 1)
SECOND_FACTOR = "staff-second-factor"
SIGNING_IN = "staff-signing-in"
LED = "institutions-led"
SHARE = {"unit_of_measure": PERCENT, "factor": Decimal(100), "rollup": Rollup.RATIO, "period_kind": PeriodKind.MONTH}
COMPARED = ("policy", "rollup", "factor", "unit_of_measure", "counting", "dimensions", "period_kind", "observed_at")


@dataclass(frozen=True)
class Declared:
    """An indicator as the program declares it."""

    key: str
    names: Names
    details: DefinitionDetails


PEOPLE = {"column": "person"}
OF_STAFF = ["role", "in", sorted(STAFF)]


def second_factor() -> Declared:
    """Return who of those with wide roles signs in with a second factor."""
    return Declared(
        SECOND_FACTOR,
        Names(
            fi="Laajan roolin haltijat, joilla on toinen tunniste",
            sv="Innehavare av vida roller med andra faktor",
            en="Holders of wide roles with a second factor",
        ),
        DefinitionDetails(
            valid_from=BEGAN,
            policy=Policy.THRESHOLD,
            numerator=Names(
                fi="Henkilöt, joiden tilillä on pääsyavain tai todennussovellus",
                sv="Personer vars konto har en passnyckel eller autentiseringsapp",
                en="Persons whose account has a passkey or an authenticator app",
            ),
            denominator=Names(
                fi="Henkilöt, joilla on laaja rooli: koordinaattori, tietohallinto tai tietosuojavastaava",
                sv="Personer med en vid roll: koordinator, IT eller dataskyddsombud",
                en="Persons in a wide role: coordinator, IT or data protection officer",
            ),
            counting={
                "table": "roles",
                "numerator": PEOPLE | {"where": [["wide", "=", True], ["strong", "=", True]]},
                "denominator": PEOPLE | {"where": [["wide", "=", True]]},
            },
            **SHARE,  # type: ignore[arg-type]
        ),
    )


def signing_in() -> Declared:
    """Return who of the staff can sign in."""
    return Declared(
        SIGNING_IN,
        Names(
            fi="Henkilöstö, joka voi kirjautua",
            sv="Personal som kan logga in",
            en="Staff who can sign in",
        ),
        DefinitionDetails(
            valid_from=BEGAN,
            policy=Policy.THRESHOLD,
            numerator=Names(
                fi="Henkilöt, joilla on tili", sv="Personer som har ett konto", en="Persons who have an account"
            ),
            denominator=Names(
                fi="Henkilöt, joilla on henkilöstön rooli",
                sv="Personer med en roll i personalen",
                en="Persons in a role of the staff",
            ),
            counting={
                "table": "roles",
                "numerator": PEOPLE | {"where": [OF_STAFF, ["signs_in", "=", True]]},
                "denominator": PEOPLE | {"where": [OF_STAFF]},
            },
            **SHARE,  # type: ignore[arg-type]
        ),
    )


def led() -> Declared:
    """Return which institutions somebody leads."""
    return Declared(
        LED,
        Names(
            fi="Oppilaitokset, joilla on rehtori",
            sv="Läroanstalter som har en rektor",
            en="Institutions with a principal",
        ),
        DefinitionDetails(
            valid_from=BEGAN,
            policy=Policy.OPEN,
            dimensions=("language",),
            numerator=Names(
                fi="Oppilaitokset, joissa on rehtorin rooli",
                sv="Läroanstalter där någon är rektor",
                en="Institutions where somebody is principal",
            ),
            denominator=Names(
                fi="Toiminnassa olevat oppilaitokset",
                sv="Verksamma läroanstalter",
                en="Institutions that exist",
            ),
            counting={
                "table": "institutions",
                "numerator": {"column": "record", "where": [["led", "=", True]]},
                "denominator": {"column": "record", "where": []},
            },
            **SHARE,  # type: ignore[arg-type]
        ),
    )


def declared() -> tuple[Declared, ...]:
    """Return the indicators of the program."""
    return second_factor(), signing_in(), led()


def load_reference(*, by: Account | None = None) -> int:
    """Bring the indicators of this room up to what it declares; see `bring_up`."""
    return bring_up(declared(), by=by)


@transaction.atomic
def bring_up(wanted: Sequence[Declared], *, by: Account | None = None) -> int:
    """Bring indicators of a room up to what it declares; return how many were made or got a new version.

    Nothing is written when all is as it should be, so every start may call this. What is counted changes only with a
    new version, so that figures of earlier programs keep their meaning.
    """
    there = {one.key: one for one in Indicator.objects.filter(key__in=[one.key for one in wanted])}
    last: dict[object, Definition] = {}
    for definition in Definition.objects.filter(indicator__in=there.values()).order_by("version"):
        last[definition.indicator_id] = definition
    changed = 0
    for one in wanted:
        indicator = there.get(one.key)
        if indicator is None:
            define_indicator(key=one.key, owner=None, names=one.names, details=one.details, by=by)
            changed += 1
        elif _differs(last[indicator.pk], one, indicator):
            changed += _renewed(indicator, last[indicator.pk], one, by)
    return changed


def _differs(definition: Definition, one: Declared, indicator: Indicator) -> bool:
    """Return True when something is counted otherwise than is declared."""
    wanted = definition_of(indicator, definition.version, one.details)
    return any(getattr(definition, name) != getattr(wanted, name) for name in COMPARED)


def _renewed(indicator: Indicator, last: Definition, one: Declared, by: Account | None) -> int:
    today = clock.today()
    if today <= last.valid_from:
        return 0
    fields = vars(one.details) | {"valid_from": today}
    change = _("The program counts it otherwise since this version.")
    new_version(indicator=indicator, details=DefinitionDetails(**fields), change=change, by=by)
    return 1
