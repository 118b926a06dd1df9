r"""Output as a chain volume, from its parts at current and at constant prices.

Each part is unchained to the prices of the previous year, the parts are added up there,
and the sum is chained again:

.. math::

   \frac{Y_t}{Y_{t-1}} = \frac{\sum_i U_{i,t}}{\sum_i V_{i,t-1}}, \qquad
   c_{i,t} = \frac{U_{i,t} - V_{i,t-1}}{\sum_j V_{j,t-1}}

The contributions :math:`c_{i,t}` add up to the growth of output exactly; the chained parts
do not add up to the chained total, and what they lack is the part
``statistical_discrepancy``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.prices.chained_volumes import ChainedVolumes
from tfp.inputs.prices.columns import (
    check_one_unit,
    parts_of,
    refuse_not_positive,
    rows_of_all,
)
from tfp.inputs.prices.discrepancy import with_discrepancy
from tfp.inputs.prices.grouping import group_parts
from tfp.numerics.chain_volumes import (
    aggregate,
    rechain,
    unchain,
    volume_contributions,
    volume_growth,
)
from tfp.numerics.growth import growth_rates
from tfp.panel.deriving import inherited
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel
from tfp.panel.price_bases import base_year, of_previous_period
from tfp.panel.roles import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tfp.inputs.prices.grouping import Groups
    from tfp.numerics.arrays import FloatArray

PartsAt = Literal["constant_prices", "previous_year_prices"]
ADDS_UP = 1e-4  # of the total; printed parts miss it by their last digits


def chain_volumes(
    panel: Panel,
    *,
    base: int,
    parts_at: PartsAt = "constant_prices",
    groups: Mapping[str, Sequence[str]] | None = None,
) -> ChainedVolumes:
    """Return output as a chain volume of its parts: unchained, added up, chained again.

    Parameters
    ----------
    panel : Panel
        Yearly, with ``output_by_part`` and ``output_current_by_part`` of the same names.
        An output that it has already is replaced, which the ledger says.
    base : int
        The year in whose prices the chain is expressed; growth does not depend on it.
    parts_at : {"constant_prices", "previous_year_prices"}
        Whether ``output_by_part`` holds volumes at the prices of a fixed year (or chain
        volumes), or values at the prices of the previous year.
    groups : mapping, optional
        Parts to be added up first, at the prices of the previous year, by the name of
        what they make: ``{"goods": ["agriculture", "industry"]}``. Parts that are in no
        group stay as they are. Output is the same with and without groups.

    Returns
    -------
    ChainedVolumes

    Raises
    ------
    MethodError
        ``chain-needs-years``, ``chain-without-parts``, ``chain-parts-differ``,
        ``chain-part-missing`` where some parts of a year have a figure and others none,
        ``not-positive``, ``year-missing`` for the base, ``chain-parts-do-not-add``,
        ``chain-parts-at`` for parts declared at other prices than `parts_at` says,
        ``parts-in-other-units``, ``chain-groups``, ``mixed-vintages``,
        ``mixed-boundaries``, ``option-unknown``.

    Examples
    --------
    >>> import tfp
    >>> frame = tfp.datasets.vietnam().frame
    >>> names = ["agriculture", "industry", "services", "product_taxes"]
    >>> panel = tfp.Panel(
    ...     frame, time="year", output_by_part={name: name for name in names},
    ...     output_current_by_part={name: f"{name}_current" for name in names})
    >>> chained = tfp.chain_volumes(panel, base=2020)
    >>> chained.contributions.loc[2024].round(2).tolist()
    [7.07, 0.39, 3.1, 3.12, 0.47, 7.09]
    """
    require_panel(panel)
    check_choice("parts_at", parts_at, ("constant_prices", "previous_year_prices"))
    if panel.rows.frequency != "year":
        raise MethodError("chain-needs-years", frequency=panel.rows.frequency)
    volumes, currents = _parts(panel)
    groups_of = group_parts(list(volumes), groups or {})
    at_previous = parts_at == "previous_year_prices"
    _check_prices(volumes, parts_at)
    given, current = (_table(columns) for columns in (volumes, currents))
    # Only ratios are taken of volumes at constant prices; all else is added up.
    check_one_unit([*(volumes.values() if at_previous else ()), *currents.values()])
    _check_complete(panel, volumes, currents, at_previous=at_previous)
    _check_total(panel, current)
    rows, base_rows = panel.rows, rows_of_all(panel, base)
    unchained = given.copy() if at_previous else unchain(given, current, rows.breaks)
    unchained[rows.breaks] = np.nan
    before, now = (aggregate(table, groups_of.members) for table in (unchained, current))
    total = rechain(before.sum(axis=1), now.sum(axis=1), rows.starts, rows.breaks, base_rows)
    chained = rechain(before, now, rows.starts, rows.breaks, base_rows)
    described = inherited([*volumes.values(), *currents.values()])
    described |= {"unit": next(iter(currents.values())).unit, "price_base": str(base)}
    kept = groups_of.kept(panel, now)
    return ChainedVolumes(
        panel=_with_chain(kept, groups_of, total, chained, described),
        parts=groups_of.names,
        at_previous_prices=before,
        part_contributions=volume_contributions(before, now),
        output_growth=volume_growth(before.sum(axis=1), now.sum(axis=1)),
        added_growth=_growth_of_sum(panel, given)
        if not at_previous
        else np.full(len(rows), np.nan),
    )


def _growth_of_sum(panel: Panel, volumes: FloatArray) -> FloatArray:
    return growth_rates(volumes.sum(axis=1), panel.rows.breaks, "simple")


def _parts(panel: Panel) -> tuple[dict[str, Column], dict[str, Column]]:
    volumes, currents = parts_of(panel), parts_of(panel, "output_current_by_part")
    if not volumes or not currents:
        raise MethodError("chain-without-parts", present=sorted(panel.columns))
    if set(volumes) != set(currents):
        raise MethodError(
            "chain-parts-differ",
            constant=sorted(set(volumes) - set(currents)),
            current=sorted(set(currents) - set(volumes)),
        )
    return volumes, {name: currents[name] for name in volumes}


def _table(columns: dict[str, Column]) -> FloatArray:
    return np.column_stack([column.values for column in columns.values()])


def _check_prices(volumes: dict[str, Column], parts_at: PartsAt) -> None:
    """Refuse parts that are declared at other prices than they are said to be here."""
    at_previous = parts_at == "previous_year_prices"
    stated = [
        f"{column.role}: {column.price_base}"
        for column in volumes.values()
        if column.price_base is not None
        and of_previous_period(column.price_base) != at_previous
        and (not at_previous or base_year(column.price_base) is not None)
    ]
    if stated:
        raise MethodError("chain-parts-at", parts_at=parts_at, stated=stated)


def _check_complete(
    panel: Panel, volumes: dict[str, Column], currents: dict[str, Column], *, at_previous: bool
) -> None:
    """Refuse figures that have no growth, and years of which only some parts are known."""
    for columns in (volumes, currents):
        missing = np.count_nonzero(np.isnan(_table(columns)), axis=1)
        # At the prices of the year before, a first year has no figure and needs none.
        some = (missing > 0) & (missing < len(columns))
        if at_previous and columns is volumes:
            some[panel.rows.breaks] = False
        rows = np.flatnonzero(some)
        if len(rows):
            names = list(columns)
            first = next(name for name in names if np.isnan(columns[name].values[rows[0]]))
            raise MethodError(
                "chain-part-missing",
                places=panel.rows.places(rows, columns[first].name),
                part=first,
                count=len(rows),
            )
        for column in columns.values():
            refuse_not_positive(panel, column, np.ones(len(panel), dtype=np.bool_))


def _check_total(panel: Panel, current: FloatArray) -> None:
    """Refuse parts that leave out something of the total at current prices."""
    if "output_current" not in panel.columns:
        return
    total = panel.column("output_current")
    added = current.sum(axis=1)
    wrong = np.flatnonzero(np.abs(added - total.values) > ADDS_UP * np.abs(total.values))
    if len(wrong):
        row = int(wrong[0])
        raise MethodError(
            "chain-parts-do-not-add",
            places=panel.rows.places(wrong, total.name),
            added=float(added[row]),
            total=float(total.values[row]),
            count=len(wrong),
        )


def _with_chain(
    panel: Panel, groups: Groups, total: FloatArray, chained: FloatArray, described: dict[str, Any]
) -> Panel:
    known = panel.rows.keys(np.flatnonzero(~np.isnan(total)))
    made = {f"output_by_part:{name}": chained[:, k] for k, name in enumerate(groups.names)}
    for role, values in {"output": total, **made}.items():
        figure, fields = _figure(panel, role, values)
        entry = LedgerEntry(
            action="derived",
            role=role,
            rows=known,
            cause="chained",
            figure=figure,
            fields={**fields, "base": described["price_base"], "parts": list(groups.names)},
        )
        name = panel.columns[role].name if role in panel.columns else role
        column = Column(role=role, name=name, values=values, **described)
        panel = panel.with_column(column, entry)
    return with_discrepancy(panel)


def _figure(panel: Panel, role: str, values: FloatArray) -> tuple[str, dict[str, Any]]:
    """Return the ledger's sentence on one column, and what it says of the column before."""
    if role != "output":
        return "chained_part", {}
    before = panel.columns.get("output")
    breaks = panel.rows.breaks
    if before is None:
        return "chained_total", {}
    change = growth_rates(values, breaks, "simple") - growth_rates(before.values, breaks, "simple")
    if bool(np.isnan(change).all()):
        return "chained_total", {}
    worst = int(np.nanargmax(np.abs(change)))
    return "chained_replacing", {
        "series": before.name,
        "largest": 100.0 * abs(float(change[worst])),
        "worst": panel.rows.time_label(worst),
    }
