"""What every method that turns investment into capital asks of a panel, and gives it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.panel.agreement import check_agreement
from tfp.panel.deriving import accumulated, marks_of, one_row_later
from tfp.panel.ledger import LedgerEntry
from tfp.panel.roles import Column

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.perpetual_inventory import CapitalTiming
    from tfp.panel.panel import Panel


def kind_of(value: object) -> str:
    """Return the name of a value's class, or of the class that was given for a value."""
    return value.__name__ if isinstance(value, type) else type(value).__name__


def check_years(panel: Panel) -> None:
    """Refuse a panel of quarters or months: service lives and rates are of years."""
    if panel.rows.frequency != "year":
        raise MethodError("inventory-needs-years", frequency=panel.rows.frequency)


def check_capital_absent(panel: Panel) -> None:
    """Refuse to write over capital that the user gave; stocks may be computed anew."""
    derived = any(
        entry.action == "derived" and entry.role.partition(":")[0] == "capital"
        for entry in panel.ledger
    )
    if panel.has("capital") and not derived:
        given = [c.name for role, c in panel.columns.items() if role.partition(":")[0] == "capital"]
        raise MethodError("capital-present", columns=given)


def check_output_agrees(panel: Panel) -> None:
    """Refuse investment of another vintage or at other prices than output."""
    if "output" not in panel.columns:
        return
    columns = (panel.column("output"), panel.column("investment"))
    check_agreement(columns, "vintage", "mixed-vintages")
    check_agreement(columns, "price_base", "mixed-price-bases")


def check_initial(panel: Panel, stocks: FloatArray, rows: IntArray) -> None:
    """Refuse initial stocks that are not positive numbers; `rows` says where they stand."""
    wrong = np.flatnonzero(~((stocks > 0.0) & (stocks < np.inf)))
    if len(wrong):
        raise MethodError(
            "initial-stock-not-positive",
            places=panel.rows.places(rows[wrong[:6]]),
            value=float(stocks[wrong[0]]),
            count=len(wrong),
        )


def check_investment(panel: Panel, initial_rows: IntArray) -> None:
    """Refuse missing investment and missing years after the initial year."""
    after = np.arange(len(panel)) > initial_rows[panel.rows.codes]
    absent = np.flatnonzero(after & np.isnan(panel.values("investment")))
    if len(absent):
        raise MethodError(
            "investment-missing",
            places=panel.rows.places(absent[:6], column=panel.column("investment").name),
            count=len(absent),
        )
    gaps = panel.rows.gaps
    gaps = gaps[after[gaps]]
    if len(gaps):
        absent_years = panel.rows.missing_before(gaps)
        raise MethodError("investment-gap", places=absent_years[:6], count=len(absent_years))


def check_positive(panel: Panel, stocks: FloatArray) -> None:
    """Refuse stocks that disinvestment has exhausted; missing ones pass."""
    wrong = np.flatnonzero(stocks <= 0.0)
    if len(wrong):
        raise MethodError(
            "stock-not-positive", places=panel.rows.places(wrong[:6]), value=float(stocks[wrong[0]])
        )


def with_capital(
    panel: Panel,
    stock: FloatArray,
    timing: CapitalTiming,
    initial: IntArray,
    *,
    since: IntArray | None = None,
) -> Panel:
    """Return the panel with a stock in the role ``capital``, described as investment is.

    A stock rests on every investment in it: it is as weak as the weakest from the row
    `since` of each entity on, its initial row if None.
    """
    investment = panel.column("investment")
    entry = LedgerEntry(
        action="derived",
        role="capital",
        rows=panel.rows.keys(initial),
        cause="inventory",
        figure=f"stock_{timing}",
        fields={"series": investment.name},
    )
    marks = accumulated(marks_of([investment]), panel.rows, initial if since is None else since)
    column = Column(
        role="capital",
        name="capital",
        values=stock,
        unit=investment.unit,
        price_base=investment.price_base,
        vintage=investment.vintage,
        boundary=investment.boundary,
        **(one_row_later(marks, panel.rows) if timing == "start" else marks),
    )
    return panel.with_column(column, entry)
