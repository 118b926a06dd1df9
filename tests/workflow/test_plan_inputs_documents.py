"""Report, workbook, charts and results of a plan with all its troubles, in both languages."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import numpy as np
import openpyxl
import pytest

from tfp.language.catalogue import LANGUAGES
from tfp.panel.panel import Panel
from tfp.report.building import build_document
from tfp.report.data_tables import changed_table
from tfp.workflow.manifest import manifest_bytes
from tfp.workflow.writing import run_files

YEARS = list(range(2018, 2026))
STEPS = np.arange(8)
SOURCE = "yearbook 2026"


@pytest.fixture
def office(office):
    """Return an office of two provinces that merge, with all the troubles of yearbooks."""
    columns: dict[str, list[Any]] = {}
    for name, growth in (("Hưng Yên", 1.075), ("THAI BINH", 1.062)):
        figures = {
            "tinh": [name] * 8,
            "year": YEARS,
            "v": (70 * (growth * 1.03) ** STEPS).round(3).tolist(),
            "p": (100 * 1.03**STEPS).round(3).tolist(),
            "i": (26 * (growth + 0.01) ** STEPS).round(3).tolist(),
            "l": [610.2, 615.0, 619.9, 567.3, 571.2, 575.8, 580.1, 584.7],
            "d": ["ICLS-13"] * 3 + ["ICLS-19"] * 5,
        }
        for column, values in figures.items():
            columns.setdefault(column, []).extend(values)
    columns["i"][4] *= 10
    office.write("provinces.csv", **columns)
    first = sum(columns["v"][row] / columns["p"][row] for row in (7, 15))
    invested = columns["i"][7] + columns["i"][15]
    output = [round(first * 100 * 1.005 * 1.07**step, 3) for step in range(3)]
    office.write(
        "units.csv",
        don_vi=["Hưng Yên"] * 3,
        nam=[2025, 2026, 2027],
        grdp=output,
        von=[round(invested * 1.004 * 1.08**step, 3) for step in range(3)],
        ld=[1169.9, 1178.2, 1187.0],
    )
    office.tables |= {
        "plan": {**office.tables["plan"], "area": "Hưng Yên"},
        "data": {
            "file": "provinces.csv",
            "entity": "tinh",
            "time": "year",
            "decimal": ".",
            "columns": {
                "output_current": "v",
                "output_price": "p",
                "investment": "i",
                "labour": "l",
            },
            "definitions": {"labour": "d"},
        },
        "boundaries": {
            "vintage": "63 provinces",
            "merge": True,
            "leave_out": ["output_price", "output_current"],
            "published": {
                "vintage": "34 units",
                "link": "growth",
                "tolerance": 3.0,
                "data": {
                    "file": "units.csv",
                    "entity": "don_vi",
                    "time": "nam",
                    "columns": {"output": "grdp", "investment": "von", "labour": "ld"},
                    "price_bases": {"output": "2018"},
                    "definitions": {},
                },
            },
        },
        "correct": [
            {
                "role": "investment",
                "entity": "Hưng Yên",
                "year": 2022,
                "printed": columns["i"][4],
                "value": round(columns["i"][4] / 10, 3),
                "reason": "decimal mark lost",
                "source": SOURCE,
            }
        ],
        "deflate": [{"role": "output", "base": 2018, "source": SOURCE}],
        "splice": [
            {
                "role": "labour",
                "at": 2021,
                "national": {"old": 53609.58, "new": 50072.01, "area": "Viet Nam"},
                "source": SOURCE,
                "entity": entity,
            }
            for entity in ("Hưng Yên", "Thái Bình")
        ],
        "investment": {"ratio": 0.8, "source": SOURCE},
        "capital": {
            "depreciation": 0.05,
            "initial": {
                "method": "capital_output_ratio",
                "ratio": 2.4,
                "year": 2018,
                "source": SOURCE,
            },
        },
        "report": {"ranges": ["initial_stock"]},
    }
    return office


def test_the_ledger_stands_in_the_order_of_the_treatments(office) -> None:
    ledger = office.run().content.panel.ledger
    actions = [(entry.action, entry.role) for entry in ledger]
    order = [
        ("renamed", "area"),
        ("corrected", "investment"),
        ("derived", "output"),
        ("assumed", "labour"),
        ("merged", "labour"),
        ("derived", "investment"),
        ("derived", "capital"),
    ]
    places = [actions.index(each) for each in order]
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_can_be_written(office, language: str) -> None:
    run = office.run(plan={**office.tables["plan"], "language": language})
    files, _ = run_files(run)
    report = files["report.html"].decode()
    for words in (SOURCE, "decimal mark lost", "THAI BINH", "Hưng Yên + Thái Bình"):
        assert words in report
    book = openpyxl.load_workbook(BytesIO(files["workbook.xlsx"]))
    assert len(book.sheetnames) > 5
    results = json.loads(files["results.json"])
    assert {each["kind"] for each in results["ranges"]} == {"initial_stock_range"}
    assert {row["action"] for row in results["ledger"]} >= {"corrected", "assumed", "merged"}
    normalised = json.loads(manifest_bytes(run, files, b""))["plan"]["normalised"]
    treated = normalised["treatment"]
    assert treated["boundaries"]["published"]["link"] == "growth"
    assert treated["splice"][1]["national"]["area"] == "Viet Nam"
    assert treated["correct"][0]["printed"] == office.tables["correct"][0]["printed"]


def test_figures_are_set_beside_those_read_where_the_row_is_the_same(office) -> None:
    office.tables["boundaries"] = {"vintage": "63 provinces"}
    run = office.run()
    table = changed_table(run.content.raw_panel, run.content.panel, "en")
    assert table is not None
    investment = [row for row in table.rows if row[1] == 2022 and row[3] > 100]
    assert [round(row[3] / row[4], 6) for row in investment] == [12.5], "a decimal, and the ratio"


def test_as_many_rows_of_other_areas_are_not_taken_for_the_same(office) -> None:
    raw = office.run(boundaries={"vintage": "63 provinces"}).content.raw_panel
    used = office.run().content.panel
    shorter = Panel.of(raw.rows, {"labour": raw.column("labour")})
    longer = {"year": [2018 + step for step in range(16)], "l": [1.0] * 16}
    other = Panel(longer, time="year", labour="l")
    assert len(other) == len(shorter)
    assert changed_table(shorter, other, "en") is None
    assert changed_table(shorter, used, "en") is None


def test_rows_of_merged_areas_are_set_beside_nothing(office) -> None:
    run = office.run()
    assert changed_table(run.content.raw_panel, run.content.panel, "en") is None
    names = [table.name for table in build_document(run.content).tables()]
    assert "changed" not in names
