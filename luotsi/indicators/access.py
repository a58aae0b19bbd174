"""The only way to fetch a record of this room: it answers 404 to strangers and 403 to those who may look only."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from luotsi.indicators.models import ApiToken, Indicator, Observation, ObservationImport, Target
from luotsi.indicators.rules.rights import HOLDERS, Right, may
from luotsi.indicators.rules.tokens import PREFIX, hash_of
from luotsi.indicators.rules.values import ObservationState
from luotsi.people.access import reach_of
from luotsi.people.models import Unit

if TYPE_CHECKING:
    from luotsi.indicators.models.definitions import IndicatorQuerySet
    from luotsi.indicators.models.observations import ObservationQuerySet
    from luotsi.indicators.models.targets import TargetQuerySet
    from luotsi.people.access import Visitor

# Those who work with the figures themselves see what was entered; everybody else sees protected figures.
WORKING = HOLDERS[Right.ENTER] | HOLDERS[Right.APPROVE]


def may_see(visitor: Visitor, unit: Unit) -> bool:
    """Return True when the visitor may see figures of the unit."""
    return may(reach_of(visitor), Right.SEE, unit.path)


def may_do(visitor: Visitor, right: Right, unit: Unit) -> bool:
    """Return True when the visitor has the right at the unit."""
    return may(reach_of(visitor), right, unit.path)


def works_at(visitor: Visitor, path: str) -> bool:
    """Return True when the visitor enters or approves figures of the unit at the path, and so sees them as entered."""
    return reach_of(visitor).has_any(WORKING, path)


def may_define(visitor: Visitor, indicator: Indicator) -> bool:
    """Return True when the visitor may write definitions of the indicator: at its owner; nobody those of everybody."""
    return indicator.owner is not None and may_do(visitor, Right.DEFINE, indicator.owner)


def require(visitor: Visitor, unit: Unit, to: Right) -> Unit:
    """Return a unit that was fetched already.

    Raises:
        Http404: the visitor may not see figures there.
        PermissionDenied: the visitor may see them but not do this.
    """
    reach = reach_of(visitor)
    if not (may(reach, Right.SEE, unit.path) or may(reach, to, unit.path)):
        raise Http404(_("There are no figures here, or you have no role that shows them."))
    if not may(reach, to, unit.path):
        raise PermissionDenied(_("Your role shows the figures here but does not let you do this."))
    return unit


def indicators_visible_to(visitor: Visitor, scope: Unit) -> IndicatorQuerySet:
    """Return the indicators that are followed at the unit: everybody's, and those owned there, above or below."""
    found = Indicator.objects.owned_along(scope) if may_see(visitor, scope) else Indicator.objects.none()
    return found.select_related("owner")


def indicator_for(visitor: Visitor, scope: Unit, key: str, to: Right = Right.SEE) -> Indicator:
    """Return an indicator that is followed at the unit.

    `to` is asked at the unit, DEFINE at the owner of the indicator. Raises Http404 and PermissionDenied as `require`.
    """
    found = indicators_visible_to(visitor, scope).filter(key=key).first()
    if found is None:
        raise Http404(_("There is no such indicator, or you have no role that shows it."))
    allowed = may_define(visitor, found) if to == Right.DEFINE else may_do(visitor, to, scope)
    if not allowed:
        raise PermissionDenied(_("Your role shows this indicator but does not let you do this with it."))
    return found


def observations_visible_to(visitor: Visitor, scope: Unit) -> ObservationQuerySet:
    """Return what was entered of the unit and below it, where the visitor enters or approves figures."""
    reached = Q(pk__in=[])
    for grip in reach_of(visitor).grips:
        if grip.role in WORKING:
            reached |= Q(unit__path=grip.path) if grip.stays else Q(unit__path__startswith=grip.path)
    found = Observation.objects.filter(reached, unit__path__startswith=scope.path)
    return found.select_related("indicator", "definition", "unit")


def observation_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.SEE) -> Observation:
    """Return an observation of the unit or below, as it was entered.

    To see it is for those who enter or approve figures of its unit: it is not protected as figures are.
    Raises Http404 and PermissionDenied as `require`.
    """
    found = (
        Observation.objects.under(scope)
        .select_related("indicator__owner", "definition", "unit", "replaces", "entered_by", "approved_by")
        .filter(pk=pk)
        .first()
    )
    if found is None or not may_see(visitor, found.unit):
        raise Http404(_("There is no such figure, or you have no role that shows it."))
    allowed = works_at(visitor, found.unit.path) if to == Right.SEE else may_do(visitor, to, found.unit)
    if not allowed:
        raise PermissionDenied(_("Your role shows figures of this unit but does not let you do this."))
    return found


