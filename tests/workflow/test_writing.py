"""What stands in a run's folder: whole, the same twice, without NaN, names or paths."""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tfp.report.building import build_document
from tfp.report.html import page_text
from tfp.report.workbook import build_workbook
from tfp.tables.workbook_writing import workbook_bytes
from tfp.workflow.demonstration import write_demo
from tfp.workflow.folders.folder import RunFolder
from tfp.workflow.folders.folder_state import state_of
from tfp.workflow.plans.plan_reading import read_plan
from tfp.workflow.run import Run, run_plan
from tfp.workflow.writing import run_files, write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHARTS = {"contributions", "share_of_growth", "tfp_index", "factor_growth", "waterfall"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "Nguyễn Văn A"
    write_demo(folder, "vi")
    plan = (folder / "tfp.toml").read_bytes()
    write_run(run_plan(read_plan(plan), folder), plan, RunFolder(folder / "results"))
    return folder


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    return run_plan(read_plan((folder / "tfp.toml").read_bytes()), folder)


@pytest.fixture(scope="module")
def results(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "results" / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "results" / "manifest.json").read_text(encoding="utf-8"))


def test_the_folder_is_whole_and_holds_what_was_promised(folder: Path) -> None:
    out = folder / "results"
    assert state_of(out) == "intact"
    assert {path.name for path in out.iterdir()} == {
        "report.html", "report.docx", "workbook.xlsx", "results.json", "manifest.json", "charts"
    }  # fmt: skip
    charts = {f"{name}.{ending}" for name in CHARTS for ending in ("png", "svg")}
    assert {path.name for path in (out / "charts").iterdir()} == charts


def test_the_same_plan_and_figures_give_the_same_bytes(folder: Path, run: Run) -> None:
    # The charts are drawn once more, the documents built once more, from a second run.
    for name, data in run_files(run)[0].items():
        written = (folder / "results" / name).read_bytes()
        assert hashlib.sha256(data).digest() == hashlib.sha256(written).digest(), name


def test_results_hold_every_figure_of_the_main_example(results: dict[str, Any]) -> None:
    points = {row["time"]: row["points"] for row in results["accounts"] if row["term"] == "tfp"}
    assert round(points[2011], 6) == 1.476130
    assert round(points[2024], 6) == 3.697836
    shares = {
        (row["average"], row["period"]): row["share"]
        for row in results["periods"]
        if row["term"] == "tfp"
    }
    assert round(shares["sum_of_rates", "2021-2024"], 4) == 42.8525
    assert round(shares["increments", "2011-2015"], 4) == 36.0179
    assert round(shares["log", "2011-2024"], 4) == 40.8545
    unspliced = {
        row["period"]: row["share"]
        for row in results["sensitivities"]
        if (row["term"], row["average"]) == ("tfp", "sum_of_rates")
        and row["name"] == "Không nối chuỗi năm 2021"
    }
    assert round(unspliced["2021-2024"], 4) == 59.5433
    ratio = results["capital"]["options"]["initial_stock"]["ratio"]
    assert ratio == 2.5067903632755035


def test_results_are_the_engine_s_own_doubles(results: dict[str, Any], run: Run) -> None:
    stated = [row["points"] for row in results["accounts"] if row["term"] == "capital"]
    assert stated == run.content.accounts.contributions["capital"].tolist()


