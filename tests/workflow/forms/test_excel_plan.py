"""A form that somebody filled in is the same plan as a written one; its errors name cells."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tomllib
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from tfp.cli import main
from tfp.errors import TFPError
from tfp.language.catalogue import LANGUAGES, text
from tfp.report.building import build_document
from tfp.report.html import page_text
from tfp.tables.references import cell_reference
from tfp.workflow import writing
from tfp.workflow.data_reading import read_data_file
from tfp.workflow.demonstration import demo_files
from tfp.workflow.forms.excel_plan import read_form
from tfp.workflow.forms.form_values import plan_value
from tfp.workflow.forms.template.filling import RATIO
from tfp.workflow.forms.template.filling import example as example_of
from tfp.workflow.forms.template.form import form_bytes
from tfp.workflow.forms.template.lines import BLOCKS, LINES
from tfp.workflow.plans.plan_folder import FORM_NAMES, PLAN_NAMES, PlanFile, find_plan
from tfp.workflow.plans.plan_reading import PLAN_KEYS, read_plan
from tfp.workflow.results_file import results_bytes
from tfp.workflow.run import plan_hash, prepare, run_plan

if TYPE_CHECKING:
    from pathlib import Path

    from tfp.workflow.run import Run

INPUT = 4  # the column of the yellow cells
FORMS = {language: form_bytes(language) for language in LANGUAGES}


class Filler:
    """Somebody with a spreadsheet and an empty form."""

    def __init__(self, language: str, form: bytes = b"") -> None:
        self.language = language
        self.book = load_workbook(io.BytesIO(form or FORMS[language]))
        self.free = {block.name: 0 for block in BLOCKS}

    def sheet(self, name: str) -> Any:
        return self.book[text(f"template.sheet.{name}", self.language)]

    def cell(self, key: str) -> Any:
        """Return the yellow cell of a line."""
        sheet = self.sheet("declaration")
        (row,) = (row[0].row for row in sheet.iter_rows() if key in [c.value for c in row])
        return sheet.cell(row, INPUT)

    def put(self, key: str, value: Any) -> str:
        """Fill in a line; return its address as an error names it."""
        cell = self.cell(key)
        cell.value = value
        return f"{cell.parent.title}!{cell.coordinate}"

    def row(self, block: str, **fields: Any) -> dict[str, str]:
        """Fill in the next line of a table; return the addresses of its fields."""
        sheet = self.sheet("tables")
        (mark,) = (row for row in sheet.iter_rows() if row[0].value == f"[[{block}]]")
        columns = {cell.value: cell.column for cell in mark if cell.value}
        self.free[block] += 1
        at = mark[0].row + self.free[block]
        if not isinstance(sheet.cell(at, 1).value, int):
            sheet.insert_rows(at)  # the table is full
        for name, value in fields.items():
            sheet.cell(at, columns[name]).value = value
        return {name: f"{sheet.title}!{cell_reference(at, columns[name])}" for name in fields}

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def file(self) -> PlanFile:
        return PlanFile(FORM_NAMES[self.language], self.bytes())

    def refused(self) -> TFPError:
        with pytest.raises(TFPError) as raised:
            self.file().plan()
        return raised.value


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """Return the folder of a form with the example in it, and what the command made of it."""
    folder, file = tmp_path_factory.mktemp("example"), copied("vi").file()
    (folder / file.name).write_bytes(file.data)
    runs: list[Run] = []

    def files(run: Run, *_: object) -> tuple[dict[str, bytes], tuple[()]]:
        # How charts and documents look is tried elsewhere.
        runs.append(run)
        page = page_text(build_document(run.content)).encode()
        return {"report.html": page, "results.json": results_bytes(run)}, ()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "run_files", files)
        done = CliRunner().invoke(main, ["run", str(folder / file.name)])
    assert done.exit_code == 0, done.stderr
    return folder, runs[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """Return the folder of the demonstration and its run."""
    folder = tmp_path_factory.mktemp("demo")
    for name, data in demo_files("vi").items():
        (folder / name).write_bytes(data)
    return folder, run_plan(read_plan((folder / "tfp.toml").read_bytes()), folder)


def copied(language: str) -> Filler:
    """Return an empty form into which somebody copied the example."""
    filler = Filler(language, _copied(language))
    filler.free |= {name: len(rows) for name, rows in example_of(language).rows.items()}
    return filler


@cache
def _copied(language: str) -> bytes:
    filler = Filler(language)
    for name, other in (("declaration", "example"), ("data", "example_data")):
        for cells in filler.sheet(other).iter_rows(min_row=3):
            for cell in cells:
                if cell.value is not None:
                    filler.sheet(name).cell(cell.row, cell.column).value = cell.value
    block, fields = "", []
    for row in filler.sheet("example_tables").iter_rows(values_only=True):
        if mark := re.fullmatch(r"\[\[(.+)\]\]", str(row[0] or "")):
            block, fields = mark[1], row[1:]
        elif isinstance(row[0], int) and any(row[1:]):
            stated = zip(fields, row[1:], strict=True)
            filler.row(block, **{name: value for name, value in stated if value is not None})
    for name in ("guide", "example", "example_data", "example_tables", "lists"):
        filler.book.remove(filler.sheet(name))
    return filler.bytes()


def test_the_example_copied_into_an_empty_form_gives_the_report_of_the_demonstration(
    example, demo
) -> None:
    runs = example[1], demo[1]
    ours, theirs = (run.content.accounts.contributions for run in runs)
    for factor in ("capital", "labour", "tfp"):
        expected = pytest.approx(theirs[factor].tolist(), abs=1e-9, nan_ok=True)
        assert ours[factor].tolist() == expected
    found, known = ({each.code for each in run.content.findings} for run in runs)
    assert found <= known, "nothing in it has to be explained beside the demonstration"
    page = (example[0] / "results" / "report.html").read_text(encoding="utf-8")
    assert runs[0].plan.heading.title in page
    assert "Khai báo!" not in page, "every source is named"
    assert len(runs[0].sensitivities) == 5


def test_the_english_example_is_ready_to_run(tmp_path: Path) -> None:
    file = copied("en").file()
    (tmp_path / file.name).write_bytes(file.data)
    assert not prepare(find_plan(tmp_path).plan(), tmp_path).blocking


def test_the_stated_ratio_of_the_example_is_the_one_that_the_demonstration_derives(demo) -> None:
    capital, panel = demo[1].content.capital, demo[1].content.panel
    assert capital.end_of_year[0] / panel.values("output")[0] == pytest.approx(RATIO, rel=1e-15)


def as_form(language: str) -> Filler:
    """Return a form that says all that the demonstration's plan says."""
    filler = Filler(language)
    demo = tomllib.loads(demo_files(language)["tfp.toml"].decode())
    for key, value in leaves({k: v for k, v in demo.items() if not isinstance(v, list)}):
        if key in LINES:
            filler.put(key, in_a_cell(value))
        else:
            filler.row("further", key=key, value=value)
    blocks = [name for name, value in demo.items() if isinstance(value, list)]
    for block in (name for name in blocks if name != "sensitivity"):
        for each in demo[block]:
            shown = {name: in_a_cell(value) for name, value in each.items()}
            if block == "fill":
                shown["year"] = int(shown.pop("years"))
            filler.row(block, **shown)
    for each in demo["sensitivity"]:
        for key, value in leaves({k: v for k, v in each.items() if k != "name"}):
            filler.row("sensitivity", name=each["name"], key=key, value=in_a_cell(value))
    return filler


