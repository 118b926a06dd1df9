"""Elasticity over cost share: markups where output is a quantity, else input wedges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from tfp.panel.keyed import keyed_frame
from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.rows import RowIndex
    from tfp.results.provenance import Provenance

Meaning = Literal["markup", "input_wedge"]


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class MarkupRatios(Result):
    r"""The ratio :math:`\theta_{it} / \alpha_{it}` of each row.

    Attributes
    ----------
    rows : RowIndex
    input_name : str
        The input whose elasticity and cost are compared.
    meaning : {"markup", "input_wedge"}
        What the ratio is: of prices to marginal cost, or a wedge that says nothing of them.
    elasticity : (n,) array
        Output elasticity of the input; NaN outside the sample.
    cost_share : (n,) array
        Its cost over revenue, revenue free of the transitory shock.
    ratio : (n,) array
    relative_error : float
        Standard error of the mean elasticity over that elasticity: by this factor all
        ratios are uncertain together. The shares are taken as known.
    provenance : Provenance
    warnings : tuple of Finding
    """

    kind: ClassVar[str] = "markup_ratios"

    rows: RowIndex
    input_name: str
    meaning: Meaning
    elasticity: FloatArray
    cost_share: FloatArray
    ratio: FloatArray
    relative_error: float
    provenance: Provenance
    warnings: tuple[Finding, ...] = ()

    @property
    def median(self) -> float:
        """Median of the ratio over the rows that have one."""
        return float(np.nanmedian(self.ratio))

    @property
    def frame(self) -> pd.DataFrame:
        """Elasticity, cost share and ratio of each row; the ratio by its own name."""
        columns = {
            "elasticity": self.elasticity,
            "cost_share": self.cost_share,
            self.meaning: self.ratio,
        }
        return keyed_frame(self.rows, columns)

    @property
    def _origin(self) -> str:
        return self.rows.origin

    def _tidy(self) -> pd.DataFrame:
        return self.frame.reset_index()

    def __repr__(self) -> str:
        words = self.meaning.replace("_", " ")
        return f"MarkupRatios: {words} by {self.input_name}: median {self.median:.4f}"
