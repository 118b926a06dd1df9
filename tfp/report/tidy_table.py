"""Any result as a table: the columns of its long frame, named in words."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from tfp.language.catalogue import text, text_or
from tfp.panel.rows import RowIndex
from tfp.report.document import Column, Table
from tfp.report.words import time_head

if TYPE_CHECKING:
    import pandas as pd

    from tfp.language.catalogue import Language
    from tfp.report.document import Cell
    from tfp.results.result import Result

# What a result holds may be an index, a share or billions: enough figures for the first,
# and one more than money needs.
DIGITS = 4
LARGE, LARGE_DIGITS = 1_000.0, 1
LATEST_YEAR = 2999
# Shares of a stock that are left, in per cent as in every other table.
FRACTIONS, PER_CENT = ("initial_share",), 100.0


def tidy_table(result: Result, title: str, language: Language) -> Table:
    """Return the long frame of a result as a table.

    Parameters
    ----------
    result : Result
    title : str
    language : {"en", "vi"}

    Returns
    -------
    Table
        One column for each of the frame's, headed by ``report.tidy.<column>``; a name
        that the catalogue does not know stands as it is.
    """
    frame = result.tidy()
    for name in set(FRACTIONS) & set(frame.columns):
        frame[name] *= PER_CENT
    keys = _key_heads(result, language)
    columns = [keys.get(str(name)) or _head(frame, str(name), language) for name in frame.columns]
    cells = [
        [_cell(value, language) for value in frame[name].astype(object).tolist()]
        for name in frame.columns
    ]
    return Table(
        name=result.kind,
        title=title,
        columns=tuple(columns),
        rows=tuple(zip(*cells, strict=True)) if cells else (),
    )


def _key_heads(result: Result, language: Language) -> dict[str, Column]:
    """Return the heads of areas and years, whatever the user's file calls them."""
    rows = getattr(result, "rows", None) or getattr(getattr(result, "panel", None), "rows", None)
    if not isinstance(rows, RowIndex):
        return {}
    heads = {rows.time_name: Column(label=time_head(rows, language), style="year")}
    if rows.entity_name is not None:
        area = text("report.column.area", language)
        heads[rows.entity_name] = Column(label=area, style="text")
    return heads


def _head(frame: pd.DataFrame, name: str, language: Language) -> Column:
    label = text_or(f"report.tidy.{name}", language, name.replace("_", " "))
    kind = frame[name].dtype.kind
    if kind in "iu" and len(frame) and 0 < int(frame[name].max()) <= LATEST_YEAR:
        return Column(label=label, style="year")
    if kind not in "fiu":
        return Column(label=label, style="text")
    if name in FRACTIONS:
        return Column(label=label, digits=1)
    largest = float(frame[name].abs().max()) if len(frame) else 0.0
    return Column(label=label, digits=LARGE_DIGITS if largest >= LARGE else DIGITS)


def _cell(value: Any, language: Language) -> Cell:
    if value is None or (isinstance(value, float) and isnan(value)):
        return None
    if isinstance(value, bool):
        return text_or(f"report.tidy.{'yes' if value else 'no'}", language, str(value))
    if isinstance(value, str):
        known = value.isidentifier()
        return text_or(f"report.tidy_value.{value}", language, value) if known else value
    return value if isinstance(value, (int, float)) else str(value)
