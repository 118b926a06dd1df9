"""An estimate by the names that other packages have taught their users.

``params``, ``pvalues`` and ``conf_int()`` are those of statsmodels and linearmodels, ``glance()``
and ``augment()`` those of broom, and the hooks with two underscores those by which the package
maketables sets regression tables without knowing us. All of it is read off the estimate;
nothing is stored twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.panel.keyed import keyed_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.rows import RowIndex

LEVEL = 0.95
STATISTICS = ("N", "entities", "returns_to_scale", "se_type")
STATISTIC_NAMES = {"entities": "Entities", "returns_to_scale": "Returns to scale"}


class FamiliarNames:
    """What users of statsmodels, linearmodels, broom and maketables ask an estimate for."""

    if TYPE_CHECKING:  # what they are read off
        rows: RowIndex
        terms: tuple[str, ...]
        estimates: FloatArray
        covariance: FloatArray
        covariance_type: str
        log_tfp: FloatArray
        log_productivity: FloatArray | None
        residuals: FloatArray
        row_elasticities: tuple[FloatArray, ...]
        factor_names: tuple[str, ...]
        output_concept: Any
        degrees_of_freedom: float | None
        converged: bool
        identified: bool
        diagnostics: dict[str, float]
        provenance: Any

        @property
        def std_errors(self) -> FloatArray: ...  # noqa: D102
        @property
        def elasticities(self) -> Mapping[str, float]: ...  # noqa: D102
        @property
        def returns_to_scale(self) -> float: ...  # noqa: D102
        def confidence_intervals(  # noqa: D102
            self, level: float = LEVEL
        ) -> tuple[FloatArray, FloatArray]: ...
        def _p_values(self, statistics: FloatArray) -> FloatArray: ...
        def tidy(self, *, native: bool = False) -> Any: ...  # noqa: D102

    @property
    def params(self) -> pd.Series:
        """Coefficients by the names of their terms."""
        return self._by_term(self.estimates, "params")

    @property
    def cov(self) -> pd.DataFrame:
        """Covariance of the coefficients, named on both sides."""
        import pandas as pd

        names = list(self.terms)
        return pd.DataFrame(self.covariance.copy(), index=names, columns=names)

    @property
    def tstats(self) -> pd.Series:
        """Coefficients over their standard errors."""
        return self._by_term(self._statistics(), "tstats")

    @property
    def pvalues(self) -> pd.Series:
        """Two-sided p-values, of Student's t with ``degrees_of_freedom`` or of the normal."""
        return self._by_term(self._p_values(self._statistics()), "pvalues")

    def conf_int(self, level: float = LEVEL) -> pd.DataFrame:
        """Return the intervals as a frame with the columns ``lower`` and ``upper``.

        `level` is the probability inside, as in linearmodels; statsmodels takes the one
        outside.

        Raises
        ------
        MethodError
            ``level-out-of-range`` unless 0 < level < 1.
        """
        import pandas as pd

        low, high = self.confidence_intervals(level)
        return pd.DataFrame({"lower": low, "upper": high}, index=list(self.terms))

    @property
    def nobs(self) -> int:
        """Rows of the estimated equation: changes, not levels, where changes were taken."""
        known = float(np.isfinite(self.log_tfp).sum())
        return int(self.diagnostics.get("rows", known))

    @property
    def resids(self) -> pd.Series:
        """Residuals of the estimated equation on the rows that have one.

        They are those of the equation as it was estimated, in changes or deviations where
        it was, so that output less them is the fit of levels for no method in general.
        """
        frame = keyed_frame(self.rows, {"residual": self.residuals})
        return frame["residual"].dropna()

    def glance(self) -> pd.DataFrame:
        """Return the estimate in one row, after broom's ``glance``.

        Returns
        -------
        pandas.DataFrame
            ``method``, ``nobs``, elasticities, ``returns_to_scale``, ``output_concept``,
            ``covariance_type``, ``df_resid`` (NaN for the normal distribution),
            ``converged``, ``identified`` and, by its name, each of the diagnostics.
        """
        import pandas as pd

        degrees = self.degrees_of_freedom
        row: dict[str, Any] = {
            "method": self.provenance.method,
            "nobs": self.nobs,
            **self.elasticities,
            "returns_to_scale": self.returns_to_scale,
            "output_concept": self.output_concept,
            "covariance_type": self.covariance_type,
            "df_resid": np.nan if degrees is None else degrees,
            "converged": self.converged,
            "identified": self.identified,
        }
        return pd.DataFrame([{**row, **{n: v for n, v in self.diagnostics.items() if n != "rows"}}])

    def augment(self) -> pd.DataFrame:
        """Return what the estimate adds to each row of the panel, after broom's ``augment``.

        Returns
        -------
        pandas.DataFrame
            Keyed like the panel: ``log_tfp``, ``log_productivity`` where it is told apart,
            ``residual``, and ``elasticity_<input>`` where it differs from row to row. NaN
            outside the sample. There is no fitted value: see :attr:`resids`.
        """
        columns = {"log_tfp": self.log_tfp}
        if self.log_productivity is not None:
            columns["log_productivity"] = self.log_productivity
        columns["residual"] = self.residuals
        if self.row_elasticities:
            named = zip(self.factor_names, self.row_elasticities, strict=True)
            columns.update({f"elasticity_{name}": values for name, values in named})
        return keyed_frame(self.rows, columns)

    @property
    def __maketables_coef_table__(self) -> pd.DataFrame:
        columns = {
            "estimate": "b",
            "std_error": "se",
            "statistic": "t",
            "p_value": "p",
            "conf_low": "ci95l",
            "conf_high": "ci95u",
        }
        frame: pd.DataFrame = self.tidy().set_index("term")[list(columns)].rename(columns=columns)
        return frame.rename_axis("Coefficient")

    def __maketables_stat__(self, key: str) -> float | str | None:
        found: dict[str, float | str | None] = {
            "N": self.nobs,
            "se_type": self.covariance_type,
            "entities": self._whole("entities"),
            "returns_to_scale": self.returns_to_scale,
            "method": self.provenance.method,
        }
        return found.get(key, self.diagnostics.get(key))

    @property
    def __maketables_depvar__(self) -> str:
        return "log output"

    @property
    def __maketables_default_stat_keys__(self) -> list[str]:
        return list(STATISTICS)

    @property
    def __maketables_stat_labels__(self) -> dict[str, str]:
        return dict(STATISTIC_NAMES)

    def _statistics(self) -> FloatArray:
        with np.errstate(invalid="ignore", divide="ignore"):
            statistics: FloatArray = self.estimates / self.std_errors
        return statistics

    def _whole(self, name: str) -> int | None:
        value = self.diagnostics.get(name)
        return None if value is None else int(value)

    def _by_term(self, values: FloatArray, name: str) -> pd.Series:
        import pandas as pd

        return pd.Series(np.array(values), index=list(self.terms), name=name)
