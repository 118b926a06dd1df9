"""What an office gets wrong with files, folders, sheets and cells: 77 kinds, each answered.

Each row spoils one thing in a sound province's folder. The command then says its code, the
place (sheet and cell, row, or key of the plan) and a remedy, in Vietnamese and in English;
nothing is written, and there is no traceback.
"""

from __future__ import annotations

import errno
import io
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from tfp.cli import BLOCKED, NOT_UNDERSTOOD, NOT_WRITTEN, main
from tfp.language.catalogue import LANGUAGES
from tfp.workflow import writing
from tfp.workflow.folders.disk import Disk
from tfp.workflow.forms.template.form import form_bytes
from tfp.workflow.log import LOG_NAME
from tfp.workflow.plans.plan_folder import FORM_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
XLS = Path(__file__).parents[1] / "data" / "labour_tcvn3.xls"
PLAN = """\
[plan]
title = "TFP tỉnh Hòa An"
area = "Hòa An"
language = "{language}"
date = 2025-11-30

[data]
file = "so-lieu.csv"
time = "nam"
status = "trang_thai"

[data.columns]
output = "grdp"
capital = "von"
labour = "lao_dong"

[data.units]
output = "tỷ đồng"
capital = "tỷ đồng"
labour = "nghìn người"

[[source]]
title = "Niên giám thống kê 2024"

[method]
preset = "national"

[method.shares]
capital = 0.40
source = "phương án của Sở"

[periods]
list = ["2016-2018", "2019-2022"]
"""
HEAD = ["nam", "grdp", "von", "lao_dong", "trang_thai"]
YEARS = range(2015, 2023)
ROWS: list[list[Any]] = [
    [
        year,
        round(21000.0 * 1.071 ** (year - 2015) + 37.0 * (year % 3), 1),
        round(48000.0 * 1.083 ** (year - 2015) + 55.0 * (year % 4), 1),
        round(512.3 * 1.011 ** (year - 2015) + 0.7 * (year % 2), 1),
        "final" if year < 2022 else "preliminary",
    ]
    for year in YEARS
]
TARGET = """
[[target]]
area = "Hòa An"
document = "Nghị quyết 10"
operator = "at_least"
lower = 45.0
basis = "period_average"
first_year = 2019
last_year = 2022
due_year = 2022
"""
WIDE = """
[[data.sheet]]
file = "nien-giam.xlsx"
sheet = "39"
rows = { output = "TỔNG SỐ" }

[[data.sheet]]
file = "nien-giam.xlsx"
sheet = "20"
rows = { capital = "Vốn" , labour = "Lao động" }
"""


