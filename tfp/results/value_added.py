"""What the decomposition of Diewert and Fox gives: five factors, and efficiency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from tfp.results.decomposition import Decomposition

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.ledger import LedgerEntry

TERMS = ("output_price", "input_quantity", "input_mix", "efficiency_change", "technical_progress")
TFP_TERMS = TERMS[2:]


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class ValueAddedAccounts(Decomposition):
    """Growth of value added at current prices as a sum of five terms, in logarithms.

    Attributes
    ----------
    efficiency : (n,) array
        Value added over the best that the past of the same entity allows, a fraction; 1 in
        its first period, which has no past.
    panel_ledger : tuple of LedgerEntry
        What was done to the data before.
    """

    kind: ClassVar[str] = "value_added_accounts"

    efficiency: FloatArray
    panel_ledger: tuple[LedgerEntry, ...] = ()

    @property
    def tfp_growth(self) -> FloatArray:
        """Change of the logarithm of TFP, (n,): input mix, efficiency and technical progress."""
        terms: FloatArray = np.sum([self.term(name) for name in TFP_TERMS], axis=0)
        return terms

    @property
    def factors(self) -> pd.DataFrame:
        """The factors whose product is the growth factor of value added, and TFP's.

        1.02 is two per cent more; ``efficiency`` is the level of the period.
        """
        ratios = {
            self.total_name: self.total,
            **dict(zip(self.term_names, self.terms, strict=True)),
        }
        columns = {name: np.exp(values) for name, values in ratios.items()}
        return self._frame(
            {**columns, "tfp": np.exp(self.tfp_growth), "efficiency": self.efficiency}
        )
