"""Every kind of result in every door: summary, page, workbook, file, in both languages."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest

import tfp
from tfp.language.catalogue import LANGUAGES, text, text_or
from tfp.report.document import Table
from tfp.report.lone_result import document_of_result
from tfp.report.workbook import LONGEST_NAME, sheet_name
from tfp.results.result import Result

EXAMPLES = Path(__file__).parents[1] / "results" / "examples.py"
NAMES = (
    "growth_accounts", "growth_accounts_of_provinces", "decomposition", "period_accounts",
    "target_comparison", "capital_stocks", "cohort_stocks", "asset_stocks",
    "capital_service_index", "initial_stock_range", "labour_share_range",
    "index_series", "value_added_accounts",
)  # fmt: skip
# What the user calls areas and periods has the user's word.
OWN_NAMES = {"province"}


@cache
def everything():
    spec = importlib.util.spec_from_file_location("kinds_of_results", EXAMPLES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.everything()


def kinds(of: type = Result) -> set[str]:
    """Return the kind of every class of results that the library has."""
    for name in tfp.__all__:
        getattr(tfp, name)
    found = {of.kind} if "kind" in vars(of) else set()
    return found.union(*(kinds(derived) for derived in of.__subclasses__()))


def test_no_example_is_left_out() -> None:
    assert set(NAMES) <= set(everything())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_summary_page_and_workbook(name, language, tmp_path) -> None:
    result = everything()[name]
    page, workbook = tmp_path / "a.html", tmp_path / "a.xlsx"
    assert result.summary(language).strip()
    result.to_html(page, language=language)
    result.to_excel(workbook, language=language)
    assert result.summary(language) != result.summary({"en": "vi", "vi": "en"}[language])
    for said in (result.summary(language), page.read_text(encoding="utf-8")):
        title = text(f"report.summary.{result.kind}", language, average="x").split("(")[0].strip()
        assert title in said
    sheets = openpyxl.load_workbook(workbook).sheetnames
    assert sheets
    assert all(len(sheet) <= LONGEST_NAME for sheet in sheets)


@pytest.mark.parametrize("name", NAMES)
def test_word_file(name, tmp_path) -> None:
    result = everything()[name]
    path = tmp_path / "a.docx"
    result.to_word(path, language="vi")
    file = docx.Document(str(path))
    title = text(f"report.summary.{result.kind}", "vi", average="x").split("(")[0].strip()
    assert any(title in paragraph.text for paragraph in file.paragraphs)
    # What is compared with no target says so in a sentence.
    assert file.tables or result.kind == "target_comparison"


@pytest.mark.parametrize("name", NAMES)
def test_saved_and_loaded(name, tmp_path) -> None:
    result = everything()[name]
    path = tmp_path / "result.tfp"
    result.save(path)
    assert tfp.load(path).tidy().equals(result.tidy())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_word(name, language) -> None:
    columns = set(everything()[name].tidy().columns) - OWN_NAMES
    assert {c for c in columns if not text_or(f"report.tidy.{c}", language, "")} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_title(language) -> None:
    found = kinds()
    assert {result.kind for result in everything().values()} <= found
    assert {k for k in found if not _title(k, language)} == set()


def _title(kind: str, language: str) -> str:
    try:
        return text(f"report.summary.{kind}", language, average="x")
    except KeyError:
        return ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_without_a_name_of_its_own_has_the_title(language) -> None:
    document = document_of_result(everything()["initial_stock_range"], language)
    table = next(block for block in document.blocks if isinstance(block, Table))
    unheard = replace(table, name="unheard_of")
    name = sheet_name(unheard, language)
    assert table.title.startswith(name)
    assert 10 < len(name) <= LONGEST_NAME
    forbidden = sheet_name(replace(unheard, title="Output: 1/2 [of] all?"), language)
    assert not re.search(r"[\[\]:*?/\\]", forbidden)
