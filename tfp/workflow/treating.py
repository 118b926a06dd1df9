"""What a plan does to its data: values filled, breaks settled, capital accumulated."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import PlanError, TFPError
from tfp.inputs.breaks.splicing import AssumedGrowth, PublishedOverlap, accept_break, splice
from tfp.inputs.capital.inventory import CapitalStocks, PerpetualInventory
from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.filling import fill_values, interpolate
from tfp.inputs.capital.initial_stock import (
    CapitalOutputRatio,
    GivenStock,
    ICORStock,
    SteadyState,
    rescaled_ratio,
    rows_of_year,
)
from tfp.panel.panel import Panel
from tfp.workflow.data_reading import InputFile, column_values, read_input
from tfp.workflow.placing import placing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tfp.inputs.capital.initial_stock import InitialStock as InitialStockRule
    from tfp.workflow.data_reading import PlanData
    from tfp.workflow.plan import (
        AcceptedBreak,
        Capital,
        Data,
        Fill,
        InitialStock,
        Interpolation,
        Plan,
        Splice,
        Treatment,
    )


@dataclass(frozen=True, eq=False)
class Treated:
    """The data of a plan, ready for growth accounting.

    Attributes
    ----------
    panel : Panel
    capital : CapitalStocks or None
    files : tuple of InputFile
        Further files that were read for it.
    """

    panel: Panel
    capital: CapitalStocks | None = None
    files: tuple[InputFile, ...] = ()


def treat(plan: Plan, treatment: Treatment, data: PlanData, folder: Path) -> Treated:
    """Return the data after everything that the plan declares about them.

    Fills and interpolations come first, then splices and accepted breaks, then capital.
    """
    panel = data.panel
    for step in _steps(treatment, data):
        panel = step(panel)
    if treatment.capital is None:
        return Treated(panel)
    return _with_capital(plan.data, treatment.capital, panel, folder)


def treat_what_works(plan: Plan, data: PlanData, folder: Path) -> Panel:
    """Return the data after those of the plan's treatments that can be applied to them.

    For saying what else is wrong with data for which :func:`treat` fails.
    """
    panel = data.panel
    for step in _steps(plan.treatment, data):
        with suppress(TFPError):
            panel = step(panel)
    if plan.treatment.capital is not None:
        with suppress(TFPError):
            panel = _with_capital(plan.data, plan.treatment.capital, panel, folder).panel
    return panel


def _steps(treatment: Treatment, data: PlanData) -> Iterator[Callable[[Panel], Panel]]:
    """Give what the plan does to its data before capital, in this order."""
    for number, fill in enumerate(treatment.fill, start=1):
        yield partial(_filled, fill=fill, data=data, key=f"fill[{number}]")
    for number, gap in enumerate(treatment.interpolate, start=1):
        yield partial(_interpolated, gap=gap, key=f"interpolate[{number}]")
    # From the earliest break on: a later splice moves the level that an earlier one needs.
    by_year = sorted(enumerate(treatment.splice, start=1), key=lambda numbered: numbered[1].at)
    for number, link in by_year:
        yield partial(_spliced, link=link, key=f"splice[{number}]")
    for number, known in enumerate(treatment.accept_break, start=1):
        yield partial(_accepted, known=known, key=f"accept_break[{number}]")


def _interpolated(panel: Panel, gap: Interpolation, key: str) -> Panel:
    with placing(key):
        return interpolate(
            panel, gap.role, gap.years, reason=gap.reason, method=gap.method, entity=gap.entity
        )


def _spliced(panel: Panel, link: Splice, key: str) -> Panel:
    with placing(key):
        return splice(panel, link.role, link.at, _link(link), entity=link.entity)


def _accepted(panel: Panel, known: AcceptedBreak, key: str) -> Panel:
    with placing(key):
        return accept_break(panel, known.role, known.at, reason=known.reason, entity=known.entity)


def _filled(panel: Panel, fill: Fill, data: PlanData, key: str) -> Panel:
    given = fill.values if fill.values is not None else _from_column(panel, fill, data, key)
    values: dict[int | str, float] = dict(given.items())
    with placing(key):
        return fill_values(
            panel,
            fill.role,
            values,
            reason=fill.reason,
            source=fill.source or fill.from_column or "",
            entity=fill.entity,
            status=fill.status,
        )


def _from_column(panel: Panel, fill: Fill, data: PlanData, key: str) -> dict[int, float]:
    """Return the figures of another column of the file for the years that the plan names."""
    column = fill.from_column or ""
    figures = column_values(data.table, column, f"{key}.from_column")
    rows = panel.rows
    times = data.table.integers(rows.time_name)
    chosen = np.ones(len(times), dtype=bool)
    if rows.entity_name is not None and fill.entity is not None:
        named = data.table.texts(rows.entity_name)
        chosen = np.array([name == fill.entity for name in named])
    by_year = {int(times[row]): float(figures[row]) for row in np.flatnonzero(chosen)}
    found = {year: by_year.get(year, np.nan) for year in fill.years or ()}
    for year, figure in found.items():
        if np.isnan(figure):
            with placing(f"{key}.years"):
                raise PlanError("plan-fill-nothing", column=column, year=year)
    return found


def _link(link: Splice) -> PublishedOverlap | AssumedGrowth:
    if link.previous is not None:
        return PublishedOverlap(link.previous, source=link.source)
    return AssumedGrowth(link.growth or 0.0, name=link.name, source=link.source)


def _with_capital(data: Data, capital: Capital, panel: Panel, folder: Path) -> Treated:
    depreciation = Geometric(capital.depreciation)
    with placing("capital.initial"):
        rule, files = _initial(data, capital, panel, folder)
    with placing("capital"):
        stocks = PerpetualInventory(
            depreciation=depreciation,
            initial_stock=rule,
            timing=capital.timing,
            investment_timing=capital.investment_timing,
        ).fit(panel)
    return Treated(stocks.panel, stocks, files)


def _initial(
    data: Data, capital: Capital, panel: Panel, folder: Path
) -> tuple[InitialStockRule, tuple[InputFile, ...]]:
    stated = capital.initial
    year, ratio, years = stated.year or 0, stated.ratio or 0.0, stated.years or ""
    if stated.method == "given":
        return GivenStock(stated.value or 0.0, year, stated.source), ()
    if stated.method == "steady_state":
        return SteadyState(years, stated.growth_of or "investment"), ()
    if stated.method == "icor":
        return ICORStock(year, years), ()
    if stated.method == "capital_output_ratio":
        return CapitalOutputRatio(ratio, year, stated.source), ()
    derived, file = _ratio_of_earlier_vintage(data, capital, panel, folder)
    return CapitalOutputRatio(derived, year, stated.source), (file,)


def _ratio_of_earlier_vintage(
    data: Data, capital: Capital, panel: Panel, folder: Path
) -> tuple[float, InputFile]:
    """Accumulate the stock on the earlier vintage and carry its ratio to output over."""
    stated: InitialStock = capital.initial
    table, file = read_input(data, folder, stated.file or "", stated.sheet, "capital.initial.file")
    year, time = stated.year or 0, stated.time or ""
    named = {"output": stated.output or "", "investment": stated.investment or ""}
    columns = {
        role: column_values(table, name, f"capital.initial.{role}") for role, name in named.items()
    }
    with placing("capital.initial.time"):
        years = table.integers(time)
    old = Panel({time: years, **columns}, time=time, output="output", investment="investment")
    stocks = PerpetualInventory(
        depreciation=Geometric(capital.depreciation),
        initial_stock=CapitalOutputRatio(stated.ratio or 0.0, stated.ratio_year or 0),
        investment_timing=capital.investment_timing,
    ).fit(old)
    before, now = rows_of_year(old, year)[0], rows_of_year(panel, year)[0]
    ratio = rescaled_ratio(
        float(stocks.end_of_year[before] / old.values("output")[before]),
        old_investment=float(old.values("investment")[before]),
        old_output=float(old.values("output")[before]),
        new_investment=float(panel.values("investment")[now]),
        new_output=float(panel.values("output")[now]),
    )
    return ratio, file
