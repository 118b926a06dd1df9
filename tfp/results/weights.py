"""What growth accounting asks of factor weights, whatever they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel

OutputConcept = Literal["value_added", "gross_output"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Weighting(Record):
    """Weights of the factors, row by row.

    Attributes
    ----------
    weights : tuple
        One for each factor asked for: an (n,) array, a number for all rows, or None
        for one factor at most, whose weight is what the others leave to one.
    elasticity_sum : float
        Sum of the elasticities that the weights were scaled from; 1 for shares.
    pure_profit_share : (n,) array or None
        Share of income that costs do not exhaust, where costs are the weights.
    warnings : tuple of Finding
        What is remarkable about them.
    """

    weights: tuple[FloatArray | float | None, ...]
    elasticity_sum: float = 1.0
    pure_profit_share: FloatArray | None = None
    warnings: tuple[Finding, ...] = ()


class FactorWeights(Protocol):
    """A rule that gives each factor its weight in growth."""

    @property
    def name(self) -> str:
        """Short name of the rule, for provenance and reports."""

    def weigh(
        self, panel: Panel, factors: tuple[str, ...], output_concept: OutputConcept
    ) -> Weighting:
        """Return the weights of `factors` ("capital", "capital:ict", "labour", ...)."""

    def options(self) -> Mapping[str, object]:
        """Return what the user chose, as plain values, for provenance and reports."""


class Elasticities(Protocol):
    """What an estimate of a production function offers to growth accounting."""

    @property
    def elasticities(self) -> Mapping[str, float]:
        """Output elasticity of each factor."""

    @property
    def output_concept(self) -> OutputConcept:
        """Whether output is value added or gross output."""

    @property
    def observed_units(self) -> Literal["firm", "aggregate"]:
        """Whether the estimate is made on firms or on aggregates."""
