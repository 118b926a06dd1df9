"""Implicit prices that give a change of base away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import tfp

YEARS = list(range(2006, 2016))
INFLATION = arrays(float, len(YEARS) - 1, elements=st.floats(-5.0, 25.0))


def panel_of(volumes, current, base=None, **options):
    frame = {"year": YEARS, "y": volumes, "v": current}
    bases = {} if base is None else {"output": base}
    return tfp.Panel(
        frame, time="year", output="y", output_current="v", price_bases=bases, **options
    )


def economy(inflation):
    """Return volumes at the prices of 2010, and current values."""
    volumes = 1000.0 * 1.06 ** np.arange(len(YEARS))
    prices = np.cumprod([1.0, *(1 + inflation / 100)])
    return volumes, volumes * prices / prices[YEARS.index(2010)]


def found(panel):
    return [(finding.code, finding.places[0].time) for finding in tfp.base_changes(panel)]


@given(INFLATION)
def test_inflation_is_no_change_of_base(inflation):
    assert found(panel_of(*economy(inflation), base="2010")) == []


@given(INFLATION, st.integers(1, len(YEARS) - 1), st.floats(1.9, 4.0))
def test_volumes_at_older_prices_before_a_year_are_found_there(inflation, since, factor):
    volumes, current = economy(inflation)
    volumes[:since] /= factor
    assert ("base-change-suspected", YEARS[since]) in found(panel_of(volumes, current))


@pytest.mark.parametrize(("change", "suspected"), [(-12, 0), (-18, 1), (38, 0), (48, 1)])
def test_how_far_prices_may_move_in_a_year(change, suspected):
    inflation = np.zeros(len(YEARS) - 1)
    inflation[6] = change
    assert len(found(panel_of(*economy(inflation)))) == suspected


def test_a_base_year_that_is_none():
    volumes, current = economy(np.full(len(YEARS) - 1, 10.0))
    (finding,) = tfp.base_changes(panel_of(volumes, current, base="2012"))
    assert (finding.code, finding.places[0].time) == ("base-year-contradicted", 2012)
    assert finding.fields["ratio"] == pytest.approx(1.21)
    assert "1,2100 lần" in finding.part("found", "vi")


def test_a_declared_change_is_known():
    volumes, current = economy(np.full(len(YEARS) - 1, 10.0))
    volumes[:4] /= 3.0
    bases = ["1994"] * 4 + ["2010"] * 6
    frame = {"year": YEARS, "y": volumes, "v": current, "base": bases}
    panel = tfp.Panel(
        frame, time="year", output="y", output_current="v", definitions={"output": "base"}
    )
    assert found(panel) == []


def test_investment_by_asset_is_looked_at_too():
    volumes, current = economy(np.zeros(len(YEARS) - 1))
    frame = {
        "year": YEARS,
        "a": volumes,
        "av": np.where(np.arange(len(YEARS)) < 5, 2.0, 1.0) * current,
    }
    panel = tfp.Panel(frame, time="year", investment={"a": "a"}, investment_current={"a": "av"})
    assert found(panel) == [("base-change-suspected", 2011)]


def test_the_national_figures_give_no_finding():
    panel = tfp.Panel(
        tfp.datasets.vietnam().frame, time="year", output="gdp", output_current="gdp_current",
        investment="gfcf", investment_current="gfcf_current",
        price_bases={"output": "2010", "investment": "2010"},
    )  # fmt: skip
    assert tfp.base_changes(panel) == ()


def test_a_panel_without_current_prices_has_nothing_to_tell():
    panel = tfp.Panel({"year": [2019], "y": [1.0]}, time="year", output="y")
    assert tfp.base_changes(panel) == ()


@pytest.mark.parametrize("base", ["2008", "so sánh 2008"])
def test_a_base_year_in_words_is_contradicted_like_a_number(base):
    volumes, current = economy(np.full(len(YEARS) - 1, 5.0))
    assert ("base-year-contradicted", 2008) in found(panel_of(volumes, current, base=base))


class TestConvertedInvestment:
    @staticmethod
    def converted(ratio, *, both=False):
        panel = tfp.Panel(
            {"year": [2010, 2011, 2012], "v": [100.0, 120.0, 150.0], "p": [1.0, 1.1, 1.2]},
            time="year", investment_current="v", investment_price="p",
        )  # fmt: skip
        panel = tfp.deflate(panel, "investment", base=2010, source="yearbook")
        for role in ("investment", "investment_current")[: 1 + both]:
            panel = tfp.fixed_capital_formation(panel, ratio=ratio, role=role, source="stated")
        return panel

    def test_a_part_of_the_values_has_no_base_year_to_contradict(self):
        assert tfp.base_changes(self.converted(0.8)) == ()
        assert tfp.base_changes(self.converted({2010: 0.9, 2011: 0.5, 2012: 0.5})) == ()

    def test_what_is_converted_at_both_prices_is_checked(self):
        panel = self.converted(0.8, both=True)
        assert tfp.base_changes(panel) == ()
        wrong = panel.with_values("investment", 1.1 * panel.values("investment"))
        assert [finding.code for finding in tfp.base_changes(wrong)] == ["base-year-contradicted"]
