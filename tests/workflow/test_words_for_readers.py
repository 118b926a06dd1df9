"""What a reader of reports is told: in words of the language, with nothing of Python or files."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from tfp.errors import PlanError
from tfp.language.catalogue import LANGUAGES
from tfp.report.building import build_document
from tfp.report.document import Paragraph, Table
from tfp.report.words import role_name
from tfp.workflow.plans.plan_reading import plan_of
from tfp.workflow.results_file import results_bytes
from tfp.workflow.run import run_plan
from tfp.workflow.writing import WORKBOOK, run_files

YEARS = [2016, 2017, 2018, 2019]


def tables(**changes):
    """Return a plan with an inventory, a range and a sensitivity."""
    return {
        "plan": {"title": "t", "area": "Hoa An", "language": "en"},
        "data": {
            "file": "figures.csv",
            "time": "năm",
            "columns": {"output": "y", "investment": "i", "labour": "l"},
        },
        "capital": {
            "depreciation": 0.05,
            "initial": {
                "method": "capital_output_ratio", "ratio": 2.2, "year": 2016, "source": "estimate",
            },
        },
        "method": {"preset": "national", "shares": {"capital": 0.42, "source": "table of 2019"}},
        "report": {"ranges": ["initial_stock"]},
        **changes,
    }  # fmt: skip


@pytest.fixture
def run_in(tmp_path):
    """Return how to run a plan in a language."""
    lines = ["năm,y,i,l,w,mixed,gdp"]
    lines += [
        f"{year},{100 * 1.06**n:.2f},{30 * 1.07**n:.2f},{50 + n},{40 + 3 * n},20,{100 + 6 * n}"
        for n, year in enumerate(YEARS)
    ]
    (tmp_path / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(language, **changes):
        plan = tables(**changes)
        plan["plan"] = {**plan["plan"], "language": language}
        return run_plan(plan_of(plan), tmp_path)

    return run


def table_of(run, name):
    (found,) = [
        block
        for block in build_document(run.content).blocks
        if isinstance(block, Table) and block.name == name
    ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_range_of_initial_stocks_names_its_assumptions_and_what_they_do_to_tfp(
    run_in, language
) -> None:
    run = run_in(language)
    table = table_of(run, "initial_stock_range")
    assert table.columns[0].label == {"en": "Year", "vi": "Năm"}[language]
    assert [column.digits for column in table.columns[1:]] == [2, 2, 2, 2, 2, 1, 1, 1]
    named = table.notes[0][1]
    scale = {"en": "0.75", "vi": "0,75"}[language]
    assert scale in named
    assert {"en": "2.20", "vi": "2,20"}[language] in named
    year, low, own, high, least, most, *_ = table.rows[1]
    assert (year, low < own < high) == (2017, True)
    assert least == pytest.approx(-0.42 * (high - own))
    assert most == pytest.approx(-0.42 * (low - own))
    book = openpyxl.load_workbook(io.BytesIO(run_files(run)[0][WORKBOOK]))
    title = {"en": "Initial stock range", "vi": "Khoảng vốn ban đầu"}[language]
    cells = [str(cell.value) for row in book[title].iter_rows() for cell in row]
    assert any(scale in cell for cell in cells)


def test_a_sensitivity_says_what_it_changes_and_from_where(run_in) -> None:
    other = {
        "name": "other ratio",
        "capital": {
            "initial": {
                **tables()["capital"]["initial"],
                "ratio": 2.5,
                "source": "census of assets",
            }
        },
    }
    run = run_in("vi", sensitivity=[other])
    (said,) = [
        note for _, note in table_of(run, "sensitivity").notes if note.startswith("other ratio")
    ]
    assert said == "other ratio: capital.initial.ratio = 2,5. Nguồn: census of assets."
    assert b'"capital.initial.ratio": 2.5' in results_bytes(run)
    bare = run_in("en", sensitivity=[{"name": "more", "capital": {"depreciation": 0.06}}])
    assert any("not stated" in note for _, note in table_of(bare, "sensitivity").notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preset_does_not_claim_weights_that_the_plan_has_not(run_in, language) -> None:
    data = {
        "file": "figures.csv", "time": "năm",
        "columns": {
            "output": "y", "investment": "i", "labour": "l", "income": "gdp",
            "compensation": "w", "mixed_income": "mixed",
        },
    }  # fmt: skip
    rule = {
        "rule": "labour_share",
        "source": "accounts",
        "labour_share": {"treatment": "mixed_as_rest", "production_taxes": "in"},
    }
    told = {}
    for name, changes in {
        "fixed": {}, "own": {"data": data, "method": {"preset": "national", "shares": rule}},
    }.items():  # fmt: skip
        blocks = build_document(run_in(language, **changes).content).blocks
        told[name] = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    claim = {"en": "kept until the next one", "vi": "giữ nguyên đến bảng kế tiếp"}[language]
    assert claim in told["fixed"]
    assert claim not in told["own"]
    assert "accounts" in told["own"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_says_that_an_inventory_goes_on(run_in, language) -> None:
    (row,) = [row for row in table_of(run_in(language), "ledger").rows if "2016" in str(row[2])]
    assert row[2] == {"en": "from 2016 on", "vi": "từ 2016 trở đi"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["investment_current", "output_growth", "mixed_income"])
def test_every_role_has_a_name(role, language) -> None:
    assert not re.search("_|^[a-z]", role_name(role, language))


def test_small_figures_are_shown_with_more_decimals(run_in) -> None:
    columns = {**tables()["data"]["columns"], "output_price": "mixed", "hours_per_worker": "w"}
    table = table_of(run_in("vi", data={**tables()["data"], "columns": columns}), "data")
    digits = {column.label: column.digits for column in table.columns}
    assert digits[role_name("output_price", "vi")] == 2
    assert digits[role_name("output", "vi")] == 1


def test_the_plan_offers_the_charts_that_it_can_draw(run_in) -> None:
    with pytest.raises(PlanError, match="plan-word-unknown") as raised:
        run_in("en", report={"charts": ["variants"]})
    assert "variants" not in raised.value.fields["known"]


def test_the_sheet_of_parameters_says_what_its_words_are(run_in) -> None:
    book = openpyxl.load_workbook(io.BytesIO(run_files(run_in("vi"))[0][WORKBOOK]))
    cells = [str(cell.value) for row in book["Tham số"].iter_rows() for cell in row]
    assert any("giữ nguyên tiếng Anh" in cell for cell in cells)


def test_an_unknown_code_is_answered_with_those_like_it(run_in) -> None:
    with pytest.raises(PlanError, match="plan-word-unknown") as raised:
        run_in("en", answer=[{"code": "outlyer", "reason": "known"}])
    known = raised.value.fields["known"]
    assert len(known) == 5
    assert known[0] == "outlier"
