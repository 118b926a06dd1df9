"""The outside copy: only what is listed, and nothing from which a secret could be computed."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pytest

from tfp.errors import OutputError, PlanError
from tfp.language.numbers import show_number
from tfp.report.building import build_document
from tfp.report.html import page_text
from tfp.workflow.copies import FOLDER, copy_files
from tfp.workflow.folders.folder import RunFolder
from tfp.workflow.folders.folder_state import state_of
from tfp.workflow.plans.plan_reading import plan_of
from tfp.workflow.run import run_plan
from tfp.workflow.telling import file_lines
from tfp.workflow.writing import run_files, write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tfp.workflow.run import Run

YEARS = list(range(2015, 2025))
GROWN = [1.0, 1.067, 1.131, 1.204, 1.275, 1.312, 1.349, 1.451, 1.542, 1.65]
OUTPUT = [round(25_193.7 * level, 1) for level in GROWN]
LABOUR = [702.31, 709.44, 713.87, 718.26, 722.05, 725.92, 736.53, 741.17, 744.78, 750.06]
INVESTMENT = [round(9_004.1 * level**1.1, 1) for level in GROWN]
SECRET_YEAR = 2021
NAMES = {"report.html", "report.docx", "tables.xlsx", "manifest.json"}
COPIES = {
    "outside": ["B5", "B7", "B8", "B10"],
    "embargo": date(2026, 12, 29),
    "hidden": [{"role": "labour", "years": [SECRET_YEAR], "reason": "one enterprise employs most"}],
}
PLAN = {"title": "Tăng trưởng Hòa An", "area": "Hòa An", "language": "vi", "output_name": "GRDP"}


def tables_of(office: Any, **changes: Any) -> dict[str, Any]:
    office.write("figures.csv", year=YEARS, grdp=OUTPUT, gfcf=INVESTMENT, employed=LABOUR)
    roles = {"output": "grdp", "investment": "gfcf", "labour": "employed"}
    initial = {"method": "capital_output_ratio", "ratio": 2.5, "year": 2015, "source": "stated"}
    return {
        "plan": {**PLAN, "date": date(2026, 12, 1)},
        "source": [{"title": "Niên giám thống kê"}],
        "method": {"shares": {"capital": 0.4, "source": "stated"}},
        "data": {"file": "figures.csv", "time": "year", "columns": roles},
        "capital": {"depreciation": 0.05, "initial": initial},
        "periods": {"list": ["2016-2020", "2021-2024"]},
        "report": {"charts": ["tfp_index"]},
        "copies": COPIES,
        **changes,
    }


@pytest.fixture(scope="module")
def run(offices: Any, tmp_path_factory: pytest.TempPathFactory) -> Run:
    office = offices(tmp_path_factory.mktemp("copies"))
    return run_plan(plan_of(tables_of(office)), office.folder)


@pytest.fixture(scope="module")
def files(run: Run) -> dict[str, bytes]:
    return run_files(run)[0]


@pytest.fixture
def public(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of the outside copy."""
    return {name: data for name, data in files.items() if name.startswith(FOLDER)}


def texts_of(files: dict[str, bytes]) -> Iterator[str]:
    """Give all that a reader, or a program, finds in some files."""
    for name, data in files.items():
        if name.endswith((".xlsx", ".docx")):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    yield archive.read(member).decode("utf-8", "replace")
        else:
            yield html.unescape(data.decode("utf-8", "replace"))


def printed_numbers(files: dict[str, bytes]) -> set[str]:
    """Return every number in the texts of some files, drawings and styles aside."""
    found: set[str] = set()
    for words in texts_of(files):
        body = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<script>.*?</script>", "", words,
                      flags=re.DOTALL)  # fmt: skip
        found |= set(re.findall(r"(?<![\w.,])-?\d[\d.,]*\d(?![\w])", body))
    return found


