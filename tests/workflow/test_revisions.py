"""Two runs side by side: every figure then and now, its status, and what else differs."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner

from tfp.cli import main
from tfp.errors import OutputError, StorageError
from tfp.report.building import build_document
from tfp.report.revision_tables import KINDS, revision_table, revision_tables, summary
from tfp.workflow.folders.folder import RunFolder
from tfp.workflow.folders.folder_state import state_of
from tfp.workflow.manifest import manifest_bytes
from tfp.workflow.plans.plan_reading import plan_of
from tfp.workflow.results_file import results_bytes
from tfp.workflow.revision_files import revision_files, write_revisions
from tfp.workflow.revisions import compare_runs
from tfp.workflow.run import run_plan

if TYPE_CHECKING:
    from tfp.report.revision_tables import Revision, Revisions

SCHEMA_1 = Path(__file__).parents[1] / "data" / "results_v1"
YEARS = list(range(2018, 2026))
GRDP = [100_000.0, 107_100.0, 110_900.0, 113_700.0, 121_300.0, 126_200.0, 134_900.0, 144_600.0]
GFCF = [36_000.0, 38_200.0, 39_500.0, 40_100.0, 43_800.0, 45_900.0, 48_700.0, 52_300.0]
LABOUR = [720.0, 724.1, 721.6, 719.3, 726.9, 731.2, 736.4, 741.8]
# Half a year later the yearbook has settled 2024, revised 2025, and 2026 is estimated.
GRDP_LATER = [*GRDP[:6], 135_200.0, 145_900.0, 156_400.0]
GFCF_LATER = [*GFCF[:7], 53_100.0, 56_900.0]
LABOUR_LATER = [*LABOUR[:7], 743.0, 749.5]
THEN = ["final"] * 6 + ["preliminary", "estimate"]
NOW = ["final"] * 7 + ["preliminary", "estimate"]


def tables_of(office: Any, *, later: bool, **changes: Any) -> dict[str, Any]:
    """Write the yearbook and return the plan that reads it, the same in both half-years."""
    office.write(
        "yearbook.csv",
        year=[*YEARS, 2026] if later else YEARS,
        grdp=GRDP_LATER if later else GRDP,
        gfcf=GFCF_LATER if later else GFCF,
        employed=LABOUR_LATER if later else LABOUR,
        standing=NOW if later else THEN,
    )
    roles = {"output": "grdp", "investment": "gfcf", "labour": "employed"}
    initial = {"method": "capital_output_ratio", "ratio": 2.5, "year": 2018, "source": "stated"}
    return {
        "plan": {"title": "TFP Hòa An", "area": "Hòa An", "language": "vi", "output_name": "GRDP"},
        "source": [{"title": "Niên giám thống kê"}],
        "method": {"shares": {"capital": 0.4, "source": "stated"}},
        "data": {"file": "yearbook.csv", "time": "year", "columns": roles, "status": "standing"},
        "capital": {"depreciation": 0.05, "initial": initial},
        "periods": {"list": ["2019-2022", "2021-2025"]},
        **changes,
    }


def put(office: Any, name: str, *, later: bool, **changes: Any) -> Path:
    """Run the plan and write results and manifest, as a folder of results."""
    run = run_plan(plan_of(tables_of(office, later=later, **changes)), office.folder)
    files = {"results.json": results_bytes(run)}
    manifest = manifest_bytes(run, files, b"")
    out = office.folder / name
    RunFolder(out).put(files, manifest, "0123456789abcdef")
    return out


@pytest.fixture(scope="module")
def runs(offices: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    office = offices(tmp_path_factory.mktemp("Nguyễn Văn A"))
    return put(office, "2025", later=False), put(office, "2026", later=True)


@pytest.fixture(scope="module")
def found(runs: tuple[Path, Path]) -> Revisions:
    return compare_runs(*runs)


def one(found: Revisions, kind: Any, name: str, time: str, measure: str = "value") -> Revision:
    (row,) = (
        row
        for row in found.of(kind)
        if (row.name, row.time, row.measure) == (name, time, measure)
        and row.average in ("", found.average)
    )
    return row


def test_each_figure_stands_then_and_now_with_its_status(found: Revisions) -> None:
    level = one(found, "levels", "output", "2025")
    assert (level.old, level.new, level.difference) == (144_600.0, 145_900.0, 1_300.0)
    assert (level.old_status, level.new_status) == ("estimate", "preliminary")
    growth = one(found, "yearly", "output", "2025", "points")
    assert growth.old == pytest.approx(100.0 * (144_600.0 / 134_900.0 - 1.0), abs=1e-12)
    assert growth.new == pytest.approx(100.0 * (145_900.0 / 135_200.0 - 1.0), abs=1e-12)
    settled = one(found, "yearly", "tfp", "2024", "points")
    assert (settled.old_status, settled.new_status) == ("preliminary", "final")
    assert one(found, "yearly", "tfp", "2020", "points").unchanged
    period = one(found, "periods", "tfp", "2021-2025", "share")
    assert not period.unchanged
    assert (period.old_status, period.new_status) == ("estimate", "preliminary")


def test_every_table_of_results_is_compared(found: Revisions) -> None:
    assert {row.kind for row in found.rows} == {"yearly", "periods", "levels", "capital"}
    names = {row.name for row in found.of("levels")}
    assert {"output", "capital", "labour", "capital_weight", "labour_weight"} <= names
    assert {row.time for row in found.of("capital")} == {str(y) for y in [*YEARS, 2026]}
    assert [table.name for table in revision_tables(found, "en")] == [
        *(f"revised_{kind}" for kind in KINDS if found.of(kind)), "causes"
    ]  # fmt: skip


def test_a_year_that_only_one_run_has_is_named(found: Revisions) -> None:
    row = one(found, "levels", "output", "2026")
    assert (row.old, row.new, row.difference) == (None, 156_400.0, None)
    assert any("2026" in sentence for sentence in summary(found, "vi"))


def test_what_else_differs_is_said_plainly(found: Revisions, office: Any, tmp_path: Path) -> None:
    assert [(cause.kind, cause.name) for cause in found.causes] == [("data", "yearbook.csv")]
    assert found.complete
    old = put(office, "old", later=False)
    other = {"depreciation": 0.06, "initial": tables_of(office, later=False)["capital"]["initial"]}
    new = put(office, "new", later=False, capital=other)
    causes = compare_runs(old, new).causes
    assert [(c.kind, c.name, c.old, c.new) for c in causes] == [
        ("method", "capital.depreciation", "0.05", "0.06")
    ]
    for language in ("en", "vi"):
        assert "split" in summary(found, "en")[-1]
        (note,) = (
            words for table in revision_tables(found, language) if table.name == "causes"
            for _, words in table.notes
        )  # fmt: skip
        assert note in summary(found, language)


def test_a_run_beside_itself_has_no_differences(runs: tuple[Path, Path]) -> None:
    same = compare_runs(runs[0], runs[0] / "results.json")
    assert same.changed == 0
    assert same.causes == ()


def test_the_plan_names_the_earlier_run_and_the_report_has_b13(
    runs: tuple[Path, Path], office: Any
) -> None:
    shutil.copytree(runs[0], office.folder / "2025")
    plan = tables_of(office, later=True, revisions={"previous": "2025"})
    run = run_plan(plan_of(plan), office.folder)
    revisions = run.content.revisions
    assert revisions is not None
    assert one(revisions, "levels", "output", "2025").difference == 1_300.0
    (table,) = (t for t in build_document(run.content).tables() if t.number == "B13")
    assert table.rows == revision_table(revisions, "vi").rows
    assert "sơ bộ" in {cell for row in table.rows for cell in row}
    gone = {**plan, "revisions": {"previous": "2019"}}
    with pytest.raises(StorageError) as raised:
        run_plan(plan_of(gone), office.folder)
    assert raised.value.code == "revisions-not-found"


def test_the_command_lists_and_writes(runs: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "Nguyễn Văn A so sánh"
    done = CliRunner().invoke(main, ["revisions", *map(str, runs), "--out", str(out)])
    assert done.exit_code == 0, done.output
    for words in ("ước tính", "sơ bộ", "yearbook.csv", "2026"):
        assert words in done.output
    assert state_of(out) == "intact"
    assert {path.name for path in out.iterdir()} == {
        "revisions.html", "revisions.xlsx", "revisions.docx", "manifest.json"
    }  # fmt: skip
    book = openpyxl.load_workbook(out / "revisions.xlsx")
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {144_600.0, 145_900.0, 1_300.0} <= set(values)
    again = CliRunner().invoke(main, ["revisions", *map(str, runs), "--out", str(out)])
    assert again.exit_code == 0, again.output


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_command_says_what_it_cannot_read(tmp_path: Path, language: str) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "results.json").write_text("[1", encoding="utf-8")
    for path, code in ((tmp_path / "none", "revisions-not-found"), (broken, "revisions-damaged")):
        args = ["revisions", str(path), str(path), "--language", language]
        done = CliRunner().invoke(main, args)
        assert done.exit_code == 2
        assert code in done.output
        assert "{" not in done.output


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text(json.dumps({"kind": "tfp results", "schema": 99}), encoding="utf-8")
    with pytest.raises(StorageError) as raised:
        compare_runs(file, file)
    assert raised.value.code == "schema-too-new"


def test_results_of_schema_1_are_read_for_ever(tmp_path: Path) -> None:
    found = compare_runs(SCHEMA_1, SCHEMA_1 / "results.json")
    assert found.complete
    assert found.changed == 0
    assert one(found, "levels", "output", "2025").old == 144_600.0
    saved = SCHEMA_1.parent / "schema" / "v1-growth_accounts.tfp"
    assert compare_runs(saved, saved).of("yearly")
    with_periods = compare_runs(saved, SCHEMA_1.parent / "schema" / "v1-period_accounts.tfp")
    assert with_periods.of("periods")
    assert not with_periods.complete


def test_what_is_no_accounts_is_refused() -> None:
    saved = SCHEMA_1.parent / "schema" / "v1-capital_stocks.tfp"
    with pytest.raises(StorageError) as raised:
        compare_runs(saved, saved)
    assert raised.value.code == "revisions-damaged"


@pytest.mark.parametrize("moment", ["before", "torn", "after"])
def test_the_documents_are_written_whole_or_not_at_all(
    disks: Any, moment: str, found: Revisions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = revision_files(found, "vi")
    monkeypatch.setattr("tfp.workflow.revision_files.revision_files", lambda *_: files)
    probe = disks()
    write_revisions(found, "vi", RunFolder(tmp_path / "probe", probe))
    for at in range(1, probe.count + 1):
        out = tmp_path / f"{moment}-{at}" / "diff"
        out.parent.mkdir()
        with pytest.raises(disks.Killed):
            write_revisions(found, "vi", RunFolder(out, disks(at, moment)))
        assert not out.exists() or state_of(out) == "intact"
        RunFolder(out).repair()
        write_revisions(found, "vi", RunFolder(out))
        assert state_of(out) == "intact"
        assert {path.name for path in out.parent.iterdir()} <= {"diff", "diff.previous"}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), "results-not-written"),
        (PermissionError(13, "Permission denied"), "results-not-written"),
    ],
    ids=["full disk", "unwritable folder"],
)
def test_a_full_disk_or_an_unwritable_folder_is_said(
    disks: Any, found: Revisions, tmp_path: Path, error: OSError, code: str
) -> None:
    out = tmp_path / "diff"
    with pytest.raises(OutputError) as raised:
        write_revisions(found, "vi", RunFolder(out, disks(1, "before", error)))
    assert raised.value.code == code
    assert str(tmp_path) not in raised.value.message("vi")
    assert not out.exists()


def test_a_name_of_300_letters_is_said(found: Revisions, tmp_path: Path) -> None:
    with pytest.raises(OutputError) as raised:
        write_revisions(found, "en", RunFolder(tmp_path / ("r" * 300)))
    assert raised.value.code == "out-name-too-long"


def test_the_workbook_has_a_sheet_for_every_table(found: Revisions) -> None:
    book = openpyxl.load_workbook(io.BytesIO(revision_files(found, "vi")["revisions.xlsx"]))
    assert len(book.sheetnames) == 2 + len({row.kind for row in found.rows})


def test_runs_in_the_wrong_order_are_warned_of(runs: tuple[Path, Path], office: Any) -> None:
    assert "TRƯỚC SAU" in summary(compare_runs(runs[1], runs[0]), "vi")[0]
    assert not compare_runs(*runs).swapped
    heading = tables_of(office, later=False)["plan"]
    dated = [
        put(office, f"on {day}", later=False, plan={**heading, "date": day})
        for day in (date(2025, 12, 10), date(2026, 6, 10))
    ]
    assert compare_runs(*reversed(dated)).swapped
    assert not compare_runs(*dated).swapped


def test_what_stands_is_counted_and_not_listed(found: Revisions) -> None:
    table = revision_table(found, "vi")
    listed = {row[1] for row in table.rows}
    assert listed == {"2024", "2025", "2026", "2021–2025"}
    note = next(note for _, note in table.notes if "không liệt kê" in note)
    assert note.startswith("18 ")
    assert "2019–2023, 2019–2022" in note
    same = revision_table(replace(found, rows=tuple(r for r in found.rows if r.stands)), "vi")
    assert [row[0] for row in same.rows] == ["Không có số liệu nào thay đổi."]
    assert any("không liệt kê" in note for _, note in same.notes)


def test_a_difference_that_rounding_moves_is_explained(found: Revisions) -> None:
    (row,) = (
        r for r in found.of("yearly") if (r.name, r.measure, r.time) == ("tfp", "share", "2025")
    )
    for new, told in ((2.986, True), (2.99, False)):
        rows = (replace(row, old=3.524, new=new),) if told else (replace(row, old=3.52, new=new),)
        notes = revision_table(replace(found, rows=rows), "vi").notes
        assert any("chưa làm tròn" in note for _, note in notes) is told


def test_two_targets_of_one_document_stay_two(runs: tuple[Path, Path], tmp_path: Path) -> None:
    target = {"area": "Hòa An", "document": "Plan 5", "operator": "at_least", "lower": 40.0,
              "basis": "year", "first": 2025, "last": 2025, "due": 2025, "outcome": "reached",
              "share": 41.0}  # fmt: skip
    period = {**target, "basis": "period_average", "first": 2021, "share": 39.0}
    for name, targets in (("a", [target, period, target]), ("b", [target, period])):
        tables = json.loads((runs[0] / "results.json").read_text(encoding="utf-8"))
        (tmp_path / name).mkdir()
        (tmp_path / name / "results.json").write_text(json.dumps({**tables, "targets": targets}))
    rows = compare_runs(tmp_path / "a", tmp_path / "b").of("targets")
    assert sorted((row.time, row.assumption, row.old, row.new or 0.0) for row in rows) == [
        ("2021-2025", "", 39.0, 39.0), ("2025", "", 41.0, 41.0), ("2025", "2", 41.0, 0.0)
    ]  # fmt: skip


def test_the_command_says_so_where_nothing_changed(runs: tuple[Path, Path], tmp_path: Path) -> None:
    same = [str(runs[0])] * 2
    done = CliRunner().invoke(main, ["revisions", *same, "--out", str(tmp_path / "same")])
    assert done.exit_code == 0, done.output
    assert "không liệt kê" in done.output
    assert "0,00" not in done.output
