"""Pages of calls and applications, in the form of the list of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luotsi.funding.tests.making import stage

if TYPE_CHECKING:
    from luotsi.people.tests.cast import Cast

FUNDING = """
aino     funding:list-portfolio                scope=region
aino     funding:list-portfolio                scope=tampere ?q=zzzz
farid    funding:list-portfolio                scope=elsewhere
aino     funding:list-calls                    scope=tampere
farid    funding:list-calls                    scope=elsewhere
aino     funding:add-call                      scope=tampere
aino     funding:import-calls                  scope=tampere
aino     funding:see-call                      scope=tampere owner=call_owner slug=call_slug
aino     funding:edit-call                     scope=tampere owner=call_owner slug=call_slug
aino     funding:mirror-form                   scope=tampere owner=call_owner slug=call_slug
aino     funding:begin-application             scope=tampere owner=call_owner slug=call_slug
bilal    funding:see-application               scope=school pk=application
aino     funding:see-application               scope=tampere pk=application
bilal    funding:edit-application              scope=school pk=application
bilal    funding:submit-application            scope=school pk=application
bilal    funding:move-application              scope=school pk=application move=drop
bilal    funding:add-member                    scope=school pk=application
bilal    funding:edit-member                   scope=school pk=application member=member
bilal    funding:end-member                    scope=school pk=application member=member
bilal    funding:add-link                      scope=school pk=application
bilal    funding:add-link                      scope=school pk=application ?q=zzzz
bilal    funding:remove-link                   scope=school pk=application link=link
bilal    funding:list-findings                 scope=school pk=application
bilal    funding:see-export                    scope=school pk=application
farid    funding:see-application               scope=elsewhere pk=application 404
"""


def funded(cast: Cast) -> dict[str, Any]:
    """Watch a call, begin an application with a team and a link; return what the addresses take."""
    made = stage(cast)
    return {
        "call_owner": made.call.owner.key,
        "call_slug": made.call.slug,
        "application": made.application.pk,
        "member": made.member.pk,
        "link": made.link.pk,
    }
