"""Tables of what the results rest on: data, capital, weights, ledger, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.panel.roles import STATUSES
from tfp.report.document import Column, Table
from tfp.report.pure_profit import profit_notes
from tfp.report.treatments import touched_years
from tfp.report.words import phrase, role_name, status_name, time_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.inputs.capital.inventory import CapitalStocks
    from tfp.language.catalogue import Language
    from tfp.panel.ledger import LedgerEntry
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column as PanelColumn
    from tfp.panel.rows import RowIndex
    from tfp.report.content import SourceNote
    from tfp.report.document import Cell
    from tfp.results.growth_accounts import GrowthAccounts

WEIGHT_DIGITS = 4
LEVEL_DIGITS = 1
SHARE_DIGITS, RATE_DIGITS = 4, 2
SMALL = 10.0  # of figures below it, one decimal says too little


def data_table(panel: Panel, language: Language, *, source: str = "") -> Table:
    """Return the data that the accounts rest on, with the weakest status of each row."""
    columns = list(panel.columns.values())
    heads, keys = key_columns(panel.rows, language)
    statuses = panel_statuses(panel)
    if any(statuses):
        heads.append(Column(label=text("report.column.status", language), style="text"))
    for column in columns:
        heads.insert(len(heads) - bool(any(statuses)), level_head(column, language))
    body = tuple(
        (
            *keys[row],
            *(present(column.values[row]) for column in columns),
            *((status_name(statuses[row], language),) if any(statuses) else ()),
        )
        for row in range(len(panel))
    )
    return Table(
        name="data",
        title=text("report.table.data", language),
        columns=tuple(heads),
        rows=body,
        source=source,
    )


def changed_table(raw: Panel, used: Panel, language: Language) -> Table | None:
    """Return the values that filling and splicing changed, or None if there are none.

    Nor is there a table where rows were added or merged: nothing stands beside nothing.
    """
    if not same_rows(raw.rows, used.rows):
        return None
    body = []
    for role, column in raw.columns.items():
        now = used.columns.get(role)
        if now is None:
            continue
        same = (now.values == column.values) | (np.isnan(now.values) & np.isnan(column.values))
        body += [
            (
                *_key(raw.rows, row),
                role_name(role, language),
                present(column.values[row]),
                present(now.values[row]),
            )
            for row in np.flatnonzero(~same).tolist()
        ]
    if not body:
        return None
    heads, _ = key_columns(raw.rows, language)
    return Table(
        name="changed",
        title=text("report.table.changed", language),
        columns=(
            *heads,
            Column(label=text("report.column.series", language), style="text"),
            Column(label=text("report.column.as_read", language), digits=LEVEL_DIGITS),
            Column(label=text("report.column.as_used", language), digits=LEVEL_DIGITS),
        ),
        rows=tuple(body),
    )


def same_rows(first: RowIndex, second: RowIndex) -> bool:
    """Tell whether two panels have the same rows, whatever their areas are called."""
    return np.array_equal(first.codes, second.codes) and np.array_equal(first.times, second.times)


def capital_table(capital: CapitalStocks, language: Language, *, source: str = "") -> Table:
    """Return investment, the stock in use and how much of the initial stock survives."""
    panel = capital.panel
    heads, keys = key_columns(panel.rows, language)
    investment = panel.column("investment")
    unit = phrase("unit", investment.unit or "", language)
    surviving = 100.0 * capital.surviving_initial / capital.end_of_year
    return Table(
        name="capital",
        title=text("report.table.capital", language),
        columns=(
            *heads,
            *(
                Column(label=text(f"report.column.{name}", language), unit=unit, digits=1)
                for name in ("investment", "stock")
            ),
            Column(label=text("report.column.surviving", language), unit="%", digits=1),
        ),
        rows=tuple(
            (
                *keys[row],
                present(investment.values[row]),
                present(panel.values("capital")[row]),
                present(surviving[row]),
            )
            for row in range(len(panel))
        ),
        source=source,
    )


def weights_table(accounts: GrowthAccounts, language: Language) -> Table:
    """Return the weights of each period, before share timing."""
    heads, keys = key_columns(accounts.rows, language)
    arrays = list(accounts.weight_arrays)
    names = [term_name(name, language) for name in accounts.factor_names]
    if accounts.pure_profit_share is not None:
        arrays.append(accounts.pure_profit_share)
        names.append(text("report.column.pure_profit", language))
    return Table(
        name="weights",
        title=text("report.table.weights", language),
        columns=(
            *heads,
            *(Column(label=name, digits=WEIGHT_DIGITS) for name in names),
        ),
        rows=tuple(
            (*keys[row], *(present(array[row]) for array in arrays))
            for row in range(len(accounts.rows))
        ),
        notes=tuple(("", note) for note in profit_notes(accounts, language)),
    )


def ledger_table(entries: Sequence[LedgerEntry], language: Language) -> Table:
    """Return what was done to the data, one row for each thing done."""
    heads = ("action", "series", "rows", "reason", "detail", "source")
    return Table(
        name="ledger",
        title=text("report.table.ledger", language),
        columns=tuple(
            Column(label=text(f"report.column.{head}", language), style="text") for head in heads
        ),
        rows=tuple(
            (
                entry.what(language),
                role_name(entry.role, language),
                _touched(entry, language),
                entry.why(language),
                entry.detail(language) or "–",
                entry.source or "–",
            )
            for entry in entries
        ),
    )


def sources_table(sources: Sequence[SourceNote], language: Language) -> Table:
    """Return where the figures come from, on what terms, and what is known to be wrong."""
    heads = ("title", "publisher", "vintage", "licence", "reference")
    return Table(
        name="sources",
        title=text("report.table.sources", language),
        columns=tuple(
            Column(label=text(f"report.column.{head}", language), style="text") for head in heads
        ),
        rows=tuple(tuple(getattr(source, head) or "–" for head in heads) for source in sources),
        notes=tuple(("", note) for source in sources for note in source.notes),
    )


def panel_statuses(panel: Panel) -> tuple[str, ...]:
    """Return the weakest status of each row; empty where none is declared."""
    if panel.status is None:
        return ("",) * len(panel)
    return tuple(STATUSES[number] for number in panel.status)


def level_head(column: PanelColumn, language: Language) -> Column:
    """Return the head of a column of the data: its role, unit and price base."""
    parts = [phrase("unit", column.unit, language)] if column.unit else []
    if column.price_base:
        parts.append(
            text("report.unit.prices_of", language, base=column.price_base)
            if column.price_base != "current"
            else text("report.unit.current", language)
        )
    largest = float(np.nanmax(np.abs(column.values), initial=0.0))
    if column.kind == "share" or largest < SMALL:
        digits = SHARE_DIGITS
    else:
        digits = RATE_DIGITS if column.kind in ("rate", "price") else LEVEL_DIGITS
    return Column(label=role_name(column.role, language), unit=", ".join(parts), digits=digits)


def key_columns(rows: RowIndex, language: Language) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """Return the heads and cells that say which area and year a row is."""
    heads = [Column(label=time_head(rows, language), style="year")]
    if rows.entity_name is not None:
        heads.insert(0, Column(label=text("report.column.area", language), style="text"))
    return heads, [_key(rows, row) for row in range(len(rows))]


def present(value: float) -> Cell:
    """Return a number, or None where it is missing."""
    return None if np.isnan(value) else float(value)


def _key(rows: RowIndex, row: int) -> tuple[Cell, ...]:
    if rows.entity_name is None:
        return (rows.time_label(row),)
    return rows.entity_label(row), rows.time_label(row)


def _touched(entry: LedgerEntry, language: Language) -> str:
    by_entity: dict[str, list[int | str]] = {}
    for entity, time in entry.rows:
        by_entity.setdefault(entity, []).append(time)
    if len(by_entity) == 1:
        return touched_years(entry, next(iter(by_entity.values())), language)
    return "; ".join(
        f"{entity} {touched_years(entry, times, language)}" for entity, times in by_entity.items()
    )
