"""Which records a saved result may hold, and how each is rebuilt.

The table is the whole schema: a record that is renamed, or loses or gains a field, gets
a new schema version and, in `build`, the way from the old fields to the new ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA_VERSION = 1


def _plainly(cls: Callable[..., Any], given: dict[str, Any]) -> Any:
    return cls(**given)


def _panel(cls: Any, given: dict[str, Any]) -> Any:
    return cls.of(**given)


@dataclass(frozen=True)
class RecordSchema:
    """Where a record's class lives, which fields are kept, and how it is rebuilt."""

    module: str
    fields: tuple[str, ...] = ()
    build: Callable[[Any, dict[str, Any]], Any] = _plainly


RECORDS: dict[str, RecordSchema] = {
    "Place": RecordSchema("errors"),
    "RowIndex": RecordSchema("panel.rows"),
    "Column": RecordSchema("panel.roles"),
    "Panel": RecordSchema("panel.panel", ("rows", "columns", "ledger"), _panel),
    "LedgerEntry": RecordSchema("panel.ledger"),
    "Finding": RecordSchema("panel.findings"),
    "Target": RecordSchema("datasets.target"),
    "Provenance": RecordSchema("results.provenance"),
    "Band": RecordSchema("results.band"),
    "Decomposition": RecordSchema("results.decomposition"),
    "GrowthAccounts": RecordSchema("results.growth_accounts"),
    "PeriodAccounts": RecordSchema("results.periods"),
    "TargetOutcome": RecordSchema("results.comparison"),
    "TargetComparison": RecordSchema("results.comparison"),
    "TestOutcome": RecordSchema("results.estimate"),
    "ProductionEstimate": RecordSchema("results.estimate"),
    "Root": RecordSchema("results.roots"),
    "MarkupRatios": RecordSchema("results.markup_ratios"),
    "LeftOutYears": RecordSchema("production.short_series.left_out_years"),
    "EstimateComparison": RecordSchema("results.estimate_comparison"),
    "CapitalStocks": RecordSchema("inputs.capital.inventory"),
    "LabourShareRange": RecordSchema("results.share_range"),
    "InitialStockRange": RecordSchema("inputs.capital.initial_band"),
    "CapitalServiceIndex": RecordSchema("inputs.capital.service_index"),
    "CohortStocks": RecordSchema("inputs.capital.cohort_stocks"),
    "AssetStocks": RecordSchema("inputs.capital.asset_stocks"),
    "IndexSeries": RecordSchema("inputs.index_numbers.series"),
    "ValueAddedAccounts": RecordSchema("results.value_added"),
}
