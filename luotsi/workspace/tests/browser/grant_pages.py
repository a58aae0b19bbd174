"""Pages of own shares, matters, decisions and obligations, in the form of the list of every page."""

GRANTS = """
eeva     funding:list-own-shares               scope=tampere
eeva     funding:list-own-shares               scope=school
farid    funding:list-own-shares               scope=elsewhere
eeva     funding:see-own-share                 scope=school pk=grant
eeva     funding:see-own-share                 scope=school pk=grant_waiting ?given=total&amount=50000
eeva     funding:add-commitment                scope=school pk=grant
eeva     funding:edit-commitment               scope=school pk=grant commitment=grant_entry
eeva     funding:list-matters                  scope=school pk=grant
eeva     funding:list-matters                  scope=school pk=grant_waiting
bilal    funding:begin-matter                  scope=school pk=grant
bilal    funding:see-matter                    scope=school pk=grant matter=grant_matter
eeva     funding:see-matter                    scope=school pk=grant matter=grant_fixed
bilal    funding:edit-matter                   scope=school pk=grant matter=grant_matter
eeva     funding:decide-matter                 scope=school pk=grant matter=grant_matter
eeva     funding:see-decision                  scope=school pk=grant
eeva     funding:see-decision                  scope=school pk=grant_waiting
eeva     funding:read-decision                 scope=school pk=grant_waiting
eeva     funding:enter-decision                scope=school pk=grant_waiting
eeva     funding:correct-decision              scope=school pk=grant
eeva     funding:list-obligations              scope=school pk=grant
eeva     funding:list-obligations              scope=school pk=grant_waiting
eeva     funding:list-unit-obligations         scope=tampere
farid    funding:list-unit-obligations         scope=elsewhere
"""

NO_GRANT_PAGES = """
funding:remove-commitment funding:renew-matter funding:fix-matter funding:reopen-matter funding:undecide-matter
funding:discard-matter funding:download-matter funding:do-obligation funding:undo-obligation
funding:download-obligations funding:subscribe-obligations
"""
