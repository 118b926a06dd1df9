"""The panel: columns with roles, sorted by entity and time, with what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import PanelError, nearest
from tfp.numerics.records import FrozenMapping, Record
from tfp.panel.roles import ROLES, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Findings
    from tfp.panel.ledger import LedgerEntry
    from tfp.panel.rows import RowIndex
    from tfp.panel.time import Frequency

Columns = "str | Mapping[str, str] | None"


def require_panel(given: object) -> None:
    """Refuse data that are no panel yet.

    Raises
    ------
    PanelError
        ``panel-expected``.
    """
    if not isinstance(given, Panel):
        raise PanelError("panel-expected", kind=type(given).__name__)


@dataclass(frozen=True, eq=False, init=False)
class Panel(Record):
    """Data for growth accounting: one row for each entity and period.

    A panel is built from a frame by naming its columns; nothing is inferred from
    shape or order. It never changes: methods that fill or splice return a new one
    and write what they did into its ledger.

    Parameters
    ----------
    frame
        A pandas, polars or pyarrow frame, or a mapping of names to arrays.
    time : str
        Column of the period: integers, strings like ``"2019"``, dates or Periods.
    entity : str, optional
        Column of the entity (province, industry, country). Leave out for one area.
    area : str, optional
        Name of the single area where `entity` is left out.
    frequency : {"year", "quarter", "month"}
        How long a period is. Growth is taken between neighbouring periods only.
    output, labour, hours_per_worker, human_capital, labour_composition : str, optional
        Columns of quantities: output at constant prices, persons employed (or total
        hours worked), and what multiplies persons: hours *per worker*, human capital,
        labour composition. Total hours and hours per worker together count hours twice.
    schooling, trained_share : str, optional
        Columns of mean years of schooling of the employed, and of the employed who are
        trained, in per cent.
    capital : str or mapping, optional
        Column of the capital input, or one for each asset.
    further_inputs : mapping, optional
        Columns of any further inputs by their names, such as energy or land.
    investment : str or mapping, optional
        Column of gross fixed capital formation at constant prices, or one for each asset.
    depreciation_rate, capital_share, labour_share : str or mapping, optional
        Columns of fractions (0.05 is five per cent).
    capital_income, labour_income, further_incomes, income : str or mapping, optional
        Columns of incomes, or costs, at current prices.
    output_current, investment_current : str or mapping, optional
        Columns of output and investment at current prices.
    output_price, investment_price : str or mapping, optional
        Columns of their price indices, in any base.
    output_growth : str, optional
        Column of the growth of output as published, in per cent (6.41).
    output_by_part, output_current_by_part : mapping, optional
        Columns of the parts of output (sectors, product taxes less subsidies) by their
        names, at constant and at current prices.
    product_taxes, production_taxes, mixed_income : str, optional
        Columns of income at current prices: taxes less subsidies on products and on
        production, mixed income of the self-employed.
    compensation, employees : str or mapping, optional
        Columns of compensation of employees at current prices and of wage workers, or
        one for each sector.
    population : str, optional
        Column of inhabitants.
    labour_by_group, labour_income_by_group : mapping, optional
        Columns of persons or hours, and of what they earn, by groups of workers.
    controls : mapping, optional
        Columns that production functions take as they are, not in logarithms.
    price, quantity, value : str or mapping, optional
        Columns of two of these, of goods, assets or industries, for index numbers: one
        column each where the entities are the items, or one for each item.
    units, price_bases, vintages, boundaries : mapping, optional
        What is known of a whole column, by role: ``units={"output": "billion VND"}``.
    definitions : mapping, optional
        By role, the column that names the definition each value follows:
        ``definitions={"labour": "labour_definition"}``. A growth rate is not taken
        across a change of definition unless it is spliced or accepted.
    status : str or mapping, optional
        Column, for all roles or by role, that holds each value's status: final,
        revised, preliminary or estimate, in capital or small letters; also as yearbooks
        write them (Prel., Est.) and in Vietnamese (chính thức, đã điều chỉnh, sơ bộ,
        ước tính).

    Raises
    ------
    PanelError
        For keys that are missing or occur twice, cells that are not numbers, columns
        that do not exist, entity and time exchanged, and the like.

    Examples
    --------
    >>> panel = Panel({"year": [2020, 2021], "gdp": [100.0, 102.6], "k": [250.0, 260.0],
    ...                "workers": [50.0, 49.0]},
    ...               time="year", output="gdp", capital="k", labour="workers")
    >>> panel
    Panel: 1 entity, 2 rows, 2020 to 2021; roles capital, labour, output
    """

    rows: RowIndex
    columns: Mapping[str, Column]
    ledger: tuple[LedgerEntry, ...]

    def __init__(
        self,
        frame: Any,
        *,
        time: str,
        entity: str | None = None,
        area: str = "",
        frequency: Frequency = "year",
        output: str | None = None,
        capital: str | Mapping[str, str] | None = None,
        labour: str | None = None,
        hours_per_worker: str | None = None,
        human_capital: str | None = None,
        labour_composition: str | None = None,
        schooling: str | None = None,
        trained_share: str | None = None,
        further_inputs: Mapping[str, str] | None = None,
        investment: str | Mapping[str, str] | None = None,
        depreciation_rate: str | Mapping[str, str] | None = None,
        capital_share: str | Mapping[str, str] | None = None,
        labour_share: str | None = None,
        capital_income: str | Mapping[str, str] | None = None,
        labour_income: str | None = None,
        further_incomes: Mapping[str, str] | None = None,
        income: str | None = None,
        output_current: str | None = None,
        output_price: str | None = None,
        output_growth: str | None = None,
        output_by_part: Mapping[str, str] | None = None,
        output_current_by_part: Mapping[str, str] | None = None,
        investment_current: str | Mapping[str, str] | None = None,
        investment_price: str | Mapping[str, str] | None = None,
        product_taxes: str | None = None,
        production_taxes: str | None = None,
        compensation: str | Mapping[str, str] | None = None,
        mixed_income: str | None = None,
        employees: str | Mapping[str, str] | None = None,
        population: str | None = None,
        labour_by_group: Mapping[str, str] | None = None,
        labour_income_by_group: Mapping[str, str] | None = None,
        controls: Mapping[str, str] | None = None,
        price: str | Mapping[str, str] | None = None,
        quantity: str | Mapping[str, str] | None = None,
        value: str | Mapping[str, str] | None = None,
        units: Mapping[str, str] | None = None,
        price_bases: Mapping[str, str] | None = None,
        vintages: Mapping[str, str] | None = None,
        boundaries: Mapping[str, str] | None = None,
        definitions: Mapping[str, str] | None = None,
        status: str | Mapping[str, str] | None = None,
    ) -> None:
        from tfp.panel.building import PanelRequest, build

        given = {
            "output": output,
            "capital": capital,
            "labour": labour,
            "hours_per_worker": hours_per_worker,
            "human_capital": human_capital,
            "labour_composition": labour_composition,
            "schooling": schooling,
            "trained_share": trained_share,
            "further_inputs": further_inputs,
            "investment": investment,
            "depreciation_rate": depreciation_rate,
            "capital_share": capital_share,
            "labour_share": labour_share,
            "capital_income": capital_income,
            "labour_income": labour_income,
            "further_incomes": further_incomes,
            "income": income,
            "output_current": output_current,
            "output_price": output_price,
            "output_growth": output_growth,
            "output_by_part": output_by_part,
            "output_current_by_part": output_current_by_part,
            "investment_current": investment_current,
            "investment_price": investment_price,
            "product_taxes": product_taxes,
            "production_taxes": production_taxes,
            "compensation": compensation,
            "mixed_income": mixed_income,
            "employees": employees,
            "population": population,
            "labour_by_group": labour_by_group,
            "labour_income_by_group": labour_income_by_group,
            "controls": controls,
            "price": price,
            "quantity": quantity,
            "value": value,
        }
        request = PanelRequest(
            time=time,
            entity=entity,
            area=area,
            frequency=frequency,
            roles={role: columns for role, columns in given.items() if columns is not None},
            units=units or {},
            price_bases=price_bases or {},
            vintages=vintages or {},
            boundaries=boundaries or {},
            definitions=definitions or {},
            status=status,
        )
        rows, columns = build(frame, request)
        self._set(rows, columns, ())

    def _set(
        self, rows: RowIndex, columns: Mapping[str, Column], ledger: tuple[LedgerEntry, ...]
    ) -> None:
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "columns", FrozenMapping(columns))
        object.__setattr__(self, "ledger", ledger)

    @classmethod
    def of(
        cls, rows: RowIndex, columns: Mapping[str, Column], ledger: tuple[LedgerEntry, ...] = ()
    ) -> Panel:
        """Return a panel of columns that are in row order already."""
        panel = object.__new__(cls)
        panel._set(rows, columns, ledger)
        return panel

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Panel.of, (self.rows, self.columns, self.ledger)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        entities = len(self.rows.entities)
        first, last = (
            self.rows.time_label(int(f(self.rows.times))) for f in (np.argmin, np.argmax)
        )
        return (
            f"Panel: {entities} {'entity' if entities == 1 else 'entities'}, "
            f"{len(self)} {'row' if len(self) == 1 else 'rows'}, "
            f"{first} to {last}; roles {', '.join(sorted(self.columns))}"
        )

    def has(self, role: str) -> bool:
        """Tell whether the panel has a column, or several, in `role`."""
        return role in self.columns or bool(self.several(role))

    def several(self, role: str) -> dict[str, Column]:
        """Return the columns of a role that holds several, by their names."""
        return {
            key.partition(":")[2]: column
            for key, column in self.columns.items()
            if key.startswith(f"{role}:")
        }

    def in_role(self, role: str) -> list[Column]:
        """Return the column in `role` as a list of one, or of none."""
        return [self.columns[role]] if role in self.columns else []

    def column(self, role: str) -> Column:
        """Return the column in `role`.

        Raises
        ------
        PanelError
            ``role-missing`` if the panel has none.
        """
        if role in self.columns:
            return self.columns[role]
        known = role.partition(":")[0] in ROLES
        raise PanelError(
            "role-missing" if known else "role-unknown",
            role=role,
            present=sorted(self.columns),
            nearest=nearest(role, ROLES),
        )

    def values(self, role: str) -> FloatArray:
        """Return the values in `role`, in row order, read-only."""
        return self.column(role).values

    def with_column(self, column: Column, *entries: LedgerEntry) -> Panel:
        """Return the panel with one more column, or one replaced, and its ledger entries.

        The values become the panel's own: double precision, finite or NaN, read-only.

        Raises
        ------
        PanelError
            ``role-unknown``, ``role-one-and-several`` beside a column that holds the
            whole, ``column-length`` if its length is not the panel's, and those of
            columns that are not numbers.
        """
        from tfp.panel.building import admit_column

        admitted = admit_column(column, self.rows, self.columns)
        columns = {**self.columns, column.role: admitted}
        return Panel.of(self.rows, columns, (*self.ledger, *entries))

    def with_values(self, role: str, values: FloatArray, *entries: LedgerEntry) -> Panel:
        """Return the panel with other values in a role that it has."""
        return self.with_column(replace(self.column(role), values=values), *entries)

    def check(self) -> Findings:
        """Return what looks wrong in the data, and what it would do to TFP.

        See :mod:`tfp.panel.checks` for the list of checks; ``tfp.check_inputs`` takes a
        closer look at raw statistics.
        """
        from tfp.panel.checks import check_panel

        return check_panel(self)

    @cached_property
    def status(self) -> np.ndarray[Any, np.dtype[np.int8]] | None:
        """Weakest status of each row over all columns, as numbers in ``STATUSES``."""
        stated = [column.status for column in self.columns.values() if column.status is not None]
        return np.maximum.reduce(stated) if stated else None

    @property
    def frame(self) -> pd.DataFrame:
        """The panel as a new pandas frame, its keys as the index."""
        from tfp.panel.keyed import keyed_frame

        return keyed_frame(
            self.rows,
            {role: column.values for role, column in self.columns.items()},
        )
