"""Pages of learning, in the form of the list of every page; `NO_LEARNING_PAGES` names addresses without a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.learning.actions.reference import load_reference
from luotsi.learning.tests.staged import stage
from luotsi.learning.tests.studied import begin_cohorts
from luotsi.learning.tests.tuva_staged import tuva_pages

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

LEARNING = """
leo      learning:see-caseload                 scope=school
sanni    learning:see-caseload                 scope=school
leo      learning:take-caseload                scope=study_group
leo      learning:change-caseload              scope=school caseload=caseload
leo      learning:see-guidance                 scope=school pk=late
leo      learning:see-guidance                 scope=school pk=objected
leo      learning:write-deed                   scope=school pk=late kind=contact
leo      learning:write-deed                   scope=school pk=late kind=no_need
leo      learning:move-need                    scope=school pk=objected need=need
leo      learning:close-need                   scope=school pk=objected need=need
leo      learning:tell-outcome                 scope=school pk=objected need=need weeks=4
leo      learning:answer-saying                scope=school pk=objected saying=saying
minna    workspace:see-home                    scope=study_group
minna    learning:see-own-guidance             scope=study_group
minna    learning:say-own                      scope=study_group kind=contest
tuure    learning:list-starts                  scope=study_group
tuure    learning:judge-start                  scope=study_group pk=late
bilal    learning:see-effects                  scope=school
bilal    learning:plan-staggered               scope=school
bilal    learning:see-staggered                scope=school pk=staggered
bilal    learning:stop-staggered               scope=school pk=staggered
hilkka   learning:list-views                   scope=school
hilkka   learning:list-views                   scope=school ?what=made
bilal    learning:see-figures                  scope=school
aino     learning:see-figures                  scope=tampere
bilal    learning:see-forecasts                scope=school
bilal    learning:see-targeting                scope=school
irma     learning:list-imports                 scope=school
irma     learning:begin-import                 scope=school
irma     learning:see-import                   scope=school pk=study_import
leo      learning:list-progress                scope=school
tuure    learning:list-progress                scope=study_group
leo      learning:see-progress                 scope=school pk=late
minna    learning:see-mine                     scope=study_group
bilal    learning:list-totals                  scope=school
aino     learning:see-quality                  scope=school
irma     learning:see-quality                  scope=school
irma     learning:see-rule                     scope=school code=rule
irma     learning:list-findings                scope=school
leo      learning:list-tuva                    scope=school
leo      learning:see-tuva                     scope=school pk=preparing
leo      learning:see-tuva                     scope=study_group pk=late
leo      learning:edit-tuva                    scope=school pk=preparing
leo      learning:answer-tuva                  scope=school pk=preparing version=2
irma     learning:see-tuva                     scope=school pk=preparing
nea      learning:see-tuva                     scope=tuva_group pk=preparing
nea      learning:edit-tuva                    scope=tuva_group pk=preparing
irma     learning:list-notices                 scope=school
irma     learning:add-notice                   scope=school
irma     learning:tell-learners                scope=school
minna    learning:see-mine                     scope=study_group ?pace=3&away_from=2026-12-24&away_until=2026-01-06
tuure    learning:list-progress                scope=study_group ?stand=late&sort=-weeks
leo      learning:list-progress                scope=school ?q=zzzz
irma     learning:see-progress                 scope=study_group pk=fine ?standing=late
tuure    learning:list-totals                  scope=study_group
aino     learning:see-figures                  scope=nokia
aino     learning:see-forecasts                scope=tampere
aino     learning:see-forecasts                scope=other_school ?measure=completed
aino     learning:see-targeting                scope=tampere
aino     learning:list-models                  scope=tampere
aino     learning:see-model                    scope=tampere pk=risk_model
aino     learning:sign-gap                     scope=tampere pk=risk_model attribute=g
aino     learning:retire-model                 scope=tampere pk=risk_model
aino     learning:move-switch                  scope=tampere
"""
NO_LEARNING_PAGES = """
learning:see-room learning:end-caseload learning:object-to-scoring learning:take-back-objection
learning:download-import-faults learning:ask-for-model learning:download-evidence learning:release-model
learning:lock-staggered
"""


def learning(cast: Cast) -> dict[str, Any]:
    """Add learners and those who guide, teach and register them; return what the addresses take."""
    staged = stage(cast)
    begin_cohorts(cast, 8, 12, 3, cast.other_school)
    load_reference()
    return staged.values | tuva_pages(cast, staged)
