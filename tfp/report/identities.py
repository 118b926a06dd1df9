r"""The quantities of a run, and what is true of them whatever their values.

Whoever holds a table knows these identities: growth follows from two levels, a
contribution is growth times weight, shares are points over growth, a total is the sum of
its parts, the average of a period comes from its years. :func:`identities_of` lists them,
so that :mod:`tfp.report.disclosure` can ask what a withheld number can be computed from.

Each identity is written as what must be zero. Only its gradient is kept, taken where the
identity holds, by a complex step: exact to rounding, for products and logarithms too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.rows import RowIndex
    from tfp.report.content import RunContent
    from tfp.results.comparison import TargetOutcome
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.periods import PeriodAccounts

_STEP = 1e-30
# Digits to which a printed number must agree with a quantity to be taken for it.
_SAME = 1e-9
# A sum that misses its total by less than this tells the missing part all the same.
_NEARLY = 0.02
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


@dataclass(frozen=True)
class Quantity:
    """A number with a name: of what, of which area, of which year or period."""

    name: str
    entity: str
    time: str
    value: float


@dataclass
class Identities:
    """Quantities, and the gradients of the identities between them.

    Attributes
    ----------
    quantities : list of Quantity
    gradients : list of dict
        By number of a quantity, how the identity changes with it.
    """

    quantities: list[Quantity] = field(default_factory=list)
    gradients: list[dict[int, float]] = field(default_factory=list)
    _numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _by_time: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, entity: str, time: str, value: float) -> int | None:
        """Add a quantity unless it is missing, and return its number."""
        if not math.isfinite(value):
            return None
        key = (name, entity, time)
        if key not in self._numbers:
            self._numbers[key] = len(self.quantities)
            self._by_time.setdefault(time, []).append(len(self.quantities))
            self.quantities.append(Quantity(name, entity, time, float(value)))
        return self._numbers[key]

    def number(self, name: str, entity: str, time: str) -> int | None:
        """Return the number of a quantity; None if the run has none of that name."""
        return self._numbers.get((name, entity, time))

    def hold(self, identity: Callable[..., Any], *numbers: int | None) -> None:
        """Add an identity between some quantities, unless one of them is missing."""
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or not known:
            return
        values = np.array([self.quantities[number].value for number in known], dtype=complex)
        gradient: dict[int, float] = {}
        for place, number in enumerate(known):
            moved = values.copy()
            moved[place] += 1j * _STEP
            slope = float(np.imag(identity(*moved))) / _STEP
            gradient[number] = gradient.get(number, 0.0) + slope
        if all(math.isfinite(slope) for slope in gradient.values()):
            self.gradients.append(gradient)

    def total(self, total: int | None, parts: Iterable[int | None]) -> None:
        """Add that parts make a total, also where a small discrepancy is left."""
        numbers = [part for part in parts if part is not None]
        if total is None or not numbers or total in numbers:
            return
        values = [self.quantities[part].value for part in numbers]
        size = max(sum(map(abs, values)), abs(self.quantities[total].value))
        if abs(self.quantities[total].value - sum(values)) <= _NEARLY * size:
            self.hold(lambda whole, *others: whole - sum(others), total, *numbers)

    def found(self, value: float, times: Iterable[str]) -> list[int]:
        """Return the quantities of some times that a printed number shows.

        In whichever power of ten: a table may print in other units than the data.
        """
        return [
            number
            for time in times
            for number in self._by_time.get(time, ())
            if _same(value, self.quantities[number].value)
        ]

    def matrix(self) -> FloatArray:
        """Return the gradients as rows, in relative changes of the quantities."""
        scales = [abs(quantity.value) or 1.0 for quantity in self.quantities]
        matrix = np.zeros((len(self.gradients), len(self.quantities)))
        for row, gradient in enumerate(self.gradients):
            for number, slope in gradient.items():
                matrix[row, number] = slope * scales[number]
        largest = np.abs(matrix).max(axis=1, initial=0.0)
        scaled: FloatArray = matrix[largest > 0.0] / largest[largest > 0.0, None]
        return scaled


def identities_of(content: RunContent) -> Identities:
    """Return the quantities of a run and what holds between them."""
    system = Identities()
    _accounts(system, content.accounts)
    if content.panel is not None:
        _data(system, content.panel)
        _ratios(system, content.panel.rows)
    _stocks(system, content)
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
            system.add(name, area, year, values[row])
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
            if known is not None and not _same(value, system.quantities[known].value):
                continue
            now = system.add(role, area, year, value)
            then = None if before is None else float(column.values[before])
            if then and value and column.kind != "rate" and value / then > 0.0:
                rate = system.add(f"growth:{role}", area, year, 100.0 * (value / then - 1.0))
                earlier = system.number(role, area, str(panel.rows.time_label(before or 0)))
                system.hold(_growth(log=False), now, earlier, rate)
    for _, _, area, year in _years(panel.rows):
        _parts(system, panel, area, year)
        for base in ("output", "investment"):
            _prices(system, base, area, year)


def _parts(system: Identities, panel: Panel, area: str, year: str) -> None:
    """Add totals and structure of what comes in parts."""
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
        for name, above, below in (
            ("productivity", output, labour),
            ("productivity_current", system.number("output_current", area, year), labour),
            ("capital_per_worker", capital, labour),
            ("capital_per_output", capital, output),
            ("output_per_capital", output, capital),
            ("investment_rate", investment, output),
            ("per_head", output, system.number("population", area, year)),
        ):
            number = _ratio(system, name, above, below, (area, year))
            then = system.number(name, area, last)
            if number is None:
                continue
            system.hold(
                lambda of_hundred, ratio: of_hundred - 100.0 * ratio,
                system.add(f"per_cent:{name}", area, year, 100.0 * system.quantities[number].value),
                number,
            )
            if then is not None:
                grown = system.quantities[number].value / system.quantities[then].value - 1.0
                rate = system.add(f"growth:{name}", area, year, 100.0 * grown)
                system.hold(_growth(log=False), number, then, rate)
        _icor(system, (investment, output, earlier), area, year)


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
                same = _same(system.quantities[used].value, system.quantities[other].value)
                if same:
                    system.hold(lambda one, two: one - two, used, other)
        if end is not None and start is not None and used is not None:
            mean = (system.quantities[end].value + system.quantities[start].value) / 2.0
            if _same(system.quantities[used].value, mean):
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
        if other is not None and _same(share, system.quantities[other].value):
            system.hold(lambda one, two: one - two, number, other)


def _same(one: float, other: float) -> bool:
    """Tell whether two numbers agree up to a power of ten."""
    if one == 0.0 or other == 0.0:
        return one == other
    ratio = one / other
    if ratio <= 0.0:
        return False
    power = math.log10(ratio)
    return abs(power - round(power)) < _SAME