def test_the_copy_holds_the_listed_tables_and_nothing_else(public: dict[str, bytes]) -> None:
    assert set(public) == {
        f"public/{name}" for name in ("report.html", "report.docx", "tables.xlsx", "manifest.json")
    }
    book = openpyxl.load_workbook(io.BytesIO(public["public/tables.xlsx"]))
    assert book.sheetnames == ["B5", "B7", "B8", "B10"]
    for word in ("results.json", "ledger", "Nhật ký", "figures.csv", "one enterprise employs most"):
        assert word not in "\n".join(texts_of(public)), word
    manifest = json.loads(public["public/manifest.json"])
    assert set(manifest) == {"kind", "schema", "tfp", "title", "language", "tables", "files"}
    assert manifest["tables"] == ["B5", "B7", "B8", "B10"]
    assert public["public/report.html"].decode().count("<caption>") == 4


def test_no_note_speaks_of_a_year_of_which_something_is_withheld(
    public: dict[str, bytes],
) -> None:
    page = public["public/report.html"].decode()
    remarks = re.findall(r'<p class="remark">(.*?)</p>', page)
    assert any("được bảo mật" in remark for remark in remarks)
    assert not [remark for remark in remarks if str(SECRET_YEAR) in remark]


def test_no_formula_and_no_longer_number_than_printed(public: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(public["public/tables.xlsx"]))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [value for value in values if isinstance(value, str) and value.startswith("=")]
    numbers = [value for value in values if isinstance(value, float)]
    assert numbers
    assert all(round(value, 4) == value for value in numbers)
    exact = re.findall(r'data-value="([^"]+)"', public["public/report.html"].decode())
    assert exact
    assert all(len(value.partition(".")[2]) <= 4 for value in exact)


def copied(run: Run) -> dict[str, bytes]:
    """Return the outside copy of a run as a page and its tables, nothing else being made."""
    document = build_document(run.content)
    page = {"report.html": lambda document: page_text(document).encode()}
    return copy_files(run.plan.copies, document, run.content, page)[0]


def hidden_values(run: Run) -> dict[str, float]:
    """Return what nobody outside may know or compute, by what it is."""
    accounts, at = run.content.accounts, YEARS.index(SECRET_YEAR)
    labour = np.array(LABOUR)
    return {
        "labour": labour[at],
        "growth into the year": 100.0 * (labour[at] / labour[at - 1] - 1.0),
        "growth out of it": 100.0 * (labour[at + 1] / labour[at] - 1.0),
        "points": accounts.contributions["labour"][SECRET_YEAR],
        "points after": accounts.contributions["labour"][SECRET_YEAR + 1],
        "share": accounts.share_of_growth["labour"][SECRET_YEAR],
        "share after": accounts.share_of_growth["labour"][SECRET_YEAR + 1],
        "productivity": OUTPUT[at] / labour[at],
    }


def test_no_file_of_the_copy_holds_a_hidden_number(
    run: Run, files: dict[str, bytes], public: dict[str, bytes]
) -> None:
    found = printed_numbers(public)
    inside = printed_numbers({"report.html": files["report.html"]})
    for name, value in hidden_values(run).items():
        shown = 1 if name == "labour" else 2
        forms = {show_number(value, shown, language) for language in ("en", "vi")}
        forms |= {repr(round(float(value), digits)) for digits in range(shown, 7)}
        assert forms & inside, f"the office's own report has {name}"
        assert not forms & found, f"the copy gives {name}"


