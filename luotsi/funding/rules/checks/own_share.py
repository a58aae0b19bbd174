"""M4: the own share by the call's percentage and base; both bases are told, and a wrong one is found.

Where the call states no percentage, nothing is judged: no percentage stands in the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luotsi.funding.rules.application import Application, Area, FinancingKind
from luotsi.funding.rules.call import Call, Per, ShareRule
from luotsi.funding.rules.checks import figures
from luotsi.funding.rules.checks.finding import Difference, Field, Finding, Percent, Severity, Sum, Value, of, of_call
from luotsi.funding.rules.register import Register
from luotsi.funding.rules.shares import Base, from_grant, from_total, share_of

NEAR = Decimal("0.05")  # points of per cent that a told percentage may be rounded by


@dataclass(frozen=True)
class Part:
    """An area, or the whole: its grant and own share, its total cost and that part of it which counts, in euros.

    `total` is the costs where they are given, else the financing; None where neither is.
    """

    name: str
    grant: Decimal
    own: Decimal | None
    total: Decimal
    eligible: Decimal
    field: Field
    is_whole: bool = False

    def base(self, base: Base) -> Decimal:
        """Return what the own share is a share of."""
        return {Base.TOTAL_COST: self.total, Base.ELIGIBLE_COST: self.eligible, Base.GRANT: self.grant}[base]

    @property
    def others(self) -> Decimal:
        """Return what others pay."""
        return max(self.total - self.grant - (self.own or figures.ZERO), figures.ZERO)


def part_of(area: Area, call: Call) -> Part | None:
    """Return the sums of an area; None where it has no grant."""
    grant, own = figures.financing(area, FinancingKind.GRANT), figures.financing(area, FinancingKind.OWN_SHARE)
    if not grant or grant < 0:
        return None
    costs = figures.costs(area)
    total = costs if costs else figures.financing(area) or grant
    excluded = {known.key for known in call.cost_classes if not known.eligible}
    eligible = figures.total(row.amount for row in area.costs if row.cost_class not in excluded)
    field = figures.row_of(area, FinancingKind.OWN_SHARE)
    return Part(figures.area_names(area)[0], grant, own, total, total if eligible is None else eligible, field)


def whole_of(parts: list[Part], application: Application) -> Part:
    """Return the sums of all areas together."""
    own = figures.total(part.own for part in parts)
    grant, total = sum((part.grant for part in parts), figures.ZERO), sum((part.total for part in parts), figures.ZERO)
    eligible = sum((part.eligible for part in parts), figures.ZERO)
    field = of(application, "areas", "@own_share")
    return Part("@whole", grant, own, total, eligible, field, is_whole=True)


def own_share(application: Application, call: Call, register: Register, today: date) -> Iterator[Finding]:
    """M4: the own share is at least what the call asks for, of the base that the call names."""
    parts = [part for area in application.areas if (part := part_of(area, call)) is not None]
    if call.share is None:
        yield from (_unjudged(part, call) for part in parts if part.own is not None and part.total > 0)
        yield from _stated(application, call)
        return
    short = [found for part in parts if (found := _judged(part, call.share)) is not None]
    if call.share.per is Per.AREA or len(parts) == 1:
        yield from short
    if len(parts) > 1:
        whole = _judged(whole_of(parts, application), call.share)
        if whole is not None:
            yield _with_parts(whole, parts, call.share)


def least(part: Part, rule: ShareRule) -> Decimal:
    """Return the least own share of a part, by the sums as they are told; all of it where the rule leaves no grant."""
    counted = rule.counted
    found = None if counted is None else share_of(counted, part.base(rule.base))
    return part.total if found is None else found


def least_for(grant: Decimal, rule: ShareRule) -> Decimal:
    """Return the own share that a grant asks for when everything else is as small as the call allows."""
    parts = None if rule.counted is None else from_grant(rule.counted, grant)
    return figures.ZERO if parts is None else parts.own


def most(part: Part, rule: ShareRule) -> Decimal:
    """Return the largest grant at the same total cost; what of it does not count is paid by the applicant."""
    outside = part.total - part.eligible if rule.base is Base.ELIGIBLE_COST else figures.ZERO
    counted = rule.counted
    parts = None if counted is None else from_total(counted, part.total, outside=outside, other=part.others)
    return figures.ZERO if parts is None else parts.grant


def _unjudged(part: Part, call: Call) -> Finding:
    own = part.own or figures.ZERO
    of_total, of_grant = Percent(figures.share(own, part.total)), Percent(figures.share(own, part.grant))
    params: dict[str, Value] = {"area": part.name, "own": own, "total": part.total, "grant": part.grant}
    params |= {"of_total": of_total, "of_grant": of_grant}
    where = (part.field, of_call(call, "share", "@call", "@share"))
    return Finding("M4", "M4.not_stated", Severity.INFO, where, of_total, None, params)


def _stated(application: Application, call: Call) -> Iterator[Finding]:
    """Yield where a percentage that the applicant tells is not that of the total cost."""
    for area in application.areas:
        part = part_of(area, call)
        rows = [row for row in area.financing if row.kind is FinancingKind.OWN_SHARE]
        if part is None or part.own is None or len(rows) != 1 or rows[0].stated_percent is None:
            continue
        stated = rows[0].stated_percent
        of_total, of_grant = figures.share(part.own, part.total), figures.share(part.own, part.grant)
        if abs(of_total - stated) < NEAR:
            continue
        params: dict[str, Value] = {"stated": Percent(stated, 2), "of_total": Percent(of_total)}
        params["of_grant"] = Percent(of_grant)
        where = (figures.row_field(area, rows[0], "stated_percent"), figures.row_field(area, rows[0]))
        is_of_grant = abs(of_grant - stated) < NEAR
        code, severity = ("M4.stated_of_grant", Severity.INFO) if is_of_grant else ("M4.stated", Severity.WARN)
        yield Finding("M4", code, severity, where, params["stated"], params["of_total"], params)


def _judged(part: Part, rule: ShareRule) -> Finding | None:
    """Return what is wrong with the own share of a part; None where it is enough or was not told."""
    if part.own is None or part.total <= 0:
        return None
    wanted = least(part, rule)
    if part.own >= wanted:
        return None
    where = (part.field, of_call(rule, "percent", "@call", "@share"))
    params: dict[str, Value] = {
        "area": part.name,
        "own": part.own,
        "total": part.total,
        "grant": part.grant,
        "percent": Percent(rule.percent, 0 if rule.percent == rule.percent.to_integral_value() else 2),
        "base": f"@base.{rule.base}",
        "of_total": Percent(figures.share(part.own, part.total)),
        "of_grant": Percent(figures.share(part.own, part.grant)),
        "wanted": wanted,
        "short": wanted - part.own,
        "most": most(part, rule),
        "over": part.grant - most(part, rule),
        "source": rule.source or "–",
    }
    code = "M4.short"
    if rule.base is not Base.GRANT and _is_of_grant(part, part.own, rule):
        code, params = "M4.wrong_base", params | _readings(part, rule)
    return Finding("M4", code, Severity.BLOCK, where, part.own, wanted, params, rule.source)


def _is_of_grant(part: Part, own: Decimal, rule: ShareRule) -> bool:
    """Return True when the own share is the call's percentage of the grant, rounded one way or the other."""
    counted = rule.counted
    step = figures.EURO if counted is None else counted.rounding.step
    return abs(own - part.grant * rule.percent / figures.HUNDRED) < step


