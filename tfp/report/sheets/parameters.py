"""The sheet of parameters: every choice in a cell with a name; formulas use the names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.panel.spans import parse_span
from tfp.report.building import flat_options
from tfp.report.method import initial_stock_in_words
from tfp.report.sheets.layout import FIRST_ROW
from tfp.report.words import role_name
from tfp.tables.references import range_reference
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.report.sheets.layout import Layout

TOLERANCE = 1e-9
_RATIO_RULE = "capital-output ratio"
# Rules that state a figure: its option, and the name of its cell.
_FIGURES = {
    _RATIO_RULE: ("ratio", "capital_output_ratio"),
    "given stock": ("value", "initial_stock"),
}


def parameter_sheet(layout: Layout) -> Sheet:
    """Return the parameters, then the options of the method as text."""
    language = layout.language
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(text("workbook.parameters.title", language), role="title"),),
        (),
        (Cell(text("workbook.parameters.hint", language), role="note"),),
        tuple(
            Cell(text(f"workbook.parameters.{head}", language), role="heading")
            for head in ("parameter", "value", "name", "remark")
        ),
        *_weights(layout),
        *_capital(layout),
        *_stated(layout),
    ]
    accounts = layout.accounts
    if accounts.elasticity_sum != 1.0:
        rows.append(_row(layout, "elasticity_sum", accounts.elasticity_sum))
    rows.append(_row(layout, "share_threshold", accounts.share_threshold, style="points"))
    rows.append(_row(layout, "check_tolerance", TOLERANCE, style="number"))
    rows.append(())
    rows.append((Cell(text("workbook.parameters.options", language), role="heading"),))
    rows.append((Cell(text("workbook.parameters.options_hint", language), role="note"),))
    provenance = accounts.provenance
    rows += [(Cell(line),) for line in flat_options(provenance.method, provenance.options)]
    for name, inventory in layout.inventories.items():
        rows += [(Cell(line),) for line in flat_options(name, inventory.options)]
    widths = {1: 66.0, 2: 18.0, 3: 24.0, 4: 70.0}
    return Sheet(layout.sheet("parameters"), tuple(rows), widths=widths, landscape=True)


def rate_of(layout: Layout, name: str, row: int) -> str:
    """Return the cell of the rate of depreciation of an inventory in a row."""
    if isinstance(layout.depreciation[name], float):
        return f"depreciation{_suffix(name)}"
    return layout.data_cell(f"depreciation:{name}", row)


def initial_stock_formula(layout: Layout, name: str, row: int) -> str | None:
    """Return the initial stock of an inventory by its rule; None where it is a figure."""
    options = layout.inventories[name].options["initial_stock"]
    rule = options["rule"]
    figures = _initial_figures(layout, name)
    if rule in _FIGURES and figures:
        cell, _, _ = figures[int(layout.accounts.rows.codes[row])]
        return f"={cell}*{layout.data_cell('output', row)}" if rule == _RATIO_RULE else f"={cell}"
    if rule == "steady state":
        return _steady_state(layout, name, row, options)
    return _icor(layout, name, row, options) if rule == "ICOR" else None


def _suffix(name: str) -> str:
    """Return what tells the names of an asset's cells from those of all capital."""
    return re.sub(r"\W", "_", name.removeprefix("capital"))


def _steady_state(layout: Layout, name: str, row: int, options: Mapping[str, Any]) -> str | None:
    """Return I (1 + g) / (g + depreciation), with g over the window of the rule."""
    first, last = parse_span(options["years"])
    end = _row_of(layout, row, last)
    if end is None or _row_of(layout, row, first) != row:
        return None
    invested = f"investment:{name}"
    key = invested if options["growth_of"] == "investment" else "output"
    growth = f"({layout.data_cell(key, end)}/{layout.data_cell(key, row)})^(1/{last - first})"
    rate = rate_of(layout, name, row)
    return f"={layout.data_cell(invested, row)}*{growth}/({growth}-1+{rate})"


def _icor(layout: Layout, name: str, row: int, options: Mapping[str, Any]) -> str | None:
    """Return output times investment over the increment of output."""
    first, last = parse_span(options["years"])
    before, start, end = (_row_of(layout, row, year) for year in (first - 1, first, last))
    if before is None or start is None or end is None:
        return None
    column = layout.data_columns[f"investment:{name}"]
    invested = range_reference(
        (FIRST_ROW + start, column), (FIRST_ROW + end, column), sheet=layout.sheet("data")
    )
    output, low, high = (layout.data_cell("output", each) for each in (row, before, end))
    return f"={output}*SUM({invested})/({high}-{low})"


def _row_of(layout: Layout, row: int, year: int) -> int | None:
    """Return the row of a year of the area that a row is of."""
    rows = layout.accounts.rows
    found = np.flatnonzero((rows.codes == rows.codes[row]) & (rows.times == year)).tolist()
    return found[0] if found else None