def test_labour_cannot_be_solved_for_from_what_the_copy_prints(
    run: Run, public: dict[str, bytes]
) -> None:
    """Try each way to the hidden year that its neighbours, output and the shares offer."""
    book = openpyxl.load_workbook(io.BytesIO(public["public/tables.xlsx"]))
    rows = {
        (sheet.title, row[0].value): [cell.value for cell in row]
        for sheet in book
        for row in sheet.iter_rows()
    }
    of_labour, results, other = (rows[name, SECRET_YEAR] for name in ("B5", "B7", "B10"))
    after = rows["B7", SECRET_YEAR + 1]
    assert not [cell for cell in of_labour[1:] if isinstance(cell, float)]
    # year, growth of Y, K, L; points of K, L, TFP; shares of K, L, TFP
    for row in (results, after):
        assert isinstance(row[1], float), "the growth of output can be printed"
        assert not isinstance(row[3], float)
        assert not isinstance(row[5], float)
        assert not isinstance(row[8], float)
        points, shares = (row[4], row[6]), (row[7], row[9])
        assert not all(isinstance(cell, float) for cell in points), "growth less the others"
        assert not all(isinstance(cell, float) for cell in shares), "a hundred less the others"
    assert not isinstance(other[1], float), "output over productivity"


def test_the_same_plan_without_secrets_prints_everything(office: Any) -> None:
    copies = {"outside": COPIES["outside"]}
    run = run_plan(plan_of(tables_of(office, copies=copies)), office.folder)
    found = printed_numbers(
        {n: d for n, d in run_files(run)[0].items() if n.startswith(f"{FOLDER}/")}
    )
    for name, value in hidden_values(run).items():
        assert show_number(value, 1 if name == "labour" else 2, "vi") in found, name


