r"""Firms whose production function is known, on the designs of Ackerberg, Caves and Frazer.

.. math::

    y_{it} &= 0.6\, l_{it} + 0.4\, k_{it} + \omega_{it} + \varepsilon_{it} \\
    \omega_{it} &= \rho\, \omega_{i,t-1} + \xi_{it}, \qquad
    \ln W_{it} = \rho_W \ln W_{i,t-1} + \xi^W_{it} \\
    K_{it} &= 0.8\, K_{i,t-1} + I_{i,t-1}

Labour is chosen when productivity is :math:`\omega_{t-b}`, a point on the way from
:math:`\omega_{t-1}` to :math:`\omega_t`; materials are chosen at *t*, in proportion to the
output that the planned labour gives:

.. math::

    L^*_{it} = K_{it} \Bigl[\frac{\beta_l}{W_{it}}
        E(e^{\omega_{it}} \mid \omega_{i,t-b})\Bigr]^{1/(1-\beta_l)}, \qquad
    m_{it} = 0.6\, l^*_{it} + 0.4\, k_{it} + \omega_{it}

====== ============================ ============== ==================
design labour is chosen             wages vary     labour met exactly
====== ============================ ============== ==================
DGP1   half a period before (b = ½) yes            yes
DGP2   at *t* (b = 0)               no             no, error sd 0.37
DGP3   half a period before         yes            no, error sd 0.37
====== ============================ ============== ==================

With constant returns profit is proportional to capital, :math:`\pi_{it} = r_{it} K_{it}`,
so that investment at cost :math:`\tfrac{\varphi_i}{2} I^2` does not depend on the stock:

.. math::

    \varphi_i I_{it} = \delta_d \sum_{s \ge 1} [\delta_d (1-\delta)]^{s-1} E_t\, r_{i,t+s}, \qquad
    r_{it} \propto \exp\Bigl(\frac{\rho^b \omega_{i,t-b} - \beta_l \ln W_{it}}{1-\beta_l}\Bigr)

and the expectations are those of log-normal variables. :math:`\ln 1/\varphi_i` is normal.

References
----------
Ackerberg, D. A., Caves, K. and Frazer, G. (2015). Identification properties of recent
production function estimators. *Econometrica* 83(6), 2411-2451, section 5.
https://doi.org/10.3982/ECTA13408
Syverson, C. (2001). Market structure and productivity. PhD thesis, University of Maryland.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.numerics.arrays import read_only
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from tfp.numerics.arrays import FloatArray

Design = Literal["DGP1", "DGP2", "DGP3"]

LABOUR_ELASTICITY, CAPITAL_ELASTICITY = 0.6, 0.4
DEPRECIATION, DISCOUNT = 0.2, 0.95
SHOCK_SD = 0.1
ADJUSTMENT_SD = 0.6
LABOUR_ERROR_SD = 0.37
# Capital of the first period is forgotten at 0.8 a period, the discounted profits that
# investment looks forward to at 0.76.
FORGOTTEN_AFTER = 50
HORIZON = 30


@dataclass(frozen=True, eq=False)
class GeneratedFirms(Record):
    """Generated firms beside the truth behind them; ``firm`` and ``year`` are the keys.

    Attributes
    ----------
    observed : mapping of str to (N, T) array
        Levels: ``output``, ``capital``, ``labour``, ``materials``, ``investment``.
    log_productivity : (N, T) array
        The productivity that firms know.
    elasticities : mapping of str to float
    first_year : int
    """

    observed: Mapping[str, FloatArray]
    log_productivity: FloatArray
    elasticities: Mapping[str, float]
    first_year: int

    def __post_init__(self) -> None:
        super().__post_init__()
        columns = {name: read_only(values) for name, values in self.observed.items()}
        object.__setattr__(self, "observed", columns)

    @property
    def frame(self) -> pd.DataFrame:
        """What is observed, one row a firm and year, as a new pandas frame."""
        return self._long(self.observed)

    @property
    def truth(self) -> pd.DataFrame:
        """``log_productivity`` of each firm and year, as a new pandas frame."""
        return self._long({"log_productivity": self.log_productivity})

    def _long(self, columns: Mapping[str, FloatArray]) -> pd.DataFrame:
        import pandas as pd

        firms, years = self.log_productivity.shape
        return pd.DataFrame(
            {
                "firm": np.repeat(np.arange(1, firms + 1), years),
                "year": np.tile(np.arange(self.first_year, self.first_year + years), firms),
                **{name: values.ravel().copy() for name, values in columns.items()},
            }
        )


@dataclass(frozen=True, kw_only=True)
class _Economy:
    """What the firms of a design have in common."""

    planned_before: float
    labour_error_sd: float
    wage_sd: float
    wage_persistence: float
    productivity_sd: float
    persistence: float
    adjustment_sd: float


def generate_firms(
    design: Design = "DGP1",
    n_firms: int = 1_000,
    n_years: int = 10,
    *,
    rng: int | np.random.Generator,
    measurement_error: float = 0.0,
    wage_persistence: float = 0.3,
    wage_sd: float | None = None,
    persistence: float = 0.7,
    productivity_sd: float = 0.3,
    adjustment_sd: float = ADJUSTMENT_SD,
    first_year: int = 2001,
) -> GeneratedFirms:
    r"""Generate firms with a known production function.

    The equations and the designs stand at the top of :mod:`tfp.datasets.generated_firms`.

    Parameters
    ----------
    design : {"DGP1", "DGP2", "DGP3"}
    n_firms, n_years
        Number of firms and of years that are observed of each.
    rng
        Seed or generator. The same seed gives the same firms; `measurement_error` changes
        what is observed of materials and nothing else.
    measurement_error
        Variance of the error in the logarithm of materials, as a fraction of the variance
        of that logarithm within firms.
    wage_persistence, wage_sd
        Of the log wage; by default 0.3 and, where wages vary, 0.1.
    persistence, productivity_sd
        Of productivity.
    adjustment_sd
        Standard deviation of the firms' log adjustment cost; with 0 and no variation of
        wages investment is a function of productivity alone.
    first_year
        Label of the first year observed.

    Raises
    ------
    MethodError
        ``option-unknown``, ``generator-option``.

    Examples
    --------
    >>> firms = generate_firms("DGP1", 3, 4, rng=1)
    >>> firms.frame.columns.tolist()
    ['firm', 'year', 'output', 'capital', 'labour', 'materials', 'investment']
    """
    check_choice("design", design, get_args(Design))
    spread = (0.0 if design == "DGP2" else 0.1) if wage_sd is None else wage_sd
    for option, value, low, high in (
        ("n_firms", n_firms, 1, None),
        ("n_years", n_years, 1, None),
        ("measurement_error", measurement_error, 0.0, None),
        ("wage_persistence", wage_persistence, 0.0, 0.99),
        ("wage_sd", spread, 0.0, None),
        ("persistence", persistence, 0.0, 0.99),
        ("productivity_sd", productivity_sd, 0.0, None),
        ("adjustment_sd", adjustment_sd, 0.0, None),
    ):
        # Written so that a value that is not a number fails too.
        if not low <= value <= (value if high is None else high):
            shown = "∞" if high is None else high
            raise MethodError("generator-option", option=option, value=value, low=low, high=shown)
    economy = _Economy(
        planned_before=0.0 if design == "DGP2" else 0.5,
        labour_error_sd=0.0 if design == "DGP1" else LABOUR_ERROR_SD,
        wage_sd=spread,
        wage_persistence=wage_persistence,
        productivity_sd=productivity_sd,
        persistence=persistence,
        adjustment_sd=adjustment_sd,
    )
    # Two streams: what is measured badly must not move the truth.
    truth, observation = np.random.default_rng(rng).spawn(2)
    logs = _simulate(truth, economy, n_firms, n_years)
    error = observation.standard_normal((n_firms, n_years))
    within = logs["materials"].var(axis=1).mean()
    logs["materials"] = logs["materials"] + np.sqrt(measurement_error * within) * error
    productivity = logs.pop("productivity")
    return GeneratedFirms(
        observed={name: np.exp(values) for name, values in logs.items()},
        log_productivity=productivity,
        elasticities={"capital": CAPITAL_ELASTICITY, "labour": LABOUR_ELASTICITY},
        first_year=first_year,
    )


def _simulate(
    rng: np.random.Generator, economy: _Economy, n_firms: int, n_years: int
) -> dict[str, FloatArray]:
    """Run the economy until its beginning is forgotten; return the last years, (N, T)."""
    periods = FORGOTTEN_AFTER + n_years
    productivity, planning = _productivity(rng, economy, (periods, n_firms))
    wage = _autoregression(rng, economy.wage_persistence, economy.wage_sd, (periods, n_firms))
    cheapness = economy.adjustment_sd * rng.standard_normal(n_firms)
    log_investment = cheapness + np.log(_worth_of_capital(economy, productivity, wage))
    capital = np.empty((periods, n_firms))
    # The mean of investment over depreciation: near where the stock will settle.
    capital[0] = np.exp(log_investment).mean(axis=0) / DEPRECIATION
    for t in range(1, periods):
        capital[t] = (1.0 - DEPRECIATION) * capital[t - 1] + np.exp(log_investment[t - 1])
    log_capital = np.log(capital)
    expected = _kept(economy) * planning + 0.5 * _variance_until_t(economy)
    planned = log_capital + (np.log(LABOUR_ELASTICITY) - wage + expected) / (
        1.0 - LABOUR_ELASTICITY
    )
    labour = planned + economy.labour_error_sd * rng.standard_normal(planned.shape)
    shock = SHOCK_SD * rng.standard_normal(planned.shape)
    of_capital = CAPITAL_ELASTICITY * log_capital + productivity
    last = slice(FORGOTTEN_AFTER, None)
    return {
        "output": (LABOUR_ELASTICITY * labour + of_capital + shock)[last].T,
        "capital": log_capital[last].T,
        "labour": labour[last].T,
        "materials": (LABOUR_ELASTICITY * planned + of_capital)[last].T,
        "investment": log_investment[last].T,
        "productivity": productivity[last].T,
    }


def _kept(economy: _Economy) -> float:
    """Return how much of productivity at planning is left in the mean at t."""
    return float(economy.persistence**economy.planned_before)


def _variance_until_t(economy: _Economy) -> float:
    """Return the variance of what happens to productivity between planning and t."""
    return float(economy.productivity_sd**2 * (1.0 - _kept(economy) ** 2))


def _productivity(
    rng: np.random.Generator, economy: _Economy, shape: tuple[int, int]
) -> tuple[FloatArray, FloatArray]:
    """Return productivity at t, and what it was when labour was planned."""
    sd, late = economy.productivity_sd, _kept(economy)
    early = economy.persistence ** (1.0 - economy.planned_before)
    first, second = rng.standard_normal((2, *shape))
    actual, planning = np.empty(shape), np.empty(shape)
    before = sd * rng.standard_normal(shape[1])
    for t in range(shape[0]):
        planning[t] = early * before + sd * np.sqrt(1.0 - early**2) * first[t]
        actual[t] = late * planning[t] + sd * np.sqrt(1.0 - late**2) * second[t]
        before = actual[t]
    return actual, planning


def _autoregression(
    rng: np.random.Generator, persistence: float, sd: float, shape: tuple[int, int]
) -> FloatArray:
    values = sd * rng.standard_normal(shape)
    for t in range(1, shape[0]):
        values[t] = persistence * values[t - 1] + np.sqrt(1.0 - persistence**2) * values[t]
    return values


def _worth_of_capital(economy: _Economy, productivity: FloatArray, wage: FloatArray) -> FloatArray:
    """Return the discounted profits that one more unit of capital is expected to bring."""
    ahead = np.arange(1, HORIZON + 1)
    power = 1.0 / (1.0 - LABOUR_ELASTICITY)
    until = economy.persistence ** (ahead - economy.planned_before)
    of_productivity = power * _kept(economy) * until
    of_wage = -power * LABOUR_ELASTICITY * economy.wage_persistence**ahead
    variance = (power * _kept(economy) * economy.productivity_sd) ** 2 * (1.0 - until**2)
    variance += (power * LABOUR_ELASTICITY * economy.wage_sd) ** 2 * (
        1.0 - economy.wage_persistence ** (2.0 * ahead)
    )
    constant = 0.5 * variance + 0.5 * power * _variance_until_t(economy)
    still = DISCOUNT * (DISCOUNT * (1.0 - DEPRECIATION)) ** (ahead - 1.0)
    worth = np.zeros_like(productivity)
    for a, b, c, weight in zip(of_productivity, of_wage, constant, still, strict=True):
        worth += weight * np.exp(a * productivity + b * wage + c)
    # Beyond the horizon nothing that is known today matters.
    rest = still[-1] * DISCOUNT * (1.0 - DEPRECIATION) / (1.0 - DISCOUNT * (1.0 - DEPRECIATION))
    worth += rest * np.exp(constant[-1])
    return _profit_rate(economy) * worth


def _profit_rate(economy: _Economy) -> float:
    """Return profit over capital where wage and expected productivity are one.

    An error in labour costs more than it brings, in the same proportion everywhere.
    """
    share, variance = LABOUR_ELASTICITY, economy.labour_error_sd**2
    revenue = np.exp(0.5 * share**2 * variance)
    cost = share * np.exp(0.5 * variance)
    return float(share ** (share / (1.0 - share)) * (revenue - cost))