def leaves(table: dict[str, Any], path: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in table.items():
        inside = isinstance(value, dict)
        found += leaves(value, f"{path}{name}.") if inside else [(f"{path}{name}", value)]
    return found


def in_a_cell(value: Any) -> Any:
    """Return a value as somebody types it: lists by semicolons, of tables as in TOML."""
    if not isinstance(value, list):
        return value
    if value and not isinstance(value[0], dict):
        return "; ".join(map(str, value))
    tables = [
        ", ".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in each.items())
        for each in value
    ]
    return f"[{', '.join(f'{{ {each} }}' for each in tables)}]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_says_the_same_as_a_written_plan_is_the_same_plan(language: str) -> None:
    written = read_plan(demo_files(language)["tfp.toml"])
    filled = as_form(language).file().plan()
    assert filled.normalised() == written.normalised()
    assert plan_hash(filled) == plan_hash(written)
    assert filled == written


def test_the_same_plan_has_the_same_results_to_the_last_byte(demo) -> None:
    folder, run = demo
    assert results_bytes(run_plan(as_form("vi").file().plan(), folder)) == results_bytes(run)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_is_answered_with_every_cell_that_is_to_be_filled_in(language: str) -> None:
    error = Filler(language).refused()
    assert error.code == "form-incomplete"
    filler = Filler(language)
    plan, data = filler.sheet("declaration").title, filler.sheet("data").title
    named = re.findall(r"  - (.+?)!([A-Z]+[0-9]+) \(", error.message(language))
    needed = ("plan.title", "plan.area", "method.shares.capital", "capital.depreciation")
    assert {(plan, filler.cell(key).coordinate) for key in needed} <= set(named)
    assert {(data, f"{column}10") for column in "ABCD"} <= set(named)
    assert len(named) == error.fields["count"] == 9


