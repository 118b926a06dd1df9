"""Capital by perpetual inventory: ``[capital]``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.numerics.perpetual_inventory import CapitalTiming, InvestmentTiming
from tfp.workflow.placing import placing
from tfp.workflow.plan_keys import Keys
from tfp.workflow.treatments.initial_stock import (
    InitialStock,
    initial_stock_rule,
    read_initial_stock,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.workflow.treatments.state import Around, Treated


@dataclass(frozen=True, kw_only=True)
class Capital:
    """``[capital]``: capital by perpetual inventory from investment."""

    initial: InitialStock
    depreciation: float | Mapping[str, float] | None = None
    timing: CapitalTiming = "end"
    investment_timing: InvestmentTiming = "end_of_year"


def read_capital(keys: Keys) -> Capital:
    """Return ``[capital]``."""
    keys.value("initial")
    return Capital(
        initial=read_initial_stock(keys.sub("initial", InitialStock)),
        depreciation=keys.optional(
            "depreciation", lambda name: keys.one_or_several(name, Keys.fraction)
        ),
        timing=keys.choice("timing", get_args(CapitalTiming), "end"),
        investment_timing=keys.choice(
            "investment_timing", get_args(InvestmentTiming), "end_of_year"
        ),
    )


def with_capital(treated: Treated, capital: Capital, around: Around) -> Treated:
    """Return the data with the capital that investment accumulates to."""
    with placing("capital.initial"):
        rule, files = initial_stock_rule(capital.initial, capital, treated.panel, around)
    with placing("capital"):
        stocks = PerpetualInventory(
            depreciation=Geometric(capital.depreciation),
            initial_stock=rule,
            timing=capital.timing,
            investment_timing=capital.investment_timing,
        ).fit(treated.panel)
    return replace(treated, panel=stocks.panel, capital=stocks, files=(*treated.files, *files))
