"""Where an inventory begins: ``[capital.initial]``, and ``initial`` of an asset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.initial_stock import (
    CapitalOutputRatio,
    GivenStock,
    ICORStock,
    SteadyState,
    rescaled_ratio,
    rows_of_year,
)
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.panel.panel import Panel
from tfp.workflow.data_reading import column_values, read_input
from tfp.workflow.placing import placing
from tfp.workflow.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.inputs.capital.initial_stock import InitialStock as InitialStockRule
    from tfp.workflow.data_reading import InputFile
    from tfp.workflow.treatments.capital import Capital
    from tfp.workflow.treatments.state import Around

InitialMethod = Literal["capital_output_ratio", "earlier_vintage", "given", "steady_state", "icor"]

# Keys by method: those that must be there, those that may.
INITIAL_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "capital_output_ratio": (("ratio", "year"), ("source",)),
    "given": (("value", "year"), ("source",)),
    "steady_state": (("years",), ("growth_of",)),
    "icor": (("year", "years"), ()),
    "earlier_vintage": (
        ("ratio", "ratio_year", "year", "file", "time", "output", "investment"),
        ("sheet", "source"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class InitialStock:
    """The stock with which the inventory begins.

    Which keys belong to which `method` stands in :data:`INITIAL_KEYS`.
    """

    method: InitialMethod
    year: int | None = None
    ratio: float | Mapping[str, float] | None = None
    value: float | Mapping[str, float] | None = None
    years: str | None = None
    growth_of: Literal["investment", "output"] | None = None
    ratio_year: int | None = None
    file: str | None = None
    sheet: str | None = None
    time: str | None = None
    output: str | None = None
    investment: str | None = None
    source: str = ""


def read_initial_stock(keys: Keys) -> InitialStock:
    """Return the rule for the initial stock."""
    method = keys.choice("method", get_args(InitialMethod))
    keys.check_belong(method, *INITIAL_KEYS[method], beside=("method",))
    return InitialStock(
        method=method,
        year=keys.optional("year", keys.year),
        ratio=keys.optional("ratio", lambda name: keys.one_or_several(name, Keys.positive)),
        value=keys.optional("value", lambda name: keys.one_or_several(name, Keys.positive)),
        years=keys.optional("years", keys.period),
        growth_of=keys.optional(
            "growth_of", lambda name: keys.choice(name, ("investment", "output"))
        ),
        ratio_year=keys.optional("ratio_year", keys.year),
        file=keys.optional("file", keys.file_name),
        sheet=keys.optional("sheet", keys.text),
        time=keys.optional("time", keys.text),
        output=keys.optional("output", keys.text),
        investment=keys.optional("investment", keys.text),
        source=keys.text_or_empty("source"),
    )


def initial_stock_rule(
    stated: InitialStock, capital: Capital, panel: Panel, around: Around
) -> tuple[InitialStockRule, tuple[InputFile, ...]]:
    """Return the rule that a plan states, and the files read for it."""
    year, ratio, years = stated.year or 0, stated.ratio or 0.0, stated.years or ""
    if stated.method == "given":
        return GivenStock(stated.value or 0.0, year, stated.source), ()
    if stated.method == "steady_state":
        return SteadyState(years, stated.growth_of or "investment"), ()
    if stated.method == "icor":
        return ICORStock(year, years), ()
    if stated.method == "capital_output_ratio":
        return CapitalOutputRatio(ratio, year, stated.source), ()
    derived, file = _ratio_of_earlier_vintage(stated, capital, panel, around)
    return CapitalOutputRatio(derived, year, stated.source), (file,)


def _ratio_of_earlier_vintage(
    stated: InitialStock, capital: Capital, panel: Panel, around: Around
) -> tuple[float, InputFile]:
    """Accumulate the stock on the earlier vintage and carry its ratio to output over."""
    key = "capital.initial"
    table, file = read_input(
        around.plan.data, around.folder, stated.file or "", stated.sheet, f"{key}.file"
    )
    year, time = stated.year or 0, stated.time or ""
    named = {"output": stated.output or "", "investment": stated.investment or ""}
    columns = {role: column_values(table, name, f"{key}.{role}") for role, name in named.items()}
    with placing(f"{key}.time"):
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
