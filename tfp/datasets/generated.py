r"""Provincial panels whose TFP is known, because it was put in.

For province *i* and year *t*, with every quantity in logarithms on the left,

.. math::

    y_{it} &= a_{it} + \alpha_i k_{it} + (1 - \alpha_i)(l_{it} + h_{it} + e_{it}) \\
    K_{it} &= (1 - \delta) K_{i,t-1} + I_{it}, \qquad K_{i0} = \kappa_i Y_{i0} \\
    I_{it} &= s_{it} Y_{i,t-1} \\
    \Delta a_{it} &= \mu_i + \lambda_t + \varepsilon_{it}

where *Y* is output, *K* the stock at the end of the year, *L* employment, *h* hours per
worker, *e* human capital per worker, *I* investment and *a* TFP. Shares, depreciation and
the initial capital-output ratio do not change over time, so that an account in logarithms
with the true share and stock returns the true TFP growth to the last bits of a double.
The investment of the first year is part of the initial stock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.arrays import read_only
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from tfp.numerics.arrays import FloatArray

DEPRECIATION = 0.05
_LAST_CALENDAR_YEAR = 9999


@dataclass(frozen=True, eq=False)
class GeneratedPanel(Record):
    """A generated panel beside the truth behind it; ``province``, ``year`` are the keys.

    Attributes
    ----------
    names : tuple of str
        The provinces' names, (N,): "Generated province 01" and so on.
    years : ndarray of int
        The years, (T,).
    observed : mapping of str to ndarray
        What a statistics office would publish, each (N, T); NaN where a cell is missing.
    kept : ndarray of bool
        Which rows of the panel exist, (N, T).
    true : mapping of str to ndarray
        What is behind it, each (N, T).
    province_parameters : mapping of str to ndarray
        What each province was drawn with, each (N,).
    """

    names: tuple[str, ...]
    years: np.ndarray
    observed: Mapping[str, FloatArray]
    kept: np.ndarray
    true: Mapping[str, FloatArray]
    province_parameters: Mapping[str, FloatArray]

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("observed", "true", "province_parameters"):
            columns = {key: read_only(values) for key, values in getattr(self, name).items()}
            object.__setattr__(self, name, columns)

    @property
    def frame(self) -> pd.DataFrame:
        """What is observed, one row a province and year, as a new pandas frame.

        ``grdp``, ``investment`` and ``capital`` are in billion VND at constant prices,
        ``labour`` in thousand persons, ``hours_per_worker`` in hours a year; ``human_capital``
        is an index and ``capital_share`` a ratio.
        """
        return self._long(self.observed)[self.kept.ravel()].reset_index(drop=True)

    @property
    def truth(self) -> pd.DataFrame:
        """What is true, one row a province and year without gaps, as a new pandas frame.

        ``log_tfp`` is the logarithm of TFP, ``dlog_tfp`` its change (NaN in the first year);
        ``grdp``, ``investment``, ``capital`` and ``labour`` are free of noise;
        ``capital_share`` and ``depreciation`` are the parameters behind them.
        """
        return self._long(self.true)

    @property
    def parameters(self) -> pd.DataFrame:
        """The parameters of each province, as a new pandas frame, one row a province."""
        import pandas as pd

        columns = {name: values.copy() for name, values in self.province_parameters.items()}
        return pd.DataFrame({"province": list(self.names), **columns})

    def _long(self, columns: Mapping[str, FloatArray]) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(
            {
                "province": [name for name in self.names for _ in self.years],
                "year": np.tile(self.years, len(self.names)),
                **{name: values.ravel().copy() for name, values in columns.items()},
            }
        )


def generate_provinces(
    n_provinces: int = 63,
    first_year: int = 2010,
    last_year: int = 2024,
    *,
    rng: int | np.random.Generator,
    noise: float = 0.0,
    missing_cells: float = 0.0,
    missing_rows: float = 0.0,
) -> GeneratedPanel:
    r"""Generate a panel of provinces with known TFP.

    The equations stand at the top of :mod:`tfp.datasets.generated`. Magnitudes are those of
    Vietnamese provinces: output in the first year is log-normal around 30,000 billion VND,
    output a worker around 50 million VND, the capital-output ratio between 2.1 and 2.8.
    The names say that nothing here is a figure of a real province.

    Parameters
    ----------
    n_provinces
        Number of provinces, *N*.
    first_year, last_year
        First and last year; *T* years in all.
    rng
        Seed or generator. The same seed gives the same panel; `noise`, `missing_cells` and
        `missing_rows` change what is observed and never the truth.
    noise
        Standard deviation of the logarithm of independent measurement errors in ``grdp``,
        ``investment`` and ``labour``.
    missing_cells
        Probability that a cell of these three columns is empty.
    missing_rows
        Probability that a row does not exist.

    Returns
    -------
    GeneratedPanel
        ``frame`` is what is observed, ``truth`` what is behind it, ``parameters`` what each
        province was drawn with.

    Raises
    ------
    MethodError
        ``generator-option``, if an option is outside its limits.

    Examples
    --------
    The account in logarithms with the true share returns the true TFP growth:

    >>> panel = generate_provinces(2, 2019, 2020, rng=1)
    >>> dlog = np.log(panel.frame.select_dtypes("float")).diff().iloc[1]
    >>> share = panel.frame.loc[1, "capital_share"]
    >>> effective_labour = dlog["labour"] + dlog["hours_per_worker"] + dlog["human_capital"]
    >>> tfp = dlog["grdp"] - share * dlog["capital"] - (1 - share) * effective_labour
    >>> bool(abs(tfp - panel.truth.loc[1, "dlog_tfp"]) < 1e-14)
    True
    """
    for option, value, low, high in (
        ("n_provinces", n_provinces, 1, None),
        ("last_year", last_year, first_year, _LAST_CALENDAR_YEAR),
        ("noise", noise, 0.0, 1.0),
        ("missing_cells", missing_cells, 0.0, 1.0),
        ("missing_rows", missing_rows, 0.0, 1.0),
    ):
        # Written so that a value that is not a number fails too.
        if not low <= value <= (value if high is None else high):
            shown = "∞" if high is None else high
            raise MethodError("generator-option", option=option, value=value, low=low, high=shown)

    # Two streams: what is observed must not move the truth.
    economy, observation = np.random.default_rng(rng).spawn(2)
    years = np.arange(first_year, last_year + 1)
    parameters = _draw_parameters(economy, n_provinces)
    true = _simulate(economy, parameters, len(years))
    observed, kept = _observe(observation, true, noise, missing_cells, missing_rows)
    width = max(2, len(str(n_provinces)))
    return GeneratedPanel(
        names=tuple(f"Generated province {i:0{width}}" for i in range(1, n_provinces + 1)),
        years=years,
        observed=observed,
        kept=kept,
        true=true,
        province_parameters=parameters,
    )


def _draw_parameters(rng: np.random.Generator, n_provinces: int) -> dict[str, FloatArray]:
    """Draw what stays the same over time, each (N,)."""
    return {
        "capital_share": rng.uniform(0.35, 0.45, n_provinces),
        "depreciation": np.full(n_provinces, DEPRECIATION),
        "capital_output_ratio": rng.uniform(2.1, 2.8, n_provinces),
        "mean_dlog_tfp": rng.normal(0.025, 0.008, n_provinces),
        "mean_dlog_labour": rng.normal(0.012, 0.006, n_provinces),
        "investment_rate": rng.uniform(0.28, 0.42, n_provinces),
        "initial_grdp": 30_000.0 * np.exp(rng.normal(0.0, 0.85, n_provinces)),
        "initial_grdp_per_worker": 50.0 * np.exp(rng.normal(0.0, 0.3, n_provinces)),
    }


def _simulate(
    rng: np.random.Generator, parameters: dict[str, FloatArray], n_years: int
) -> dict[str, FloatArray]:
    """Run the equations of the module forward; every array returned is (N, T)."""
    share = parameters["capital_share"]
    shape = (len(share), n_years)
    dlog_tfp = rng.normal(0.0, 0.012, shape) + rng.normal(0.0, 0.008, n_years)
    dlog_tfp += parameters["mean_dlog_tfp"][:, None]
    dlog_labour = parameters["mean_dlog_labour"][:, None] + rng.normal(0.0, 0.006, shape)
    dlog_hours = rng.normal(-0.002, 0.004, shape)
    dlog_human_capital = rng.normal(0.008, 0.002, shape)
    rate = parameters["investment_rate"][:, None] * np.exp(rng.normal(0.0, 0.06, shape))

    initial_labour = parameters["initial_grdp"] / parameters["initial_grdp_per_worker"]
    labour = _path(initial_labour, dlog_labour)
    hours = _path(rng.uniform(1_900.0, 2_300.0, shape[0]), dlog_hours)
    human_capital = _path(rng.uniform(1.8, 2.6, shape[0]), dlog_human_capital)
    log_input = (1.0 - share[:, None]) * np.log(labour * hours * human_capital)

    grdp, capital, investment = np.empty(shape), np.empty(shape), np.empty(shape)
    log_tfp = np.empty(shape)
    grdp[:, 0] = parameters["initial_grdp"]
    capital[:, 0] = parameters["capital_output_ratio"] * grdp[:, 0]
    investment[:, 0] = rate[:, 0] * grdp[:, 0]
    log_tfp[:, 0] = np.log(grdp[:, 0]) - share * np.log(capital[:, 0]) - log_input[:, 0]
    for t in range(1, n_years):
        investment[:, t] = rate[:, t] * grdp[:, t - 1]
        surviving = (1.0 - parameters["depreciation"]) * capital[:, t - 1]
        capital[:, t] = surviving + investment[:, t]
        log_tfp[:, t] = log_tfp[:, t - 1] + dlog_tfp[:, t]
        grdp[:, t] = np.exp(log_tfp[:, t] + share * np.log(capital[:, t]) + log_input[:, t])

    dlog_tfp[:, 0] = np.nan
    return {
        "grdp": grdp,
        "investment": investment,
        "capital": capital,
        "labour": labour,
        "hours_per_worker": hours,
        "human_capital": human_capital,
        "capital_share": np.repeat(share[:, None], n_years, axis=1),
        "depreciation": np.repeat(parameters["depreciation"][:, None], n_years, axis=1),
        "log_tfp": log_tfp,
        "dlog_tfp": dlog_tfp,
    }


def _path(initial: FloatArray, dlog: FloatArray) -> FloatArray:
    """Return the levels, (N, T), that start at `initial`, (N,), and grow by `dlog` from then."""
    steps = dlog.copy()
    steps[:, 0] = 0.0
    return np.asarray(initial[:, None] * np.exp(np.cumsum(steps, axis=1)))


def _observe(
    rng: np.random.Generator,
    true: dict[str, FloatArray],
    noise: float,
    missing_cells: float,
    missing_rows: float,
) -> tuple[dict[str, FloatArray], np.ndarray]:
    """Return what is observed of the truth, and which rows exist."""
    observed = {
        name: values
        for name, values in true.items()
        if name not in ("depreciation", "log_tfp", "dlog_tfp")
    }
    shape = true["grdp"].shape
    for name in ("grdp", "investment", "labour"):
        error, empty = rng.standard_normal(shape), rng.random(shape) < missing_cells
        observed[name] = np.where(empty, np.nan, true[name] * np.exp(noise * error))
    return observed, rng.random(shape) >= missing_rows
