"""Capital by perpetual inventory, of the whole or by asset: ``[capital]``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast, get_args

from tfp.inputs.capital.asset_inventory import AssetInventory
from tfp.inputs.capital.cohort_inventory import CohortInventory, StockKind
from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.inventory import CapitalStocks, PerpetualInventory
from tfp.inputs.capital.retirement import StatedSurvival
from tfp.numerics.cohort_profiles import CohortTiming
from tfp.numerics.perpetual_inventory import CapitalTiming, InvestmentTiming
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan_keys import Keys
from tfp.workflow.treatments.cohorts import (
    Efficiency,
    Retirement,
    read_efficiency,
    read_retirement,
)
from tfp.workflow.treatments.initial_stock import (
    InitialStock,
    initial_stock_rule,
    read_initial_stock,
)
from tfp.workflow.treatments.services import Services, read_services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.inputs.capital.initial_stock import InitialStock as InitialStockRule
    from tfp.workflow.data_reading import InputFile
    from tfp.workflow.treatments.state import Around, Treated

COHORT_KEYS = ("retirement", "discount_rate", "price_change", "stock", "initial_decay")


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """An inventory: of all capital, or of one asset.

    With `efficiency` each year's investment is followed by itself; without, all capital is
    lost at one rate of `depreciation`.
    """

    initial: InitialStock | None = None
    depreciation: float | Mapping[str, float] | None = None
    efficiency: Efficiency | None = None
    retirement: Retirement | None = None
    discount_rate: float | None = None
    price_change: float = 0.0
    stock: StockKind = "productive"
    initial_decay: float | tuple[float, ...] | None = None
    timing: CapitalTiming = "end"
    investment_timing: CohortTiming = "end_of_year"


@dataclass(frozen=True, kw_only=True)
class Capital(Inventory):
    """``[capital]``: one inventory, or one for each of `assets`; and their services."""

    assets: Mapping[str, Inventory] | None = None
    services: Services | None = None

    @property
    def inventories(self) -> dict[str, Inventory]:
        """Each inventory by the key of its table."""
        if self.assets is not None:
            return {f"capital.assets.{name}": each for name, each in self.assets.items()}
        return {"capital": self} if self.accumulates else {}

    @property
    def accumulates(self) -> bool:
        """Whether stocks are made from investment, instead of only being weighed."""
        alone = self.initial is None and self.efficiency is None
        return not alone or self.assets is not None or self.services is None


def read_capital(keys: Keys) -> Capital:
    """Return ``[capital]``."""
    timing = {
        "timing": keys.choice("timing", get_args(CapitalTiming), "end"),
        "investment_timing": keys.choice(
            "investment_timing", get_args(CohortTiming), "end_of_year"
        ),
    }
    services = read_services(keys.sub("services", Services)) if "services" in keys else None
    if "assets" in keys:
        for name in ("initial", "depreciation", "efficiency", *COHORT_KEYS):
            if name in keys:
                raise keys.error("plan-key-not-with", name, key=keys.key(name), other="assets")
        parts = keys.sub("assets")
        assets = {name: _inventory(parts.sub(name, Inventory), timing) for name in parts.table}
        if not assets:
            raise keys.error("plan-list-empty", "assets", key=keys.key("assets"))
        return Capital(**timing, assets=assets, services=services)
    if services is not None and "initial" not in keys and "efficiency" not in keys:
        return Capital(**timing, services=services)
    return Capital(**vars(_inventory(keys, timing)), services=services)


def with_capital(treated: Treated, capital: Capital, around: Around) -> Treated:
    """Return the data with the capital that investment accumulates to."""
    if capital.accumulates:
        treated = _accumulated(treated, capital, around)
    if capital.services is None:
        return treated
    with placing("capital.services"):
        index = capital.services.method(_rates(capital)).fit(treated.panel)
    return replace(treated, panel=index.panel, results=(*treated.results, index))


def _accumulated(treated: Treated, capital: Capital, around: Around) -> Treated:
    files: tuple[InputFile, ...] = ()
    methods: dict[str, PerpetualInventory | CohortInventory] = {}
    for key, inventory in capital.inventories.items():
        method, read = _method(inventory, key, treated, around)
        methods[key.rpartition(".")[2]] = method
        files += read
    treated = replace(treated, files=tuple(dict.fromkeys((*treated.files, *files))))
    if capital.assets is not None:
        with placing("capital.assets"):
            assets = AssetInventory(methods).fit(treated.panel)
        return replace(treated, panel=assets.panel, results=(*treated.results, assets))
    with placing("capital"):
        stocks = methods["capital"].fit(treated.panel)
    treated = replace(treated, inventory=methods["capital"], bare=treated.panel)
    if isinstance(stocks, CapitalStocks):
        return replace(treated, panel=stocks.panel, capital=stocks)
    return replace(treated, panel=stocks.panel, results=(*treated.results, stocks))


def _method(
    inventory: Inventory, key: str, treated: Treated, around: Around
) -> tuple[PerpetualInventory | CohortInventory, tuple[InputFile, ...]]:
    rule: InitialStockRule | None = None
    files: tuple[InputFile, ...] = ()
    if inventory.initial is not None:
        with placing(f"{key}.initial"):
            rule, files = initial_stock_rule(
                inventory.initial, inventory, f"{key}.initial", treated.panel, around
            )
    with placing(key):
        if inventory.efficiency is None or inventory.retirement is None:
            return PerpetualInventory(
                depreciation=Geometric(inventory.depreciation),
                # Without profiles there is an initial stock, and no other timing.
                initial_stock=cast("InitialStockRule", rule),
                timing=inventory.timing,
                investment_timing=cast("InvestmentTiming", inventory.investment_timing),
            ), files
        decay = inventory.initial_decay
        return CohortInventory(
            efficiency=inventory.efficiency.rule(),
            retirement=inventory.retirement.rule(),
            discount_rate=inventory.discount_rate or 0.0,
            initial_stock=rule,
            initial_decay=StatedSurvival(decay) if isinstance(decay, tuple) else decay,
            price_change=inventory.price_change,
            stock=inventory.stock,
            timing=inventory.timing,
            investment_timing=inventory.investment_timing,
        ), files


def _inventory(keys: Keys, timing: dict[str, Any]) -> Inventory:
    by_cohort = "efficiency" in keys
    if by_cohort:
        for name in ("retirement", "discount_rate"):
            keys.value(name)
        if "depreciation" in keys:
            key = keys.key("depreciation")
            raise keys.error("plan-key-not-with", "depreciation", key=key, other="efficiency")
    else:
        keys.value("initial")
        for name in COHORT_KEYS:
            if name in keys:
                raise keys.error("plan-key-needs", name, key=keys.key(name), other="efficiency")
    own = {
        name: keys.choice(name, get_args(words), timing[name])
        for name, words in (
            ("timing", CapitalTiming),
            ("investment_timing", CohortTiming if by_cohort else InvestmentTiming),
        )
    }
    return Inventory(
        initial=keys.optional(
            "initial", lambda name: read_initial_stock(keys.sub(name, InitialStock))
        ),
        depreciation=keys.optional(
            "depreciation", lambda name: keys.one_or_several(name, Keys.fraction)
        ),
        efficiency=keys.optional(
            "efficiency", lambda name: read_efficiency(keys.sub(name, Efficiency))
        ),
        retirement=keys.optional(
            "retirement", lambda name: read_retirement(keys.sub(name, Retirement))
        ),
        discount_rate=keys.optional("discount_rate", keys.rate),
        price_change=keys.rate("price_change") if "price_change" in keys else 0.0,
        stock=keys.choice("stock", get_args(StockKind), "productive"),
        initial_decay=keys.optional("initial_decay", lambda name: _decay(keys, name)),
        **own,
    )


def _decay(keys: Keys, name: str) -> float | tuple[float, ...]:
    return keys.numbers(name) if isinstance(keys.value(name), list) else keys.fraction(name)


def _rates(capital: Capital) -> dict[str, float] | None:
    """Return the rates of the assets' inventories, if each has one."""
    assets = capital.assets or {}
    rates = {name: each.depreciation for name, each in assets.items()}
    stated = {name: rate for name, rate in rates.items() if isinstance(rate, float)}
    return stated if stated and len(stated) == len(rates) else None