@pytest.mark.parametrize(
    ("lost", "code"),
    [
        ("data", "form-sheet"),
        ("tables", "form-sheet"),
        ("keys", "form-keys-missing"),
        ("line", "form-line-missing"),
    ],
)
def test_what_somebody_deleted_is_asked_for_and_nothing_else(lost: str, code: str) -> None:
    filler = copied("vi")
    if lost == "keys":
        filler.sheet("data").delete_rows(8)
    elif lost == "line":
        line = filler.cell("method.shares.capital")
        line.parent.delete_rows(line.row)
    else:
        filler.sheet(lost).title = "So lieu"
    error = filler.refused()
    assert error.code == code
    words = error.message("vi")
    named = {"line": "Hệ số đóng góp của vốn", "tables": "Bảng kê"}.get(lost, "Số liệu")
    assert named in words


def test_what_a_rule_needs_is_asked_for_only_where_the_rule_is_chosen() -> None:
    filler = copied("en")
    filler.put("capital.initial.method", "Given stock")
    filler.put("capital.initial.ratio", None)
    error = filler.refused()
    assert error.fields["count"] == 1
    assert filler.cell("capital.initial.value").coordinate in error.message()


# What is typed into which line, the code of the answer, and what its words hold.
SLIPS = [
    ("method.shares.capital", 40, "form-cell-per-cent", "0.4"),
    ("method.shares.capital", 1.4, "form-cell-per-cent", "0.014"),
    ("method.shares.capital", "a third", "form-cell-not-number", "a third"),
    ("capital.initial.ratio", "2.506", "form-cell-not-number", "2.506"),
    ("capital.initial.year", 2010.5, "form-cell-not-whole", "2010.5"),
    ("plan.date", "30.13.2026", "form-cell-not-date", "30.13.2026"),
    ("capital.timing", "at dusk", "form-cell-word-unknown", "at dusk"),
    ("plan.language", "Français", "form-cell-word-unknown", "Français"),
    ("capital.depreciation", -0.05, "plan-out-of-range", "-0.05"),
    ("periods.list", "2011-2015; 2015-2011", "span-not-understood", "2015-2011"),
    ("copies.embargo", datetime(2026, 1, 1), "form-cell-empty", "copies"),  # noqa: DTZ001
    ("targets.area", "=1/0", "form-cell", "="),
    ("copies.outside", "B1,B7;b8; B99", "form-cell-word-unknown", "B13b"),
]


@pytest.mark.parametrize(("key", "typed", "code", "words"), SLIPS)
def test_an_error_names_the_cell_and_the_line_in_place_of_the_key(
    key: str, typed: object, code: str, words: str
) -> None:
    filler = copied("vi")
    sheet, cell = filler.put(key, typed).split("!")
    error = filler.refused()
    assert error.code == code
    if code != "form-cell-empty":
        assert (error.places[0].sheet, error.places[0].cell) == (sheet, cell)
    for language in LANGUAGES:
        said = error.message(language, in_plan=True)
        assert "ke-hoach.xlsx" in said
        assert sheet in said
        assert "tfp.toml" not in said
        assert words in said or code == "form-cell-empty"
        assert key not in said, "a key means little to whoever filled in a form"


