"""Pages of questionnaires, for their authors and for those who answer, in the form of the list of every page."""

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