def _readings(part: Part, rule: ShareRule) -> dict[str, Value]:
    """Return the three ways to read a share that was worked out of the grant.

    1. The grant is right: what total and own share it asks for. 2. The total is right: the most that it allows.
    3. What is called the grant is the total: the grant and own share of that.
    """
    as_grant = least_for(part.grant, rule)
    as_total = least(replace(part, total=part.grant, eligible=part.grant), rule)
    return {
        "first_total": part.grant + as_grant,
        "first_own": as_grant,
        "first_short": as_grant - (part.own or figures.ZERO),
        "second_grant": most(part, rule),
        "second_over": part.grant - most(part, rule),
        "third_grant": part.grant - as_total,
        "third_own": as_total,
    }


def _with_parts(whole: Finding, parts: list[Part], rule: ShareRule) -> Finding:
    """Return the finding of the whole with how short each area is."""
    short = tuple(max(least(part, rule) - (part.own or figures.ZERO), figures.ZERO) for part in parts)
    params = {**whole.params, "parts": Sum(short), "by": Difference(sum(short, figures.ZERO))}
    return Finding(
        "M4", "M4.short_whole", whole.severity, whole.where, whole.found, whole.expected, params, whole.source
    )


def own_share_owed(application: Application, call: Call) -> tuple[Decimal, Field] | None:
    """Return the own share of an application with its field: as told, else the least that the call asks for.

    None where there is no grant, or neither a sum nor a percentage to work it out.
    """
    areas = [(area, part) for area in application.areas if (part := part_of(area, call)) is not None]
    if not areas:
        return None
    told = figures.total(part.own for _area, part in areas)
    field = areas[0][1].field if len(areas) == 1 else of(application, "areas", "@own_share")
    if told is not None:
        return told, field
    if call.share is None:
        return None
    return sum((least_for(part.grant, call.share) for _area, part in areas), figures.ZERO), field