def test_tables_for_outside_are_listed_with_commas_and_in_small_letters_too() -> None:
    filler = copied("vi")
    filler.put("copies.outside", "b1, B7;b8 B11B")
    copies = filler.file().plan().copies
    assert copies is not None
    assert copies.outside == ("B1", "B7", "B8", "B11b")


def test_an_error_of_a_line_of_a_table_names_its_cell() -> None:
    filler = copied("en")
    cells = filler.row("splice", role="Labour", at="soon", previous=1.0, source="s")
    error = filler.refused()
    assert error.code == "form-cell-not-number"
    assert f"{error.places[0].sheet}!{error.places[0].cell}" == cells["at"]
    filler = copied("en")
    cells = filler.row("sensitivity", name="x", key="Rate of depreciation", value=7)
    error = filler.refused()
    assert error.code == "form-cell-per-cent"
    assert f"{error.places[0].sheet}!{error.places[0].cell}" == cells["value"]
    filler = copied("en")
    cells = filler.row("further", key="capital depreciation", value=0.05)
    assert filler.refused().code == "form-key"


def test_a_figure_that_is_none_names_the_cell_of_the_sheet_of_figures(tmp_path: Path) -> None:
    filler = copied("vi")
    filler.sheet("data")["D12"] = "khoảng 50 triệu"
    file = filler.file()
    with pytest.raises(TFPError) as raised:
        run_plan(file.plan(), tmp_path) if (tmp_path / file.name).write_bytes(file.data) else None
    places = [(place.sheet, place.cell) for place in raised.value.places]
    assert places == [("Số liệu", "D12")], "the first cell of the column is not to blame"
    assert all(place.file == "ke-hoach.xlsx" for place in raised.value.places)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ({"D12": "50.352,0", "D13": "51.398"}, [50352.0, 51398.0]),
        ({"D12": "50352.5", "D13": "51,398"}, [50352.5, 51398.0]),
        ({"D12": "50.352"}, None),
        ({"D12": "50.352,5", "D13": "51398.5"}, None),
    ],
)
def test_figures_typed_as_text_are_read_where_the_sheet_says_how(
    typed: dict[str, str], read: list[float] | None, tmp_path: Path
) -> None:
    filler = copied("vi")
    for cell, words in typed.items():
        filler.sheet("data")[cell] = words
    file = filler.file()
    (tmp_path / file.name).write_bytes(file.data)
    if read is not None:
        values = read_data_file(file.plan(), tmp_path).panel.values("labour")
        assert values[2 : 2 + len(read)].tolist() == read
        return
    with pytest.raises(TFPError) as raised:
        read_data_file(file.plan(), tmp_path)
    assert raised.value.code in ("decimal-ambiguous", "cell-not-a-number")


def test_a_source_may_name_what_the_plan_deflates() -> None:
    filler = copied("vi")
    data = filler.sheet("data")
    (at,) = (c.column for c in data[8] if c.value == "data.columns.investment_current")
    for row in range(10, data.max_row + 1):
        investment = data.cell(row, 3)
        data.cell(row, at).value, investment.value = investment.value, None
        data.cell(row, at + 1).value = 1.0 if data.cell(row, at).value else None
    data.cell(6, 3).value = data.cell(7, 3).value = None
    filler.row("deflate", role="Đầu tư", base=2010, source="s")
    filler.row("source", title="Niên giám", roles="Sản lượng; Đầu tư; Lao động")
    roles = filler.file().plan().sources[-1].roles
    assert roles == ("output", "investment", "investment_current", "labour")


