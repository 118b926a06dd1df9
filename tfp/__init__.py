"""A `Panel` goes into a method; out comes a result.

The result never changes, can be checked, and can be shown.

tfp estimates how much capital, labour and total factor productivity contribute to
economic growth. The map of the package, from the user's side down::

    cli          the command: tfp demo | run | check | methods
    testing      what every estimator keeps, as a suite for those of others
    workflow     a plan file becomes results, and results become a run folder
    report       results become documents: page, workbook
    plots        charts of results
    accounts     growth accounting: method, factor weights, presets, periods, targets
    production   production functions: estimators of elasticities and productivity
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
    from tfp import testing as testing
    from tfp.accounts.elasticities import OutputElasticities as OutputElasticities
    from tfp.accounts.elasticities import StatedElasticities as StatedElasticities
    from tfp.accounts.elasticity_band import elasticity_band as elasticity_band
    from tfp.accounts.estimate_comparison import compare_estimates as compare_estimates
    from tfp.accounts.fixed_shares import FixedShares as FixedShares
    from tfp.accounts.growth import GrowthAccounting as GrowthAccounting
    from tfp.accounts.growth import growth_accounts as growth_accounts
    from tfp.accounts.income_shares import CostShares as CostShares
    from tfp.accounts.income_shares import IncomeShares as IncomeShares
    from tfp.accounts.input_output_shares import input_output_shares as input_output_shares
    from tfp.accounts.labour_equivalents import LabourEquivalents as LabourEquivalents
    from tfp.accounts.merged_areas import merged_tfp as merged_tfp
    from tfp.accounts.presets import methods as methods
    from tfp.accounts.presets import preset as preset
    from tfp.accounts.share_range import labour_share_range as labour_share_range
    from tfp.accounts.value_added.decomposing import (
        ValueAddedDecomposition as ValueAddedDecomposition,
    )
    from tfp.datasets.target import Target as Target
    from tfp.errors import MethodError as MethodError
    from tfp.errors import OutputError as OutputError
    from tfp.errors import PanelError as PanelError
    from tfp.errors import PlanError as PlanError
    from tfp.errors import StorageError as StorageError
    from tfp.errors import TableError as TableError
    from tfp.errors import TFPError as TFPError
    from tfp.inputs.borrowing import borrow_growth as borrow_growth
    from tfp.inputs.boundaries.areas import Area as Area
    from tfp.inputs.boundaries.assigning import assign_areas as assign_areas
    from tfp.inputs.boundaries.boundary import Boundary as Boundary
    from tfp.inputs.boundaries.concordance import Concordance as Concordance
    from tfp.inputs.boundaries.merging import merge_areas as merge_areas
    from tfp.inputs.boundaries.resolving import resolve_area as resolve_area
    from tfp.inputs.boundaries.series import boundary_discrepancies as boundary_discrepancies
    from tfp.inputs.boundaries.series import one_series as one_series
    from tfp.inputs.boundaries.viet_nam import viet_nam_concordance as viet_nam_concordance
    from tfp.inputs.breaks.known import KnownBreak as KnownBreak
    from tfp.inputs.breaks.known import known_breaks as known_breaks
    from tfp.inputs.breaks.links import GivenFactor as GivenFactor
    from tfp.inputs.breaks.links import NationalRatio as NationalRatio
    from tfp.inputs.breaks.splicing import AssumedGrowth as AssumedGrowth
    from tfp.inputs.breaks.splicing import PublishedOverlap as PublishedOverlap
    from tfp.inputs.breaks.splicing import accept_break as accept_break
    from tfp.inputs.breaks.splicing import splice as splice
    from tfp.inputs.breaks.suspected import SuspectedBreak as SuspectedBreak
    from tfp.inputs.breaks.suspected import SuspectedBreaks as SuspectedBreaks
    from tfp.inputs.breaks.suspected import suspected_breaks as suspected_breaks
    from tfp.inputs.capital.asset_inventory import AssetInventory as AssetInventory
    from tfp.inputs.capital.asset_stocks import AssetStocks as AssetStocks
    from tfp.inputs.capital.backcasting import BackcastInvestment as BackcastInvestment
    from tfp.inputs.capital.cohort_inventory import CohortInventory as CohortInventory
    from tfp.inputs.capital.cohort_stocks import CohortStocks as CohortStocks
    from tfp.inputs.capital.depreciation import Geometric as Geometric
    from tfp.inputs.capital.efficiency import DecliningBalance as DecliningBalance
    from tfp.inputs.capital.efficiency import DelayedLinear as DelayedLinear
    from tfp.inputs.capital.efficiency import GeometricEfficiency as GeometricEfficiency
    from tfp.inputs.capital.efficiency import Hyperbolic as Hyperbolic
    from tfp.inputs.capital.efficiency import OneHossShay as OneHossShay
    from tfp.inputs.capital.efficiency import StraightLine as StraightLine
    from tfp.inputs.capital.fixed_capital_formation import (
        fixed_capital_formation as fixed_capital_formation,
    )
    from tfp.inputs.capital.initial_band import InitialStockRange as InitialStockRange
    from tfp.inputs.capital.initial_band import initial_stock_range as initial_stock_range
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
    from tfp.inputs.capital.research import separate_research as separate_research
    from tfp.inputs.capital.retirement import FixedLife as FixedLife
    from tfp.inputs.capital.retirement import GammaLife as GammaLife
    from tfp.inputs.capital.retirement import LogNormalLife as LogNormalLife
    from tfp.inputs.capital.retirement import NoRetirement as NoRetirement
    from tfp.inputs.capital.retirement import NormalLife as NormalLife
    from tfp.inputs.capital.retirement import StatedSurvival as StatedSurvival
    from tfp.inputs.capital.retirement import WeibullLife as WeibullLife
    from tfp.inputs.capital.retirement import WinfreyLife as WinfreyLife
    from tfp.inputs.capital.service_index import CapitalServiceIndex as CapitalServiceIndex
    from tfp.inputs.capital.services import CapitalServices as CapitalServices
    from tfp.inputs.capital.user_cost import UserCost as UserCost
    from tfp.inputs.checks.checking import check_inputs as check_inputs
    from tfp.inputs.checks.correcting import correct_values as correct_values
    from tfp.inputs.figures.choosing import MixedVintages as MixedVintages
    from tfp.inputs.figures.collection import Figures as Figures
    from tfp.inputs.figures.relations import AverageOf as AverageOf
    from tfp.inputs.figures.relations import GrowthOf as GrowthOf
    from tfp.inputs.figures.relations import IncludedIn as IncludedIn
    from tfp.inputs.figures.relations import IndexOf as IndexOf
    from tfp.inputs.figures.relations import JumpsIn as JumpsIn
    from tfp.inputs.figures.relations import MeanOf as MeanOf
    from tfp.inputs.figures.relations import PartsOf as PartsOf
    from tfp.inputs.figures.relations import PriceChangeOf as PriceChangeOf
    from tfp.inputs.figures.relations import PricesOf as PricesOf
    from tfp.inputs.figures.relations import RatioOf as RatioOf
    from tfp.inputs.figures.suggesting import suggest_relations as suggest_relations
    from tfp.inputs.filling import fill_values as fill_values
    from tfp.inputs.filling import interpolate as interpolate
    from tfp.inputs.index_numbers.bilateral import IndexNumbers as IndexNumbers
    from tfp.inputs.index_numbers.multilateral import MultilateralIndex as MultilateralIndex
    from tfp.inputs.index_numbers.series import IndexSeries as IndexSeries
    from tfp.inputs.labour.composition import labour_composition as labour_composition
    from tfp.inputs.labour.composition import trained_composition as trained_composition
    from tfp.inputs.labour.hours import full_time_equivalents as full_time_equivalents
    from tfp.inputs.labour.hours import total_hours as total_hours
    from tfp.inputs.labour.human_capital import Mincer as Mincer
    from tfp.inputs.labour.human_capital import human_capital as human_capital
    from tfp.inputs.labour.human_capital import human_capital_by_level as human_capital_by_level
    from tfp.inputs.prices.base_checks import base_changes as base_changes
    from tfp.inputs.prices.chained_volumes import ChainedVolumes as ChainedVolumes
    from tfp.inputs.prices.chaining import chain_volumes as chain_volumes
    from tfp.inputs.prices.deflating import deflate as deflate
    from tfp.inputs.prices.deflating import implicit_price as implicit_price
    from tfp.inputs.prices.growth_levels import levels_from_growth as levels_from_growth
    from tfp.inputs.prices.linking import link_bases as link_bases
    from tfp.inputs.prices.overlap import compare_overlap as compare_overlap
    from tfp.inputs.prices.price_series import borrow_price as borrow_price
    from tfp.inputs.prices.price_series import chain_price_index as chain_price_index
    from tfp.inputs.prices.published_growth import contradicting_growth as contradicting_growth
    from tfp.inputs.prices.rebasing import rebase as rebase
    from tfp.inputs.shares.household_survey import HouseholdSurvey as HouseholdSurvey
    from tfp.inputs.shares.labour_share import LabourShare as LabourShare
    from tfp.panel.panel import Panel as Panel
    from tfp.production.between import BetweenEffects as BetweenEffects
    from tfp.production.bootstrap import Bootstrap as Bootstrap
    from tfp.production.ces.method import CES as CES
    from tfp.production.common_effects import CommonCorrelatedEffects as CommonCorrelatedEffects
    from tfp.production.control_function.ackerberg_caves_frazer import (
        AckerbergCavesFrazer as AckerbergCavesFrazer,
    )
    from tfp.production.control_function.gandhi_navarro_rivers import (
        GandhiNavarroRivers as GandhiNavarroRivers,
    )
    from tfp.production.control_function.levinsohn_petrin import (
        LevinsohnPetrin as LevinsohnPetrin,
    )
    from tfp.production.control_function.olley_pakes import OlleyPakes as OlleyPakes
    from tfp.production.control_function.wooldridge import Wooldridge as Wooldridge
    from tfp.production.covariance import Clustered as Clustered
    from tfp.production.covariance import Conventional as Conventional
    from tfp.production.covariance import DriscollKraay as DriscollKraay
    from tfp.production.covariance import Robust as Robust
    from tfp.production.dynamic_panel.arellano_bond import ArellanoBond as ArellanoBond
    from tfp.production.dynamic_panel.blundell_bond import BlundellBond as BlundellBond
    from tfp.production.dynamic_panel.instrument_lags import InstrumentLags as InstrumentLags
    from tfp.production.first_differences import FirstDifferences as FirstDifferences
    from tfp.production.fixed_effects import FixedEffects as FixedEffects
    from tfp.production.instrumental_variables import (
        InstrumentalVariables as InstrumentalVariables,
    )
    from tfp.production.instruments import Lagged as Lagged
    from tfp.production.kmenta import Kmenta as Kmenta
    from tfp.production.markup_ratio import markups as markups
    from tfp.production.mean_group import MeanGroup as MeanGroup
    from tfp.production.pooled import PooledLeastSquares as PooledLeastSquares
    from tfp.production.random_effects import RandomEffects as RandomEffects
    from tfp.production.registry import estimator as estimator
    from tfp.production.registry import estimator_names as estimator_names
    from tfp.production.short_series.bayesian import BayesianCobbDouglas as BayesianCobbDouglas
    from tfp.production.short_series.left_out_years import LeftOutYears as LeftOutYears
    from tfp.production.short_series.left_out_years import leave_one_year_out as leave_one_year_out
    from tfp.production.short_series.priors import Prior as Prior
    from tfp.production.short_series.time_varying import (
        TimeVaryingElasticities as TimeVaryingElasticities,
    )
    from tfp.production.translog import Translog as Translog
    from tfp.results.band import Band as Band
    from tfp.results.comparison import TargetComparison as TargetComparison
    from tfp.results.decomposition import Decomposition as Decomposition
    from tfp.results.estimate import ProductionEstimate as ProductionEstimate
    from tfp.results.estimate_comparison import EstimateComparison as EstimateComparison
    from tfp.results.growth_accounts import GrowthAccounts as GrowthAccounts
    from tfp.results.markup_ratios import MarkupRatios as MarkupRatios
    from tfp.results.periods import PeriodAccounts as PeriodAccounts
    from tfp.results.share_range import LabourShareRange as LabourShareRange
    from tfp.results.storage import load_result as load  # noqa: F401  (renamed on purpose)
    from tfp.results.value_added import ValueAddedAccounts as ValueAddedAccounts
    from tfp.tables.reading import read_table as read_table
    from tfp.version import VERSION as __version__  # noqa: F401, N811  (the usual public name)

# Public name: module below tfp, and the name there.
_PUBLIC = {
    "AckerbergCavesFrazer": (
        "production.control_function.ackerberg_caves_frazer",
        "AckerbergCavesFrazer",
    ),
    "Area": ("inputs.boundaries.areas", "Area"),
    "ArellanoBond": ("production.dynamic_panel.arellano_bond", "ArellanoBond"),
    "AssetInventory": ("inputs.capital.asset_inventory", "AssetInventory"),
    "AssetStocks": ("inputs.capital.asset_stocks", "AssetStocks"),
    "AssumedGrowth": ("inputs.breaks.splicing", "AssumedGrowth"),
    "AverageOf": ("inputs.figures.relations", "AverageOf"),
    "BackcastInvestment": ("inputs.capital.backcasting", "BackcastInvestment"),
    "Band": ("results.band", "Band"),
    "BayesianCobbDouglas": ("production.short_series.bayesian", "BayesianCobbDouglas"),
    "BetweenEffects": ("production.between", "BetweenEffects"),
    "BlundellBond": ("production.dynamic_panel.blundell_bond", "BlundellBond"),
    "Bootstrap": ("production.bootstrap", "Bootstrap"),
    "Boundary": ("inputs.boundaries.boundary", "Boundary"),
    "CES": ("production.ces.method", "CES"),
    "CapitalOutputRatio": ("inputs.capital.initial_stock", "CapitalOutputRatio"),
    "CapitalServiceIndex": ("inputs.capital.service_index", "CapitalServiceIndex"),
    "CapitalServices": ("inputs.capital.services", "CapitalServices"),
    "CapitalStocks": ("inputs.capital.inventory", "CapitalStocks"),
    "ChainedVolumes": ("inputs.prices.chained_volumes", "ChainedVolumes"),
    "Clustered": ("production.covariance", "Clustered"),
    "CohortInventory": ("inputs.capital.cohort_inventory", "CohortInventory"),
    "CohortStocks": ("inputs.capital.cohort_stocks", "CohortStocks"),
    "CommonCorrelatedEffects": ("production.common_effects", "CommonCorrelatedEffects"),
    "Concordance": ("inputs.boundaries.concordance", "Concordance"),
    "Conventional": ("production.covariance", "Conventional"),
    "CostShares": ("accounts.income_shares", "CostShares"),
    "DecliningBalance": ("inputs.capital.efficiency", "DecliningBalance"),
    "Decomposition": ("results.decomposition", "Decomposition"),
    "DelayedLinear": ("inputs.capital.efficiency", "DelayedLinear"),
    "DriscollKraay": ("production.covariance", "DriscollKraay"),
    "EstimateComparison": ("results.estimate_comparison", "EstimateComparison"),
    "Figures": ("inputs.figures.collection", "Figures"),
    "FirstDifferences": ("production.first_differences", "FirstDifferences"),
    "FittedSteadyState": ("inputs.capital.initial_rules", "FittedSteadyState"),
    "FixedEffects": ("production.fixed_effects", "FixedEffects"),
    "FixedLife": ("inputs.capital.retirement", "FixedLife"),
    "FixedShares": ("accounts.fixed_shares", "FixedShares"),
    "GammaLife": ("inputs.capital.retirement", "GammaLife"),
    "GandhiNavarroRivers": (
        "production.control_function.gandhi_navarro_rivers",
        "GandhiNavarroRivers",
    ),
    "Geometric": ("inputs.capital.depreciation", "Geometric"),
    "GeometricEfficiency": ("inputs.capital.efficiency", "GeometricEfficiency"),
    "GivenFactor": ("inputs.breaks.links", "GivenFactor"),
    "GivenStock": ("inputs.capital.initial_stock", "GivenStock"),
    "GrowthAccounting": ("accounts.growth", "GrowthAccounting"),
    "GrowthAccounts": ("results.growth_accounts", "GrowthAccounts"),
    "GrowthOf": ("inputs.figures.relations", "GrowthOf"),
    "HouseholdSurvey": ("inputs.shares.household_survey", "HouseholdSurvey"),
    "Hyperbolic": ("inputs.capital.efficiency", "Hyperbolic"),
    "ICORStock": ("inputs.capital.initial_stock", "ICORStock"),
    "IncludedIn": ("inputs.figures.relations", "IncludedIn"),
    "IncomeShares": ("accounts.income_shares", "IncomeShares"),
    "IndexNumbers": ("inputs.index_numbers.bilateral", "IndexNumbers"),
    "IndexOf": ("inputs.figures.relations", "IndexOf"),
    "IndexSeries": ("inputs.index_numbers.series", "IndexSeries"),
    "InitialStockRange": ("inputs.capital.initial_band", "InitialStockRange"),
    "InstrumentLags": ("production.dynamic_panel.instrument_lags", "InstrumentLags"),
    "InstrumentalVariables": (
        "production.instrumental_variables",
        "InstrumentalVariables",
    ),
    "InvestmentMultiple": ("inputs.capital.initial_rules", "InvestmentMultiple"),
    "JumpsIn": ("inputs.figures.relations", "JumpsIn"),
    "Kmenta": ("production.kmenta", "Kmenta"),
    "KnownBreak": ("inputs.breaks.known", "KnownBreak"),
    "LabourEquivalents": ("accounts.labour_equivalents", "LabourEquivalents"),
    "LabourShare": ("inputs.shares.labour_share", "LabourShare"),
    "LabourShareRange": ("results.share_range", "LabourShareRange"),
    "Lagged": ("production.instruments", "Lagged"),
    "LeftOutYears": ("production.short_series.left_out_years", "LeftOutYears"),
    "LevinsohnPetrin": ("production.control_function.levinsohn_petrin", "LevinsohnPetrin"),
    "LogNormalLife": ("inputs.capital.retirement", "LogNormalLife"),
    "MarkupRatios": ("results.markup_ratios", "MarkupRatios"),
    "MeanGroup": ("production.mean_group", "MeanGroup"),
    "MeanOf": ("inputs.figures.relations", "MeanOf"),
    "MethodError": ("errors", "MethodError"),
    "Mincer": ("inputs.labour.human_capital", "Mincer"),
    "MixedVintages": ("inputs.figures.choosing", "MixedVintages"),
    "MultilateralIndex": ("inputs.index_numbers.multilateral", "MultilateralIndex"),
    "NationalRatio": ("inputs.breaks.links", "NationalRatio"),
    "NoRetirement": ("inputs.capital.retirement", "NoRetirement"),
    "NormalLife": ("inputs.capital.retirement", "NormalLife"),
    "OlleyPakes": ("production.control_function.olley_pakes", "OlleyPakes"),
    "OneHossShay": ("inputs.capital.efficiency", "OneHossShay"),
    "OutputElasticities": ("accounts.elasticities", "OutputElasticities"),
    "OutputError": ("errors", "OutputError"),
    "Panel": ("panel.panel", "Panel"),
    "PanelError": ("errors", "PanelError"),
    "PartsOf": ("inputs.figures.relations", "PartsOf"),
    "PeriodAccounts": ("results.periods", "PeriodAccounts"),
    "PerpetualInventory": ("inputs.capital.inventory", "PerpetualInventory"),
    "PlanError": ("errors", "PlanError"),
    "PooledLeastSquares": ("production.pooled", "PooledLeastSquares"),
    "PriceChangeOf": ("inputs.figures.relations", "PriceChangeOf"),
    "PricesOf": ("inputs.figures.relations", "PricesOf"),
    "Prior": ("production.short_series.priors", "Prior"),
    "ProductionEstimate": ("results.estimate", "ProductionEstimate"),
    "PublishedOverlap": ("inputs.breaks.splicing", "PublishedOverlap"),
    "RandomEffects": ("production.random_effects", "RandomEffects"),
    "RatioOf": ("inputs.figures.relations", "RatioOf"),
    "Robust": ("production.covariance", "Robust"),
    "StatedElasticities": ("accounts.elasticities", "StatedElasticities"),
    "StatedSurvival": ("inputs.capital.retirement", "StatedSurvival"),
    "SteadyState": ("inputs.capital.initial_stock", "SteadyState"),
    "StorageError": ("errors", "StorageError"),
    "StraightLine": ("inputs.capital.efficiency", "StraightLine"),
    "SuspectedBreak": ("inputs.breaks.suspected", "SuspectedBreak"),
    "SuspectedBreaks": ("inputs.breaks.suspected", "SuspectedBreaks"),
    "TFPError": ("errors", "TFPError"),
    "TableError": ("errors", "TableError"),
    "Target": ("datasets.target", "Target"),
    "TargetComparison": ("results.comparison", "TargetComparison"),
    "TimeVaryingElasticities": (
        "production.short_series.time_varying",
        "TimeVaryingElasticities",
    ),
    "Translog": ("production.translog", "Translog"),
    "Unbenchmarked": ("inputs.capital.initial_rules", "Unbenchmarked"),
    "UserCost": ("inputs.capital.user_cost", "UserCost"),
    "ValueAddedAccounts": ("results.value_added", "ValueAddedAccounts"),
    "ValueAddedDecomposition": ("accounts.value_added.decomposing", "ValueAddedDecomposition"),
    "WeibullLife": ("inputs.capital.retirement", "WeibullLife"),
    "WinfreyLife": ("inputs.capital.retirement", "WinfreyLife"),
    "Wooldridge": ("production.control_function.wooldridge", "Wooldridge"),
    "__version__": ("version", "VERSION"),
    "accept_break": ("inputs.breaks.splicing", "accept_break"),
    "assign_areas": ("inputs.boundaries.assigning", "assign_areas"),
    "base_changes": ("inputs.prices.base_checks", "base_changes"),
    "borrow_growth": ("inputs.borrowing", "borrow_growth"),
    "borrow_price": ("inputs.prices.price_series", "borrow_price"),
    "boundary_discrepancies": ("inputs.boundaries.series", "boundary_discrepancies"),
    "chain_price_index": ("inputs.prices.price_series", "chain_price_index"),
    "chain_volumes": ("inputs.prices.chaining", "chain_volumes"),
    "check_inputs": ("inputs.checks.checking", "check_inputs"),
    "compare_estimates": ("accounts.estimate_comparison", "compare_estimates"),
    "compare_overlap": ("inputs.prices.overlap", "compare_overlap"),
    "contradicting_growth": ("inputs.prices.published_growth", "contradicting_growth"),
    "correct_values": ("inputs.checks.correcting", "correct_values"),
    "datasets": ("datasets", ""),
    "deflate": ("inputs.prices.deflating", "deflate"),
    "elasticity_band": ("accounts.elasticity_band", "elasticity_band"),
    "estimator": ("production.registry", "estimator"),
    "estimator_names": ("production.registry", "estimator_names"),
    "fill_values": ("inputs.filling", "fill_values"),
    "fixed_capital_formation": (
        "inputs.capital.fixed_capital_formation",
        "fixed_capital_formation",
    ),
    "full_time_equivalents": ("inputs.labour.hours", "full_time_equivalents"),
    "growth_accounts": ("accounts.growth", "growth_accounts"),
    "human_capital": ("inputs.labour.human_capital", "human_capital"),
    "human_capital_by_level": ("inputs.labour.human_capital", "human_capital_by_level"),
    "implicit_price": ("inputs.prices.deflating", "implicit_price"),
    "initial_stock_range": ("inputs.capital.initial_band", "initial_stock_range"),
    "input_output_shares": ("accounts.input_output_shares", "input_output_shares"),
    "interpolate": ("inputs.filling", "interpolate"),
    "known_breaks": ("inputs.breaks.known", "known_breaks"),
    "labour_composition": ("inputs.labour.composition", "labour_composition"),
    "labour_share_range": ("accounts.share_range", "labour_share_range"),
    "leave_one_year_out": ("production.short_series.left_out_years", "leave_one_year_out"),
    "levels_from_growth": ("inputs.prices.growth_levels", "levels_from_growth"),
    "link_bases": ("inputs.prices.linking", "link_bases"),
    "load": ("results.storage", "load_result"),
    "markups": ("production.markup_ratio", "markups"),
    "merge_areas": ("inputs.boundaries.merging", "merge_areas"),
    "merged_tfp": ("accounts.merged_areas", "merged_tfp"),
    "methods": ("accounts.presets", "methods"),
    "one_series": ("inputs.boundaries.series", "one_series"),
    "preset": ("accounts.presets", "preset"),
    "read_table": ("tables.reading", "read_table"),
    "rebase": ("inputs.prices.rebasing", "rebase"),
    "rescaled_ratio": ("inputs.capital.initial_stock", "rescaled_ratio"),
    "resolve_area": ("inputs.boundaries.resolving", "resolve_area"),
    "separate_research": ("inputs.capital.research", "separate_research"),
    "splice": ("inputs.breaks.splicing", "splice"),
    "suggest_relations": ("inputs.figures.suggesting", "suggest_relations"),
    "suspected_breaks": ("inputs.breaks.suspected", "suspected_breaks"),
    "testing": ("testing", ""),
    "total_hours": ("inputs.labour.hours", "total_hours"),
    "trained_composition": ("inputs.labour.composition", "trained_composition"),
    "viet_nam_concordance": ("inputs.boundaries.viet_nam", "viet_nam_concordance"),
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
