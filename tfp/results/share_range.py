"""The answer to the question how much the treatment of mixed income matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tfp.panel.keyed import keyed_frame
from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.rows import RowIndex
    from tfp.results.periods import PeriodAccounts


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class LabourShareRange(Result):
    """Labour's share under several treatments, and the accounts that follow from each.

    A range of assumptions: it has no probability.

    Attributes
    ----------
    rows : RowIndex
        The rows that the shares are of.
    options : dict
        By the code of each variant, its options as plain values.
    labour_shares : tuple of (n,) arrays
        Labour's share under each variant, year by year; NaN where it cannot be had.
    used_shares : tuple of (n,) arrays
        The share that the accounts of each variant were made with: held, or the year's own.
    periods : tuple of PeriodAccounts
        The accounts of each variant.
    warnings : tuple of Finding
        Variants that were left out.
    """

    kind: ClassVar[str] = "labour_share_range"

    rows: RowIndex
    options: dict[str, Any]
    labour_shares: tuple[FloatArray, ...]
    used_shares: tuple[FloatArray, ...]
    periods: tuple[PeriodAccounts, ...]
    warnings: tuple[Finding, ...] = ()

    @property
    def variants(self) -> tuple[str, ...]:
        """The codes of the variants."""
        return tuple(self.options)

    @property
    def labour_share(self) -> pd.DataFrame:
        """Labour's share, a row for each year and a column for each variant."""
        return keyed_frame(self.rows, dict(zip(self.variants, self.labour_shares, strict=True)))

    @property
    def tfp_share(self) -> pd.DataFrame:
        """Share of TFP in growth, per cent: a row for each period, a column for each variant."""
        return self._by_variant([item.share_of_growth["tfp"] for item in self.periods])

    @property
    def tfp_growth(self) -> pd.DataFrame:
        """Growth of TFP in points: a row for each period, a column for each variant."""
        return self._by_variant([item.contributions["tfp"] for item in self.periods])

    def _by_variant(self, columns: list[Any]) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(dict(zip(self.variants, columns, strict=True)))

    @property
    def _origin(self) -> str:
        return self.rows.origin

    def _tidy(self) -> pd.DataFrame:
        import pandas as pd

        parts = []
        for code, accounts, used in zip(self.variants, self.periods, self.used_shares, strict=True):
            points, shares = accounts.contributions, accounts.share_of_growth
            part = {
                accounts.entity_name or "area": list(accounts.entity),
                "period": list(accounts.period),
                "treatment": self.options[code]["treatment"],
                "production_taxes": self.options[code]["production_taxes"],
                "labour_share": self._mean_share(used, accounts),
                "growth": points[accounts.total_name].to_numpy(),
                "tfp_growth": points["tfp"].to_numpy(),
                "tfp_share": shares["tfp"].to_numpy(),
                "reason": shares["reason"].to_numpy(),
            }
            parts.append(pd.DataFrame(part))
        return pd.concat(parts, ignore_index=True)

    def _mean_share(self, used: FloatArray, accounts: PeriodAccounts) -> FloatArray:
        """Return the mean of the shares used over the years of each period."""
        means = []
        for entity, first, last in zip(accounts.entity, accounts.first, accounts.last, strict=True):
            inside = (self.rows.times >= first) & (self.rows.times <= last)
            inside &= self.rows.codes == self.rows.entities.index(entity)
            means.append(float(np.mean(used[inside])) if inside.any() else np.nan)
        return np.array(means)

    def __repr__(self) -> str:
        periods = dict.fromkeys(self.periods[0].period)
        return f"LabourShareRange: {len(self.variants)} variants; {', '.join(periods)}"