# The same value, as different computers and habits write it.
TYPED = [
    ("method.shares.capital", ["0,40", "0.40", "40 %", "40%", 0.4]),
    ("capital.depreciation", ["0,05", "5 %", 0.05]),
    ("plan.date", ["30/11/2026", "30-11-2026", "2026-11-30", datetime(2026, 11, 30)]),  # noqa: DTZ001
    ("capital.initial.year", [2010, 2010.0, "2010"]),
    ("capital.timing", ["end", "Cuối năm", "cuối  năm", "End of the year"]),
    (
        "periods.list",
        ["2011-2015; 2016-2020", "2011–2015;2016 - 2020;", '["2011-2015", "2016-2020"]'],
    ),
]


@pytest.mark.parametrize(("key", "ways"), TYPED)
def test_a_value_is_understood_however_it_is_typed(key: str, ways: list[Any]) -> None:
    first, *others = [plan_value(way, LINES[key]) for way in ways]
    assert others == [first] * len(others)


def test_a_form_filled_in_by_hand_is_the_plan_of_the_example() -> None:
    filler = copied("vi")
    before = plan_hash(filler.file().plan())
    for key, value in (("method.shares.capital", "40 %"), ("capital.depreciation", "0,05")):
        filler.put(key, value)
    filler.put("capital.timing", "CUỐI NĂM")
    filler.put("capital.initial.year", "2010")
    assert plan_hash(filler.file().plan()) == before


def test_rows_sheets_and_columns_may_be_moved() -> None:
    filler = copied("vi")
    before = plan_hash(filler.file().plan())
    filler.sheet("declaration").insert_rows(5, amount=3)
    filler.book.create_sheet("Ghi chú", 0)
    filler.sheet("declaration").move_range("C1:G200", cols=2)
    assert plan_hash(filler.file().plan()) == before


def test_a_form_without_its_sheet_or_its_columns_is_answered() -> None:
    filler = copied("vi")
    filler.sheet("declaration").title = "Sheet1"
    assert filler.refused().code == "form-sheet"
    filler = copied("vi")
    filler.sheet("declaration")["G3"] = None
    assert filler.refused().code == "form-columns"


def grey_row(sheet: Any, key: str) -> int:
    (row,) = (row[0].row for row in sheet.iter_rows() if key in [cell.value for cell in row])
    return int(row)


def key_lost(filler: Filler) -> None:
    sheet = filler.sheet("declaration")
    key = next(c for row in sheet.iter_rows() for c in row if c.value == "capital.timing")
    key.value = None


def titles_lost(filler: Filler) -> None:
    sheet = filler.sheet("data")
    sheet.delete_rows(grey_row(sheet, "data.time") + 1)


def table_lost(filler: Filler) -> None:
    sheet = filler.sheet("tables")
    sheet.delete_rows(grey_row(sheet, "[[splice]]"))


@pytest.mark.parametrize(
    ("damage", "code", "said"),
    [
        (key_lost, "form-line-missing", "capital.timing"),
        (titles_lost, "form-titles-missing", "Số liệu"),
        (table_lost, "form-keys-missing", "[[splice]]"),
    ],
)
def test_a_damaged_form_is_told_what_it_lost(damage: Any, code: str, said: str) -> None:
    filler = copied("vi")
    damage(filler)
    error = filler.refused()
    assert error.code == code
    words = error.message("vi", in_plan=True)
    assert said in words
    assert "tfp new" in words


def test_a_row_may_be_inserted_above_the_titles_of_the_figures() -> None:
    filler = copied("vi")
    sheet = filler.sheet("data")
    sheet.insert_rows(grey_row(sheet, "data.time") + 1)
    data, before = (each.file().plan().data for each in (filler, copied("vi")))
    assert data.header_row == before.header_row + 1
    assert data.columns == before.columns


def test_figures_stand_in_the_form_or_in_another_file_not_in_both() -> None:
    filler = copied("en")
    filler.put("data.file", "figures.csv")
    assert filler.refused().code == "form-figures-twice"


def test_per_cent_is_what_is_shown_where_plans_count_in_per_cent() -> None:
    # Typed as 45 %, a spreadsheet stores 0.45 and shows it in per cent.
    for typed, shown in ((45.0, "General"), (0.45, "0%"), (0.45, "0.00%"), ("45 %", "@")):
        filler = copied("en")
        at = filler.row("reported", quantity="TFP share of growth", period="2016-2020", value=typed)
        cell = filler.sheet("tables")[at["value"].partition("!")[2]]
        cell.number_format = shown
        tables = read_form(filler.bytes(), "plan.xlsx").tables
        assert tables["reported"][0]["value"] == 45.0
        assert tables["reported"][0]["period"] == "2016-2020"


