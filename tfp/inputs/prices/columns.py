"""Which column is the price of which, and what a year's mean is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, Place, nearest
from tfp.panel.time import PER_YEAR, parse_label
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

PRICED = ("output", "investment")
DISCREPANCY = "statistical_discrepancy"
DISCREPANCY_ROLE = f"output_by_part:{DISCREPANCY}"


@dataclass(frozen=True)
class PriceRoles:
    """The three roles of one aggregate: at constant prices, at current prices, its price."""

    constant: str
    current: str
    price: str


def price_roles(role: str) -> PriceRoles:
    """Return the roles that belong to ``output``, ``investment`` or ``investment:x``.

    Raises
    ------
    MethodError
        ``prices-role`` for any other role.
    """
    base, _, name = role.partition(":")
    if base not in PRICED or (name and base == "output"):
        raise MethodError(
            "prices-role", role=role, known=list(PRICED), nearest=nearest(role, PRICED)
        )
    tail = f":{name}" if name else ""
    return PriceRoles(role, f"{base}_current{tail}", f"{base}_price{tail}")


def roles_meant(panel: Panel, role: str, spelled: str) -> list[str]:
    """Return a role, or one for each asset where the panel has its columns by asset.

    Parameters
    ----------
    panel, role
    spelled
        The role whose columns tell the assets, such as ``investment_current``.
    """
    assets = panel.several(spelled) if ":" not in role else {}
    return [f"{role}:{name}" for name in assets] or [role]


def parts_of(panel: Panel, role: str = "output_by_part") -> dict[str, Column]:
    """Return the parts by their names, without the statistical discrepancy."""
    return {name: column for name, column in panel.several(role).items() if name != DISCREPANCY}


def check_source(source: str) -> None:
    """Refuse figures from nowhere."""
    if not str(source).strip():
        raise MethodError("prices-without-source")


def base_year_means(
    panel: Panel, values: FloatArray, base: int, column: Column, needed: NDArray[np.bool_]
) -> FloatArray:
    """Return each entity's mean over the periods of a year, (m,).

    Parameters
    ----------
    panel, values
    base
        The year.
    column
        Whose values they are, for the error.
    needed
        Rows that cannot do without, (n,): entities that have none of them get NaN.

    Raises
    ------
    MethodError
        ``base-year-missing`` where a period of the year has no value.
    """
    per_year = PER_YEAR[panel.rows.frequency]
    inside = (panel.rows.times // per_year == parse_label(base)) & ~np.isnan(values)
    count = np.bincount(panel.rows.codes[inside], minlength=len(panel.rows.entities))
    asked = np.bincount(panel.rows.codes[needed], minlength=len(panel.rows.entities)) > 0
    lacking = np.flatnonzero(asked & (count < per_year))
    if len(lacking):
        raise MethodError(
            "base-year-missing",
            places=[
                Place(entity=panel.rows.entities[code] or None, time=base, column=column.name)
                for code in lacking
            ],
            base=base,
            role=column.role,
            entities=[panel.rows.entities[code] for code in lacking[:5]],
        )
    sums = np.bincount(panel.rows.codes[inside], values[inside], minlength=len(panel.rows.entities))
    means: FloatArray = np.divide(sums, count, out=np.full(len(sums), np.nan), where=count > 0)
    return means


def refuse_not_positive(panel: Panel, column: Column, rows: NDArray[np.bool_]) -> None:
    """Refuse values at or below zero among some rows, (n,) of truth values."""
    wrong = np.flatnonzero(rows & (column.values <= 0.0))
    if len(wrong):
        raise MethodError(
            "not-positive",
            places=panel.rows.places(wrong, column.name),
            role=column.role,
            count=len(wrong),
            value=float(column.values[wrong[0]]),
        )


def rows_of_all(panel: Panel, time: int | str) -> IntArray:
    """Return the row of every entity at one period, (m,), in the order of the entities.

    Raises
    ------
    MethodError
        ``year-missing``.
    """
    rows = panel.rows.rows_at(time)
    have = set(panel.rows.codes[rows].tolist())
    absent = [name for code, name in enumerate(panel.rows.entities) if code not in have]
    if absent:
        raise panel.rows.row_missing(time, absent)
    return rows


def check_one_unit(columns: Sequence[Column]) -> None:
    """Refuse columns that are added up in different units."""
    apart = [column for column in columns if units_differ(columns[0], column)]
    if apart:
        stated = [f"{column.role}: {column.unit}" for column in (columns[0], *apart)]
        raise MethodError("parts-in-other-units", stated=stated)
