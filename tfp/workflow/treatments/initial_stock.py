"""Where an inventory begins: ``[capital.initial]``, and ``initial`` of an asset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from tfp.inputs.capital.backcasting import BackcastInvestment
from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.initial_rules import (
    FittedSteadyState,
    InvestmentMultiple,
    Unbenchmarked,
)
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
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tfp.inputs.capital.initial_stock import InitialStock as InitialStockRule
    from tfp.numerics.perpetual_inventory import InvestmentTiming
    from tfp.workflow.data_reading import InputFile
    from tfp.workflow.treatments.capital import Inventory
    from tfp.workflow.treatments.state import Around

InitialMethod = Literal[
    "capital_output_ratio",
    "earlier_vintage",
    "given",
    "steady_state",
    "fitted_steady_state",
    "investment_multiple",
    "backcast",
    "unbenchmarked",
    "icor",
]

# Keys by method: those that must be there, those that may.
INITIAL_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "capital_output_ratio": (("ratio", "year"), ("source",)),
    "given": (("value", "year"), ("source",)),
    "steady_state": (("years",), ("growth_of", "source")),
    "fitted_steady_state": (("years",), ("source",)),
    "investment_multiple": (("rate", "year"), ("source",)),
    "backcast": (("growth", "years_before"), ("source",)),
    "unbenchmarked": (("year",), ("source",)),
    "icor": (("year", "years"), ("source",)),
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
    rate: float | None = None
    growth: float | Mapping[str, float] | None = None
    years_before: int | None = None
    years: str | None = None
    growth_of: Literal["investment", "output"] | None = None
    ratio_year: int | None = None
    file: str | None = None
    sheet: str | None = None
    time: str | None = None
    output: str | None = None
    investment: str | None = None
    source: str = ""

    @property
    def states_a_figure(self) -> bool:
        """Whether it rests on a figure that the plan gives, instead of on the data."""
        given = (self.ratio, self.value, self.rate, self.growth)
        return any(figure is not None for figure in given)


def read_initial_stock(keys: Keys) -> InitialStock:
    """Return the rule for the initial stock."""
    method = keys.choice("method", get_args(InitialMethod))
    keys.check_belong(method, *INITIAL_KEYS[method], beside=("method",))
    return InitialStock(
        method=method,
        year=keys.optional("year", keys.year),
        ratio=keys.optional("ratio", lambda name: keys.one_or_several(name, Keys.positive)),
        value=keys.optional("value", lambda name: keys.one_or_several(name, Keys.positive)),
        rate=keys.optional("rate", keys.fraction),
        growth=keys.optional("growth", lambda name: keys.one_or_several(name, Keys.rate)),
        years_before=keys.optional("years_before", lambda name: keys.whole(name, 0, 500)),
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
    stated: InitialStock, inventory: Inventory, key: str, panel: Panel, around: Around
) -> tuple[InitialStockRule, tuple[InputFile, ...]]:
    """Return the rule that a plan states, and the files read for it.

    Parameters
    ----------
    stated : InitialStock
    inventory : Inventory
        Whose stock it is.
    key : str
        Key of the plan at which it stands.
    panel : Panel
    around : Around
    """
    if stated.method == "earlier_vintage":
        derived, file = _ratio_of_earlier_vintage(stated, inventory, key, panel, around)
        return CapitalOutputRatio(derived, stated.year or 0, stated.source), (file,)
    return _rule(stated), ()


def _rule(stated: InitialStock) -> InitialStockRule:
    year, years, source = stated.year or 0, stated.years or "", stated.source
    rules: dict[str, Callable[[], InitialStockRule]] = {
        "given": lambda: GivenStock(stated.value or 0.0, year, source),
        "capital_output_ratio": lambda: CapitalOutputRatio(stated.ratio or 0.0, year, source),
        "steady_state": lambda: SteadyState(years, stated.growth_of or "investment", source),
        "fitted_steady_state": lambda: FittedSteadyState(years, source),
        "investment_multiple": lambda: InvestmentMultiple(stated.rate or 0.0, year, source),
        "backcast": lambda: BackcastInvestment(
            stated.growth or 0.0, stated.years_before or 0, source
        ),
        "unbenchmarked": lambda: Unbenchmarked(year, source),
        "icor": lambda: ICORStock(year, years, source),
    }
    return rules[stated.method]()


def _ratio_of_earlier_vintage(
    stated: InitialStock, inventory: Inventory, key: str, panel: Panel, around: Around
) -> tuple[float, InputFile]:
    """Accumulate the stock on the earlier vintage and carry its ratio to output over."""
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
        depreciation=Geometric(inventory.depreciation),
        initial_stock=CapitalOutputRatio(stated.ratio or 0.0, stated.ratio_year or 0),
        investment_timing=cast("InvestmentTiming", inventory.investment_timing),
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
