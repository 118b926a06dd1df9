"""Statistical bodies are called what they were called on the day of the report."""

from __future__ import annotations

from datetime import date

import pytest

from tfp.report.authorities import provincial_authority, standing


@pytest.mark.parametrize(
    ("area", "when", "name"),
    [
        ("Hưng Yên", date(2025, 2, 28), "Cục Thống kê tỉnh Hưng Yên"),
        ("Hưng Yên", date(2025, 3, 1), "Chi cục Thống kê tỉnh Hưng Yên"),
        ("Hưng Yên", date(2025, 6, 30), "Chi cục Thống kê tỉnh Hưng Yên"),
        ("Hưng Yên", date(2025, 7, 1), "Thống kê tỉnh Hưng Yên"),
        ("Hà Nội", date(2024, 1, 1), "Cục Thống kê thành phố Hà Nội"),
        ("TP.HCM", None, "Thống kê Thành phố Hồ Chí Minh"),
        # A province that is no more has no body of its own.
        ("Thái Bình", date(2025, 1, 1), "Cục Thống kê tỉnh Thái Bình"),
        ("Thái Bình", date(2026, 1, 1), ""),
        ("Việt Nam", None, ""),
        ("Hoa An", None, ""),
    ],
)
def test_the_body_of_a_province_is_named_by_date(area, when, name):
    assert provincial_authority(area, when) == name


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_province_is_told_whose_figures_are_official(language):
    assert "Thống kê tỉnh Hưng Yên" in standing("Hưng Yên", date(2026, 1, 1), language)
    assert "Thống kê" not in standing("Hoa An", None, language)
