"""A `Panel` goes into a method; out comes a result.

The result never changes, can be checked, and can be shown.

tfp estimates how much capital, labour and total factor productivity contribute to
economic growth. The map of the package, from the user's side down::

    cli          the command: tfp demo | run | check | methods
    workflow     a plan file becomes results, and results become a run folder
    report       results become documents: page, workbook
    plots        charts of results
    accounts     growth accounting: method, factor weights, presets, periods, targets
    inputs       raw statistics become inputs: capital, filling, splicing
    results      what answers are
    datasets     bundled real tables, generators with known truth
    panel        what data are
    tables       files of figures in, workbook data out
    numerics     the arithmetic: arrays in, arrays out
    errors       everything that can go wrong
    language     every word and number that is shown, in English and Vietnamese

Importing tfp imports nothing else: each public name is fetched when first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tfp import datasets as datasets
    from tfp.accounts.elasticities import OutputElasticities as OutputElasticities
    from tfp.accounts.elasticities import StatedElasticities as StatedElasticities
    from tfp.accounts.fixed_shares import FixedShares as FixedShares
    from tfp.accounts.growth import GrowthAccounting as GrowthAccounting
    from tfp.accounts.growth import growth_accounts as growth_accounts
    from tfp.accounts.income_shares import CostShares as CostShares
    from tfp.accounts.income_shares import IncomeShares as IncomeShares
    from tfp.accounts.labour_equivalents import LabourEquivalents as LabourEquivalents
    from tfp.accounts.presets import methods as methods
    from tfp.accounts.presets import preset as preset
    from tfp.datasets.target import Target as Target
    from tfp.errors import MethodError as MethodError
    from tfp.errors import OutputError as OutputError
    from tfp.errors import PanelError as PanelError
    from tfp.errors import PlanError as PlanError
    from tfp.errors import StorageError as StorageError
    from tfp.errors import TableError as TableError
    from tfp.errors import TFPError as TFPError
    from tfp.inputs.borrowing import borrow_growth as borrow_growth
    from tfp.inputs.breaks.splicing import AssumedGrowth as AssumedGrowth
    from tfp.inputs.breaks.splicing import PublishedOverlap as PublishedOverlap
    from tfp.inputs.breaks.splicing import accept_break as accept_break
    from tfp.inputs.breaks.splicing import splice as splice
    from tfp.inputs.capital.depreciation import Geometric as Geometric
    from tfp.inputs.capital.initial_rules import FittedSteadyState as FittedSteadyState
    from tfp.inputs.capital.initial_rules import InvestmentMultiple as InvestmentMultiple
    from tfp.inputs.capital.initial_rules import Unbenchmarked as Unbenchmarked
    from tfp.inputs.capital.initial_stock import CapitalOutputRatio as CapitalOutputRatio
    from tfp.inputs.capital.initial_stock import GivenStock as GivenStock
    from tfp.inputs.capital.initial_stock import ICORStock as ICORStock
    from tfp.inputs.capital.initial_stock import SteadyState as SteadyState
    from tfp.inputs.capital.initial_stock import rescaled_ratio as rescaled_ratio
    from tfp.inputs.capital.inventory import CapitalStocks as CapitalStocks
    from tfp.inputs.capital.inventory import PerpetualInventory as PerpetualInventory
    from tfp.inputs.filling import fill_values as fill_values
    from tfp.inputs.filling import interpolate as interpolate
    from tfp.panel.panel import Panel as Panel
    from tfp.results.band import Band as Band
    from tfp.results.comparison import TargetComparison as TargetComparison
    from tfp.results.decomposition import Decomposition as Decomposition
    from tfp.results.growth_accounts import GrowthAccounts as GrowthAccounts
    from tfp.results.periods import PeriodAccounts as PeriodAccounts
    from tfp.results.storage import load_result as load  # noqa: F401  (renamed on purpose)
    from tfp.tables.reading import read_table as read_table
    from tfp.version import VERSION as __version__  # noqa: F401, N811  (the usual public name)

# Public name: module below tfp, and the name there.
_PUBLIC = {
    "AssumedGrowth": ("inputs.breaks.splicing", "AssumedGrowth"),
    "Band": ("results.band", "Band"),
    "CapitalOutputRatio": ("inputs.capital.initial_stock", "CapitalOutputRatio"),
    "CapitalStocks": ("inputs.capital.inventory", "CapitalStocks"),
    "CostShares": ("accounts.income_shares", "CostShares"),
    "Decomposition": ("results.decomposition", "Decomposition"),
    "FittedSteadyState": ("inputs.capital.initial_rules", "FittedSteadyState"),
    "FixedShares": ("accounts.fixed_shares", "FixedShares"),
    "Geometric": ("inputs.capital.depreciation", "Geometric"),
    "GivenStock": ("inputs.capital.initial_stock", "GivenStock"),
    "GrowthAccounting": ("accounts.growth", "GrowthAccounting"),
    "GrowthAccounts": ("results.growth_accounts", "GrowthAccounts"),
    "ICORStock": ("inputs.capital.initial_stock", "ICORStock"),
    "IncomeShares": ("accounts.income_shares", "IncomeShares"),
    "InvestmentMultiple": ("inputs.capital.initial_rules", "InvestmentMultiple"),
    "LabourEquivalents": ("accounts.labour_equivalents", "LabourEquivalents"),
    "MethodError": ("errors", "MethodError"),
    "OutputElasticities": ("accounts.elasticities", "OutputElasticities"),
    "OutputError": ("errors", "OutputError"),
    "Panel": ("panel.panel", "Panel"),
    "PanelError": ("errors", "PanelError"),
    "PeriodAccounts": ("results.periods", "PeriodAccounts"),
    "PerpetualInventory": ("inputs.capital.inventory", "PerpetualInventory"),
    "PlanError": ("errors", "PlanError"),
    "PublishedOverlap": ("inputs.breaks.splicing", "PublishedOverlap"),
    "StatedElasticities": ("accounts.elasticities", "StatedElasticities"),
    "SteadyState": ("inputs.capital.initial_stock", "SteadyState"),
    "StorageError": ("errors", "StorageError"),
    "TFPError": ("errors", "TFPError"),
    "TableError": ("errors", "TableError"),
    "Target": ("datasets.target", "Target"),
    "TargetComparison": ("results.comparison", "TargetComparison"),
    "Unbenchmarked": ("inputs.capital.initial_rules", "Unbenchmarked"),
    "__version__": ("version", "VERSION"),
    "accept_break": ("inputs.breaks.splicing", "accept_break"),
    "borrow_growth": ("inputs.borrowing", "borrow_growth"),
    "datasets": ("datasets", ""),
    "fill_values": ("inputs.filling", "fill_values"),
    "growth_accounts": ("accounts.growth", "growth_accounts"),
    "interpolate": ("inputs.filling", "interpolate"),
    "load": ("results.storage", "load_result"),
    "methods": ("accounts.presets", "methods"),
    "preset": ("accounts.presets", "preset"),
    "read_table": ("tables.reading", "read_table"),
    "rescaled_ratio": ("inputs.capital.initial_stock", "rescaled_ratio"),
    "splice": ("inputs.breaks.splicing", "splice"),
}

__all__ = list(_PUBLIC)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Fetch a public name when it is first used."""
        if name not in _PUBLIC:
            from tfp.errors import nearest

            near = nearest(name, _PUBLIC)
            hint = f"; did you mean {near!r}?" if near else ""
            message = f"module 'tfp' has no attribute {name!r}{hint}"
            raise AttributeError(message)
        from importlib import import_module

        module, attribute = _PUBLIC[name]
        found = import_module(f"tfp.{module}")
        value = getattr(found, attribute) if attribute else found
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        """List the public names."""
        return sorted({*globals(), *_PUBLIC})
