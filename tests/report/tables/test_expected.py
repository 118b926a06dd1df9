"""B1 to B13: each is whole where its data are there, and named with what it lacks elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tfp.accounts.fixed_shares import FixedShares
from tfp.accounts.growth import GrowthAccounting
from tfp.datasets.target import Target
from tfp.inputs.capital.initial_stock import CapitalOutputRatio
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.panel.panel import Panel
from tfp.report.building import build_document
from tfp.report.content import RunContent
from tfp.report.document import Blank, Heading, Paragraph, Table
from tfp.report.reconciled import Cause, Reconciled
from tfp.report.revision_tables import Revision, Revisions
from tfp.report.tables.b09_branches import BranchAccounts, BranchLine
from tfp.report.tables.b11_targets import NationalFigure
from tfp.report.tables.b12_innovation import Innovation, InnovationLine
from tfp.report.tables.expected import EXPECTED, MOST_ROWS, expected_tables

YEARS = list(range(2018, 2025))
FRAME = {
    "year": YEARS,
    "farms": [40.0, 41, 42, 43, 44, 45, 46],
    "works": [60.0, 66, 70, 69, 78, 84, 91],
    "taxes": [10.0, 11, 10, 9, 11, 12, 13],
    "farms_now": [44.0, 46, 48, 50, 53, 56, 60],
    "works_now": [66.0, 74, 80, 80, 92, 101, 112],
    "taxes_now": [11.0, 12, 11, 10, 13, 14, 16],
    "gfcf": [30.0, 33, 34, 33, 36, 39, 42],
    "gfcf_now": [33.0, 37, 39, 38, 43, 48, 53],
    "k": [300.0, 315, 331, 345, 362, 380, 401],
    "l": [50.0, 50.5, 51, 50, 51.5, 52, 52.4],
    "word": ["old"] * 3 + ["new"] * 4,
    "status": ["final"] * 5 + ["revised", "preliminary"],
}
FRAME |= {
    "y": [sum(v) for v in zip(*(FRAME[n] for n in ("farms", "works", "taxes")), strict=True)],
    "y_now": [
        sum(v) for v in zip(*(FRAME[f"{n}_now"] for n in ("farms", "works", "taxes")), strict=True)
    ],
}
PARTS = {"agriculture": "farms", "industry": "works", "product_taxes": "taxes"}
ROLES = {
    "output": "y",
    "capital": "k",
    "labour": "l",
    "investment": "gfcf",
    "output_current": "y_now",
    "investment_current": "gfcf_now",
    "output_by_part": PARTS,
    "output_current_by_part": {name: f"{column}_now" for name, column in PARTS.items()},
}
# What a plan gives up, and the tables that are left out for it.
LACKING = {
    "output_by_part": {"B1", "B2"},
    "output_current_by_part": {"B1"},
    "output_current": {"B1"},
    "investment_current": {"B3"},
    "investment": {"B3", "B10"},
}
BRANCHES = BranchAccounts(
    grouping="sector",
    period="2019-2024",
    status="preliminary",
    lines=(
        BranchLine(
            name="agriculture",
            kind="branch",
            growth=0.02,
            factors={"capital": 0.005, "labour": -0.004, "tfp": 0.019},
            contribution=0.006,
        ),
        BranchLine(
            name="product_taxes", kind="product_taxes", growth=0.04, factors={}, contribution=0.003
        ),
        BranchLine(name="total", kind="total", growth=0.009, factors={}, contribution=0.009),
    ),
)
DRIVERS = Innovation(
    period="2019-2024",
    tfp_points=2.0,
    lines=(
        InnovationLine(name="R&D", points=0.5, convention="stock of R&D times its share"),
        InnovationLine(name="rest", points=1.5, convention="what is left", kind="residual"),
    ),
)
REPORTED = Reconciled(
    quantity="tfp_share",
    period="2024",
    value=45.2,
    document="12/BC-SKHCN",
    date=date(2025, 3, 5),
    recomputed=44.0,
    difference=-1.2,
    causes=(Cause(kind="status", fields={"before": "estimate", "after": "preliminary"}),),
    status="preliminary",
)
TARGET = Target(
    area="Hoa An",
    document="Plan",
    document_vi="Kế hoạch",
    operator="over",
    lower=50.0,
    basis="year",
    first_year=2024,
    last_year=2024,
    due_year=2024,
    source="plan",
)
WHOLE = {
    "branches": (BRANCHES,),
    "innovation": (DRIVERS,),
    "nation": (
        NationalFigure(
            quantity="output_growth", period="2024", value=7.09, source="office", own=6.1
        ),
    ),
    "reconciled": (REPORTED,),
}


def panel_of(without=(), **changes):
    roles = {role: column for role, column in ROLES.items() if role not in without}
    units = {role: "tỷ đồng" for role in roles if role not in ("labour", "capital")}
    return Panel(
        {**FRAME, **changes},
        time="year",
        area="Hoa An",
        units={**units, "labour": "nghìn người"},
        price_bases={"output": "2018", **({"investment": "2018"} if "investment" in roles else {})},
        definitions={},
        status="status",
        **roles,
    )


def content_of(panel=None, language="vi", **parts):
    panel = panel_of() if panel is None else panel
    accounts = GrowthAccounting(factor_weights=FixedShares(capital=0.4, source="I-O")).fit(panel)
    return RunContent(
        area="Hoa An",
        language=language,
        output_name="GRDP",
        accounts=accounts,
        panel=panel,
        raw_panel=panel,
        periods=(accounts.periods(["2019-2024"]),),
        comparison=accounts.against([TARGET]),
        plan_hash="ab" * 32,
        **parts,
    )


def numbered(document):
    return {table.number: table for table in document.tables() if table.number}


def left_out_paragraph(document):
    at = next(
        number
        for number, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.name == "left_out"
    )
    block = document.blocks[at + 1]
    assert isinstance(block, Paragraph)
    return block.text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_table_with_its_data_is_there_and_says_all_that_a_table_must(language):
    document = build_document(content_of(language=language, **WHOLE))
    found = numbered(document)
    assert [n for n in EXPECTED if n != "B13"] == [n for n in EXPECTED if n in found]
    for number, table in found.items():
        assert table.title, number
        assert table.rows, number
        assert len(table.rows) <= MOST_ROWS
        assert all(len(row) == len(table.columns) for row in table.rows)
        if number not in ("B6", "B9", "B12", "B11b"):
            assert table.status == {"en": "preliminary", "vi": "sơ bộ"}[language], number
    assert "B13 (" in left_out_paragraph(document)
    assert "B9" not in left_out_paragraph(document)


@pytest.mark.parametrize(("role", "numbers"), LACKING.items())
def test_a_table_without_its_data_is_left_out_and_named(role, numbers):
    document = build_document(content_of(panel_of([role]), **WHOLE))
    assert numbers.isdisjoint(numbered(document))
    assert {"B4", "B5", "B6", "B7", "B8"} <= set(numbered(document))
    words = left_out_paragraph(document)
    named = set(re.findall(r"\b(B\d+b?) \(", words))
    assert named == numbers | {"B13"}


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("branches", "B9"),
        ("nation", "B11b"),
        ("innovation", "B12"),
        ("reconciled", "B13b"),
        ("periods", "B8"),
    ],
)
def test_what_a_run_does_not_have_is_named(part, number):
    content = replace(content_of(**WHOLE), **{part: ()})
    document = build_document(content)
    assert number not in numbered(document)
    assert f"{number} (" in left_out_paragraph(document)


def test_without_targets_or_an_earlier_run_their_tables_are_named():
    document = build_document(replace(content_of(), comparison=None))
    assert "B11" not in numbered(document)
    words = left_out_paragraph(document)
    assert "B11 (so với mục tiêu; thiếu: mục tiêu của Hoa An)" in words
    assert "thiếu: kết quả của lần tính trước" in words


def test_the_revisions_of_an_earlier_run_are_b13():
    row = {"kind": "yearly", "name": "tfp", "measure": "share", "entity": "", "time": "2024"}
    revisions = Revisions(
        area="Hoa An",
        old_title="then",
        new_title="now",
        rows=(Revision(**row, old=40.0, new=42.5, old_status="estimate", new_status="final"),),
        causes=(),
        average="increments",
    )
    document = build_document(content_of(revisions=revisions, **WHOLE))
    assert {40.0, 42.5, 2.5} <= set(numbered(document)["B13"].rows[0])
    assert not [b for b in document.blocks if isinstance(b, Heading) and b.name == "left_out"]


def test_without_capital_or_labour_their_tables_are_named():
    content = content_of()
    names = [name for name in content.accounts.factor_names if name == "other"]
    bare = replace(content.accounts, factor_names=tuple(names), inputs=(), weights=())
    _, lacking = expected_tables(replace(content, accounts=bare))
    assert {"B4", "B5", "B10"} <= set(lacking)


def test_weights_and_years_are_in_every_report(small_accounts, small_content):
    document = build_document(small_content(small_accounts([100, 105], [300, 309], [50, 51])))
    assert {"B4", "B6", "B7"} == set(numbered(document))
    assert not [b for b in document.blocks if isinstance(b, Heading) and b.name == "left_out"]


def test_growth_of_the_sectors_adds_to_the_growth_of_the_whole():
    table = numbered(build_document(content_of()))["B2"]
    parts = len(PARTS)
    for row, year in zip(table.rows, YEARS[1:], strict=True):
        at = YEARS.index(year)
        assert row[0] == year
        assert row[1] == pytest.approx(100 * (FRAME["y"][at] / FRAME["y"][at - 1] - 1))
        assert sum(row[2 + parts : 2 + 2 * parts]) == pytest.approx(row[1], abs=1e-12)


def test_parts_that_do_not_add_have_a_named_discrepancy():
    changed = [value + 3 for value in FRAME["y"]]
    found = numbered(build_document(content_of(panel_of(y=changed))))
    labels = [column.label for column in found["B1"].columns]
    assert labels.count("Chênh lệch thống kê") == 1
    at = labels.index("Chênh lệch thống kê")
    assert [row[at] for row in found["B1"].rows] == pytest.approx([3.0] * len(YEARS))
    for row in found["B2"].rows:
        assert sum(row[5:9]) == pytest.approx(row[1], abs=1e-12)


def test_the_price_index_is_the_ratio_of_the_two_values():
    table = numbered(build_document(content_of()))["B3"]
    ratios = [100 * a / b for a, b in zip(FRAME["gfcf_now"], FRAME["gfcf"], strict=True)]
    assert [row[3] for row in table.rows] == pytest.approx(ratios)
    assert table.columns[3].unit == "2018 = 100"


def test_productivity_is_the_sum_of_its_terms_and_icor_is_blank_near_zero_growth():
    table = numbered(build_document(content_of()))["B10"]
    heads = [column.label for column in table.columns]
    assert table.columns[1].unit == "triệu đồng/người"
    for row, year in zip(table.rows[1:], YEARS[1:], strict=True):
        at = YEARS.index(year)
        level = FRAME["y"][at] / FRAME["l"][at]
        before = FRAME["y"][at - 1] / FRAME["l"][at - 1]
        assert row[1] == pytest.approx(level)
        assert row[2] == pytest.approx(100 * (level / before - 1))
        assert row[3] + row[4] == pytest.approx(row[2], abs=1e-12)
        growth = 100 * (FRAME["y"][at] / FRAME["y"][at - 1] - 1)
        icor = row[heads.index("ICOR")]
        if growth < 0:
            assert icor == Blank("a")
        else:
            share = 100 * FRAME["gfcf_now"][at] / FRAME["y_now"][at]
            assert icor == pytest.approx(share / growth)
    assert ("a", "x: không tính ICOR vì tăng trưởng âm.") in table.notes


def test_labour_shows_what_was_published_and_by_which_definition(national_content):
    table = numbered(build_document(national_content("vi")))["B5"]
    rows = {row[0]: row for row in table.rows}
    assert rows[2020][1] == 53609.58
    assert rows[2020][2] == pytest.approx(50072.01)
    assert (rows[2020][4], rows[2021][4]) == ("ICLS-13", "ICLS-19")
    assert rows[2021][3] == pytest.approx(100 * (49072.01 / 50072.01 - 1))


def test_capital_takes_the_weakest_status_of_all_investment_before_it():
    panel = panel_of(["capital"], status=["final", "final", "estimate", *["final"] * 4])
    made = PerpetualInventory(
        depreciation=0.05, initial_stock=CapitalOutputRatio(2.5, year=2018)
    ).fit(panel)
    content = replace(content_of(made.panel), capital=made)
    found = numbered(build_document(content))
    assert [row[-1] for row in found["B4"].rows] == ["chính thức"] * 2 + ["ước tính"] * 5
    assert found["B7"].rows[-1][-1] == "ước tính"


def test_a_share_of_tfp_that_falls_is_withheld():
    falling = replace(DRIVERS, tfp_points=-1.0)
    table = numbered(build_document(content_of(innovation=(falling,))))["B12"]
    assert all(row[2] == Blank("a") for row in table.rows)
    assert table.notes[0][0] == "a"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2021, 5, 1), "khoa học và công nghệ (KH&CN)"),
        (date(2023, 5, 1), "khoa học, công nghệ và đổi mới sáng tạo"),
        (date(2025, 5, 1), "chuyển đổi số (KH,CN, ĐMST và CĐS)"),
        (None, "chuyển đổi số (KH,CN, ĐMST và CĐS)"),
    ],
)
def test_innovation_is_named_as_the_documents_of_the_year_have_it(when, words):
    content = content_of(innovation=(DRIVERS,), prepared_on=when)
    assert words in numbered(build_document(content))["B12"].title


def test_a_table_longer_than_a_page_stands_in_the_annex(many_inputs):
    content = RunContent(
        area="12", language="vi", accounts=many_inputs, panel=many_inputs.panel, plan_hash="ab" * 32
    )
    blocks = build_document(content).blocks
    annex = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.annex)
    long = [n for n, b in enumerate(blocks) if isinstance(b, Table) and b.number == "B7"]
    assert len(blocks[long[0]].rows) > MOST_ROWS
    assert long[0] > annex
    said = [b.text for b in blocks[:annex] if isinstance(b, Paragraph)]
    assert any("B7" in words and "phụ lục" in words for words in said)


def test_the_annex_holds_what_only_auditors_look_for(national_content):
    document = build_document(national_content("vi"))
    annex = next(n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.annex)
    before = [b.name for b in document.blocks[:annex] if isinstance(b, (Table, Heading))]
    assert not {"sensitivity", "averages", "findings", "ledger", "data"} & set(before)
    numbers = [b.number for b in document.blocks[:annex] if isinstance(b, Table)]
    assert numbers == sorted(numbers, key=list(EXPECTED).index)
    assert all(numbers)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_nothing_of_a_table_is_left_in_braces(language):
    document = build_document(content_of(language=language, **WHOLE))
    for table in document.tables():
        words = [table.title, *(note for _, note in table.notes)]
        words += [column.label + column.unit + column.group for column in table.columns]
        words += [cell for row in table.rows for cell in row if isinstance(cell, str)]
        assert not [w for w in words if re.search(r"\{\w*\}|tables\.\w", w)]
        assert not [
            cell for row in table.rows for cell in row if isinstance(cell, float) and np.isnan(cell)
        ]
