"""Current prices into constant ones: figures, what a column inherits, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.errors import TFPError

SOURCE = "yearbook 2022, table 40"
FRAME = {
    "year": [2019, 2020, 2021, 2022],
    "v": [100.0, 121.0, 126.0, 150.0],
    "p": [125.0, 137.5, 150.0, 160.0],
    "ict": [10.0, 11.0, 12.0, 13.0],
    "ict_price": [90.0, 80.0, 75.0, 60.0],
    "status_v": ["final", "final", "final", "preliminary"],
    "status_p": ["final", "estimate", "final", "final"],
}
ROLES = {"investment_current": "v", "investment_price": "p"}


def panel_of(spoil=None, **options):
    frame = {name: list(values) for name, values in FRAME.items()}
    for (column, row), value in (spoil or {}).items():
        frame[column][row] = value
    return tfp.Panel(frame, time="year", **{**ROLES, **options})


def code_of(function, *arguments, **options):
    with pytest.raises(TFPError) as error:
        function(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value.code


class TestDeflate:
    def test_values_over_the_price_relative_to_the_base_year(self):
        panel = tfp.deflate(panel_of(), "investment", base=2020, source=SOURCE)
        expected = [100 / (125 / 137.5), 121.0, 126 / (150 / 137.5), 150 / (160 / 137.5)]
        assert panel.values("investment").tolist() == pytest.approx(expected, rel=1e-15)
        assert panel.values("investment")[1] == 121.0

    def test_the_base_of_the_index_does_not_matter(self):
        one = tfp.deflate(panel_of(), "investment", base=2020, source=SOURCE)
        prices = {("p", row): 0.37 * value for row, value in enumerate(FRAME["p"])}
        other = tfp.deflate(panel_of(prices), "investment", base=2020, source=SOURCE)
        np.testing.assert_allclose(one.values("investment"), other.values("investment"), rtol=1e-14)

    def test_what_the_column_takes_from_its_parents(self):
        panel = panel_of(
            units={"investment_current": "billion VND"},
            vintages={"investment_current": "2022", "investment_price": "2022"},
            boundaries={"investment_current": "63 provinces"},
            status={"investment_current": "status_v", "investment_price": "status_p"},
        )
        column = tfp.deflate(panel, "investment", base=2020, source=SOURCE).column("investment")
        assert (column.unit, column.price_base, column.vintage) == ("billion VND", "2020", "2022")
        assert column.boundary == "63 provinces"
        assert column.status.tolist() == [0, 3, 0, 2]

    def test_the_ledger_says_how(self):
        panel = tfp.deflate(panel_of(), "investment", base=2020, source=SOURCE)
        (entry,) = panel.ledger
        assert (entry.action, entry.role, entry.source) == ("derived", "investment", SOURCE)
        assert [time for _, time in entry.rows] == FRAME["year"]
        assert entry.why("en") == "current prices turned into prices of 2020"
        assert entry.detail("vi") == "v chia cho p, bình quân năm 2020 bằng 1"

    def test_each_asset_by_its_own_price(self):
        panel = panel_of(
            investment_current={"ict": "ict", "other": "v"},
            investment_price={"ict": "ict_price", "other": "p"},
        )
        panel = tfp.deflate(panel, "investment", base=2019, source=SOURCE)
        assert panel.values("investment:ict").tolist() == pytest.approx(
            [10, 11 * 90 / 80, 12 * 90 / 75, 13 * 90 / 60]
        )
        assert panel.values("investment:other")[0] == 100.0

    def test_one_price_for_all_assets_is_an_assumption_with_a_reason(self):
        panel = panel_of(investment_current={"ict": "ict", "other": "v"})
        by = {"by": "investment_price", "base": 2019, "source": SOURCE}
        assert code_of(tfp.deflate, panel, "investment", **by) == "reason-missing"
        panel = tfp.deflate(panel, "investment", **by, reason="no price by asset is published")
        assert panel.values("investment:ict")[1] == pytest.approx(11 * 125 / 137.5)
        assert {entry.why() for entry in panel.ledger} == {"no price by asset is published"}

    def test_a_missing_value_stays_missing_and_needs_no_price(self):
        panel = panel_of({("v", 2): np.nan, ("p", 2): np.nan})
        values = tfp.deflate(panel, "investment", base=2020, source=SOURCE).values("investment")
        assert np.isnan(values).tolist() == [False, False, True, False]

    def test_quarters_take_the_mean_price_of_the_year(self):
        frame = {"q": ["2020Q1", "2020Q2", "2020Q3", "2020Q4", "2021Q1"],
                 "v": [10.0, 11.0, 12.0, 13.0, 14.0],
                 "p": [98.0, 99.0, 101.0, 102.0, 105.0]}  # fmt: skip
        panel = tfp.Panel(
            frame, time="q", frequency="quarter", investment_current="v", investment_price="p"
        )
        values = tfp.deflate(panel, "investment", base=2020, source=SOURCE).values("investment")
        assert values.tolist() == pytest.approx(
            [10 / 0.98, 11 / 0.99, 12 / 1.01, 13 / 1.02, 14 / 1.05]
        )
        frame = {name: column[1:] for name, column in frame.items()}
        short = tfp.Panel(
            frame, time="q", frequency="quarter", investment_current="v", investment_price="p"
        )
        options = {"base": 2020, "source": SOURCE}
        assert code_of(tfp.deflate, short, "investment", **options) == "base-year-missing"


class TestBesidePublishedFigures:
    def panel(self, published):
        frame = {**FRAME, "x": published}
        return tfp.Panel(frame, time="year", investment="x", **ROLES,
                         price_bases={"investment": "2020"})  # fmt: skip

    def test_empty_cells_are_filled_and_published_ones_kept(self):
        panel = self.panel([np.nan, 121.04, np.nan, 128.95])
        panel = tfp.deflate(panel, "investment", base=2020, source=SOURCE)
        assert panel.values("investment").tolist() == pytest.approx([110.0, 121.04, 115.5, 128.95])
        assert [time for _, time in panel.ledger[0].rows] == [2019, 2021]

    def test_figures_that_contradict_are_refused(self):
        panel = self.panel([np.nan, 121.0, 117.0, 128.9])
        with pytest.raises(tfp.MethodError) as error:
            tfp.deflate(panel, "investment", base=2020, source=SOURCE)
        assert error.value.code == "constant-prices-contradict"
        assert [place.time for place in error.value.places] == [2021]
        assert "117.00" in error.value.message()
        assert "115.50" in error.value.message()

    def test_another_base_is_refused(self):
        panel = self.panel([np.nan, 121.0, np.nan, np.nan])
        options = {"base": 2019, "source": SOURCE}
        assert code_of(tfp.deflate, panel, "investment", **options) == "mixed-price-bases"


@pytest.mark.parametrize(
    ("spoil", "options", "call", "code"),
    [
        ({("p", 2): np.nan}, {}, {}, "price-missing"),
        ({("p", 2): 0.0}, {}, {}, "not-positive"),
        ({("p", 2): -1.0}, {}, {}, "not-positive"),
        ({}, {}, {"base": 2010}, "base-year-missing"),
        ({}, {}, {"source": " "}, "prices-without-source"),
        ({}, {}, {"role": "labour"}, "prices-role"),
        ({}, {}, {"role": "output:x"}, "prices-role"),
        ({}, {}, {"role": "output"}, "role-missing"),
        ({}, {"units": {"investment_price": "Năm trước = 100"}}, {}, "price-not-chained"),
        ({}, {"units": {"investment_price": "previous year = 100"}}, {}, "price-not-chained"),
        ({}, {"vintages": {"investment_current": "2020", "investment_price": "2021"}}, {},
         "mixed-vintages"),
        ({}, {"boundaries": {"investment_current": "63", "investment_price": "34"}}, {},
         "mixed-boundaries"),
    ],
)  # fmt: skip
def test_what_is_refused(spoil, options, call, code):
    call = {"role": "investment", "base": 2020, "source": SOURCE} | call
    assert code_of(tfp.deflate, panel_of(spoil, **options), **call) == code


class TestImplicitPrice:
    def panel(self, volume, current):
        frame = {"year": [2010, 2011, 2012], "x": volume, "v": current}
        return tfp.Panel(frame, time="year", investment="x", investment_current="v")

    def test_current_over_constant(self):
        panel = tfp.implicit_price(self.panel([10.0, 12.0, 0.0], [10.0, 15.0, 0.0]), "investment")
        assert panel.values("investment_price")[:2].tolist() == [1.0, 1.25]
        assert np.isnan(panel.values("investment_price")[2])

    def test_falling_stocks_have_a_price_too(self):
        panel = tfp.implicit_price(self.panel([10.0, -4.0, 2.0], [10.0, -5.0, 3.0]), "investment")
        assert panel.values("investment_price").tolist() == [1.0, 1.25, 1.5]

    @pytest.mark.parametrize(
        ("volume", "current"),
        [([10.0, 12.0, 1.0], [10.0, -15.0, 1.0]), ([10.0, 0.0, 1.0], [10.0, 15.0, 1.0]),
         ([10.0, 12.0, 1.0], [10.0, 0.0, 1.0])],
    )  # fmt: skip
    def test_a_price_at_or_below_zero_is_refused(self, volume, current):
        panel = self.panel(volume, current)
        assert code_of(tfp.implicit_price, panel, "investment") == "not-positive"

    def test_a_given_index_is_not_written_over(self):
        frame = {"year": [2010], "x": [1.0], "v": [1.0], "p": [1.0]}
        panel = tfp.Panel(frame, time="year", output="x", output_current="v", output_price="p")
        assert code_of(tfp.implicit_price, panel, "output") == "column-present"


class TestWhatIsDeclared:
    @pytest.mark.parametrize("unit", ["prev. year=100", "Previous year = 100", "năm trước = 100"])
    def test_an_index_of_the_previous_year_is_recognised(self, unit):
        panel = panel_of(units={"investment_price": unit})
        options = {"base": 2020, "source": SOURCE}
        assert code_of(tfp.deflate, panel, "investment", **options) == "price-not-chained"

    @pytest.mark.parametrize(("base", "code"), [("so sánh 2010", True), ("giá hiện hành", False)])
    def test_values_at_constant_prices_are_not_deflated(self, base, code):
        panel = panel_of(price_bases={"investment_current": base})
        options = {"base": 2020, "source": SOURCE}
        if code:
            found = code_of(tfp.deflate, panel, "investment", **options)
            assert found == "deflate-constant-prices"
        else:
            assert tfp.deflate(panel, "investment", **options).values("investment")[1] == 121.0

    def test_units_that_differ_give_no_price_and_fill_nothing(self):
        panel = panel_of(
            investment="ict", units={"investment": "billion", "investment_current": "trillion"}
        )
        options = {"base": 2020, "source": SOURCE}
        assert code_of(tfp.deflate, panel, "investment", **options) == "mixed-units"
        frame = {"year": [2019, 2020], "y": [1.0, 2.0], "v": [1000.0, 2100.0]}
        panel = tfp.Panel(
            frame, time="year", output="y", output_current="v",
            units={"output": "trillion", "output_current": "billion"},
        )  # fmt: skip
        assert code_of(tfp.implicit_price, panel, "output") == "mixed-units"

    def test_a_published_column_names_the_base_in_words(self):
        frame = {"v": [110.0, 121.0], "p": [1.0, 1.1], "x": [110.0, np.nan], "year": [2019, 2020]}
        panel = tfp.Panel(frame, time="year", output="x", output_current="v", output_price="p",
                          price_bases={"output": "so sánh 2019"})  # fmt: skip
        made = tfp.deflate(panel, "output", base=2019, source=SOURCE)
        assert made.values("output").tolist() == pytest.approx([110.0, 110.0])

    def test_a_declared_base_serves_where_the_data_begin_later(self):
        panel = panel_of(units={"investment_price": "2010 = 100"})
        made = tfp.deflate(panel, "investment", base=2010, source=SOURCE)
        assert made.values("investment")[0] == pytest.approx(100.0 / 1.25)
        assert made.column("investment").price_base == "2010"
        options = {"base": 2011, "source": SOURCE}
        assert code_of(tfp.deflate, panel, "investment", **options) == "base-year-missing"

    def test_an_area_without_a_name_is_a_dash(self):
        with pytest.raises(TFPError) as error:
            tfp.deflate(panel_of(), "investment", base=2010, source=SOURCE)
        assert "for: –." in error.value.message("en")
