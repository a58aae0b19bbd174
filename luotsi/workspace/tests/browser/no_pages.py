"""The addresses without a page: they do something, send a file, or answer programs."""

NO_PAGES = """
workspace:set-scheme workspace:see-health set_language people:sign-in-as
people:reopen-unit people:continue-role people:send-again people:withdraw-invitation
people:run-import people:discard-import people:download-errors people:download-template
indicators:submit-observation indicators:approve-observation indicators:discard-observation
indicators:download-facts indicators:withdraw-key indicators:download-template indicators:download-errors
indicators:run-import indicators:discard-import indicators:undo-import indicators:submit-import
programme:download-template programme:download-grid programme:download-plan programme:download-evidence
programme:add-milestone programme:remove-item programme:discard-draft
programme:end-event programme:download-clock programme:open-page programme:download-public-clock
programme:download-public-plan programme:download-public-data programme:subscribe-clock
api:api-root api:openapi-json api:list-tables api:read-table api:list-indicators api:read-figures
questionnaires:begin-response questionnaires:close-collection questionnaires:submit-response
questionnaires:renew-response questionnaires:download-submission questionnaires:revoke-share
questionnaires:download-attachment questionnaires:remind-survey questionnaires:settle-survey
questionnaires:resume-survey
questionnaires:download-results
questionnaires:download-version questionnaires:begin-draft questionnaires:shape-draft
questionnaires:restore-draft questionnaires:discard-draft questionnaires:check-expression
funding:download-call-template funding:download-application
reports:write-text reports:download-report reports:download-public-report
people:choose-language people:end-session people:end-other-sessions people:download-my-data
mfa_download_recovery_codes mfa_login_webauthn openid_connect_login openid_connect_callback
"""
