r"""What is true of the quantities of a run, whatever their values.

Whoever holds a table knows these identities: growth follows from two levels, a
contribution is growth times weight, shares are points over growth, a total is the sum of
its parts, the average of a period comes from its years. :func:`identities_of` lists them,
so that :mod:`tfp.report.disclosure` can ask what a withheld number can be computed from.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError
from tfp.report.identities import Identities, same_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tfp.panel.panel import Panel
    from tfp.panel.rows import RowIndex
    from tfp.report.content import RunContent
    from tfp.results.comparison import TargetOutcome
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.periods import PeriodAccounts

_FAMILIES = {
    "output_by_part": "output",
    "output_current_by_part": "output_current",
    "investment": "investment",
    "investment_current": "investment_current",
    "capital": "capital",
    "labour_by_group": "labour",
    "employees": "employees",
    "compensation": "compensation",
    "capital_income": "capital_income",
}


def identities_of(content: RunContent) -> Identities:
    """Return the quantities of a run and what holds between them."""
    system = Identities()
    _accounts(system, content.accounts)
    if content.panel is not None:
        _data(system, content.panel)
        _ratios(system, content.panel.rows)
    _stocks(system, content)
    _productivity_form(system, content.accounts)
    for periods in content.periods:
        _periods(system, periods)
    for outcome in content.comparison.outcomes if content.comparison else ():
        if outcome.share is not None and content.comparison is not None:
            _target(system, content.comparison.area, outcome)
    return system


def _years(rows: RowIndex) -> Iterator[tuple[int, int | None, str, str]]:
    """Give each row, the row before it, its area and its year."""
    first = set(rows.breaks.tolist())
    for row in range(len(rows)):
        before = None if row in first else row - 1
        yield row, before, rows.entity_label(row), str(rows.time_label(row))


def _growth(*, log: bool) -> Callable[..., Any]:
    if log:
        return lambda now, before, growth: 100.0 * np.log(now / before) - growth
    return lambda now, before, growth: 100.0 * (now / before - 1.0) - growth


def _accounts(system: Identities, accounts: GrowthAccounts) -> None:
    """Add levels, growth, weights, points and shares of every year."""
    rows, log = accounts.rows, accounts.rates == "log"
    levels = {"output": accounts.output}
    levels |= dict(zip(accounts.factor_names, accounts.inputs, strict=True))
    weights = dict(zip(accounts.factor_names, accounts.weight_arrays, strict=True))
    used = {name: accounts.factor_weights[name].reindex() for name in accounts.factor_names}
    applied = {name: iter(column.tolist()) for name, column in used.items()}
    growth = {name: iter(accounts.factor_growth[name].tolist()) for name in levels}
    tfp = accounts.tfp_level()
    grown = set(rows.growth_rows.tolist())
    for row, before, area, year in _years(rows):
        for name, values in levels.items():
            system.add(name, area, year, values[row], level=True)
        for name, values in weights.items():
            system.add(f"weight:{name}", area, year, values[row])
        index = system.add("tfp_level", area, year, tfp[row])
        system.total(
            system.add("one", area, year, 1.0),
            [system.number(f"weight:{name}", area, year) for name in weights],
        )
        if row not in grown:
            continue
        last = "" if before is None else str(rows.time_label(before))
        for name in levels:
            rate = system.add(f"growth:{name}", area, year, next(growth[name]))
            now, then = (system.number(name, area, time) for time in (year, last))
            system.hold(_growth(log=log), now, then, rate)
        for name in weights:
            weight = system.add(f"applied_weight:{name}", area, year, next(applied[name]))
            ends = tuple(system.number(f"weight:{name}", area, time) for time in (last, year))
            _applied(system, accounts.share_timing, weight, ends)
        _points(system, accounts, row, area, year)
        rate = system.number("points:tfp", area, year)
        earlier = system.number("tfp_level", area, last)
        if accounts.index_form == "additive":
            system.hold(_growth(log=log), index, earlier, rate)


def _applied(
    system: Identities, timing: str, weight: int | None, ends: tuple[int | None, ...]
) -> None:
    """Add which year's weights a growth takes."""
    then, now = ends
    if timing == "average":
        system.hold(lambda mean, first, second: mean - (first + second) / 2.0, weight, then, now)
    else:
        system.hold(lambda one, other: one - other, weight, now if timing == "current" else then)


