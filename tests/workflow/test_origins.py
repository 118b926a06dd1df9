"""Where each figure of a run was read: on the flat sheet of its workbook, and nowhere else."""

from __future__ import annotations

import numpy as np
import openpyxl
import pytest

from tfp.report.sheets.flat import flat_sheet
from tfp.report.sheets.layout import Layout
from tfp.workflow.plans.plan_reading import plan_of
from tfp.workflow.run import run_plan

YEARS = [2020, 2021, 2022]
FIGURES = {"y": [100.0, 104.0, 107.0], "k": [300.0, 309.0, 320.0], "l": [50.0, None, 51.5]}
PLAN = {
    "plan": {"title": "T", "area": "Hoa An", "language": "en"},
    "source": [{"title": "Yearbook"}],
    "method": {"shares": {"capital": 0.4, "source": "stated"}},
    "fill": [{"role": "labour", "values": {"2021": 50.9}, "reason": "later", "source": "survey"}],
}
COLUMNS = {"output": "y", "capital": "k", "labour": "l"}


def workbook(path, **tables):
    """Write the figures below two lines of words, with an empty column, years backwards."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet.append(["A table"])
    sheet.append([])
    sheet.append(["year", "note", *FIGURES])
    for row in (2, 1, 0):
        sheet.append([YEARS[row], "x", *(values[row] for values in FIGURES.values())])
    book.save(path)
    return {
        **PLAN,
        "data": {
            "file": path.name, "time": "year", "sheet": "Biểu 1", "header_row": 3,
            "columns": COLUMNS,
        },
        **tables,
    }  # fmt: skip


def flat(run):
    sheet = flat_sheet(Layout(run.content))
    heads, *rows = [[None if c is None else c.plain_value for c in row] for row in sheet.rows]
    return {(row[2], row[1]): dict(zip(heads, row, strict=True)) for row in rows}


def run_in(folder, plan):
    return run_plan(plan_of(plan), folder)


def test_a_workbooks_figures_have_sheet_and_cell(tmp_path):
    run = run_in(tmp_path, workbook(tmp_path / "figures.xlsx"))
    rows = flat(run)
    book = openpyxl.load_workbook(tmp_path / "figures.xlsx")
    for (variable, year), row in rows.items():
        if row["cell"] is None:
            assert variable == "Labour"
            assert row["source"] == "computed on the sheet of data"
        else:
            assert book[row["sheet"]][row["cell"]].value == row["value"]
            assert book[row["sheet"]].cell(book[row["sheet"]][row["cell"]].row, 1).value == year
            assert row["source"] == "Yearbook (figures.xlsx)"
    assert rows["Labour, as read", 2020]["cell"] == "E6"
    assert ("Labour, as read", 2021) not in rows
    assert rows["Labour", 2021]["value"] == 50.9


@pytest.mark.parametrize("several", [False, True])
def test_a_text_files_figures_have_line_and_column(tmp_path, several):
    areas = ["B", "A"] if several else ["Hoa An"]
    lines = ["area,year,y,k,l"]
    lines += [
        f"{area},{year},{FIGURES['y'][row]},{FIGURES['k'][row]},{50 + row}"
        for area in areas
        for row, year in enumerate(YEARS)
    ]
    (tmp_path / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = {"file": "figures.csv", "time": "year", "columns": COLUMNS}
    plan = {**PLAN, "data": data | ({"entity": "area"} if several else {})}
    del plan["fill"]
    content = run_in(tmp_path, plan).content
    lines_of = {"Hoa An": (2, 3, 4), "A": (5, 6, 7), "B": (2, 3, 4)}
    expected = [line for area in content.raw_panel.rows.entities for line in lines_of[area]]
    for role, column in (("output", "C"), ("capital", "D"), ("labour", "E")):
        assert [place.cell for place in content.origins[role]] == [
            f"{column}{line}" for line in expected
        ]


def test_a_figure_that_is_not_there_has_no_place(tmp_path):
    run = run_in(tmp_path, workbook(tmp_path / "figures.xlsx"))
    labour = run.content.origins["labour"]
    assert [place is None for place in labour] == [False, True, False]
    assert np.isnan(run.content.raw_panel.values("labour")[1])


def test_published_figures_keep_the_cell_of_the_book_that_was_taken(tmp_path):
    lines = ["area,variable,year,value,book"]
    for book, factor in (("old", 1.0), ("new", 1.1)):
        for row, year in enumerate(YEARS):
            lines += [
                f"Hoa An,grdp,{year},{FIGURES['y'][row] * factor},{book}",
                f"Hoa An,k,{year},{FIGURES['k'][row]},{book}",
                f"Hoa An,l,{year},{50 + row},{book}",
            ]
    (tmp_path / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    plan = {
        **PLAN,
        "data": {
            "file": "figures.csv", "time": "year",
            "columns": {"output": "grdp", "capital": "k", "labour": "l"},
            "long": {
                "area": "area", "variable": "variable", "value": "value", "book": "book",
                "books": {"output": "new", "capital": "new", "labour": "old"},
            },
        },
    }  # fmt: skip
    del plan["fill"]
    content = run_in(tmp_path, plan).content
    assert [place.cell for place in content.origins["output"]] == ["D11", "D14", "D17"]
    assert [place.cell for place in content.origins["capital"]] == ["D12", "D15", "D18"]
    assert [place.cell for place in content.origins["labour"]] == ["D4", "D7", "D10"]
