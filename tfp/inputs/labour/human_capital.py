r"""Human capital from schooling.

.. math:: h = e^{\phi(s)}

with years of schooling :math:`s` and the log return :math:`\phi` that they bring. The Penn
World Table takes .134 a year up to four years, .101 from four to eight and .068 above
(Psacharopoulos 1994); Mincer's equation takes one rate for all years.

Assumptions
-----------
Wages rise with schooling because schooling makes productive, everywhere as much as in the
surveys that the rates come from.

References
----------
Caselli, F. (2005). Accounting for cross-country income differences. *Handbook of Economic
Growth* 1A. https://doi.org/10.1016/S1574-0684(05)01009-9
Mincer, J. (1974). *Schooling, Experience, and Earnings*. NBER.
Psacharopoulos, G. (1994). Returns to investment in education: a global update. *World
Development* 22(9). https://doi.org/10.1016/0305-750X(94)90007-8
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.labour.composition import check_levels, check_source
from tfp.panel.deriving import marks_of
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

PWT_RATES = (0.134, 0.101, 0.068)
PWT_LIMITS = (4.0, 8.0)
MOST_YEARS = 25.0  # of schooling; what is above was typed in another unit


@dataclass(frozen=True)
class Mincer:
    """One rate of return for every year of schooling.

    Parameters
    ----------
    rate : float
        Log return of a year: 0.08 is some eight per cent. It differs between countries
        and years, and has no default.
    source : str
        Where it comes from; required.

    Raises
    ------
    MethodError
        ``source-required``, ``mincer-rate-outside`` outside (0, 0.5).

    Examples
    --------
    >>> float(Mincer(0.08, source="labour force survey").log_returns(np.array([10.0]))[0])
    0.8
    """

    rate: float
    source: str

    figure: ClassVar[str] = "mincer"

    def __post_init__(self) -> None:
        check_source(self.source, "Mincer")
        if not 0.0 < self.rate < 0.5:  # noqa: PLR2004  (8 for 0.08 is the error that is met)
            raise MethodError("mincer-rate-outside", rate=float(self.rate))

    def log_returns(self, years: FloatArray) -> FloatArray:
        r"""Return :math:`\phi(s) = r s`."""
        return self.rate * years


@dataclass(frozen=True)
class _PennWorldTable:
    """Falling returns: three rates, below four years, to eight, and above."""

    rate: ClassVar[float] = np.nan
    source: ClassVar[str] = "Psacharopoulos (1994); Penn World Table"
    figure: ClassVar[str] = "pwt_returns"

    def log_returns(self, years: FloatArray) -> FloatArray:
        first, second = PWT_LIMITS
        low, middle, high = PWT_RATES
        returns: FloatArray = (
            low * np.minimum(years, first)
            + middle * np.clip(years - first, 0.0, second - first)
            + high * np.maximum(years - second, 0.0)
        )
        return returns


def human_capital(panel: Panel, *, returns: Mincer | Literal["pwt"], source: str) -> Panel:
    """Return the panel with the role ``human_capital``, from mean years of schooling.

    Parameters
    ----------
    panel : Panel
        With the role ``schooling``; years that no survey covers are interpolated before,
        by an explicit word (:func:`tfp.interpolate`).
    returns : Mincer or "pwt"
        What a year of schooling brings.
    source : str
        Where schooling comes from; required.

    Raises
    ------
    MethodError
        ``source-required``, ``option-unknown``, ``schooling-outside``,
        ``human-capital-present``.

    Examples
    --------
    >>> from tfp.panel.panel import Panel
    >>> panel = Panel({"year": [2020], "years": [12.0]}, time="year", schooling="years")
    >>> panel = human_capital(panel, returns="pwt", source="census")
    >>> round(float(panel.values("human_capital")[0]), 4)  # exp(.134 * 4 + .101 * 4 + .068 * 4)
    3.3602
    """
    require_panel(panel)
    rule = _rule(returns)
    check_source(source, "human_capital")
    schooling = panel.column("schooling")
    outside = np.flatnonzero((schooling.values < 0.0) | (schooling.values > MOST_YEARS))
    if len(outside):
        raise MethodError(
            "schooling-outside",
            places=panel.rows.places(outside[:6], schooling.name),
            value=float(schooling.values[outside[0]]),
            most=MOST_YEARS,
        )
    values = np.exp(rule.log_returns(schooling.values))
    return _with_human_capital(panel, values, rule, schooling, source)


def human_capital_by_level(
    panel: Panel, *, years: Mapping[str, float], returns: Mincer | Literal["pwt"], source: str
) -> Panel:
    r"""Return the panel with the role ``human_capital``, from workers by level of education.

    .. math:: h_t = \sum_l \frac{h_{l,t}}{\sum_m h_{m,t}}\, e^{\phi(s_l)}

    This is more than the human capital of mean schooling, since the returns compound.

    Parameters
    ----------
    panel : Panel
        With ``labour_by_group``, whose groups are levels of education: persons, or per cent.
    years : mapping of str to float
        Years of schooling that each level takes; declared for every level.
    returns : Mincer or "pwt"
    source : str
        Where the levels and their years come from; required.

    Raises
    ------
    MethodError
        ``source-required``, ``groups-missing``, ``level-years-missing``, ``levels-unknown``,
        ``schooling-outside``, ``group-cells-missing``, ``human-capital-present``.
    """
    require_panel(panel)
    rule = _rule(returns)
    check_source(source, "human_capital_by_level")
    levels = tuple(panel.several("labour_by_group"))
    if not levels:
        raise MethodError("groups-missing", present=sorted(panel.columns))
    absent = [level for level in levels if level not in years]
    if absent:
        raise MethodError("level-years-missing", levels=absent)
    check_levels(years, levels)
    lengths = np.array([float(years[level]) for level in levels])
    wrong = lengths[~((lengths >= 0.0) & (lengths <= MOST_YEARS))]
    if len(wrong):
        raise MethodError("schooling-outside", value=float(wrong[0]), most=MOST_YEARS)
    persons = np.array([panel.values(f"labour_by_group:{level}") for level in levels])
    partly = np.flatnonzero(np.isnan(persons).any(axis=0) & ~np.isnan(persons).all(axis=0))
    if len(partly):
        level = levels[int(np.argmax(np.isnan(persons[:, partly[0]])))]
        raise MethodError(
            "group-cells-missing",
            places=panel.rows.places(partly[:6]),
            group=level,
            count=int(np.isnan(persons[:, partly]).sum()),
        )
    weight = np.exp(rule.log_returns(lengths))
    values = (persons * weight[:, None]).sum(axis=0) / persons.sum(axis=0)
    parents = [panel.column(f"labour_by_group:{level}") for level in levels]
    origin = replace(parents[0], **marks_of(parents))
    return _with_human_capital(panel, values, rule, origin, source)


def _rule(returns: Mincer | Literal["pwt"]) -> Mincer | _PennWorldTable:
    if isinstance(returns, Mincer):
        return returns
    check_choice("returns", returns, ("pwt", "Mincer(...)"))
    if returns != "pwt":
        raise MethodError("mincer-rate-missing")
    return _PennWorldTable()


def _with_human_capital(
    panel: Panel, values: FloatArray, rule: Mincer | _PennWorldTable, origin: Column, source: str
) -> Panel:
    derived = any(
        entry.action == "derived" and entry.role == "human_capital" for entry in panel.ledger
    )
    if panel.has("human_capital") and not derived:
        raise MethodError("human-capital-present", column=panel.column("human_capital").name)
    rows: IntArray = np.flatnonzero(~np.isnan(values))
    entry = LedgerEntry(
        action="derived",
        role="human_capital",
        rows=panel.rows.keys(rows),
        cause="human_capital_mean" if origin.role == "schooling" else "human_capital_levels",
        figure=rule.figure,
        fields={} if np.isnan(rule.rate) else {"rate": 100.0 * rule.rate},
        source=f"{source}; {rule.source}",
    )
    # What changes the definition of schooling changes that of human capital.
    role = "human_capital"
    return panel.with_column(replace(origin, role=role, name=role, values=values, unit=None), entry)
