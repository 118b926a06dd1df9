"""Several estimates side by side: elasticities, and TFP under each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.panel.findings import Finding
    from tfp.results.band import Band
    from tfp.results.periods import PeriodAccounts


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class EstimateComparison(Result):
    """Elasticities and growth accounts of several estimates.

    The spread between estimators is no sampling error: each rests on another assumption,
    and agreement of wrong ones proves nothing.

    Attributes
    ----------
    elasticities_of : dict
        By the name of each estimate, the elasticity of each input.
    std_errors_of : dict
        The same for their standard errors; empty where an estimate gives none.
    returns_std_errors : dict
        Standard error of their sum; NaN where an estimate gives none.
    sources : dict
        The method behind each.
    identified : dict
        Whether each converged and is the only admissible answer.
    periods : tuple of PeriodAccounts
        The accounts of each.
    bands : tuple
        TFP growth in points with the error of the elasticities: a Band, or None.
    share_bands : tuple
        The same for the share of TFP in growth.
    warnings : tuple of Finding
        What each estimate and its weights remarked.
    """

    kind: ClassVar[str] = "estimate_comparison"

    elasticities_of: dict[str, dict[str, float]]
    std_errors_of: dict[str, dict[str, float]]
    returns_std_errors: dict[str, float]
    sources: dict[str, str]
    identified: dict[str, bool]
    periods: tuple[PeriodAccounts, ...]
    bands: tuple[Band | None, ...]
    share_bands: tuple[Band | None, ...]
    warnings: tuple[Finding, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the estimates."""
        return tuple(self.elasticities_of)

    @property
    def factor_names(self) -> tuple[str, ...]:
        """All inputs that one of the estimates has."""
        return tuple(dict.fromkeys(f for own in self.elasticities_of.values() for f in own))

    @property
    def elasticities(self) -> pd.DataFrame:
        """Elasticities and returns to scale, a row for each estimate, errors beside."""
        import pandas as pd

        rows = []
        for name, own in self.elasticities_of.items():
            row: dict[str, Any] = {}
            errors = self.std_errors_of[name]
            for factor in self.factor_names:
                row[factor] = own.get(factor, np.nan)
                row[f"{factor}_std_error"] = errors.get(factor, np.nan)
            row["returns_to_scale"] = sum(own.values())
            row["returns_to_scale_std_error"] = self.returns_std_errors[name]
            rows.append(row)
        return pd.DataFrame(rows, index=pd.Index(self.names, name="estimate"))

    @property
    def tfp_growth(self) -> pd.DataFrame:
        """TFP growth in points: a row for each period, a column for each estimate."""
        return self._by_estimate([item.contributions["tfp"] for item in self.periods])

    @property
    def tfp_share(self) -> pd.DataFrame:
        """Share of TFP in growth, per cent, in the same form."""
        return self._by_estimate([item.share_of_growth["tfp"] for item in self.periods])

    def _by_estimate(self, columns: list[Any]) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(dict(zip(self.names, columns, strict=True)))

    @property
    def _origin(self) -> str:
        return self.periods[0].origin

    def _tidy(self) -> pd.DataFrame:
        import pandas as pd

        elasticities = self.elasticities.to_dict(orient="list")
        parts = []
        for number, (name, accounts) in enumerate(zip(self.names, self.periods, strict=True)):
            points, shares = accounts.contributions, accounts.share_of_growth
            count = len(accounts.period)
            band, share_band = self.bands[number], self.share_bands[number]
            blank = np.full(count, np.nan)
            part = {
                "estimate_name": [name] * count,
                accounts.entity_name or "area": list(accounts.entity),
                "period": list(accounts.period),
                **{column: [values[number]] * count for column, values in elasticities.items()},
                "growth": points[accounts.total_name].to_numpy(),
                "tfp_growth": points["tfp"].to_numpy(),
                "tfp_growth_low": blank if band is None else band.low.copy(),
                "tfp_growth_high": blank if band is None else band.high.copy(),
                "tfp_share": shares["tfp"].to_numpy(),
                "tfp_share_low": blank if share_band is None else share_band.low.copy(),
                "tfp_share_high": blank if share_band is None else share_band.high.copy(),
                "reason": shares["reason"].to_numpy(),
            }
            parts.append(pd.DataFrame(part))
        return pd.concat(parts, ignore_index=True)

    def __repr__(self) -> str:
        periods = dict.fromkeys(self.periods[0].period)
        return f"EstimateComparison: {', '.join(self.names)}; {', '.join(periods)}"
