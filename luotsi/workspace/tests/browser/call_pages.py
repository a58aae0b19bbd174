"""Pages of own calls, in the form of the list of every page; "officer" handles the calls of Tampere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.funding.tests.calling import make_draft, make_open_call
from luotsi.funding.tests.making import make_officer

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

CALLING = """
officer  funding:list-own-calls                scope=tampere
officer  funding:list-own-calls                scope=tampere ?q=zzzz
officer  funding:begin-own-call                scope=tampere
officer  funding:see-own-call                  scope=tampere slug=own_draft
officer  funding:see-own-call                  scope=tampere slug=own_call
officer  funding:edit-own-call                 scope=tampere slug=own_draft
officer  funding:choose-form                   scope=tampere slug=own_draft
officer  funding:preview-call                  scope=tampere slug=own_draft
officer  funding:withdraw-call                 scope=tampere slug=own_call
officer  funding:move-closing                  scope=tampere slug=own_call
officer  funding:add-criterion                 scope=tampere slug=own_draft
officer  funding:edit-criterion                scope=tampere slug=own_draft criterion=own_criterion
officer  funding:add-officer                   scope=tampere slug=own_draft
officer  funding:edit-officer                  scope=tampere slug=own_draft officer=own_officer
nobody   funding:list-public-calls
nobody   funding:see-public-call               owner=own_owner slug=own_call
aino     funding:see-public-call               owner=own_owner slug=own_call
aino     funding:apply-to-call                 owner=own_owner slug=own_call
farid    funding:apply-to-call                 owner=own_owner slug=own_call
"""

NO_CALL_PAGES = """
funding:copy-call funding:discard-call funding:publish-call funding:unpublish-call funding:remove-criterion
funding:end-officer funding:follow-calls funding:download-public-calls funding:download-public-call
"""


def called(cast: Cast) -> dict[str, Any]:
    """Publish a call of Tampere and begin another; return what the addresses take."""
    officer = make_officer(cast.tampere)
    published, draft = make_open_call(cast, officer), make_draft(cast.tampere, officer)
    return {
        "officer": officer,
        "own_owner": cast.tampere.key,
        "own_call": published.slug,
        "own_draft": draft.slug,
        "own_criterion": draft.criteria.all()[0].pk,
        "own_officer": draft.officers.all()[0].pk,
    }
