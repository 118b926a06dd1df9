r"""Levels of output from its published growth and the level of one period.

.. math:: Y_t = Y_b \prod_{\tau = b + 1}^{t} \Bigl(1 + \frac{g_\tau}{100}\Bigr)

and backwards by division: the growth of the levels is the published growth, to the last
printed digit, whatever vintages the levels in the books are of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError, Place, check_choice
from tfp.inputs.prices.columns import check_source, rows_of_all
from tfp.inputs.prices.rounding import half_last_digit
from tfp.numerics.chains import level_index
from tfp.panel.deriving import Marks, marks_of, weakest_between
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel
from tfp.panel.roles import Column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel

PublishedAs = Literal["per_cent", "index"]
# Growth of a hundred per cent a year is no growth; an index near 100 is no rate.
LOOKS_LIKE_INDEX = 60.0
ROUNDING = 1.01  # roundings of rates compound a little over the periods
TOTAL_LOSS = -100.0  # per cent: nothing is left that could grow


def levels_from_growth(
    panel: Panel,
    *,
    level_year: int | str,
    source: str,
    level: float | Mapping[str, float] | None = None,
    published_as: PublishedAs = "per_cent",
    reason: str = "",
) -> Panel:
    """Return the panel with output made of its published growth and one level.

    Parameters
    ----------
    panel : Panel
        With the role ``output_growth``; and with ``output``, where the level is there.
    level_year : int or str
        The period whose level is taken.
    source : str
        Where growth and level are published; it goes into the ledger.
    level : float or mapping, optional
        The level, or one for each entity; that of the column ``output`` if None.
    published_as : {"per_cent", "index"}
        Growth in per cent (3.70), or an index with the previous period as 100 (103.70).
        With ``"index"``, ``output_growth`` is turned into per cent too.
    reason : str
        Why levels in the books that contradict the published growth are passed over;
        needed where there are such levels.

    Returns
    -------
    Panel
        Output has no value beyond a gap in growth: a chain does not jump it.

    Raises
    ------
    MethodError
        ``growth-looks-like-index`` and ``index-looks-like-growth`` where `published_as`
        is wrong, ``growth-impossible`` at -100 per cent and below, ``level-missing``,
        ``not-positive`` for the level, ``levels-contradict-growth``,
        ``prices-without-source``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2019, 2020, 2021], "growth": [0.86, 3.70, 2.66]},
    ...                   time="year", area="Hòa Bình", output_growth="growth")
    >>> panel = tfp.levels_from_growth(panel, level_year=2021, level=30132.47,
    ...                                source="yearbook 2021, tables 39 and 42")
    >>> panel.frame["output"].round(1).tolist()
    [28304.4, 29351.7, 30132.5]
    """
    require_panel(panel)
    check_source(source)
    check_choice("published_as", published_as, ("per_cent", "index"))
    growth = _growth_in_per_cent(panel, published_as)
    rows = rows_of_all(panel, level_year)
    levels = _levels(panel, rows, level_year, level)
    index = level_index(
        growth.values / 100.0, panel.rows.starts, panel.rows.breaks, rates="simple", base_row=rows
    )
    values = index * levels[panel.rows.codes]
    replaced = _passed_over(panel, values, growth, rows, reason)
    before = panel.columns.get("output")
    column = Column(role="output", name="output", values=values) if before is None else before
    entry = LedgerEntry(
        action="derived",
        role="output",
        rows=panel.rows.keys(np.flatnonzero(~np.isnan(values))),
        reason=reason,
        cause="" if reason else "levels_from_growth",
        figure="levels_replaced" if len(replaced) else "levels_from_growth",
        fields={
            "year": level_year,
            "series": growth.name,
            "count": len(replaced),
            "periods": [panel.rows.time_label(row) for row in replaced[:5].tolist()],
        },
        source=source,
    )
    made = replace(
        column,
        values=values,
        vintage=growth.vintage if before is None else before.vintage,
        boundary=growth.boundary if before is None else before.boundary,
        **_marks(panel, growth, before, rows),
    )
    return panel.with_column(growth).with_column(made, entry)


def _marks(panel: Panel, growth: Column, before: Column | None, base: IntArray) -> Marks:
    """Return status and definition of levels: each rests on every growth since the base row."""
    marks = marks_of([growth] if before is None else [growth, before])
    status: NDArray[np.int8] = np.zeros(len(panel), dtype=np.int8)
    if growth.status is not None:
        own = np.where(np.isnan(growth.values), 0, growth.status)
        status = np.maximum(own, weakest_between(growth.status, panel.rows, base))
    if before is not None and before.status is not None:
        status = np.maximum(status, before.status[base][panel.rows.codes])
    return {**marks, "status": None if marks["status"] is None else status}


def _growth_in_per_cent(panel: Panel, published_as: PublishedAs) -> Column:
    column = panel.column("output_growth")
    known = column.values[~np.isnan(column.values)]
    middle = float(np.median(np.abs(known))) if len(known) else 0.0
    if published_as == "per_cent" and middle > LOOKS_LIKE_INDEX:
        raise MethodError("growth-looks-like-index", column=column.name, middle=middle)
    if published_as == "index" and middle < LOOKS_LIKE_INDEX:
        raise MethodError("index-looks-like-growth", column=column.name, middle=middle)
    if published_as == "index":
        column = replace(column, values=column.values - 100.0, unit=None)
    wrong = np.flatnonzero(column.values <= TOTAL_LOSS)
    if len(wrong):
        raise MethodError(
            "growth-impossible",
            places=panel.rows.places(wrong, column.name),
            column=column.name,
            growth=float(column.values[wrong[0]]),
        )
    return column


def _levels(
    panel: Panel, rows: IntArray, level_year: int | str, level: float | Mapping[str, float] | None
) -> FloatArray:
    """Return the level of each entity, (m,)."""
    entities = panel.rows.entities
    if isinstance(level, Mapping):
        found = np.array([float(level.get(name, np.nan)) for name in entities])
    elif level is not None:
        if len(entities) > 1:
            raise MethodError("entity-needed", count=len(entities), known=list(entities[:5]))
        found = np.array([float(level)])
    elif "output" in panel.columns:
        found = panel.values("output")[rows]
    else:
        found = np.full(len(entities), np.nan)
    lacking = np.flatnonzero(np.isnan(found))
    if len(lacking):
        places = [Place(entity=entities[code] or None, time=level_year) for code in lacking]
        raise MethodError("level-missing", places=places, year=level_year)
    wrong = np.flatnonzero(found <= 0.0)
    if len(wrong):
        raise MethodError(
            "not-positive",
            places=[Place(entity=entities[code] or None, time=level_year) for code in wrong],
            role="output",
            count=len(wrong),
            value=float(found[wrong[0]]),
        )
    return found


def _passed_over(
    panel: Panel, values: FloatArray, growth: Column, level_rows: IntArray, reason: str
) -> IntArray:
    """Return the rows whose level in the books contradicts the chain; refuse them unasked."""
    if "output" not in panel.columns:
        return np.empty(0, dtype=np.intp)
    column = panel.column("output")
    times = panel.rows.times
    # Each period between a row and the level adds the rounding of one printed rate, which
    # weighs more where output fell; two levels add theirs.
    periods = np.abs(times - times[level_rows][panel.rows.codes])
    smallest = min(1.0, 1.0 + float(np.nanmin(growth.values, initial=0.0)) / 100.0)
    slack = ROUNDING * periods * half_last_digit(growth.values) / smallest
    with np.errstate(divide="ignore", invalid="ignore"):
        slack += 200.0 * half_last_digit(column.values) / np.abs(column.values)
        apart = 100.0 * np.abs(values / column.values - 1.0)
    rows = np.flatnonzero(apart > slack)
    if len(rows) and not reason.strip():
        row = int(rows[np.argmax(apart[rows])])
        raise MethodError(
            "levels-contradict-growth",
            places=panel.rows.places(rows, column.name),
            count=len(rows),
            published=float(column.values[row]),
            implied=float(values[row]),
        )
    return rows
