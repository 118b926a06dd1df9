"""Spans of time as people write them."""

from __future__ import annotations

import pytest

from tfp.errors import PanelError
from tfp.panel.spans import parse_span


@pytest.mark.parametrize("written", ["2011-2015", "2011–2015", "2011:2015", " 2011 - 2015 "])
def test_years_are_joined_by_any_dash(written) -> None:
    assert parse_span(written) == (2011, 2015)


@pytest.mark.parametrize("written", [2019, "2019", " 2019 "])
def test_one_year_is_a_span(written) -> None:
    assert parse_span(written) == (2019, 2019)


def test_shorter_periods() -> None:
    assert parse_span("2019Q4-2020Q1", "quarter") == (8079, 8080)
    assert parse_span("2019-12:2020-01", "month") == (24239, 24240)
    assert parse_span("2019-12", "month") == (24239, 24239)


def test_whole_years_stand_for_all_their_quarters_and_months() -> None:
    assert parse_span("2019-2020", "quarter") == parse_span("2019Q1-2020Q4", "quarter")
    assert parse_span("2019-2020", "month") == parse_span("2019-01:2020-12", "month")
    assert parse_span(2019, "quarter") == parse_span("2019Q1-2019Q4", "quarter")


@pytest.mark.parametrize(
    ("written", "frequency"),
    [
        ("", "year"),
        ("2015-2011", "year"),
        ("2011-2013-2015", "year"),
        ("2011-", "year"),
        ("-2015", "year"),
        ("2011 to 2015", "year"),
        ("11-15", "year"),
        ("2011.5", "year"),
        (None, "year"),
        (True, "year"),
        ("2019Q5", "quarter"),
        ("2019-01-2019-12", "month"),
    ],
)
def test_what_is_no_span_is_refused(written, frequency) -> None:
    with pytest.raises(PanelError) as caught:
        parse_span(written, frequency)

    assert caught.value.code == "span-not-understood"
