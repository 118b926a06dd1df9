"""Prices on yearbook figures: vintages told apart, levels from growth, deflators compared.

The provincial files hold what the yearbooks print; the vintages in them are known.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

REASON = "no price index of the province is published"


@pytest.fixture(scope="module")
def read(reference_data):
    return lambda name: pd.read_csv(reference_data(name), comment="#")


@pytest.fixture(scope="module")
def hoa_binh(read):
    """Levels of two yearbooks and the growth of the later one, in billion VND and per cent."""
    table = read("province_hoa_binh.csv")
    levels = table[table["variable"] == "grdp_2010p"]
    is_old = levels["vintage"].str.contains("OLD")
    index = table[table["variable"] == "grdp_2010p_index"].set_index("year")["value"]
    by_year = levels.set_index("year")["value"] / 1000
    old, new = (by_year[mask.to_numpy()].sort_index() for mask in (is_old, ~is_old))
    return old, new, (index - 100).round(2)


@pytest.fixture(scope="module")
def hung_yen(read):
    """GRDP at 2010 prices in the yearbooks of 2015 and 2022, in million VND."""
    table = read("province_hung_yen.csv")
    levels = table[table["variable"] == "grdp_2010p"]
    is_old = levels["vintage"].str.contains("2015")
    return tuple(levels[mask].set_index("year")["value"] for mask in (is_old, ~is_old))


def panel_of(levels, growth=None, **options):
    frame = {"year": levels.index, "y": levels.to_numpy()}
    if growth is not None:
        frame["g"] = growth.reindex(levels.index).to_numpy()
        options["output_growth"] = "g"
    return tfp.Panel(frame, time="year", output="y", **options)


def published(levels):
    """Return growth as printed: two decimals."""
    return (100 * levels.pct_change()).round(2)


class TestHoaBinh:
    def test_two_yearbooks_side_by_side(self, hoa_binh):
        old, new, growth = hoa_binh
        levels = pd.concat([old, new.loc[2020:]])
        (finding,) = tfp.contradicting_growth(panel_of(levels, growth))
        assert finding.code == "level-of-another-vintage"
        assert [place.time for place in finding.places] == [2020]
        assert finding.severity == "block"
        # 29,956.2 stands for 2019; the growth of 3.70 and 2.66 implies 28,304.4.
        assert finding.fields["stands"] == 29956.2
        assert finding.fields["implied"] == pytest.approx(28304.4, abs=0.1)
        assert finding.fields["level"] == pytest.approx(-2.02, abs=0.005)
        assert finding.fields["published"] == pytest.approx(3.70)
        assert finding.fields["difference"] == pytest.approx(5.72, abs=0.005)

    def test_one_figure_of_the_older_yearbook_among_the_newer(self, hoa_binh):
        old, new, growth = hoa_binh
        levels = new.copy()
        levels[2019] = old[2019]
        (finding,) = tfp.contradicting_growth(panel_of(levels, growth))
        assert (finding.code, finding.places[0].time) == ("level-alone-off", 2019)

    def test_one_yearbook_alone_gives_no_finding(self, hoa_binh):
        _, new, growth = hoa_binh
        assert tfp.contradicting_growth(panel_of(new, growth)) == ()

    def test_levels_from_growth_are_those_derived_by_hand(self, hoa_binh):
        _, new, growth = hoa_binh
        frame = {"year": range(2016, 2022), "g": growth.reindex(range(2016, 2022)).to_numpy()}
        panel = tfp.levels_from_growth(
            tfp.Panel(frame, time="year", output_growth="g"), level_year=2021, level=new[2021],
            source="yearbook 2021, table 42",
        )  # fmt: skip
        # Derived in the file from the same figures, in millions: within one million.
        np.testing.assert_allclose(panel.values("output"), new, atol=0.001)


class TestHungYen:
    def test_each_vintage_agrees_with_its_own_growth(self, hung_yen):
        for levels in hung_yen:
            assert tfp.contradicting_growth(panel_of(levels, published(levels))) == ()

    @pytest.mark.parametrize("since", [2011, 2012, 2013, 2014])
    def test_a_change_of_vintage_is_found_in_its_year(self, hung_yen, since):
        old, new = hung_yen
        levels = pd.concat([old.loc[: since - 1], new.loc[since:]])
        # The publication of each year's growth changes with that of its level.
        growth = pd.concat([published(old).loc[: since - 1], published(new).loc[since:]])
        (finding,) = tfp.contradicting_growth(panel_of(levels, growth))
        assert (finding.code, finding.places[0].time) == ("level-of-another-vintage", since)
        assert finding.fields["factor"] == pytest.approx(new[since - 1] / old[since - 1], rel=1e-4)

    def test_levels_of_one_and_growth_of_the_other(self, hung_yen):
        old, new = hung_yen
        (finding,) = tfp.contradicting_growth(panel_of(old, published(new)))
        assert finding.code == "level-and-growth-apart"
        assert finding.fields["year"] == 2014
        assert finding.fields["difference"] == pytest.approx(7.30 - 6.67, abs=0.006)

    def test_the_overlap_disagrees_where_the_yearbooks_do(self, hung_yen):
        old, new = (
            panel_of(levels, price_bases={"output": "2010"}, vintages={"output": vintage})
            for levels, vintage in zip(hung_yen, ("2015", "2022"), strict=True)
        )
        (finding,) = tfp.compare_overlap(old, new)
        assert [place.time for place in finding.places] == [2012, 2013, 2014]
        assert finding.fields["older"] == pytest.approx(7.30, abs=0.005)
        assert finding.fields["newer"] == pytest.approx(6.67, abs=0.005)
        linked = tfp.link_bases(new, old, at=2014, source="yearbooks 2015 and 2022")
        (entry,) = linked.ledger
        assert entry.fields["largest"] == pytest.approx(7.3022 - 6.6691, abs=5e-4)
        growth = 100 * (linked.values("output")[1:] / linked.values("output")[:-1] - 1)
        assert growth[3] == pytest.approx(6.67, abs=0.005)
        assert growth[4] == pytest.approx(100 * (37465176 / 34741584 - 1), rel=1e-12)


def test_national_and_provincial_deflators_of_investment(read):
    # 2020 at current prices is derived from a growth of 1.48 times, in the file.
    table = read("province_quang_tri.csv").pivot_table(
        index="year", columns="variable", values="value", aggfunc="first"
    )
    columns = ["social_investment_2010p", "social_investment_cur"]
    rows = table.loc[[2020, 2021], columns].reset_index()
    province = tfp.Panel(
        rows, time="year", area="Quảng Trị", investment=columns[0], investment_current=columns[1]
    )
    own = tfp.implicit_price(province, "investment").values("investment_price")
    frame = tfp.datasets.vietnam().frame
    nation = tfp.implicit_price(
        tfp.Panel(frame, time="year", area="Viet Nam", investment="gfcf",
                  investment_current="gfcf_current"),
        "investment",
    )  # fmt: skip
    borrowed = tfp.borrow_price(
        tfp.Panel(rows, time="year", area="Quảng Trị", investment_current=columns[1]),
        "investment", nation, source="national accounts", reason=REASON,
    ).values("investment_price")  # fmt: skip
    assert own.tolist() == pytest.approx([1.486, 1.549], abs=5e-4)
    assert borrowed.tolist() == pytest.approx([1.385, 1.457], abs=5e-4)
    apart = 100 * (own / borrowed - 1)
    assert apart.tolist() == pytest.approx([7.3, 6.3], abs=0.05)


def test_published_national_growth_does_not_contradict_the_levels(read):
    rates = read("wdi_vietnam_gdp_growth.csv")
    column = next(name for name in rates.columns if name not in ("year", "country", "code"))
    growth = rates.set_index("year")[column].round(2)
    levels = tfp.datasets.vietnam().frame.set_index("year")["gdp"].loc[2019:]
    found = tfp.contradicting_growth(panel_of(levels, growth), tolerance=0.05)
    assert found == ()
