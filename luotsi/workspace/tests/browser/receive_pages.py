"""Pages of what was handed in to an own call, of its scoring and its proposals, in the form of the list of pages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from luotsi.base import clock
from luotsi.funding.actions.completion import ask_completion, open_completion
from luotsi.funding.actions.proposals import make_proposal
from luotsi.funding.actions.scoring import add_scorer, close_scoring, declare
from luotsi.funding.queries.proposals import Dealing
from luotsi.funding.rules.scoring import Way
from luotsi.funding.tests.making import form_of
from luotsi.funding.tests.officiating import account_of, close, handed_in, make_own_call, make_scorer, scores, stand

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

RECEIVED = """
officer  funding:list-received                 scope=tampere slug=open_call
officer  funding:list-received                 scope=tampere slug=open_call ?q=zzzz
officer  funding:see-received                  scope=tampere pk=received
officer  funding:set-handler                   scope=tampere pk=received
officer  funding:ask-completion                scope=tampere pk=scored
officer  funding:take-back-completion          scope=tampere pk=received asked=completion
bilal    funding:see-application               scope=school pk=received
bilal    funding:hand-in-completion            scope=school pk=received
officer  funding:see-scoring                   scope=tampere slug=open_call
officer  funding:see-scoring                   scope=tampere slug=scored_call
officer  funding:add-scorer                    scope=tampere slug=open_call
officer  funding:add-scorer                    scope=tampere slug=open_call ?q=Celia
officer  funding:remove-scorer                 scope=tampere slug=open_call scorer=scorer
officer  funding:close-scoring                 scope=tampere slug=open_call
officer  funding:reopen-scoring                scope=tampere slug=scored_call
daniel   funding:list-scoring                  scope=tampere
daniel   funding:declare-interest              scope=tampere pk=received
veera    funding:score-application             scope=tampere pk=received
officer  funding:see-points                    scope=tampere pk=scored
officer  funding:see-proposal                  scope=tampere slug=open_call
officer  funding:see-proposal                  scope=tampere slug=scored_call
officer  funding:make-proposal                 scope=tampere slug=scored_call
officer  funding:edit-proposal                 scope=tampere pk=scored
officer  funding:reopen-proposal               scope=tampere pk=scored
officer  funding:fix-proposals                 scope=tampere slug=scored_call
bilal    funding:see-received                  scope=tampere pk=received 404
"""

NO_RECEIVED_PAGES = """
funding:open-completion funding:save-points funding:set-amount
"""


def received(cast: Cast) -> dict[str, Any]:
    """Take applications in to an open and to a scored call; return whose browsers and what the addresses take."""
    made = stand(cast)
    named = add_scorer(call=made.call, person=cast.daniel.person, by=made.officer)
    veera = make_scorer(made.call, "Veera", made.officer)
    declare(scorer=veera, application=made.one, has_conflict=False, by=None)
    until = clock.now() + timedelta(days=7)
    asked = ask_completion(application=made.one, words="Kertokaa kulut.", until=until, by=made.officer)
    made.one.refresh_from_db()
    open_completion(application=made.one, form=form_of(made.one, cast.bilal))
    call = make_own_call(cast.tampere, made.officer, "pisteytetyt")
    scored = handed_in(call, cast.school, cast.bilal, "Studio")
    visa = make_scorer(call, "Visa", made.officer)
    scores(visa, scored, 4, 3)
    close_scoring(call=close(call), by=made.officer)
    make_proposal(call=call, dealing=Dealing(Way.RANKED), by=made.officer)
    return {
        "officer": made.officer,
        "veera": account_of(veera),
        "open_call": made.call.slug,
        "scored_call": call.slug,
        "received": made.one.pk,
        "scored": scored.pk,
        "completion": asked.pk,
        "scorer": named.pk,
    }
