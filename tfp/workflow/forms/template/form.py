"""The whole form as a workbook, empty or filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.tables.workbook import Workbook
from tfp.tables.workbook_writing import workbook_bytes
from tfp.workflow.forms.template.filling import empty, example
from tfp.workflow.forms.template.sheets import (
    data_sheet,
    declaration_sheet,
    guide_sheet,
    lists_sheet,
    tables_sheet,
)

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.workflow.forms.template.filling import Filling

FONT = "Times New Roman"


def form_bytes(language: Language, filling: Filling | None = None) -> bytes:
    """Return the form as an .xlsx file.

    Parameters
    ----------
    language : {"vi", "en"}
        Of labels, explanations and lists; the labels stand in the other one beside.
    filling : Filling, optional
        What stands in it; an empty form if None.
    """
    filled, shown = filling or empty(language), example(language)
    sheets = (
        guide_sheet(language),
        *(make(language, filled) for make in (declaration_sheet, data_sheet, tables_sheet)),
        *(
            make(language, shown, example=True)
            for make in (declaration_sheet, data_sheet, tables_sheet)
        ),
        lists_sheet(language),
    )
    title = text("template.title.workbook", language)
    return workbook_bytes(Workbook(title, sheets, font=FONT))


def figures_bytes(language: Language) -> bytes:
    """Return the sheet of figures alone, for a plan that is written as ``tfp.toml``."""
    title = text("template.title.data", language)
    sheets = (data_sheet(language, empty(language)), lists_sheet(language))
    return workbook_bytes(Workbook(title, sheets, font=FONT))