def test_what_is_said_twice_is_refused_with_both_cells() -> None:
    filler = copied("vi")
    first = filler.put("capital.depreciation", 0.05)
    second = filler.row("further", key="capital.depreciation", value=0.06)["value"]
    error = filler.refused()
    assert error.code == "form-twice"
    assert [f"{place.sheet}!{place.cell}" for place in error.places] == [first, second]


def test_capital_as_a_column_needs_no_inventory(tmp_path: Path) -> None:
    filler = copied("en")
    for key in LINES:
        if key.startswith("capital.") and key != "capital.timing":
            filler.put(key, None)
    sheet = filler.sheet("data")
    (column,) = (c.column for c in sheet[8] if c.value == "data.columns.capital")
    for row in range(10, 25):
        sheet.cell(row, column).value = 1000.0 * row
    tables = read_form(filler.bytes(), "plan.xlsx").tables
    assert "capital" not in tables
    assert tables["data"]["columns"]["capital"]


def test_a_yearbook_s_sheets_can_be_declared_row_by_row() -> None:
    filler = Filler("vi")
    common = {"file": "ng.xlsx", "sheet": "GRDP", "unit": "tỷ đồng"}
    filler.row("data.sheet", **common, role="Sản lượng", label="TỔNG SỐ")
    filler.row("data.sheet", **common, role="output_by_part", part="services", label="Dịch vụ")
    filler.row("data.sheet", file="ng.xlsx", sheet="Lao động", role="Lao động", label="Tổng")
    data = read_form(filler.bytes(), "ke-hoach.xlsx").tables["data"]
    assert data["sheet"] == [
        {**common, "rows": {"output": "TỔNG SỐ", "output_by_part": {"services": "Dịch vụ"}}},
        {"file": "ng.xlsx", "sheet": "Lao động", "rows": {"labour": "Tổng"}},
    ]


def test_a_folder_with_two_plans_is_refused_whichever_they_are(tmp_path: Path) -> None:
    for name in PLAN_NAMES[:2]:
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(TFPError) as raised:
        find_plan(tmp_path)
    assert raised.value.code == "form-beside-plan"
    assert {place.file for place in raised.value.places} == set(PLAN_NAMES[:2])


def test_the_manifest_names_the_form_as_plan_and_as_file_of_figures(example) -> None:
    folder, _ = example
    manifest = json.loads((folder / "results" / "manifest.json").read_text(encoding="utf-8"))
    form = (folder / FORM_NAMES["vi"]).read_bytes()
    assert manifest["plan"]["file"] == FORM_NAMES["vi"]
    assert manifest["plan"]["sha256"] == hashlib.sha256(form).hexdigest()
    assert [each["file"] for each in manifest["inputs"]] == [FORM_NAMES["vi"]]


def test_an_approved_plan_may_be_a_form() -> None:
    assert plan_hash(read_plan(copied("en").bytes())) == plan_hash(copied("en").file().plan())


def test_every_table_of_a_plan_can_be_said_in_a_form() -> None:
    """What no line asks for can be said by its key: nothing of a plan is out of reach."""
    filler = copied("en")
    filler.row("further", key='checks."growth_tolerance"', value="0,5")
    filler.row("further", key="labour.measure", value='"persons"')
    filler.row("further", key="answer[3]", value='{ code = "outlier", reason = "r" }')
    filler.row("further", key="answer[3].years", value="[2018]")
    plan = filler.file().plan()
    assert plan.checks.growth_tolerance == 0.5
    assert plan.answers[2].years == (2018,)
    assert "labour" in PLAN_KEYS


