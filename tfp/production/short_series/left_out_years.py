"""What one year does to an estimate: each left out in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tfp.errors import MethodError
from tfp.panel.findings import Finding
from tfp.panel.panel import require_panel
from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.estimator import Estimator
    from tfp.results.estimate import ProductionEstimate


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class LeftOutYears(Result):
    """Elasticities without each year in turn.

    The range is no confidence interval: it says which numbers hang on a single year.

    Attributes
    ----------
    method : str
    times : tuple of str or int
        The year left out.
    factor_names : tuple of str
    elasticities_without : (t, f) array
        NaN where the estimator has no answer without the year.
    whole : ProductionEstimate
        With all years.
    origin : str
    warnings : tuple of Finding
        Years without which there is no estimate.
    """

    kind: ClassVar[str] = "left_out_years"

    method: str
    times: tuple[int | str, ...]
    factor_names: tuple[str, ...]
    elasticities_without: FloatArray
    whole: ProductionEstimate
    origin: str = "pandas"
    warnings: tuple[Finding, ...] = ()

    @property
    def elasticities(self) -> pd.DataFrame:
        """Elasticities by the year left out, and returns to scale."""
        import pandas as pd

        frame = pd.DataFrame(
            self.elasticities_without,
            columns=list(self.factor_names),
            index=pd.Index(self.times, name="left_out"),
        )
        return frame.assign(returns_to_scale=frame.sum(axis=1, skipna=False))

    @property
    def range(self) -> pd.DataFrame:
        """Lowest and highest of each elasticity beside the one with all years."""
        import pandas as pd

        frame = self.elasticities
        known = frame.dropna()  # without a single estimate there is no range
        whole = {**self.whole.elasticities, "returns_to_scale": self.whole.returns_to_scale}
        return pd.DataFrame(
            {
                "lowest": frame.min(),
                "all_years": pd.Series(whole),
                "highest": frame.max(),
                "lowest_without": known.idxmin() if len(known) else None,
                "highest_without": known.idxmax() if len(known) else None,
            }
        )

    @property
    def _origin(self) -> str:
        return self.origin

    def _tidy(self) -> pd.DataFrame:
        import pandas as pd

        whole = np.array([self.whole.elasticities[name] for name in self.factor_names])
        count = len(self.factor_names)
        return pd.DataFrame(
            {
                "left_out": np.repeat(np.array(self.times, dtype=object), count),
                "term": list(self.factor_names) * len(self.times),
                "estimate": self.elasticities_without.ravel(),
                "change": (self.elasticities_without - whole).ravel(),
            }
        )

    def __repr__(self) -> str:
        parts = ", ".join(
            f"{name} {row['lowest']:.3f} to {row['highest']:.3f}"
            for name, row in self.range.iterrows()
        )
        return f"LeftOutYears of {self.method}: {parts}"


def leave_one_year_out(estimator: Estimator, panel: Panel, *, rng: Any = None) -> LeftOutYears:
    """Return the estimates of `estimator` without each year of the panel in turn.

    The rows of the year have no output, as if it had not been published: no lag or
    difference reaches over it.

    Parameters
    ----------
    estimator : Estimator
    panel : Panel
    rng : int or Generator, optional
        A seed is given to every estimate anew, so that years and not draws differ.

    Returns
    -------
    LeftOutYears

    Raises
    ------
    MethodError
        Those of the estimator on the whole panel; where it has no answer without a single
        year, the row is missing and a finding says so.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2001, 2002, 2003, 2004, 2005], "y": [1.0, 2.1, 2.9, 4.2, 4.6],
    ...                    "k": [1.0, 2, 2, 5, 6], "l": [1.0, 2, 4, 4, 5]},
    ...                   time="year", output="y", capital="k", labour="l")
    >>> found = tfp.leave_one_year_out(tfp.PooledLeastSquares(constant_returns=True), panel)
    >>> found.elasticities["capital"].round(2).tolist()
    [...]
    """
    require_panel(panel)
    whole = estimator.fit(panel, rng=rng)
    used = np.isfinite(whole.log_tfp)
    output = panel.values("output")
    rows, warnings, labels = [], [], []
    for time in np.unique(panel.rows.times[used]):
        at = panel.rows.times == time
        label = panel.rows.time_label(int(np.flatnonzero(at)[0]))
        labels.append(label)
        reduced = panel.with_values("output", np.where(at, np.nan, output))
        try:
            rows.append([*estimator.fit(reduced, rng=rng).elasticities.values()])
        except MethodError as error:
            rows.append([np.nan] * len(whole.factor_names))
            warnings.append(
                Finding(
                    code="no-estimate-without",
                    severity="warn",
                    fields={"year": label, "cause": error.code},
                )
            )
    return LeftOutYears(
        method=whole.provenance.method,
        times=tuple(labels),
        factor_names=whole.factor_names,
        elasticities_without=np.array(rows),
        whole=whole,
        origin=panel.rows.origin,
        warnings=tuple(warnings),
    )