def said(files: dict[str, bytes]) -> str:
    page = files["public/report.html"].decode()
    return html.unescape(
        re.sub(r"<svg.*?</svg>|<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    )


@pytest.mark.parametrize(
    ("when", "early"),
    [(date(2026, 12, 1), True), (None, True), (date(2026, 12, 29), False)],
    ids=["before", "without a date", "on the day"],
)
def test_the_embargo_counts_from_the_date_of_the_plan(
    office: Any,
    when: date | None,
    early: bool,  # noqa: FBT001  (one of two embargoes)
) -> None:
    plan = {**PLAN, **({"date": when} if when else {})}
    copies = {"outside": ["B7"], "embargo": COPIES["embargo"]}
    run = run_plan(plan_of(tables_of(office, plan=plan, copies=copies)), office.folder)
    assert ("không công bố trước ngày 29/12/2026" in said(copied(run))) is early
    refusing = {**copies, "before_embargo": "refuse"}
    run = run_plan(plan_of(tables_of(office, plan=plan, copies=refusing)), office.folder)
    assert (f"{FOLDER}/report.html" in copied(run)) is not early


def test_sentences_and_charts_with_other_numbers_are_left_out(office: Any) -> None:
    copies = {"outside": ["B5"]}
    run = run_plan(plan_of(tables_of(office, copies=copies)), office.folder)
    inside = page_text(build_document(run.content))
    files = copied(run)
    assert "<svg" in inside
    assert "<svg" not in files["public/report.html"].decode()
    growth = show_number(run.content.accounts.contributions["output"][2024], 2, "vi")
    assert growth in inside
    assert growth not in printed_numbers(files)


def test_cells_of_a_table_can_be_marked(office: Any) -> None:
    hidden = [{"table": "B10", "row": "2021", "column": "ICOR", "reason": "r"}]
    copies = {"outside": ["B10"], "hidden": hidden}
    run = run_plan(plan_of(tables_of(office, copies=copies)), office.folder)
    book = openpyxl.load_workbook(io.BytesIO(copied(run)["public/tables.xlsx"]))
    (row,) = (row for row in book["B10"].iter_rows() if row[0].value == SECRET_YEAR)
    assert "–" in str(row[-2 if row[-1].value is None else -1].value)


def test_a_sector_is_hidden_at_both_prices_and_another_one_beside_it(office: Any) -> None:
    """Of sectors, growth, contributions: what is left does not give the sector away."""
    parts = {"agriculture": (0.30, 0.01), "industry": (0.37, 0.023), "services": (0.33, 0.017)}
    at = YEARS.index(SECRET_YEAR)
    constant = {
        name: [round(share * y * (1.0 + gain * n), 1) for n, y in enumerate(OUTPUT)]
        for name, (share, gain) in parts.items()
    }
    current = {name: [round(1.4 * v, 1) for v in values] for name, values in constant.items()}
    total = [round(sum(each), 1) for each in zip(*constant.values(), strict=True)]
    copies = {
        "outside": ["B1", "B2"],
        "hidden": [{"role": "output_by_part:industry", "years": [SECRET_YEAR], "reason": "r"}],
    }
    tables = tables_of(office, copies=copies)
    office.write(
        "figures.csv",
        year=YEARS,
        grdp=total,
        now=[round(sum(each), 1) for each in zip(*current.values(), strict=True)],
        gfcf=INVESTMENT,
        employed=LABOUR,
        **constant,
        **{f"now_{name}": values for name, values in current.items()},
    )
    tables["data"]["columns"] |= {
        "output_current": "now",
        "output_by_part": {name: name for name in parts},
        "output_current_by_part": {name: f"now_{name}" for name in parts},
    }
    run = run_plan(plan_of(tables), office.folder)
    book = openpyxl.load_workbook(io.BytesIO(copied(run)["public/tables.xlsx"]))
    rows = {
        (sheet.title, row[0].value): [cell.value for cell in row]
        for sheet in book
        for row in sheet.iter_rows()
    }
    # Year; total, agriculture, industry, services at constant, then at current prices.
    levels = rows["B1", SECRET_YEAR]
    assert levels[1] == total[at]
    for first in (1, 5):
        shown = [isinstance(cell, float) for cell in levels[first : first + 4]]
        assert not shown[2]
        assert sum(shown) == 2, "the sector, and one beside it that the total would give"
    # Growth of total and sectors, then their contributions: no way from the year before
    # to the sector or to the one beside it, nor back from the year after.
    beside = next(place for place in (2, 4) if not isinstance(levels[place], float))
    for year in (SECRET_YEAR, SECRET_YEAR + 1):
        growth = rows["B2", year]
        for place in (3, beside, 6, beside + 3):
            assert not isinstance(growth[place], float)


@pytest.mark.parametrize(
    "hidden",
    [
        {"role": "labour", "years": [1999], "reason": "r"},
        {"role": "population", "reason": "r"},
        {"table": "B7", "row": "1999", "reason": "r"},
    ],
    ids=["year", "role", "row"],
)
def test_a_mark_that_hides_nothing_stops_the_run(office: Any, hidden: dict[str, Any]) -> None:
    copies = {"outside": ["B7"], "hidden": [hidden]}
    run = run_plan(plan_of(tables_of(office, copies=copies)), office.folder)
    with pytest.raises(PlanError) as raised:
        copied(run)
    assert raised.value.code == "copies-nothing-hidden"
    assert "copies.hidden[1]" in raised.value.message("vi")


@pytest.mark.parametrize(
    ("copies", "code", "key"),
    [
        ({}, "plan-key-missing", "copies.outside"),
        ({"outside": ["B1", "B1"]}, "plan-listed-twice", "copies.outside"),
        ({"outside": ["B1"], "before_embargo": "mark"}, "plan-key-needs", "copies.before_embargo"),
        ({"outside": ["B1"], "protection": 10}, "plan-per-cent", "copies.protection"),
        (
            {"outside": ["B1"], "hidden": [{"reason": "r"}]},
            "plan-choose-one",
            "copies.hidden[1].role",
        ),
        (
            {"outside": ["B1"], "hidden": [{"reason": "r", "role": "labour", "row": "2021"}]},
            "plan-key-needs",
            "copies.hidden[1].row",
        ),
    ],
)
def test_what_is_not_understood_is_said_with_its_key(
    office: Any, copies: dict[str, Any], code: str, key: str
) -> None:
    office.refused(code, key, **tables_of(office, copies=copies))


@pytest.fixture
def content(files: dict[str, bytes]) -> tuple[dict[str, bytes], bytes, str]:
    """Return a run's files with its copy, and a manifest: what a folder is made of."""
    kept = ("report.html", "results.json")
    files = {n: d for n, d in files.items() if n.startswith(FOLDER) or n in kept}
    entries = {name: {"sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    manifest = json.dumps({"kind": "tfp run", "files": entries}).encode()
    return files, manifest, hashlib.sha256(manifest).hexdigest()


@pytest.mark.parametrize("moment", ["before", "torn", "after"])
def test_the_copy_comes_with_the_results_or_not_at_all(
    disks: Any, moment: str, content: tuple[dict[str, bytes], bytes, str], tmp_path: Path
) -> None:
    probe = disks()
    RunFolder(tmp_path / "probe", probe).put(*content)
    for at in range(1, probe.count + 1):
        out = tmp_path / f"{moment}-{at}" / "results"
        out.parent.mkdir()
        with pytest.raises(disks.Killed):
            RunFolder(out, disks(at, moment)).put(*content)
        assert not out.exists() or state_of(out) == "intact"
        RunFolder(out).repair()
        assert not out.exists() or (out / FOLDER / "report.html").is_file()
        RunFolder(out).put(*content)
        assert state_of(out) == "intact"
        assert {path.name for path in (out / FOLDER).iterdir()} == NAMES


def test_a_changed_copy_is_a_changed_folder(run: Run, tmp_path: Path) -> None:
    plan = b"[plan]\n"
    out = tmp_path / "results"
    write_run(run, plan, RunFolder(out))
    assert state_of(out) == "intact"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    inside = {name for name in manifest["files"] if name.startswith("public/")}
    assert inside == {f"public/{name}" for name in NAMES}
    assert manifest["audience"] == "internal"
    assert {"html", "json", "xlsx"} <= set(manifest["formats"])
    assert manifest["outside"] == {
        "tables": COPIES["outside"],
        "embargo": "2026-12-29",
        "under_embargo": True,
        "written": True,
    }
    (out / FOLDER / "report.html").write_text("other", encoding="utf-8")
    assert state_of(out) == "changed"


def test_a_file_of_the_copy_that_is_open_is_named(
    disks: Any,
    content: tuple[dict[str, bytes], bytes, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "Nguyễn Văn A" / "kết quả 2026"
    out.parent.mkdir()
    RunFolder(out).put(*content)
    probe = disks()
    RunFolder(out, probe).put(*content)
    held = disks(probe.names.index("rename") + 1, "before", PermissionError(13, "Access is denied"))
    monkeypatch.setattr(held, "is_held", lambda path: path.name == "tables.xlsx")
    with pytest.raises(OutputError) as raised:
        RunFolder(out, held).put(*content)
    assert raised.value.code == "results-open"
    assert raised.value.fields["file"] == "public/tables.xlsx"
    assert state_of(out) == "intact"


def test_a_listed_table_that_the_run_lacks_is_told(office: Any, tmp_path: Path) -> None:
    tables = tables_of(office, copies={"outside": ["B7", "B9"]})
    written = write_run(run_plan(plan_of(tables), office.folder), b"", RunFolder(tmp_path / "out"))
    (remark,) = written.remarks
    assert remark.code == "copies-tables-missing"
    assert "B9" in remark.part("found", "vi")
    assert "B7" not in remark.part("found", "vi")
    (line,) = (line for line in file_lines(tmp_path / "out", "vi") if FOLDER in line)
    assert line.startswith("Bản công khai")


def test_no_copy_before_its_day_is_told(office: Any) -> None:
    copies = {"outside": ["B7"], "embargo": date(2026, 12, 29), "before_embargo": "refuse"}
    run = run_plan(plan_of(tables_of(office, copies=copies)), office.folder)
    files, (remark,) = copy_files(run.plan.copies, build_document(run.content), run.content, {})
    assert files == {}
    assert "29/12/2026" in remark.part("found", "vi")
