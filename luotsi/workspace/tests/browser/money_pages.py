"""Pages of the funding room, both sides of a grant, in one list; what their addresses name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.funding.tests.deciding import make_decided
from luotsi.funding.tests.granting import make_granted
from luotsi.funding.tests.reporting import stage_running
from luotsi.funding.tests.spent import make_spent
from luotsi.workspace.tests.browser.call_pages import CALLING, NO_CALL_PAGES, called
from luotsi.workspace.tests.browser.deciding_pages import DECIDING, NO_DECIDING_PAGES
from luotsi.workspace.tests.browser.funding_pages import FUNDING, funded
from luotsi.workspace.tests.browser.grant_pages import GRANTS, NO_GRANT_PAGES
from luotsi.workspace.tests.browser.receive_pages import NO_RECEIVED_PAGES, RECEIVED, received
from luotsi.workspace.tests.browser.report_pages import NO_REPORTING_PAGES, REPORTING
from luotsi.workspace.tests.browser.spend_pages import NO_SPENDING_PAGES, SPENDING

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

MONEY = "".join(part.lstrip() for part in (FUNDING, GRANTS, CALLING, RECEIVED, SPENDING, REPORTING, DECIDING))
FUNDERS = frozenset(line.split()[1] for part in (CALLING, RECEIVED, DECIDING) for line in part.strip().splitlines())
NO_MONEY_PAGES = " ".join(
    (NO_GRANT_PAGES, NO_CALL_PAGES, NO_RECEIVED_PAGES, NO_SPENDING_PAGES, NO_REPORTING_PAGES, NO_DECIDING_PAGES)
)


def money(cast: Cast) -> dict[str, Any]:
    """Return what the addresses name, and the officers and scorers who open them."""
    decided = make_decided(cast)
    return {
        **funded(cast),
        **make_granted(cast).values,
        **called(cast),
        **received(cast),
        **make_spent(cast).values,
        **stage_running(cast).values,
        **decided.values,
        "decider": decided.funding.outi,
    }
