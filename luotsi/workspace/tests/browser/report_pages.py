"""Pages of reports to funders and of change requests, in the form of the list of every page."""

REPORTING = """
eeva     funding:list-changes                  scope=school pk=running
eeva     funding:list-changes                  scope=school pk=grant
eeva     funding:see-change                    scope=school pk=running change=running_change
bilal    funding:see-change                    scope=school pk=running_other change=running_sent
eeva     funding:write-change                  scope=school pk=running change=running_change
eeva     funding:send-change                   scope=school pk=running change=running_change
eeva     funding:answer-change                 scope=school pk=running_other change=running_sent
eeva     funding:list-grant-reports            scope=school pk=running
eeva     funding:list-grant-reports            scope=school pk=grant
eeva     funding:see-grant-report              scope=school pk=running report=running_report
bilal    funding:see-grant-report              scope=school pk=running report=running_frozen
eeva     funding:write-grant-report            scope=school pk=running report=running_report
eeva     funding:send-grant-report             scope=school pk=running report=running_report
"""

NO_REPORTING_PAGES = """
funding:begin-change funding:withdraw-change funding:download-change funding:begin-grant-report
funding:complete-grant-report funding:discard-grant-report funding:download-grant-report
"""
