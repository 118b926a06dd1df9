"""Names that charts, tables and commands share."""

from __future__ import annotations

import pytest

from tfp.language.catalogue import LANGUAGES
from tfp.language.terms import average_name, in_period, term_name, with_asset
from tfp.plots.contributions import plot_contributions
from tfp.report.result_tables import period_table


@pytest.mark.parametrize(
    ("name", "english", "vietnamese"),
    [
        ("labour", "Labour", "Lao động"),
        ("capital_ict", "Capital (ICT)", "Vốn (ICT)"),
        ("capital_machinery", "Capital (machinery)", "Vốn (máy móc)"),
        ("capital_ships", "Capital (ships)", "Vốn (ships)"),
        ("capital_deepening", "Capital deepening", "Mức trang bị vốn cho lao động"),
        (
            "capital_ict_deepening",
            "Deepening of capital (ICT)",
            "Mức trang bị vốn (ICT) cho lao động",
        ),
        (
            "materials_deepening",
            "Deepening of materials",
            "Mức trang bị materials cho lao động",
        ),
        ("land", "land", "land"),
    ],
)
def test_terms_have_names_in_both_languages(name, english, vietnamese):
    assert term_name(name, "en") == english
    assert term_name(name, "vi") == vietnamese


def test_assets_of_the_users_own_keep_their_names():
    assert with_asset("Investment", "ships", "en") == "Investment (ships)"
    assert with_asset("Đầu tư", "other", "vi") == "Đầu tư (khác)"


@pytest.mark.parametrize(
    ("period", "english", "vietnamese"),
    [
        (2024, "In 2024", "Năm 2024"),
        ("2024Q3", "In quarter III of 2024", "Quý III năm 2024"),
        ("2024-03", "In month 3 of 2024", "Tháng 3 năm 2024"),
    ],
)
def test_a_sentence_begins_with_its_period(period, english, vietnamese):
    assert in_period(period, "en") == english
    assert in_period(period, "vi") == vietnamese


@pytest.mark.parametrize("average", ["increments", "sum_of_rates", "log"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_and_tables_name_an_average_alike(average, language, national):
    periods = national.periods(["2011-2015"], average=average)
    name = average_name(average, language)
    assert name in period_table(periods, language).title
    words = [t.get_text() for t in plot_contributions(periods, language=language).texts]
    assert any(name in each.replace("\n", " ") for each in words)