def _initial_figures(layout: Layout, name: str) -> list[tuple[str, str, float]]:
    """Return cell, area and figure of the initial stock, or of its ratio to output, of areas."""
    options = layout.inventories[name].options["initial_stock"]
    if options["rule"] not in _FIGURES:
        return []
    key, cell = _FIGURES[options["rule"]]
    cell += _suffix(name)
    areas, figures = layout.accounts.rows.entities, options[key]
    if isinstance(figures, (int, float)):
        return [(cell, "", float(figures)) for _ in areas]
    if not all(area in figures for area in areas):
        return []
    alone = len(areas) == 1
    return [
        (cell if alone else f"{cell}_area_{number}", area, float(figures[area]))
        for number, area in enumerate(areas, start=1)
    ]


def _stated(layout: Layout) -> list[tuple[Cell | None, ...]]:
    """Return the figures that the steps on Data take from outside the data."""
    rows: list[tuple[Cell | None, ...]] = []
    for each in layout.traces.stated:
        label = text(
            f"workbook.parameters.stated.{each.kind}",
            layout.language,
            series=role_name(each.role, layout.language),
            period=each.time,
        )
        where = f"{label} ({each.area})" if layout.accounts.rows.entity_name else label
        cell = Cell(
            each.value,
            formula=each.formula,
            style=each.style,
            role="body" if each.formula else "parameter",
            name=each.name,
        )
        remark = text("workbook.parameters.computed", layout.language) if each.formula else ""
        rows.append((Cell(where), cell, Cell(each.name), Cell(each.source or remark)))
    return rows


def _weights(layout: Layout) -> list[tuple[Cell | None, ...]]:
    arrays = dict(zip(layout.accounts.factor_names, layout.accounts.weight_arrays, strict=True))
    source = layout.accounts.provenance.options.get("factor_weights", {}).get("source", "")
    rows: list[tuple[Cell | None, ...]] = []
    for factor, name in layout.weight_names.items():
        formula = layout.weight_formula(factor)
        label = text(
            "workbook.parameters.weight",
            layout.language,
            factor=term_name(factor, layout.language),
        )
        cell = Cell(
            float(arrays[factor][0]),
            formula=formula,
            style="share",
            role="body" if formula else "parameter",
            name=name,
        )
        remark = text("workbook.parameters.follows", layout.language) if formula else str(source)
        rows.append((Cell(label), cell, Cell(name), Cell(remark)))
    return rows


def _capital(layout: Layout) -> list[tuple[Cell | None, ...]]:
    return [row for name in layout.inventories for row in _inventory(layout, name)]


def _inventory(layout: Layout, name: str) -> list[tuple[Cell | None, ...]]:
    """Return the parameters of one perpetual inventory."""
    rows: list[tuple[Cell | None, ...]] = []
    rate = layout.depreciation[name]
    if isinstance(rate, float):
        rows.append(_row(layout, f"depreciation{_suffix(name)}", rate, kind="depreciation"))
    options = layout.inventories[name].options["initial_stock"]
    words = initial_stock_in_words(options, layout.language)
    kind = "capital_output_ratio" if options["rule"] == _RATIO_RULE else "initial_stock"
    style = "number" if options["rule"] == _RATIO_RULE else "level"
    figures = dict.fromkeys(_initial_figures(layout, name))
    for cell, area, value in figures:
        row = _row(layout, cell, value, kind=kind, style=style, remark=words)
        rows.append(_of(row, area) if area and len(figures) > 1 else row)
    if not figures:
        computed = "computed" if options["rule"] in ("steady state", "ICOR") else "stated"
        remark = text(f"workbook.parameters.initial_{computed}", layout.language)
        rows.append((_label(layout, "initial_stock"), None, None, Cell(f"{words}. {remark}")))
    if name == "capital":
        return rows
    return [_of(row, term_name(name, layout.language)) for row in rows]


def _of(row: tuple[Cell | None, ...], whose: str) -> tuple[Cell | None, ...]:
    """Return a row of which the label says whose figure it is."""
    label, *rest = row
    return (Cell(f"{label.value if label is not None else ''} ({whose})"), *rest)


def _label(layout: Layout, name: str) -> Cell:
    return Cell(text(f"workbook.parameters.{name}", layout.language))


def _row(
    layout: Layout,
    name: str,
    value: float,
    *,
    kind: str = "",
    style: str = "number",
    remark: str = "",
) -> tuple[Cell | None, ...]:
    return (
        _label(layout, kind or name),
        Cell(value, style=style, role="parameter", name=name),  # type: ignore[arg-type]
        Cell(name),
        Cell(remark) if remark else None,
    )
