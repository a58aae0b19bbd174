"""Pages of questionnaires for authors and for those who answer, as the list of every page has them; what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.questionnaires.tests.answered import make_questioned

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

AUTHORS = """
bilal    questionnaires:see-questionnaire      scope=school pk=form
aino     questionnaires:list-questionnaires    scope=tampere
aino     questionnaires:add-questionnaire      scope=tampere
aino     questionnaires:see-questionnaire      scope=tampere pk=form
aino     questionnaires:compare-versions       scope=tampere pk=form ?from=1.0.0&to=draft
aino     questionnaires:see-export             scope=tampere pk=form ?version=draft
aino     questionnaires:edit-draft             scope=tampere pk=form
aino     questionnaires:add-element            scope=tampere pk=form ?at=/pages/0
aino     questionnaires:edit-element           scope=tampere pk=form
aino     questionnaires:edit-element           scope=tampere pk=form ?at=/pages/0
aino     questionnaires:edit-element           scope=tampere pk=form ?at=/pages/0/elements/2
aino     questionnaires:edit-element           scope=tampere pk=form ?at=/pages/1/elements/0/columns/1
aino     questionnaires:change-kind            scope=tampere pk=form ?at=/pages/0/elements/2
aino     questionnaires:change-kind            scope=tampere pk=form ?at=/pages/0/elements/2&kind=text
aino     questionnaires:take-file              scope=tampere pk=form
aino     questionnaires:translate-draft        scope=tampere pk=form
aino     questionnaires:edit-rules             scope=tampere pk=form
aino     questionnaires:try-draft              scope=tampere pk=form
aino     questionnaires:try-draft              scope=tampere pk=form ?lang=en&as=receive&width=phone
aino     questionnaires:list-revisions         scope=tampere pk=form
aino     questionnaires:publish-draft          scope=tampere pk=form
farid    questionnaires:list-questionnaires    scope=elsewhere
"""

ANSWERING = """
bilal    questionnaires:fill-page              pk=response number=1
bilal    questionnaires:fill-page              pk=response number=1 ?check
bilal    questionnaires:fill-page              pk=handed_in number=1
bilal    questionnaires:fill-whole             pk=response ?check
bilal    questionnaires:fill-whole             pk=handed_in
"""


def questioned(cast: Cast) -> dict[str, Any]:
    """Open a collection, begin a draft with a file and a guest, and hand another in."""
    made = make_questioned(cast)
    return {
        "small_version": made.asked.version.pk,
        "collection": made.asked.collection.pk,
        "response": made.asked.response.pk,
        "handed_in": made.handed.pk,
        "survey_version": made.surveyed.open.version_id,
        "survey": made.surveyed.open.pk,
        "survey_settled": made.surveyed.settled.pk,
        "survey_token": made.surveyed.token,
        "survey_common": made.surveyed.common,
        "survey_unit": cast.school.key,
        "form": made.draft.questionnaire_id,
    }