def test_a_unit_left_out_and_one_a_thousand_times_off_are_found_in_their_cells(
    tmp_path: Path,
) -> None:
    def found(unit: str | None) -> dict[str, Any]:
        filler = copied("vi")
        sheet = filler.sheet("data")
        (row,) = (row for row in sheet.iter_rows() if row[0].value == "Đơn vị tính")
        keys = next(row for row in sheet.iter_rows() if "data.time" in [c.value for c in row])
        at = next(cell.column for cell in keys if cell.value == "data.columns.labour")
        sheet.cell(row[0].row, at).value = unit
        file = filler.file()
        (tmp_path / file.name).write_bytes(file.data)
        findings = prepare(file.plan(), tmp_path).findings
        return {each.code: each for each in findings} | {"cell": sheet.cell(row[0].row, at)}

    said = found(None)
    (place,) = said["units-missing"].places
    assert place.cell == said["cell"].coordinate
    assert "lao động" in said["units-missing"].part("found", "vi")
    assert "productivity-implausible" in found("người")
    assert not {"productivity-implausible", "units-missing"} & set(found("nghìn người"))


def test_what_is_hidden_may_be_called_as_the_sheet_of_figures_calls_it() -> None:
    for typed, role in (
        ("Công nghiệp và xây dựng", "output_by_part:industry"),
        ("dịch vụ (giá hiện hành)", "output_current_by_part:services"),
    ):
        filler = copied("vi")
        filler.put("copies.outside", "B9")
        filler.row("copies.hidden", reason="một doanh nghiệp", role=typed, entity=None)
        copies = filler.file().plan().copies
        assert copies is not None
        assert copies.hidden[0].role == role
    filler = copied("vi")
    filler.put("copies.outside", "B9")
    at = filler.row("copies.hidden", reason="một doanh nghiệp", role="Công nghiệp nặng")
    error = filler.refused()
    assert error.code == "form-cell-role-unknown"
    assert f"{error.places[0].sheet}!{error.places[0].cell}" == at["role"]
    assert "output" not in error.message("vi")


def test_an_estimate_in_another_unit_names_its_cell_and_the_unit(tmp_path: Path) -> None:
    filler = copied("vi")
    at = filler.row("estimate", role="Lao động", year=2025, value=700_000_000, source="Sở")
    file = filler.file()
    (tmp_path / file.name).write_bytes(file.data)
    with pytest.raises(TFPError) as raised:
        prepare(file.plan(), tmp_path)
    error = raised.value
    assert error.code == "estimate-in-another-unit"
    assert f"{error.places[0].sheet}!{error.places[0].cell}" == at["value"]
    assert "nghìn người" in error.message("vi")


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"label": "Tổng cộng lớn"}, "label", "label-unknown"),
        ({"section": "Giá cố định"}, "section", "section-unknown"),
        ({"sheet": "39"}, "sheet", "unknown-sheet"),
    ],
)
def test_a_wrong_word_about_a_yearbook_s_sheet_names_its_own_cell(
    wrong: dict[str, str], field: str, code: str, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.title = "GRDP"
    rows = (["Đơn vị tính: Tỷ đồng"], [None, 2015, 2016, 2017], ["TỔNG SỐ", 1.5, 2.5, 3.5])
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "ng.xlsx")
    filler = copied("vi")
    for row in filler.sheet("data").iter_rows(min_row=10):
        for cell in row:
            cell.value = None
    said = {"file": "ng.xlsx", "sheet": "GRDP", "unit": "tỷ đồng", "label": "TỔNG SỐ"}
    at = filler.row("data.sheet", role="Sản lượng", **{**said, **wrong})
    for role in ("Đầu tư", "Lao động"):
        filler.row("data.sheet", role=role, **said)
    file = filler.file()
    (tmp_path / file.name).write_bytes(file.data)
    with pytest.raises(TFPError) as raised:
        prepare(file.plan(), tmp_path)
    assert raised.value.code == code
    cells = [f"{place.sheet}!{place.cell}" for place in raised.value.places]
    assert at[field] in cells


def test_a_form_in_the_old_format_is_to_be_saved_anew(tmp_path: Path) -> None:
    (tmp_path / "ke-hoach.xls").write_bytes(b"old")
    with pytest.raises(TFPError) as raised:
        find_plan(tmp_path)
    assert raised.value.code == "form-in-old-format"
    assert "Lưu thành" in raised.value.message("vi")