class Office:
    """A province's folder: a plan and its figures, sound until somebody spoils them."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.language = language
        self.words = PLAN.format(language=language)
        self.figures: dict[str, bytes] = {"so-lieu.csv": as_csv([HEAD, *ROWS]).encode()}
        self.arguments: list[str] = ["check", str(folder)]
        self.monkeypatch = pytest.MonkeyPatch()

    def edit(self, old: str, new: str) -> None:
        assert self.words.count(old) == 1, old
        self.words = self.words.replace(old, new)

    def add(self, words: str) -> None:
        self.words += words

    def table(self, rows: list[list[Any]]) -> None:
        self.figures["so-lieu.csv"] = as_csv(rows).encode()

    def cell(self, year: int, column: str, value: Any) -> None:
        rows = [HEAD, *([*row] for row in ROWS)]
        next(row for row in rows if row[0] == year)[HEAD.index(column)] = value
        self.table(rows)

    def csv(self, data: bytes) -> None:
        self.figures["so-lieu.csv"] = data

    def file(self, name: str, data: bytes) -> None:
        """Let the plan read another file."""
        self.figures = {name: data}
        self.edit('file = "so-lieu.csv"', f'file = "{name}"')

    def book(self, spoil: Callable[[Any], None], sheet: str = "Số liệu") -> None:
        """Put the figures into a workbook that somebody then spoils."""
        book = Workbook()
        book.active.title = sheet
        for row in [HEAD, *ROWS]:
            book.active.append(row)
        spoil(book)
        self.file("so-lieu.xlsx", saved(book))

    def yearbook(self, spoil: Callable[[Any], None], plan: str = WIDE) -> None:
        """Put the figures into sheets with years in columns, as yearbooks print them."""
        book = Workbook()
        book.remove(book.active)
        for name, title, unit, lines in (
            ("39", "GRDP theo giá so sánh 2010", "Tỷ đồng", {"TỔNG SỐ": 1}),
            ("20", "Vốn và lao động", "", {"Vốn": 2, "Lao động": 3}),
        ):
            sheet = book.create_sheet(name)
            for cells in ([title], [unit], [None, *YEARS]):
                sheet.append(cells)
            for label, column in lines.items():
                sheet.append([label, *(row[column] for row in ROWS)])
        spoil(book)
        self.figures = {"nien-giam.xlsx": saved(book)}
        before, _, rest = self.words.partition("[data]")
        _, _, after = rest.partition("[[source]]")
        self.words = f"{before}{plan}\n[[source]]{after}"

    def run_with(self, disk: dict[str, Any]) -> None:
        """Run on a disk that refuses something; the documents themselves are not looked at."""
        self.arguments[0] = "run"
        self.monkeypatch.setattr(writing, "run_files", lambda _: ({"results.json": b"{}"}, ()))
        for name, step in disk.items():
            self.monkeypatch.setattr(Disk, name, step)

    def answer(self) -> tuple[int, dict[str, Any]]:
        self.folder.mkdir(exist_ok=True)
        if self.words:
            (self.folder / "tfp.toml").write_text(self.words, encoding="utf-8")
        for name, data in self.figures.items():
            (self.folder / name).write_bytes(data)
        before = {path.name for path in self.folder.iterdir()}
        done = CliRunner().invoke(main, [*self.arguments, "--json", "--language", self.language])
        self.monkeypatch.undo()
        assert done.stderr == ""
        after = {path.name for path in self.folder.iterdir()} if self.folder.is_dir() else set()
        assert after - before <= {LOG_NAME}, "nothing half written"
        return done.exit_code, json.loads(done.stdout)


def as_csv(rows: list[list[Any]]) -> str:
    return "".join(
        ",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows
    )


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(address: str, value: Any) -> Callable[[Any], None]:
    """Return what writes a value into a cell of the first sheet."""

    def spoil(book: Any) -> None:
        book.worksheets[0][address] = value

    return spoil


def refusing(number: int) -> Callable[..., None]:
    """Return a step of a disk that fails as the system would."""

    def step(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    return step


@dataclass(frozen=True)
class Bad:
    """One kind: what somebody did, the code, and a part of the place that must be named."""

    name: str
    spoil: Callable[[Office], Any]
    code: str
    place: dict[str, Any] | None = None
    exit_code: int = NOT_UNDERSTOOD


def key(name: str) -> dict[str, Any]:
    return {"key": name}


def at(cell: str, sheet: str = "Số liệu") -> dict[str, Any]:
    return {"sheet": sheet, "cell": cell}


def in_row(year: int, column: str) -> dict[str, Any]:
    return {"time": year, "column": column}


@cache
def empty_form(language: str) -> bytes:
    return form_bytes(language)  # type: ignore[arg-type]


def untouched_form(office: Office) -> None:
    office.words = ""
    office.figures = {FORM_NAMES[office.language]: empty_form(office.language)}


def both_plans(office: Office) -> None:
    office.figures[FORM_NAMES["vi"]] = b"PK"


def no_plan(office: Office) -> None:
    office.words = ""


def swapped(office: Office) -> None:
    """Exchange two columns under their heads."""
    office.table([HEAD, *([row[0], row[2], row[3], row[1], row[4]] for row in ROWS)])


def rows_but(*years: int) -> list[list[Any]]:
    return [HEAD, *(row for row in ROWS if row[0] not in years)]


def merged(book: Any) -> None:
    book.active.merge_cells("B1:C1")


def scaled(office: Office) -> None:
    """Give two years in millions, the others in billions."""
    rows = [[*row] for row in ROWS]
    for row in rows[5:6]:
        row[1] *= 1000
    office.table([HEAD, *rows])


def in_folder(office: Office, name: str) -> None:
    office.arguments[1] = str(office.folder.parent / name)


def out(office: Office, name: str) -> None:
    office.arguments = ["run", str(office.folder), "--out", str(office.folder.parent / name)]


def taken(office: Office) -> None:
    (office.folder.parent / "luan-van").mkdir()
    (office.folder.parent / "luan-van" / "luan-van.docx").write_bytes(b"x")
    out(office, "luan-van")


def newer_results(office: Office) -> None:
    office.folder.mkdir()
    (office.folder / "2024").mkdir()
    newer = {"kind": "tfp results", "schema": 99}
    (office.folder / "2024" / "results.json").write_text(json.dumps(newer), encoding="utf-8")
    office.add('\n[revisions]\nprevious = "2024"\n')


def held(office: Office) -> None:
    """Let the system refuse the figures, as Windows does while another program writes them."""
    given = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "so-lieu.csv":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return given(path)

    office.monkeypatch.setattr(Path, "read_bytes", refused)


BAD = [
    # The command line and the folder.
    Bad("a folder that is not there", lambda o: in_folder(o, "Hoa Binhh"), "plan-folder-not-found"),
    Bad("a path of 300 characters", lambda o: in_folder(o, "d" * 300), "plan-folder-not-found"),
    Bad("no plan", no_plan, "plan-not-found"),
    Bad("both plans", both_plans, "form-beside-plan", {"file": "ke-hoach.xlsx"}),
    Bad("a form as it came", untouched_form, "form-incomplete"),
    Bad("a command that is none", lambda o: o.arguments.__setitem__(0, "chekc"),
        "command-unknown"),
    Bad("an option that is none", lambda o: o.arguments.append("--outt"),
        "command-option-unknown"),
    Bad("a folder with blanks, unquoted", lambda o: o.arguments.append("Văn A"),
        "command-word-left-over"),
    Bad("no folder", lambda o: o.arguments.pop(), "command-argument-missing"),
    Bad("a backslash before the quotation mark", lambda o: in_folder(o, 'TFP 2025" '),
        "command-quote-in-path"),
    # Where results cannot be written.
    Bad("a full disk", lambda o: o.run_with({"write": refusing(errno.ENOSPC)}),
        "results-not-written", {"file": "results"}, NOT_WRITTEN),
    Bad("a folder that may not be written", lambda o: o.run_with(
            {"make_folder": refusing(errno.EACCES)}), "results-not-written", {"file": "results"},
        NOT_WRITTEN),
    Bad("results into somebody's folder", taken, "out-not-a-run-folder", {"file": "luan-van"},
        NOT_WRITTEN),
    Bad("results below nothing", lambda o: out(o, "khong-co/kq"), "out-parent-missing",
        {"file": "kq"}, NOT_WRITTEN),
    Bad("results under a name of 300 characters", lambda o: out(o, "k" * 300),
        "out-name-too-long", None, NOT_WRITTEN),
    # The plan.
    Bad("an empty plan", lambda o: setattr(o, "words", "# chưa có gì\n"), "plan-empty",
        {"file": "tfp.toml"}),
    Bad("a key spelt wrong", lambda o: o.edit("[periods]", "[perods]"), "plan-key-unknown",
        key("perods")),
    Bad("a table that plans do not have", lambda o: o.add("\n[embargo]\ndate = 2026-01-01\n"),
        "plan-key-unknown", key("embargo")),
    Bad("a text without its quotation marks", lambda o: o.edit('"Hòa An"', "Hòa An"),
        "plan-text-without-quotes", {"file": "tfp.toml"}),
    Bad("a key twice", lambda o: o.edit('area = "Hòa An"', 'area = "Hòa An"\narea = "B"'),
        "plan-key-twice", {"file": "tfp.toml"}),
    Bad("a share of 40", lambda o: o.edit("capital = 0.40", "capital = 40"), "plan-per-cent",
        key("method.shares.capital")),
    Bad("a share above 1", lambda o: o.edit("capital = 0.40", "capital = 1.4"),
        "plan-per-cent", key("method.shares.capital")),
    Bad("a number that can be two", lambda o: o.edit("capital = 0.40", 'capital = "1.234"'),
        "plan-number-in-quotes", key("method.shares.capital")),
    Bad("a date that is none", lambda o: o.edit("2025-11-30", '"31/11/2025"'), "plan-not-date",
        key("plan.date")),
    Bad("a language that is none", lambda o: o.edit('language = "' + o.language, 'language = "fr'),
        "plan-word-unknown", key("plan.language")),
    Bad("a preset spelt wrong", lambda o: o.edit('"national"', '"nationnal"'),
        "plan-word-unknown", key("method.preset")),
    Bad("a role that is none", lambda o: o.edit('labour = "lao_dong"', 'labor = "lao_dong"'),
        "plan-role-unknown", key("data.columns.labor")),
    Bad("no labour", lambda o: o.edit('labour = "lao_dong"\n', ""), "plan-role-without-column",
        key("data.units.labour")),
    Bad("a period outside the data", lambda o: o.edit('"2016-2018"', '"2011-2015"'),
        "period-not-covered", key("periods.list")),
    Bad("a period upside down", lambda o: o.edit('"2016-2018"', '"2018-2016"'),
        "span-not-understood", key("periods.list")),
    Bad("a target without a year", lambda o: o.add(TARGET.replace("last_year = 2022\n", "")),
        "plan-key-missing", key("target[1].last_year")),
    Bad("a target as a fraction", lambda o: o.add(TARGET.replace("45.0", "0.45")),
        "target-as-fraction", key("target[1]")),
    Bad("a target of a stranger",
        lambda o: o.add('\n[targets]\nuse = "published"\narea = "Huếế"\n'),
        "plan-targets-area", key("targets.area")),
    Bad("a sensitivity that changes nothing",
        lambda o: o.add('\n[[sensitivity]]\nname = "như cũ"\n'),
        "plan-sensitivity-same", key("sensitivity[1].name")),
    Bad("an outside copy of a table that is none",
        lambda o: o.add('\n[copies]\noutside = ["B7", "B77"]\n'), "plan-word-unknown",
        key("copies.outside")),
    Bad("an embargo that is no date",
        lambda o: o.add('\n[copies]\noutside = ["B7"]\nembargo = "sang năm"\n'), "plan-not-date",
        key("copies.embargo")),
    Bad("an approval without its mark",
        lambda o: o.add('\n[approved]\ndocument = "QĐ 15"\ndate = 2025-03-01\n'),
        "plan-key-missing", key("approved.options")),
    Bad("a mark that is cut off",
        lambda o: o.add('\n[approved]\ndocument = "QĐ 15"\ndate = 2025-03-01\noptions = "3fa9"\n'),
        "plan-approved-hash", key("approved.options")),
    Bad("an earlier run that is gone", lambda o: o.add('\n[revisions]\nprevious = "2024"\n'),
        "revisions-not-found"),
    Bad("an earlier run of a later version", newer_results, "schema-too-new"),
    # The file of figures.
    Bad("figures that another program holds", held, "file-not-permitted", {"file": "so-lieu.csv"}),
    Bad("a folder for a file", lambda o: (o.folder / "so-lieu").mkdir(parents=True) or o.edit(
            "so-lieu.csv", "so-lieu"), "file-is-folder", key("data.file")),
    Bad("a file that is not there", lambda o: o.edit("so-lieu.csv", "so-lieu-2024.csv"),
        "file-not-found", key("data.file")),
    Bad("a file of another program", lambda o: o.file("so-lieu.ods", b"PK"), "file-extension",
        key("data.file")),
    Bad("an empty file", lambda o: o.csv(b""), "file-empty", {"file": "so-lieu.csv"}),
    Bad("a workbook that is none", lambda o: o.file("so-lieu.xlsx", b"nam,grdp\n2019,1\n"),
        "not-a-workbook", {"file": "so-lieu.xlsx"}),
    Bad("a workbook cut short", lambda o: o.file("so-lieu.xlsx", empty_form("vi")[:4000]),
        "workbook-broken", {"file": "so-lieu.xlsx"}),
    Bad("a web page named as a workbook", lambda o: o.file("so-lieu.xls", b"<html><table></table>"),
        "workbook-is-html", {"file": "so-lieu.xls"}),
    Bad("a workbook with a password", lambda o: o.file("so-lieu.xlsx", LOCKED),
        "workbook-encrypted", {"file": "so-lieu.xlsx"}),
    Bad("an old workbook that is damaged", lambda o: o.file(
            "so-lieu.xls", XLS.read_bytes()[:3000]), "old-excel-unreadable",
        {"file": "so-lieu.xls"}),
    Bad("letters of an old code page", lambda o: o.csv(
            as_csv([["năm", *HEAD[1:]], *ROWS]).encode("utf-8").replace(b"\xc4\x83", b"\x81\xff")),
        "file-not-utf8", {"file": "so-lieu.csv"}),
    Bad("a sheet spelt wrong", lambda o: (o.book(lambda _: None), o.edit(
            'time = "nam"', 'time = "nam"\nsheet = "So lieu"')), "unknown-sheet",
        {"file": "so-lieu.xlsx"}),
    Bad("several sheets and none named", lambda o: o.book(lambda b: b.create_sheet("Khác")),
        "sheet-not-named", {"file": "so-lieu.xlsx"}),
    Bad("a column spelt wrong", lambda o: o.edit('"lao_dong"', '"lao dong"'),
        "table-column-unknown", key("data.columns.labour")),
    Bad("two columns of one name", lambda o: o.table([["nam", "grdp", "grdp", *HEAD[3:]], *ROWS]),
        "column-name-repeated", {"file": "so-lieu.csv"}),
    Bad("a row with a cell too many",
        lambda o: o.table([HEAD, *ROWS[:3], [*ROWS[3], 5], *ROWS[4:]]),
        "row-longer-than-header", {"file": "so-lieu.csv"}),
    Bad("heads without figures", lambda o: o.table([HEAD]), "table-without-rows",
        {"file": "so-lieu.csv"}),
    # Cells.
    Bad("text in a cell of figures", lambda o: o.book(put("B5", "chưa có")), "cell-not-a-number",
        at("B5")),
    Bad("a formula as text", lambda o: o.book(put("C4", "'=1+1")), "cell-not-a-number", at("C4")),
    Bad("a formula without value", lambda o: o.book(put("B6", "=B5*1.07")),
        "formula-without-value", at("B6")),
    Bad("an error of Excel", lambda o: o.book(put("C7", "#REF!")), "cell-error-value", at("C7")),
    Bad("a merged head", lambda o: o.book(merged), "header-merged", at("B1")),
    Bad("a column without a name", lambda o: o.book(put("C1", None)), "header-cell-empty",
        at("C1")),
    Bad("a status that is none", lambda o: o.cell(2019, "trang_thai", "xong"), "status-unknown",
        in_row(2019, "trang_thai")),
    Bad("a year twice", lambda o: o.table([HEAD, *ROWS, ROWS[3]]), "duplicate-keys",
        {"time": 2018}),
    Bad("a year that is none", lambda o: o.cell(2018, "nam", 218), "implausible-year",
        {"column": "nam"}),
    Bad("a year left out", lambda o: o.table(rows_but(2018)), "gap", {"time": 2018}),
    Bad("a figure left out", lambda o: o.cell(2018, "lao_dong", ""), "missing-values",
        in_row(2018, "lao_dong")),
    Bad("labour below zero", lambda o: o.cell(2020, "lao_dong", -530.1), "not-positive",
        in_row(2020, "lao_dong"), BLOCKED),
    Bad("capital of nothing", lambda o: o.cell(2020, "von", 0), "not-positive",
        in_row(2020, "von"), BLOCKED),
    Bad("a year in another unit, a thousand-fold", scaled, "decimal-misplaced",
        in_row(2020, "grdp"), BLOCKED),
    Bad("columns exchanged", swapped, "capital-output-ratio", {"column": "von"}, 0),
    # Sheets of yearbooks.
    Bad("a sheet that the yearbook has not", lambda o: o.yearbook(
            lambda _: None, WIDE.replace('"39"', '"93"')), "unknown-sheet"),
    Bad("a row spelt wrong", lambda o: o.yearbook(
            lambda _: None, WIDE.replace('"TỔNG SỐ"', '"TONG SO GRDP"')), "label-unknown",
        {"sheet": "39"}),
    Bad("a row of which there are two", lambda o: o.yearbook(
            lambda b: b["39"].append(["TỔNG SỐ", *(row[1] for row in ROWS)])), "label-several",
        {"sheet": "39"}),
    Bad("a sheet without years", lambda o: o.yearbook(lambda b: b["39"].delete_rows(3)),
        "years-not-found", {"sheet": "39"}),
    Bad("a word among the figures of a yearbook", lambda o: o.yearbook(put("D4", "n.a.?")),
        "yearbook-cell", at("D4", "39")),
]  # fmt: skip


def test_there_are_enough_kinds() -> None:
    assert len({bad.name for bad in BAD}) == len(BAD) == 77
    assert "77 kinds" in (__doc__ or "")


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_what_an_office_gets_wrong_is_answered(bad: Bad, tmp_path: Path) -> None:
    said = {}
    for language in LANGUAGES:
        base = tmp_path / language / "Nguyễn Văn A"
        base.mkdir(parents=True)
        office = Office(base / "TFP 2025", language)
        bad.spoil(office)
        code, answer = office.answer()
        told = [*answer["errors"], *answer["findings"]]
        assert code == bad.exit_code == answer["exit_code"], told
        assert bad.code in [each["code"] for each in told]
        (first, *_) = (each for each in told if each["code"] == bad.code)
        if bad.place is not None:
            places = [place.items() for place in first["places"]]
            assert any(bad.place.items() <= place for place in places), places
        assert first["remedy"]
        said[language] = (first["found"], first["remedy"])
    assert all(vi != en for vi, en in zip(said["vi"], said["en"], strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sound_folder_is_sound(language: str, tmp_path: Path) -> None:
    office = Office(tmp_path / "TFP 2025", language)
    code, answer = office.answer()
    assert (code, answer["errors"]) == (0, [])
    assert {each["severity"] for each in answer["findings"]} <= {"note"}
    office = Office(tmp_path / "Niên giám", language)
    office.yearbook(lambda _: None)
    code, answer = office.answer()
    assert (code, answer["errors"]) == (0, [])


@pytest.mark.parametrize(
    "data",
    [
        as_csv([HEAD, *ROWS]).encode("utf-8-sig"),
        as_csv([HEAD, *ROWS]).encode("utf-16"),
        as_csv([HEAD, *ROWS]).replace(",", ";").replace("\n", "\r\n").encode(),
    ],
    ids=["BOM", "UTF-16", "semicolons"],
)
def test_what_excel_and_notepad_write_is_read(data: bytes, tmp_path: Path) -> None:
    office = Office(tmp_path / "TFP 2025", "vi")
    office.csv(data)
    code, answer = office.answer()
    assert (code, answer["errors"]) == (0, [])
    assert answer["data"]["rows"] == len(ROWS)
