"""Ready sentences for every kind of year, in both languages."""

from __future__ import annotations

import pytest

from tfp.report.building import build_document
from tfp.report.document import KeyFigures, Paragraph
from tfp.report.headline import period_sentence, year_sentence

CASES = {
    # output, capital, labour; what the sentence must hold in English and Vietnamese
    "normal": (
        ([100, 106], [300, 309], [50, 50.5]),
        ["grew by 6.00%", "capital 1.20", "labour 0.60", "TFP 4.20", "70.00% of growth"],
        [
            "tăng 6,00%",
            "vốn đóng góp 1,20",
            "lao động đóng góp 0,60",
            "TFP đóng góp 4,20",
            "Tỷ trọng đóng góp của TFP vào tăng trưởng là 70,00%",
        ],
    ),
    "negative share": (
        ([100, 102], [300, 330], [50, 50.5]),
        ["grew by 2.00%", "TFP took 2.60 percentage points off growth", "-130.00%"],
        ["tăng 2,00%", "TFP làm giảm tăng trưởng 2,60 điểm phần trăm", "-130,00%"],
    ),
    "negative growth": (
        ([100, 97], [300, 306], [50, 50]),
        ["fell by 3.00%", "TFP -3.80", "because output fell"],
        ["giảm 3,00%", "TFP đóng góp -3,80", "vì tăng trưởng âm"],
    ),
    "below threshold": (
        ([100, 100.5], [300, 306], [50, 50]),
        ["grew by 0.50%", "growth is below 1.0"],
        ["tăng 0,50%", "tăng trưởng dưới 1,0"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_year_in_words(case, language, small_accounts):
    levels, *wanted = CASES[case]
    sentence = year_sentence(small_accounts(*levels), 1, language)
    assert [part for part in wanted[language == "vi"] if part not in sentence] == []
    assert ("% of growth" in sentence or "là 70" in sentence) == (case == "normal")


def test_log_rates_are_called_log_points(language, small_accounts):
    accounts = small_accounts([100, 106], [300, 309], [50, 50.5], rates="log")
    unit = {"en": "log points", "vi": "điểm lôgarit"}[language]
    sentence = year_sentence(accounts, 1, language)
    assert sentence.count(unit) == 2
    assert {"en": "percentage", "vi": "phần trăm"}[language] not in sentence


def test_output_bears_the_name_that_the_reader_knows(language, small_accounts):
    accounts = small_accounts([100, 106], [300, 309], [50, 50.5])
    assert "GRDP" in year_sentence(accounts, 1, language, "GRDP")


def test_a_period_names_its_average(language, national_content):
    for periods in national_content(language).periods:
        sentence = period_sentence(periods, language, "GDP")
        assert "2011–2024" in sentence
        names = {
            "increments": ("by increments", "theo lượng tăng"),
            "sum_of_rates": ("by sum of rates", "theo tổng tốc độ"),
            "log": ("in logarithms", "theo lôgarit"),
        }
        assert names[periods.average][language == "vi"] in sentence


def test_a_period_without_a_share_says_so(language, small_accounts):
    accounts = small_accounts([100, 97, 96], [300, 306, 310], [50, 50, 50])
    sentence = period_sentence(accounts.periods(["2021-2022"]), language)
    assert {"en": "no share of growth is given", "vi": "không tính tỷ trọng đóng góp"}[
        language
    ] in sentence


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("preliminary", {"en": "rest on preliminary figures", "vi": "dựa trên số liệu sơ bộ"}),
        ("estimate", {"en": "rest on estimate", "vi": "dựa trên số liệu ước tính"}),
    ],
)
def test_unsettled_data_are_announced(status, words, language, small_accounts, small_content):
    accounts = small_accounts(
        [100, 106, 110], [300, 309, 318], [50, 50.5, 51], status=["final", "final", status]
    )
    blocks = build_document(small_content(accounts, language)).blocks
    warnings = [b.text for b in blocks if isinstance(b, Paragraph) and b.role == "warning"]
    assert len(warnings) == 1
    assert words[language] in warnings[0]
    assert "2022" in warnings[0]
    assert "2021" not in warnings[0]


def test_final_data_need_no_announcement(language, small_accounts, small_content):
    accounts = small_accounts([100, 106], [300, 309], [50, 50.5], status=["final", "final"])
    blocks = build_document(small_content(accounts, language)).blocks
    assert [b for b in blocks if isinstance(b, Paragraph) and b.role == "warning"] == []


def test_key_figures_withhold_what_the_table_withholds(small_accounts, small_content):
    accounts = small_accounts([100, 97], [300, 306], [50, 50])
    blocks = build_document(small_content(accounts)).blocks
    (key,) = [block for block in blocks if isinstance(block, KeyFigures)]
    growth, points, share = key.figures
    assert growth.value == pytest.approx(-3.0)
    assert points.value == pytest.approx(-3.8)
    assert share.value is None


def test_targets_that_have_a_share_are_in_the_headline(national_content):
    blocks = build_document(national_content("vi")).blocks
    said = [b.text for b in blocks if isinstance(b, Paragraph) and b.role == "lead"]
    assert any("chưa đến kỳ đánh giá" in s and "43,03%" in s for s in said)
    assert any(": đạt;" in s and "giai đoạn 2016–2020 là 44,64%" in s for s in said)
    assert any(": chưa đạt;" in s and "năm 2021 là 34,16%" in s for s in said)
