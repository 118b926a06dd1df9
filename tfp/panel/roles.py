"""The roles that columns play, and what is known of each value beside the number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray

Kind = Literal["quantity", "price", "share", "rate", "value"]

# What each role holds: a quantity has growth and must be positive where growth is
# taken, and so is a price; a share is a fraction of income; a rate is in per cent as
# published; a value is money that may be of any sign.
ROLES: dict[str, Kind] = {
    "output": "quantity",
    "capital": "quantity",
    "labour": "quantity",
    "hours_per_worker": "quantity",
    "human_capital": "quantity",
    "labour_composition": "quantity",
    "schooling": "quantity",
    "trained_share": "rate",
    "further_inputs": "quantity",
    "investment": "value",
    "depreciation_rate": "share",
    "capital_share": "share",
    "labour_share": "share",
    "capital_income": "value",
    "labour_income": "value",
    "further_incomes": "value",
    "income": "value",
    "output_current": "value",
    "output_price": "price",
    "output_growth": "rate",
    "output_by_part": "value",
    "output_current_by_part": "value",
    "investment_current": "value",
    "investment_price": "price",
    "product_taxes": "value",
    "production_taxes": "value",
    "compensation": "value",
    "mixed_income": "value",
    "employees": "quantity",
    "population": "quantity",
    "labour_by_group": "quantity",
    "labour_income_by_group": "value",
    "controls": "value",
    "price": "price",
    "quantity": "quantity",
    "value": "value",
}
# Roles that may hold several columns, one a name: capital={"ict": "k_ict", ...}.
SEVERAL = (
    "capital",
    "capital_income",
    "capital_share",
    "compensation",
    "depreciation_rate",
    "employees",
    "further_inputs",
    "further_incomes",
    "investment",
    "investment_current",
    "investment_price",
    "output_by_part",
    "output_current_by_part",
    "labour_by_group",
    "labour_income_by_group",
    "controls",
    "price",
    "quantity",
    "value",
)
# Those of them whose columns the user names, one by one: there is no single column.
NAMED = (
    "further_inputs",
    "further_incomes",
    "output_by_part",
    "output_current_by_part",
    "labour_by_group",
    "labour_income_by_group",
    "controls",
)

Status = Literal["final", "revised", "preliminary", "estimate"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, eq=False, kw_only=True)
class Column(Record):
    """One column of a panel: its values in row order and what is known of them.

    Attributes
    ----------
    role : str
        What the column is, one of ``ROLES``; ``"capital:ict"`` for one of several.
    name : str
        The column's name in the frame.
    values : (n,) array
        NaN where the frame has none.
    unit, price_base, vintage, boundary : str or None
        Declared once for the column.
    definition : (n,) array of int or None
        Number of the definition that each value follows (labour statistics change
        theirs); -1 where none is declared.
    definitions : tuple of str
        Names of those definitions.
    accepted : tuple of int
        Rows at whose change of definition a growth rate is taken all the same, by an
        explicit word of the user or because the series was spliced there.
    status : (n,) array of int or None
        Number in ``STATUSES`` of each value's status; None where none is declared.
    """

    role: str
    name: str
    values: FloatArray
    unit: str | None = None
    price_base: str | None = None
    vintage: str | None = None
    boundary: str | None = None
    definition: NDArray[np.int32] | None = None
    definitions: tuple[str, ...] = ()
    accepted: tuple[int, ...] = ()
    status: NDArray[np.int8] | None = None

    @property
    def kind(self) -> Kind:
        """Whether the column is a quantity, a share or a value."""
        return ROLES[self.role.partition(":")[0]]

    @cached_property
    def smallest(self) -> float:
        """The smallest value, missing ones aside; NaN where there is none."""
        smallest = float(self.values.min(initial=np.inf))
        if np.isnan(smallest):
            smallest = float(np.fmin.reduce(self.values, initial=np.inf))
        return smallest if np.isfinite(smallest) else float("nan")

    def definition_of(self, row: int) -> str:
        """Return the name of the definition that a value follows; empty if none is named."""
        number = -1 if self.definition is None else int(self.definition[row])
        return self.definitions[number] if number >= 0 else ""

    def blanks_beside(self, changes: IntArray) -> IntArray:
        """Return the rows without a definition at some changes of definition.

        A change is given by the first row after it; the blank one is that row or the
        one before.
        """
        if self.definition is None:
            return changes[:0]
        beside = np.union1d(changes, changes - 1)
        return beside[self.definition[beside] < 0]

    @cached_property
    def breaks_of_definition(self) -> tuple[int, ...]:
        """Rows whose definition differs from the row before; entity starts included."""
        if self.definition is None:
            return ()
        changed = np.flatnonzero(self.definition[1:] != self.definition[:-1]) + 1
        return tuple(int(row) for row in changed)
