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

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.prices.columns import handed_on, parts_of, refuse_not_positive, rows_of_all
from tfp.inputs.prices.discrepancy import with_discrepancy
from tfp.numerics.chain_volumes import rechain, unchain, volume_contributions, volume_growth
from tfp.numerics.growth import growth_rates
from tfp.numerics.records import Record
from tfp.panel.keyed import keyed_frame
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel
from tfp.panel.roles import Column
from tfp.panel.spans import parse_span

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import FloatArray

PartsAt = Literal["constant_prices", "previous_year_prices"]
ADDS_UP = 1e-4  # of the total; printed parts miss it by their last digits


@dataclass(frozen=True, eq=False, kw_only=True)
class ChainedVolumes(Record):
    """Output chained from its parts, and what each part adds to its growth.

    Attributes
    ----------
    panel : Panel
        The panel with ``output``, ``output_by_part`` and the discrepancy between them as
        chain volumes in the prices of the base year.
    parts : tuple of str
        Their names, in the order of the columns below.
    at_previous_prices : (n, p) array
        Each part at the prices of the previous year.
    part_contributions : (n, p) array
        What each part adds to the growth of output, as fractions.
    output_growth : (n,) array
        Growth of the chained output, as fractions.
    added_growth : (n,) array
        Growth of the plain sum of the parts at constant prices, as fractions; NaN where
        the parts were given at the prices of the previous year.
    """

    panel: Panel
    parts: tuple[str, ...]
    at_previous_prices: FloatArray
    part_contributions: FloatArray
    output_growth: FloatArray
    added_growth: FloatArray

    @property
    def contributions(self) -> pd.DataFrame:
        """Growth of output and the contributions of the parts, in points.

        ``added_up`` is the growth of the sum at the prices of one fixed year, for
        comparison: it weighs parts by prices that may be long gone.
        """
        columns = {"output": self.output_growth}
        columns |= dict(zip(self.parts, self.part_contributions.T, strict=True))
        columns["added_up"] = self.added_growth
        return keyed_frame(
            self.panel.rows, {name: 100.0 * values for name, values in columns.items()}
        )

    def contributions_over(self, span: str | int) -> pd.DataFrame:
        r"""Return what each part adds to the growth over several years, in points.

        .. math:: \sum_t c_{i,t}\, \frac{Y_{t-1}}{Y_0}

        Parameters
        ----------
        span : str
            ``"2011-2015"``: growth from the end of 2010 to 2015. An area that lacks one of
            these years gets no figure.

        Returns
        -------
        DataFrame
            One row for each area; the parts add up to ``output``.
        """
        import pandas as pd

        rows = self.panel.rows
        first, last = parse_span(span, rows.frequency)
        output = self.panel.values("output")
        table = np.full((len(rows.entities), 1 + len(self.parts)), np.nan)
        for code, start in enumerate(rows.starts.tolist()):
            own = np.arange(start, start + int(rows.lengths[code]))
            inside = own[(rows.times[own] >= first) & (rows.times[own] <= last)]
            if len(inside) == last - first + 1 and inside[0] > start:
                scaled = output[inside - 1] / output[inside[0] - 1]
                table[code, 0] = output[inside[-1]] / output[inside[0] - 1] - 1.0
                table[code, 1:] = scaled @ self.part_contributions[inside]
        index = pd.Index(rows.entities, name=rows.entity_name)
        return pd.DataFrame(100.0 * table, index=index, columns=["output", *self.parts])

    def __repr__(self) -> str:
        base = self.panel.column("output").price_base
        return f"ChainedVolumes of {len(self.parts)} parts, prices of {base}; {self.panel!r}"


def chain_volumes(
    panel: Panel, *, base: int, parts_at: PartsAt = "constant_prices"
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

    Returns
    -------
    ChainedVolumes

    Raises
    ------
    MethodError
        ``chain-needs-years``, ``chain-without-parts``, ``chain-parts-differ``,
        ``chain-part-missing`` where some parts of a year have a figure and others none,
        ``not-positive``, ``year-missing`` for the base, ``chain-parts-do-not-add``,
        ``mixed-vintages``, ``mixed-boundaries``, ``option-unknown``.

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
    given, current = (_table(columns) for columns in (volumes, currents))
    _check_complete(panel, volumes, currents, at_previous=parts_at == "previous_year_prices")
    _check_total(panel, current)
    rows = panel.rows
    base_rows = rows_of_all(panel, base)
    at_previous = (
        given.copy() if parts_at == "previous_year_prices" else unchain(given, current, rows.breaks)
    )
    at_previous[rows.breaks] = np.nan
    added = (
        volume_growth(given.sum(axis=1), given.sum(axis=1))
        if parts_at == "constant_prices"
        else np.full(len(panel), np.nan)
    )
    added[rows.breaks] = np.nan
    total_now, total_before = current.sum(axis=1), at_previous.sum(axis=1)
    total = rechain(total_before, total_now, rows.starts, rows.breaks, base_rows)
    chained = rechain(at_previous, current, rows.starts, rows.breaks, base_rows)
    return ChainedVolumes(
        panel=_with_chain(panel, volumes, currents, total, chained, base=base),
        parts=tuple(volumes),
        at_previous_prices=at_previous,
        part_contributions=volume_contributions(at_previous, current),
        output_growth=volume_growth(total_before, total_now),
        added_growth=added,
    )


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
    panel: Panel,
    volumes: dict[str, Column],
    currents: dict[str, Column],
    total: FloatArray,
    chained: FloatArray,
    *,
    base: int,
) -> Panel:
    described = handed_on([*volumes.values(), *currents.values()])
    unit = next(iter(currents.values())).unit
    known = panel.rows.keys(np.flatnonzero(~np.isnan(total)))
    made = {f"output_by_part:{name}": chained[:, k] for k, name in enumerate(volumes)}
    for role, values in {"output": total, **made}.items():
        entry = LedgerEntry(
            action="derived",
            role=role,
            rows=known,
            cause="chained",
            **_figure(panel, role, values, base, list(volumes)),
        )
        name = panel.columns[role].name if role in panel.columns else role
        column = Column(
            role=role, name=name, values=values, unit=unit, price_base=str(base), **described
        )
        panel = panel.with_column(column, entry)
    return with_discrepancy(panel)


def _figure(
    panel: Panel, role: str, values: FloatArray, base: int, parts: list[str]
) -> dict[str, Any]:
    """Return the ledger's sentence on one column, and what fills it."""
    fields: dict[str, Any] = {"base": base, "parts": parts}
    if role != "output":
        return {"figure": "chained_part", "fields": fields}
    before = panel.columns.get("output")
    if before is None:
        return {"figure": "chained_total", "fields": fields}
    breaks = panel.rows.breaks
    change = growth_rates(values, breaks, "simple") - growth_rates(before.values, breaks, "simple")
    worst = -1 if np.isnan(change).all() else int(np.nanargmax(np.abs(change)))
    if worst < 0:
        return {"figure": "chained_total", "fields": fields}
    fields |= {
        "series": before.name,
        "largest": 100.0 * abs(float(change[worst])),
        "worst": panel.rows.time_label(worst),
    }
    return {"figure": "chained_replacing", "fields": fields}
