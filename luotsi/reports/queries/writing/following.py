"""The indicators of a report: what was reached, the target and its path, what is missing, and what is foreseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from luotsi.base.periods import Period
from luotsi.indicators.rules.forecast import Forecast
from luotsi.indicators.rules.values import Mark, Operator, Verdict
from luotsi.programme.rules.plan import Derived, Observation
from luotsi.programme.rules.values import Text
from luotsi.reports.queries.writing.ledger import Ledger
from luotsi.reports.queries.writing.terms import VERDICTS, cell
from luotsi.reports.queries.writing.words import every, joined, said
from luotsi.reports.rules import inputs
from luotsi.reports.rules.content import NO_TEXT, Block, Column, Entry, Paragraph, Table
from luotsi.reports.rules.material import Followed, Material
from luotsi.reports.rules.recipes import Foreseen, FromCell, FromForecast, FromTarget, Part
from luotsi.reports.rules.recompute import forecast_of, path_of


def cell_of(followed: Followed, period: Period) -> inputs.Cell | None:
    """Return the last figure that ends in the period, None where there is none."""
    found = [cell for cell in followed.cells if period.contains(followed.ends[cell.period])]
    return found[-1] if found else None


def cell_before(followed: Followed, period: Period) -> inputs.Cell | None:
    """Return the last figure from before the period."""
    found = [cell for cell in followed.cells if followed.ends[cell.period] < period.start]
    return found[-1] if found else None


def actual_of(followed: Followed, material: Material, ledger: Ledger) -> str:
    """Return the key of what was reached in the period: a figure, else a value that the plan derives; or nothing."""
    found = cell_of(followed, material.period)
    if found is not None:
        return ledger.cell(followed, found, material.unit_names, followed.code or followed.key.replace("-", "_"))
    items: list[Derived | Observation] = [*material.plan.derived, *material.plan.observations] if followed.code else []
    for item in items:
        unit_fits = item.unit == followed.definition.unit
        if item.indicator == followed.code and unit_fits and _is_a_number(item, ledger):
            return ledger.told(item.code)
    return ""


def _is_a_number(item: Derived | Observation, ledger: Ledger) -> bool:
    if isinstance(item, Observation) and item.kind not in {"actual"}:
        return False
    return ledger.plan.value(item.code) is not None


def target_of(followed: Followed, ledger: Ledger) -> str:
    """Return the key of the target, nothing where there is none."""
    aim = ledger.aim(followed)
    if aim is None:
        return ""
    return ledger.add(
        f"{aim.code}_target",
        said(_("Target: %(indicator)s"), indicator=followed.names),
        FromTarget(aim=aim.code, part=Part.VALUE),
        unit=followed.definition.unit,
        decimals=None if aim.value == aim.value.to_integral_value() else followed.decimals,
        period=followed.aim_period,
        operator=Operator.EQ if aim.operator == Operator.EQ else aim.operator,
        place=ledger.material.unit_names,
        source=followed.code,
    )


def indicators(material: Material, ledger: Ledger) -> Iterator[Block]:
    """Tell of every indicator where it stands against its target, and what is foreseen."""
    if not material.followed:
        yield Paragraph(text=said(_("The programme has no indicators.")))
        return
    yield Table(
        key="standing",
        caption=said(_("Where the indicators stand")),
        columns=(
            Column(label=said(_("Indicator"))),
            Column(label=said(_("Numerator and denominator"))),
            Column(label=said(_("Year before")), numeric=True),
            Column(label=said(_("Reached")), numeric=True),
            Column(label=said(_("Target")), numeric=True),
            Column(label=said(_("Missing")), numeric=True),
            Column(label=said(_("Quality"))),
        ),
        rows=tuple(standing(followed, material, ledger) for followed in material.followed),
        note=said(_("A dash means that nobody has told the figure. Missing = target minus what was reached.")),
    )
    yield Table(
        key="outlook",
        caption=said(_("Will the targets be reached?")),
        columns=(
            Column(label=said(_("Indicator"))),
            Column(label=said(_("Target at the end of"))),
            Column(label=said(_("The path asks for now")), numeric=True),
            Column(label=said(_("Needed pace in a year")), numeric=True),
            Column(label=said(_("Forecast")), numeric=True),
            Column(label=said(_("Range of four in five")), numeric=True),
            Column(label=said(_("Verdict"))),
        ),
        rows=tuple(outlook(followed, material, ledger) for followed in material.followed if followed.aim),
    )


def standing(followed: Followed, material: Material, ledger: Ledger) -> tuple[Entry, ...]:
    """Return the row of an indicator: what it is made of, before, now, target, what is missing, how good it is."""
    actual = actual_of(followed, material, ledger)
    before = cell_before(followed, material.period)
    code = followed.code or followed.key.replace("-", "_")
    earlier = ledger.cell(followed, before, material.unit_names, f"{code}_before") if before else ""
    target = target_of(followed, ledger)
    missing = ""
    if target and actual and followed.aim and ledger.made(actual).value is not None:
        missing = ledger.add(
            f"{followed.aim.code}_gap",
            said(_("Missing from the target: %(indicator)s"), indicator=followed.names),
            FromTarget(aim=followed.aim.code, part=Part.GAP, figure=actual),
            unit="points" if followed.definition.unit == "percent" else followed.definition.unit,
            decimals=followed.decimals,
            operator=Operator.APPROX if ledger.figures[actual].operator == Operator.APPROX else Operator.EQ,
            period=material.period.key,
            place=material.unit_names,
            source=actual,
        )
    return (
        Entry(text=followed.names),
        cell(made_of(followed, material, ledger, actual)),
        Entry(figure=earlier),
        Entry(figure=actual),
        Entry(figure=target),
        Entry(figure=missing),
        cell(quality(followed, ledger, actual)),
    )


def made_of(followed: Followed, material: Material, ledger: Ledger, actual: str) -> Text:
    """Return numerator by denominator with the words for both, as far as they are known."""
    figure = ledger.figures.get(actual)
    derived = ledger.plan.items.get(actual)
    if isinstance(derived, Derived) and "/" in derived.formula:
        parts = [
            ledger.told(name) for name in derived.formula.replace("* 100", "").split() if name in ledger.plan.items
        ]
        if len(parts) == 2:
            return every(f"{{{parts[0]}}} ÷ {{{parts[1]}}}")
    counts = [
        item
        for item in material.plan.observations
        if followed.code
        and item.indicator == followed.code
        and item.value is not None
        and item.unit != followed.definition.unit
        and item.kind == "actual"
    ]  # fmt: skip
    words = joined([followed.definition.numerator, followed.definition.denominator], " ÷ ")
    given = ledger.cells.get(figure.recipe) if figure and isinstance(figure.recipe, FromCell) else None
    if given is not None and given.numerator is not None and given.denominator is not None:
        return said("%(top)s ÷ %(bottom)s", top=given.numerator, bottom=rounded(given.denominator))
    if spread := range_of(followed, material):
        return spread
    if figure is None and counts:
        return every(f"{{{ledger.told(counts[0].code)}}}")
    return words


def range_of(followed: Followed, material: Material) -> Text:
    """Return the range that the source told instead of one value; nothing where it told none."""
    for item in material.plan.observations:
        if followed.code and item.indicator == followed.code and item.low is not None and item.high is not None:
            return said("%(low)s–%(high)s", low=item.low, high=item.high)
    return NO_TEXT


def rounded(value: Decimal) -> Decimal:
    """Return a denominator that was implied by a share without the decimals that nobody counted."""
    return value.quantize(Decimal(1))


def quality(followed: Followed, ledger: Ledger, actual: str) -> Text:
    """Return what a reader must know of a figure: approximate, without a rule, told by some only."""
    if not actual:
        return said(_("Not told"))
    figure, found = ledger.figures[actual], []
    if range_of(followed, ledger.material):
        found.append(said(_("The middle of a told range")))
    elif figure.operator == Operator.APPROX:
        found.append(said(_("Approximate")))
    if not followed.definition.rule and not followed.definition.numerator:
        found.append(said(_("No rule of counting was given")))
    if figure.mark == Mark.PROTECTED:
        found.append(said(_("Protected: a small group")))
    given = ledger.cells.get(figure.recipe) if isinstance(figure.recipe, FromCell) else None
    if given is not None and given.reporting < given.expected:
        told = {"reporting": given.reporting, "expected": given.expected}
        found.append(said(_("%(reporting)s of %(expected)s units told it"), **told))
    return joined(found, "; ")


def outlook(followed: Followed, material: Material, ledger: Ledger) -> tuple[Entry, ...]:
    """Return the row of a target: its end, path, needed pace, forecast with its range, and the verdict."""
    aim = followed.aim
    if aim is None:
        raise ValueError(f"{followed.key} has no target.")
    actual = actual_of(followed, material, ledger)
    ledger.aim(followed)
    day = last_day(followed, material, actual)
    told = _forecast(followed, material, ledger, actual)
    _mark, words = VERDICTS[told.verdict]
    unit = "points" if followed.definition.unit == "percent" else followed.definition.unit
    about = {"place": material.unit_names, "decimals": followed.decimals, "source": followed.code or followed.key}
    path = pace = ""
    if path_of(aim).value_on(day) is not None:
        label = said(_("Path of the target: %(indicator)s"), indicator=followed.names)
        recipe = FromTarget(aim=aim.code, part=Part.PATH, day=day)
        path = ledger.add(f"{aim.code}_path", label, recipe, unit=followed.definition.unit, period=str(day), **about)
    if actual and ledger.made(actual).value is not None and day < aim.due_on:
        label = said(_("Needed change in a year: %(indicator)s"), indicator=followed.names)
        recipe = FromTarget(aim=aim.code, part=Part.PACE, figure=actual, day=day)
        pace = ledger.add(f"{aim.code}_pace", label, recipe, unit=unit, period=str(day), **about)
    value, low, high = _foreseen(followed, ledger, told)
    between = every(f"{{{low}}} – {{{high}}}") if low and high else NO_TEXT
    return (
        Entry(text=followed.names),
        cell(every(followed.aim_period)),
        Entry(figure=path),
        Entry(figure=pace),
        Entry(figure=value),
        cell(between),
        Entry(state=_mark, text=joined([said(words), _why(told)], ": ")),
    )


def last_day(followed: Followed, material: Material, actual: str) -> date:
    """Return the day of the last known figure, else the last day of the period."""
    found = cell_of(followed, material.period)
    return followed.ends[found.period] if found else material.period.end


def _forecast(followed: Followed, material: Material, ledger: Ledger, actual: str) -> Forecast:
    """Return the forecast; a value that the plan derives is one known point, kept with the report."""
    aim = followed.aim
    if aim is None:
        raise ValueError(f"{followed.key} has no target.")
    value = ledger.made(actual).value if actual else None
    if not followed.cells and value is not None:
        day = material.period.end
        approximate = ledger.figures[actual].operator == Operator.APPROX
        known = inputs.Known(indicator=aim.indicator, day=day, value=value, approximate=approximate)
        ledger.known.setdefault((aim.indicator, day), known)
    return forecast_of(aim, ledger.inputs())


def _foreseen(followed: Followed, ledger: Ledger, told: Forecast) -> tuple[str, str, str]:
    """Return the keys of the forecast and its range; nothing with too little data."""
    aim = followed.aim
    if aim is None or told.method is None:
        return "", "", ""
    labels = {
        Foreseen.VALUE: _("Forecast: %(indicator)s"),
        Foreseen.LOW: _("Lower end of the forecast: %(indicator)s"),
        Foreseen.HIGH: _("Upper end of the forecast: %(indicator)s"),
    }
    value, low, high = (
        ledger.add(
            f"{aim.code}_{part}",
            said(label, indicator=followed.names),
            FromForecast(aim=aim.code, part=part),
            unit=followed.definition.unit,
            decimals=followed.decimals,
            period=followed.aim_period,
            operator=Operator.APPROX,
            place=ledger.material.unit_names,
            source=followed.code or followed.key,
        )
        for part, label in labels.items()
    )
    return value, low, high


def _why(told: Forecast) -> Text:
    if told.verdict != Verdict.TOO_LITTLE:
        return NO_TEXT
    count = next((remark.params.get("count") for remark in told.remarks if remark.code == "forecast.too_little"), 0)
    if count == 1:
        return said(_("one point is known"))
    return said(_("%(count)s points are known"), count=count) if count else said(_("no point is known"))
