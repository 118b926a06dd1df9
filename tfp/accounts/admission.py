"""What growth accounting refuses: options it does not know, data it must not use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from tfp.errors import MethodError, PanelError, check_choice
from tfp.panel.agreement import check_agreement
from tfp.panel.columns import is_number, show_value
from tfp.results.decomposition import IndexForm, PeriodAverage, Rates, ShareTiming
from tfp.results.weights import OutputConcept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

CHOICES: dict[str, tuple[str, ...]] = {
    "share_timing": get_args(ShareTiming),
    "rates": get_args(Rates),
    "period_average": get_args(PeriodAverage),
    "index_form": get_args(IndexForm),
    "output_concept": get_args(OutputConcept),
}
# Rules of factor weights, and what their parentheses hold.
EXAMPLES = {
    "FixedShares": "(capital=...)",
    "IncomeShares": "()",
    "CostShares": "()",
    "OutputElasticities": "(StatedElasticities(...))",
    "LabourEquivalents": "(capital_share=..., base=...)",
}
# Columns that one national account yields: their vintages and price bases must agree.
ACCOUNT_ROLES = ("output", "capital", "investment")


# Columns that weights are made of, where the data hold them.
WEIGHT_ROLES = (
    "capital_share",
    "labour_share",
    "capital_income",
    "labour_income",
    "further_incomes",
)


def check_options(method: Any) -> None:
    """Refuse options of growth accounting that do not exist or do not fit together."""
    for option, choices in CHOICES.items():
        check_choice(option, getattr(method, option), choices)
    rule = method.factor_weights
    if not hasattr(rule, "weigh") or isinstance(rule, type):
        if isinstance(rule, type) and rule.__name__ in EXAMPLES:
            name = rule.__name__
            raise MethodError("factor-weights-class", found=name, example=name + EXAMPLES[name])
        found = rule.__name__ if isinstance(rule, type) else type(rule).__name__
        raise MethodError("factor-weights-not-a-rule", found=found)
    if not is_number(method.share_threshold):
        raise MethodError("threshold-not-a-number", found=show_value(method.share_threshold))
    if not 0.0 <= method.share_threshold < np.inf:
        raise MethodError("threshold-negative", threshold=float(method.share_threshold))
    if method.index_form == "quotient" and method.rates == "log":
        raise MethodError("quotient-needs-simple-rates")


def check_columns(panel: Panel, columns: Sequence[Column]) -> None:
    """Refuse levels without growth, unsettled breaks, and vintages that do not match."""
    if len(columns) == 1:
        raise PanelError(
            "no-input",
            present=sorted(panel.columns),
            needed=["capital", "labour", "further_inputs"],
        )
    for column in columns:
        if not column.smallest > 0.0:
            raise _not_positive(panel, column)
        check_breaks(panel, column)
    account = [c for c in columns if c.role.partition(":")[0] in ACCOUNT_ROLES]
    check_agreement(account, "vintage", "mixed-vintages")
    check_agreement(account, "price_base", "mixed-price-bases")
    check_agreement(columns, "boundary", "mixed-boundaries")


def check_entities(
    panel: Panel,
    columns: Sequence[Column],
    weights: Sequence[FloatArray | float | None],
    residual: FloatArray,
) -> None:
    """Refuse entities that have no account at all because one of their columns is empty.

    Single values that are missing cost the growth beside them and are in the ledger; an
    entity that has nothing in a column would be empty from its first row to its last.
    """
    rows = panel.rows
    if np.count_nonzero(np.isnan(residual)) == len(rows.breaks):
        return
    grows = np.ones(len(rows), dtype=bool)
    grows[rows.breaks] = False
    lost = _any(grows, rows.starts) & ~_any(~np.isnan(residual), rows.starts)
    arrays = [weight for weight in weights if isinstance(weight, np.ndarray)]
    unweighted = [lost & ~_any(~np.isnan(weight), rows.starts) for weight in arrays]
    of_weights = [c for r, c in panel.columns.items() if r.partition(":")[0] in WEIGHT_ROLES]
    for column in (*columns, *(of_weights if np.any(unweighted) else ())):
        empty = np.flatnonzero(lost & ~_any(~np.isnan(column.values), rows.starts))
        if len(empty):
            raise PanelError(
                "entities-without-values",
                places=rows.places(rows.starts[empty[:6]], column.name),
                role=column.role,
                count=len(empty),
                entities=[rows.entities[code] for code in empty],
            )


def _any(condition: NDArray[np.bool_], starts: IntArray) -> NDArray[np.bool_]:
    """Tell for each entity whether a condition holds in any of its rows."""
    return np.logical_or.reduceat(condition, starts)


def check_breaks(panel: Panel, column: Column) -> None:
    """Refuse a change of definition that was neither spliced nor accepted.

    Where no growth is taken, after a gap or beside a missing value, there is nothing to
    refuse.
    """
    if not column.breaks_of_definition:
        return
    changes = np.setdiff1d(column.breaks_of_definition, panel.rows.breaks)
    changes = np.setdiff1d(changes, column.accepted)
    missing = np.isnan(column.values[changes]) | np.isnan(column.values[changes - 1])
    open_breaks = changes[~missing].tolist()
    if not open_breaks or column.definition is None:
        return
    blank = column.blanks_beside(np.array(open_breaks, dtype=np.intp))
    if len(blank):
        raise MethodError(
            "definition-blank",
            places=panel.rows.places(blank[:6], column=column.name),
            role=column.role,
            count=len(blank),
            known=list(column.definitions),
        )
    row = open_breaks[0]
    raise MethodError(
        "unspliced-break",
        places=panel.rows.places(open_breaks, column=column.name),
        role=column.role,
        before=column.definition_of(row - 1),
        after=column.definition_of(row),
        change=float(100.0 * (column.values[row] / column.values[row - 1] - 1.0)),
    )


def _not_positive(panel: Panel, column: Column) -> MethodError | PanelError:
    if np.isnan(column.smallest):
        return PanelError("column-empty", role=column.role, column=column.name)
    rows = np.flatnonzero(column.values <= 0.0)
    return MethodError(
        "not-positive",
        places=panel.rows.places(rows[:6], column=column.name),
        role=column.role,
        count=len(rows),
        value=float(column.values[rows[0]]),
    )
