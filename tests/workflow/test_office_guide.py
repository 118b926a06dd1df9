"""The office guide and the exercise, followed to the letter in both languages.

A page holds blocks of the console (``> tfp ...`` and the answer, ``…`` for what is left out),
tables of what to fill in where, and tables of folders to copy. Nothing else is known of it.
"""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tfp.cli import main
from tfp.language.catalogue import subject
from tfp.language.numbers import show_number
from tfp.report import building, document, workbook
from tfp.tables.workbook import Sheet, Workbook
from tfp.workflow import writing
from tfp.workflow.exercise.province import LABOUR_BEFORE_BREAK, YEARS, right_figures
from tfp.workflow.plans.plan_folder import FORM_NAMES
from tfp.workflow.results_file import results_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook as Book

    from tfp.language.catalogue import Language
    from tfp.workflow.run import Run

DOCS = Path(__file__).parents[2] / "docs"
NAMES: dict[str, Language] = {"": "en", "_vi": "vi"}
HEADS = {"Chỗ", "Place"}
COPIES = {"Chép thư mục", "Copy the folder"}
SECTION = {"en": "## Answers", "vi": "## Đáp án"}
CATALOGUES = ("template", "report", "findings", "tables", "command")
LINE = re.compile(r"(.+), (?:dòng|line) (\d+): (.+)")


