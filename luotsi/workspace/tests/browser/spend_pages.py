"""Pages of the spending of grants, in the form of the list of every page."""

SPENDING = """
eeva     funding:see-spending                  scope=school pk=spent
bilal    funding:see-spending                  scope=school pk=spent
eeva     funding:see-spending                  scope=school pk=grant
eeva     funding:list-entries                  scope=school pk=spent
eeva     funding:list-entries                  scope=school pk=spent ?cost_class=devices&state=none
eeva     funding:list-entries                  scope=school pk=spent ?q=zzzz
eeva     funding:rule-entry                    scope=school pk=spent entry=spent_entry
eeva     funding:edit-budget                   scope=school pk=spent
eeva     funding:edit-income                   scope=school pk=spent
eeva     funding:import-ledger                 scope=school pk=spent
eeva     funding:see-ledger-import             scope=school pk=spent found=spent_waiting
eeva     funding:see-ledger-import             scope=school pk=spent found=spent_done
eeva     funding:add-payment                   scope=school pk=spent
eeva     funding:edit-payment                  scope=school pk=spent payment=spent_payment
eeva     funding:list-doubles                  scope=school
farid    funding:list-doubles                  scope=elsewhere
"""

NO_SPENDING_PAGES = """
funding:download-ledger-template funding:run-ledger-import funding:discard-ledger-import funding:undo-ledger-import
funding:download-ledger-faults funding:remove-payment
"""