def _points(system: Identities, accounts: GrowthAccounts, row: int, area: str, year: str) -> None:
    """Add the contributions and shares of one year."""
    names = accounts.term_names
    growth = system.number("growth:output", area, year)
    points = {
        name: system.add(f"points:{name}", area, year, 100.0 * float(term[row]))
        for name, term in zip(names, accounts.terms, strict=True)
    }
    system.total(growth, points.values())
    for name in accounts.factor_names:
        system.hold(
            lambda part, weight, rate: part - weight * rate,
            points.get(name),
            system.number(f"applied_weight:{name}", area, year),
            system.number(f"growth:{name}", area, year),
        )
    _shares(system, points, growth, (area, year))


def _shares(
    system: Identities,
    points: dict[str, int | None],
    growth: int | None,
    where: tuple[str, str],
    prefix: str = "",
) -> None:
    """Add the share of growth of each term; they make a hundred."""
    if growth is None or system.quantities[growth].value == 0.0:
        return
    whole = system.quantities[growth].value
    shares = []
    for name, number in points.items():
        if number is not None:
            value = 100.0 * system.quantities[number].value / whole
            shares.append(system.add(f"{prefix}share:{name}", *where, value))
            system.hold(lambda s, p, g: s - 100.0 * p / g, shares[-1], number, growth)
    system.total(system.add("hundred", *where, 100.0), shares)


def _data(system: Identities, panel: Panel) -> None:
    """Add the data: growth of each column, parts and their totals, prices."""
    for role, column in panel.columns.items():
        for row, before, area, year in _years(panel.rows):
            known = system.number(role, area, year)
            value = float(column.values[row])
            if known is not None and not same_digits(value, system.quantities[known].value):
                continue
            amount = column.kind in ("quantity", "value")
            now = system.add(role, area, year, value, level=amount)
            then = None if before is None else float(column.values[before])
            if then and value and column.kind != "rate" and value / then > 0.0:
                rate = system.add(f"growth:{role}", area, year, 100.0 * (value / then - 1.0))
                earlier = system.number(role, area, str(panel.rows.time_label(before or 0)))
                system.hold(_growth(log=False), now, earlier, rate)
    for _, before, area, year in _years(panel.rows):
        last = "" if before is None else str(panel.rows.time_label(before))
        _parts(system, panel, area, year, last)
        for base in ("output", "investment"):
            _prices(system, base, area, year)


def _parts(system: Identities, panel: Panel, area: str, year: str, last: str) -> None:
    """Add totals and structure of what comes in parts, and what each adds to growth."""
    for family, whole in _FAMILIES.items():
        roles = [role for role in panel.columns if role.startswith(f"{family}:")]
        parts = [system.number(role, area, year) for role in roles]
        total = system.number(whole, area, year)
        if total is None and parts and None not in parts:
            values = [system.quantities[part].value for part in parts if part is not None]
            total = system.add(whole, area, year, sum(values))
        taxes = system.number("product_taxes", area, year)
        system.total(total, parts)
        system.total(total, [*parts, taxes])
        for role, part in zip(roles, parts, strict=True):
            if part is not None and total is not None and system.quantities[total].value:
                share = 100.0 * system.quantities[part].value / system.quantities[total].value
                number = system.add(f"structure:{role}", area, year, share)
                system.hold(lambda s, p, t: s - 100.0 * p / t, number, part, total)
            _adds(system, (role, whole), area, (last, year))


def _adds(system: Identities, names: tuple[str, str], area: str, ends: tuple[str, str]) -> None:
    """Add the points that a part contributes to the growth of the whole."""
    part, whole = names
    then, now = (system.number(part, area, time) for time in ends)
    base = system.number(whole, area, ends[0])
    if then is None or now is None or base is None:
        return
    values = [system.quantities[number].value for number in (now, then, base)]
    points = 100.0 * (values[0] - values[1]) / values[2]
    added = system.add(f"adds:{part}", area, ends[1], points)
    system.hold(lambda c, n, t, b: c - 100.0 * (n - t) / b, added, now, then, base)


