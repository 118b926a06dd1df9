"""The auditor's workbook: from data and parameters to results, every step a formula.

Investment -> capital -> growth -> points -> TFP -> shares. Each formula is written with
the engine's figure as its value, so that readers who do not recalculate show it; the
sheet of checks sets formula and figure side by side. Changing a parameter, such as
``capital_share``, changes every result.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from textwrap import shorten
from typing import TYPE_CHECKING

from tfp.language.catalogue import text, text_or
from tfp.report.console import plain_note
from tfp.report.content import RunContent
from tfp.report.data_tables import ledger_table, sources_table
from tfp.report.document import Blank
from tfp.report.lone_result import document_of_result, table_of_result
from tfp.report.range_tables import range_tables
from tfp.report.result_tables import sensitivity_table
from tfp.report.sheets.charts import chart_sheet
from tfp.report.sheets.checks import check_sheet
from tfp.report.sheets.data import data_sheet
from tfp.report.sheets.flat import flat_sheet
from tfp.report.sheets.layout import Layout
from tfp.report.sheets.parameters import parameter_sheet
from tfp.report.sheets.periods import period_sheet
from tfp.report.sheets.readme import readme_sheet
from tfp.report.sheets.results import results_sheet
from tfp.report.sheets.standing import with_standing
from tfp.report.sheets.targets import target_sheet
from tfp.report.target_table import relevant
from tfp.results.growth_accounts import GrowthAccounts
from tfp.tables.suffix import check_suffix
from tfp.tables.workbook import Cell, Sheet, Workbook
from tfp.tables.workbook_writing import write_workbook

if TYPE_CHECKING:
    import os

    from tfp.language.catalogue import Language
    from tfp.report.document import Cell as TableCell
    from tfp.report.document import Column, Table
    from tfp.results.result import Result
    from tfp.tables.workbook import Style


LONGEST_NAME = 31  # characters, of the name of a sheet in Excel
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
# Stands in the file's properties where a run has no date; nothing is taken from the clock.
_NO_DATE = date(2000, 1, 1)


def build_workbook(content: RunContent) -> Workbook:
    """Return the workbook of a run; sheets without data are left out.

    Parameters
    ----------
    content : RunContent

    Returns
    -------
    Workbook
        To be written by :func:`tfp.tables.workbook_writing.write_workbook`.
    """
    layout, language = Layout(content), content.language
    computed = [results_sheet(layout)]
    averages = []
    if content.periods:
        averages.append(period_sheet(layout))
    if content.comparison is not None and relevant(content.comparison):
        averages.append(target_sheet(layout, content.comparison))
    chart = chart_sheet(layout)
    stated = []
    if content.sensitivities and content.periods:
        table = sensitivity_table(content.periods[0], content.sensitivities, language)
        stated.append(table_sheet(table, layout.sheet("sensitivity")))
    stated += [table_sheet(table, sheet_name(table, language)) for table in range_tables(content)]
    entries = (*content.accounts.panel_ledger, *content.accounts.lost)
    if entries:
        stated.append(table_sheet(ledger_table(entries, language), layout.sheet("ledger")))
    if content.sources:
        stated.append(
            table_sheet(sources_table(content.sources, language), layout.sheet("sources"))
        )
    sheets = (
        data_sheet(layout),
        parameter_sheet(layout),
        *computed,
        *((chart,) if chart is not None else ()),
        *averages,
        check_sheet(layout, tuple(averages)),
        *stated,
        flat_sheet(layout),
    )
    title = content.title or text("report.title", language, area=content.area).strip(" :")
    created = datetime.combine(content.prepared_on or _NO_DATE, time())
    sheets = (readme_sheet(layout, sheets, title), *sheets)
    return Workbook(
        title=title,
        sheets=tuple(with_standing(sheet, content) for sheet in sheets),
        created=created,
    )


def write_result_workbook(
    result: Result, path: str | os.PathLike[str], *, language: Language = "en"
) -> None:
    """Write one result as a workbook, whole or not at all; what ``result.to_excel`` does.

    Growth accounts come with formulas, from their levels and weights; other results as
    tables of values.

    Raises
    ------
    OutputError
        ``output-suffix``, and as :func:`tfp.tables.workbook_writing.write_workbook`.
    """
    check_suffix(path, ".xlsx")
    if isinstance(result, GrowthAccounts):
        area = result.rows.entities[0] if len(result.rows.entities) == 1 else ""
        content = RunContent(
            area=area, language=language, accounts=result, findings=result.findings
        )
        workbook = build_workbook(content)
    else:
        document = document_of_result(result, language)
        workbook = Workbook(
            title=document.title,
            sheets=tuple(
                table_sheet(table, sheet_name(table, language))
                for table in _tables(result, language)
            ),
        )
    write_workbook(workbook, path)


def _tables(result: Result, language: Language) -> tuple[Table, ...]:
    """Return the tables of a result; one that is empty says why."""
    found = document_of_result(result, language).tables()
    return found or (table_of_result(result, language),)


def sheet_name(table: Table, language: Language) -> str:
    """Return the name of the sheet of a table; its title, cut at a word, where it has no own."""
    known = text_or(f"workbook.sheet.{table.name}", language, "")
    if known:
        return known
    return shorten(_NOT_IN_NAMES.sub(" ", table.title), LONGEST_NAME, placeholder="")


def table_sheet(table: Table, name: str) -> Sheet:
    """Return a table of a document as a sheet of values."""
    heads = tuple(Cell(_head(column), role="heading") for column in table.columns)
    body = tuple(
        tuple(_cell(cell, column) for cell, column in zip(row, table.columns, strict=True))
        for row in table.rows
    )
    notes = [plain_note(mark, note) for mark, note in table.notes]
    return Sheet(
        name,
        ((Cell(table.title, role="title"),), *(((), heads, *body) if heads else ())),
        notes=(*notes, *((table.source,) if table.source else ())),
        freeze=(3, 1) if heads else (0, 0),
        repeated_rows=(3, 3) if heads else None,
        landscape=len(table.columns) > 4,
    )


def _head(column: Column) -> str:
    label = f"{column.group}: {column.label}" if column.group else column.label
    return f"{label} ({column.unit})" if column.unit else label


def _cell(cell: TableCell, column: Column) -> Cell:
    if isinstance(cell, Blank):
        return Cell(f"{cell.sign}({cell.mark})")
    if isinstance(cell, str):
        return Cell(cell)
    styles: dict[int, Style] = {0: "whole", 1: "level", 4: "share"}
    style: Style = "year" if column.style == "year" else styles.get(column.digits, "points")
    return Cell(cell, style=style)