def page(name: str) -> str:
    """Return the text of a page."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def steps(text: str) -> Iterator[tuple[str, Any]]:
    """Give what a reader does, in order: consoles, fillings and copies."""
    pattern = r"^```text\n> (.+?)^```$|((?:^\|[^\n]*\|\n)+)|`([\w-]+)/(?:ke-hoach|plan)\.xlsx`"
    for found in re.finditer(pattern, text, re.DOTALL | re.MULTILINE):
        if found[1] is not None:
            command, _, answer = found[1].partition("\n")
            yield "console", (command, answer)
            continue
        if found[3] is not None:
            yield "open", found[3]
            continue
        rows = [cells(line) for line in found[2].splitlines()]
        if HEADS & set(rows[0]):
            yield "fill", rows[2:]
        elif COPIES & set(rows[0]):
            yield "copy", rows[2:]


def cells(line: str) -> list[str]:
    """Return the cells of one row of a table."""
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


class Reader:
    """Somebody who has the page and an empty folder."""

    def __init__(self, folder: Path, language: Language, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.form = FORM_NAMES[language]
        self.language = language
        self.place = ""
        self.runs: list[Run] = []
        self.code = ""
        self.books: dict[Path, Book] = {}
        patch.chdir(folder)
        patch.setenv("TFP_LANGUAGE", language)
        # What documents and charts look like is tried elsewhere, and takes seconds.
        patch.setattr(writing, "document_writers", lambda _: {})
        patch.setattr(writing, "chart_files", lambda _: {})
        patch.setattr(building, "build_document", lambda content: content)
        patch.setattr(document, "drawn_once", lambda content: content)
        patch.setattr(workbook, "build_workbook", lambda _: Workbook("", (Sheet("1", ()),)))
        patch.setattr(writing, "results_bytes", self._results)

    def _results(self, run: Run) -> bytes:
        self.runs.append(run)
        return results_bytes(run)

    def follow(self, text: str) -> int:
        """Do what a page says and return how many answers it shows."""
        answers = 0
        for kind, step in steps(text):
            if kind == "console":
                self.save()
                self.type(*step)
                answers += 1
            elif kind == "open":
                self.place = step
            elif kind == "fill":
                self.fill(step)
            else:
                self.save()
                for old, new in step:
                    shutil.copytree(self.folder / old, self.folder / new)
                    self.place = new
        return answers

    def type(self, command: str, shown: str) -> None:
        """Type a command and compare what is said with what the page shows."""
        _, *words = shlex.split(command)
        result = CliRunner().invoke(main, words)
        assert matches(shown, result.output), f"{command}\n{result.output}"
        named = next((word for word in words if (self.folder / word).is_dir()), "")
        self.place = named or self.place
        code = re.search(r"\b[0-9a-f]{64}\b", result.output)
        self.code = code[0] if code else self.code

    def fill(self, rows: list[list[str]]) -> None:
        """Fill in cells of the form in the folder last spoken of."""
        path = self.folder / self.place / self.form
        book = self.books.get(path) or load_workbook(path)
        self.books[path] = book
        for sheet, where, value in rows:
            located(book, sheet, where).value = self._typed(value)

    def save(self) -> None:
        """Save what is open and close it."""
        for path, book in self.books.items():
            book.save(path)
        self.books.clear()

    def _typed(self, written: str) -> Any:
        """Return what a spreadsheet of that language makes of what is typed."""
        if written.startswith("("):
            return self.code
        for pattern in ("%d/%m/%Y",):
            if re.fullmatch(r"\d\d/\d\d/\d{4}", written):
                return datetime.strptime(written, pattern)  # noqa: DTZ007  (a day)
        number = number_of(written, self.language)
        return written if number is None else number


def number_of(written: str, language: Language) -> float | None:
    """Return a number as a language writes it, None for words."""
    thousands, decimal = (".", ",") if language == "vi" else (",", ".")
    if not re.fullmatch(rf"-?\d{{1,3}}(\{thousands}?\d{{3}})*(\{decimal}\d+)?", written):
        return None
    return float(written.replace(thousands, "").replace(decimal, "."))


def located(book: Book, sheet: str, where: str) -> Cell:
    """Return the cell that a page names by the words beside it and above it."""
    rows = list(book[sheet].iter_rows())
    if line := LINE.fullmatch(where):
        title = next(at for at, row in enumerate(rows) if row[0].value == line[1])
        head = next(cell for cell in rows[title + 2] if cell.value == line[3])
        return rows[title + 4 + int(line[2])][head.column - 1]
    year, _, name = where.partition(", ")
    if year.isdigit():
        head = next(cell for row in rows for cell in row if cell.value == name)
        row = next(row for row in rows if str(row[0].value) == year)
        return row[head.column - 1]
    row = next(row for row in rows if str(row[1].value).removesuffix(" *") == where)
    return row[3]


def matches(shown: str, said: str) -> bool:
    """Tell whether an answer is what a page shows, where ``…`` stands for anything.

    How wide a column is does not count.
    """
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in narrowed(shown)
    )
    return re.fullmatch(pattern, "\n".join(narrowed(said)) + "\n") is not None


def narrowed(text: str) -> list[str]:
    """Return lines with no more than two blanks together."""
    return [re.sub(r" {2,}", "  ", line.strip()) for line in text.strip().splitlines()]


# The Vietnamese pages are tried always, the English ones with what takes long.
FOLLOWED = pytest.mark.parametrize("suffix", ["_vi", pytest.param("", marks=pytest.mark.slow)])


@FOLLOWED
def test_the_exercise_goes_as_its_page_says_and_every_answer_is_right(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, language = page(f"training_exercise{suffix}"), NAMES[suffix]
    work, _, answers = text.partition(SECTION[language])
    reader = Reader(tmp_path, language, monkeypatch)
    assert reader.follow(work) == 9
    told = [
        number
        for row in re.findall(r"^\| \d+ \| .+ \| (.*)\|$", answers, re.MULTILINE)
        for number in row.strip().split("; ")
        if number
    ]
    assert told == [show_number(value, digits, language) for value, digits in right(reader.runs)]


def right(runs: list[Run]) -> list[tuple[float, int]]:
    """Return the answers in their order, each with the decimals that it is asked with."""
    first, others, revised = (run.content.accounts for run in runs)
    points = first.contributions["tfp"]
    shares = first.share_of_growth["tfp"]
    labour = dict(zip(YEARS, right_figures().labour, strict=True))
    linked, raw = (labour[2021] / before for before in (LABOUR_BEFORE_BREAK, labour[2020]))
    others_at = runs[1].content.sensitivities
    by_share = sorted(float(one.periods.share_of_growth["tfp"].iloc[-1]) for one in others_at)
    recomputed = share_of(others, "2016-2020")
    return [
        (LABOUR_BEFORE_BREAK, 1),
        (100 * (right_figures().output[5] / right_figures().output[4] - 1), 2),
        (points[2025], 2),
        (shares[2025], 2),
        (shares[2020], 2),
        (points[2021], 2),
        (60 * (linked - raw), 2),
        *((share, 2) for share in by_share),
        (recomputed, 2),
        (recomputed - 45.1, 2),
        (revised.contributions["tfp"][2025] - points[2025], 2),
        (revised.share_of_growth["tfp"][2025] - shares[2025], 2),
        (share_of(revised, "2021-2025") - share_of(first, "2021-2025"), 2),
    ]


def share_of(accounts, period: str) -> float:
    """Return the share of TFP in growth of one period."""
    return float(accounts.periods([period]).share_of_growth["tfp"].iloc[0])


@FOLLOWED
def test_a_year_of_the_office_goes_as_the_guide_says(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, language = page(f"office_guide{suffix}"), NAMES[suffix]
    reader = Reader(tmp_path, language, monkeypatch)
    assert reader.follow(text) == 8
    negative = reader.runs[0].content.accounts.share_of_growth["tfp"]
    assert f"{show_number(negative[2020], 2, language)}%" in text
    assert negative.isna()[2021]
    (reported,) = reader.runs[-1].content.reconciled
    assert show_number(reported.recomputed, 2, language) in text


@pytest.mark.parametrize("suffix", NAMES)
def test_every_code_and_every_place_of_the_guide_exists(suffix: str) -> None:
    text, language = page(f"office_guide{suffix}"), NAMES[suffix]
    codes = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", text))
    known = {*subject("findings", language), *subject("errors", language)}
    assert len(codes) > 15
    assert codes <= known
    said = " ".join(str(subject(name, language)) for name in CATALOGUES).lower()
    stressed = re.findall(r"(?<!\*)\*([^*\n]{5,60})\*(?!\*)", text)
    assert len(stressed) > 10
    assert [words for words in stressed if words.lower() not in said] == []


def test_both_languages_say_the_same() -> None:
    for name in ("office_guide", "training_exercise"):
        told = [page(f"{name}{suffix}") for suffix in NAMES]
        for mark in (r"^#{1,3} ", r"^\| ", r"^\d+\. ", r"^> ", r"^- "):
            counts = [len(re.findall(mark, text, re.MULTILINE)) for text in told]
            assert counts[0] == counts[1], mark
        rows = [re.findall(r"^\| `([a-z]+(?:-[a-z]+)+)`", text, re.MULTILINE) for text in told]
        assert rows[0] == rows[1]