def _prices(system: Identities, base: str, area: str, year: str) -> None:
    """Add the price index between current and constant prices, of the total and of parts."""
    ends = [
        quantity.name.removeprefix(base)
        for quantity in list(system.quantities)
        if (quantity.entity, quantity.time) == (area, year)
        and (quantity.name == base or quantity.name.startswith((f"{base}:", f"{base}_by_part:")))
    ]
    for end in ends:
        constant = system.number(f"{base}{end}", area, year)
        current = system.number(f"{base}_current{end}", area, year)
        _ratio(system, f"deflator:{base}{end}", current, constant, (area, year))
        price = system.number(f"{base}_price{end}", area, year)
        deflator = system.number(f"deflator:{base}{end}", area, year)
        if price is not None and deflator is not None:
            scale = system.quantities[price].value / system.quantities[deflator].value
            system.hold(lambda p, d, k=scale: p - k * d, price, deflator)


def _ratio(
    system: Identities,
    name: str,
    above: int | None,
    below: int | None,
    where: tuple[str, str],
) -> int | None:
    if above is None or below is None or not system.quantities[below].value:
        return None
    value = system.quantities[above].value / system.quantities[below].value
    number = system.add(name, *where, value)
    system.hold(lambda ratio, up, down: ratio - up / down, number, above, below)
    return number


def _ratios(system: Identities, rows: RowIndex) -> None:
    """Add labour productivity and its growth, capital per worker and per output, ICOR."""
    for _, before, area, year in _years(rows):
        last = "" if before is None else str(rows.time_label(before))
        output, labour, capital, investment = (
            system.number(name, area, year)
            for name in ("output", "labour", "capital", "investment")
        )
        earlier = system.number("output", area, last)
        produced = system.number("output_current", area, year)
        invested = system.number("investment_current", area, year)
        for name, above, below in (
            ("productivity", output, labour),
            ("productivity_current", produced, labour),
            ("capital_per_worker", capital, labour),
            ("capital_per_output", capital, output),
            ("output_per_capital", output, capital),
            ("investment_rate", investment, output),
            ("investment_rate_current", invested, produced),
            ("per_head", output, system.number("population", area, year)),
        ):
            number = _ratio(system, name, above, below, (area, year))
            then = system.number(name, area, last)
            if number is None:
                continue
            if then is not None:
                grown = system.quantities[number].value / system.quantities[then].value - 1.0
                rate = system.add(f"growth:{name}", area, year, 100.0 * grown)
                system.hold(_growth(log=False), number, then, rate)
        _icor(system, (investment, output, earlier), area, year)
        for ending in ("", "_current"):
            rate = system.number(f"investment_rate{ending}", area, year)
            _ratio(
                system,
                f"icor_of_rates{ending}",
                rate,
                system.number("growth:output", area, year),
                (area, year),
            )


def _icor(
    system: Identities, numbers: tuple[int | None, int | None, int | None], area: str, year: str
) -> None:
    investment, output, earlier = numbers
    if investment is None or output is None or earlier is None:
        return
    risen = system.quantities[output].value - system.quantities[earlier].value
    if risen:
        icor = system.add("icor", area, year, system.quantities[investment].value / risen)
        system.hold(lambda r, i, y, x: r - i / (y - x), icor, investment, output, earlier)


def _productivity_form(system: Identities, accounts: GrowthAccounts) -> None:
    """Add the growth of labour productivity and what capital per worker and TFP add to it."""
    try:
        form = accounts.productivity_form()
    except MethodError:
        return
    for row, _, area, year in _years(form.rows):
        total = system.number("growth:productivity", area, year)
        labour = system.number("growth:labour", area, year)
        terms = {
            name: system.add(f"productivity:{name}", area, year, 100.0 * float(term[row]))
            for name, term in zip(form.term_names, form.terms, strict=True)
        }
        system.total(total, terms.values())
        for name in accounts.factor_names:
            if name != "labour" and len(accounts.factor_names) == len(terms):
                system.hold(
                    _deepening,
                    next(iter(terms.values())),
                    system.number(f"applied_weight:{name}", area, year),
                    system.number(f"growth:{name}", area, year),
                    labour,
                    total,
                )


def _deepening(part: Any, weight: Any, capital: Any, labour: Any, productivity: Any) -> Any:
    logs = np.log1p(capital / 100.0) - np.log1p(labour / 100.0)
    return part - weight * logs * productivity / np.log1p(productivity / 100.0)


