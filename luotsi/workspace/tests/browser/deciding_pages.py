"""Pages of decisions, payments, reports and statistics of an own call, in the form of the list of every page."""

DECIDING = """
decider  funding:list-decisions                scope=tampere slug=decided_call
decider  funding:decide-call                   scope=tampere slug=decided_call
decider  funding:list-payments                 scope=tampere slug=decided_call
decider  funding:ask-back                      scope=tampere slug=decided_call decision=decided_grant
decider  funding:list-asked-changes            scope=tampere slug=decided_call
decider  funding:see-asked-change              scope=tampere slug=decided_call change=decided_change
decider  funding:answer-asked-change           scope=tampere slug=decided_call change=decided_change
decider  funding:list-checks                   scope=tampere slug=decided_call
decider  funding:draw-sample                   scope=tampere slug=decided_call
decider  funding:check-report                  scope=tampere slug=decided_call report=decided_report
decider  funding:see-statistics                scope=tampere slug=decided_call
decider  funding:see-funder-statistics         scope=tampere
bilal    funding:see-decision                  scope=school pk=decided_application
"""

NO_DECIDING_PAGES = """
funding:take-back-decisions funding:send-decisions funding:resume-decisions funding:download-letters
funding:download-letter funding:download-own-letter funding:make-payments funding:download-payments
funding:confirm-payments funding:discard-payments funding:download-grants
"""
