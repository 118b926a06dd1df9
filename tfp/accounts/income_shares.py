r"""Shares measured in the data: of income, or of costs.

Income shares: :math:`s_i = v_i / \sum_j v_j` with the incomes :math:`v` that exhaust
value added. Cost shares (Hall 1990) are the same ratio of costs; where costs do not
exhaust income, the rest is pure profit and is reported as a line of its own.

References
----------
Hall, R. E. (1990). Invariance properties of Solow's productivity residual. In
P. Diamond (ed.), *Growth/Productivity/Unemployment*, MIT Press.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.capital.property_income import check_units
from tfp.panel.findings import Finding, finding_at
from tfp.results.weights import OutputConcept, Weighting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel

ROUNDING = 1e-6  # of shares published with six decimals
EXHAUSTED = 1e-6  # relative, of incomes that add to the whole
LOSS = -0.05  # pure profit share below which costs rather than the times are at fault
PER_CENT_SUSPECTED = 1.5  # no income share is 150 %; a typed 40 for 0.40 is


@dataclass(frozen=True, eq=False)
class IncomeShares:
    """Shares of income, from share columns or from incomes.

    Share columns (``labour_share``, ``capital_share``) are used where the panel has
    them; one share that is missing is what the others leave to one, and shares that miss
    one only by the rounding of their sixth decimal are scaled to it. Otherwise incomes
    (``capital_income``, ``labour_income``, ``further_incomes``) are divided by their sum.

    Raises
    ------
    MethodError
        ``incomes-missing`` if the panel has neither; ``mixed-units`` of incomes;
        ``share-in-per-cent`` if a share column is above 1.5; ``share-columns-do-not-add``.
        Shares outside (0, 1) occur in real industry data in bad years; they are kept and
        remarked in the result's warnings, as are incomes that do not add to the panel's
        ``income``. Where incomes add to zero there are no shares, and no growth.
    """

    name = "income shares"

    def options(self) -> dict[str, object]:
        """Return the options: none."""
        return {}

    def weigh(
        self, panel: Panel, factors: tuple[str, ...], output_concept: OutputConcept
    ) -> Weighting:
        """Return the weights of `factors`, period by period."""
        del output_concept
        shares = {f: panel.values(_share_role(f)) for f in factors if panel.has(_share_role(f))}
        absent = [factor for factor in factors if factor not in shares]
        weights: tuple[FloatArray | None, ...]
        remarks: tuple[Finding, ...] = ()
        if shares and len(absent) <= 1:
            _check_unit(panel, shares)
            if not absent:
                total = np.sum(list(shares.values()), axis=0)
                _check_sum(panel, total)
                shares = {factor: _ratio(share, total) for factor, share in shares.items()}
            weights = tuple(shares.get(factor) for factor in factors)
        else:
            incomes = _incomes(panel, factors)
            total = np.sum(incomes, axis=0)
            weights = tuple(_ratio(income, total) for income in incomes)
            remarks = _remark_rest(panel, total)
        return Weighting(weights=weights, warnings=(*_remarks(weights), *remarks))


@dataclass(frozen=True, eq=False)
class CostShares:
    r"""Shares of costs; what costs do not exhaust of income is pure profit.

    The panel's ``capital_income`` and ``labour_income`` hold costs here (user cost times
    stock; compensation), and ``income``, where given, value added at current prices:
    pure profit share :math:`= 1 - \sum_i c_i / \text{income}`; below -0.05 it is remarked
    in the result.

    Raises
    ------
    MethodError
        ``incomes-missing``; ``mixed-units`` of costs and income.
    """

    name = "cost shares"

    def options(self) -> dict[str, object]:
        """Return the options: none."""
        return {}

    def weigh(
        self, panel: Panel, factors: tuple[str, ...], output_concept: OutputConcept
    ) -> Weighting:
        """Return the weights of `factors`, period by period."""
        del output_concept
        costs = _incomes(panel, factors)
        total = np.sum(costs, axis=0)
        weights = tuple(_ratio(cost, total) for cost in costs)
        profit = 1.0 - _ratio(total, panel.values("income")) if panel.has("income") else None
        return Weighting(
            weights=weights,
            pure_profit_share=profit,
            warnings=(*_remarks(weights), *_remark_loss(panel, profit)),
        )


def _share_role(factor: str) -> str:
    base, _, asset = factor.partition(":")
    return f"{base}_share:{asset}" if asset else f"{base}_share"


def _income_role(factor: str) -> str:
    base, _, asset = factor.partition(":")
    if base not in ("capital", "labour"):
        return f"further_incomes:{factor}"
    return f"{base}_income:{asset}" if asset else f"{base}_income"


def _incomes(panel: Panel, factors: tuple[str, ...]) -> list[FloatArray]:
    absent = [_income_role(f) for f in factors if not panel.has(_income_role(f))]
    if absent:
        raise MethodError("incomes-missing", absent=absent, present=sorted(panel.columns))
    columns = [panel.column(_income_role(factor)) for factor in factors]
    check_units([*columns, *([panel.columns["income"]] if "income" in panel.columns else [])])
    return [column.values for column in columns]


def _ratio(part: FloatArray, total: FloatArray) -> FloatArray:
    return np.divide(part, total, where=total != 0.0, out=np.full_like(part, np.nan))


def _check_unit(panel: Panel, shares: Mapping[str, FloatArray]) -> None:
    for factor, share in shares.items():
        rows = np.flatnonzero(share > PER_CENT_SUSPECTED)
        if len(rows):
            raise MethodError(
                "share-in-per-cent",
                places=panel.rows.places(rows[:6], column=panel.column(_share_role(factor)).name),
                factor=factor,
                share=float(share[rows[0]]),
            )


def _check_sum(panel: Panel, total: FloatArray) -> None:
    off = np.flatnonzero(np.abs(total - 1.0) > ROUNDING)
    if len(off):
        raise MethodError(
            "share-columns-do-not-add",
            places=panel.rows.places(off[:6]),
            total=float(total[off[0]]),
            count=len(off),
        )


def _remark_rest(panel: Panel, total: FloatArray) -> tuple[Finding, ...]:
    """Remark incomes of the inputs that do not add to the panel's income."""
    if "income" not in panel.columns:
        return ()
    income = panel.column("income")
    gap = np.abs(total - income.values) > EXHAUSTED * np.abs(income.values)
    fields = {"ratio": _ratio(total, income.values)}
    return _remark_rows("incomes-do-not-exhaust", panel, np.flatnonzero(gap), fields)


def _remark_loss(panel: Panel, profit: FloatArray | None) -> tuple[Finding, ...]:
    """Remark costs that exceed income by more than a bad year explains."""
    if profit is None:
        return ()
    return _remark_rows(
        "pure-profit-negative", panel, np.flatnonzero(profit < LOSS), {"share": profit}
    )


def _remark_rows(
    code: str, panel: Panel, rows: IntArray, series: Mapping[str, FloatArray]
) -> tuple[Finding, ...]:
    """Return a finding about some rows, with the figures of the first; none without rows."""
    if not len(rows):
        return ()
    first = {field: float(values[rows[0]]) for field, values in series.items()}
    income = panel.column("income")
    return (finding_at(code, "warn", panel, rows, income, count=len(rows), **first),)


def _remarks(weights: tuple[FloatArray | None, ...]) -> tuple[Finding, ...]:
    """Remark shares outside the unit interval."""
    given = [weight for weight in weights if weight is not None]
    outside = any(bool(((weight <= 0.0) | (weight >= 1.0)).any()) for weight in given)
    return (Finding(code="shares-outside-unit-interval", severity="warn"),) if outside else ()