def approvable_by(visitor: Visitor, scope: Unit) -> ObservationQuerySet:
    """Return submitted observations of the unit and below that the visitor may approve."""
    reached = Q(pk__in=[])
    for grip in reach_of(visitor).grips:
        if grip.role in HOLDERS[Right.APPROVE]:
            reached |= Q(unit__path=grip.path) if grip.stays else Q(unit__path__startswith=grip.path)
    found = Observation.objects.under(scope).filter(reached, state=ObservationState.SUBMITTED)
    return found.select_related("indicator", "definition", "unit", "replaces")


def targets_visible_to(visitor: Visitor, scope: Unit) -> TargetQuerySet:
    """Return the targets in force of the unit and of those above it."""
    found = Target.objects.in_force().filter(unit__in=[*scope.ancestor_ids, scope.pk])
    return (found if may_see(visitor, scope) else found.none()).select_related("indicator", "unit")


def target_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.SEE) -> Target:
    """Return a target of the unit, or of one below or above it; changing it is asked at the unit it is of.

    Raises Http404 and PermissionDenied as `require`.
    """
    found = Target.objects.select_related("indicator__owner", "unit").filter(pk=pk).first()
    if found is None or not may_see(visitor, scope) or not _sees_target(visitor, scope, found):
        raise Http404(_("There is no such target, or you have no role that shows it."))
    if to != Right.SEE and not may_do(visitor, to, found.unit):
        raise PermissionDenied(_("Your role shows this target but does not let you change it."))
    return found


def _sees_target(visitor: Visitor, scope: Unit, target: Target) -> bool:
    """Return True for targets of the units above, which are for everybody below, and those of units one sees."""
    below = target.unit.path.startswith(scope.path)
    return scope.path.startswith(target.unit.path) or (below and may_see(visitor, target.unit))


def import_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.ENTER) -> ObservationImport:
    """Return an import of observations at the unit. Raises Http404 for everybody who may not enter figures there."""
    found = ObservationImport.objects.select_related("scope").filter(pk=pk, scope__path__startswith=scope.path).first()
    if found is None or not may_do(visitor, to, found.scope):
        raise Http404(_("There is no such import, or you have no role that shows it."))
    return found


def token_for(visitor: Visitor, scope: Unit, pk: UUID, to: Right = Right.EXPORT) -> ApiToken:
    """Return a key of a program at the unit. Raises Http404 for everybody who may not take figures out there."""
    found = ApiToken.objects.select_related("unit").filter(pk=pk, unit__path__startswith=scope.path).first()
    if found is None or not may_do(visitor, to, found.unit):
        raise Http404(_("There is no such key, or you have no role that shows it."))
    return found


def unit_below(visitor: Visitor, scope: Unit, pk: UUID | None) -> Unit:
    """Return the unit itself or one below it whose figures the visitor may see; `pk` None = the unit itself.

    Raises Http404 where there is none, or the visitor may not see its figures.
    """
    found = scope if pk is None or pk == scope.pk else Unit.objects.under(scope).filter(pk=pk).first()
    if found is None or not may_see(visitor, found):
        raise Http404(_("There are no figures here, or you have no role that shows them."))
    return found


def token_with(secret: str) -> ApiToken | None:
    """Return the key in force that a program shows, with its unit; None for every other secret."""
    found = ApiToken.objects.in_force().select_related("unit").filter(hash=hash_of(secret))
    return found.first() if secret.startswith(PREFIX) else None


def unit_of_token(token: ApiToken, key: str) -> Unit:
    """Return the unit that a program asks about: that of its key, or one below. Raises Http404 for all others."""
    if not key or key == token.unit.key:
        return token.unit
    found = Unit.objects.under(token.unit).filter(key=key).first()
    if found is None:
        raise Http404(_("There is no such unit, or the key does not open it."))
    return found


def indicator_of_token(token: ApiToken, unit: Unit, key: str) -> Indicator:
    """Return an indicator that is followed at a unit of the key. Raises Http404 for all others."""
    found = indicators_of_token(token, unit).filter(key=key).first()
    if found is None:
        raise Http404(_("There is no such indicator, or the key does not open it."))
    return found


def indicators_of_token(token: ApiToken, unit: Unit) -> IndicatorQuerySet:
    """Return the indicators that are followed at a unit of the key."""
    found = Indicator.objects.owned_along(unit) if unit.path.startswith(token.unit.path) else Indicator.objects.none()
    return found.select_related("owner")
