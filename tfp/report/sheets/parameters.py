"""The sheet of parameters: every choice in a cell with a name; formulas use the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.report.building import flat_options
from tfp.report.method import initial_stock_in_words
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.report.sheets.layout import Layout

TOLERANCE = 1e-9
_RATIO_RULE, _GIVEN_RULE = "capital-output ratio", "given stock"


def parameter_sheet(layout: Layout) -> Sheet:
    """Return the parameters, then the options of the method as text."""
    language = layout.language
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(text("workbook.parameters.title", language), role="title"),),
        (Cell(text("workbook.parameters.hint", language), role="note"),),
        tuple(
            Cell(text(f"workbook.parameters.{head}", language), role="heading")
            for head in ("parameter", "value", "name", "remark")
        ),
        *_weights(layout),
        *_capital(layout),
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
    if layout.inventory is not None:
        rows += [(Cell(line),) for line in flat_options("capital", layout.inventory.options)]
    widths = {1: 66.0, 2: 18.0, 3: 24.0, 4: 70.0}
    return Sheet(layout.sheet("parameters"), tuple(rows), widths=widths, landscape=True)


def initial_stock_formula(layout: Layout, row: int) -> str | None:
    """Return the initial stock from its parameter; None where it stands as a figure."""
    rule = _single_rule(layout)
    if rule == _RATIO_RULE:
        return f"=capital_output_ratio*{layout.data_cell('output', row)}"
    return "=initial_stock" if rule == _GIVEN_RULE else None


def _single_rule(layout: Layout) -> str:
    """Return the rule of the initial stock if one number states it for the whole workbook."""
    if layout.inventory is None or len(layout.accounts.rows.entities) > 1:
        return ""
    options = layout.inventory.options["initial_stock"]
    figure = {_RATIO_RULE: "ratio", _GIVEN_RULE: "value"}.get(options["rule"])
    return options["rule"] if figure and isinstance(options[figure], (int, float)) else ""


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
    if layout.inventory is None:
        return []
    rows: list[tuple[Cell | None, ...]] = []
    if isinstance(layout.depreciation, float):
        rows.append(_row(layout, "depreciation", layout.depreciation))
    options = layout.inventory.options["initial_stock"]
    words = initial_stock_in_words(options, layout.language)
    rule = _single_rule(layout)
    if rule == _RATIO_RULE:
        rows.append(_row(layout, "capital_output_ratio", float(options["ratio"]), remark=words))
    elif rule == _GIVEN_RULE:
        value = float(options["value"])
        rows.append(_row(layout, "initial_stock", value, style="level", remark=words))
    else:
        stated = text("workbook.parameters.initial_stated", layout.language)
        rows.append(
            (
                Cell(text("workbook.parameters.initial_stock", layout.language)),
                None,
                None,
                Cell(f"{words}. {stated}"),
            )
        )
    return rows


def _row(
    layout: Layout, name: str, value: float, *, style: str = "number", remark: str = ""
) -> tuple[Cell | None, ...]:
    return (
        Cell(text(f"workbook.parameters.{name}", layout.language)),
        Cell(value, style=style, role="parameter", name=name),  # type: ignore[arg-type]
        Cell(name),
        Cell(remark) if remark else None,
    )