def _stocks(system: Identities, content: RunContent) -> None:
    """Add that a stock is what is left of the one before, and investment."""
    stocks = content.capital
    if stocks is None:
        return
    rows = stocks.panel.rows
    for row, before, area, year in _years(rows):
        end = system.add("stock_end", area, year, float(stocks.end_of_year[row]))
        start = system.add("stock_start", area, year, float(stocks.start_of_year[row]))
        last = "" if before is None else str(rows.time_label(before))
        invested = system.number("investment", area, year)
        if end is not None and start is not None and invested is not None:
            kept = _kept(system, end, start, invested)
            system.hold(lambda e, s, i, k=kept: e - k * s - i, end, start, invested)
        earlier = system.number("stock_end", area, last)
        system.hold(lambda s, e: s - e, start, earlier)
        used = system.number("capital", area, year)
        for other in (end, start):
            if used is not None and other is not None:
                same = same_digits(system.quantities[used].value, system.quantities[other].value)
                if same:
                    system.hold(lambda one, two: one - two, used, other)
        if end is not None and start is not None and used is not None:
            mean = (system.quantities[end].value + system.quantities[start].value) / 2.0
            if same_digits(system.quantities[used].value, mean):
                system.hold(lambda u, e, s: u - (e + s) / 2.0, used, end, start)


def _kept(system: Identities, end: int, start: int, invested: int) -> float:
    """Return what part of a stock outlasts the year, as the stocks themselves show it."""
    values = [system.quantities[number].value for number in (end, start, invested)]
    return (values[0] - values[2]) / values[1] if values[1] else 0.0


def _periods(system: Identities, periods: PeriodAccounts) -> None:
    """Add the averages of each period: from its years, and among themselves."""
    tag = periods.average
    for row, period in enumerate(periods.period):
        area = periods.entity[row]
        first, last = int(periods.first[row]), int(periods.last[row])
        years = [str(year) for year in range(first, last + 1)]
        if not math.isfinite(float(periods.total[row])):
            continue
        bases = [system.number("output", area, str(int(year) - 1)) for year in years]
        total = system.add(f"{tag}:growth", area, period, 100.0 * float(periods.total[row]))
        yearly = [system.number("growth:output", area, year) for year in years]
        _average(system, tag, total, yearly, bases)
        points: dict[str, int | None] = {}
        for name, term in zip(periods.term_names, periods.terms, strict=True):
            points[name] = system.add(f"{tag}:{name}", area, period, 100.0 * float(term[row]))
            yearly = [system.number(f"points:{name}", area, year) for year in years]
            _average(system, tag, points[name], yearly, bases)
        system.total(total, points.values())
        _shares(system, points, total, (area, period), f"{tag}:")
        mean = 100.0 * float(periods.geometric_mean[row])
        ends = tuple(system.number("output", area, time) for time in (str(first - 1), str(last)))
        _geometric(system, system.add("geometric_mean", area, period, mean), ends, len(years))


def _average(
    system: Identities,
    average: str,
    mean: int | None,
    yearly: list[int | None],
    bases: list[int | None],
) -> None:
    """Add that an average comes from its years.

    Averages of logs rest on conversions of their own; the mean of yearly rates is their
    gradient to first order, which is what decides whether a year can be computed.
    """
    count = len(yearly)
    if average == "increments":
        system.hold(
            lambda m, *both: (
                m
                - sum(g * y for g, y in zip(both[:count], both[count:], strict=True))
                / sum(both[count:])
            ),
            mean,
            *yearly,
            *bases,
        )
    else:
        system.hold(lambda m, *rates: m - sum(rates) / count, mean, *yearly)


def _geometric(
    system: Identities, mean: int | None, ends: tuple[int | None, ...], years: int
) -> None:
    system.hold(
        lambda g, first, last: np.log(last / first) / years - np.log(1.0 + g / 100.0), mean, *ends
    )


def _target(system: Identities, area: str, outcome: TargetOutcome) -> None:
    """Add the share that stands beside a target, that of its year or period, and the distance."""
    share = math.nan if outcome.share is None else outcome.share
    period = outcome.covered.replace("–", "-")
    number = system.add("target_share", area, period, share)
    if outcome.distance is not None:
        lower = share - outcome.distance
        distance = system.add(f"distance:{lower:g}", area, period, outcome.distance)
        system.hold(lambda far, own: far - own + lower, distance, number)
    for name in ("share:tfp", *(f"{a}:share:tfp" for a in ("increments", "sum_of_rates", "log"))):
        other = system.number(name, area, period)
        if other is not None and same_digits(share, system.quantities[other].value):
            system.hold(lambda one, two: one - two, number, other)