def rows_of(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from rows_of(each)


def test_a_missing_number_is_null_and_its_row_says_why(results: dict[str, Any]) -> None:
    numbers = ("points", "share", "value", "start_of_year", "surviving_share")
    blank = [
        row
        for row in rows_of(results)
        if "reason" in row and any(row.get(name, 0) is None for name in numbers)
    ]
    assert blank, "the national figures have years without capital at their start"
    assert [row for row in blank if not row["reason"]] == []


def test_results_hold_no_number_that_json_does_not_know(folder: Path) -> None:
    def refuse(name: str) -> float:
        raise AssertionError(name)

    for name in ("results.json", "manifest.json"):
        words = (folder / "results" / name).read_text(encoding="utf-8")
        json.loads(words, parse_constant=refuse)


def test_results_say_their_schema_and_the_plan_they_come_from(
    results: dict[str, Any], run: Run
) -> None:
    assert results["kind"] == "tfp results"
    assert results["schema"] == 1
    assert results["plan_sha256"] == run.content.plan_hash


def test_the_manifest_says_what_was_run_on_what(
    manifest: dict[str, Any], folder: Path, run: Run
) -> None:
    assert manifest["plan"]["normalised"] == run.plan.normalised()
    for entry in manifest["inputs"]:
        digest = hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest()
        assert entry["sha256"] == digest
    assert [entry["rows"] for entry in manifest["inputs"]] == [15, 12]
    assert manifest["status"] == "preliminary"
    assert {"code": "data-preliminary", "severity": "note"} in manifest["warnings"]
    assert any("2023–2024" in reason for reason in manifest["draft"])
    assert manifest["approval"]["approved"] is False
    others = {"code": "of-sensitivity", "severity": "warn"}
    assert manifest["warnings"].count(others) == 2
    answered = {"code": "answered", "severity": "note"}
    assert manifest["warnings"].count(answered) == 2
    assert len(manifest["warnings"]) == 5
    assert manifest["rows_lost"] == []
    assert {"numpy", "pandas", "matplotlib"} <= set(manifest["packages"])


def test_nothing_that_is_written_names_a_user_or_a_folder(folder: Path) -> None:
    # The test's own folder is called like a user: it must not be found anywhere.
    secrets = [folder.name, str(folder.parent)]
    for path in (folder / "results").rglob("*"):
        if path.is_file() and path.suffix != ".png":
            assert not [word for word in secrets if word in text_of(path)], path.name


def text_of(path: Path) -> str:
    if path.suffix not in (".xlsx", ".docx"):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        texts = [name for name in archive.namelist() if not name.endswith(".png")]
        return "".join(archive.read(name).decode("utf-8") for name in texts)


def test_report_and_workbook_are_those_of_the_report_s_own_functions(
    folder: Path, run: Run
) -> None:
    out = folder / "results"
    assert (out / "report.html").read_text("utf-8") == page_text(build_document(run.content))
    workbook = workbook_bytes(build_workbook(run.content))
    assert (out / "workbook.xlsx").read_bytes() == workbook


def test_lost_growth_is_a_row_of_the_manifest(tmp_path: Path) -> None:
    from tfp.workflow.manifest import manifest_bytes
    from tfp.workflow.results_file import results_bytes

    lines = ["year,y,k,l,note"]
    lines += [f"{year},{100 + year % 7},{250},{10}," for year in (2015, 2016, 2018, 2019)]
    (tmp_path / "figures.csv").write_text("\n".join(lines), encoding="utf-8")
    plan = b"""
[plan]
title = "A gap"
area = "Somewhere"
language = "en"
[data]
file = "figures.csv"
time = "year"
columns = { output = "y", capital = "k", labour = "l" }
[method.shares]
capital = 0.4
[periods]
list = ["2019"]
"""
    run = run_plan(read_plan(plan), tmp_path)
    files = {"results.json": results_bytes(run)}
    lost = json.loads(manifest_bytes(run, files, plan))["rows_lost"]
    assert [(row["entity"], row["time"]) for row in lost] == [("Somewhere", 2018)]
    rows = json.loads(files["results.json"])["accounts"]
    gap = [row for row in rows if row["time"] == 2018]
    assert gap
    assert all(row["points"] is None and row["reason"] == "not_available" for row in gap)
    assert all(math.isfinite(r["points"]) for r in rows if r["time"] in (2016, 2019))


def test_a_plan_may_choose_its_charts(tmp_path: Path) -> None:
    from tfp.workflow.charts import chosen_charts

    write_demo(tmp_path / "demo", "en")
    words = (tmp_path / "demo" / "tfp.toml").read_bytes() + b'\n[report]\ncharts = ["waterfall"]\n'
    run = run_plan(read_plan(words), tmp_path / "demo")
    assert chosen_charts(run) == ("waterfall",)
