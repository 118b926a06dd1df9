"""Price indices chained from changes, and borrowed from another area."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest

import tfp
from tfp.errors import TFPError

SOURCE = "national accounts"
REASON = "the province publishes no price index"


def code_of(function, *arguments, **options):
    with pytest.raises(TFPError) as error:
        function(*arguments, **options)
    return error.value.code


class TestChain:
    def panel(self, values, years=(2010, 2011, 2012, 2013), **options):
        frame = {"year": list(years), "p": values}
        return tfp.Panel(frame, time="year", output_price="p", **options)

    def test_each_printed_value_is_the_change_of_the_chain(self):
        panel = tfp.chain_price_index(self.panel([109.0, 121.2, 110.9, 104.8]), "output")
        index = panel.values("output_price")
        assert index[0] == 1.0
        assert (index[1:] / index[:-1]).tolist() == pytest.approx([1.212, 1.109, 1.048])
        assert "p" in panel.ledger[0].why("vi")

    def test_the_first_printed_value_is_not_used_and_may_be_missing(self):
        one = tfp.chain_price_index(self.panel([np.nan, 120.0, 110.0, 100.0]), "output")
        other = tfp.chain_price_index(self.panel([150.0, 120.0, 110.0, 100.0]), "output")
        assert one.values("output_price").tolist() == other.values("output_price").tolist()

    def test_a_chain_does_not_jump_a_gap(self):
        panel = self.panel([100.0, 120.0, 110.0, 100.0], years=(2010, 2011, 2013, 2014))
        index = tfp.chain_price_index(panel, "output").values("output_price")
        assert np.isnan(index).tolist() == [False, False, True, True]

    def test_the_chain_may_be_deflated_with(self):
        frame = {"year": [2010, 2011], "p": [100.0, 120.0], "v": [50.0, 66.0]}
        panel = tfp.Panel(frame, time="year", output_price="p", output_current="v",
                          units={"output_price": "Năm trước = 100"})  # fmt: skip
        panel = tfp.chain_price_index(panel, "output")
        panel = tfp.deflate(panel, "output", base=2010, source="yearbook")
        assert panel.values("output").tolist() == pytest.approx([50.0, 55.0])

    @pytest.mark.parametrize(
        "values",
        [[0.0, 21.2, 10.9, 4.8], [1.0, 1.2, 1.3, 1.4], [100.0, 450.0, 600.0, 700.0],
         [100.0, 101.0, -3.0, 102.0], [np.nan] * 4],
    )  # fmt: skip
    def test_what_is_no_such_index_is_refused(self, values):
        assert code_of(tfp.chain_price_index, self.panel(values), "output") == (
            "price-not-of-previous"
        )

    def test_a_chain_is_not_chained_again(self):
        panel = tfp.chain_price_index(self.panel([100.0, 121.2, 110.9, 104.8]), "output")
        assert code_of(tfp.chain_price_index, panel, "output") == "price-not-of-previous"


class TestBorrow:
    nation = tfp.Panel({"year": [2019, 2020, 2021], "p": [1.36, 1.385, 1.457]}, time="year",
                       area="Viet Nam", investment_price="p", vintages={"investment_price": "2024"},
                       boundaries={"investment_price": "nation"})  # fmt: skip

    def provinces(self, **options):
        frame = {"p": ["Huế", "Huế", "Quảng Trị", "Quảng Trị"], "year": [2020, 2021, 2021, 2022],
                 "i": [10.0, 12.0, 19.0, 28.0], "ip": [1.0] * 4}  # fmt: skip
        return tfp.Panel(frame, entity="p", time="year", investment_current="i", **options)

    def borrow(self, **options):
        return tfp.borrow_price(
            self.provinces(), "investment", self.nation,
            **{"source": "national accounts", "reason": REASON, **options},
        )  # fmt: skip

    def test_every_area_takes_the_price_of_the_year(self):
        values = self.borrow().values("investment_price")
        assert values[:3].tolist() == [1.385, 1.457, 1.457]
        assert np.isnan(values[3])

    def test_the_assumption_has_a_name_and_says_what_it_may_cost(self):
        (entry,) = self.borrow().ledger
        assert (entry.action, entry.reason, entry.source) == (
            "borrowed", REASON, "national accounts",
        )  # fmt: skip
        assert "Viet Nam" in entry.detail("en")
        assert "6 to 7 per cent" in entry.detail("en")
        assert "lệch 6 đến 7%" in entry.detail("vi")
        assert len(entry.rows) == 3

    def test_the_years_that_the_lender_lacks_are_refused_when_deflating(self):
        options = {"base": 2021, "source": "national accounts"}
        assert code_of(tfp.deflate, self.borrow(), "investment", **options) == "price-missing"

    def test_a_year_that_the_lender_skips_is_missing(self):
        lender = tfp.Panel({"year": [2019, 2021], "p": [1.36, 1.457]}, time="year",
                           investment_price="p")  # fmt: skip
        given = {"source": "s", "reason": REASON}
        panel = tfp.borrow_price(self.provinces(), "investment", lender, **given)
        assert np.isnan(panel.values("investment_price")).tolist() == [True, False, False, True]

    def test_vintage_and_boundary_stay_with_the_lender(self):
        column = self.borrow().column("investment_price")
        assert (column.vintage, column.boundary) == (None, None)

    def test_one_of_several_lenders(self):
        frame = {"p": ["A", "B"], "year": [2021, 2021], "q": [1.1, 1.2]}
        lender = tfp.Panel(frame, entity="p", time="year", investment_price="q")
        given = {"source": "s", "reason": REASON}
        own = self.provinces()
        assert code_of(tfp.borrow_price, own, "investment", lender, **given) == "entity-needed"
        given["entity"] = "C"
        assert code_of(tfp.borrow_price, own, "investment", lender, **given) == "entity-unknown"
        given["entity"] = "B"
        values = tfp.borrow_price(own, "investment", lender, **given).values("investment_price")
        assert values[1:3].tolist() == [1.2, 1.2]

    def test_what_is_refused(self):
        given = {"source": "s", "reason": REASON}
        own = self.provinces(investment_price="ip")
        assert code_of(tfp.borrow_price, own, "investment", self.nation, **given) == (
            "column-present"
        )
        quarters = tfp.Panel({"q": ["2021Q1"], "p": [1.0]}, time="q", frequency="quarter",
                             investment_price="p")  # fmt: skip
        assert code_of(tfp.borrow_price, self.provinces(), "investment", quarters, **given) == (
            "frequencies-differ"
        )
        with pytest.raises(TFPError) as error:
            self.borrow(reason="")
        assert error.value.code == "reason-missing"
        with pytest.raises(TFPError) as error:
            self.borrow(source="")
        assert error.value.code == "prices-without-source"


class TestDeclaredBases:
    @pytest.mark.parametrize("declared", [{"units": "2010 = 100"}, {"price_bases": "so sánh 2010"}])
    def test_an_index_of_one_base_is_not_chained(self, declared):
        declared = {what: {"output_price": words} for what, words in declared.items()}
        panel = tfp.Panel({"year": [2010, 2011, 2012], "p": [100.0, 109.0, 115.0]}, time="year",
                          output_price="p", **declared)  # fmt: skip
        assert code_of(tfp.chain_price_index, panel, "output") == "price-of-one-base"

    def test_one_that_names_the_previous_year_is_and_can_be_deflated_by(self):
        panel = tfp.Panel({"year": [2010, 2011], "p": [100.0, 109.0], "v": [50.0, 109.0]},
                          time="year", output_price="p", output_current="v",
                          price_bases={"output_price": "previous year"})  # fmt: skip
        made = tfp.chain_price_index(panel, "output")
        made = tfp.deflate(made, "output", base=2010, source=SOURCE)
        assert made.values("output").tolist() == pytest.approx([50.0, 100.0])


class TestBorrowedWithItsBase:
    nation = tfp.Panel({"year": [2010, 2016, 2017], "p": [80.0, 100.0, 104.0]}, time="year",
                       area="Viet Nam", investment_price="p")  # fmt: skip
    province = tfp.Panel({"year": [2016, 2017], "v": [250.0, 260.0]}, time="year",
                         area="Quảng Trị", investment_current="v")  # fmt: skip
    given: ClassVar = {"source": SOURCE, "reason": REASON}

    def test_the_base_year_may_lie_before_the_panel(self):
        panel = tfp.borrow_price(self.province, "investment", self.nation, base=2010, **self.given)
        column = panel.column("investment_price")
        assert (column.price_base, column.values.tolist()) == ("2010", [1.25, 1.3])
        assert "2010" in panel.ledger[-1].detail("vi")
        made = tfp.deflate(panel, "investment", base=2010, source=SOURCE)
        assert made.values("investment").tolist() == pytest.approx([200.0, 200.0])

    def test_it_is_the_same_as_if_the_panel_had_the_year(self):
        panel = tfp.borrow_price(self.province, "investment", self.nation, base=2010, **self.given)
        plain = tfp.borrow_price(self.province, "investment", self.nation, **self.given)
        one, other = (
            tfp.deflate(each, "investment", base=2016, source=SOURCE).values("investment")
            for each in (panel, plain)
        )
        np.testing.assert_allclose(one, other, rtol=1e-15)

    def test_what_is_refused(self):
        call = (tfp.borrow_price, self.province, "investment", self.nation)
        assert code_of(*call, base=2011, **self.given) == "base-year-missing"
        frame, units = self.nation.frame, {"investment_price": "prev. year=100"}
        moving = tfp.Panel(frame.reset_index(), time="year", investment_price="investment_price",
                           units=units)  # fmt: skip
        call = (tfp.borrow_price, self.province, "investment", moving)
        assert code_of(*call, base=2010, **self.given) == "price-not-chained"

    def test_a_borrowed_index_is_as_preliminary_as_the_lenders_and_breaks_with_it(self):
        frame = {"year": [2015, 2016, 2017], "p": [80.0, 100.0, 104.0], "d": ["a", "a", "b"],
                 "s": ["final", "final", "Prel."]}  # fmt: skip
        nation = tfp.Panel(frame, time="year", investment_price="p",
                           status={"investment_price": "s"},
                           definitions={"investment_price": "d"})  # fmt: skip
        province = tfp.Panel({"year": [2016, 2017, 2018], "v": [1.0, 2.0, 3.0]}, time="year",
                             investment_current="v")  # fmt: skip
        column = tfp.borrow_price(province, "investment", nation, **self.given).column(
            "investment_price"
        )
        assert column.status.tolist() == [0, 2, 0]
        assert [column.definition_of(row) for row in range(3)] == ["a", "b", ""]
