r"""Index numbers that compare two periods at a time: with the one before, or with a base.

.. math:: I_t = \prod_{\tau \le t} I(\tau - 1, \tau) \quad \text{or} \quad I_t = I(b, t)

A chain follows what is bought as it changes; a fixed base compares with one year throughout
and does not drift. Formulas: :mod:`tfp.numerics.index_numbers`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.index_numbers.items import items_of
from tfp.inputs.index_numbers.matching import (
    MISSING,
    Missing,
    coverage,
    left_out,
    refuse_missing,
)
from tfp.inputs.index_numbers.series import IndexSeries
from tfp.numerics.chains import level_index
from tfp.numerics.index_numbers import Comparison, Formula, compare, matched

if TYPE_CHECKING:
    from tfp.inputs.index_numbers.items import Items
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.rows import RowIndex

Of = Literal["price", "quantity"]


@dataclass(frozen=True, kw_only=True)
class IndexNumbers:
    r"""A price or quantity index of many items, by a formula, chained or with a fixed base.

    .. math::

       P_F = \sqrt{\frac{\sum p_1 q_0}{\sum p_0 q_0} \frac{\sum p_1 q_1}{\sum p_0 q_1}}
       \qquad \text{(Fisher)}

    Parameters
    ----------
    formula : {"fisher", "tornqvist", "laspeyres", "paasche", "walsh", "sato_vartia"}
    of : {"price", "quantity"}
    base : "chained" or period
        ``"chained"``: each period is compared with the one before. A period (2010,
        ``"2010Q1"``): each is compared with that one.
    missing : {"refuse", "matched"}
        What is done about an item that is not in both periods of a comparison: with a price
        and a quantity above zero. ``"refuse"`` raises; ``"matched"`` compares the items that
        are in both and tells what it left out. No price is ever carried over.

    Examples
    --------
    >>> import tfp
    >>> goods = tfp.Panel(
    ...     {"year": [2020, 2021, 2020, 2021], "item": ["rice", "rice", "fish", "fish"],
    ...      "p": [1.0, 1.2, 2.0, 2.0], "q": [10.0, 8.0, 5.0, 6.0]},
    ...     time="year", entity="item", price="p", quantity="q")
    >>> prices = tfp.IndexNumbers(formula="fisher", of="price").fit(goods)
    >>> prices.frame["index_number"].round(6).tolist()
    [1.0, 1.089954]
    >>> prices.contributions.loc[2021, ["fish", "rice"]].round(4).tolist()
    [0.0, 8.9954]
    """

    formula: Formula = "fisher"
    of: Of = "price"
    base: int | str = "chained"
    missing: Missing = "refuse"

    def __post_init__(self) -> None:
        check_choice("formula", self.formula, get_args(Formula))
        check_choice("of", self.of, get_args(Of))
        check_choice("missing", self.missing, MISSING)

    def fit(self, panel: Panel) -> IndexSeries:
        """Compute the index of each aggregate of a panel.

        Parameters
        ----------
        panel : Panel
            With two of ``price``, ``quantity`` and ``value``. Either one column each, the
            entities being the items of one aggregate; or a column for each item, by names,
            and an aggregate for each entity.

        Returns
        -------
        IndexSeries

        Raises
        ------
        PanelError
            ``panel-expected``, ``time-not-understood`` for the base.
        MethodError
            ``index-needs-two``, ``index-two-shapes``, ``index-items-differ``,
            ``index-below-zero``, ``index-items-missing``, ``index-no-overlap``,
            ``index-gap`` where a chain would jump a period, ``year-missing`` for the base.
        """
        items = items_of(panel)
        if self.missing == "refuse":
            refuse_missing(items)
        rows = items.rows
        chained = self.base == "chained"
        earlier, later = neighbours(rows) if chained else with_base(rows, self.base)
        covered = coverage(items, earlier, later)
        found = compared(items, self.formula, self.of, earlier, later)
        change = _in_rows(found.relative - 1.0, later, rows)
        index = level_index(change, rows.starts, rows.breaks, rates="simple")
        return IndexSeries(
            rows=rows,
            items=items.names,
            index=index if chained else _in_rows(found.relative, later, rows),
            coverage=_in_rows(covered, later, rows),
            change=change,
            item_contributions=tuple(_in_rows(found.contributions, later, rows).T),
            item_log_contributions=tuple(_in_rows(found.log_contributions, later, rows).T),
            options=asdict(self),
            warnings=tuple(left_out(items, earlier, later, float(covered.min(initial=1.0)))),
        )


def compared(
    items: Items, formula: Formula, of: Of, earlier: IntArray, later: IntArray
) -> Comparison:
    """Compare pairs of rows, (m,); contributions are NaN where an item is not in both."""
    price, quantity = price_and_weight(items, of)
    pairs = (price[earlier], quantity[earlier], price[later], quantity[later])
    found = compare(formula, *pairs)
    both = matched(*pairs)
    return Comparison(
        found.relative,
        np.where(both, found.contributions, np.nan),
        np.where(both, found.log_contributions, np.nan),
    )


def price_and_weight(items: Items, of: Of) -> tuple[FloatArray, FloatArray]:
    """Return what is compared and what weighs it: a quantity index exchanges the two."""
    price, quantity = items.price, items.quantity
    return (price, quantity) if of == "price" else (quantity, price)


def neighbours(rows: RowIndex) -> tuple[IntArray, IntArray]:
    """Return each row with a period before, and that period's row.

    Raises
    ------
    MethodError
        ``index-gap``.
    """
    if len(rows.gaps):
        places = rows.missing_before(rows.gaps.tolist())
        raise MethodError("index-gap", places=places, count=len(places))
    later = rows.growth_rows
    return later - 1, later


def with_base(rows: RowIndex, base: int | str) -> tuple[IntArray, IntArray]:
    """Return each row with the row of the base period of its aggregate.

    Raises
    ------
    MethodError
        ``year-missing``.
    """
    at = rows.rows_at(base)
    missing = sorted(set(range(len(rows.entities))) - set(rows.codes[at].tolist()))
    if missing:
        raise rows.row_missing(base, [rows.entities[code] for code in missing])
    return np.repeat(at, rows.lengths), np.arange(len(rows))


def _in_rows(values: FloatArray, later: IntArray, rows: RowIndex) -> FloatArray:
    table = np.full((len(rows), *values.shape[1:]), np.nan)
    table[later] = values
    return table
